/**
 * Statements for what is no sum: statistics over base buckets, unique counts, durations. Their rows: `b`, the columns that
 * `keys` names (a group's, or a rank), and values. Each reads a relation with these columns.
 */
import type { CountName } from '../answers/counts.ts'
import type { Statistic } from '../../../../shared/query/measures.ts'
import type { Bounds } from './source.ts'

export interface StatisticOf {
  readonly count: CountName
  readonly statistic: Statistic
}

/** Which base buckets lie wholly in the range, and in each bucket of an answer. */
export interface Bases extends Bounds {
  readonly overMs: number
  readonly intervalMs: number | null
}

/** Number of the first whole base bucket of bucket `b`, and of the one after the last. */
export function wholeBases({ fromMs, toMs, overMs, intervalMs }: Bases, b: number): { first: number; end: number } {
  const first = Math.ceil(fromMs / overMs)
  const end = Math.floor(toMs / overMs)
  if (intervalMs === null) return { first, end }
  const each = intervalMs / overMs
  return { first: Math.max(first, b * each), end: Math.min(end, (b + 1) * each) }
}

/** From rows with the base bucket `t`. A value is a whole number: for `avg` the sum. Base buckets without rows count as 0. */
export function statistics(from: string, keys: readonly string[], asked: readonly StatisticOf[], bases: Bases): string {
  const { first, end } = wholeBases({ ...bases, intervalMs: null }, 0)
  const by = ['b', ...keys]
  const counts = [...new Set(asked.map(({ count }) => count))]
  const sums = counts.map((count) => `coalesce(sum("${count}"), 0) AS "${count}"`)
  const base = `SELECT ${['t', ...by, ...sums].join(', ')} FROM ${from} WHERE t >= ${first} AND t < ${end} GROUP BY ${['t', ...by].join(', ')}`
  const values = asked.map((each, i) => `${statistic(each, bases)} AS s${i}`)
  return `SELECT ${[...by, ...values].join(', ')} FROM (${base}) GROUP BY ${by.join(', ')}`
}

/** How many base buckets lie in bucket `b`, as SQL. */
export function basesIn(bases: Bases): string {
  const { end } = basesOf(bases)
  return `(${end} - ${basesOf(bases).first})`
}

function basesOf(bases: Bases): { first: string; end: string } {
  const { first, end } = wholeBases({ ...bases, intervalMs: null }, 0)
  if (bases.intervalMs === null) return { first: String(first), end: String(end) }
  const each = bases.intervalMs / bases.overMs
  return { first: `greatest(${first}, b * ${each})`, end: `least(${end}, (b + 1) * ${each})` }
}

const PERCENT = { p50: 50, p95: 95, p99: 99 } as const

function statistic({ count, statistic: of }: StatisticOf, bases: Bases): string {
  const all = basesIn(bases)
  switch (of) {
    case 'max':
      return `max("${count}")`
    case 'min':
      return `CASE WHEN count(*) < ${all} THEN 0 ELSE min("${count}") END`
    case 'avg':
      return `sum("${count}")`
    case 'last':
      return `coalesce(max("${count}") FILTER (t = ${basesOf(bases).end} - 1), 0)`
    case 'p50':
    case 'p95':
    case 'p99': {
      // Of the nearest rank, counted from 1; those without rows stand first.
      const place = `(${all} * ${PERCENT[of]} + 99) // 100 - (${all} - count(*))`
      return `CASE WHEN ${place} <= 0 THEN 0 ELSE list_sort(list("${count}"))[${place}] END`
    }
  }
}

/** How many values there are, by the columns `values` of the rows; missing ones are none. */
export function unique(from: string, keys: readonly string[], values: readonly string[]): string {
  const by = ['b', ...keys]
  const different = `SELECT DISTINCT ${[...by, ...values].join(', ')} FROM ${from} WHERE ${values[0]} IS NOT NULL`
  return `SELECT ${by.join(', ')}, count(*) AS o FROM (${different}) GROUP BY ${by.join(', ')}`
}

/** From rows of flows that ended, with their duration `d`. Values: how many there are, their sum, least and most. */
export function durations(from: string, keys: readonly string[]): string {
  const by = ['b', ...keys]
  return `SELECT ${by.join(', ')}, count(*) AS ended, sum(d) AS d_sum, min(d) AS d_min, max(d) AS d_max FROM ${from} GROUP BY ${by.join(', ')}`
}
