/**
 * Every NetFlow and IPFIX capture, against an independent decode of it: for each record that decoder found, there
 * must be a row of ours with the same values in the fields that elements give as they are.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import { cases, datagramsOf, goldenOf, noCaptures, type GoldenRecord } from '../support/captures.ts'
import { LIMITS, collect, type Row } from '../support/rows.ts'

type Value = number | bigint | string | null
type Elements = ReadonlyMap<number, string>

/** Elements of each field by number, as IANA has them, best first. */
const NUMBERS: Readonly<Record<string, readonly number[]>> = {
  proto: [4],
  tos: [5],
  'tcp.flags': [6],
  'src.mask': [9, 29],
  'dst.mask': [13, 30],
  'in.if': [10],
  'out.if': [14],
  'src.as': [16],
  'dst.as': [17],
  'src.nat.port': [227],
  'dst.nat.port': [228],
  vlan: [58, 243],
  'out.vlan': [59, 254],
  ttl: [192, 52],
  'forwarding.status': [89],
}
const ADDRESSES: Readonly<Record<string, readonly number[]>> = {
  'src.ip': [8, 27],
  'dst.ip': [12, 28],
  'next.hop': [15, 62, 18, 63],
  'src.nat.ip': [225, 281],
  'dst.nat.ip': [226, 282],
}
const MACS: Readonly<Record<string, readonly number[]>> = { 'src.mac': [56, 81], 'dst.mac': [80, 57] }
const WORDS: Readonly<Record<string, readonly [element: number, ...words: string[]]>> = {
  direction: [61, 'ingress', 'egress'],
  'end.reason': [136, 'reserved', 'idle timeout', 'active timeout', 'end of flow', 'forced end', 'lack of resources'],
}
const COUNTS: Readonly<Record<string, readonly number[]>> = {
  bytes: [1, 85, 23, 231],
  packets: [2, 86, 24, 298],
  'bytes.l2': [352, 353],
}
/** Elements of makers, and of v9 before IANA's, that say what one of IANA's says. */
const SAME: Readonly<Record<string, number>> = {
  '9.12236': 8,
  '9.12237': 12,
  '9.12240': 7,
  '9.12241': 11,
  '0.40001': 225,
  '0.40002': 226,
  '0.40003': 227,
  '0.40004': 228,
  '10704.8': 225,
  '10704.9': 227,
  '10704.10': 226,
  '10704.11': 228,
}
/** YAF's flags of the first packet and of the others: no element of IANA's has these numbers. */
const FIRST_FLAGS = -14
const OTHER_FLAGS = -15

/** Stands for any element of Citrix's: its fractions of a second are microseconds. */
const CITRIX = -5951

/** Most that a field holds. */
const LARGEST: Readonly<Record<string, number>> = {
  proto: 255,
  tos: 255,
  'tcp.flags': 65535,
  'src.mask': 255,
  'dst.mask': 255,
  vlan: 65535,
  'out.vlan': 65535,
  ttl: 255,
  'forwarding.status': 255,
}

test('captures agree with an independent decode', { skip: noCaptures }, async (t) => {
  const disagreeing: string[] = []
  let agreeing = 0
  let records = 0
  for (const one of cases('v1', 'v5', 'v7', 'v9', 'ipfix')) {
    const problem = await compare(one.name, one.flowRecords)
    records += one.flowRecords
    if (problem === null) agreeing++
    else disagreeing.push(`${one.name}: ${problem}`)
  }
  t.diagnostic(`${agreeing} of ${agreeing + disagreeing.length} cases agree (${records} records)`)
  assert.deepEqual(disagreeing, [])
})

/** Null, or how ours differs. */
async function compare(name: string, flowRecords: number): Promise<string | null> {
  const { pipeline, flush } = collect({ limits: { ...LIMITS, templatesPerExporter: 1000 } })
  const headers: Header[] = []
  for (const { payload, sourceAddress, timeMs } of await datagramsOf(name)) {
    pipeline.receive(payload, sourceAddress, timeMs)
    headers.push(headerOf(payload))
  }
  const rows = flush()
  if (rows.length < flowRecords) return `${rows.length} rows for ${flowRecords} records`
  const wanted = goldenOf(name)
    .filter((record) => record.k === 'tpl' && !isWayBackOnly(record))
    .map((record) => expected(record, headers[record.d - 1] as Header))
  for (const record of wanted) {
    const fields = Object.keys(record)
    const key = text(record)
    const at = rows.findIndex((row) => text(project(row, fields)) === key)
    if (at < 0)
      return `no row with ${differences(
        record,
        rows.map((row) => project(row, fields)),
      )}`
    rows.splice(at, 1)
  }
  return null
}

const FORWARD_COUNTERS = ['0.1', '0.2', '0.85', '0.86']
const BACK_COUNTERS = ['29305.1', '29305.2', '29305.85', '29305.86', '3054.176', '3054.177']

/** Of biflows in which nothing went forwards there is no row for that direction. */
function isWayBackOnly({ f = [] }: GoldenRecord): boolean {
  const counted = (keys: readonly string[]) =>
    f.filter(([enterprise, element]) => keys.includes(`${enterprise}.${element}`)).map(([, , hex]) => /[^0]/.test(hex))
  const forward = counted(FORWARD_COUNTERS)
  return forward.length > 0 && !forward.includes(true) && counted(BACK_COUNTERS).includes(true)
}

/** What the record must become, in all fields that elements give as they are. */
function expected(record: GoldenRecord, header: Header): Record<string, Value> {
  const elements = record.f ? firstOfEach(record.f) : fixed(record)
  const out: Record<string, Value> = { exporter: record.src }
  if (record.od !== undefined) out['domain'] = record.od
  for (const [field, ids] of Object.entries(NUMBERS)) out[field] = number(elements, ids, LARGEST[field] ?? 0xffff_ffff)
  for (const [field, ids] of Object.entries(ADDRESSES)) out[field] = address(elements, ids)
  for (const [field, ids] of Object.entries(MACS)) out[field] = mac(elements, ids)
  for (const [field, [element, ...words]] of Object.entries(WORDS))
    out[field] = words[number(elements, [element], words.length - 1) ?? -1] ?? null
  for (const [field, ids] of Object.entries(COUNTS)) out[field] = count(elements, ids)
  for (const field of ['in.if', 'out.if']) if (out[field] === 0x3fffffff) out[field] = null
  const flags = [6, FIRST_FLAGS, OTHER_FLAGS].flatMap((id) => number(elements, [id], 0xffff) ?? [])
  if (flags.length > 0) out['tcp.flags'] = flags.reduce((all, some) => all | some)
  const dscp = number(elements, [195], 63)
  if (!elements.has(5) && dscp !== null) out['tos'] = dscp << 2
  addStation(out, elements)
  const isIcmp = out['proto'] === 1 || out['proto'] === 58
  out['src.port'] = isIcmp ? null : number(elements, [7, 180, 182], 0xffff)
  out['dst.port'] = isIcmp ? null : number(elements, [11, 181, 183], 0xffff)
  if (isIcmp) {
    const apart = (number(elements, [176, 178], 0xff) ?? 0) * 256 + (number(elements, [177, 179], 0xff) ?? 0)
    const whole = apart > 0 ? apart : number(elements, [32, 139, 11], 0xffff)
    out['icmp.type'] = whole === null ? null : whole >> 8
    out['icmp.code'] = whole === null ? null : whole & 0xff
  }
  // What the record itself leaves out may stand in its lists.
  if ([291, 292, 293].some((list) => elements.has(list)))
    for (const [field, value] of Object.entries(out)) if (value === null) delete out[field]
  return { ...out, ...times(elements, header) }
}

/** The wireless client (elements 365, 366): the destination of what goes out to it, else the source. */
function addStation(out: Record<string, Value>, elements: Elements): void {
  const side = out['direction'] === 'egress' ? 'dst' : 'src'
  if (elements.has(366) && ![8, 12, 27, 28].some((id) => elements.has(id))) out[`${side}.ip`] = address(elements, [366])
  if (elements.has(365) && ![56, 57, 80, 81].some((id) => elements.has(id))) out[`${side}.mac`] = mac(elements, [365])
}

interface Header {
  readonly exportMs: number
  /** -1 in IPFIX. */
  readonly uptimeMs: number
}

function headerOf(payload: Uint8Array): Header {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength)
  const version = view.getUint16(0)
  if (payload.length < 16) return { exportMs: 0, uptimeMs: 0 }
  if (version === 10) return { exportMs: view.getUint32(4) * 1000, uptimeMs: -1 }
  return {
    exportMs: view.getUint32(8) * 1000 + (version < 9 ? Math.floor(view.getUint32(12) / 1e6) : 0),
    uptimeMs: view.getUint32(4),
  }
}

const YEAR_2000 = Date.UTC(2000)

const WEEK = 7 * 86_400_000
const HOUR = 3_600_000

/**
 * Start and end where they follow from the record and its header alone and both can be true: uptimes may be random in
 * made-up captures.
 */
function times(elements: Elements, { exportMs, uptimeMs }: Header): { start?: number; end?: number } {
  const moment = (ids: { ntp: readonly number[]; ms: number; s: number; uptime: number }): number | undefined => {
    const ntp = ids.ntp.map((id) => elements.get(id)).find((hex) => hex !== undefined)
    if (ntp) {
      const fraction = Number.parseInt(ntp.slice(8), 16)
      const seconds = Number.parseInt(ntp.slice(0, 8), 16) - 2_208_988_800
      return (
        seconds * 1000 +
        Math.floor(elements.has(CITRIX) && fraction < 1e6 ? fraction / 1e3 : (fraction / 2 ** 32) * 1e3)
      )
    }
    const [ms, s, uptime] = [elements.get(ids.ms), elements.get(ids.s), elements.get(ids.uptime)]
    if (ms) return Number(`0x${ms}`)
    if (s) return Number(`0x${s}`) * 1000
    return uptime && uptimeMs >= 0 ? exportMs - uptimeMs + Number(`0x${uptime}`) : undefined
  }
  const start = moment({ ntp: [156, 154], ms: 152, s: 150, uptime: 22 })
  const end = moment({ ntp: [157, 155], ms: 153, s: 151, uptime: 21 })
  if (start === undefined || end === undefined || exportMs < YEAR_2000 || start < YEAR_2000 || start > end) return {}
  if (elements.has(21) && (end < exportMs - WEEK || end > exportMs + HOUR)) return {}
  return { start, end }
}

/** The same fields of a row of ours; counts as they were before the sampling rate. */
function project(row: Row, fields: readonly string[]): Record<string, Value> {
  return Object.fromEntries(
    fields.map((field) => {
      const value = row[field] ?? null
      return [field, field in COUNTS && value !== null ? BigInt(value) / BigInt(row['sampling.rate'] ?? 1) : value]
    }),
  )
}

/** An element that stands twice counts where it stands first; IPv4 or IPv6, whichever stands first, goes before the other. */
function firstOfEach(fields: NonNullable<GoldenRecord['f']>): Elements {
  const out = new Map<number, string>()
  for (const [enterprise, element, hex] of fields)
    if (enterprise === 0 && hex !== '' && !out.has(element)) out.set(element, hex)
  for (const [enterprise, element, hex] of fields) {
    const same = SAME[`${enterprise}.${element}`]
    if (same !== undefined && !out.has(same)) out.set(same, hex)
    if (enterprise === 5951) out.set(CITRIX, hex)
    if (enterprise === 6871 && (element === 14 || element === 15)) out.set(-element, hex)
  }
  return out
}

/** NetFlow v1's record: element and octets of each field. */
const VERSION_1 = [
  [8, 4],
  [12, 4],
  [15, 4],
  [10, 2],
  [14, 2],
  [2, 4],
  [1, 4],
  [22, 4],
  [21, 4],
  [7, 2],
  [11, 2],
  [0, 2],
  [4, 1],
  [5, 1],
  [6, 1],
] as const

/** The same of v5 and v7, which has more after it. */
const VERSION_5 = [
  [8, 4],
  [12, 4],
  [15, 4],
  [10, 2],
  [14, 2],
  [2, 4],
  [1, 4],
  [22, 4],
  [21, 4],
  [7, 2],
  [11, 2],
  [0, 1],
  [6, 1],
  [4, 1],
  [5, 1],
  [16, 2],
  [17, 2],
  [9, 1],
  [13, 1],
] as const

function fixed({ v, raw: hex = '' }: GoldenRecord): Elements {
  const out = new Map<number, string>()
  let at = 0
  for (const [element, length] of v === 1 ? VERSION_1 : VERSION_5) {
    out.set(element, hex.slice(at, at + 2 * length))
    at += 2 * length
  }
  return out
}

/** Of several elements the first that is not 0. */
function best(elements: Elements, ids: readonly number[]): string | undefined {
  const six = [...elements.keys()].find((element) => [8, 12, 27, 28].includes(element)) ?? 0
  const rank = (id: number) => (SIX.has(id) ? Number(six < 27) : FOUR.has(id) ? Number(six >= 27) : 0)
  const there = ids.toSorted((a, b) => rank(a) - rank(b)).flatMap((id) => elements.get(id) ?? [])
  return there.find((hex) => /[^0]/.test(hex)) ?? there[0]
}
const SIX = new Set([27, 28, 29, 30, 62, 63, 178, 179, 281, 282])
const FOUR = new Set([8, 12, 9, 13, 15, 18, 176, 177, 225, 226])

function number(elements: Elements, ids: readonly number[], largest: number): number | null {
  const hex = best(elements, ids)
  return hex === undefined || BigInt(`0x${hex}`) > BigInt(largest) ? null : Number(`0x${hex}`)
}

/** The first that is there, of up to 64 bits. */
function count(elements: Elements, ids: readonly number[]): bigint | null {
  const hex = ids.map((id) => elements.get(id)).find((one) => one !== undefined && one.length <= 16)
  return hex === undefined ? null : BigInt(`0x${hex}`)
}

function address(elements: Elements, ids: readonly number[]): string | null {
  const hex = best(elements, ids)
  if (hex?.length === 8) return [0, 2, 4, 6].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join('.')
  if (hex?.length !== 32) return null
  // The URL standard writes addresses as RFC 5952 asks.
  const six = new URL(`http://[${hex.match(/..../g)?.join(':')}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(six)
  if (!mapped) return six
  const low = Number.parseInt(mapped[1] ?? '', 16) * 65536 + Number.parseInt(mapped[2] ?? '', 16)
  return [24, 16, 8, 0].map((shift) => (low >>> shift) & 255).join('.')
}

function mac(elements: Elements, ids: readonly number[]): string | null {
  const hex = best(elements, ids)
  return hex?.length === 12 ? (hex.match(/../g)?.join(':') ?? null) : null
}

function text(values: Record<string, Value>): string {
  return Object.entries(values)
    .map(([field, value]) => `${field}=${value}`)
    .join(' ')
}

/** The fields in which the record differs from the row most like it. */
function differences(record: Record<string, Value>, rows: readonly Record<string, Value>[]): string {
  const lists = rows.map((row) => Object.keys(record).filter((field) => String(record[field]) !== String(row[field])))
  const [nearest = []] = lists.toSorted((a, b) => a.length - b.length)
  const row = rows[lists.indexOf(nearest)] ?? {}
  return nearest.map((field) => `${field} ${record[field]} (ours ${row[field]})`).join(', ')
}
