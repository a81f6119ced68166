/** What a store must answer to a question: slow, obvious, written from docs/explanation/numbers.md. */
import type { ClockGroup, Grouping } from '../../src/shared/query/groups.ts'
import { MEASURES, partsOf, type Measure, type MeasureName, type Statistic } from '../../src/shared/query/measures.ts'
import type { Question } from '../../src/shared/query/question.ts'
import { formatIp } from '../../src/shared/schema/ip.ts'
import type { JsonValue } from '../../src/shared/schema/kinds.ts'
import {
  ascending,
  endOf,
  exact,
  holds,
  inScope,
  numberOf,
  passed,
  shown,
  startOf,
  touches,
  valueOf,
  type Flow,
  type Value,
} from './reference.ts'

type Cells = readonly (readonly JsonValue[])[]

export interface ReferenceAnswer {
  readonly rows: Cells
  readonly otherRow: number | null
  /** Of everything together; null where that was not asked for. */
  readonly together: Cells | null
  readonly further: readonly {
    readonly rows: Cells
    readonly otherRow: number | null
    readonly together: Cells | null
  }[]
  readonly totals: { readonly bytes: JsonValue; readonly packets: JsonValue; readonly flows: JsonValue }
  readonly sampled: boolean
  readonly groups: number | null
}

interface Counts {
  bytes: bigint | null
  packets: bigint | null
  l2: bigint | null
  flows: bigint
}

/** All that is known of some flows' parts that belong together. */
interface Pile {
  readonly counts: Counts
  /** By base bucket. */
  readonly bases: Map<bigint, Counts>
  readonly values: Map<Measure, Set<string>>
  readonly durations: bigint[]
}

/** A part of a flow's life, by whole pieces of time that belong to one bucket, base bucket, hour and day. */
interface Part {
  readonly flow: Flow
  readonly from: bigint
  readonly counts: Counts
  readonly ends: boolean
  readonly key: readonly Value[]
}

export function referenceAnswer(all: readonly Flow[], question: Question): ReferenceAnswer {
  const { fromMs, toMs, groupBy, orderBy, limit } = question
  const flows = inScope(all, question.scope).filter(
    (flow) => touches(flow, BigInt(fromMs), BigInt(toMs)) && holds(question.filter, flow),
  )
  const parts = flows.flatMap((flow) => partsOfFlow(flow, question))
  const idOf = (part: Part) => JSON.stringify(part.key.map(String))
  const keys = new Map(parts.map((part) => [idOf(part), part.key]))
  const grouped = groupBy.length > 0

  /** Ranks of the named groups, by bucket where each has its own. */
  const ranksAt = (intervalMs: number | null): ((part: Part) => number | null) => {
    if (!grouped) return () => 0
    const own = question.topPer === 'bucket' ? intervalMs : null
    const ranks = new Map<string, number>()
    const piles = pileUp(question, parts, (part) => `${bucketOf(part, own)} ${idOf(part)}`)
    const bucketIn = (name: string) => name.slice(0, name.indexOf(' '))
    for (const bucket of new Set([...piles.keys()].map(bucketIn))) {
      const some = [...piles].filter(([name]) => bucketIn(name) === bucket)
      const ranked = some
        .map(([name, pile]) => ({
          name,
          key: keys.get(name.slice(name.indexOf(' ') + 1)) as readonly Value[],
          by: orderValue(question, orderBy, pile, own, bucket === 'null' ? null : BigInt(bucket)),
        }))
        .toSorted((a, b) => compared(a.by, b.by, question.descending) || firstDifference(a.key, b.key))
      for (const [rank, { name }] of ranked.slice(0, limit).entries()) ranks.set(name, rank)
    }
    return (part) => ranks.get(`${bucketOf(part, own)} ${idOf(part)}`) ?? null
  }

  const levels = [question.intervalMs, ...question.furtherMs].map((intervalMs) =>
    levelOf(question, parts, intervalMs, ranksAt(intervalMs)),
  )
  const total = pileUp(question, parts, () => '').get('')?.counts ?? none()
  const [first, ...further] = levels as [(typeof levels)[number], ...typeof levels]
  return {
    ...first,
    further,
    totals: { bytes: exact(total.bytes), packets: exact(total.packets), flows: exact(total.flows) },
    sampled: flows.some((flow) => (numberOf(flow, 'sampling.rate') ?? 0n) > 1n),
    groups: grouped ? keys.size : null,
  }
}

function levelOf(
  question: Question,
  parts: readonly Part[],
  intervalMs: number | null,
  rankOf: (part: Part) => number | null,
): { rows: Cells; otherRow: number | null; together: Cells | null } {
  const { groupBy, measures, other } = question
  const timed = [question.intervalMs, ...question.furtherMs].some((each) => each !== null)
  const grouped = groupBy.length > 0
  const sums = pileUp(question, parts, (part) => String(bucketOf(part, intervalMs)))
  if (intervalMs === null && sums.size === 0) sums.set('null', emptyPile())
  const cells = (name: string, pile: Pile, group: readonly JsonValue[]): JsonValue[] => {
    const bucket = name === 'null' ? null : BigInt(name)
    return [
      ...(timed ? [bucket === null ? null : Number(bucket) * (intervalMs as number)] : []),
      ...group,
      ...measures.map((measure) =>
        measured(question, measure, pile, intervalMs, bucket, (sums.get(name) as Pile).counts),
      ),
    ]
  }
  const shownKeys = new Map<string, readonly JsonValue[]>()
  const nameOf = (part: Part) => {
    const rank = rankOf(part)
    const name = `${bucketOf(part, intervalMs)} ${rank}`
    shownKeys.set(
      name,
      groupBy.map((group, i) => (rank === null ? null : shownGroup(group, part.key[i] ?? null))),
    )
    return name
  }
  const piles = pileUp(question, parts, nameOf)
  if (!grouped && intervalMs === null && piles.size === 0) piles.set('null 0', emptyPile())
  const rows = [...piles]
    .map(([name, pile]) => {
      const [bucket, rank] = name.split(' ') as [string, string]
      return { bucket: bucket === 'null' ? 0n : BigInt(bucket), other: rank === 'null', rank: Number(rank), name, pile }
    })
    .filter((row) => !row.other || other)
    .toSorted(
      (a, b) => Number(a.other) - Number(b.other) || Number(a.bucket - b.bucket) || (a.other ? 0 : a.rank - b.rank),
    )
  const otherRow = rows.findIndex((row) => row.other)
  return {
    rows: rows.map(({ name, pile }) => cells(name.split(' ')[0] as string, pile, shownKeys.get(name) ?? [])),
    otherRow: otherRow < 0 ? null : otherRow,
    together: question.totals
      ? [...sums].toSorted(([a], [b]) => Number(a) - Number(b)).map(([name, pile]) => cells(name, pile, []))
      : null,
  }
}

/** The pieces of time that the flow touches, each within one bucket, base bucket and quarter of an hour where these matter. */
function partsOfFlow(flow: Flow, question: Question): Part[] {
  const from = BigInt(question.fromMs)
  const to = BigInt(question.toMs)
  const clocks = question.groupBy.some((group) => typeof group !== 'string' && 'clock' in group)
  const statistics = [...question.measures, question.orderBy].some((each) => partsOf(each).kind === 'statistic')
  const lengths = [
    ...[question.intervalMs, ...question.furtherMs].flatMap((each) => (each === null ? [] : [BigInt(each)])),
    ...(statistics ? [BigInt(question.overMs)] : []),
    ...(clocks ? [900_000n] : []),
  ]
  const found: Part[] = []
  let at = startOf(flow) > from ? startOf(flow) : from
  while (at < to && at <= endOf(flow)) {
    const next = lengths.map((length) => (at / length + 1n) * length).reduce((a, b) => (a < b ? a : b), to)
    // What passed before the flow started is nothing: the piece may begin at its start.
    if (touches(flow, at, next)) {
      const part = (value: bigint | null) =>
        value === null ? null : passed(flow, value, next) - passed(flow, value, at)
      const ends = endOf(flow) >= at && endOf(flow) < next
      found.push({
        flow,
        from: at,
        counts: {
          bytes: part(numberOf(flow, 'bytes')),
          packets: part(numberOf(flow, 'packets')),
          l2: part(numberOf(flow, 'bytes.l2')),
          flows: ends ? 1n : 0n,
        },
        ends,
        key: question.groupBy.map((group) => groupOf(flow, at, group)),
      })
    }
    at = next
  }
  return found
}

function groupOf(flow: Flow, at: bigint, group: Grouping): Value {
  if (typeof group === 'string') return valueOf(flow, group)
  if ('clock' in group) return clockAt(group, at / 900_000n)
  const value = valueOf(flow, group.field)
  if (typeof value !== 'bigint') return null
  if ('prefix' in group) {
    const isFour = value >> 32n === 0xffffn
    const rest = isFour ? 32n - BigInt(group.prefix) : 128n - BigInt(group.prefix6)
    return (value >> rest) << rest
  }
  if (group.bucket !== 'log') return value - (value % BigInt(group.bucket))
  return value === 0n ? 0n : 10n ** BigInt(String(value).length - 1)
}

const clocks = new Map<string, bigint>()

/** In a quarter of an hour. */
function clockAt({ clock, zone }: ClockGroup, quarter: bigint): bigint {
  const name = `${clock} ${zone} ${quarter}`
  const known = clocks.get(name)
  if (known !== undefined) return known
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    weekday: 'short',
    hourCycle: 'h23',
  })
  const local = format.formatToParts(Number(quarter) * 900_000)
  const of = (type: string) => local.find((part) => part.type === type)?.value as string
  const value =
    clock === 'hour'
      ? BigInt(of('hour'))
      : BigInt(['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'].indexOf(of('weekday')) + 1)
  clocks.set(name, value)
  return value
}

function shownGroup(group: Grouping, value: Value): JsonValue {
  if (value === null || typeof value === 'string' || typeof group === 'string')
    return shown(group as Extract<Grouping, string>, value)
  if (!('prefix' in group)) return exact(value)
  const isFour = value >> 32n === 0xffffn
  return `${formatIp(value)}/${isFour ? group.prefix : group.prefix6}`
}

function pileUp(question: Question, parts: readonly Part[], nameOf: (part: Part) => string): Map<string, Pile> {
  const piles = new Map<string, Pile>()
  const counted = [...question.measures, question.orderBy].flatMap((measure) => {
    const of = partsOf(measure)
    return of.kind === 'unique' ? [{ measure, group: of.of }] : []
  })
  for (const part of parts) {
    const name = nameOf(part)
    const pile = piles.get(name) ?? emptyPile()
    piles.set(name, pile)
    add(pile.counts, part.counts)
    const base = part.from / BigInt(question.overMs)
    const counts = pile.bases.get(base) ?? none()
    pile.bases.set(base, counts)
    add(counts, part.counts)
    if (part.ends) pile.durations.push(endOf(part.flow) - startOf(part.flow))
    for (const { measure, group } of counted) {
      const value = groupOf(part.flow, part.from, group)
      const values = pile.values.get(measure) ?? new Set()
      pile.values.set(measure, values)
      if (value !== null) values.add(`${value}`)
    }
  }
  return piles
}

function bucketOf(part: Part, intervalMs: number | null): bigint | null {
  return intervalMs === null ? null : part.from / BigInt(intervalMs)
}

function measured(
  question: Question,
  measure: Measure,
  pile: Pile,
  intervalMs: number | null,
  bucket: bigint | null,
  all: Counts,
): JsonValue {
  const parts = partsOf(measure)
  switch (parts.kind) {
    case 'sum': {
      const value = pile.counts[columnOf(parts.of)]
      if (value === null || !MEASURES[parts.of].rate) return exact(value)
      return (Number(value) * (parts.of === 'bps' ? 8 : 1)) / coveredSeconds(question, intervalMs, bucket)
    }
    case 'statistic': {
      const values = baseValues(question, parts.of, pile, intervalMs, bucket)
      if (values === null) return null
      const value = statisticOf(parts.statistic, values)
      const scale = (number: number) => (number * (parts.of === 'bps' ? 8 : 1)) / (question.overMs / 1000)
      const { rate } = MEASURES[parts.of]
      if (parts.statistic !== 'avg') return rate ? scale(Number(value)) : exact(value)
      return rate ? scale(Number(value) / values.length) : Number(value) / values.length
    }
    case 'share': {
      const value = pile.counts[columnOf(parts.of)]
      const total = all[columnOf(parts.of)]
      return value === null || !total ? null : (100 * Number(value)) / Number(total)
    }
    case 'ratio':
      return pile.counts.bytes === null || !pile.counts.packets
        ? null
        : Number(pile.counts.bytes) / Number(pile.counts.packets)
    case 'duration': {
      const sorted = pile.durations.toSorted((a, b) => Number(a - b))
      if (sorted.length === 0) return null
      const sum = sorted.reduce((a, b) => a + b, 0n)
      if (parts.of === 'avg') return Number(sum) / sorted.length
      return exact(parts.of === 'sum' ? sum : (sorted.at(parts.of === 'min' ? 0 : -1) as bigint))
    }
    case 'unique':
      return pile.values.get(measure)?.size ?? 0
  }
}

/** What groups are ordered by: of an average over the same number of buckets, the sum. */
function orderValue(
  question: Question,
  measure: Measure,
  pile: Pile,
  intervalMs: number | null,
  bucket: bigint | null,
): bigint | number | null {
  const parts = partsOf(measure)
  if (parts.kind === 'sum' || parts.kind === 'share') return pile.counts[columnOf(parts.of)]
  if (parts.kind !== 'statistic')
    return measured(question, measure, pile, intervalMs, bucket, pile.counts) as number | null
  const values = baseValues(question, parts.of, pile, intervalMs, bucket)
  return values === null ? null : statisticOf(parts.statistic, values)
}

/** The values in the base buckets that the range covers wholly, in their order; null where there are none, or no flow has the count. */
function baseValues(
  question: Question,
  of: MeasureName,
  pile: Pile,
  intervalMs: number | null,
  bucket: bigint | null,
): bigint[] | null {
  const over = BigInt(question.overMs)
  const start = bucket === null ? 0n : bucket * BigInt(intervalMs as number)
  const end = bucket === null ? BigInt(question.toMs) : start + BigInt(intervalMs as number)
  const values: bigint[] = []
  const from = BigInt(question.fromMs) > start ? BigInt(question.fromMs) : start
  const to = BigInt(question.toMs) < end ? BigInt(question.toMs) : end
  for (let base = from / over; (base + 1n) * over <= to; base++)
    if (base * over >= from) values.push(pile.bases.get(base)?.[columnOf(of)] ?? 0n)
  return values.length === 0 || pile.counts[columnOf(of)] === null ? null : values
}

function statisticOf(statistic: Statistic, values: readonly bigint[]): bigint {
  const sorted = values.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const nearest = (percent: number) => sorted[Math.ceil((percent * sorted.length) / 100) - 1] as bigint
  switch (statistic) {
    case 'min':
      return sorted[0] as bigint
    case 'max':
      return sorted.at(-1) as bigint
    case 'avg':
      return sorted.reduce((a, b) => a + b, 0n)
    case 'last':
      return values.at(-1) as bigint
    case 'p50':
      return nearest(50)
    case 'p95':
      return nearest(95)
    case 'p99':
      return nearest(99)
  }
}

function columnOf(measure: MeasureName): keyof Counts {
  const { of } = MEASURES[measure]
  return of === 'bytes.l2' ? 'l2' : of
}

/** Of the bucket, only what the range covers. */
function coveredSeconds({ fromMs, toMs }: Question, intervalMs: number | null, bucket: bigint | null): number {
  if (bucket === null || intervalMs === null) return (toMs - fromMs) / 1000
  const start = Number(bucket) * intervalMs
  return (Math.min(start + intervalMs, toMs) - Math.max(start, fromMs)) / 1000
}

function none(): Counts {
  return { bytes: null, packets: null, l2: null, flows: 0n }
}

function emptyPile(): Pile {
  return { counts: none(), bases: new Map(), values: new Map(), durations: [] }
}

/** What is missing is no zero: a sum is missing where all of its parts are. */
function add(to: Counts, what: Counts): void {
  for (const name of ['bytes', 'packets', 'l2'] as const)
    if (what[name] !== null) to[name] = (to[name] ?? 0n) + what[name]
  to.flows += what.flows
}

function compared(a: bigint | number | null, b: bigint | number | null, descending: boolean): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  const up = a < b ? -1 : a > b ? 1 : 0
  return descending ? -up : up
}

function firstDifference(a: readonly Value[], b: readonly Value[]): number {
  for (const [i, value] of a.entries()) {
    const difference = ascending(value, b[i] ?? null)
    if (difference !== 0) return difference
  }
  return 0
}
