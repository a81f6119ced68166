/** How long to wait after failures: longer each time, never all at the same moment. */
export class Backoff {
  private failures = 0
  private readonly random: () => number
  private readonly firstMs: number
  private readonly longestMs: number

  constructor({ firstMs = 1000, longestMs = 60_000, random = Math.random } = {}) {
    this.firstMs = firstMs
    this.longestMs = longestMs
    this.random = random
  }

  /** Milliseconds until the next try: between a half and the whole of what has doubled with each failure. */
  failed(): number {
    const whole = Math.min(this.longestMs, this.firstMs * 2 ** Math.min(this.failures++, 30))
    return Math.round(whole * (0.5 + this.random() / 2))
  }

  worked(): void {
    this.failures = 0
  }
}
