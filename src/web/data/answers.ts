/** Answers of the server, as charts and tables want them. */
import type { FieldName } from '../../shared/schema/fields.ts'
import { BEFORE } from '../../shared/query/periods.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { addsUp, MEASURES, type Measure, type MeasureName } from '../../shared/query/measures.ts'
import { toNumber } from './numbers.ts'
import type { QueryAnswer } from './hooks.ts'
import { asRate, isZeroWithout } from './metrics.ts'

/** One group of an answer, with its values by bucket. */
export interface Group {
  /** Its cells joined; `other` for what the top N leave out. */
  readonly key: string
  /** In the order of `groupBy`. */
  readonly cells: readonly JsonValue[]
  readonly other: boolean
  /** Null where there is no data. */
  readonly values: readonly (number | null)[]
  /** Sum over the range of the counter behind the measure (bytes, packets, flows). */
  readonly total: number
}

export interface Series {
  /** Starts of the buckets. */
  readonly times: readonly number[]
  readonly intervalMs: number
  /** How much of the range is no gap. */
  readonly coveredMs: number
  /** Largest first, Other last. */
  readonly groups: readonly Group[]
  /** All groups together by bucket, where these do not add up to it. */
  readonly together: readonly (number | null)[] | null
}

export interface Stats {
  readonly min: number | null
  readonly avg: number | null
  readonly p95: number | null
  readonly max: number | null
  readonly last: number | null
}

export const OTHER_KEY = 'other'
const MAX_BUCKETS = 20_000
/** Exporters report at least so often what goes on (active timeouts are 1 to 5 minutes). */
const SILENCE_MS = 5 * 60_000

/**
 * Rows of an answer with an interval → one series a group. A bucket without a row is a zero; where `coverage`, the same
 * question without filter, has none for a long time either, nobody reported anything, and it is a gap.
 */
export function readSeries(
  answer: QueryAnswer,
  groupBy: readonly FieldName[],
  measure: Measure,
  counter: Measure = measure,
  coverage: QueryAnswer = answer,
): Series {
  const at = indexes(answer)
  const intervalMs = answer.meta.interval ?? Math.max(1, answer.meta.to - answer.meta.from)
  const first = Math.floor(answer.meta.from / intervalMs) * intervalMs
  const count = Math.min(MAX_BUCKETS, Math.max(1, Math.ceil((answer.meta.to - first) / intervalMs)))
  const times = Array.from({ length: count }, (_, i) => first + i * intervalMs)
  const gaps = gapsOf(coverage, times, intervalMs)
  const blank = gaps.map((gap) => (gap || !isZeroWithout(measure) ? null : 0))
  const { from, to } = answer.meta
  const coveredMs = times.reduce(
    (sum, time, i) => (gaps[i] ? sum : sum + Math.min(to, time + intervalMs) - Math.max(from, time)),
    0,
  )
  const bucketOf = (time: JsonValue | undefined) => Math.round(((toNumber(time) ?? first) - first) / intervalMs)
  const groups = new Map<string, { cells: JsonValue[]; other: boolean; values: (number | null)[]; total: number }>()
  answer.rows.forEach((row, index) => {
    const other = answer.meta.otherRow !== null && index >= answer.meta.otherRow
    const cells = groupBy.map((name) => row[at.get(name) ?? -1] ?? null)
    const key = other ? OTHER_KEY : keyOf(cells)
    let group = groups.get(key)
    if (!group) groups.set(key, (group = { cells, other, values: [...blank], total: 0 }))
    const bucket = bucketOf(row[at.get('time') ?? -1])
    // Of another period, there may be rows where this one has a gap.
    if (bucket >= 0 && bucket < count && !gaps[bucket]) group.values[bucket] = toNumber(row[at.get(measure) ?? -1])
    group.total += toNumber(row[at.get(counter) ?? -1]) ?? 0
  })
  const list = [...groups].map(([key, group]) => ({ key, ...group }))
  list.sort((a, b) => Number(a.other) - Number(b.other) || b.total - a.total)
  let together: (number | null)[] | null = null
  if (answer.totals && !addsUp(measure)) {
    together = [...blank]
    // The cells of a total are those of a row without its groups.
    const place = (at.get(measure) ?? 0) - groupBy.length
    for (const row of answer.totals) together[bucketOf(row[0])] = toNumber(row[place])
  }
  return { times, intervalMs, coveredMs, groups: list.filter((group) => !group.other || group.total > 0), together }
}

export interface TopRow {
  readonly key: string
  readonly cells: readonly JsonValue[]
  readonly other: boolean
  readonly value: number
}

/** Rows of an answer without an interval. */
export function readTop(answer: QueryAnswer, groupBy: readonly FieldName[], measure: MeasureName): readonly TopRow[] {
  const at = indexes(answer)
  return answer.rows
    .map((row, index) => {
      const other = answer.meta.otherRow !== null && index >= answer.meta.otherRow
      const cells = groupBy.map((name) => row[at.get(name) ?? -1] ?? null)
      return { key: other ? OTHER_KEY : keyOf(cells), cells, other, value: toNumber(row[at.get(measure) ?? -1]) ?? 0 }
    })
    .filter((row) => !row.other || row.value > 0)
}

/** All groups together, bucket by bucket. */
export function totalOf(series: Series): readonly (number | null)[] {
  if (series.together) return series.together
  return series.times.map((_, i) =>
    series.groups.reduce<number | null>(
      (sum, { values }) => (values[i] === null || values[i] === undefined ? sum : (sum ?? 0) + values[i]),
      null,
    ),
  )
}

/** Over the buckets that are known. */
export function statsOf(values: readonly (number | null)[]): Stats {
  const known = values.filter((value) => value !== null)
  if (known.length === 0) return { min: null, avg: null, p95: null, max: null, last: null }
  const sorted = known.toSorted((a, b) => a - b)
  return {
    min: sorted[0] ?? null,
    avg: known.reduce((sum, value) => sum + value, 0) / known.length,
    p95: sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null,
    max: sorted.at(-1) ?? null,
    last: known.at(-1) ?? null,
  }
}

/** A group's average over the time that is no gap: of a rate exactly, from its counter; else a bucket's average. */
export function averageOf(
  measure: Measure,
  group: Pick<Group, 'values' | 'total'>,
  series: Pick<Series, 'coveredMs'>,
): number | null {
  if (!isRate(measure)) return statsOf(group.values).avg
  return series.coveredMs > 0 ? asRate(measure, group.total, series.coveredMs) : null
}

function isRate(measure: Measure): measure is MeasureName {
  return measure in MEASURES && MEASURES[measure as MeasureName].rate
}

/** The buckets' index at which the values are largest, or -1. */
export function peakIndex(values: readonly (number | null)[]): number {
  return values.reduce<number>(
    (best, value, i) => (value !== null && (best < 0 || value > (values[best] ?? 0)) ? i : best),
    -1,
  )
}

/** Stretches without any record that are longer than exporters are silent, or that reach to an end of the range. */
function gapsOf(coverage: QueryAnswer, times: readonly number[], intervalMs: number): readonly boolean[] {
  const at = coverage.columns.findIndex((column) => column.name === 'time')
  const covered = new Set(coverage.rows.map((row) => toNumber(row[at])))
  const gaps = times.map((time) => !covered.has(time))
  let begin = 0
  for (let i = 0; i <= gaps.length; i++) {
    if (gaps[i] === true) continue
    const inside = begin > 0 && i < gaps.length
    if (inside && (i - begin) * intervalMs < SILENCE_MS) gaps.fill(false, begin, i)
    begin = i + 1
  }
  return gaps
}

function indexes(answer: QueryAnswer): ReadonlyMap<string, number> {
  return new Map(answer.columns.map((column, i) => [column.name, i]))
}

function keyOf(cells: readonly JsonValue[]): string {
  return JSON.stringify(cells)
}

/** What another period in the same answer had: by group, and in all by bucket. */
export interface Before {
  /** Sums of the counter, by the group's key. */
  readonly totals: ReadonlyMap<string, number>
  /** Of all groups. */
  readonly total: number
  readonly values: readonly number[]
}

/** Null where the answer has no other period, or it was not kept from its start. */
export function readBefore(
  answer: QueryAnswer,
  groupBy: readonly FieldName[],
  measure: Measure,
  counter: Measure,
  series: Pick<Series, 'times' | 'intervalMs'>,
): Before | null {
  const at = indexes(answer)
  const [value, sum] = [at.get(`${measure}${BEFORE}`), at.get(`${counter}${BEFORE}`)]
  if (!answer.meta.compare || answer.meta.compare.dataFrom !== null || value === undefined || sum === undefined)
    return null
  const totals = new Map<string, number>()
  const values = series.times.map(() => 0)
  answer.rows.forEach((row, index) => {
    const other = answer.meta.otherRow !== null && index >= answer.meta.otherRow
    const key = other ? OTHER_KEY : keyOf(groupBy.map((name) => row[at.get(name) ?? -1] ?? null))
    totals.set(key, (totals.get(key) ?? 0) + (toNumber(row[sum] ?? null) ?? 0))
    const bucket = Math.round(
      ((toNumber(row[at.get('time') ?? -1] ?? null) ?? 0) - (series.times[0] ?? 0)) / series.intervalMs,
    )
    if (values[bucket] !== undefined) values[bucket] += toNumber(row[value] ?? null) ?? 0
  })
  return { totals, total: [...totals.values()].reduce((all, each) => all + each, 0), values }
}
