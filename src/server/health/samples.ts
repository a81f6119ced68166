/** What the counters were a while ago: for rates over the last seconds, and for losses of the last minutes. */
import type { Counters, CounterName } from '../counters.ts'
import { LOSS_NAMES, type LossName } from '../../shared/losses.ts'

/** Rates are averages over so many seconds. */
const RATE_SECONDS = 10
/** "Lately" reaches this far back. */
export const LATELY_MS = 10 * 60_000
const LOSS_STEP_MS = 15_000
const RATED = ['datagrams', 'flows', 'stored'] as const satisfies readonly CounterName[]

export class Samples {
  private readonly counters: Counters
  private readonly seconds: { atMs: number; values: readonly number[] }[] = []
  private readonly losses: { atMs: number; values: Partial<Record<LossName, number>> }[] = []

  constructor(counters: Counters, nowMs: number) {
    this.counters = counters
    this.tick(nowMs)
  }

  /** To be called every second; `nowMs` must not go back. */
  tick(nowMs: number): void {
    this.seconds.push({ atMs: nowMs, values: RATED.map((name) => this.counters.get(name)) })
    if (this.seconds.length > RATE_SECONDS + 1) this.seconds.shift()
    if (nowMs - (this.losses.at(-1)?.atMs ?? -LOSS_STEP_MS) < LOSS_STEP_MS) return
    this.losses.push({ atMs: nowMs, values: this.counters.losses() })
    if (this.losses.length > LATELY_MS / LOSS_STEP_MS) this.losses.shift()
  }

  perSecond(): Readonly<Record<(typeof RATED)[number], number>> {
    const first = this.seconds[0] as { atMs: number; values: readonly number[] }
    const last = this.seconds.at(-1) ?? first
    const seconds = (last.atMs - first.atMs) / 1000
    const rates = RATED.map(
      (name, i) =>
        [name, seconds > 0 ? ((last.values[i] as number) - (first.values[i] as number)) / seconds : 0] as const,
    )
    return Object.fromEntries(rates) as Record<(typeof RATED)[number], number>
  }

  /** Losses of the last ten minutes that are not zero. */
  lostLately(): readonly (readonly [LossName, number])[] {
    const before = this.losses[0]?.values ?? {}
    return LOSS_NAMES.flatMap((name) => {
      const n = this.counters.get(name) - (before[name] ?? 0)
      return n > 0 ? [[name, n] as const] : []
    })
  }
}
