/** So many at once, then so many a second: what bounds the cost of work that anybody can ask for. */
export class Budget {
  private readonly most: number
  private readonly perSecond: number
  private left: number
  private atMs = -1

  constructor(most: number, perSecond: number) {
    this.most = most
    this.perSecond = perSecond
    this.left = most
  }

  /** Whether there is some left. */
  has(nowMs: number): boolean {
    if (this.atMs >= 0 && nowMs > this.atMs)
      this.left = Math.min(this.most, this.left + ((nowMs - this.atMs) / 1000) * this.perSecond)
    this.atMs = nowMs
    return this.left >= 1
  }

  spend(): void {
    this.left--
  }
}
