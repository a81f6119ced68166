/** What an exporter's counter samples have told, besides the time series that the store keeps. */
import type { CounterName } from '../../../shared/schema/counters.ts'
import type { Exporter } from '../exporter.ts'
import { takeOption, totalsOf } from '../totals.ts'
import { Budget } from './budget.ts'

/** Samples of an exporter that are kept: so many at once, then so many a second. The largest chassis send fewer. */
const KEPT = { atOnce: 20_000, perSecond: 1000 }

/** What a host says of itself (sFlow structure 2000). */
export interface HostDescription {
  readonly name: string
  readonly release: string
}

export class CounterState {
  /** Samples that came. */
  samples = 0
  /** When a sample of each source was kept last. */
  private readonly sources = new Map<number, number>()
  private readonly budget = new Budget(KEPT.atOnce, KEPT.perSecond)
  /** What its processors, memory and disks said last. */
  readonly latest = new Map<CounterName, number>()
  host: HostDescription | null = null

  /**
   * Whether a sample of the source is to be kept: one in `everyMs`. Counters add up, so nothing is lost with those
   * between. Sources are bounded by `limits.optionsPerExporter`, and `limits.options` in all; samples by a budget, so
   * that none keeps the store from the flows of others.
   */
  isDue(exporter: Exporter, type: number, index: number, receivedMs: number, everyMs: number): boolean {
    const source = type * 2 ** 32 + index
    const before = this.sources.get(source)
    if (before === undefined) {
      if (!takeOption(exporter, this.sources.size)) {
        exporter.lose('decode.optionsFull', 1)
        return false
      }
    } else if (Math.abs(receivedMs - before) < everyMs) return false
    this.sources.set(source, receivedMs)
    if (everyMs === 0) return true
    if (!this.budget.has(receivedMs)) {
      exporter.lose('counters.lost', 1)
      return false
    }
    this.budget.spend()
    return true
  }

  /** Gives back what it takes up of the totals. */
  forget(exporter: Exporter): void {
    totalsOf(exporter.shared).options -= this.sources.size
    this.sources.clear()
  }
}
