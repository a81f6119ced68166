/** Writing single values into a batch, for decoders that are written by hand. See batch.ts for the layout. */
import { COLUMNS, type StoredFieldName } from '../../shared/schema/fields.ts'
import { layout, columnIndex, maskIndex, type Batch } from './batch.ts'

/** Where a field stands in every batch. */
export interface Slot {
  /** Index in `Batch.columns`; of addresses the high half's. */
  readonly column: number
  /** Index in `Batch.masks`. */
  readonly mask: number
  /** Index of row 0 in the batch's bytes, 16-bit or 32-bit words, by the width of the field. */
  readonly first: number
  /** The same of an address's low half. */
  readonly firstLow: number
  /** Index of the mask's first byte in the batch's bytes. */
  readonly valid: number
}

export function slot(name: StoredFieldName): Slot {
  const column = columnIndex(name)
  const mask = maskIndex(name)
  const first = (index: number): number =>
    (layout().columns[index] as number) / Math.min(COLUMNS[index]?.part.width ?? 1, 4)
  const two = COLUMNS[column + 1]?.field === COLUMNS[column]?.field
  return {
    column,
    mask,
    first: first(column),
    firstLow: two ? first(column + 1) : -1,
    valid: layout().masks[mask] as number,
  }
}

/** The values of a field whose width is one byte, two bytes, or a multiple of four; of addresses the high halves. */
export function bytesOf(batch: Batch, at: Slot): Uint8Array {
  return batch.columns[at.column] as Uint8Array
}
export function words16Of(batch: Batch, at: Slot): Uint16Array {
  return batch.columns[at.column] as Uint16Array
}
export function words32Of(batch: Batch, at: Slot): Uint32Array {
  return batch.columns[at.column] as Uint32Array
}

export function maskOf(batch: Batch, at: Slot): Uint8Array {
  return batch.masks[at.mask] as Uint8Array
}

export function put8(batch: Batch, at: Slot, row: number, value: number): void {
  batch.bytes[at.first + row] = value
  setValid(batch, at, row)
}

export function put16(batch: Batch, at: Slot, row: number, value: number): void {
  batch.words16[at.first + row] = value
  setValid(batch, at, row)
}

export function put32(batch: Batch, at: Slot, row: number, value: number): void {
  batch.words32[at.first + row] = value
  setValid(batch, at, row)
}

/** A value of 64 bits in two words. */
export function put64(batch: Batch, at: Slot, row: number, high: number, low: number): void {
  const place = at.first + 2 * row
  batch.words32[place] = low
  batch.words32[place + 1] = high
  setValid(batch, at, row)
}

/** A whole number up to 2^53. */
export function putNumber(batch: Batch, at: Slot, row: number, value: number): void {
  const low = value >>> 0
  put64(batch, at, row, (value - low) / 0x1_0000_0000, low)
}

/** An address as four words, most significant first. */
export function putAddress(batch: Batch, at: Slot, row: number, w0: number, w1: number, w2: number, w3: number): void {
  put64(batch, at, row, w0, w1)
  const place = at.firstLow + 2 * row
  batch.words32[place] = w3
  batch.words32[place + 1] = w2
}

/** The IPv4 address that stands in 4 bytes. */
export function putV4(batch: Batch, at: Slot, row: number, view: DataView, from: number): void {
  putAddress(batch, at, row, 0, 0, 0xffff, view.getUint32(from))
}

/** The IPv6 address that stands in 16 bytes. */
export function putV6(batch: Batch, at: Slot, row: number, view: DataView, from: number): void {
  putAddress(
    batch,
    at,
    row,
    view.getUint32(from),
    view.getUint32(from + 4),
    view.getUint32(from + 8),
    view.getUint32(from + 12),
  )
}

/** The Ethernet address that stands in 6 bytes. */
export function putMac(batch: Batch, at: Slot, row: number, view: DataView, from: number): void {
  put64(batch, at, row, view.getUint16(from), view.getUint32(from + 2))
}

function setValid(batch: Batch, at: Slot, row: number): void {
  const place = at.valid + (row >> 3)
  batch.bytes[place] = (batch.bytes[place] as number) | (1 << (row & 7))
}
