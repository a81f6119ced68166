/** Statements that choose the top groups and add up the rest. */
import { literal } from './filter.ts'
import { addedUp, totalList, type Rows } from './rows.ts'

/** A group's values as they are stored; in the order of the groups' expressions. */
export type GroupKey = readonly (bigint | number | string | null)[]

/** A group that is named, in one bucket or (null) in all. */
export interface Chosen {
  readonly rank: number
  readonly bucket: number | null
  readonly key: GroupKey
}

/** `by` is an expression over the columns of the sums. */
export interface Order {
  readonly by: string
  readonly descending: boolean
}

/**
 * Ties go by the group's values, so that the answer is the same each time. Groups without what is ordered by come last.
 */
function order({ groups }: Rows, { by, descending }: Order): string {
  const names = groups.map((name) => `${name} NULLS LAST`)
  return [`${by} ${descending ? 'DESC' : 'ASC'} NULLS LAST`, ...names].join(', ')
}

/**
 * From sums over the range. Rows: `rank` (0 is the first; null for the row of totals), the group, counts, flows, rate,
 * `groups` (how many there are), and for each count how many groups have it. Totals are null where all are.
 */
export function topGroups(rows: Rows, sumsSql: string, by: Order, limit: number): string {
  const { groups, counts } = rows
  const named = [...groups, ...counts.map((count) => `"${count}"`), 'flows', 'rate']
  const having = counts.map((count) => `count("${count}")`)
  return `WITH parts AS MATERIALIZED (${sumsSql}), top AS (SELECT * FROM parts ORDER BY ${order(rows, by)} LIMIT ${limit})
SELECT row_number() OVER (ORDER BY ${order(rows, by)}) - 1 AS rank, ${named.join(', ')}, NULL AS "groups"${having.map(() => ', NULL').join('')} FROM top
UNION ALL
SELECT NULL, ${[...groups.map(() => 'NULL'), ...counts.map((count) => `sum("${count}")`), 'sum(flows)', 'max(rate)', 'count(*)', ...having].join(', ')} FROM parts`
}

/**
 * From sums by bucket, by a count. Rows of three kinds: of a top group (`b` null, `rank`, the group), of a bucket (`b`,
 * `rank` or null for what is not at the top, counts, flows, rate), and one with how many groups there are.
 */
export function topBuckets(rows: Rows, sumsSql: string, by: Order, limit: number): string {
  const { groups, counts } = rows
  const none = groups.map(() => 'NULL')
  const nothing = [...counts.map(() => 'NULL'), 'NULL', 'NULL']
  const added = [...counts.map((count) => `sum(parts."${count}")`), 'sum(parts.flows)', 'max(parts.rate)']
  const sorted = order(rows, { ...by, by: 'o' })
  return `WITH parts AS MATERIALIZED (${sumsSql}),
every AS MATERIALIZED (SELECT ${groups.join(', ')}, sum(${by.by}) AS o FROM parts GROUP BY ${groups.join(', ')}),
top AS MATERIALIZED (SELECT *, row_number() OVER (ORDER BY ${sorted}) - 1 AS rank FROM (SELECT * FROM every ORDER BY ${sorted} LIMIT ${limit}))
SELECT NULL AS b, rank, ${[...groups, ...nothing, 'NULL AS "groups"'].join(', ')} FROM top
UNION ALL
SELECT b, top.rank, ${[...none, ...added, 'NULL'].join(', ')} FROM parts LEFT JOIN top ON ${same(groups, 'parts', 'top')} GROUP BY b, top.rank
UNION ALL
SELECT NULL, NULL, ${[...none, ...nothing, 'count(*)'].join(', ')} FROM every`
}

/**
 * From sums by bucket, each bucket's own top. Rows: `b`, `rank` and the group, or null for what is not at its top; counts,
 * flows, rate; and one with how many groups there are.
 */
export function topOfBuckets(rows: Rows, sumsSql: string, by: Order, limit: number): string {
  const { groups, counts } = rows
  const none = groups.map(() => 'NULL')
  const named = [...groups, ...counts.map((count) => `"${count}"`), 'flows', 'rate']
  return `WITH parts AS MATERIALIZED (${sumsSql}),
ranked AS MATERIALIZED (SELECT *, row_number() OVER (PARTITION BY b ORDER BY ${order(rows, by)}) - 1 AS rank FROM parts)
SELECT b, rank, ${named.join(', ')}, NULL AS "groups" FROM ranked WHERE rank < ${limit}
UNION ALL
SELECT b, NULL, ${[...none, ...totalList(counts), 'NULL'].join(', ')} FROM ranked WHERE rank >= ${limit} GROUP BY b
UNION ALL
SELECT NULL, NULL, ${[...none, ...counts.map(() => 'NULL'), 'NULL', 'NULL', 'count(*)'].join(', ')} FROM (SELECT DISTINCT ${groups.join(', ')} FROM parts)`
}

/** Sums by bucket of groups that are known already. Rows: `b`, `rank` or null for the others, counts, flows, rate. */
export function sumsOf(rows: Rows, types: readonly string[], chosen: readonly Chosen[]): string {
  return `SELECT ${['b', 'rank', ...totalList(rows.counts)].join(', ')} FROM ${ranked(rows, types, chosen)} GROUP BY b, rank`
}

/**
 * Rows with the `rank` of their group among those chosen; null for the others, and where none are. `types`: SQL types of the
 * group's columns, which may be fewer than those of the rows.
 */
export function ranked(rows: Rows, types: readonly string[], chosen: readonly Chosen[]): string {
  const [first] = chosen
  if (first === undefined) return `(SELECT *, NULL::BIGINT AS rank FROM (${rows.sql}))`
  const groups = rows.groups.slice(0, types.length)
  const byBucket = first.bucket !== null
  const values = chosen.map(({ rank, bucket, key }) => {
    const cells = key.map((value, i) => `${value === null ? 'NULL' : literalOf(value)}::${types[i]}`)
    return `(${[`${rank}::BIGINT`, ...(byBucket ? [`${bucket}::BIGINT`] : []), ...cells].join(', ')})`
  })
  const names = ['rank', ...(byBucket ? ['b'] : []), ...groups]
  const on = [same(groups, 'parts', 'top'), ...(byBucket ? ['parts.b = top.b'] : [])].join(' AND ')
  return `(SELECT parts.*, top.rank FROM (${rows.sql}) AS parts LEFT JOIN (VALUES ${values.join(', ')}) AS top(${names.join(', ')}) ON ${on})`
}

/** Sums with what groups are ordered by beside, as `o`; `orders` has it by bucket and group. */
export function withOrder(rows: Rows, orders: string): string {
  return `SELECT parts.*, orders.o FROM (${addedUp(rows)}) AS parts LEFT JOIN (${orders}) AS orders ON parts.b = orders.b AND ${same(rows.groups, 'parts', 'orders')}`
}

function literalOf(value: bigint | number | string): string {
  return literal(typeof value === 'string' ? value : BigInt(value))
}

function same(groups: readonly string[], a: string, b: string): string {
  return groups.map((name) => `${a}.${name} IS NOT DISTINCT FROM ${b}.${name}`).join(' AND ')
}
