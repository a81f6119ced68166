/**
 * First start and last end of each block of a partition's rows. Rows are only ever added, so a full block never changes:
 * a question that has it wholly in its range can take its sums as they were worked out before.
 */
import { isCountFrom, isListOf, isNumber, isObject, type Checked } from './checks.ts'
import { ROW_GROUP_ROWS } from '../schema.ts'
import type { Bounds } from '../sql/source.ts'

export const BLOCK_ROWS = 2 * ROW_GROUP_ROWS

/** Rows `[from, to)` that are alike to a question: wholly in its range, or to be looked at one by one. */
export interface RowRun {
  readonly from: number
  readonly to: number
  readonly inside: boolean
}

/** Runs of rows in one statement; past that, runs are joined and looked at one by one. */
const MOST_RUNS = 8
/** Pairs of bounds that are noted of a file, 14 letters each; of more blocks, several are put together. */
const MOST_NOTED = 4096

/** How far blocks reach, as it is written down between two runs. */
export const isNotedBlocks = isObject({
  /** So many blocks have their bounds together. */
  each: isCountFrom(1),
  /** The first start; then of all blocks their start after it, and how much later than that they end. */
  fromMs: isNumber,
  bounds: isListOf(isNumber),
})
export type NotedBlocks = Checked<typeof isNotedBlocks>

export class Blocks {
  /** Rows from the beginning whose blocks are not known yet: they were there when the file was opened. */
  unknownRows: number
  private readonly minStart: number[] = []
  private readonly maxEnd: number[] = []

  constructor(unknownRows: number) {
    this.unknownRows = unknownRows
  }

  /** As they were noted of a file with so many rows; null where they are not those. */
  static recall({ each, fromMs, bounds }: NotedBlocks, rows: number): Blocks | null {
    const count = Math.ceil(rows / BLOCK_ROWS)
    if (bounds.length !== 2 * Math.ceil(count / each)) return null
    const blocks = new Blocks(0)
    for (let block = 0; block < count; block++) {
      const i = 2 * Math.floor(block / each)
      const start = fromMs + (bounds[i] as number)
      blocks.add(block, start, start + (bounds[i + 1] as number))
    }
    return blocks
  }

  /** To be written down for `recall`; null where they are not known. */
  note(): NotedBlocks | null {
    const { minStart, maxEnd } = this
    if (this.unknownRows > 0 || minStart.length === 0) return null
    const each = Math.ceil(minStart.length / MOST_NOTED)
    const fromMs = Math.min(...minStart.slice(0, each))
    const bounds: number[] = []
    for (let block = 0; block < minStart.length; block += each) {
      const start = Math.min(...minStart.slice(block, block + each))
      bounds.push(start - fromMs, Math.max(...maxEnd.slice(block, block + each)) - start)
    }
    return { each, fromMs, bounds }
  }

  add(block: number, minStart: number, maxEnd: number): void {
    this.minStart[block] = Math.min(this.minStart[block] ?? Number.POSITIVE_INFINITY, minStart)
    this.maxEnd[block] = Math.max(this.maxEnd[block] ?? Number.NEGATIVE_INFINITY, maxEnd)
  }

  /** The rows that a question has to read, of the first so many. */
  runs({ fromMs, toMs }: Bounds, rows: number): RowRun[] {
    const runs: { from: number; to: number; inside: boolean }[] = []
    for (let from = 0; from < rows; from += BLOCK_ROWS) {
      const block = from / BLOCK_ROWS
      const start = this.minStart[block] ?? Number.NEGATIVE_INFINITY
      const end = this.maxEnd[block] ?? Number.POSITIVE_INFINITY
      if (start >= toMs || end < fromMs) continue
      const inside = start >= fromMs && end < toMs
      const to = Math.min(from + BLOCK_ROWS, rows)
      const last = runs.at(-1)
      if (last?.to === from && last.inside === inside) last.to = to
      else runs.push({ from, to, inside })
    }
    const [first] = runs
    const last = runs.at(-1)
    return runs.length > MOST_RUNS && first && last ? [{ from: first.from, to: last.to, inside: false }] : runs
  }
}
