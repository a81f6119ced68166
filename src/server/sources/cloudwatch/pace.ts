/** Keeps calls under a quota: one after the other, with so much time between. */

/**
 * FilterLogEvents may be called 5 times a second for each account and region ("CloudWatch Logs quotas"). One in five is left
 * to others.
 */
export const FILTER_LOG_EVENTS_MS = 250

export class Pace {
  private readonly spacingMs: number
  private nextMs = -Infinity

  constructor(spacingMs: number) {
    this.spacingMs = spacingMs
  }

  /** Milliseconds until the call may be made; it is counted as made then. */
  take(nowMs: number): number {
    // A clock that was set back must not stop everything.
    if (this.nextMs > nowMs + LONGEST_MS) this.nextMs = nowMs
    const atMs = Math.max(nowMs, this.nextMs)
    this.nextMs = atMs + this.spacingMs
    return atMs - nowMs
  }

  /** No call for so long: AWS said that there were too many. */
  hold(nowMs: number, forMs: number): void {
    this.nextMs = Math.max(this.nextMs, nowMs + forMs)
  }
}

const LONGEST_MS = 120_000
const PACES = new Map<string, Pace>()

/** All sources that share a quota have the same one: `key` names account and region as far as they are known. */
export function paceOf(key: string): Pace {
  const pace = PACES.get(key) ?? new Pace(FILTER_LOG_EVENTS_MS)
  PACES.set(key, pace)
  return pace
}
