/**
 * Events that were taken and may come again, by the time that each has: what can come no more is forgotten by whole
 * stretches of time. An event costs 16 to 32 bytes (`RecordIds`), so two hours of 1,000 events a second at most 230 MB.
 */
import { RecordIds } from '../../intake/record-ids.ts'

export class Seen {
  size = 0
  private readonly stretchMs: number
  private readonly stretches = new Map<number, RecordIds>()

  constructor(overlapMs: number) {
    this.stretchMs = Math.max(60_000, Math.ceil(overlapMs / 16))
  }

  /** Whether it was not there before. */
  add(timestampMs: number, high: number, low: number): boolean {
    const at = Math.floor(timestampMs / this.stretchMs)
    let ids = this.stretches.get(at)
    if (!ids) this.stretches.set(at, (ids = new RecordIds()))
    if (!ids.add(high, low)) return false
    this.size++
    return true
  }

  /** Forgets stretches that end before that moment. */
  forget(beforeMs: number): void {
    for (const at of this.stretches.keys()) if ((at + 1) * this.stretchMs <= beforeMs) this.drop(at)
  }

  /** Forgets the oldest stretch; gives where it ended. */
  forgetOldest(): number {
    const at = Math.min(...this.stretches.keys())
    this.drop(at)
    return (at + 1) * this.stretchMs
  }

  private drop(at: number): void {
    this.size -= this.stretches.get(at)?.size ?? 0
    this.stretches.delete(at)
  }
}
