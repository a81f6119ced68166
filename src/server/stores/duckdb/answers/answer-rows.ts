/** The rows of an answer, from what was worked out for each group and bucket. */
import { groupText, type Grouping } from '../../../../shared/query/groups.ts'
import {
  describeMeasure,
  MEASURES,
  partsOf,
  type Measure,
  type MeasureName,
} from '../../../../shared/query/measures.ts'
import type { AnswerLevel, Column, Question } from '../../../../shared/query/question.ts'
import { field } from '../../../../shared/schema/fields.ts'
import type { JsonValue } from '../../../../shared/schema/kinds.ts'
import { add, type Counts } from './counts.ts'
import { fieldOf, groupValue, isFlowGroup } from '../sql/groups.ts'
import { typesOf } from '../sql/rows.ts'
import { countOf } from '../sql/sums.ts'
import type { GroupKey } from '../sql/top.ts'
import { wholeBases } from '../sql/values.ts'
import { jsonNumber } from './values.ts'

/** What is known of a group in a bucket. */
export interface Cell {
  /** Number of the bucket; 0 for the whole range. */
  readonly bucket: number
  /** Null for what is not among the named groups, and where there are no groups. */
  readonly rank: number | null
  readonly key: GroupKey | null
  readonly counts: Counts
  /** Of measures that are no sums; of `duration.avg` the sum, `ended` beside. */
  readonly values: ReadonlyMap<Measure | 'ended', bigint>
}

export interface Level {
  readonly intervalMs: number | null
  readonly cells: readonly Cell[]
  /** All groups together; null where that was not asked for. */
  readonly totals: readonly Cell[] | null
}

export function columnsOf(question: Question): Column[] {
  return [
    ...(isTimed(question) ? [{ name: 'time', kind: 'time' as const }] : []),
    ...question.groupBy.map(groupColumn),
    ...question.measures.map((name) => {
      const { kind, unit } = describeMeasure(name)
      return { name, kind, unit }
    }),
  ]
}

/** By time, then rank; what stands for the others comes last. */
export function levelOf(question: Question, { intervalMs, cells, totals }: Level): AnswerLevel {
  const grouped = question.groupBy.length > 0
  const sums = totalsOf(cells)
  const sorted = cells
    .filter((cell) => !grouped || question.other || cell.rank !== null)
    .toSorted(
      (a, b) =>
        Number(grouped && a.rank === null) - Number(grouped && b.rank === null) ||
        a.bucket - b.bucket ||
        (a.rank ?? 0) - (b.rank ?? 0),
    )
  const row = (cell: Cell, group: readonly JsonValue[]): JsonValue[] => [
    ...(isTimed(question) ? [intervalMs === null ? null : cell.bucket * intervalMs] : []),
    ...group,
    ...question.measures.map((measure) => measured(question, intervalMs, measure, cell, sums)),
  ]
  const otherRow = grouped ? sorted.findIndex((cell) => cell.rank === null) : -1
  return {
    interval: intervalMs,
    rows: sorted.map((cell) => row(cell, groupCells(question.groupBy, cell.key))),
    otherRow: otherRow < 0 ? null : otherRow,
    ...(totals === null ? {} : { totals: totals.toSorted((a, b) => a.bucket - b.bucket).map((cell) => row(cell, [])) }),
  }
}

/** Counts of all groups together, by bucket. */
export function totalsOf(cells: readonly Cell[]): Map<number, Counts> {
  const sums = new Map<number, Counts>()
  for (const { bucket, counts } of cells)
    sums.set(bucket, add([counts, ...(sums.has(bucket) ? [sums.get(bucket) as Counts] : [])]))
  return sums
}

function isTimed({ intervalMs, furtherMs }: Question): boolean {
  return [intervalMs, ...furtherMs].some((each) => each !== null)
}

function groupColumn(group: Grouping): Column {
  if (typeof group === 'string') return { name: group, kind: field(group).kind, unit: field(group).unit }
  const name = groupText(group)
  if (!isFlowGroup(group)) return { name, kind: 'u8', group }
  const { kind, unit } = field(fieldOf(group))
  return { name, kind: 'bucket' in group ? 'u64' : kind, unit, group }
}

function groupCells(groupBy: readonly Grouping[], key: GroupKey | null): JsonValue[] {
  if (key === null) return groupBy.map(() => null)
  let at = 0
  return groupBy.map((group) => {
    const parts = key.slice(at, (at += typesOf(group).length))
    return isFlowGroup(group) ? groupValue(group, parts) : Number(parts[0])
  })
}

function measured(
  question: Question,
  intervalMs: number | null,
  measure: Measure,
  { bucket, counts, values }: Cell,
  sums: ReadonlyMap<number, Counts>,
): JsonValue {
  const parts = partsOf(measure)
  switch (parts.kind) {
    case 'sum':
      return rated(parts.of, counts[countOf(parts.of)], secondsOf(question, intervalMs, bucket))
    case 'statistic': {
      const { first, end } = wholeBases({ ...question, intervalMs }, bucket)
      if (end <= first || counts[countOf(parts.of)] === null) return null
      const value = values.get(measure) ?? 0n
      const seconds = question.overMs / 1000
      if (parts.statistic !== 'avg') return rated(parts.of, value, seconds)
      const average = Number(value) / (end - first)
      return MEASURES[parts.of].rate ? (average * factorOf(parts.of)) / seconds : average
    }
    case 'share': {
      const count = countOf(parts.of)
      const [value, total] = [counts[count], sums.get(bucket)?.[count] ?? null]
      return value === null || total === null || total === 0n ? null : (100 * Number(value)) / Number(total)
    }
    case 'ratio':
      return counts.bytes === null || !counts.packets ? null : Number(counts.bytes) / Number(counts.packets)
    case 'duration': {
      const value = values.get(measure)
      if (value === undefined) return null
      return parts.of === 'avg' ? Number(value) / Number(values.get('ended')) : jsonNumber(value)
    }
    case 'unique':
      return jsonNumber(values.get(measure) ?? 0n)
  }
}

function rated(measure: MeasureName, value: bigint | null, seconds: number): JsonValue {
  if (value === null || !MEASURES[measure].rate) return jsonNumber(value)
  return (Number(value) * factorOf(measure)) / seconds
}

function factorOf(measure: MeasureName): number {
  return measure === 'bps' ? 8 : 1
}

/** How much of the bucket, or of all, the range covers. */
function secondsOf({ fromMs, toMs }: Question, intervalMs: number | null, bucket: number): number {
  if (intervalMs === null) return (toMs - fromMs) / 1000
  return (Math.min((bucket + 1) * intervalMs, toMs) - Math.max(bucket * intervalMs, fromMs)) / 1000
}
