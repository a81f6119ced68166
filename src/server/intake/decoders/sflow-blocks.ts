/** What is the same in many structures of an sFlow datagram: addresses, texts, and content with its format and length. */
import type { Batch } from '../batch.ts'
import { put32, type Slot } from '../slots.ts'

/*
 * address: 0 (u32) | 1 (u32), IPv4 (4 octets) | 2 (u32), IPv6 (16 octets).
 */
/** Where an address that starts at `at` ends, or -1 where it is none or not all there. */
export function addressEnd(view: DataView, at: number, end: number): number {
  if (at + 4 > end) return -1
  const type = view.getUint32(at)
  const next = type === 0 ? at + 4 : type === 1 ? at + 8 : type === 2 ? at + 20 : -1
  return next <= end ? next : -1
}

/** Where a sample or record ends whose format stands at `at`, with its length after it; -1 beyond `end`. */
export function blockEnd(view: DataView, at: number, end: number): number {
  if (((at + 8) | 0) > end) return -1
  // Math.min: as a number that also fits into 31 bits it is compared without a detour over doubles.
  const length = Math.min(view.getUint32((at + 4) | 0), 0x7fff_ffff)
  return length <= ((end - at - 8) | 0) ? (at + 8 + length) | 0 : -1
}

/** Where a text ends whose length (u32) stands at `at`, filled up to 4 octets; -1 beyond `end`. */
export function textEnd(view: DataView, at: number, end: number): number {
  if (at + 4 > end) return -1
  const length = view.getUint32(at)
  return length <= end - at - 4 ? Math.min(end, (at + 4 + ((length + 3) & ~3)) | 0) : -1
}

/** The text whose length stands at `at`, and which is all there; false where it is empty. */
export function putText(to: Slot, view: DataView, at: number, batch: Batch, row: number): boolean {
  const length = view.getUint32(at)
  if (length === 0) return false
  const bytes = new Uint8Array(view.buffer, view.byteOffset + at + 4, length)
  put32(batch, to, row, batch.texts.intern(bytes, 0, length))
  return true
}
