/**
 * First start and last end of each block of a partition's rows. Rows are only ever added, so a full block never changes:
 * a question that has it wholly in its range can take its sums as they were worked out before.
 */
import { ROW_GROUP_ROWS } from './schema.ts'
import type { Bounds } from './sql/source.ts'

export const BLOCK_ROWS = 2 * ROW_GROUP_ROWS

/** Rows `[from, to)` that are alike to a question: wholly in its range, or to be looked at one by one. */
export interface RowRun {
  readonly from: number
  readonly to: number
  readonly inside: boolean
}

/** Runs of rows in one statement; past that, runs are joined and looked at one by one. */
const MOST_RUNS = 8

export class Blocks {
  /** Rows from the beginning whose blocks are not known yet: they were there when the file was opened. */
  unknownRows: number
  private readonly minStart: number[] = []
  private readonly maxEnd: number[] = []

  constructor(unknownRows: number) {
    this.unknownRows = unknownRows
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
