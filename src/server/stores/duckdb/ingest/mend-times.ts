/** Times that cannot be, mended before they are stored. */
import { columnIndex, isValid, maskIndex, setValid, type Batch } from '../../../intake/batch.ts'

/** 2100-01-01, in units of 2^32 ms: what ends later is no time. */
const LATEST_HIGH = Math.floor(Date.UTC(2100, 0) / 2 ** 32)

const START = columnIndex('start')
const END = columnIndex('end')
const RECEIVED = columnIndex('received')

/**
 * Makes every row have times that the store can rely on: `received` before 2100, else now; `end` before 2100, else
 * `received`; `start` not after `end`, else `end`. Exporters that send nonsense must not make questions fail.
 */
export function mendTimes(batch: Batch, nowMs: number): void {
  const start = batch.columns[START] as Uint32Array
  const end = batch.columns[END] as Uint32Array
  const received = batch.columns[RECEIVED] as Uint32Array
  const startMask = batch.masks[maskIndex('start')] as Uint8Array
  const endMask = batch.masks[maskIndex('end')] as Uint8Array
  const receivedMask = batch.masks[maskIndex('received')] as Uint8Array
  const copy = (to: Uint32Array, from: Uint32Array, row: number) => {
    to[2 * row] = from[2 * row] as number
    to[2 * row + 1] = from[2 * row + 1] as number
  }
  const now = new Uint32Array([nowMs % 2 ** 32, Math.floor(nowMs / 2 ** 32)])
  for (let row = 0; row < batch.rows; row++) {
    const low = 2 * row
    const high = low + 1
    if ((received[high] as number) >= LATEST_HIGH || !isValid(receivedMask, row)) {
      received.set(now, low)
      setValid(receivedMask, row)
    }
    if ((end[high] as number) >= LATEST_HIGH || !isValid(endMask, row)) {
      copy(end, received, row)
      setValid(endMask, row)
    }
    const late = (start[high] as number) - (end[high] as number) || (start[low] as number) - (end[low] as number)
    if (late > 0 || !isValid(startMask, row)) {
      copy(start, end, row)
      setValid(startMask, row)
    }
  }
}
