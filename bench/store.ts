/** Storing and answering in one thread, without sockets: `node --import tsx bench/store.ts [MILLION_FLOWS]`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PLAIN, type Question } from '../src/shared/query/question.ts'
import type { StoredFieldName } from '../src/shared/schema/fields.ts'
import { Batch, BATCH_ROWS, columnIndex, maskIndex, setValid } from '../src/server/intake/batch.ts'
import { DuckStore } from '../src/server/stores/duckdb/store.ts'
import { table, type Figure } from './support/figure.ts'
import { generator } from './support/random.ts'

const FLOWS_PER_SECOND = 100_000
const BEGIN = Date.UTC(2026, 10, 24, 10)
/** nfcapd without compression, v5. */
const NFCAPD = { name: 'nfcapd', value: 84, better: 'lower' } as const

const QUESTIONS: readonly { readonly what: string; readonly asked: Partial<Question> }[] = [
  { what: 'total', asked: {} },
  { what: 'by minute', asked: { intervalMs: 60_000 } },
  { what: 'by minute and service', asked: { groupBy: ['service'], intervalMs: 60_000 } },
  { what: 'top sources', asked: { groupBy: ['src.ip'] } },
  { what: 'top AS pairs', asked: { groupBy: ['src.as', 'dst.as'] } },
  { what: 'top conversations', asked: { groupBy: ['src.ip', 'dst.ip'] } },
]

export async function store(millions = 6): Promise<Figure[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-bench-store-'))
  const kept = await DuckStore.open({ dataDir, threads: 1, memoryLimitBytes: 512 * 2 ** 20 })
  try {
    const flows = millions * 1e6
    const random = generator(1)
    let cpu = 0
    for (let first = 0; first < flows; first += BATCH_ROWS) {
      const batch = flowsFrom(first, random)
      cpu += await cpuSeconds(() => kept.append(batch))
    }
    cpu += await cpuSeconds(() => kept.commit())
    const { flows: stored, bytesOnDisk } = kept.status()
    const figures: Figure[] = [
      { what: 'store: CPU per million flows', value: (cpu / stored) * 1e6, unit: 's' },
      { what: 'store: on disk', value: bytesOnDisk / stored, unit: 'B/flow', want: { max: 30 }, peer: NFCAPD },
    ]
    for (const { what, asked } of QUESTIONS) {
      const seconds: number[] = []
      for (let i = 0; i < 4; i++) seconds.push(await cpuSeconds(() => kept.query(question(asked, i))))
      const [first, , ...again] = seconds as [number, number, ...number[]]
      figures.push({ what: `${what} over ${millions} M flows, first: CPU`, value: first * 1000, unit: 'ms' })
      figures.push({ what: `${what}, again: CPU`, value: Math.min(...again) * 1000, unit: 'ms' })
    }
    return figures
  } finally {
    await kept.close()
    rmSync(dataDir, { recursive: true })
  }
}

/** Over all flows, but never the same question. */
function question(parts: Partial<Question>, turn: number): Question {
  return {
    ...PLAIN,
    fromMs: BEGIN - 3_600_000 - turn,
    toMs: BEGIN + 3_600_000,
    filter: null,
    groupBy: [],
    measures: ['bytes', 'packets', 'flows'],
    intervalMs: null,
    limit: 10,
    orderBy: 'bytes',
    scope: 'all',
    ...parts,
  }
}

/** A batch as bench/support/sender.ts sends them: clients spread evenly, servers heavy-tailed. */
export function flowsFrom(first: number, random: () => number): Batch {
  const batch = new Batch()
  const services = [443, 443, 443, 443, 80, 53, 53, 22, 993, 445, 5432, 123, 8443, 3389]
  for (; batch.rows < BATCH_ROWS; batch.rows++) {
    const received = BEGIN + Math.floor(((first + batch.rows) * 1000) / FLOWS_PER_SECOND)
    const client = 0x0a000000 + Math.floor(random() * 50_000)
    const server = 0xc6120000 + Math.floor(150_000 ** random())
    const fromServer = random() < 0.5
    const port = services[Math.floor(random() * services.length)] as number
    const high = 32_768 + Math.floor(random() * 28_000)
    const udp = port === 53 || port === 123
    const packets = Math.min(udp ? 1 + Math.floor(random() * 3) : Math.ceil(1 / random()), 500_000)
    const size = udp ? 60 + random() * 200 : fromServer ? 900 + random() * 600 : 40 + random() * 150
    const end = received - Math.floor(random() * 4000)
    const put = (name: StoredFieldName, value: number) => write(batch, name, value)
    const ends = (of: StoredFieldName, to: StoredFieldName, servers: number, clients: number) => {
      put(of, fromServer ? servers : clients)
      put(to, fromServer ? clients : servers)
    }
    put('start', end - (packets > 1 ? Math.floor(random() ** 2 * 60_000) : 0))
    put('end', end)
    put('received', received)
    put('exporter', 0x7f000001 + (Math.floor((first + batch.rows) / 22) % 4))
    put('source.type', 1)
    put('domain', 1)
    ends('src.ip', 'dst.ip', server, client)
    ends('src.port', 'dst.port', port, high)
    ends('src.as', 'dst.as', 15_169 + (server % 40), 64_512)
    ends('src.mask', 'dst.mask', 16, 24)
    ends('in.if', 'out.if', 49, 10_101 + (client % 48))
    put('proto', udp ? 17 : 6)
    put('ip.version', 4)
    put('bytes', packets * Math.floor(size))
    put('packets', packets)
    put('sampling.source', 0)
    put('tcp.flags', udp ? 0 : 0x1b)
    put('tos', 0)
    put('direction', fromServer ? 1 : 0)
    put('vlan', 100 + (client % 16))
    put('out.vlan', 100 + (client % 16))
    put('next.hop', 0x0a000001 + (client % 16))
    put('initiator', fromServer ? 1 : 0)
    put('initiator.reason', 4)
    put('service', (udp ? 17 : 6) * 65_536 + port)
  }
  return batch
}

/** A number below 2^53 into the row under way; for addresses an IPv4 address. */
function write(batch: Batch, name: StoredFieldName, value: number): void {
  const isAddress = name.endsWith('.ip') || name === 'exporter' || name === 'next.hop'
  const words = batch.columns[columnIndex(name) + (isAddress ? 1 : 0)] as Uint32Array
  setValid(batch.masks[maskIndex(name)] as Uint8Array, batch.rows)
  if (words.length > BATCH_ROWS) {
    words[2 * batch.rows] = value % 2 ** 32
    words[2 * batch.rows + 1] = isAddress ? 0xffff : Math.floor(value / 2 ** 32)
  } else {
    words[batch.rows] = value
  }
}

/** Of all threads, while it runs. */
async function cpuSeconds(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1e6
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(table(await store(Number(process.argv[2] ?? 6))))
