/** Differences of many fields out of one reading of the flows: sums by each field and span at once, with grouping sets. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { Dimension } from '../../../../shared/query/compare.ts'
import type { DifferencesQuestion, DifferingValues } from '../../../../shared/query/differences.ts'
import { field, type FieldName } from '../../../../shared/schema/fields.ts'
import type { Reader } from '../files/database.ts'
import { groupTypes, groupValue } from '../sql/groups.ts'
import type { FlowsPart } from '../sql/source.ts'
import { allPieces, noSums, shapeOf } from '../sql/sums.ts'

/** Where the columns of a dimension stand among those of all. */
interface Place {
  readonly dimension: Dimension
  readonly from: number
  readonly to: number
}

/** `parts` of each span. The dimensions are all of plain fields, or one alone that means either side. */
export async function answerDifferences(
  question: DifferencesQuestion,
  parts: readonly (readonly FlowsPart[])[],
  reader: Reader,
): Promise<DifferingValues[]> {
  const { dimensions, limit } = question
  const places = placesOf(dimensions)
  const rows = await reader.rows(statement(question, places, parts))
  const width = places.at(-1)?.to ?? 0
  const spans = question.spans.length
  return places.map((place) => {
    const own = rows.filter((row) => Number(row[0]) === setOf(place, width))
    const counted = own.find((row) => row[1] === null)
    const lines = own
      .filter((row) => row[1] !== null)
      .toSorted((a, b) => Number(a[1]) - Number(b[1]))
      .map((row) => ({
        values: valuesOf(place, row.slice(2 + place.from, 2 + place.to)),
        amounts: row.slice(2 + width, 2 + width + spans).map((amount) => Number(amount ?? 0)),
        size: Number(row[2 + width + spans] ?? 0),
      }))
    return {
      lines: lines.slice(0, limit).map(({ values, amounts }) => ({ values, amounts })),
      bound: lines[limit]?.size ?? 0,
      groups: counted ? counted.slice(2 + width, 2 + width + spans).map(Number) : question.spans.map(() => 0),
    }
  })
}

/** Rows: the set, `rank`, all columns of groups, the amounts by span, `size`; and for each set one with numbers of groups (no rank). */
function statement(
  { spans, scales, measure, dimensions, filter, scope, limit }: DifferencesQuestion,
  places: readonly Place[],
  parts: readonly (readonly FlowsPart[])[],
): string {
  const groups = Array.from({ length: places.at(-1)?.to ?? 0 }, (_, i) => `g${i}`)
  const amounts = spans.map((_, i) => `a${i}`)
  const amount = measure === 'flows' ? 'n' : `"${measure}"`
  const read = sidesOf(dimensions).flatMap((side) => {
    const shape = shapeOf({ filter, scope, measures: [measure], orderBy: measure }, side, null)
    return spans.map((_, i) => {
      const of = parts[i] ?? []
      const from = of.length > 0 ? allPieces(shape, of) : `SELECT *, flows AS n FROM (${noSums(shape)})`
      return `SELECT ${[`${i} AS span`, ...groups, `${amount} AS amount`].join(', ')} FROM (${from})`
    })
  })
  const sums = spans.flatMap((_, i) => [
    `sum(amount) FILTER (span = ${i}) AS a${i}`,
    `count(*) FILTER (span = ${i}) AS c${i}`,
  ])
  const sets = places.map(({ from, to }) => `(${groups.slice(from, to).join(', ')})`)
  const [now, ...before] = amounts.map((name, i) => `coalesce(${name}, 0)::DOUBLE * ${scales[i]}`)
  const order = ['size DESC', ...groups.map((name) => `${name} NULLS LAST`)].join(', ')
  return `WITH sums AS MATERIALIZED (SELECT ${[`grouping_id(${groups.join(', ')}) AS set`, ...groups, ...sums].join(', ')} FROM (${read.join(' UNION ALL ')}) GROUP BY GROUPING SETS (${sets.join(', ')})),
sized AS (SELECT *, abs(${now} - list_aggregate([${before.join(', ')}], 'median')) AS size FROM sums),
ranked AS (SELECT *, row_number() OVER (PARTITION BY set ORDER BY ${order}) AS rank FROM sized QUALIFY rank <= ${limit + 1})
SELECT ${['set', 'rank', ...groups, ...amounts, 'size'].join(', ')} FROM ranked
UNION ALL
SELECT ${['set', 'NULL', ...groups.map(() => 'NULL'), ...spans.map((_, i) => `count(*) FILTER (c${i} > 0)`), 'NULL'].join(', ')} FROM sums GROUP BY set`
}

/** The fields to read by; both sides, one after the other, for one that means either. */
function sidesOf(dimensions: readonly Dimension[]): FieldName[][] {
  const either = dimensions.length === 1 ? field((dimensions[0] as Dimension)[0]).either : undefined
  return either ? either.map((side) => [side as FieldName]) : [dimensions.flat()]
}

function placesOf(dimensions: readonly Dimension[]): Place[] {
  let at = 0
  return dimensions.map((dimension) => {
    const from = at
    for (const name of dimension) at += groupTypes(sideOf(name)).length
    return { dimension, from, to: at }
  })
}

/** A side of a field that means either; both have the same columns. */
function sideOf(name: FieldName): FieldName {
  return (field(name).either?.[0] as FieldName | undefined) ?? name
}

/** What grouping_id says of the rows of a place: 1 for each column that they are not grouped by, the first one highest. */
function setOf({ from, to }: Place, width: number): number {
  let set = 0
  for (let i = 0; i < width; i++) set = set * 2 + (i >= from && i < to ? 0 : 1)
  return set
}

function valuesOf({ dimension }: Place, columns: readonly DuckDBValue[]) {
  let at = 0
  return dimension.map((name) => {
    const side = sideOf(name)
    return groupValue(side, columns.slice(at, (at += groupTypes(side).length)))
  })
}
