/**
 * Statements for records. Records have a total order: by the field asked for, then newest first, then by all their
 * columns. It does not depend on where they stand in the store, and records that are equal in it are equal.
 */
import type { RecordQuestion } from '../../../../shared/query/question.ts'
import { COLUMNS, field } from '../../../../shared/schema/fields.ts'
import { columnsRead, expressions } from './fields.ts'
import { literal } from './filter.ts'
import { relation, touching, type Source } from './source.ts'
import { conditionColumns, conditionsOf } from './sums.ts'

export interface SortKey {
  readonly sql: string
  readonly descending: boolean
  readonly isText: boolean
}

/** A place in the order by the sort keys; records may share it. */
export type Place = readonly (bigint | string | null)[]

export function sortKeys({ sort }: RecordQuestion): SortKey[] {
  const isText = field(sort.field).kind === 'keyword'
  const keys = expressions(sort.field).map((sql) => ({ sql, descending: sort.descending, isText }))
  return isByEnd(sort.field) ? keys : [...keys, { sql: '"end"', descending: true, isText: false }]
}

export function isByEnd(name: RecordQuestion['sort']['field']): boolean {
  return expressions(name)[0] === '"end"'
}

/** How many records there are. */
export function countRecords(
  question: RecordQuestion,
  sources: readonly Source[],
  receivedUntil: number | null,
): string {
  return `SELECT count(*) FROM ${records(question, sources, [], receivedUntil, [])}`
}

/** The sort keys of the record after so many others, from `from` on. One row, or none. */
export function placeAfter(
  question: RecordQuestion,
  sources: readonly Source[],
  receivedUntil: number | null,
  from: Place | null,
  skip: number,
): string {
  const keys = sortKeys(question)
  const where = from ? [notBefore(keys, from)] : []
  const all = records(question, sources, columnsRead(question.sort.field), receivedUntil, where)
  return `SELECT ${keys.map((key, i) => `${key.sql} AS k${i}`).join(', ')} FROM ${all} ORDER BY ${keys.map((key, i) => ordered({ ...key, sql: `k${i}` })).join(', ')} LIMIT 1 OFFSET ${skip}`
}

/** Records from place to place, both included, in order. Rows: the values of `fields`, then the sort keys. */
export function readRecords(
  question: RecordQuestion,
  sources: readonly Source[],
  receivedUntil: number | null,
  range: { readonly from: Place | null; readonly to: Place | null; readonly skip: number },
): string {
  const keys = sortKeys(question)
  const ties = COLUMNS.map((column) => column.name).filter((name) => sources.some((source) => source.columns.has(name)))
  const where = [...(range.from ? [notBefore(keys, range.from)] : []), ...(range.to ? [notAfter(keys, range.to)] : [])]
  const all = records(
    question,
    sources,
    [...ties, ...question.fields.flatMap(columnsRead), ...columnsRead(question.sort.field)],
    receivedUntil,
    where,
  )
  const values = question.fields.flatMap((name) => expressions(name))
  return `SELECT ${[...values, ...keys.map((key) => key.sql)].join(', ')} FROM ${all} ORDER BY ${[...keys.map(ordered), ...ties.map((name) => `"${name}"`)].join(', ')} LIMIT ${question.limit} OFFSET ${range.skip}`
}

function records(
  question: RecordQuestion,
  sources: readonly Source[],
  columns: readonly string[],
  receivedUntil: number | null,
  where: readonly string[],
): string {
  const { filter, scope } = question
  const read = [
    'start',
    'end',
    ...columns,
    ...conditionColumns(filter, scope),
    ...(receivedUntil === null ? [] : ['received']),
  ]
  const conditions = [
    ...conditionsOf(filter, scope),
    ...(receivedUntil === null ? [] : [`"received" <= ${receivedUntil}`]),
    ...where,
  ]
  const each = sources.map(
    (source) =>
      `SELECT * FROM ${relation(source, read, [...(source.inside ? [] : touching(question)), ...conditions])}`,
  )
  return `(${each.join(' UNION ALL ')})`
}

function ordered({ sql, descending }: SortKey): string {
  return `${sql} ${descending ? 'DESC' : 'ASC'} NULLS LAST`
}

/** At the place or after it. The first key stands apart too, where DuckDB can skip row groups by it. */
function notBefore(keys: readonly SortKey[], place: Place): string {
  const [key] = keys as [SortKey]
  const [value] = place
  const skips =
    value === null || value === undefined || keys.length > 1
      ? []
      : [`${key.sql} ${key.descending ? '<=' : '>='} ${literal(value)}`]
  return [...skips, beyond(keys, place, true)].join(' AND ')
}

function notAfter(keys: readonly SortKey[], place: Place): string {
  const [key] = keys as [SortKey]
  const [value] = place
  const skips =
    value === null || value === undefined || keys.length > 1
      ? []
      : [`${key.sql} ${key.descending ? '>=' : '<='} ${literal(value)}`]
  return [...skips, beyond(keys, place, false)].join(' AND ')
}

/** Lexicographic: at the place, or later (earlier) by the first key that differs. A missing value comes after all others. */
function beyond(keys: readonly SortKey[], place: Place, later: boolean): string {
  const [key, ...others] = keys
  if (!key) return 'true'
  const value = place[0] ?? null
  const rest = beyond(others, place.slice(1), later)
  if (value === null) {
    return later ? `(${key.sql} IS NULL AND ${rest})` : `(${key.sql} IS NOT NULL OR ${rest})`
  }
  const isLater = `${key.sql} ${key.descending === later ? '<' : '>'} ${literal(value)}`
  return later
    ? `(${isLater} OR ${key.sql} IS NULL OR (${key.sql} = ${literal(value)} AND ${rest}))`
    : `(${isLater} OR (${key.sql} = ${literal(value)} AND ${rest}))`
}
