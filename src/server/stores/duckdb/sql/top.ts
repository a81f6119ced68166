/** Statements that choose the top groups and add up the rest. */
import { allPieces, groupNames, type Shape } from './sums.ts'
import { literal } from './filter.ts'
import { groupTypes, type FlowGroup } from './groups.ts'
import type { Part } from './source.ts'

/** A group's values as they are stored; in the order of the groups' expressions. */
export type GroupKey = readonly (bigint | number | string | null)[]

/**
 * Largest first; ties by the group's values, so that the answer is the same each time. Groups without a value come
 * last.
 */
function order(shape: Shape, by: string): string {
  return [`"${by}" DESC NULLS LAST`, ...groupNames(shape).map((name) => `${name} NULLS LAST`)].join(', ')
}

/**
 * From sums without interval. Rows: `rank` (0 is the largest; null for the row of totals), the group, counts, flows,
 * rate, `groups` (how many there are), and for each count how many groups have it. Totals are null where all are.
 */
export function topGroups(shape: Shape, sumsSql: string, by: string, limit: number): string {
  const groups = groupNames(shape)
  const named = [...groups, ...shape.counts.map((count) => `"${count}"`), 'flows', 'rate']
  const having = shape.counts.map((count) => `count("${count}")`)
  return `WITH parts AS MATERIALIZED (${sumsSql}), top AS (SELECT * FROM parts ORDER BY ${order(shape, by)} LIMIT ${limit})
SELECT row_number() OVER (ORDER BY ${order(shape, by)}) - 1 AS rank, ${named.join(', ')}, NULL AS "groups"${having.map(() => ', NULL').join('')} FROM top
UNION ALL
SELECT NULL, ${[...groups.map(() => 'NULL'), ...shape.counts.map((count) => `sum("${count}")`), 'sum(flows)', 'max(rate)', 'count(*)', ...having].join(', ')} FROM parts`
}

/**
 * From sums with an interval. Rows of three kinds: of a top group (`t` null, `rank`, the group), of a bucket (`t`,
 * `rank` or null for what is not at the top, counts, flows, rate), and one with how many groups there are.
 */
export function topBuckets(shape: Shape, sumsSql: string, by: string, limit: number): string {
  const groups = groupNames(shape)
  const none = groups.map(() => 'NULL')
  const nothing = [...shape.counts.map(() => 'NULL'), 'NULL', 'NULL']
  return `WITH parts AS MATERIALIZED (${sumsSql}),
every AS MATERIALIZED (SELECT ${groups.join(', ')}, sum("${by}") AS "${by}" FROM parts GROUP BY ${groups.join(', ')}),
top AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${order(shape, by)}) - 1 AS rank FROM (SELECT * FROM every ORDER BY ${order(shape, by)} LIMIT ${limit}))
SELECT NULL AS t, rank, ${[...groups, ...nothing, 'NULL AS "groups"'].join(', ')} FROM top
UNION ALL
SELECT t, top.rank, ${[...none, ...added(shape), 'NULL'].join(', ')} FROM parts LEFT JOIN top ON ${same(shape, 'parts', 'top')} GROUP BY t, top.rank
UNION ALL
SELECT NULL, NULL, ${[...none, ...nothing, 'count(*)'].join(', ')} FROM every`
}

/** Sums by bucket of groups that are known already. Rows: `t`, `rank` or null for the others, counts, flows, rate. */
export function bucketsOf(
  shape: Shape,
  groupBy: readonly FlowGroup[],
  keys: readonly GroupKey[],
  parts: readonly Part[],
): string {
  const types = groupBy.flatMap(groupTypes)
  const values = keys.map(
    (key, rank) =>
      `(${[rank, ...key.map((value, i) => `${value === null ? 'NULL' : literal(typeof value === 'string' ? value : BigInt(value))}::${types[i]}`)].join(', ')})`,
  )
  const counts = shape.counts.map((count) => `sum("${count}")`)
  return `WITH top(${['rank', ...groupNames(shape)].join(', ')}) AS (VALUES ${values.join(', ')})
SELECT t, rank, ${[...counts, 'sum(n)::BIGINT', 'max(rate)'].join(', ')} FROM (${allPieces(shape, parts)}) AS parts LEFT JOIN top ON ${same(shape, 'parts', 'top')} GROUP BY t, rank`
}

function added(shape: Shape): string[] {
  return [...shape.counts.map((count) => `sum(parts."${count}")`), 'sum(parts.flows)', 'max(parts.rate)']
}

function same(shape: Shape, a: string, b: string): string {
  return groupNames(shape)
    .map((name) => `${a}.${name} IS NOT DISTINCT FROM ${b}.${name}`)
    .join(' AND ')
}
