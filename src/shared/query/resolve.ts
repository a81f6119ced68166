/** From a request's body to the question that a store answers: absolute times, a parsed filter, known fields. */
import type { z } from 'zod'
import { LIMITS, type flowsBody, type queryBody } from '../api/questions.ts'
import { WeirError } from '../api/errors.ts'
import { nearest } from '../nearest.ts'
import { FIELDS, findField, type Field, type FieldName } from '../schema/fields.ts'
import { parseIp } from '../schema/ip.ts'
import type { Filter } from './filter/ast.ts'
import type { Names } from './filter/names.ts'
import { parseFilter } from './filter/parse.ts'
import type { Question, RecordQuestion, Scope } from './question.ts'
import { autoInterval, formatInterval, parseInterval, parseTime } from './time.ts'

/** What a record shows where `fields` is left out. */
export const RECORD_FIELDS: readonly FieldName[] = [
  'start',
  'end',
  'exporter',
  'src.ip',
  'src.port',
  'dst.ip',
  'dst.port',
  'proto',
  'service',
  'tcp.flags',
  'in.if',
  'out.if',
  'bytes',
  'packets',
]

/** Throws `badRequest`, `badFilter`, `tooMany` or `notAvailable`. */
export function resolveQuestion(body: z.output<typeof queryBody>, names: Names, nowMs: number): Question {
  const range = resolveRange(body, nowMs)
  const groupBy = body.groupBy.map((name, i) => groupField(name, `groupBy[${i}]`))
  refuseTwice(groupBy, 'groupBy')
  const groups = groupBy.length > 0 ? body.limit + (body.other ? 1 : 0) : 1
  const intervalMs = resolveInterval(body.interval, range, groups)
  return {
    ...range,
    filter: resolveFilter(body.filter, names, nowMs),
    groupBy,
    measures: [...new Set(body.measures)],
    intervalMs,
    limit: body.limit,
    orderBy: body.orderBy ?? (body.measures[0] as Question['orderBy']),
    other: body.other,
    scope: resolveScope(body.scope),
  }
}

/** Throws `badRequest`, `badFilter` or `notAvailable`. */
export function resolveRecordQuestion(body: z.output<typeof flowsBody>, names: Names, nowMs: number): RecordQuestion {
  const fields = body.fields?.map((name, i) => recordField(name, `fields[${i}]`)) ?? RECORD_FIELDS
  refuseTwice(fields, 'fields')
  const descending = body.sort.startsWith('-')
  return {
    ...resolveRange(body, nowMs),
    filter: resolveFilter(body.filter, names, nowMs),
    fields,
    sort: { field: recordField(descending ? body.sort.slice(1) : body.sort, 'sort'), descending },
    limit: body.limit,
    cursor: body.cursor ?? null,
    scope: resolveScope(body.scope),
  }
}

/** Whether a question may be grouped by a field: either-side fields would count a flow twice, times and measures have no groups. */
export function isGroupable(field: Field): boolean {
  return field.role === 'dimension' && field.either === undefined
}

interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

/** Throws `badRequest`. */
export function resolveRange(
  body: { readonly from: number | string; readonly to: number | string },
  nowMs: number,
): TimeRange {
  const [fromMs, toMs] = (['from', 'to'] as const).map((field) => {
    const ms = parseTime(body[field], nowMs)
    if (ms !== null) return ms
    throw bad(
      field,
      body[field],
      'is no time; write epoch milliseconds, ISO 8601 such as 2026-11-24T10:00:00Z, or date math such as now-24h or now/d',
    )
  }) as [number, number]
  if (fromMs >= toMs)
    throw bad(
      'from',
      body.from,
      `(${new Date(fromMs).toISOString()}) is not before to (${new Date(toMs).toISOString()}); a range is [from, to)`,
    )
  return { fromMs, toMs }
}

/** Null where there is none. Throws `badRequest` or `tooMany`. */
export function resolveInterval(text: string | undefined, { fromMs, toMs }: TimeRange, groups: number): number | null {
  if (text === undefined) return null
  const auto = autoInterval(toMs - fromMs, Math.floor(LIMITS.cells / groups))
  if (text === 'auto') return auto
  const length = parseInterval(text)
  if (length === null) throw bad('interval', text, 'is no interval; write auto, or a length such as 10s, 1m, 1h, 1d')
  const buckets = Math.ceil(toMs / length) - Math.floor(fromMs / length)
  if (buckets * groups <= LIMITS.cells) return length
  throw new WeirError(
    'tooMany',
    `${buckets} buckets × ${groups} groups are more than ${LIMITS.cells} cells; take an interval of ${formatInterval(auto)} or longer, fewer groups, or a shorter range`,
    { field: 'interval', value: text, buckets, groups, cells: LIMITS.cells },
  )
}

function resolveFilter(text: string | undefined, names: Names, nowMs: number): Filter | null {
  if (text === undefined) return null
  const { filter, problems } = parseFilter(text, names, nowMs)
  const first = problems[0]
  if (first)
    throw new WeirError('badFilter', first.message, { field: 'filter', from: first.from, to: first.to, problems })
  return filter
}

function resolveScope(scope: z.output<typeof queryBody>['scope']): Scope {
  if (scope === 'deduplicated')
    throw new WeirError(
      'notAvailable',
      'scope deduplicated is not available yet; take all, ingress, or one exporter: { "exporter": "192.0.2.1" }',
      { field: 'scope', value: scope },
    )
  if (typeof scope === 'object' && parseIp(scope.exporter) === null)
    throw bad('scope.exporter', scope.exporter, 'is no address; GET /api/exporters lists them')
  return scope
}

function groupField(name: string, at: string): FieldName {
  const field = recordField(name, at)
  const found = findField(name) as Field
  if (isGroupable(found)) return field
  throw bad(
    at,
    name,
    found.role === 'time'
      ? 'is a time and makes no groups; ask with an interval instead'
      : 'is a measure and makes no groups; ask for it in measures',
  )
}

function recordField(name: string, at: string): FieldName {
  const found = findField(name)
  if (!found) {
    const like = nearest(
      name,
      FIELDS.flatMap((field) => [field.name, ...(field.aliases ?? [])]),
    )
    throw bad(
      at,
      name,
      `is no field; ${like ? `did you mean ${findField(like)?.name}?` : 'GET /api/fields lists them'}`,
    )
  }
  if (found.either)
    throw bad(
      at,
      name,
      `means either side and stands in filters only; take ${found.either[0]} or ${found.either[1]}, or both`,
    )
  return found.name
}

function refuseTwice(fields: readonly FieldName[], at: string): void {
  const twice = fields.find((field, i) => fields.indexOf(field) !== i)
  if (twice) throw bad(at, twice, 'stands there twice; name it once')
}

function bad(field: string, value: unknown, what: string): WeirError {
  return new WeirError('badRequest', `${field}: ${String(value)} ${what}`, { field, value })
}
