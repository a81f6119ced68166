/**
 * Sums by group and bucket. `pieces` gives each flow's share of the range, one row for each bucket that it touches;
 * `sums` adds them up. Columns: `t` (number of the bucket, with an interval), `g0`, `g1` … (parts of the group's
 * fields), the counts, `flows`, `rate` (largest sampling rate).
 */
import type { Filter } from '../../../../shared/query/filter/ast.ts'
import { MEASURES, partsOf, type Measure, type MeasureName } from '../../../../shared/query/measures.ts'
import type { Question, Scope } from '../../../../shared/query/question.ts'
import { field } from '../../../../shared/schema/fields.ts'
import { ipHalves, parseIp } from '../../../../shared/schema/ip.ts'
import { DIRECTIONS } from '../../../../shared/schema/codes.ts'
import { alternatives } from './alternatives.ts'
import type { Kept } from './fields.ts'
import { condition, filterColumns, literal } from './filter.ts'
import { fieldOf, groupColumns, groupExpressions, groupTypes, type FlowGroup } from './groups.ts'
import { relation, touching, type Bounds, type FlowsPart, type Part, type Source, type SumsPart } from './source.ts'
import type { CountName } from '../answers/counts.ts'
import { amount, partOfLife, share, shareInRange } from './spread.ts'

/** What is summed, apart from the range: questions of one shape can share what was summed before. */
export interface Shape {
  readonly groups: readonly string[]
  /** How many of them are texts. */
  readonly texts: number
  readonly counts: readonly string[]
  readonly intervalMs: number | null
  readonly conditions: readonly string[]
  /** Physical columns that are read. */
  readonly columns: readonly string[]
  /** What the groups and conditions are made of, for other tables. */
  readonly asked: Asked
}

interface Asked {
  readonly groupBy: readonly FlowGroup[]
  readonly filter: Filter | null
  readonly scope: Scope
  /** Whether sums of the largest groups alone are of no use, however many flows there are. */
  readonly everyGroup: boolean
}

const COUNT_COLUMNS = { bytes: 'bytes', packets: 'packets', 'bytes.l2': 'bytes_l2', flows: 'flows' } as const

/** Column of the sums that a measure is worked out from. */
export function countOf(measure: MeasureName): CountName {
  return COUNT_COLUMNS[MEASURES[measure].of]
}

export function shapeOf(
  question: Pick<Question, 'filter' | 'scope' | 'measures' | 'orderBy'>,
  groupBy: readonly FlowGroup[],
  intervalMs: number | null,
  everyGroup = false,
): Shape {
  const groups = groupBy.flatMap((group) => groupExpressions(group))
  const layer2 = [...question.measures, question.orderBy].some(countsLayer2)
  const counts = ['bytes', 'packets', ...(layer2 ? ['bytes_l2'] : [])]
  return {
    groups,
    texts: groupBy.filter((group) => field(fieldOf(group)).kind === 'keyword').length,
    counts,
    intervalMs,
    conditions: conditionsOf(question.filter, question.scope),
    columns: [
      'start',
      'end',
      'sampling_rate',
      ...counts,
      ...groupBy.flatMap(groupColumns),
      ...conditionColumns(question.filter, question.scope),
    ],
    asked: { groupBy, filter: question.filter, scope: question.scope, everyGroup },
  }
}

/** Tells shapes apart. */
export function shapeKey({ groups, counts, intervalMs, conditions, asked }: Shape): string {
  return JSON.stringify([groups, counts, intervalMs, conditions, asked.everyGroup])
}

function countsLayer2(measure: Measure): boolean {
  const parts = partsOf(measure)
  return (
    (parts.kind === 'share'
      ? parts.of
      : parts.kind === 'sum' || parts.kind === 'statistic'
        ? MEASURES[parts.of].of
        : '') === 'bytes.l2'
  )
}

/** Conditions of filter and scope. */
export function conditionsOf(filter: Filter | null, scope: Scope, kept?: Kept): string[] {
  const conditions = filter ? [condition(filter, kept)] : []
  if (scope === 'ingress') conditions.push(`("direction" IS NULL OR "direction" = ${DIRECTIONS.indexOf('ingress')})`)
  if (typeof scope === 'object') {
    const address = parseIp(scope.exporter)
    const { high, low } = ipHalves(address ?? 0n)
    conditions.push(address === null ? 'false' : `"exporter_hi" = ${literal(high)} AND "exporter_lo" = ${literal(low)}`)
  }
  return conditions
}

export function conditionColumns(filter: Filter | null, scope: Scope): string[] {
  const columns = filter ? [...filterColumns(filter)] : []
  if (scope === 'ingress') columns.push('direction')
  if (typeof scope === 'object') columns.push('exporter_hi', 'exporter_lo')
  return columns
}

export function groupNames(shape: Shape): string[] {
  return shape.groups.map((_, i) => `g${i}`)
}

/** A statement that gives the sums of all parts. */
export function sums(shape: Shape, parts: readonly Part[]): string {
  const keys = keysOf(shape)
  return `SELECT ${[...keys, ...totals(shape)].join(', ')} FROM (${allPieces(shape, parts)})${grouped(keys)}`
}

/** Sums of what stands in tables of sums, and of a statement of sums beside. */
export function mergedSums(shape: Shape, tables: readonly string[], beside: string | null): string {
  const keys = keysOf(shape)
  const counts = shape.counts.map((count) => `"${count}"`)
  const all = [
    ...tables.map((table) => `SELECT ${[...keys, ...counts, 'flows', 'rate'].join(', ')} FROM ${table}`),
    ...(beside === null ? [] : [beside]),
  ]
  const added = [
    ...counts.map((count) => `sum(${count}) AS ${count}`),
    'sum(flows)::BIGINT AS flows',
    'max(rate) AS rate',
  ]
  return `SELECT ${[...keys, ...added].join(', ')} FROM (${all.join(' UNION ALL ')})${grouped(keys)}`
}

function keysOf(shape: Shape): string[] {
  return [...(shape.intervalMs === null ? [] : ['t']), ...groupNames(shape)]
}

function grouped(keys: readonly string[]): string {
  return keys.length > 0 ? ` GROUP BY ${keys.join(', ')}` : ''
}

function totals(shape: Shape): string[] {
  return [
    ...shape.counts.map((count) => `sum("${count}") AS "${count}"`),
    'sum(n)::BIGINT AS flows',
    'max(rate) AS rate',
  ]
}

/**
 * Shares of the range, of single flows or of many; `n` is how many flows ended within the range, and in the bucket where
 * they ended.
 */
export function allPieces(shape: Shape, parts: readonly Part[]): string {
  const shapes = withAlternatives(shape)
  return parts
    .flatMap((part) => ('table' in part ? pieces(shape, part) : shapes.map((each) => pieces(each, part))))
    .join(' UNION ALL ')
}

/** Once for each of the alternatives of its filter. */
function withAlternatives(shape: Shape): readonly Shape[] {
  const { filter, scope } = shape.asked
  const found = filter ? alternatives(filter) : []
  return found.length > 1 ? found.map((each) => ({ ...shape, conditions: conditionsOf(each, scope) })) : [shape]
}

function pieces(shape: Shape, part: Part): string {
  if ('table' in part) return keptSums(shape, part)
  if (part.oneIn !== undefined) return drawn(shape, part, part.oneIn)
  return shape.intervalMs === null ? whole(shape, part) : buckets(shape, part, shape.intervalMs)
}

function drawn(shape: Shape, { source, bounds }: FlowsPart, oneIn: number): string {
  const table = `${source.table} TABLESAMPLE SYSTEM (${100 / oneIn} PERCENT) REPEATABLE (1)`
  const each = pieces(shape, { source: { ...source, table }, bounds })
  const counts = shape.counts.map((count) => `"${count}" * ${oneIn} AS "${count}"`)
  return `SELECT ${[...keysOf(shape), ...counts, `n * ${oneIn} AS n`, 'rate'].join(', ')} FROM (${each})`
}

function keptSums(shape: Shape, { table, kept, levelMs, bounds, rows }: SumsPart): string {
  const { groupBy, filter, scope } = shape.asked
  const { intervalMs } = shape
  // Kept as INTEGER; what is worked out of it, such as its time, needs more.
  const t = intervalMs === null ? [] : [`(t // ${intervalMs / levelMs})::BIGINT AS t`]
  const groups = groupBy.flatMap((group) => groupExpressions(group, kept)).map((sql, i) => `${sql} AS g${i}`)
  const conditions = [
    `t >= ${bounds.fromMs / levelMs}`,
    `t < ${bounds.toMs / levelMs}`,
    `rowid < ${rows}`,
    ...conditionsOf(filter, scope, kept),
  ]
  const counts = shape.counts.map((count) => `"${count}"`)
  return `SELECT ${[...t, ...groups, ...counts, 'flows AS n', 'rate'].join(', ')} FROM ${table} WHERE ${conditions.join(' AND ')}`
}

function flowConditions(shape: Shape, { source, bounds, longerThanMs }: FlowsPart): string[] {
  return [
    ...(source.inside ? [] : touching(bounds)),
    ...(longerThanMs === undefined ? [] : [`"end" - "start" > ${longerThanMs}`]),
    ...shape.conditions,
  ]
}

function whole(shape: Shape, part: FlowsPart): string {
  const { source, bounds } = part
  const { inside, wide } = source
  const extra = inside ? [] : partOfLife(String(bounds.fromMs), String(bounds.toMs))
  const from = relation(source, shape.columns, flowConditions(shape, part), extra)
  const counts = shape.counts.map(
    (count) => `${inside ? amount(count, wide) : shareInRange(count, wide, bounds)} AS "${count}"`,
  )
  return `SELECT ${[...groupList(shape), ...counts, `${ended(source, bounds)} AS n`, '"sampling_rate" AS rate'].join(', ')} FROM ${from}`
}

/** Flows within one bucket apart from the others, which have a row for each bucket: 0.3 s against 0.8 s over 3.3 M flows. */
function buckets(shape: Shape, part: FlowsPart, intervalMs: number): string {
  const { source, bounds } = part
  const { inside, wide } = source
  const { fromMs, toMs } = bounds
  const first = inside ? '"start"' : `greatest("start", ${fromMs})`
  const last = inside ? '"end"' : `least("end", ${toMs - 1})`
  const conditions = flowConditions(shape, part)
  const numbered = `${last} // ${intervalMs} AS last`

  const one = shape.counts.map(
    (count) => `${inside ? amount(count, wide) : shareInRange(count, wide, bounds)} AS "${count}"`,
  )
  const life = inside ? [] : partOfLife(String(fromMs), String(toMs))
  const within = `SELECT ${['last AS t', ...groupList(shape), ...one, `${ended(source, bounds)} AS n`, '"sampling_rate" AS rate'].join(', ')} FROM ${relation(source, shape.columns, conditions, [numbered, ...life])} WHERE ${first} >= last * ${intervalMs}`

  const start = inside ? `t * ${intervalMs}` : `greatest(t * ${intervalMs}, ${fromMs})`
  const end = inside ? `(t + 1) * ${intervalMs}` : `least((t + 1) * ${intervalMs}, ${toMs})`
  const many = shape.counts.map((count) => `${share(count, wide)} AS "${count}"`)
  const n = `CASE WHEN t = last${inside ? '' : ` AND "end" < ${toMs}`} THEN 1 END AS n`
  const each = `SELECT *, unnest(range(${first} // ${intervalMs}, last + 1)) AS t FROM ${relation(source, shape.columns, conditions, [numbered])} WHERE ${first} < last * ${intervalMs}`
  const across = `SELECT ${['t', ...groupList(shape), ...many, n, '"sampling_rate" AS rate'].join(', ')} FROM (SELECT *, ${partOfLife(start, end).join(', ')} FROM (${each}))`
  return `${within} UNION ALL ${across}`
}

/** The sums of nothing: no group, and nothing in all. */
export function noSums(shape: Shape): string {
  const counts = [
    ...shape.counts.map((count) => `NULL::BIGINT AS "${count}"`),
    '0::BIGINT AS flows',
    'NULL::UINTEGER AS rate',
  ]
  return `SELECT ${[...noKeys(shape), ...counts].join(', ')}${keysOf(shape).length > 0 ? ' WHERE false' : ''}`
}

function noKeys({ intervalMs, asked }: Shape): string[] {
  const types = asked.groupBy.flatMap(groupTypes)
  return [...(intervalMs === null ? [] : ['NULL::BIGINT AS t']), ...types.map((type, i) => `NULL::${type} AS g${i}`)]
}

/** Durations `d` of the flows that ended within the range, with their bucket `t` and group. */
export function endedFlows(shape: Shape, parts: readonly FlowsPart[]): string {
  if (parts.length === 0) return `SELECT ${[...noKeys(shape), 'NULL::BIGINT AS d'].join(', ')} WHERE false`
  const t = shape.intervalMs === null ? [] : [`"end" // ${shape.intervalMs} AS t`]
  const each = parts.map((part) => {
    const { fromMs, toMs } = part.bounds
    const conditions = [`"end" >= ${fromMs}`, `"end" < ${toMs}`, ...shape.conditions]
    return `SELECT ${[...t, ...groupList(shape), '"end" - "start" AS d'].join(', ')} FROM ${relation(part.source, shape.columns, conditions)}`
  })
  return each.join(' UNION ALL ')
}

function ended({ inside }: Source, { fromMs, toMs }: Bounds): string {
  return inside ? '1' : `CASE WHEN "end" >= ${fromMs} AND "end" < ${toMs} THEN 1 END`
}

function groupList(shape: Shape): string[] {
  return shape.groups.map((sql, i) => `${sql} AS g${i}`)
}
