/** Random numbers that are the same for the same seed: sfc32 (Chris Doty-Humphrey's small fast counter). */
export class Random {
  private a: number
  private b: number
  private c: number
  private counter = 1

  /** Any two numbers; each pair gives a sequence of its own. */
  constructor(seed: number, stream = 0) {
    this.a = seed | 0
    this.b = stream | 0
    this.c = (Math.floor(seed / 4_294_967_296) ^ Math.imul(Math.floor(stream / 4_294_967_296), 0x9e3779b1)) | 0
    for (let i = 0; i < 12; i++) this.word()
  }

  /** 32 random bits. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + sum
    return sum >>> 0
  }

  /** In [0, 1). */
  next(): number {
    return this.word() / 4_294_967_296
  }

  /** Whole number in [0, n). */
  below(n: number): number {
    return Math.floor(this.next() * n)
  }

  /** Whole number in [low, high]. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1)
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  /** One of a list, the first ones more often the greater `skew` is: 1 is even, 3 gives a tenth of them half of all. */
  pick<T>(list: readonly T[], skew = 1): T {
    return list[Math.floor(list.length * this.next() ** skew)] as T
  }

  /** Standard normal (Box and Muller). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next())
  }

  /** Half of all are below `median`; two thirds lie within a factor of e^sigma of it. */
  logNormal(median: number, sigma: number): number {
    return median * Math.exp(sigma * this.normal())
  }

  /** How often something happens that happens `mean` times on average. */
  poisson(mean: number): number {
    if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    let product = this.next()
    // Mostly, for a small mean: e^-x ≥ 1 - x.
    if (product <= 1 - mean) return 0
    const limit = Math.exp(-mean)
    let count = 0
    for (; product > limit; product *= this.next()) count++
    return count
  }

  /** In place (Fisher and Yates). */
  shuffle<T>(list: T[]): T[] {
    for (let i = list.length - 1; i > 0; i--) {
      const j = this.below(i + 1)
      const held = list[i] as T
      list[i] = list[j] as T
      list[j] = held
    }
    return list
  }
}
