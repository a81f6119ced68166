/**
 * Where a page of records begins. A cursor holds the range and the rows of each partition as they were for the first
 * page: rows are only ever added, and a record's place in the order ends with its row number, so each record that was
 * there comes once, however many arrive meanwhile. Records of partitions that are dropped meanwhile come no more.
 */
import { createHash } from 'node:crypto'
import { WeirError } from '../../../../shared/api/errors.ts'
import type { RecordQuestion } from '../../../../shared/query/question.ts'
import type { KnownSource } from './flows.ts'
import { PARTITION, sortKeys, type Place } from '../sql/records.ts'

/** Rows of a partition that records are given out of. */
interface Held {
  readonly name: string
  readonly generation: number
  readonly rows: number
}

export interface Cursor {
  readonly fromMs: number
  readonly toMs: number
  readonly matched: number
  readonly matchedExact: boolean
  readonly held: readonly Held[]
  /** Of the last record that was given out. */
  readonly after: Place
}

/** The sources that were there for the first page, with the rows that they had. Throws `badCursor` where rows are gone. */
export function asHeld(held: readonly Held[], sources: readonly KnownSource[]): KnownSource[] {
  const byName = new Map(held.map((each) => [each.name, each]))
  return sources.flatMap((source) => {
    const then = byName.get(source.name)
    if (!then) return []
    if (then.generation !== source.generation || then.rows > source.rows.to)
      throw new WeirError(
        'badCursor',
        `the cursor is of before the file of ${source.name} was opened again and lost records; ask without a cursor`,
      )
    return { ...source, rows: { from: source.rows.from, to: then.rows } }
  })
}

export function writeCursor(question: RecordQuestion, cursor: Cursor): string {
  const { fromMs, toMs, matched, matchedExact, held, after } = cursor
  const parts = [
    fingerprint(question),
    fromMs,
    toMs,
    matched,
    Number(matchedExact),
    held.map(({ name, generation, rows }) => `${name}:${rows.toString(36)}:${generation}`).join(),
    ...after.map((value) => (typeof value === 'bigint' ? String(value) : value)),
  ]
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Throws `badCursor`. */
export function readCursor(text: string, question: RecordQuestion): Cursor {
  const bad = (why: string) =>
    new WeirError('badCursor', `the cursor ${why}; ask without a cursor, then with the one of each page before`)
  let parts: unknown
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString())
  } catch {
    throw bad('cannot be read')
  }
  if (!Array.isArray(parts)) throw bad('cannot be read')
  const [print, fromMs, toMs, matched, matchedExact, held, ...after] = parts as unknown[]
  const whole = (value: unknown): value is number => Number.isSafeInteger(value)
  if (!whole(fromMs) || !whole(toMs) || !whole(matched) || typeof held !== 'string') throw bad('cannot be read')
  if (print !== fingerprint(question)) throw bad('belongs to a question with another filter, order or scope')
  const keys = sortKeys(question)
  const isPlace = (value: unknown, i: number): value is string | null =>
    value === null ||
    (typeof value === 'string' && (keys[i]?.isText === true || (/^\d{1,20}$/.test(value) && BigInt(value) < 2n ** 64n)))
  const rows = held.split(',').map(readHeld)
  if (after.length !== keys.length || !after.every(isPlace) || !rows.every((each) => each !== null))
    throw bad('cannot be read')
  const partition = after[keys.findIndex(({ sql }) => sql === PARTITION)]
  if ((matchedExact !== 0 && matchedExact !== 1) || !rows.some(({ name }) => name === partition))
    throw bad('cannot be read')
  return {
    fromMs,
    toMs,
    matched,
    matchedExact: matchedExact === 1,
    held: rows,
    after: after.map((value, i) => (value === null || keys[i]?.isText ? value : BigInt(value))),
  }
}

function readHeld(text: string): Held | null {
  const [, name, rows, generation] = /^([\d.-]{10,14}):([\da-z]{1,10}):(\d{1,9})$/.exec(text) ?? []
  return name === undefined ? null : { name, rows: Number.parseInt(rows as string, 36), generation: Number(generation) }
}

/** Of what must stay the same from page to page. */
function fingerprint({ filter, sort, scope }: RecordQuestion): string {
  const text = JSON.stringify([filter, sort, scope], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  return createHash('sha256').update(text).digest('base64url').slice(0, 12)
}
