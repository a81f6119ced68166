/**
 * Which of the fields that most packets have stand in a row, as bits of one number: to set a bit in some 25 masks for
 * each row takes as long as to read the packet, so rows that follow one another are marked together.
 */
import type { StoredFieldName } from '../../shared/schema/fields.ts'
import type { Batch } from './batch.ts'
import { slot, type Slot } from './slots.ts'

/** At most 31. */
const MARKED = [
  'start',
  'end',
  'received',
  'exporter',
  'domain',
  'source.type',
  'packets',
  'sampling.source',
  'src.mac',
  'dst.mac',
  'vlan',
  'ip.version',
  'tos',
  'ttl',
  'proto',
  'src.ip',
  'dst.ip',
  'src.port',
  'dst.port',
  'tcp.flags',
  'icmp.type',
  'icmp.code',
  'bytes',
  'bytes.l2',
  'sampling.rate',
  'in.if',
  'out.if',
  'direction',
] as const satisfies readonly StoredFieldName[]

export type MarkedField = (typeof MARKED)[number]

/** A field whose values are written without their mask; `bit` stands for it among the marks. */
export interface MarkedSlot extends Slot {
  readonly bit: number
}

export function markedSlot(name: MarkedField): MarkedSlot {
  return { ...slot(name), bit: 1 << MARKED.indexOf(name) }
}

/** By bit: index of the mask's first word in `Batch.words32`. */
const MASKS = Int32Array.from(MARKED, (name) => slot(name).valid / 4)

/** Marks what one row has. */
export function markRow(batch: Batch, row: number, marks: number): void {
  const { words32 } = batch
  const word = row >> 5
  for (let left = marks; left !== 0;) {
    const bit = 31 - Math.clz32(left)
    left ^= 1 << bit
    const at = ((MASKS[bit] as number) + word) | 0
    words32[at] = (words32[at] as number) | (1 << (row & 31))
  }
}

/** Marks `count` rows from `first` on with all of the marks; `count` is at most 32. */
export function markRows(batch: Batch, first: number, count: number, marks: number): void {
  const { words32 } = batch
  const word = first >> 5
  const ones = count === 32 ? -1 : (1 << count) - 1
  const shift = first & 31
  const here = ones << shift
  const beyond = shift === 0 ? 0 : ones >>> (32 - shift)
  for (let left = marks; left !== 0;) {
    const bit = 31 - Math.clz32(left)
    left ^= 1 << bit
    const at = ((MASKS[bit] as number) + word) | 0
    words32[at] = (words32[at] as number) | here
    if (beyond !== 0) words32[at + 1] = (words32[at + 1] as number) | beyond
  }
}

/** Marks of rows that follow one another, until they are written. */
export class RowMarks {
  private readonly marks = new Int32Array(32)
  private first = 0
  private count = 0

  /** Forgets what was not written. */
  clear(): void {
    this.count = 0
  }

  /** Takes the marks of the row after the last one. */
  add(batch: Batch, row: number, marks: number): void {
    if (this.count === 0) this.first = row
    this.marks[this.count++] = marks
    if (this.count === 32) this.write(batch)
  }

  /** Writes what is there: what all rows have at once, the rest row by row. */
  write(batch: Batch): void {
    const { marks, first, count } = this
    if (count === 0) return
    let all = -1
    for (let i = 0; i < count; i++) all &= marks[i] as number
    markRows(batch, first, count, all)
    for (let i = 0; i < count; i++) markRow(batch, first + i, (marks[i] as number) & ~all)
    this.count = 0
  }
}
