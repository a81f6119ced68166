/** Writing single values into a batch, for decoders that are written by hand. See batch.ts for the layout. */
import type { StoredFieldName } from '../../shared/schema/fields.ts'
import { columnIndex, maskIndex, setValid, type Batch } from './batch.ts'

/** Where a field stands in every batch. */
export interface Slot {
  readonly column: number
  readonly mask: number
}

export function slot(name: StoredFieldName): Slot {
  return { column: columnIndex(name), mask: maskIndex(name) }
}

/** The field's values; for addresses the high halves. */
export function valuesOf<W extends Uint8Array | Uint16Array | Uint32Array>(batch: Batch, at: Slot): W {
  return batch.columns[at.column] as W
}

export function maskOf(batch: Batch, at: Slot): Uint8Array {
  return batch.masks[at.mask] as Uint8Array
}

export function put8(batch: Batch, at: Slot, row: number, value: number): void {
  valuesOf<Uint8Array>(batch, at)[row] = value
  setValid(maskOf(batch, at), row)
}

export function put16(batch: Batch, at: Slot, row: number, value: number): void {
  valuesOf<Uint16Array>(batch, at)[row] = value
  setValid(maskOf(batch, at), row)
}

export function put32(batch: Batch, at: Slot, row: number, value: number): void {
  valuesOf<Uint32Array>(batch, at)[row] = value
  setValid(maskOf(batch, at), row)
}

/** A value of 64 bits in two words. */
export function put64(batch: Batch, at: Slot, row: number, high: number, low: number): void {
  const words = valuesOf<Uint32Array>(batch, at)
  words[2 * row] = low
  words[2 * row + 1] = high
  setValid(maskOf(batch, at), row)
}

/** A whole number up to 2^53. */
export function putNumber(batch: Batch, at: Slot, row: number, value: number): void {
  put64(batch, at, row, Math.floor(value / 0x1_0000_0000), value % 0x1_0000_0000)
}

/** The product of two 32-bit numbers, exact to 64 bits. */
export function putProduct(batch: Batch, at: Slot, row: number, a: number, b: number): void {
  const lower = a * (b & 0xffff)
  const upper = a * (b >>> 16) + Math.floor(lower / 0x1_0000)
  put64(batch, at, row, Math.floor(upper / 0x1_0000), (upper % 0x1_0000) * 0x1_0000 + (lower % 0x1_0000))
}

/** An address as four words, most significant first. */
export function putAddress(batch: Batch, at: Slot, row: number, words: readonly [number, number, number, number]): void {
  put64(batch, at, row, words[0], words[1])
  const low = batch.columns[at.column + 1] as Uint32Array
  low[2 * row] = words[3]
  low[2 * row + 1] = words[2]
}

/** The IPv4 address of 4 bytes. */
export function putV4(batch: Batch, at: Slot, row: number, bytes: Uint8Array, from: number): void {
  put64(batch, at, row, 0, 0)
  const low = batch.columns[at.column + 1] as Uint32Array
  low[2 * row] = u32(bytes, from)
  low[2 * row + 1] = 0xffff
}

/** The IPv6 address of 16 bytes. */
export function putV6(batch: Batch, at: Slot, row: number, bytes: Uint8Array, from: number): void {
  put64(batch, at, row, u32(bytes, from), u32(bytes, from + 4))
  const low = batch.columns[at.column + 1] as Uint32Array
  low[2 * row] = u32(bytes, from + 12)
  low[2 * row + 1] = u32(bytes, from + 8)
}

/** The Ethernet address of 6 bytes. */
export function putMac(batch: Batch, at: Slot, row: number, bytes: Uint8Array, from: number): void {
  put64(batch, at, row, u16(bytes, from), u32(bytes, from + 2))
}

/** Two bytes in network order; the caller knows that they are there. */
export function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}

/** Four bytes in network order; the caller knows that they are there. */
export function u32(bytes: Uint8Array, at: number): number {
  return (((bytes[at] as number) << 24) | ((bytes[at + 1] as number) << 16) | ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number)) >>> 0
}
