/**
 * Flows on their way to the database: batches copied together, column by column, until their commit is on disk.
 * Memory is taken for the columns that the flows have, not for all there are.
 */
import {
  COLUMNS,
  STORED_FIELDS,
  columnsOf,
  fromFields,
  type StoredFieldName,
} from '../../../../shared/schema/fields.ts'
import { columnIndex, isValid, maskIndex, type Batch, type Words } from '../../../intake/batch.ts'
import { mendTimes } from './mend-times.ts'
import { ROW_GROUP_ROWS } from '../schema.ts'

/** Rows that a commit takes together; more in one compress better (30.6 against 32.3 bytes a flow for 92,160). */
export const WINDOW_ROWS = 4 * ROW_GROUP_ROWS

/** Places for rows, with room for the gaps: a batch begins at a whole byte of the masks. 18 bits number a place. */
export const PLACES = 2 ** 18

/** Letters of the texts that are held; more wait for a commit. */
const MOST_LETTERS = 2 ** 25

const fieldColumns = fromFields(() =>
  STORED_FIELDS.map((field) => columnsOf(field).map((_, part) => columnIndex(field.name) + part)),
)
/** Columns that hold numbers of texts, and their masks. */
const textColumns = fromFields(
  (): ReadonlyMap<number, number> =>
    new Map(
      STORED_FIELDS.filter(({ kind }) => kind === 'keyword').map(({ name }) => [columnIndex(name), maskIndex(name)]),
    ),
)

interface Run {
  from: number
  to: number
  readonly arrivedMs: number
}

export class Window {
  /** Rows held. */
  rows = 0
  /** Values by index in COLUMNS; null where no row has one. 8-byte values are two words a row, as in a batch. */
  readonly columns: (Words | null)[] = COLUMNS.map(() => null)
  /** Masks by index in STORED_FIELDS, as in a batch; null where no row has a value. */
  readonly masks: (Uint8Array | null)[] = STORED_FIELDS.map(() => null)
  /** By index in STORED_FIELDS: 0 where every row has a value, 1 where one may have none. */
  readonly gaps = new Uint8Array(STORED_FIELDS.length)
  /** Texts by the number that the rows have. */
  texts: string[] = []
  /** Another one where texts may have other numbers than before. */
  textGeneration = 0
  private readonly textNumbers = new Map<string, number>()
  private letters = 0
  /** Places that hold rows, in the order of arrival. */
  private runs: Run[] = []
  private readonly spare = new Map<number, Words>()
  private readonly spareMasks = new Map<number, Uint8Array>()

  /** The place after the last row, at a whole byte of the masks. */
  private get end(): number {
    const last = this.runs.at(-1)
    return last ? (last.to + 7) & ~7 : 0
  }

  /** Whether a batch of so many rows can be added now. */
  fits(rows: number): boolean {
    return this.rows < WINDOW_ROWS && this.end + rows <= PLACES && this.letters < MOST_LETTERS
  }

  /** Copies the batch's rows; its buffer may be used again afterwards. Mends times that cannot be; see `mendTimes`. */
  add(batch: Batch, nowMs: number): void {
    if (batch.rows === 0) return
    mendTimes(batch, nowMs)
    const at = this.end
    const numbers = this.addTexts(batch)
    const texts = textColumns()
    for (const [field, columns] of fieldColumns().entries()) {
      const mask = batch.masks[field] as Uint8Array
      const valid = validity(mask, batch.rows)
      if (valid !== 'all') this.gaps[field] = 1
      if (valid === 'none') continue
      if (this.masks[field] === null && this.rows > 0) this.gaps[field] = 1
      this.maskOf(field).set(mask.subarray(0, (batch.rows + 7) >> 3), at >> 3)
      for (const column of columns) {
        const words = batch.columns[column] as Words
        const perRow = wordsPerRow(column)
        const to = this.columnOf(column)
        if (texts.has(column))
          for (let row = 0; row < batch.rows; row++) to[at + row] = numbers[words[row] as number] ?? 0
        else to.set(words.subarray(0, batch.rows * perRow), at * perRow)
      }
    }
    this.runs.push({ from: at, to: at + batch.rows, arrivedMs: nowMs })
    this.rows += batch.rows
  }

  /** Takes in the batch's texts; the number here by the number there. */
  private addTexts({ texts }: Batch): Uint32Array {
    const numbers = new Uint32Array(texts.count)
    for (let i = 0; i < numbers.length; i++) {
      const text = texts.text(i)
      numbers[i] = this.textNumbers.get(text) ?? this.addText(text)
    }
    return numbers
  }

  private addText(text: string): number {
    const number = this.texts.push(text) - 1
    this.textNumbers.set(text, number)
    this.letters += text.length
    return number
  }

  /** Forgets the texts that no row has; the others get other numbers. */
  private closeTexts(): void {
    const { texts } = this
    if (texts.length === 0) return
    this.texts = []
    this.textGeneration++
    this.textNumbers.clear()
    this.letters = 0
    const numbers = new Int32Array(texts.length).fill(-1)
    for (const [column, field] of textColumns()) {
      const words = this.columns[column]
      const mask = this.masks[field]
      if (!words || !mask) continue
      for (const { from, to } of this.runs) {
        for (let place = from; place < to; place++) {
          if (!isValid(mask, place)) continue
          const before = words[place] as number
          if (numbers[before] === -1) numbers[before] = this.addText(texts[before] as string)
          words[place] = numbers[before] as number
        }
      }
    }
  }

  /** Places of the first so many rows, in the order of arrival. */
  places(rows: number): Uint32Array {
    const places = new Uint32Array(Math.min(rows, this.rows))
    let n = 0
    for (const { from, to } of this.runs)
      for (let place = from; place < to && n < places.length; place++) places[n++] = place
    return places
  }

  /** When the row came that has so many before it. */
  arrivalOf(row: number): number {
    let before = 0
    for (const { from, to, arrivedMs } of this.runs) {
      before += to - from
      if (row < before) return arrivedMs
    }
    return Number.POSITIVE_INFINITY
  }

  /** Forgets the first so many rows. */
  drop(rows: number): void {
    let left = Math.min(rows, this.rows)
    this.rows -= left
    while (left > 0) {
      const first = this.runs[0] as Run
      const taken = Math.min(left, first.to - first.from)
      first.from += taken
      left -= taken
      if (first.from === first.to) this.runs.shift()
    }
    this.close()
  }

  /** Forgets rows by their places, wherever they stand. Gives back by how much the places of the others are less now. */
  forget(places: readonly Uint32Array[]): number {
    const gone = new Uint8Array(PLACES)
    for (const some of places) for (const place of some) gone[place] = 1
    this.runs = this.runs.flatMap(({ from, to, arrivedMs }) => {
      const left: Run[] = []
      for (let place = from; place < to; place++) {
        if (gone[place] === 1) continue
        const last = left.at(-1)
        if (last?.to === place) last.to++
        else left.push({ from: place, to: place + 1, arrivedMs })
      }
      return left
    })
    this.rows = this.runs.reduce((sum, { from, to }) => sum + to - from, 0)
    return this.close()
  }

  /**
   * Moves the rows that are left to the beginning. Without any, columns are set aside until a row has a value there.
   * Gives back how far they moved.
   */
  private close(): number {
    const from = (this.runs[0]?.from ?? 0) & ~7
    const end = this.end
    for (const [i, words] of this.columns.entries()) {
      if (words === null) continue
      if (this.rows === 0) this.spare.set(i, words)
      else words.copyWithin(0, from * wordsPerRow(i), end * wordsPerRow(i))
    }
    for (const [i, mask] of this.masks.entries()) {
      if (mask === null) continue
      if (this.rows > 0) mask.copyWithin(0, from >> 3, end >> 3)
      mask.fill(0, this.rows > 0 ? (end - from) >> 3 : 0)
      if (this.rows === 0) this.spareMasks.set(i, mask)
    }
    if (this.rows === 0) {
      this.columns.fill(null)
      this.masks.fill(null)
      this.gaps.fill(0)
    }
    for (const run of this.runs) {
      run.from -= from
      run.to -= from
    }
    this.closeTexts()
    return from
  }

  /** A field's values, for addresses the high halves; null where no row has one. */
  values(name: StoredFieldName, part = 0): Words | null {
    return this.columns[columnIndex(name) + part] ?? null
  }

  mask(name: StoredFieldName): Uint8Array | null {
    return this.masks[maskIndex(name)] ?? null
  }

  private columnOf(i: number): Words {
    const made = this.columns[i] ?? this.spare.get(i) ?? makeColumn(i)
    this.spare.delete(i)
    return (this.columns[i] = made)
  }

  private maskOf(i: number): Uint8Array {
    const made = this.masks[i] ?? this.spareMasks.get(i) ?? new Uint8Array(PLACES / 8)
    this.spareMasks.delete(i)
    return (this.masks[i] = made)
  }
}

export function wordsPerRow(column: number): 1 | 2 {
  return COLUMNS[column]?.part.width === 8 ? 2 : 1
}

function makeColumn(i: number): Words {
  switch (COLUMNS[i]?.part.width) {
    case 1:
      return new Uint8Array(PLACES)
    case 2:
      return new Uint16Array(PLACES)
    case 4:
      return new Uint32Array(PLACES)
    default:
      return new Uint32Array(2 * PLACES)
  }
}

/** Whether the first rows have values; `some` where that takes a look at each. */
function validity(mask: Uint8Array, rows: number): 'none' | 'some' | 'all' {
  const whole = rows >> 3
  const tail = 0xff >> (8 - (rows & 7))
  let any = (mask[whole] as number) & tail
  let all = (mask[whole] as number) | (0xff ^ tail)
  if ((rows & 7) === 0) {
    any = 0
    all = 0xff
  }
  for (let i = 0; i < whole; i++) {
    any |= mask[i] as number
    all &= mask[i] as number
  }
  return any === 0 ? 'none' : all === 0xff ? 'all' : 'some'
}
