/** Where a source of CloudWatch Logs goes on after a restart, for each of its groups. */
import { z } from 'zod'
import { FIRST_PIECE_MS, PAST } from './past.ts'

/** Received is told by this machine's clock, what happened by AWS's; signatures are refused from 15 minutes between them on. */
const CLOCKS_APART_MS = 30 * 60_000

const GROUP = z.object({
  /** Since when the live tail reads; what happened before is of the past. */
  startMs: z.number(),
  /** When the last look at the whole overlap began. */
  scannedMs: z.number().nullable(),
  /** What happened before was not asked for. */
  earliestMs: z.number(),
  past: PAST,
})
export const POSITION = z.object({ groups: z.record(z.string(), GROUP) })
export type GroupPosition = z.output<typeof GROUP>

export interface PositionOptions {
  readonly overlapMs: number
  /** From when on the past is wished for. */
  readonly fromMs: number | undefined
}

/** Where a group begins, or goes on. */
export function startOf(saved: GroupPosition | undefined, nowMs: number, options: PositionOptions): GroupPosition {
  const { overlapMs, fromMs } = options
  const startMs = nowMs - overlapMs
  if (!saved) {
    const position = { startMs, scannedMs: null, earliestMs: startMs, past: { ranges: [], pieceMs: FIRST_PIECE_MS } }
    return withPast(position, fromMs, nowMs)
  }
  return withPast(withGap(saved, startMs, overlapMs), fromMs, nowMs)
}

/** Identities of flows that came from then on say what was taken before. */
export function takenSince({ startMs, scannedMs, past }: GroupPosition, overlapMs: number): number {
  const live = scannedMs === null ? startMs : Math.max(startMs, scannedMs - overlapMs)
  return Math.min(live, ...past.ranges.map(({ sinceMs }) => sinceMs)) - CLOCKS_APART_MS
}

/** What was missed in a long pause is read like the past, beside what comes now. */
function withGap(position: GroupPosition, startMs: number, overlapMs: number): GroupPosition {
  const { scannedMs, past } = position
  const goneMs = scannedMs ?? position.startMs + overlapMs
  if (goneMs >= startMs) return position
  const fromMs = Math.max(position.startMs, goneMs - overlapMs)
  const gap = { fromMs, toMs: startMs, sinceMs: fromMs, isGap: true }
  return { ...position, startMs, scannedMs: null, past: { ...past, ranges: [...past.ranges, gap] } }
}

/** The past goes further back than was asked for before. */
function withPast(position: GroupPosition, fromMs: number | undefined, nowMs: number): GroupPosition {
  const { earliestMs, past } = position
  if (fromMs === undefined || fromMs >= earliestMs) return position
  const range = { fromMs, toMs: earliestMs, sinceMs: nowMs, isGap: false }
  return { ...position, earliestMs: fromMs, past: { ...past, ranges: [range, ...past.ranges] } }
}
