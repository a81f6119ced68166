/** Made-up flows and questions for the conformance of stores: deterministic, and full of the odd cases. */
import type { Filter, Pattern, Range } from '../../src/shared/query/filter/ast.ts'
import type { Grouping } from '../../src/shared/query/groups.ts'
import { FIXED_MEASURES, MEASURE_NAMES, type Measure } from '../../src/shared/query/measures.ts'
import { PLAIN, type Question, type RecordQuestion, type Scope } from '../../src/shared/query/question.ts'
import { FIELDS, STORED_FIELDS, field, type FieldName, type StoredFieldName } from '../../src/shared/schema/fields.ts'
import { parseIp } from '../../src/shared/schema/ip.ts'
import type { Flow } from './reference.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
/** Ten minutes before a midnight, so that the flows fall on three days. */
export const BASE = Date.UTC(2026, 10, 23, 23, 50)

/** Mulberry32 with the few draws that are needed. */
export class Random {
  private state: number

  constructor(seed: number) {
    this.state = seed
  }

  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }

  /** 0 to n − 1. */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  chance(p: number): boolean {
    return this.next() < p
  }

  of<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T
  }
}

const ADDRESSES = [
  '10.0.0.1',
  '10.0.0.2',
  '10.0.1.1',
  '10.255.255.255',
  '192.168.1.20',
  '198.18.0.1',
  '198.18.0.2',
  '203.0.113.9',
  '0.0.0.0',
  '255.255.255.255',
  '::',
  '::1',
  '2001:db8::1',
  '2001:db8::2',
  '2001:db8:0:1::1',
  'fe80::1',
  'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  '::ffff:0:0:1',
  '1::ffff:10.0.0.1',
].map((text) => parseIp(text) as bigint)
const PORTS = [0, 22, 53, 80, 443, 443, 443, 8080, 50_000, 65_535].map(BigInt)
const SERVICES = [6 * 65_536 + 443, 6 * 65_536 + 80, 6 * 65_536 + 53, 6 * 65_536 + 22].map(BigInt)
const DURATIONS = [0, 0, 0, 1, 2, 7, 999, 1000, 59_999, MINUTE, MINUTE + 1, 5 * MINUTE, HOUR, 25 * HOUR]
const COUNTS = [0n, 1n, 2n, 3n, 7n, 40n, 1500n, 123_456_789n, (1n << 32n) - 1n, 1n << 32n, (1n << 32n) + 1n]
const HUGE = [1n << 53n, (1n << 53n) + 1n, (1n << 63n) + 5n, (1n << 64n) - 1n]

const TEXTS = [
  'youtube',
  'YouTube',
  'you',
  'exactly-12..',
  'thirteen-long',
  'www.example.com',
  'a.b.example.com',
  'Büro',
  'BÜRO',
  'кино',
  '日本語テキスト',
  "it's",
  '"quoted" \\ and; --',
  '100%',
  '100_',
  '100!',
  '*',
  ' ',
  'x'.repeat(255),
]

/** `huge`: counts past 2^53, up to the largest there is. */
export function makeFlows(random: Random, n: number, huge: boolean): Flow[] {
  return Array.from({ length: n }, (_, i) => {
    const flow = new Map<StoredFieldName, bigint | string>()
    const end = BASE + random.below(26 * HOUR)
    const aligned = random.chance(0.1) ? end - (end % MINUTE) : end
    flow.set('end', BigInt(aligned))
    flow.set('start', BigInt(aligned - random.of(DURATIONS)))
    flow.set('received', BigInt(BASE + 27 * HOUR + i))
    const counts = huge ? [...COUNTS, ...HUGE] : COUNTS
    const maybe = (name: StoredFieldName, p: number, draw: () => bigint | string) => {
      if (random.chance(p)) flow.set(name, draw())
    }
    maybe('bytes', 0.95, () => random.of(counts))
    maybe('packets', 0.9, () => random.of(counts))
    maybe('bytes.l2', 0.3, () => random.of(counts))
    for (const name of ['src.ip', 'dst.ip'] as const) maybe(name, 0.97, () => random.of(ADDRESSES))
    maybe('exporter', 1, () => random.of(ADDRESSES.slice(0, 3)))
    for (const name of ['src.port', 'dst.port'] as const) maybe(name, 0.9, () => random.of(PORTS))
    maybe('proto', 1, () => random.of([1n, 6n, 6n, 17n, 255n]))
    maybe('initiator', 0.8, () => BigInt(random.below(2)))
    maybe('service', 0.7, () => random.of(SERVICES))
    maybe('direction', 0.6, () => BigInt(random.below(2)))
    maybe('sampling.rate', 0.5, () => random.of([1n, 1n, 1000n]))
    maybe('tcp.flags', 0.7, () => BigInt(random.below(64)))
    maybe('tos', 0.8, () => BigInt(random.below(256)))
    maybe('src.as', 0.5, () => random.of([0n, 64_512n, 15_169n, 4_294_967_295n]))
    maybe('in.if', 0.5, () => random.of([0n, 1n, 2n, 4_294_967_295n]))
    maybe('src.mac', 0.3, () => random.of([0n, 1n, 0xffff_ffff_ffffn]))
    maybe('source.type', 1, () => BigInt(random.below(4)))
    maybe('app', 0.6, () => random.of(TEXTS))
    maybe('http.host', 0.1, () => random.of(TEXTS))
    // Nearly every one another.
    maybe('http.url', 0.3, () => `/${'a'.repeat(random.below(40))}/${i}`)
    return flow
  })
}

/** Fields that may stand in `groupBy`. */
const GROUPABLE = FIELDS.filter((each) => each.role === 'dimension' && !each.either).map((each) => each.name)
/** Fields that the flows have values in, drawn more often than the others. */
const USED: readonly FieldName[] = [
  'src.ip',
  'dst.ip',
  'src.port',
  'proto',
  'service',
  'exporter',
  'direction',
  'client.ip',
  'server.ip',
  'server.port',
  'dscp',
  'ecn',
  'in.if',
  'source.type',
  'initiator',
  'app',
  'http.host',
  'http.url',
]

export function makeQuestion(random: Random): Question {
  const range = makeRange(random)
  const rich = random.chance(0.6)
  const groupBy = random.chance(0.3) ? [] : makeGroups(random, rich)
  const span = range.toMs - range.fromMs
  const intervals = [1000, 7777, MINUTE, HOUR, 24 * HOUR].filter((length) => span / length < 200)
  const intervalMs = random.chance(0.4) || intervals.length === 0 ? null : random.of(intervals)
  const further = [null, HOUR, 24 * HOUR].filter((each) => each !== intervalMs && random.chance(0.3))
  const furtherMs = rich && intervalMs !== 7777 ? further : []
  const lengths = [intervalMs, ...furtherMs].filter((each) => each !== null)
  const over = [MINUTE, 5 * MINUTE, HOUR].filter(
    (each) => span / each < 200 && lengths.every((length) => length % each === 0),
  )
  return {
    ...PLAIN,
    ...range,
    filter: random.chance(0.5) ? null : makeFilter(random, 3),
    groupBy,
    measures: [...new Set(Array.from({ length: 1 + random.below(4) }, () => makeMeasure(random, rich)))],
    intervalMs,
    furtherMs,
    overMs: over.length > 0 ? random.of(over) : Math.min(HOUR, ...lengths),
    limit: random.of([1, 2, 5, 10, 1000]),
    topPer: rich && random.chance(0.3) ? 'bucket' : 'range',
    orderBy: makeMeasure(random, rich),
    descending: !rich || random.chance(0.7),
    other: random.chance(0.8),
    totals: rich && random.chance(0.4),
    scope: makeScope(random),
  }
}

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe']

function makeGroups(random: Random, rich: boolean): Grouping[] {
  const groups = Array.from({ length: 1 + random.below(3) }, (): Grouping => {
    if (!rich || random.chance(0.5)) return random.chance(0.85) ? random.of(USED) : random.of(GROUPABLE)
    switch (random.below(3)) {
      case 0:
        return {
          field: random.of(['src.ip', 'dst.ip', 'client.ip', 'exporter'] as const),
          prefix: random.of([0, 1, 8, 24, 31, 32]),
          prefix6: random.of([0, 1, 32, 64, 65, 96, 127, 128]),
        }
      case 1:
        return {
          field: random.of(['src.port', 'dst.port', 'bytes', 'packets', 'duration', 'src.as', 'tos'] as const),
          bucket: random.of([1, 7, 1000, 1_000_000, 'log', 'log'] as const),
        }
      default:
        return { clock: random.of(['hour', 'weekday'] as const), zone: random.of(ZONES) }
    }
  })
  return [...new Map(groups.map((group) => [JSON.stringify(group), group])).values()]
}

function makeMeasure(random: Random, rich: boolean): Measure {
  if (!rich || random.chance(0.4)) return random.of(MEASURE_NAMES)
  return random.chance(0.8)
    ? random.of(FIXED_MEASURES)
    : random.of([
        'unique(dst.ip)',
        'unique(src.port)',
        'unique(app)',
        'unique(src.ip/24)',
        'unique(bytes/log)',
      ] as const)
}

export function makeRecordQuestion(random: Random): RecordQuestion {
  const sortable = FIELDS.filter((each) => !each.either).map((each) => each.name)
  return {
    ...makeRange(random),
    filter: random.chance(0.5) ? null : makeFilter(random, 3),
    fields: [...new Set([...Array.from({ length: 6 }, () => random.of(sortable)), 'end' as const])],
    sort: {
      field: random.chance(0.4) ? 'end' : random.chance(0.7) ? random.of(USED) : random.of(sortable),
      descending: random.chance(0.6),
    },
    limit: random.of([1, 7, 50, 500]),
    cursor: null,
    count: 'exact',
    scope: makeScope(random),
  }
}

function makeRange(random: Random): { fromMs: number; toMs: number } {
  if (random.chance(0.3)) return { fromMs: BASE - 48 * HOUR, toMs: BASE + 48 * HOUR }
  const align = random.of([1, 1000, MINUTE, HOUR])
  const from = BASE + random.below(27 * HOUR) - HOUR
  const fromMs = from - (from % align)
  const span = random.of([1, 2, 999, MINUTE, 5 * MINUTE + 3, HOUR, 3 * HOUR, 30 * HOUR])
  return { fromMs, toMs: fromMs + span }
}

function makeScope(random: Random): Scope {
  return random.chance(0.7) ? 'all' : random.of(['ingress', { exporter: '10.0.0.2' }] as const)
}

export function makeFilter(random: Random, depth: number): Filter {
  const kind = depth === 0 ? 'test' : random.of(['test', 'test', 'and', 'or', 'not'])
  switch (kind) {
    case 'and':
    case 'or':
      return { op: kind, of: Array.from({ length: random.below(4) }, () => makeFilter(random, depth - 1)) }
    case 'not':
      return { op: 'not', of: makeFilter(random, depth - 1) }
    default: {
      const name = random.chance(0.8)
        ? random.of([...USED, 'ip', 'port', 'as', 'mac', 'if', 'bytes', 'duration', 'end'] as const)
        : random.of(FIELDS).name
      if (random.chance(0.15)) return { op: 'exists', field: name }
      if (random.chance(0.1)) return makeBits(random)
      if (random.chance(0.1)) return makeComparison(random)
      if (field(name).kind === 'keyword' && random.chance(0.3))
        return { op: 'match', field: name, expression: random.of(EXPRESSIONS) }
      return field(name).kind === 'keyword'
        ? {
            op: 'like',
            field: name,
            patterns: Array.from({ length: random.of([0, 1, 1, 2, 5]) }, () => makePattern(random)),
          }
        : {
            op: 'in',
            field: name,
            ranges: Array.from({ length: random.of([0, 1, 1, 1, 2, 5]) }, () => makeTest(random, name)),
          }
    }
  }
}

const EXPRESSIONS = [
  '^you',
  'tube$',
  "it's|100.",
  '[а-я]{2}',
  '^\\W',
  'a.+\\.com',
  '(a{3}){2,}',
  '^$',
  '\\bb\\b',
  '[^a-z-]',
] as const

function makeBits(random: Random): Filter {
  const mask = BigInt(random.below(64))
  return {
    op: 'bits',
    field: random.of(['tcp.flags', 'tos', 'dscp', 'proto']),
    mask,
    value: mask & BigInt(random.below(64)),
  }
}

const COMPARABLE = [
  ['src.ip', 'dst.ip', 'client.ip', 'next.hop'],
  ['src.port', 'dst.port', 'server.port'],
  ['bytes', 'bytes.l2', 'duration', 'packets'],
  ['start', 'end', 'time', 'received'],
  ['src.as', 'dst.as', 'in.if', 'proto'],
] as const

function makeComparison(random: Random): Filter {
  if (random.chance(0.2))
    return { op: 'compare', field: 'app', is: '=', other: random.of(['http.host', 'http.url', 'app'] as const) }
  const fields = random.of<readonly FieldName[]>(COMPARABLE)
  return { op: 'compare', field: random.of(fields), is: random.of(['=', '<', '<='] as const), other: random.of(fields) }
}

/** A text, or the beginning, the end or the middle of one. */
function makePattern(random: Random): Pattern {
  const text = random.of(TEXTS)
  const cut = random.below(text.length)
  return random.of<Pattern>([
    [text],
    [text],
    [text.toUpperCase()],
    [text.slice(0, cut), ''],
    ['', text.slice(cut)],
    ['', text.slice(cut, cut + 2), ''],
    [text.slice(0, cut), text.slice(cut + 1)],
    ['', '', 'm'],
  ])
}

function makeTest(random: Random, name: FieldName): Range {
  const draw = () => sampleOf(random, name)
  if (random.chance(0.5)) {
    const value = draw()
    return { low: value, high: value }
  }
  const [a, b] = [draw(), draw()]
  return a < b ? { low: a, high: b } : { low: b, high: a }
}

/** A value near those that flows have, sometimes past what the field can hold. */
function sampleOf(random: Random, name: FieldName): bigint {
  if (random.chance(0.05)) return random.of([-1n, 1n << 130n, (1n << 64n) - 1n, 1n << 64n])
  switch (field(name).kind) {
    case 'ip':
      return random.of(ADDRESSES)
    case 'u16':
      return random.of(PORTS)
    case 'service':
      return random.of(SERVICES)
    case 'time':
      return BigInt(BASE + random.below(26 * HOUR))
    case 'u64':
      return random.of(COUNTS)
    case 'u8':
    case 'code':
      return BigInt(random.below(20))
    default:
      return random.of([0n, 1n, 2n, 64_512n, 0xffff_ffffn, 0xffff_ffff_ffffn])
  }
}

/** The flow as test batches take it. */
export function plain(flow: Flow): { [Name in StoredFieldName]?: bigint | string } {
  return Object.fromEntries(
    STORED_FIELDS.flatMap(({ name }) => (flow.has(name) ? [[name, flow.get(name) as bigint | string]] : [])),
  )
}
