/** Taking rows out of a batch. */
import { STORED_FIELDS, columnsOf } from '../../../shared/schema/fields.ts'
import { BATCH_ROWS, columnIndex, type Batch, type Words } from '../batch.ts'

/** Rows that stay, of the batch that is being looked at. */
const kept = new Uint16Array(BATCH_ROWS)

/** Keeps the rows from `from` on that `fits` says, in their order, and gives how many went. */
export function keepRows(batch: Batch, from: number, fits: (row: number) => boolean): number {
  const { rows } = batch
  let count = 0
  for (let row = from; row < rows; row++) if (fits(row)) kept[count++] = row
  const gone = rows - from - count
  if (gone === 0) return 0
  STORED_FIELDS.forEach((field, i) => {
    // A field that no row has need not be moved.
    if (!moveBits(batch.masks[i] as Uint8Array, from, count, rows)) return
    const first = columnIndex(field.name)
    columnsOf(field).forEach(({ part }, j) => move(batch.columns[first + j] as Words, part.width === 8, from, count))
  })
  batch.rows = from + count
  return gone
}

/** False where no bit was set. */
function moveBits(mask: Uint8Array, from: number, count: number, rows: number): boolean {
  let any = 0
  for (let at = from >> 3; at <= (rows - 1) >> 3; at++) any |= mask[at] as number
  if (any === 0) return false
  for (let i = 0; i < count; i++) {
    const row = kept[i] as number
    setBit(mask, from + i, ((mask[row >> 3] as number) >> (row & 7)) & 1)
  }
  for (let row = from + count; row < rows; row++) setBit(mask, row, 0)
  return true
}

function setBit(mask: Uint8Array, row: number, bit: number): void {
  const at = row >> 3
  mask[at] = ((mask[at] as number) & ~(1 << (row & 7))) | (bit << (row & 7))
}

function move(values: Words, isLong: boolean, from: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const row = kept[i] as number
    if (isLong) {
      values[2 * (from + i)] = values[2 * row] as number
      values[2 * (from + i) + 1] = values[2 * row + 1] as number
    } else values[from + i] = values[row] as number
  }
}
