/**
 * Numbers of a column's texts. Records of a log repeat each other: where a value is the octets of the one before, its number
 * is known without hashing it.
 */
import { LONGEST_TEXT, type Texts } from '../../texts.ts'

export class LastText {
  private readonly octets = new Uint8Array(LONGEST_TEXT)
  private length = -1
  private number = 0
  private texts: Texts | null = null
  private generation = 0

  /** As `Texts.intern`. */
  intern(texts: Texts, bytes: Uint8Array, from: number, to: number): number {
    const length = to - from
    if (length === this.length && texts === this.texts && texts.generation === this.generation) {
      let i = length - 1
      // From the end: ids begin alike.
      while (i >= 0 && bytes[from + i] === this.octets[i]) i--
      if (i < 0) return this.number
    }
    this.number = texts.intern(bytes, from, to)
    this.texts = texts
    this.generation = texts.generation
    this.length = length > LONGEST_TEXT ? -1 : length
    for (let i = 0; i < this.length; i++) this.octets[i] = bytes[from + i] as number
    return this.number
  }
}
