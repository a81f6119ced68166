/** Counters over time, from what stands in the samples: what was counted from one to the next, shared out over the buckets. */
import { parseIp } from '../../../../shared/schema/ip.ts'
import type { CounterQuestion } from '../../../../shared/query/counters.ts'
import { counter, COUNTER_SOURCES, type CounterName } from '../../../../shared/schema/counters.ts'
import { counterColumn } from '../../../intake/counter-batch.ts'

/** Samples that are further apart say nothing of the time between. Devices send them every 20 s to 5 minutes. */
export const LONGEST_STEP_MS = 15 * 60_000

const WRAP_32 = 2 ** 32
/** The uptime that a datagram bears starts anew after 49.7 days; one that does so from further below is a restart's. */
const UPTIME_END_MS = WRAP_32 - 3_600_000

/** A table to read, and the columns that it has. */
export interface CounterTable {
  readonly table: string
  readonly columns: readonly string[]
}

/**
 * The sources of the range, those that counted most first: type, number, when seen last, how many there are in all, and
 * the last value of each state.
 */
export function sourcesSql(question: CounterQuestion, tables: readonly CounterTable[]): string {
  const { counters, states, limit } = question
  const most = counters.slice(0, 1).map((name) => `coalesce(max(${column(name)}) - min(${column(name)}), 0) DESC`)
  const last = states.map((name) => `, max_by(${column(name)}, t) FILTER (WHERE ${column(name)} IS NOT NULL)`)
  return (
    `SELECT source_type, source, max(t), count(*) OVER ()${last.join('')} ` +
    `FROM ${samplesSql(question, tables, question.toMs)} GROUP BY source_type, source ` +
    `ORDER BY ${[...most, 'source_type', 'source'].join(', ')} LIMIT ${limit}`
  )
}

/**
 * Type and number of the source, number of the bucket, then for each counter the amount that falls into the bucket
 * (a rate a millisecond, or a gauge, times milliseconds) and the milliseconds for which it is known.
 */
export function bucketsSql(
  question: CounterQuestion,
  tables: readonly CounterTable[],
  sources: readonly (readonly [type: number, source: number])[],
): string {
  const { fromMs, toMs, intervalMs, counters } = question
  const before = counters.map((name, i) => `, lag(${column(name)}) OVER w AS b${i}`)
  const rates = counters.map((name, i) => `, ${rate(name, i)} AS r${i}`)
  const sums = counters.map((_, i) => `, sum(r${i} * share), sum(share) FILTER (WHERE r${i} IS NOT NULL)`)
  const chosen = sources.map(([type, source]) => type * WRAP_32 + source).join(', ')
  return (
    `WITH steps AS (SELECT *, lag(t) OVER w AS t0, lag(up) OVER w AS up0${before.join('')} ` +
    `FROM ${samplesSql(question, tables, toMs + LONGEST_STEP_MS)} WHERE source_type * ${WRAP_32} + source IN (${chosen}) ` +
    `WINDOW w AS (PARTITION BY source_type, source ORDER BY t)), ` +
    `rates AS (SELECT source_type, source, t0, t${rates.join('')} FROM steps ` +
    `WHERE t > t0 AND t - t0 <= ${LONGEST_STEP_MS} AND t > ${fromMs} AND t0 < ${toMs}), ` +
    `parts AS (SELECT *, unnest(range(greatest(t0, ${fromMs}) // ${intervalMs}, (least(t, ${toMs}) - 1) // ${intervalMs} + 1)) AS bucket FROM rates), ` +
    `shares AS (SELECT *, least(t, ${toMs}, (bucket + 1) * ${intervalMs}) - greatest(t0, ${fromMs}, bucket * ${intervalMs}) AS share FROM parts) ` +
    `SELECT source_type, source, bucket${sums.join('')} FROM shares GROUP BY source_type, source, bucket`
  )
}

/**
 * What was counted a millisecond between two samples; null where a restart lies between. A value below the one before has
 * wrapped if it comes from the upper half of 32 bits into the lower: also in counters of 64 bits, which many agents
 * fill from ones of 32. Otherwise it was set back, and what was counted is not known.
 */
function rate(name: CounterName, i: number): string {
  const now = column(name)
  if (counter(name).kind !== 'counter') return `${now}::DOUBLE`
  return (
    `CASE WHEN up < up0 AND up0 < ${UPTIME_END_MS} THEN NULL ` +
    `WHEN ${now} >= b${i} THEN (${now} - b${i})::DOUBLE / (t - t0) ` +
    `WHEN b${i} < ${WRAP_32} AND b${i} - ${now} > ${WRAP_32 / 2} THEN (${now} + ${WRAP_32} - b${i})::DOUBLE / (t - t0) END`
  )
}

/** Samples of the exporter and sources, from one step before the range until `untilMs`. */
function samplesSql(question: CounterQuestion, tables: readonly CounterTable[], untilMs: number): string {
  const { fromMs, exporter, kind, sources, counters, states } = question
  const address = parseIp(exporter) ?? 0n
  const conditions = [
    `exporter_hi = ${address >> 64n}`,
    `exporter_lo = ${address & 0xffff_ffff_ffff_ffffn}`,
    `received >= ${Math.max(0, fromMs - LONGEST_STEP_MS)}`,
    `received < ${untilMs}`,
    ...(kind === null ? [] : [`source_type = ${COUNTER_SOURCES.indexOf(kind)}`]),
    ...(sources === null ? [] : [`source IN (${sources.join(', ')})`]),
  ]
  const names = [...new Set([...counters, ...states])]
  const parts = tables.map(({ table, columns }) => {
    const list = names.map((name) => (columns.includes(counterColumn(name)) ? column(name) : `NULL AS ${column(name)}`))
    return `SELECT received::BIGINT AS t, uptime::BIGINT AS up, source_type, source, ${list.join(', ')} FROM ${table} WHERE ${conditions.join(' AND ')}`
  })
  return `(${parts.join(' UNION ALL ')})`
}

function column(name: CounterName): string {
  return `"${counterColumn(name)}"`
}
