/**
 * What a store must answer: slow, obvious, written from the rules in docs/explanation/numbers.md. Whole numbers are
 * BigInt throughout; nothing is taken from a store.
 */
import type { Filter } from '../../src/shared/query/filter/ast.ts'
import {
  MEASURES,
  type MeasureName,
  type Question,
  type RecordQuestion,
  type Scope,
} from '../../src/shared/query/question.ts'
import { field, type FieldName, type StoredFieldName } from '../../src/shared/schema/fields.ts'
import { formatIp, formatMac, parseIp } from '../../src/shared/schema/ip.ts'
import type { JsonValue } from '../../src/shared/schema/kinds.ts'
import { compares, fits, hasBits, matches } from '../support/evaluate-filter.ts'
import { serviceName } from '../../src/server/registry/services.ts'

/** A flow by field: addresses are 128 bits, keywords are text. */
export type Flow = ReadonlyMap<StoredFieldName, bigint | string>

type Value = bigint | string | null

export interface ReferenceAnswer {
  readonly rows: readonly (readonly JsonValue[])[]
  readonly totals: { readonly bytes: JsonValue; readonly packets: JsonValue; readonly flows: JsonValue }
  readonly sampled: boolean
  readonly otherRow: number | null
  readonly groups: number | null
}

interface Counts {
  bytes: bigint | null
  packets: bigint | null
  l2: bigint | null
  flows: bigint
}

type Plain = Omit<Question, 'groupBy' | 'measures' | 'orderBy'> & {
  groupBy: readonly FieldName[]
  measures: readonly MeasureName[]
  orderBy: MeasureName
}

export function referenceAnswer(all: readonly Flow[], question: Question): ReferenceAnswer {
  const { fromMs, toMs, intervalMs, groupBy, measures, limit, orderBy, other } = question as Plain
  const flows = inScope(all, question.scope).filter(
    (flow) => touches(flow, BigInt(fromMs), BigInt(toMs)) && holds(question.filter, flow),
  )
  const groups = new Map<string, { key: Value[]; total: Counts; buckets: Map<bigint | null, Counts> }>()
  const total = none()
  for (const flow of flows) {
    const key = groupBy.map((name) => valueOf(flow, name))
    const id = JSON.stringify(key.map(String))
    const group = groups.get(id) ?? { key, total: none(), buckets: new Map<bigint | null, Counts>() }
    groups.set(id, group)
    for (const [bucket, a, b] of bucketsOf(flow, question)) {
      const share = shareOf(flow, a, b)
      const counts = group.buckets.get(bucket) ?? none()
      group.buckets.set(bucket, counts)
      for (const each of [counts, group.total, total]) add(each, share)
    }
  }
  const order = measureColumn(orderBy)
  const ranked = [...groups.values()].toSorted(
    (a, b) => descending(a.total[order], b.total[order]) || firstDifference(a.key, b.key),
  )
  const isGrouped = groupBy.length > 0
  const named = isGrouped ? ranked.slice(0, limit) : ranked
  const rest = isGrouped ? ranked.slice(limit) : []

  const rows: { time: bigint | null; rank: number; cells: JsonValue[] }[] = []
  const put = (time: bigint | null, rank: number, cells: JsonValue[], counts: Counts) => {
    const seconds = coveredSeconds(question, time)
    rows.push({
      time,
      rank,
      cells: [
        ...(intervalMs === null ? [] : [Number(time) * intervalMs]),
        ...cells,
        ...measures.map((measure) => measured(measure, counts, seconds)),
      ],
    })
  }
  for (const [rank, group] of named.entries()) {
    for (const [bucket, counts] of group.buckets)
      put(
        bucket,
        rank,
        groupBy.map((name, i) => shown(name, group.key[i] ?? null)),
        counts,
      )
  }
  if (!isGrouped && intervalMs === null && rows.length === 0) put(null, 0, [], none())
  if (other) {
    const others = new Map<bigint | null, Counts>()
    for (const group of rest) {
      for (const [bucket, counts] of group.buckets) {
        const sum = others.get(bucket) ?? none()
        others.set(bucket, sum)
        add(sum, counts)
      }
    }
    for (const [bucket, counts] of others)
      put(
        bucket,
        Number.POSITIVE_INFINITY,
        groupBy.map(() => null),
        counts,
      )
  }
  const isOther = (row: { rank: number }) => row.rank === Number.POSITIVE_INFINITY
  rows.sort(
    (a, b) =>
      Number(isOther(a)) - Number(isOther(b)) ||
      Number((a.time ?? 0n) - (b.time ?? 0n)) ||
      (isOther(a) ? 0 : a.rank - b.rank),
  )
  const otherRow = rows.findIndex(isOther)
  return {
    rows: rows.map((row) => row.cells),
    totals: { bytes: exact(total.bytes), packets: exact(total.packets), flows: exact(total.flows) },
    sampled: flows.some((flow) => (numberOf(flow, 'sampling.rate') ?? 0n) > 1n),
    otherRow: otherRow < 0 ? null : otherRow,
    groups: isGrouped ? groups.size : null,
  }
}

/** Records that match, with the values shown and what they are sorted by (a missing value last, then newest first). */
export function referenceRecords(
  all: readonly Flow[],
  question: RecordQuestion,
): { cells: JsonValue[]; sort: Value; end: bigint }[] {
  const { field: by, descending: down } = question.sort
  return inScope(all, question.scope)
    .filter((flow) => touches(flow, BigInt(question.fromMs), BigInt(question.toMs)) && holds(question.filter, flow))
    .map((flow) => ({
      cells: question.fields.map((name) => shown(name, valueOf(flow, name))),
      sort: valueOf(flow, by),
      end: endOf(flow),
    }))
    .toSorted((a, b) => (down ? descending(a.sort, b.sort) : ascending(a.sort, b.sort)) || descending(a.end, b.end))
}

/** Started before the range's end, and did not end before its start. */
function touches(flow: Flow, from: bigint, to: bigint): boolean {
  return startOf(flow) < to && endOf(flow) >= from
}

/** The part of each bucket that the range covers, for the buckets that the flow touches; the whole range without interval. */
function* bucketsOf(
  flow: Flow,
  { fromMs, toMs, intervalMs }: Question,
): Generator<[bucket: bigint | null, from: bigint, to: bigint]> {
  const from = BigInt(fromMs)
  const to = BigInt(toMs)
  if (intervalMs === null) {
    yield [null, from, to]
    return
  }
  const length = BigInt(intervalMs)
  for (let bucket = from / length; bucket * length < to; bucket++) {
    const a = bucket * length > from ? bucket * length : from
    const b = (bucket + 1n) * length < to ? (bucket + 1n) * length : to
    if (touches(flow, a, b)) yield [bucket, a, b]
  }
}

function shareOf(flow: Flow, a: bigint, b: bigint): Counts {
  const part = (value: bigint | null) => (value === null ? null : passed(flow, value, b) - passed(flow, value, a))
  const ends = endOf(flow) >= a && endOf(flow) < b
  return {
    bytes: part(numberOf(flow, 'bytes')),
    packets: part(numberOf(flow, 'packets')),
    l2: part(numberOf(flow, 'bytes.l2')),
    flows: ends ? 1n : 0n,
  }
}

/** floor(value × (t − start) / (end − start)); a flow without duration passes as a whole just after its end. */
function passed(flow: Flow, value: bigint, t: bigint): bigint {
  const start = startOf(flow)
  const end = endOf(flow)
  if (start === end) return t > end ? value : 0n
  if (t <= start) return 0n
  if (t >= end) return value
  return (value * (t - start)) / (end - start)
}

function startOf(flow: Flow): bigint {
  return flow.get('start') as bigint
}

function endOf(flow: Flow): bigint {
  return flow.get('end') as bigint
}

function none(): Counts {
  return { bytes: null, packets: null, l2: null, flows: 0n }
}

/** What is missing is no zero: a sum is missing where all of its parts are. */
function add(to: Counts, what: Counts): void {
  for (const name of ['bytes', 'packets', 'l2'] as const)
    if (what[name] !== null) to[name] = (to[name] ?? 0n) + what[name]
  to.flows += what.flows
}

function numberOf(flow: Flow, name: FieldName): bigint | null {
  const value = valueOf(flow, name)
  return typeof value === 'bigint' ? value : null
}

export function valueOf(flow: Flow, name: FieldName): Value {
  const { derived } = field(name)
  if (!derived) return flow.get(name as StoredFieldName) ?? null
  const of = (other: string) => valueOf(flow, other as FieldName)
  switch (derived.op) {
    case 'same':
      return of(derived.of)
    case 'bits': {
      const value = numberOf(flow, derived.of as FieldName)
      return value === null ? null : (value >> BigInt(derived.shift)) & BigInt(derived.mask)
    }
    case 'difference': {
      const value = numberOf(flow, derived.of as FieldName)
      const minus = numberOf(flow, derived.minus as FieldName)
      return value === null || minus === null ? null : value - minus
    }
    case 'side': {
      // Word 0 of the initiator is the source, 1 the destination.
      const initiator = flow.get('initiator')
      if (initiator === undefined) return null
      return of((initiator === 0n) === (derived.side === 'client') ? derived.src : derived.dst)
    }
  }
}

export function holds(filter: Filter | null, flow: Flow): boolean {
  if (filter === null) return true
  switch (filter.op) {
    case 'and':
      return filter.of.every((each) => holds(each, flow))
    case 'or':
      return filter.of.some((each) => holds(each, flow))
    case 'not':
      return !holds(filter.of, flow)
    case 'in':
      return valuesOf(flow, filter.field).some((value) =>
        filter.ranges.some(({ low, high }) => typeof value === 'bigint' && value >= low && value <= high),
      )
    case 'like':
      return valuesOf(flow, filter.field).some(
        (value) => typeof value === 'string' && filter.patterns.some((pattern) => fits(value, pattern)),
      )
    case 'match':
      return matches(valueOf(flow, filter.field), filter.expression)
    case 'bits':
      return valuesOf(flow, filter.field).some((value) => hasBits(value, filter))
    case 'compare':
      return compares(valueOf(flow, filter.field), filter.is, valueOf(flow, filter.other))
    case 'exists':
      return valuesOf(flow, filter.field).length > 0
  }
}

/** Both values of a field that means either side; none where the flow has none. */
function valuesOf(flow: Flow, name: FieldName): (bigint | string)[] {
  const names = (field(name).either ?? [name]) as FieldName[]
  return names.flatMap((each) => valueOf(flow, each) ?? [])
}

function inScope(flows: readonly Flow[], scope: Scope): readonly Flow[] {
  if (scope === 'deduplicated') return countedOnce(flows)
  return flows.filter((flow) => {
    if (scope === 'all') return true
    if (scope === 'ingress') return (flow.get('direction') ?? 0n) === 0n
    return flow.get('exporter') === parseIp(scope.exporter)
  })
}

/** Of flows with the same ends on one day, those of one exporter and direction. */
function countedOnce(flows: readonly Flow[]): readonly Flow[] {
  const DAY = 86_400_000n
  const points = new Map<string, Map<string, Flow[]>>()
  const counted: Flow[] = []
  for (const flow of flows) {
    const ends = (['src.ip', 'dst.ip', 'proto', 'exporter'] as const).map((name) => flow.get(name))
    if (ends.includes(undefined)) {
      counted.push(flow)
      continue
    }
    const day = endOf(flow) / DAY
    const key = [day, ...ends.slice(0, 3), flow.get('src.port') ?? 'none', flow.get('dst.port') ?? 'none'].join(' ')
    const point = [flow.get('exporter'), flow.get('direction') ?? 0n].join(' ')
    const seen = points.get(key) ?? new Map<string, Flow[]>()
    points.set(key, seen)
    seen.set(point, [...(seen.get(point) ?? []), flow])
  }
  for (const seen of points.values()) {
    const [best] = [...seen.values()].toSorted(
      (a, b) =>
        ascending(highestRate(a), highestRate(b)) ||
        descending(bytesOf(a), bytesOf(b)) ||
        ascending(a[0]?.get('exporter') ?? null, b[0]?.get('exporter') ?? null) ||
        ascending(a[0]?.get('direction') ?? 0n, b[0]?.get('direction') ?? 0n),
    )
    counted.push(...(best ?? []))
  }
  return counted
}

function highestRate(flows: readonly Flow[]): bigint {
  return flows.reduce((most, flow) => {
    const rate = numberOf(flow, 'sampling.rate') ?? 1n
    return rate > most ? rate : most
  }, 0n)
}

function bytesOf(flows: readonly Flow[]): bigint | null {
  return flows.reduce<bigint | null>((sum, flow) => {
    const bytes = numberOf(flow, 'bytes')
    return bytes === null ? sum : (sum ?? 0n) + bytes
  }, null)
}

function measureColumn(measure: MeasureName): keyof Counts {
  const { of } = MEASURES[measure]
  return of === 'bytes.l2' ? 'l2' : of
}

function measured(measure: MeasureName, counts: Counts, seconds: number): JsonValue {
  const value = counts[measureColumn(measure)]
  if (value === null || !MEASURES[measure].rate) return exact(value)
  return (Number(value) * (measure === 'bps' ? 8 : 1)) / seconds
}

/** Of the bucket, only what the range covers. */
function coveredSeconds({ fromMs, toMs, intervalMs }: Question, bucket: bigint | null): number {
  if (bucket === null || intervalMs === null) return (toMs - fromMs) / 1000
  const start = Number(bucket) * intervalMs
  return (Math.min(start + intervalMs, toMs) - Math.max(start, fromMs)) / 1000
}

function exact(value: bigint | null): JsonValue {
  if (value === null) return null
  return value > 2n ** 53n ? String(value) : Number(value)
}

function shown(name: FieldName, value: Value): JsonValue {
  if (value === null || typeof value === 'string') return value
  const { kind, codes } = field(name)
  if (kind === 'ip') return formatIp(value)
  if (kind === 'mac') return formatMac(value)
  if (kind === 'code') return codes?.[Number(value)] ?? String(value)
  if (kind === 'service') return serviceName(Number(value)) ?? String(value)
  return exact(value)
}

function descending(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return ascending(b, a)
}

/** Texts by the octets of their UTF-8. */
function ascending(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}

function firstDifference(a: readonly Value[], b: readonly Value[]): number {
  for (const [i, value] of a.entries()) {
    const difference = ascending(value, b[i] ?? null)
    if (difference !== 0) return difference
  }
  return 0
}
