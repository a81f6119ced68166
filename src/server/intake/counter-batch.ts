/**
 * Counter samples on their way to the store: columns of 64-bit words, one row a sample. A column is unsigned, or a
 * double where its value may have a fraction; a bit a row says whether there is a value.
 */
import { COUNTERS, isFraction, type CounterName } from '../../shared/schema/counters.ts'

/** Columns before those of the counters: when, whose, and of what. */
const HEAD = ['received', 'exporter_hi', 'exporter_lo', 'uptime', 'source_type', 'source'] as const

export interface CounterColumn {
  /** As it stands in the database. */
  readonly name: string
  readonly fraction: boolean
}

export const COUNTER_COLUMNS: readonly CounterColumn[] = [
  ...HEAD.map((name) => ({ name, fraction: false })),
  ...COUNTERS.map((entry) => ({ name: counterColumn(entry.name), fraction: isFraction(entry) })),
]

export const COUNTER_ROWS = 512
const MASK_BYTES = COUNTER_ROWS / 8
const MASKS = COUNTER_COLUMNS.length * COUNTER_ROWS * 8
const BYTES = MASKS + COUNTER_COLUMNS.length * MASK_BYTES

export class CounterBatch {
  readonly buffer: ArrayBuffer
  rows: number
  private readonly words: Uint32Array
  private readonly doubles: Float64Array
  private readonly bytes: Uint8Array

  constructor(buffer: ArrayBuffer = new ArrayBuffer(BYTES), rows = 0) {
    this.buffer = buffer
    this.rows = rows
    this.words = new Uint32Array(buffer)
    this.doubles = new Float64Array(buffer)
    this.bytes = new Uint8Array(buffer)
  }

  get full(): boolean {
    return this.rows === COUNTER_ROWS
  }

  /** Writes a value into the row that comes next. */
  put(column: number, high: number, low: number): void {
    const at = 2 * (column * COUNTER_ROWS + this.rows)
    this.words[at] = low
    this.words[at + 1] = high
    this.setValid(column)
  }

  /** The same for a column of doubles. */
  putDouble(column: number, value: number): void {
    this.doubles[column * COUNTER_ROWS + this.rows] = value
    this.setValid(column)
  }

  /** A row's value; numbers past 2^53 lose their last digits. Null where it has none. */
  get(column: number, row: number): number | null {
    if (((this.bytes[MASKS + column * MASK_BYTES + (row >> 3)] as number) & (1 << (row & 7))) === 0) return null
    const at = column * COUNTER_ROWS + row
    if (COUNTER_COLUMNS[column]?.fraction === true) return this.doubles[at] as number
    return (this.words[2 * at + 1] as number) * 2 ** 32 + (this.words[2 * at] as number)
  }

  /** Whether any row has a value in the column. */
  has(column: number): boolean {
    return this.bytes.subarray(this.maskOffset(column), this.maskOffset(column + 1)).some((byte) => byte !== 0)
  }

  /** Where the column's values begin in the buffer. */
  valuesOffset(column: number): number {
    return column * COUNTER_ROWS * 8
  }

  /** Where its bits begin. */
  maskOffset(column: number): number {
    return MASKS + column * MASK_BYTES
  }

  private setValid(column: number): void {
    const at = MASKS + column * MASK_BYTES + (this.rows >> 3)
    this.bytes[at] = (this.bytes[at] as number) | (1 << (this.rows & 7))
  }
}

/** Index of a column by its name in the database. */
export function columnOf(name: (typeof HEAD)[number]): number {
  return HEAD.indexOf(name)
}

/** Index of a counter's column. */
export function columnOfCounter(name: CounterName): number {
  return HEAD.length + COUNTERS.findIndex((entry) => entry.name === name)
}

/** `in.bytes` → `in_bytes` */
export function counterColumn(name: CounterName): string {
  return name.replaceAll('.', '_')
}
