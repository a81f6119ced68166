/**
 * Flows between decoder and store: columns in one buffer that the threads share; it belongs to whoever holds the batch.
 * Shared and not transferred, because once an ArrayBuffer was transferred, V8 checks at each access of any typed array
 * that its buffer is still there: compiled templates are a fifth slower then (bench/decode.ts).
 *
 * Layout of the buffer: for each stored field a validity mask (one bit a row, least significant first, as DuckDB has
 * it), then for each physical column its values, one after the other; then the same for the site's own fields, so that the
 * places of the others are known when the program is loaded. 8-byte values are two 32-bit words a row,
 * low word first, so that the hot path needs no BigInt: row r of `w` is `w[2r]` (low) and `w[2r+1]` (high).
 * A bit that is 0 means null; what stands in the column then has no meaning.
 */
import {
  BUILT_IN_STORED,
  COLUMNS,
  STORED_FIELDS,
  columnsOf,
  fromFields,
  type StoredFieldName,
} from '../../shared/schema/fields.ts'
import { allocate, zero, type Place } from './memory.ts'
import { Texts } from './texts.ts'

/** Rows a DuckDB vector holds; a batch is a whole number of them. */
export const VECTOR_ROWS = 2048
/** Rows of a batch: 4 vectors, about 3.1 MB. */
export const BATCH_ROWS = 4 * VECTOR_ROWS
const MASK_BYTES = BATCH_ROWS / 8
/**
 * Between columns, and between masks, in bytes. Columns that begin at multiples of 4,096 octets would have a row's values in
 * the same few places of the processor's caches, where they drive each other out. Kernels write up to 15 rows beyond the
 * last.
 */
const GAP = 192

/** Where in the buffer things stand, in bytes. */
interface Layout {
  readonly byteLength: number
  /** Where masks stand: from, to. */
  readonly maskAreas: readonly (readonly [number, number])[]
  /** By index in STORED_FIELDS. */
  readonly masks: readonly number[]
  /** By index in COLUMNS. */
  readonly columns: readonly number[]
}

export const layout = fromFields((): Layout => {
  const masks: number[] = []
  const columns: number[] = []
  const maskAreas: [number, number][] = []
  let at = 0
  for (const fields of [STORED_FIELDS.slice(0, BUILT_IN_STORED), STORED_FIELDS.slice(BUILT_IN_STORED)]) {
    const from = at
    for (let i = 0; i < fields.length; i++, at += MASK_BYTES + GAP) masks.push(at)
    maskAreas.push([from, at])
    for (const { part } of fields.flatMap(columnsOf)) {
      columns.push(at)
      at += part.width * BATCH_ROWS + GAP
    }
  }
  return { byteLength: at, maskAreas, masks, columns }
})

/** A column's values: bytes, 16-bit or 32-bit words; two words a row where the column is 8 bytes wide. */
export type Words = Uint8Array | Uint16Array | Uint32Array

const fieldIndexes = fromFields(() => new Map(STORED_FIELDS.map((field, i) => [field.name, i])))
const columnIndexes = fromFields(
  () => new Map(STORED_FIELDS.map((field) => [field.name, COLUMNS.findIndex((column) => column.field === field)])),
)

/** Index of a field's mask in `Batch.masks`. */
export function maskIndex(name: StoredFieldName): number {
  return fieldIndexes().get(name) as number
}

/** Index of a field's first (for addresses: high) column in `Batch.columns`; the low half follows it. */
export function columnIndex(name: StoredFieldName): number {
  return columnIndexes().get(name) as number
}

export class Batch {
  /** Where it stands. */
  readonly place: Place
  /** It is in this thread's memory. */
  private readonly isOwn: boolean
  /** Rows filled so far. */
  rows = 0
  /** By index in COLUMNS. */
  readonly columns: readonly Words[]
  /** By index in STORED_FIELDS. */
  readonly masks: readonly Uint8Array[]
  /** The whole buffer, for code that knows the layout: as bytes, 16-bit and 32-bit words. */
  readonly bytes: Uint8Array
  readonly words16: Uint16Array
  readonly words32: Uint32Array
  private readonly maskAreas: Layout['maskAreas']

  /** What the columns of kind `keyword` number. */
  readonly texts: Texts

  /** An empty batch in memory of its own, or one that another thread has filled. */
  constructor(place?: Place, rows = 0, texts = new Texts()) {
    const { masks, columns, maskAreas, byteLength } = layout()
    this.isOwn = place === undefined
    this.place = place ?? allocate(this, byteLength)
    const { buffer, byteOffset } = this.place
    this.rows = rows
    this.texts = texts
    this.bytes = new Uint8Array(buffer, byteOffset, byteLength)
    this.words16 = new Uint16Array(buffer, byteOffset, byteLength / 2)
    this.words32 = new Uint32Array(buffer, byteOffset, byteLength / 4)
    this.maskAreas = maskAreas
    if (!place) this.clear()
    this.masks = masks.map((at) => new Uint8Array(buffer, byteOffset + at, MASK_BYTES))
    this.columns = COLUMNS.map((column, i) => {
      const at = byteOffset + (columns[i] as number)
      switch (column.part.width) {
        case 1:
          return new Uint8Array(buffer, at, BATCH_ROWS)
        case 2:
          return new Uint16Array(buffer, at, BATCH_ROWS)
        case 4:
          return new Uint32Array(buffer, at, BATCH_ROWS)
        case 8:
          return new Uint32Array(buffer, at, BATCH_ROWS * 2)
      }
    })
  }

  /** Makes every value null and the batch empty. */
  clear(): void {
    const { byteOffset } = this.place
    for (const [from, to] of this.maskAreas) {
      if (this.isOwn) zero(byteOffset + from, to - from)
      else this.bytes.fill(0, from, to)
    }
    this.rows = 0
    this.texts.clear()
  }

  /** Makes every value of a row null again, of one that is not finished. */
  clearRow(row: number): void {
    for (const mask of this.masks) mask[row >> 3] = (mask[row >> 3] as number) & ~(1 << (row & 7))
  }

  get full(): boolean {
    return this.rows >= BATCH_ROWS || this.texts.full
  }
}

/** Marks one row as having a value. */
export function setValid(mask: Uint8Array, row: number): void {
  mask[row >> 3] = (mask[row >> 3] as number) | (1 << (row & 7))
}

export function isValid(mask: Uint8Array, row: number): boolean {
  return ((mask[row >> 3] as number) & (1 << (row & 7))) !== 0
}
