/** Answers a question for records, page by page. */
import type { DuckDBValue } from '@duckdb/node-api'
import { createHash } from 'node:crypto'
import { WeirError } from '../../../shared/api/errors.ts'
import type { Column, RecordAnswer, RecordQuestion } from '../../../shared/query/question.ts'
import { field } from '../../../shared/schema/fields.ts'
import type { Reader } from './database.ts'
import type { Extent } from './partition.ts'
import { expressions } from './sql/fields.ts'
import { countRecords, isByEnd, placeAfter, readRecords, sortKeys, type Place } from './sql/records.ts'
import type { Source } from './sql/source.ts'
import { jsonValue } from './values.ts'

export interface KnownSource extends Source {
  readonly extent: Extent
}

/**
 * Where a page begins: at the records that share `place`, of which `skip` were given out before. The range and what had
 * been received stay those of the first page, so every record comes once however many arrive meanwhile.
 */
interface Cursor {
  readonly fromMs: number
  readonly toMs: number
  readonly receivedUntil: number
  readonly matched: number
  readonly skip: number
  readonly place: Place
}

type Answered = Omit<RecordAnswer, 'meta'> & { meta: Omit<RecordAnswer['meta'], 'tookMs'> }

/** The question with the range of its first page: its sources are those of that range. Throws `badCursor`. */
export function settleRange(question: RecordQuestion): RecordQuestion {
  if (question.cursor === null) return question
  const { fromMs, toMs } = readCursor(question.cursor, question)
  return { ...question, fromMs, toMs }
}

/** `question` as `settleRange` gave it. */
export async function answerRecords(
  question: RecordQuestion,
  reader: Reader,
  sources: readonly KnownSource[],
): Promise<Answered> {
  const cursor = question.cursor === null ? null : readCursor(question.cursor, question)
  const newest = sources.reduce((most, source) => Math.max(most, source.extent.maxReceived), 0)
  const receivedUntil = cursor && newest > cursor.receivedUntil ? cursor.receivedUntil : null
  const matched = cursor ? cursor.matched : await count(question, reader, sources)
  const from = cursor?.place ?? null
  const skip = cursor?.skip ?? 0
  const used =
    sources.length > 0 ? await enough(question, reader, sources, receivedUntil, from, skip) : { sources, end: null }
  const sql =
    used.sources.length > 0 ? readRecords(question, used.sources, receivedUntil, { from, to: used.end, skip }) : ''
  const rows = sql === '' ? [] : await reader.rows(sql)

  const widths = question.fields.map((name) => expressions(name).length)
  const width = widths.reduce((sum, each) => sum + each, 0)
  const places = rows.map((row) => row.slice(width).map(placeValue))
  const last = places.at(-1)
  const next =
    used.end && last
      ? writeCursor(question, {
          fromMs: question.fromMs,
          toMs: question.toMs,
          receivedUntil: cursor?.receivedUntil ?? newest,
          matched,
          skip: sharing(places, last) + (from && same(from, last) ? skip : 0),
          place: last,
        })
      : null
  return {
    columns: question.fields.map((name): Column => ({ name, kind: field(name).kind, unit: field(name).unit })),
    rows: rows.map((row) => {
      let at = 0
      return question.fields.map((name, i) => {
        at += widths[i] as number
        return jsonValue(name, row.slice(at - (widths[i] as number), at))
      })
    }),
    cursor: next,
    meta: { from: question.fromMs, to: question.toMs, exact: true, matched, sql },
  }
}

async function count(question: RecordQuestion, reader: Reader, sources: readonly Source[]): Promise<number> {
  if (sources.length === 0) return 0
  const [row] = await reader.rows(countRecords(question, sources, null))
  return Number(row?.[0] ?? 0)
}

/**
 * The sources that the page comes from, and the place of the first record after it (null where the page is the last).
 * By time, the sources furthest on are asked alone as long as they have enough.
 */
async function enough(
  question: RecordQuestion,
  reader: Reader,
  sources: readonly KnownSource[],
  receivedUntil: number | null,
  from: Place | null,
  skip: number,
): Promise<{ sources: readonly Source[]; end: Place | null }> {
  const { sort, limit } = question
  const newestFirst = sort.descending
  // An end is never before its start.
  const bound = ({ extent }: KnownSource) => (newestFirst ? -extent.maxEnd : extent.minStart)
  const ordered = sources.toSorted((a, b) => bound(a) - bound(b))
  for (let taken = isByEnd(sort.field) ? 1 : ordered.length; ; taken = Math.min(taken * 2, ordered.length)) {
    const some = ordered.slice(0, taken)
    const [row] = await reader.rows(placeAfter(question, some, receivedUntil, from, skip + limit))
    const end = row ? row.map(placeValue) : null
    const next = ordered[taken]
    if (!next) return { sources: some, end }
    if (end && Number(newestFirst ? -(end[0] as bigint) : end[0]) < bound(next)) return { sources: some, end }
  }
}

function placeValue(value: DuckDBValue): Place[number] {
  return value === null || typeof value === 'string' ? value : BigInt(value as bigint | number)
}

/** How many records at the end of the page share its last place. */
function sharing(places: readonly Place[], last: Place): number {
  let n = 0
  while (n < places.length && same(places[places.length - 1 - n] as Place, last)) n++
  return n
}

function same(a: Place, b: Place): boolean {
  return a.every((value, i) => value === b[i])
}

function writeCursor(question: RecordQuestion, { fromMs, toMs, receivedUntil, matched, skip, place }: Cursor): string {
  const parts = [
    fingerprint(question),
    fromMs,
    toMs,
    receivedUntil,
    matched,
    skip,
    ...place.map((value) => (typeof value === 'bigint' ? String(value) : value)),
  ]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

function readCursor(text: string, question: RecordQuestion): Cursor {
  const bad = (why: string) =>
    new WeirError('badCursor', `the cursor ${why}; ask without a cursor, then with the one of each page before`)
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw bad('cannot be read')
  }
  if (!Array.isArray(parts)) throw bad('cannot be read')
  const [print, fromMs, toMs, receivedUntil, matched, skip, ...place] = parts as unknown[]
  const whole = (value: unknown): value is number => Number.isSafeInteger(value)
  if (!whole(fromMs) || !whole(toMs) || !whole(receivedUntil) || !whole(matched) || !whole(skip) || skip < 0)
    throw bad('cannot be read')
  if (print !== fingerprint(question)) throw bad('belongs to a question with another filter, order or scope')
  const keys = sortKeys(question)
  const isPlace = (value: unknown, i: number): value is string | null =>
    value === null ||
    (typeof value === 'string' && (keys[i]?.isText === true || (/^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n)))
  if (place.length !== keys.length || !place.every(isPlace)) throw bad('cannot be read')
  return {
    fromMs,
    toMs,
    receivedUntil,
    matched,
    skip,
    place: place.map((value, i) => (value === null || keys[i]?.isText ? value : BigInt(value))),
  }
}

/** Of what must stay the same from page to page. */
function fingerprint({ filter, sort, scope }: RecordQuestion): string {
  const text = JSON.stringify([filter, sort, scope], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}
