/**
 * What measures are worked out from: rows with the bucket `b` that they belong to (0 for the whole range), the base
 * bucket `t` where one is asked for, the group (`g0`, `g1` …), counts, `flows` and `rate`.
 */
import type { Grouping } from '../../../../shared/query/groups.ts'
import type { Question } from '../../../../shared/query/question.ts'
import { commonDivisor } from '../../../../shared/query/time.ts'
import { clockOf } from './clock.ts'
import { groupTypes, isFlowGroup, type FlowGroup } from './groups.ts'
import type { Part } from './source.ts'
import { allPieces, noSums, shapeOf, type Shape } from './sums.ts'

/** Gives a statement for a shape over the range: its sums, or rows that have yet to be added up. */
export type Reading = (shape: Shape) => Promise<string>

export interface Rows {
  readonly sql: string
  /** Columns of the group. */
  readonly groups: readonly string[]
  readonly counts: readonly string[]
  /** Whether there is one row for each group and bucket. */
  readonly added: boolean
  /** What was read, and the bucket that a bucket of it belongs to. */
  readonly shape: Shape
  readonly bucketOf: (t: number) => number
}

export interface RowsAsked {
  readonly groups: readonly Grouping[]
  readonly intervalMs: number | null
  /** Length of base buckets; divides the interval. */
  readonly baseMs?: number
  /** Other columns than counts, flows and rate. */
  readonly columns?: readonly string[]
  /** Where sums of the largest groups alone are of no use. */
  readonly everyGroup?: true
}

/** `read` gives sums, or parts of them where `added` is false. */
export async function rowsOf(
  question: Question,
  { groups, intervalMs, baseMs, columns, everyGroup }: RowsAsked,
  read: Reading,
  added: boolean,
): Promise<Rows> {
  const clocks = groups.flatMap((group) => (isClock(group) ? [clockOf(group, question)] : []))
  const asked = baseMs ?? intervalMs
  const lengthMs = clocks.reduce<number | null>(
    (length, { baseMs: base }) => (length === null ? base : commonDivisor(length, base)),
    asked,
  )
  const shape = shapeOf(question, groups.filter(isFlowGroup), lengthMs, everyGroup)
  const bucket = (of: number | null) =>
    of === null || lengthMs === null ? '0' : of === lengthMs ? 't' : `t // ${of / lengthMs}`
  let [part, clock, name] = [0, 0, 0]
  const names = () => `g${name++}`
  const list = groups.flatMap((group) =>
    isFlowGroup(group)
      ? groupTypes(group).map(() => `g${part++} AS ${names()}`)
      : [`${(clocks[clock++] as (typeof clocks)[number]).sql('t', lengthMs as number)} AS ${names()}`],
  )
  const all = [
    `${bucket(intervalMs)} AS b`,
    ...(baseMs === undefined ? [] : [`${bucket(baseMs)} AS t`]),
    ...list,
    ...(columns ?? [...shape.counts.map((count) => `"${count}"`), 'flows', 'rate']),
  ]
  return {
    sql: `SELECT ${all.join(', ')} FROM (${await read(shape)})`,
    groups: Array.from({ length: name }, (_, i) => `g${i}`),
    counts: shape.counts,
    added: added && clocks.length === 0 && baseMs === undefined,
    shape,
    bucketOf: (t) => (intervalMs === null || lengthMs === null ? 0 : Math.floor((t * lengthMs) / intervalMs)),
  }
}

/** The same with one row for each group and bucket. */
export function addedUp(rows: Rows): string {
  if (rows.added) return rows.sql
  const keys = ['b', ...rows.groups]
  return `SELECT ${[...keys, ...totalList(rows.counts)].join(', ')} FROM (${rows.sql}) GROUP BY ${keys.join(', ')}`
}

/** Columns that add up those of rows. */
export function totalList(counts: readonly string[]): string[] {
  return [
    ...counts.map((count) => `sum("${count}") AS "${count}"`),
    'coalesce(sum(flows), 0) AS flows',
    'max(rate) AS rate',
  ]
}

/** What sums would read, as rows. */
export function piecesOf(parts: (shape: Shape) => Promise<readonly Part[]>): Reading {
  return async (shape) => {
    const found = await parts(shape)
    return found.length === 0 ? noSums(shape) : `SELECT * EXCLUDE (n), n AS flows FROM (${allPieces(shape, found)})`
  }
}

/** SQL types of a group's parts. */
export function typesOf(group: Grouping): readonly string[] {
  return isFlowGroup(group) ? groupTypes(group) : ['BIGINT']
}

function isClock(group: Grouping): group is Exclude<Grouping, FlowGroup> {
  return !isFlowGroup(group)
}
