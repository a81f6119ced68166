/** A set of record identities, 64 bits each in two words: 8 bytes an identity and at least as much again free. */

const SMALLEST = 1024

/** Some identities, however they are known. */
export interface KnownIds {
  has(high: number, low: number): boolean
}

export class RecordIds implements KnownIds {
  /** How many there are. */
  size = 0
  /** Open addressing: low and high word of each place; both 0 where it is free. */
  private words = new Uint32Array(2 * SMALLEST)
  private hasZero = false

  /** As the store gives them. */
  static from(ids: BigUint64Array): RecordIds {
    const set = new RecordIds()
    const words = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length)
    for (let i = 0; i < words.length; i += 2) set.add(words[i + 1] as number, words[i] as number)
    return set
  }

  has(high: number, low: number): boolean {
    if (high === 0 && low === 0) return this.hasZero
    return !this.isFree(this.placeOf(high, low))
  }

  /** Whether it was not there before. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      if (this.hasZero) return false
      this.hasZero = true
      this.size++
      return true
    }
    if (this.size * 4 >= this.words.length) this.grow()
    const place = this.placeOf(high, low)
    if (!this.isFree(place)) return false
    this.words[2 * place] = low
    this.words[2 * place + 1] = high
    this.size++
    return true
  }

  private isFree(place: number): boolean {
    return this.words[2 * place] === 0 && this.words[2 * place + 1] === 0
  }

  /** Where it is, or where it would be put. */
  private placeOf(high: number, low: number): number {
    const last = this.words.length / 2 - 1
    const mixed = Math.imul(high ^ Math.imul(low, 0x9e3779b1), 0x85ebca6b)
    let place = (mixed ^ (mixed >>> 15)) & last
    for (;;) {
      const heldLow = this.words[2 * place] as number
      const heldHigh = this.words[2 * place + 1] as number
      if ((heldLow === low && heldHigh === high) || (heldLow === 0 && heldHigh === 0)) return place
      place = (place + 1) & last
    }
  }

  private grow(): void {
    const before = this.words
    this.words = new Uint32Array(2 * before.length)
    for (let i = 0; i < before.length; i += 2) {
      const low = before[i] as number
      const high = before[i + 1] as number
      if (low === 0 && high === 0) continue
      const place = this.placeOf(high, low)
      this.words[2 * place] = low
      this.words[2 * place + 1] = high
    }
  }
}
