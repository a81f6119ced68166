/**
 * Statements for records. Records have a total order: by the field asked for, then newest first, then by where they
 * stand in the store.
 */
import type { RecordQuestion } from '../../../../shared/query/question.ts'
import { field } from '../../../../shared/schema/fields.ts'
import { alternatives } from './alternatives.ts'
import { columnsRead, expressions } from './fields.ts'
import { literal } from './filter.ts'
import { relation, touching, type Source } from './source.ts'
import { conditionColumns, conditionsOf } from './sums.ts'

export interface RecordSource extends Source {
  /** Of the partition, such as `2026-11-24`. */
  readonly name: string
}

export interface SortKey {
  readonly sql: string
  readonly descending: boolean
  readonly isText: boolean
}

/** Column of the partition's name. */
export const PARTITION = 'partition_name'

/** A record's place in the order: its sort keys. */
export type Place = readonly (bigint | string | null)[]

export function sortKeys({ sort }: RecordQuestion): SortKey[] {
  const isText = field(sort.field).kind === 'keyword'
  const keys = expressions(sort.field).map((sql) => ({ sql, descending: sort.descending, isText }))
  return [
    ...keys,
    ...(isByEnd(sort.field) ? [] : [{ sql: '"end"', descending: true, isText: false }]),
    { sql: PARTITION, descending: sort.descending, isText: true },
    { sql: 'rowid', descending: sort.descending, isText: false },
  ]
}

export function isByEnd(name: RecordQuestion['sort']['field']): boolean {
  return expressions(name)[0] === '"end"'
}

/** How many records there are. */
export function countRecords(question: RecordQuestion, sources: readonly RecordSource[]): string {
  return `SELECT count(*) FROM ${records(question, sources, [], () => [])}`
}

/**
 * The place of the page's last record, and how many were found in looking for one more than the page holds. One row, or
 * none where nothing is left.
 */
export function pageEnd(question: RecordQuestion, sources: readonly RecordSource[], after: Place | null): string {
  const keys = sortKeys(question)
  const all = records(question, sources, columnsRead(question.sort.field), (source) =>
    after ? beyond(question, source, after) : [],
  )
  const names = keys.map((_, i) => `k${i}`)
  const order = keys.map((key, i) => ordered({ ...key, sql: `k${i}` })).join(', ')
  const some = `SELECT ${keys.map((key, i) => `${key.sql} AS k${i}`).join(', ')} FROM ${all} ORDER BY ${order} LIMIT ${question.limit + 1}`
  const numbered = `SELECT *, row_number() OVER (ORDER BY ${order}) AS n, count(*) OVER () AS found FROM (${some})`
  return `SELECT ${names.join(', ')}, found FROM (${numbered}) WHERE n = least(found, ${question.limit})`
}

/** Records after a place, up to another, in order. Rows: the values of `fields`. */
export function readRecords(
  question: RecordQuestion,
  sources: readonly RecordSource[],
  { after, last }: { readonly after: Place | null; readonly last: Place },
): string {
  const all = records(
    question,
    sources,
    [...question.fields.flatMap(columnsRead), ...columnsRead(question.sort.field)],
    (source) => [...(after ? beyond(question, source, after) : []), ...upTo(question, source, last)],
  )
  return `SELECT ${question.fields.flatMap((name) => expressions(name)).join(', ')} FROM ${all} ORDER BY ${sortKeys(question).map(ordered).join(', ')} LIMIT ${question.limit}`
}

function records(
  question: RecordQuestion,
  sources: readonly RecordSource[],
  columns: readonly string[],
  where: (source: RecordSource) => readonly string[],
): string {
  const { filter, scope } = question
  const read = ['rowid', 'start', 'end', ...columns, ...conditionColumns(filter, scope)]
  const filters = filter ? alternatives(filter) : [null]
  const each = sources.flatMap((source) => {
    const inRange = source.inside ? [] : touching(question)
    const known = { ...source, columns: { has: (name: string) => name === 'rowid' || source.columns.has(name) } }
    return filters.map((one) => {
      const conditions = [...inRange, ...conditionsOf(one, scope), ...where(source)]
      return `SELECT * FROM ${relation(known, read, conditions, [`${literal(source.name)} AS ${PARTITION}`])}`
    })
  })
  return `(${each.join(' UNION ALL ')})`
}

function ordered({ sql, descending }: SortKey): string {
  return `${sql} ${descending ? 'DESC' : 'ASC'} NULLS LAST`
}

/** What of the source comes after the place. The first key stands apart too, where DuckDB can skip row groups by it. */
function beyond(question: RecordQuestion, source: RecordSource, place: Place): string[] {
  return [...skipped(question, place, '<=', '>='), later(keysIn(question, source), place)]
}

/** What of the source comes before the place, or stands there. */
function upTo(question: RecordQuestion, source: RecordSource, place: Place): string[] {
  return [...skipped(question, place, '>=', '<='), `NOT ${later(keysIn(question, source), place)}`]
}

function skipped({ sort }: RecordQuestion, [value]: Place, down: string, up: string): string[] {
  return isByEnd(sort.field) && value !== null && value !== undefined
    ? [`"end" ${sort.descending ? down : up} ${literal(value)}`]
    : []
}

function keysIn(question: RecordQuestion, { name }: RecordSource): SortKey[] {
  return sortKeys(question).map((key) => (key.sql === PARTITION ? { ...key, sql: literal(name) } : key))
}

/** Later than the place by the first key that differs; a missing value comes after all others. Never null. */
function later([key, ...others]: readonly SortKey[], [value = null, ...rest]: Place): string {
  if (!key) return 'false'
  if (value === null) return `(${key.sql} IS NULL AND ${later(others, rest)})`
  const isLater = `${key.sql} ${key.descending ? '<' : '>'} ${literal(value)}`
  const orMissing = `${key.sql} IS NULL`
  return `coalesce(${isLater} OR ${orMissing} OR (${key.sql} = ${literal(value)} AND ${later(others, rest)}), false)`
}
