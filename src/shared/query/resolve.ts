/** From a request's body to the question that a store answers: absolute times, a parsed filter, known fields. */
import type { z } from 'zod'
import type { flowsBody, queryBody } from '../api/questions.ts'
import { WeirError } from '../api/errors.ts'
import type { FieldName } from '../schema/fields.ts'
import { parseIp } from '../schema/ip.ts'
import type { Filter } from './filter/ast.ts'
import type { Names } from './filter/names.ts'
import { parseFilter } from './filter/parse.ts'
import { groupText, readGroup } from './groups.ts'
import { USUAL_LIMITS, type QuestionLimits } from './limits.ts'
import { isStatistic, readMeasure, type Measure } from './measures.ts'
import type { Question, RecordQuestion, Scope } from './question.ts'
import { bad, oneField } from './refuse.ts'
import { autoInterval, commonDivisor, formatInterval, parseInterval, parseTime } from './time.ts'

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
export function resolveQuestion(
  body: z.output<typeof queryBody>,
  names: Names,
  nowMs: number,
  limits: QuestionLimits = USUAL_LIMITS,
): Question {
  const range = resolveRange(body, nowMs)
  if (range.toMs - range.fromMs > limits.range)
    throw tooMany('from', body.from, 'range', limits.range, 'take a shorter range')
  const groupBy = body.groupBy.map((group, i) => readGroup(group, `groupBy[${i}]`))
  refuseTwice(groupBy.map(groupText), 'groupBy')
  if (body.limit > limits.groups) throw tooMany('limit', body.limit, 'groups', limits.groups, 'take fewer groups')
  const groups = groupBy.length > 0 ? body.limit + (body.other ? 1 : 0) : 1
  const [intervalMs = null, ...furtherMs] = resolveIntervals(body.interval, range, groups, limits)
  const measures = [...new Set(body.measures.map((measure, i) => readMeasure(measure, `measures[${i}]`)))]
  const orderBy = body.orderBy === undefined ? (measures[0] as Measure) : readMeasure(body.orderBy, 'orderBy')
  const overMs = resolveOver(body.over, range, [intervalMs, ...furtherMs], groups, limits, [...measures, orderBy])
  return {
    ...range,
    filter: resolveFilter(body.filter, names, nowMs),
    groupBy,
    measures,
    intervalMs,
    furtherMs,
    overMs,
    limit: body.limit,
    topPer: intervalMs === null && furtherMs.every((each) => each === null) ? 'range' : body.topPer,
    orderBy,
    descending: body.order === 'desc',
    other: body.other,
    totals: body.totals,
    scope: resolveScope(body.scope),
  }
}

/** Throws `badRequest`, `badFilter` or `notAvailable`. */
export function resolveRecordQuestion(body: z.output<typeof flowsBody>, names: Names, nowMs: number): RecordQuestion {
  const descending = body.sort.startsWith('-')
  return {
    ...resolveRange(body, nowMs),
    filter: resolveFilter(body.filter, names, nowMs),
    fields: resolveFields(body.fields),
    sort: { field: recordField(descending ? body.sort.slice(1) : body.sort, 'sort'), descending },
    limit: body.limit,
    cursor: body.cursor ?? null,
    count: body.count,
    scope: resolveScope(body.scope),
  }
}

/** Throws `badRequest`. */
export function resolveFields(names: readonly string[] | undefined): readonly FieldName[] {
  const fields = names?.map((name, i) => recordField(name, `fields[${i}]`)) ?? RECORD_FIELDS
  refuseTwice(fields, 'fields')
  return fields
}

interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}

/** Epoch milliseconds. Throws `badRequest`, which names `field`. */
export function resolveTime(time: number | string, nowMs: number, field: string): number {
  const ms = parseTime(time, nowMs)
  if (ms !== null) return ms
  throw bad(
    field,
    time,
    'is no time; write epoch milliseconds, ISO 8601 such as 2026-11-24T10:00:00Z, or date math such as now-24h or now/d',
  )
}

/** Throws `badRequest`. `within` is the part of the request that they stand in, such as `against.`. */
export function resolveRange(
  body: { readonly from: number | string; readonly to: number | string },
  nowMs: number,
  within = '',
): TimeRange {
  const [fromMs, toMs] = (['from', 'to'] as const).map((field) => resolveTime(body[field], nowMs, within + field)) as [
    number,
    number,
  ]
  if (fromMs >= toMs)
    throw bad(
      `${within}from`,
      body.from,
      `(${new Date(fromMs).toISOString()}) is not before to (${new Date(toMs).toISOString()}); a range is [from, to)`,
    )
  return { fromMs, toMs }
}

/** Null where there is none, or it is `all`. Throws `badRequest` or `tooMany`. */
export function resolveInterval(
  text: string | undefined,
  { fromMs, toMs }: TimeRange,
  groups: number,
  limits: QuestionLimits = USUAL_LIMITS,
): number | null {
  if (text === undefined || text === 'all') return null
  const auto = autoInterval(toMs - fromMs, Math.floor(limits.cells / groups))
  if (text === 'auto') return auto
  const length = intervalOf(text, 'interval')
  const buckets = bucketsOf({ fromMs, toMs }, length)
  if (buckets * groups <= limits.cells) return length
  throw tooMany(
    'interval',
    text,
    'cells',
    limits.cells,
    `${buckets} buckets × ${groups} groups; take an interval of ${formatInterval(auto)} or longer, fewer groups, or a shorter range`,
  )
}

function resolveIntervals(
  asked: z.output<typeof queryBody>['interval'],
  range: TimeRange,
  groups: number,
  limits: QuestionLimits,
): (number | null)[] {
  const intervals = [asked].flat().map((text) => resolveInterval(text, range, groups, limits))
  const twice = intervals.find((each, i) => intervals.indexOf(each) !== i)
  if (twice !== undefined)
    throw bad('interval', twice === null ? 'all' : formatInterval(twice), 'stands there twice; name it once')
  const cells = intervals.reduce<number>((sum, each) => sum + groups * (each === null ? 1 : bucketsOf(range, each)), 0)
  // Of one interval, what is too many was refused with its remedy.
  if (intervals.length > 1 && cells > limits.cells)
    throw tooMany(
      'interval',
      [asked ?? []].flat(),
      'cells',
      limits.cells,
      `together they make ${cells} cells; take longer ones, fewer groups, or a shorter range`,
    )
  return intervals
}

/** Lengths that are tried where a minute does not fit. */
const OVER = [60_000, 300_000, 3_600_000, 86_400_000]

/** Base bucket length of statistics: what is asked for, else the shortest that is within the limits. */
function resolveOver(
  text: string | undefined,
  range: TimeRange,
  intervals: readonly (number | null)[],
  groups: number,
  limits: QuestionLimits,
  measures: readonly Measure[],
): number {
  const lengths = intervals.filter((each) => each !== null)
  const fits = (length: number) => bucketsOf(range, length) * groups <= limits.values
  const longer = [...new Set(OVER.map((length) => lengths.reduce(commonDivisor, length)))]
  const usual = longer.find(fits)
  if (text === undefined) {
    if (usual !== undefined || !measures.some(isStatistic)) return usual ?? (OVER[0] as number)
    throw tooMany(
      'over',
      formatInterval(longer.at(-1) as number),
      'values',
      limits.values,
      'statistics would be taken of so many values; take a longer interval, fewer groups, or a shorter range',
    )
  }
  const length = intervalOf(text, 'over')
  const interval = lengths.find((each) => each % length !== 0)
  if (interval !== undefined) throw bad('over', text, `does not divide the interval ${formatInterval(interval)}`)
  if (fits(length)) return length
  throw tooMany(
    'over',
    text,
    'values',
    limits.values,
    `${bucketsOf(range, length)} base buckets × ${groups} groups; take ${usual === undefined ? 'a longer interval' : `over ${formatInterval(usual)} or longer`}, fewer groups, or a shorter range`,
  )
}

function bucketsOf({ fromMs, toMs }: TimeRange, length: number): number {
  return Math.ceil(toMs / length) - Math.floor(fromMs / length)
}

function intervalOf(text: string, at: string): number {
  const length = parseInterval(text)
  if (length === null) throw bad(at, text, 'is no interval; write auto, all, or a length such as 10s, 1m, 1h, 1d')
  return length
}

function tooMany(
  field: string,
  value: string | number | readonly string[],
  limit: keyof QuestionLimits,
  most: number,
  what: string,
): WeirError {
  const text = typeof value === 'object' ? value.join(', ') : value
  return new WeirError(
    'tooMany',
    `${field}: ${text} is more than limits.question.${limit} (${limit === 'range' ? formatInterval(most) : most}): ${what}`,
    { field, value, limit: `limits.question.${limit}`, most },
  )
}

export function resolveFilter(text: string | undefined, names: Names, nowMs: number): Filter | null {
  if (text === undefined) return null
  const { filter, problems } = parseFilter(text, names, nowMs)
  const first = problems[0]
  if (first)
    throw new WeirError('badFilter', first.message, { field: 'filter', from: first.from, to: first.to, problems })
  return filter
}

/** Throws `badRequest`. */
export function resolveScope(scope: z.output<typeof queryBody>['scope']): Scope {
  if (typeof scope === 'object' && parseIp(scope.exporter) === null)
    throw bad('scope.exporter', scope.exporter, 'is no address; GET /api/exporters lists them')
  return scope
}

function recordField(name: string, at: string): FieldName {
  return oneField(name, at).name
}

function refuseTwice(names: readonly string[], at: string): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice) throw bad(at, twice, 'stands there twice; name it once')
}
