/**
 * Which stretch of a log is read next, so that what comes late is found too. Events come minutes after they happened, some
 * much later, so the last two hours (`overlap`) are read again and again; all of them each time would be the same hundreds
 * of times. Most looks reach back one stretch, every second one two, every fourth one four, and so on up to the whole
 * overlap: an event that came late is found after a sixth to a third of its lateness more, for a tenth of the calls.
 */

/** The shortest look back, in intervals. */
const INTERVALS = 6
const SHORTEST_MS = 60_000

export interface TailPlace {
  /** What happened before is not this tail's. */
  readonly startMs: number
  /** When the last look at the whole overlap began; null before the first. */
  readonly scannedMs: number | null
}

export interface Look {
  readonly fromMs: number
  readonly beganMs: number
  readonly level: number
}

export class Tail {
  startMs: number
  scannedMs: number | null
  private readonly overlapMs: number
  private readonly depthsMs: readonly number[]
  /** When the last look of that depth or a greater one began. */
  private readonly last: (number | null)[]
  private looks = 0

  constructor(overlapMs: number, intervalMs: number, { startMs, scannedMs }: TailPlace) {
    this.startMs = startMs
    this.scannedMs = scannedMs
    this.overlapMs = overlapMs
    const depthsMs: number[] = []
    for (let depth = Math.max(SHORTEST_MS, INTERVALS * intervalMs); depth < overlapMs; depth *= 2) depthsMs.push(depth)
    this.depthsMs = [...depthsMs, overlapMs]
    this.last = this.depthsMs.map(() => scannedMs)
  }

  /** The first look after a start is at everything that may have come since the last whole one. */
  next(nowMs: number): Look {
    const top = this.depthsMs.length - 1
    const level = this.looks === 0 ? top : Math.min(top, 31 - Math.clz32(this.looks & -this.looks))
    const last = this.last[level] ?? null
    const fromMs = last === null ? this.startMs : last - (this.depthsMs[level] as number)
    return { fromMs: Math.max(this.startMs, fromMs), beganMs: nowMs, level }
  }

  /** All that the look found is taken. */
  done({ beganMs, level }: Look): void {
    this.looks++
    for (let i = 0; i <= level; i++) this.last[i] = beganMs
    if (level === this.depthsMs.length - 1) this.scannedMs = beganMs
  }

  /** No look to come reaches further back. */
  get floorMs(): number {
    return this.scannedMs === null ? this.startMs : Math.max(this.startMs, this.scannedMs - this.overlapMs)
  }
}
