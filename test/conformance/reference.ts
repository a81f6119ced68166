/**
 * What a store must answer: slow, obvious, written from the rules in docs/explanation/numbers.md. Whole numbers are
 * BigInt throughout; nothing is taken from a store.
 */
import type { Filter } from '../../src/shared/query/filter/ast.ts'
import type { RecordQuestion, Scope } from '../../src/shared/query/question.ts'
import { field, type FieldName, type StoredFieldName } from '../../src/shared/schema/fields.ts'
import { formatIp, formatMac, parseIp } from '../../src/shared/schema/ip.ts'
import type { JsonValue } from '../../src/shared/schema/kinds.ts'
import { compares, fits, hasBits, matches } from '../support/evaluate-filter.ts'
import { serviceName } from '../../src/server/registry/services.ts'

/** A flow by field: addresses are 128 bits, keywords are text. */
export type Flow = ReadonlyMap<StoredFieldName, bigint | string>

export type Value = bigint | string | null

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
export function touches(flow: Flow, from: bigint, to: bigint): boolean {
  return startOf(flow) < to && endOf(flow) >= from
}

/** floor(value × (t − start) / (end − start)); a flow without duration passes as a whole just after its end. */
export function passed(flow: Flow, value: bigint, t: bigint): bigint {
  const start = startOf(flow)
  const end = endOf(flow)
  if (start === end) return t > end ? value : 0n
  if (t <= start) return 0n
  if (t >= end) return value
  return (value * (t - start)) / (end - start)
}

export function startOf(flow: Flow): bigint {
  return flow.get('start') as bigint
}

export function endOf(flow: Flow): bigint {
  return flow.get('end') as bigint
}

export function numberOf(flow: Flow, name: FieldName): bigint | null {
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

export function inScope(flows: readonly Flow[], scope: Scope): readonly Flow[] {
  if (scope === 'deduplicated') return countedOnce(flows)
  return flows.filter((flow) => {
    if (scope === 'all') return true
    if (scope === 'ingress') return (flow.get('direction') ?? 0n) === 0n
    return flow.get('exporter') === parseIp(scope.exporter)
  })
}

/** Of flows with the same ends on one day, those of one exporter or cloud interface, and direction. */
function countedOnce(flows: readonly Flow[]): readonly Flow[] {
  const DAY = 86_400_000n
  const points = new Map<string, Map<string, Flow[]>>()
  const counted: Flow[] = []
  for (const flow of flows) {
    const ends = (['src.ip', 'dst.ip', 'proto'] as const).map((name) => flow.get(name))
    const observers = [flow.get('exporter'), flow.get('interface.id')]
    if (ends.includes(undefined) || observers.every((each) => each === undefined)) {
      counted.push(flow)
      continue
    }
    const day = endOf(flow) / DAY
    const key = [
      day,
      flow.get('vpc.id') ?? 'none',
      ...ends,
      flow.get('src.port') ?? 'none',
      flow.get('dst.port') ?? 'none',
    ].join(' ')
    const point = [flow.get('exporter') ?? 0n, flow.get('direction') ?? 0n, flow.get('interface.id') ?? ''].join(' ')
    const seen = points.get(key) ?? new Map<string, Flow[]>()
    points.set(key, seen)
    seen.set(point, [...(seen.get(point) ?? []), flow])
  }
  for (const seen of points.values()) {
    const [best] = [...seen.values()].toSorted(
      (a, b) =>
        ascending(highestRate(a), highestRate(b)) ||
        descending(bytesOf(a), bytesOf(b)) ||
        ascending(a[0]?.get('exporter') ?? 0n, b[0]?.get('exporter') ?? 0n) ||
        ascending(a[0]?.get('direction') ?? 0n, b[0]?.get('direction') ?? 0n) ||
        ascending(a[0]?.get('interface.id') ?? '', b[0]?.get('interface.id') ?? ''),
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

export function exact(value: bigint | null): JsonValue {
  if (value === null) return null
  return value > 2n ** 53n ? String(value) : Number(value)
}

export function shown(name: FieldName, value: Value): JsonValue {
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
export function ascending(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return a < b ? -1 : a > b ? 1 : 0
}
