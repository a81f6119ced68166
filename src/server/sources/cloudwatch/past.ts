/** Stretches of the past that are still to be read, a piece at a time, the newest first. */
import { z } from 'zod'

const RANGES = z.array(
  z.object({
    fromMs: z.number(),
    /** Not included. */
    toMs: z.number(),
    /** Since when flows of it may have been taken: identities in the store from then on say which. */
    sinceMs: z.number(),
    /** Whether it is a gap of the live tail, part of which was taken long before. */
    isGap: z.boolean(),
  }),
)
/** As it is saved: what comes next follows from it, so that a piece which was broken off is read again as it was. */
export const PAST = z.object({ ranges: RANGES, pieceMs: z.number().positive() })

export type PastPlace = z.output<typeof PAST>
type PastRange = PastPlace['ranges'][number]

export const FIRST_PIECE_MS = 10 * 60_000
const SHORTEST_PIECE_MS = 60_000
const LONGEST_PIECE_MS = 3_600_000
/** Pages of a piece: its events are kept apart in memory until it is done. */
const FEW_PAGES = 4
const MANY_PAGES = 32

export interface Piece {
  readonly fromMs: number
  /** Not included. */
  readonly toMs: number
}

export class Past {
  place: PastPlace
  /** Of this run: how much of the log was read, in how much time. */
  private readMs = 0
  private tookMs = 0

  constructor(place: PastPlace) {
    this.place = place
  }

  get restMs(): number {
    return this.place.ranges.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
  }

  get doneMs(): number {
    return this.readMs
  }

  /** About how long the rest takes, by what this run took; null before the first piece. */
  get remainingMs(): number | null {
    return this.readMs === 0 ? null : Math.round((this.restMs * this.tookMs) / this.readMs)
  }

  /** Null where there is nothing more. */
  next(): Piece | null {
    const { ranges, pieceMs } = this.place
    const range = ranges.at(-1)
    return range ? { fromMs: Math.max(range.fromMs, range.toMs - pieceMs), toMs: range.toMs } : null
  }

  done({ fromMs, toMs }: Piece, pages: number, tookMs: number, nowMs: number): void {
    this.readMs += toMs - fromMs
    this.tookMs += tookMs
    const { ranges, pieceMs } = this.place
    const range = ranges.at(-1) as PastRange
    const rest = { ...range, toMs: fromMs, sinceMs: range.isGap ? range.sinceMs : nowMs }
    this.place = {
      ranges: [...ranges.slice(0, -1), ...(fromMs > range.fromMs ? [rest] : [])],
      pieceMs:
        pages <= FEW_PAGES
          ? Math.min(LONGEST_PIECE_MS, pieceMs * 2)
          : pages > MANY_PAGES
            ? Math.max(SHORTEST_PIECE_MS, Math.round(pieceMs / 2))
            : pieceMs,
    }
  }
}
