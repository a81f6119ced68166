/** Measures that are no sums: worked out for cells that are known, and for the order of groups. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { Grouping } from '../../../../shared/query/groups.ts'
import { partsOf, type Measure } from '../../../../shared/query/measures.ts'
import type { Question } from '../../../../shared/query/question.ts'
import type { Cell } from './answer-rows.ts'
import { bigOf } from './counts.ts'
import type { Asking } from './query.ts'
import { addedUp, piecesOf, rowsOf, typesOf, type Reading, type Rows, type RowsAsked } from '../sql/rows.ts'
import { countOf, endedFlows } from '../sql/sums.ts'
import { ranked, withOrder, type Chosen, type Order } from '../sql/top.ts'
import { basesIn, durations, statistics, unique, type Bases, type StatisticOf } from '../sql/values.ts'

/** Bucket and rank of a cell. */
type Place = string
type Values = Map<Place, Map<Measure | 'ended', bigint>>

/** The cells with the values of all measures. `chosen`: the groups that are named in them. */
export async function measureCells(
  asking: Asking,
  intervalMs: number | null,
  groups: readonly Grouping[],
  chosen: readonly Chosen[],
  cells: readonly Cell[],
): Promise<readonly Cell[]> {
  const values: Values = new Map()
  const named = (rows: Rows) => ranked(rows, groups.flatMap(typesOf), chosen)
  const measuring: Measuring = { asking, intervalMs, groups, named, values }
  await addStatistics(measuring)
  await addUnique(measuring)
  await addDurations(measuring)
  if (values.size === 0) return cells
  return cells.map((cell) => ({ ...cell, values: values.get(placeOf(cell.bucket, cell.rank)) ?? cell.values }))
}

/** Whether any group may be among the first, however small it is: only by descending counts are those the largest. */
export function ranksSmall({ orderBy, descending }: Pick<Question, 'orderBy' | 'descending'>): boolean {
  const { kind } = partsOf(orderBy)
  return !descending || (kind !== 'sum' && kind !== 'share')
}

/** Sums with what orders them; by the bucket of an interval, or over the range. */
export async function orderOf(
  asking: Asking,
  rows: Rows,
  intervalMs: number | null,
): Promise<{ sql: string; order: Order }> {
  const { question, sums } = asking
  const { orderBy, descending, groupBy } = question
  const parts = partsOf(orderBy)
  const plain = (by: string) => ({ sql: addedUp(rows), order: { by, descending } })
  const joined = (orders: string, by: string) => ({ sql: withOrder(rows, orders), order: { by, descending } })
  switch (parts.kind) {
    case 'sum':
    case 'share':
      return plain(`"${countOf(parts.of)}"`)
    case 'ratio':
      return plain('"bytes"::DOUBLE / nullif("packets", 0)::DOUBLE')
    case 'statistic': {
      const bases = { ...question, intervalMs }
      const asked = { groups: groupBy, intervalMs, baseMs: question.overMs }
      const all = await everyGroup(asking, asked, (shape) => sums.of(shape))
      const of = [{ count: countOf(parts.of), statistic: parts.statistic }]
      const orders = `SELECT * RENAME (s0 AS o) FROM (${statistics(`(${all.sql})`, all.groups, of, bases)})`
      return joined(
        orders,
        `CASE WHEN "${countOf(parts.of)}" IS NULL OR ${basesIn(bases)} <= 0 THEN NULL ELSE coalesce(o, 0) END`,
      )
    }
    case 'unique': {
      const all = await everyGroup(asking, { groups: [...groupBy, parts.of], intervalMs }, (shape) => sums.of(shape))
      const values = all.groups.slice(rows.groups.length)
      return joined(unique(`(${all.sql})`, rows.groups, values), 'coalesce(o, 0)')
    }
    case 'duration': {
      const all = await endedRows(asking, groupBy, intervalMs)
      const by = parts.of === 'avg' ? 'd_sum::DOUBLE / ended' : `d_${parts.of}`
      const orders = `SELECT *, ${by} AS o FROM (${durations(`(${all.sql})`, all.groups)})`
      return joined(orders, 'o')
    }
  }
}

/** What is measured, and where it is put. */
interface Measuring {
  readonly asking: Asking
  readonly intervalMs: number | null
  readonly groups: readonly Grouping[]
  /** A statement for rows with the rank of the group that they belong to. */
  readonly named: (rows: Rows) => string
  readonly values: Values
}

async function addStatistics({ asking, intervalMs, groups, named, values }: Measuring): Promise<void> {
  const { question, sums } = asking
  const measures = question.measures.flatMap((measure) => {
    const parts = partsOf(measure)
    return parts.kind === 'statistic' ? [{ measure, parts }] : []
  })
  if (measures.length === 0) return
  const bases: Bases = { ...question, intervalMs }
  const rows = await everyGroup(
    asking,
    { groups, intervalMs, baseMs: question.overMs },
    piecesOf((shape) => sums.parts(shape)),
  )
  const asked = measures.map(({ parts }): StatisticOf => ({ count: countOf(parts.of), statistic: parts.statistic }))
  for (const row of await asking.rows(statistics(named(rows), ['rank'], asked, bases)))
    for (const [i, { measure }] of measures.entries()) put(values, row, measure, row[2 + i])
}

async function addUnique({ asking, intervalMs, groups, named, values }: Measuring): Promise<void> {
  const { question, sums } = asking
  for (const measure of question.measures) {
    const parts = partsOf(measure)
    if (parts.kind !== 'unique') continue
    const rows = await everyGroup(
      asking,
      { groups: [...groups, parts.of], intervalMs },
      piecesOf((shape) => sums.parts(shape)),
    )
    const counted = rows.groups.slice(groups.flatMap(typesOf).length)
    for (const row of await asking.rows(unique(named(rows), ['rank'], counted))) put(values, row, measure, row[2])
  }
}

async function addDurations({ asking, intervalMs, groups, named, values }: Measuring): Promise<void> {
  const measures = asking.question.measures.flatMap((measure) => {
    const parts = partsOf(measure)
    return parts.kind === 'duration' ? [{ measure, of: parts.of }] : []
  })
  if (measures.length === 0) return
  const rows = await endedRows(asking, groups, intervalMs)
  for (const row of await asking.rows(durations(named(rows), ['rank']))) {
    const [ended, sum, min, max] = row.slice(2)
    const found = { avg: sum, sum, min, max }
    for (const { measure, of } of measures) put(values, row, measure, found[of])
    put(values, row, 'ended', ended)
  }
}

/** Rows with all groups that there are, as far as flows or such sums are kept. */
async function everyGroup(asking: Asking, asked: RowsAsked, read: Reading): Promise<Rows> {
  const rows = await rowsOf(asking.question, { ...asked, everyGroup: true }, read, false)
  const { buckets } = await asking.sums.left(rows.shape)
  if (buckets.length > 0) asking.lacks()
  return rows
}

function endedRows({ question, sums }: Asking, groups: readonly Grouping[], intervalMs: number | null): Promise<Rows> {
  return rowsOf(
    question,
    { groups, intervalMs, columns: ['d'] },
    async (shape) => endedFlows(shape, await sums.flows()),
    false,
  )
}

function put(
  values: Values,
  [bucket, rank]: readonly DuckDBValue[],
  measure: Measure | 'ended',
  value: DuckDBValue | undefined,
): void {
  const place = placeOf(Number(bucket), rank === null ? null : Number(rank))
  const known = values.get(place) ?? new Map<Measure | 'ended', bigint>()
  values.set(place, known)
  const number = bigOf(value)
  if (number !== null) known.set(measure, number)
}

function placeOf(bucket: number, rank: number | null): Place {
  return `${bucket} ${rank}`
}
