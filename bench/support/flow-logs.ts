/** AWS flow logs as they come from a busy VPC: made up, the same each time. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { DuckDBInstance } from '@duckdb/node-api'
import { generator } from './random.ts'

/** Version 2's fields, and all of versions 2 to 5, as the console offers them. */
export const LAYOUTS = {
  default:
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  all: 'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path',
} as const
export type LayoutName = keyof typeof LAYOUTS

const BEGIN_S = Date.UTC(2026, 10, 24, 10) / 1000
const INTERFACES = 200
const LINES_PER_SECOND = 2000
/** Lines of a gzip member: they stand one after the other in the file, as pieces that are joined do. */
const BLOCK = 50_000

/** Makes the lines of a log, without its header. */
export function* lines(layout: LayoutName, count: number): Generator<string> {
  const random = generator(1)
  const upTo = (n: number) => Math.floor(random() * n)
  const services = [443, 443, 443, 443, 80, 53, 22, 5432, 6379, 3306, 8443, 123]
  for (let n = 0; n < count; n++) {
    const eni = upTo(INTERFACES)
    const own = `10.0.${eni >> 4}.${10 + (eni & 15)}`
    const far = Math.floor(150_000 ** random())
    const other =
      random() < 0.3 ? `10.0.${upTo(12)}.${10 + upTo(16)}` : `52.${94 + (far >> 16)}.${(far >> 8) & 255}.${far & 255}`
    const isIngress = random() < 0.5
    const port = services[upTo(services.length)] as number
    const high = 32_768 + upTo(28_000)
    const isUdp = port === 53 || port === 123
    const packets = Math.min(isUdp ? 1 + upTo(3) : Math.ceil(1 / random()), 500_000)
    const bytes = packets * (60 + upTo(1400))
    const end = BEGIN_S + Math.floor(n / LINES_PER_SECOND)
    const [src, dst] = isIngress ? [other, own] : [own, other]
    const [srcPort, dstPort] = isIngress ? [high, port] : [port, high]
    const action = random() < 0.03 ? 'REJECT' : 'ACCEPT'
    const id = eni.toString(16).padStart(17, '0')
    const plain = `${layout === 'default' ? 2 : 5} 123456789012 eni-${id} ${src} ${dst} ${srcPort} ${dstPort} ${isUdp ? 17 : 6} ${packets} ${bytes} ${end - upTo(60)} ${end} ${action} OK`
    if (layout === 'default') yield plain
    else
      yield `${plain} vpc-0123456789abcdef${eni & 3} subnet-0123456789abcde${10 + (eni & 7)} i-${id} ${isUdp ? 0 : 19} IPv4 ${src} ${dst} eu-west-1 euw1-az${1 + (eni % 3)} - - ${isIngress && far < 300 ? 'S3' : '-'} - ${isIngress ? 'ingress -' : `egress ${port === 443 ? 8 : 1}`}`
  }
}

/** Writes it into a file, gzipped; bytes of its text. */
export function writeLog(path: string, layout: LayoutName, count: number): number {
  const file = openSync(path, 'w')
  let bytes = 0
  let block = `${LAYOUTS[layout]}\n`
  let waiting = 0
  const flush = () => {
    const text = Buffer.from(block)
    bytes += text.length
    writeSync(file, gzipSync(text))
    block = ''
    waiting = 0
  }
  for (const line of lines(layout, count)) {
    block += `${line}\n`
    if (++waiting === BLOCK) flush()
  }
  if (waiting > 0) flush()
  closeSync(file)
  return bytes
}

/** The types that AWS's own Parquet files have; all others are text. */
const TYPES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['version', 'srcport', 'dstport', 'protocol', 'tcp_flags', 'traffic_path'].map((name) => [name, 'INTEGER']),
  ),
  ...Object.fromEntries(['packets', 'bytes', 'start', 'end'].map((name) => [name, 'BIGINT'])),
}

/** The same as Parquet, gzipped as AWS does, written by DuckDB. */
export async function toParquet(log: string, path: string, layout: LayoutName): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const names = LAYOUTS[layout].split(' ').map((name) => name.replaceAll('-', '_'))
  const columns = names.map((name) => `'${name}': 'VARCHAR'`).join(', ')
  const list = names.map((name) =>
    name in TYPES ? `nullif("${name}", '-')::${TYPES[name]} AS "${name}"` : `"${name}"`,
  )
  await connection.run(
    `COPY (SELECT ${list.join(', ')} FROM read_csv('${log}', delim = ' ', header = true, compression = 'gzip', columns = {${columns}}))
     TO '${path}' (FORMAT parquet, COMPRESSION gzip)`,
  )
  connection.closeSync()
  instance.closeSync()
}
