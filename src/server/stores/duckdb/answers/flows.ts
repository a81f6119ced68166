/** Answers a question for records, page by page. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { Column, RecordAnswer, RecordQuestion } from '../../../../shared/query/question.ts'
import { field } from '../../../../shared/schema/fields.ts'
import { asHeld, readCursor, writeCursor } from './cursor.ts'
import type { Reader } from '../files/database.ts'
import type { Extent } from '../files/partition.ts'
import { expressions } from '../sql/fields.ts'
import { countRecords, isByEnd, pageEnd, readRecords, type Place, type RecordSource } from '../sql/records.ts'
import { conditionsOf } from '../sql/sums.ts'
import { jsonValue } from './values.ts'

export interface KnownSource extends RecordSource {
  /** Another one where rows that were there are gone. */
  readonly generation: number
  readonly extent: Extent
  readonly rows: { readonly from: number; readonly to: number }
}

type Answered = Omit<RecordAnswer, 'meta'> & { meta: Omit<RecordAnswer['meta'], 'scope' | 'dataFrom' | 'tookMs'> }

/** Records that the page does not need are counted for so long after the question was begun. */
export const COUNT_MS = 100

/** The question with the range of its first page: its sources are those of that range. Throws `badCursor`. */
export function settleRange(question: RecordQuestion): RecordQuestion {
  if (question.cursor === null) return question
  const { fromMs, toMs } = readCursor(question.cursor, question)
  return { ...question, fromMs, toMs }
}

/** Sources without what the scope leaves out. */
export type Scoped = (sources: readonly KnownSource[]) => Promise<readonly KnownSource[]>

/** `question` as `settleRange` gave it. Throws `badCursor`. */
export async function answerRecords(
  question: RecordQuestion,
  reader: Reader,
  sources: readonly KnownSource[],
  scoped: Scoped,
  countMs = COUNT_MS,
): Promise<Answered> {
  const countUntil = performance.now() + countMs
  const cursor = question.cursor === null ? null : readCursor(question.cursor, question)
  const held = cursor ? asHeld(cursor.held, sources) : sources
  const page = await readPage(question, reader, held, scoped, cursor?.after ?? null)
  const { matched, matchedExact } = cursor ?? (await count(question, reader, page, scoped, countUntil))
  const { fromMs, toMs } = question
  const widths = question.fields.map((name) => expressions(name).length)
  return {
    columns: question.fields.map((name): Column => ({ name, kind: field(name).kind, unit: field(name).unit })),
    rows: page.rows.map((row) => {
      let at = 0
      return question.fields.map((name, i) => {
        at += widths[i] as number
        return jsonValue(name, row.slice(at - (widths[i] as number), at))
      })
    }),
    cursor:
      page.hasMore && page.last
        ? writeCursor(question, {
            fromMs,
            toMs,
            matched,
            matchedExact,
            after: page.last,
            held: cursor?.held ?? held.map(({ name, generation, rows }) => ({ name, generation, rows: rows.to })),
          })
        : null,
    meta: { from: fromMs, to: toMs, exact: true, matched, matchedExact, sql: page.sql.join(';\n') },
  }
}

interface Page {
  readonly rows: readonly DuckDBValue[][]
  /** Place of the last record. */
  readonly last: Place | null
  /** True where there are more, or sources that were not looked into. */
  readonly hasMore: boolean
  /** Records of the sources that the page has all of. */
  readonly counted: number
  /** The other sources. */
  readonly uncounted: readonly KnownSource[]
  readonly sql: readonly string[]
}

/** By time, step by step as far as the page needs; by another field, from all sources at once. */
async function readPage(
  question: RecordQuestion,
  reader: Reader,
  sources: readonly KnownSource[],
  scoped: Scoped,
  after: Place | null,
): Promise<Page> {
  const steps = stepsOf(question, sources)
  const rows: DuckDBValue[][] = []
  const sql: string[] = []
  let last: Place | null = null
  let counted = 0
  let full = false
  let taken = 0
  for (; taken < steps.length && !full && rows.length < question.limit; taken++) {
    const step = await scoped(steps[taken] ?? [])
    const left = { ...question, limit: question.limit - rows.length }
    const [end] = await reader.rows(pageEnd(left, step, after))
    if (!end) continue
    const found = Number(end.at(-1))
    full = found > left.limit
    if (!full) counted += found
    last = end.slice(0, -1).map(placeValue)
    const statement = readRecords(left, step, { after, last })
    sql.push(statement)
    rows.push(...(await reader.rows(statement)))
  }
  return {
    rows,
    last,
    hasMore: full || taken < steps.length,
    counted,
    uncounted: steps.slice(full ? taken - 1 : taken).flat(),
    sql,
  }
}

/** Sources whose records come one after the other when sorted by time, those that interleave together. */
function stepsOf({ sort }: RecordQuestion, sources: readonly KnownSource[]): (readonly KnownSource[])[] {
  if (!isByEnd(sort.field)) return sources.length > 0 ? [sources] : []
  const steps: { sources: KnownSource[]; from: number }[] = []
  for (const source of sources.toSorted((a, b) => b.extent.maxEnd - a.extent.maxEnd)) {
    const { minEnd, maxEnd } = source.extent
    const step = steps.at(-1)
    if (step && maxEnd >= step.from) {
      step.sources.push(source)
      step.from = Math.min(step.from, minEnd)
    } else steps.push({ sources: [source], from: minEnd })
  }
  const newestFirst = steps.map((step) => step.sources)
  return sort.descending ? newestFirst : newestFirst.toReversed()
}

/** How many records match in all, or at least. */
async function count(
  question: RecordQuestion,
  reader: Reader,
  page: Page,
  scoped: Scoped,
  countUntil: number,
): Promise<{ matched: number; matchedExact: boolean }> {
  let matched = page.counted
  let matchedExact = true
  const { filter, scope } = question
  const isQuick = question.count === 'quick' && scope !== 'deduplicated'
  const all = scope !== 'deduplicated' && conditionsOf(filter, scope).length === 0
  for (const source of page.uncounted) {
    if (all && source.inside) {
      matched += source.rows.to - source.rows.from
    } else if (question.count === 'exact' || (isQuick && performance.now() < countUntil)) {
      const [row] = await reader.rows(countRecords(question, await scoped([source])))
      matched += Number(row?.[0])
    } else matchedExact = false
  }
  return { matched: Math.max(matched, page.rows.length + Number(!matchedExact)), matchedExact }
}

function placeValue(value: DuckDBValue): Place[number] {
  return value === null || typeof value === 'string' ? value : BigInt(value as bigint | number)
}
