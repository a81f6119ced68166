/**
 * Which of the fields that most packets have stand in a row, as bits of one number: to set a bit in some 25 masks for
 * each row takes as long as to read the packet, so rows that follow one another are marked together.
 */
import type { StoredFieldName } from '../../shared/schema/fields.ts'
import type { Batch } from './batch.ts'
import { slot, type Slot } from './slots.ts'

/** At most 31. */
const MARKED = [
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
  'out.vlan',
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

/** Marks `count` rows from `first` on, at most 32, each with its own of `marks`. */
export function writeMarks(batch: Batch, first: number, count: number, marks: Int32Array): void {
  const { words32 } = batch
  const word = first >> 5
  const shift = first & 31
  const ones = -1 >>> (32 - count)
  let all = -1
  let any = 0
  for (let i = 0; i < count; i++) {
    const own = marks[i] as number
    all &= own
    any |= own
  }
  while (any !== 0) {
    const bit = 31 - Math.clz32(any)
    any ^= 1 << bit
    let rows = ones
    if (((all >>> bit) & 1) === 0) {
      rows = 0
      for (let i = 0; i < count; i++) rows |= (((marks[i] as number) >>> bit) & 1) << i
    }
    const at = ((MASKS[bit] as number) + word) | 0
    words32[at] = (words32[at] as number) | (rows << shift)
    if (shift + count > 32) words32[(at + 1) | 0] = (words32[(at + 1) | 0] as number) | (rows >>> (32 - shift))
  }
}
