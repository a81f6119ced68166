/** When something was last told of, for a bounded number of them; the oldest make room. */
export class LastSeen {
  private readonly most: number
  private readonly times = new Map<string, number>()

  constructor(most: number) {
    this.most = most
  }

  /** Notes it; gives when it was before. */
  note(key: string, atMs: number): number | undefined {
    const before = this.forget(key)
    this.times.set(key, atMs)
    if (this.times.size > this.most) {
      const oldest = this.times.keys().next()
      if (!oldest.done) this.times.delete(oldest.value)
    }
    return before
  }

  /** Lets go of it; gives when it was. */
  forget(key: string): number | undefined {
    const before = this.times.get(key)
    if (before !== undefined) this.times.delete(key)
    return before
  }
}
