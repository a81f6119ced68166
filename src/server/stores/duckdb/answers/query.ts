/** Answers a question: which statements it takes, and their rows put together. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { Grouping } from '../../../../shared/query/groups.ts'
import { isStatistic, partsOf } from '../../../../shared/query/measures.ts'
import type { Answer, AnswerMeta, Question } from '../../../../shared/query/question.ts'
import { field, type FieldName } from '../../../../shared/schema/fields.ts'
import { columnsOf, levelOf, totalsOf, type Cell, type Level } from './answer-rows.ts'
import { add, countsOf, NOTHING, rest, type Counts } from './counts.ts'
import type { Reader } from '../files/database.ts'
import { measureCells, orderOf, ranksSmall } from './measured.ts'
import { addedUp, piecesOf, rowsOf, typesOf, type Rows, type RowsAsked } from '../sql/rows.ts'
import type { FlowsPart, Part } from '../sql/source.ts'
import type { Shape } from '../sql/sums.ts'
import { sumsOf, topBuckets, topGroups, topOfBuckets, type Chosen, type GroupKey } from '../sql/top.ts'
import { jsonNumber } from './values.ts'

/** Where the sums of a question come from. */
export interface Sums {
  /** Gives a statement for the sums of a shape over the range. What was summed before may stand behind it. */
  of(shape: Shape): Promise<string>
  /** What such a statement would read. */
  parts(shape: Shape): Promise<readonly Part[]>
  /** All flows of the range, for what sums do not tell. */
  flows(): Promise<readonly FlowsPart[]>
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

/** A question while it is answered. */
export interface Asking {
  readonly question: Question
  readonly sums: Sums
  /** Runs a statement; it becomes part of `meta.sql`. */
  rows(sql: string): Promise<DuckDBValue[][]>
  /** Some of what would be needed has no name any more, and by how much the answer is off is not known. */
  lacks(): void
}

/** Groups and their counts at one interval. */
interface Grouped {
  readonly cells: readonly Cell[]
  readonly chosen: readonly Chosen[]
  /** How many there are in all. */
  readonly groups: number
}

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

/** `sums` is null where there are no flows in the range. */
export async function answerQuestion(
  question: Question,
  reader: Reader,
  sums: Sums | null,
): Promise<Omit<Answer, 'meta'> & { meta: Omit<AnswerMeta, 'scope' | 'dataFrom' | 'tookMs'> }> {
  const statements: string[] = []
  const rows = (sql: string) => {
    statements.push(sql)
    return reader.rows(sql)
  }
  let isExact = true
  const lacks = () => {
    isExact = false
  }
  const { levels, groups, left } = sums === null ? empty(question) : await answerLevels({ question, sums, rows, lacks })
  const [first, ...further] = levels.map((level) => levelOf(question, level))
  const totals = add([...totalsOf((levels[0] as Level).cells).values()])
  const isBounded = left.buckets.length > 0
  return {
    columns: columnsOf(question),
    rows: first?.rows ?? [],
    ...(first?.totals ? { totals: first.totals } : {}),
    ...(further.length > 0 ? { further } : {}),
    meta: {
      from: question.fromMs,
      to: question.toMs,
      interval: question.intervalMs,
      over: question.measures.some(isStatistic) ? question.overMs : null,
      resolution: 'raw',
      exact: isExact && !isBounded,
      estimated: false,
      error: isBounded && !ranksSmall(question) ? errorOf(left, totals) : null,
      sampled: totals.rate > 1,
      totals: {
        bytes: jsonNumber(totals.bytes),
        packets: jsonNumber(totals.packets),
        flows: jsonNumber(totals.flows),
      },
      otherRow: first?.otherRow ?? null,
      groups,
      sql: statements.join(';\n'),
    },
  }
}

interface Levels {
  readonly levels: readonly Level[]
  readonly groups: number | null
  readonly left: Left
}

function empty(question: Question): Levels {
  const nothing: Cell = { bucket: 0, rank: null, key: null, counts: NOTHING, values: new Map() }
  const levels = [question.intervalMs, ...question.furtherMs].map((intervalMs) => ({
    intervalMs,
    cells: question.groupBy.length === 0 && intervalMs === null ? [nothing] : [],
    totals: question.totals ? (intervalMs === null ? [nothing] : []) : null,
  }))
  return { levels, groups: question.groupBy.length > 0 ? 0 : null, left: NOTHING_LEFT }
}

async function answerLevels(asking: Asking): Promise<Levels> {
  const { question } = asking
  const intervals = [question.intervalMs, ...question.furtherMs]
  const grouped = question.groupBy.length > 0
  const perBucket = grouped && question.topPer === 'bucket'
  const single = intervals.length === 1 && grouped && !perBucket && hasFew(question)
  const whole = grouped && !perBucket && !single ? await byGroup(asking) : null
  const levels: Level[] = []
  let groups: number | null = null
  let left = NOTHING_LEFT
  for (const intervalMs of intervals) {
    const counted = grouped ? await countGroups(asking, intervalMs, whole, perBucket) : null
    const unnamed = grouped ? await leftOf(asking, intervalMs) : NOTHING_LEFT
    const cells = withLeft(counted?.cells ?? (await byTime(asking, intervalMs)), unnamed)
    if (levels.length === 0) {
      groups = unnamed.buckets.length > 0 ? null : (counted?.groups ?? null)
      left = unnamed
    }
    levels.push({
      intervalMs,
      cells: await measureCells(asking, intervalMs, question.groupBy, counted?.chosen ?? [], cells),
      totals: question.totals ? await totalCells(asking, intervalMs, cells) : null,
    })
  }
  return { levels, groups, left }
}

function countGroups(
  asking: Asking,
  intervalMs: number | null,
  whole: Grouped | null,
  perBucket: boolean,
): Promise<Grouped> {
  if (intervalMs === null) return whole === null ? byGroup(asking) : Promise.resolve(whole)
  if (perBucket) return byBucketTop(asking, intervalMs)
  return whole === null ? byGroupAndTime(asking, intervalMs) : byTimeOf(asking, intervalMs, whole)
}

/** Groups by bucket are so few that all of them are summed at once, by what they are ordered by too. */
function hasFew({ groupBy, intervalMs, orderBy }: Question): boolean {
  if (intervalMs === null) return false
  return partsOf(orderBy).kind === 'sum' && groupBy.length <= 2 && groupBy.every(isFew)
}

function isFew(group: Grouping): boolean {
  if (typeof group !== 'string') return 'clock' in group
  return FEW.has(group) || field(group).kind === 'u8' || field(group).kind === 'code'
}

/** One row a bucket, or one in all. */
async function byTime(asking: Asking, intervalMs: number | null): Promise<Cell[]> {
  const rows = await summed(asking, [], intervalMs)
  const found = await asking.rows(addedUp(rows))
  return found.map((row) => cellOf(row[0], null, null, countsOf(rows.counts, row, 1)))
}

/** The top groups over the whole range. */
async function byGroup(asking: Asking): Promise<Grouped> {
  const { question } = asking
  const rows = await summed(asking, question.groupBy, null)
  const { sql, order } = await orderOf(asking, rows, null)
  const found = await asking.rows(topGroups(rows, sql, order, question.limit))
  const width = rows.groups.length
  const after = 1 + width + rows.counts.length + 2
  const total = found.find((row) => row[0] === null) as DuckDBValue[]
  const named = found.filter((row) => row[0] !== null).toSorted((a, b) => Number(a[0]) - Number(b[0]))
  const totals = countsOf(rows.counts, total, 1 + width)
  const chosen = named.map((row, rank): Chosen => ({ rank, bucket: null, key: row.slice(1, 1 + width) as GroupKey }))
  const cells = named.map((row, rank) =>
    cellOf(0, rank, (chosen[rank] as Chosen).key, countsOf(rows.counts, row, 1 + width)),
  )
  const groups = Number(total[after])
  if (groups > named.length) {
    const having = new Map(rows.counts.map((count, i) => [count, Number(total[after + 1 + i])]))
    const counts = rest(
      totals,
      cells.map((cell) => cell.counts),
      having,
    )
    cells.push(cellOf(0, null, null, counts))
  }
  return { cells, chosen, groups }
}

/** Top groups by bucket, both from the same sums. */
async function byGroupAndTime(asking: Asking, intervalMs: number): Promise<Grouped> {
  const { question } = asking
  const rows = await summed(asking, question.groupBy, intervalMs)
  const { order } = await orderOf(asking, rows, null)
  const found = await asking.rows(topBuckets(rows, addedUp(rows), order, question.limit))
  const width = rows.groups.length
  const chosen = found
    .filter((row) => row[0] === null && row[1] !== null)
    .map((row): Chosen => ({ rank: Number(row[1]), bucket: null, key: row.slice(2, 2 + width) as GroupKey }))
    .toSorted((a, b) => a.rank - b.rank)
  const cells = found
    .filter((row) => row[0] !== null)
    .map((row) => namedCell(row, chosen, countsOf(rows.counts, row, 2 + width)))
  const counted = found.find((row) => row[0] === null && row[1] === null) as DuckDBValue[]
  return { cells, chosen, groups: Number(counted.at(-1)) }
}

/** Of groups that are chosen already, theirs and the sum of the others by bucket: groups × buckets could be many. */
async function byTimeOf(asking: Asking, intervalMs: number, { chosen, groups }: Grouped): Promise<Grouped> {
  if (chosen.length === 0) return { cells: [], chosen, groups }
  const { groupBy } = asking.question
  const rows = await rowsOf(
    asking.question,
    rowsAsked(asking.question, groupBy, intervalMs),
    piecesOf((shape) => asking.sums.parts(shape)),
    false,
  )
  const found = await asking.rows(sumsOf(rows, groupBy.flatMap(typesOf), chosen))
  return { cells: found.map((row) => namedCell(row, chosen, countsOf(rows.counts, row, 2))), chosen, groups }
}

/** Each bucket's own top groups. */
async function byBucketTop(asking: Asking, intervalMs: number): Promise<Grouped> {
  const { question } = asking
  const rows = await summed(asking, question.groupBy, intervalMs)
  const { sql, order } = await orderOf(asking, rows, intervalMs)
  const found = await asking.rows(topOfBuckets(rows, sql, order, question.limit))
  const width = rows.groups.length
  const chosen: Chosen[] = []
  const cells = found
    .filter((row) => row[0] !== null)
    .map((row) => {
      const counts = countsOf(rows.counts, row, 2 + width)
      if (row[1] === null) return cellOf(row[0], null, null, counts)
      const key = row.slice(2, 2 + width) as GroupKey
      chosen.push({ rank: Number(row[1]), bucket: Number(row[0]), key })
      return cellOf(row[0], Number(row[1]), key, counts)
    })
  const counted = found.find((row) => row[0] === null) as DuckDBValue[]
  return { cells, chosen, groups: Number(counted.at(-1)) }
}

/** Everything together, by bucket. */
async function totalCells(asking: Asking, intervalMs: number | null, cells: readonly Cell[]): Promise<readonly Cell[]> {
  const sums = totalsOf(cells)
  if (intervalMs === null && sums.size === 0) sums.set(0, NOTHING)
  const totals = [...sums].map(([bucket, counts]) => cellOf(bucket, null, null, counts))
  return measureCells(asking, intervalMs, [], [], totals)
}

function summed({ question, sums }: Asking, groups: readonly Grouping[], intervalMs: number | null): Promise<Rows> {
  return rowsOf(question, rowsAsked(question, groups, intervalMs), (shape) => sums.of(shape), true)
}

function rowsAsked(question: Question, groups: readonly Grouping[], intervalMs: number | null): RowsAsked {
  return { groups, intervalMs, ...(ranksSmall(question) ? { everyGroup: true } : {}) }
}

/** What has no name any more, by the buckets of the interval. */
async function leftOf({ question, sums }: Asking, intervalMs: number | null): Promise<Left> {
  const { shape, bucketOf } = await rowsOf(
    question,
    rowsAsked(question, question.groupBy, intervalMs),
    () => Promise.resolve(''),
    true,
  )
  const { buckets, most } = await sums.left(shape)
  return { buckets: buckets.map(({ t, counts }) => ({ t: bucketOf(t ?? 0), counts })), most }
}

function withLeft(cells: readonly Cell[], { buckets }: Left): readonly Cell[] {
  if (buckets.length === 0) return cells
  const others = cells.filter((cell) => cell.rank === null)
  const unnamed = buckets.map(({ t, counts }) => cellOf(t, null, null, counts))
  const sums = totalsOf([...others, ...unnamed])
  return [
    ...cells.filter((cell) => cell.rank !== null),
    ...[...sums].map(([bucket, counts]) => cellOf(bucket, null, null, counts)),
  ]
}

/** By how much a value may be off, as a share of its total. */
function errorOf({ most }: Left, totals: Counts): number {
  const shares = (['bytes', 'packets', 'flows'] as const).map((count) =>
    totals[count] ? Number(most[count]) / Number(totals[count]) : 0,
  )
  return Math.max(...shares)
}

function cellOf(bucket: DuckDBValue | undefined, rank: number | null, key: GroupKey | null, counts: Counts): Cell {
  return { bucket: Number(bucket ?? 0), rank, key, counts, values: new Map() }
}

function namedCell(row: readonly DuckDBValue[], chosen: readonly Chosen[], counts: Counts): Cell {
  const rank = row[1] === null ? null : Number(row[1])
  return cellOf(row[0], rank, rank === null ? null : ((chosen[rank] as Chosen).key ?? null), counts)
}
