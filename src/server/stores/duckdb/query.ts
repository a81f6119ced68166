/** Answers a question: which statements it takes, and their rows put together. */
import type { DuckDBValue } from '@duckdb/node-api'
import { WeirError } from '../../../shared/api/errors.ts'
import { groupText } from '../../../shared/query/groups.ts'
import {
  MEASURES,
  type Answer,
  type AnswerMeta,
  type Column,
  type MeasureName,
  type Question,
} from '../../../shared/query/question.ts'
import { field, type FieldName } from '../../../shared/schema/fields.ts'
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import type { Reader } from './database.ts'
import { fieldOf, groupExpressions, groupValue, isFlowGroup, type FlowGroup } from './sql/groups.ts'
import type { Part } from './sql/source.ts'
import { countOf, shapeOf, type Shape } from './sql/sums.ts'
import { bucketsOf, topBuckets, topGroups, type GroupKey } from './sql/top.ts'
import { jsonNumber } from './values.ts'

/** Where the sums of a question come from. */
export interface Sums {
  /** Gives a statement for the sums of a shape over the range. What was summed before may stand behind it. */
  of(shape: Shape): Promise<string>
  /** What such a statement would read. */
  parts(shape: Shape): readonly Part[]
  /** What is not among the sums of a shape because it was too small to be kept by name. */
  left(shape: Shape): Promise<Left>
}

/** Counts of what has no name any more, by bucket (`t` null without interval). */
export interface Left {
  readonly buckets: readonly { readonly t: number | null; readonly counts: Counts }[]
  /** By how much the count of a named group may be too low, at most. */
  readonly most: { readonly bytes: bigint; readonly packets: bigint; readonly flows: bigint }
}

export const NOTHING_LEFT: Left = { buckets: [], most: { bytes: 0n, packets: 0n, flows: 0n } }

/** Counts of a group, a bucket, or all; null where no flow had the count. */
export interface Counts {
  readonly bytes: bigint | null
  readonly packets: bigint | null
  readonly bytes_l2: bigint | null
  readonly flows: bigint
  readonly rate: number
}

interface Bucket {
  readonly t: number | null
  /** Null for what is not among the named groups. */
  readonly rank: number | null
  readonly counts: Counts
}

interface Result {
  readonly keys: readonly GroupKey[]
  readonly buckets: readonly Bucket[]
  readonly totals: Counts
  readonly groups: number | null
  readonly sql: string
  /** True where counts of the named groups may be too low. */
  readonly isBounded?: boolean
}

const NOTHING: Counts = { bytes: null, packets: null, bytes_l2: null, flows: 0n, rate: 0 }

/** Dimensions with so few values that sums by bucket and value are quick to make and to keep. */
const FEW: ReadonlySet<FieldName> = new Set<FieldName>([
  'exporter',
  'domain',
  'in.if',
  'out.if',
  'vlan',
  'out.vlan',
  'sampling.rate',
  'service',
  'app',
])

type PlainQuestion = Omit<Question, 'groupBy' | 'measures' | 'orderBy'> & {
  groupBy: readonly FlowGroup[]
  measures: readonly MeasureName[]
  orderBy: MeasureName
}

function plain(question: Question): PlainQuestion {
  const { groupBy, measures, orderBy, furtherMs, topPer, descending, totals } = question
  const isPlain =
    groupBy.every(isFlowGroup) &&
    [...measures, orderBy].every((measure) => measure in MEASURES) &&
    furtherMs.length === 0 &&
    topPer === 'range' &&
    descending &&
    !totals
  if (isPlain) return question as PlainQuestion
  throw new WeirError('notAvailable', 'the store does not answer this kind of question yet')
}

export async function answerQuestion(
  asked: Question,
  reader: Reader,
  sums: Sums | null,
): Promise<Omit<Answer, 'meta'> & { meta: Omit<AnswerMeta, 'scope' | 'dataFrom' | 'tookMs'> }> {
  const question = plain(asked)
  const result = sums === null ? empty(question) : await askAll(question, reader, sums)
  const { rows, otherRow } = rowsOf(question, result)
  return {
    columns: columnsOf(question),
    rows,
    meta: {
      from: question.fromMs,
      to: question.toMs,
      interval: question.intervalMs,
      over: null,
      resolution: 'raw',
      exact: !result.isBounded,
      estimated: false,
      error: null,
      sampled: result.totals.rate > 1,
      totals: {
        bytes: jsonNumber(result.totals.bytes),
        packets: jsonNumber(result.totals.packets),
        flows: jsonNumber(result.totals.flows),
      },
      otherRow,
      groups: result.groups,
      sql: result.sql,
    },
  }
}

async function askAll(question: PlainQuestion, reader: Reader, sums: Sums): Promise<Result> {
  const { groupBy, intervalMs } = question
  const result = await ask(question, reader, sums)
  if (groupBy.length === 0) return result
  const { buckets } = await sums.left(shapeOf(question, groupBy, intervalMs))
  if (buckets.length === 0) return result
  const named = result.buckets.filter(({ rank }) => rank !== null)
  const others = new Map(result.buckets.flatMap((each) => (each.rank === null ? [[each.t, each.counts] as const] : [])))
  for (const { t, counts } of buckets) others.set(t, add([counts, ...(others.has(t) ? [others.get(t) as Counts] : [])]))
  return {
    ...result,
    buckets: [...named, ...[...others].map(([t, counts]): Bucket => ({ t, rank: null, counts }))],
    totals: add([result.totals, ...buckets.map(({ counts }) => counts)]),
    groups: null,
    isBounded: true,
  }
}

function ask(question: PlainQuestion, reader: Reader, sums: Sums): Promise<Result> {
  const { groupBy, intervalMs } = question
  if (groupBy.length === 0) return byTime(question, reader, sums)
  if (intervalMs === null) return byGroup(question, reader, sums)
  const few =
    groupBy.length <= 2 &&
    groupBy.every(
      (group) =>
        typeof group === 'string' && (FEW.has(group) || field(group).kind === 'u8' || field(group).kind === 'code'),
    )
  return few ? byGroupAndTime(question, reader, sums) : byGroupThenTime(question, reader, sums)
}

function empty(question: PlainQuestion): Result {
  const total = question.groupBy.length === 0 && question.intervalMs === null
  return {
    keys: [],
    buckets: total ? [{ t: null, rank: null, counts: NOTHING }] : [],
    totals: NOTHING,
    groups: question.groupBy.length > 0 ? 0 : null,
    sql: '',
  }
}

/** One row a bucket, or one in all. */
async function byTime(question: PlainQuestion, reader: Reader, sums: Sums): Promise<Result> {
  const shape = shapeOf(question, [], question.intervalMs)
  const sql = await sums.of(shape)
  const timed = question.intervalMs !== null
  const buckets = (await reader.rows(sql)).map((row): Bucket => ({
    t: timed ? Number(row[0]) : null,
    rank: null,
    counts: countsOf(shape, row, timed ? 1 : 0),
  }))
  return { keys: [], buckets, totals: add(buckets.map((bucket) => bucket.counts)), groups: null, sql }
}

/** The top groups over the whole range. */
async function byGroup(question: PlainQuestion, reader: Reader, sums: Sums): Promise<Result> {
  const shape = shapeOf(question, question.groupBy, null)
  const sql = topGroups(shape, await sums.of(shape), countOf(question.orderBy), question.limit)
  const width = shape.groups.length
  const after = 1 + width + shape.counts.length + 2
  const rows = await reader.rows(sql)
  const total = rows.find((row) => row[0] === null) as DuckDBValue[]
  const named = rows.filter((row) => row[0] !== null).toSorted((a, b) => Number(a[0]) - Number(b[0]))
  const totals = countsOf(shape, total, 1 + width)
  const buckets = named.map((row, rank): Bucket => ({ t: null, rank, counts: countsOf(shape, row, 1 + width) }))
  const groups = Number(total[after])
  if (groups > named.length) {
    const having = new Map(shape.counts.map((count, i) => [count, Number(total[after + 1 + i])]))
    buckets.push({
      t: null,
      rank: null,
      counts: rest(
        totals,
        buckets.map((bucket) => bucket.counts),
        having,
      ),
    })
  }
  return { keys: named.map((row) => row.slice(1, 1 + width) as GroupKey), buckets, totals, groups, sql }
}

/** Top groups by bucket, both from the same sums. */
async function byGroupAndTime(question: PlainQuestion, reader: Reader, sums: Sums): Promise<Result> {
  const shape = shapeOf(question, question.groupBy, question.intervalMs)
  const sql = topBuckets(shape, await sums.of(shape), countOf(question.orderBy), question.limit)
  const width = shape.groups.length
  const rows = await reader.rows(sql)
  const timed = rows.filter((row) => row[0] !== null)
  const named = rows.filter((row) => row[0] === null && row[1] !== null).toSorted((a, b) => Number(a[1]) - Number(b[1]))
  const counted = rows.find((row) => row[0] === null && row[1] === null) as DuckDBValue[]
  const buckets = timed.map((row): Bucket => ({
    t: Number(row[0]),
    rank: row[1] === null ? null : Number(row[1]),
    counts: countsOf(shape, row, 2 + width),
  }))
  return {
    keys: named.map((row) => row.slice(2, 2 + width) as GroupKey),
    buckets,
    totals: add(buckets.map((bucket) => bucket.counts)),
    groups: Number(counted.at(-1)),
    sql,
  }
}

/** The top groups first, then only theirs and the sum of the others by bucket: groups × buckets could be many. */
async function byGroupThenTime(question: PlainQuestion, reader: Reader, sums: Sums): Promise<Result> {
  const top = await byGroup(question, reader, sums)
  if (top.keys.length === 0) return top
  const shape = shapeOf(question, question.groupBy, question.intervalMs)
  const sql = bucketsOf(shape, question.groupBy, top.keys, sums.parts(shape))
  const buckets = (await reader.rows(sql)).map((row): Bucket => ({
    t: Number(row[0]),
    rank: row[1] === null ? null : Number(row[1]),
    counts: countsOf(shape, row, 2),
  }))
  return { ...top, buckets, sql: `${top.sql};\n${sql}` }
}

function countsOf(shape: Shape, row: readonly DuckDBValue[], at: number): Counts {
  const big = (value: DuckDBValue | undefined) =>
    value === null || value === undefined ? null : BigInt(value as bigint | number)
  const of = (count: string) => {
    const i = shape.counts.indexOf(count)
    return i < 0 ? null : big(row[at + i])
  }
  const n = shape.counts.length
  return {
    bytes: of('bytes'),
    packets: of('packets'),
    bytes_l2: of('bytes_l2'),
    flows: big(row[at + n]) ?? 0n,
    rate: Number(row[at + n + 1] ?? 0),
  }
}

function add(all: readonly Counts[]): Counts {
  const sum = (of: 'bytes' | 'packets' | 'bytes_l2') =>
    all.reduce<bigint | null>((total, counts) => (counts[of] === null ? total : (total ?? 0n) + counts[of]), null)
  return {
    bytes: sum('bytes'),
    packets: sum('packets'),
    bytes_l2: sum('bytes_l2'),
    flows: all.reduce((total, counts) => total + counts.flows, 0n),
    rate: all.reduce((most, counts) => Math.max(most, counts.rate), 0),
  }
}

/** Totals without the named groups. A count is null where none of the other groups has it. */
function rest(totals: Counts, named: readonly Counts[], having: ReadonlyMap<string, number>): Counts {
  const left = (of: 'bytes' | 'packets' | 'bytes_l2') => {
    const counted = named.filter((counts) => counts[of] !== null)
    if (totals[of] === null || counted.length === (having.get(of) ?? 0)) return null
    return totals[of] - counted.reduce((sum, counts) => sum + (counts[of] as bigint), 0n)
  }
  return {
    ...totals,
    bytes: left('bytes'),
    packets: left('packets'),
    bytes_l2: left('bytes_l2'),
    flows: totals.flows - named.reduce((sum, counts) => sum + counts.flows, 0n),
  }
}

function columnsOf({ intervalMs, groupBy, measures }: PlainQuestion): Column[] {
  return [
    ...(intervalMs === null ? [] : [{ name: 'time', kind: 'time' as const }]),
    ...groupBy.map((group) => ({
      name: groupText(group),
      kind: field(fieldOf(group)).kind,
      unit: field(fieldOf(group)).unit,
      ...(typeof group === 'string' ? {} : { group }),
    })),
    ...measures.map((name) => ({
      name,
      kind: MEASURES[name].rate ? ('f64' as const) : ('u64' as const),
      unit: MEASURES[name].unit,
    })),
  ]
}

/** By time, then rank; what stands for the others comes last. */
function rowsOf(question: PlainQuestion, { keys, buckets }: Result): { rows: JsonValue[][]; otherRow: number | null } {
  const { groupBy, intervalMs, measures } = question
  const names = keys.map((key) => groupCells(groupBy, key))
  const grouped = groupBy.length > 0
  const sorted = buckets
    .filter((bucket) => !grouped || question.other || bucket.rank !== null)
    .toSorted(
      (a, b) =>
        Number(grouped && a.rank === null) - Number(grouped && b.rank === null) ||
        (a.t ?? 0) - (b.t ?? 0) ||
        (a.rank ?? 0) - (b.rank ?? 0),
    )
  const nameless = groupBy.map(() => null)
  const rows = sorted.map(({ t, rank, counts }): JsonValue[] => {
    const time = t === null || intervalMs === null ? [] : [t * intervalMs]
    const seconds = secondsOf(question, t)
    return [
      ...time,
      ...(rank === null ? nameless : (names[rank] ?? nameless)),
      ...measures.map((measure) => measured(measure, counts, seconds)),
    ]
  })
  const otherRow = grouped ? sorted.findIndex((bucket) => bucket.rank === null) : -1
  return { rows, otherRow: otherRow < 0 ? null : otherRow }
}

function groupCells(groupBy: readonly FlowGroup[], key: GroupKey): JsonValue[] {
  let at = 0
  return groupBy.map((group) => {
    const width = groupExpressions(group).length
    at += width
    return groupValue(group, key.slice(at - width, at))
  })
}

/** How much of the bucket, or of all, the range covers. */
function secondsOf({ fromMs, toMs, intervalMs }: PlainQuestion, t: number | null): number {
  if (t === null || intervalMs === null) return (toMs - fromMs) / 1000
  return (Math.min((t + 1) * intervalMs, toMs) - Math.max(t * intervalMs, fromMs)) / 1000
}

function measured(measure: MeasureName, counts: Counts, seconds: number): JsonValue {
  const value = counts[countOf(measure) as 'bytes' | 'packets' | 'bytes_l2' | 'flows']
  if (value === null || !MEASURES[measure].rate) return jsonNumber(value)
  return (Number(value) * (measure === 'bps' ? 8 : 1)) / seconds
}
