/** Text of numbers, in ASCII, without making a string: AS paths, label stacks. */
import { LONGEST_TEXT, type Texts } from './texts.ts'

const SPACE = 0x20
const BRACE = 0x7b

export class NumberList {
  private readonly bytes = new Uint8Array(LONGEST_TEXT)
  private length = 0

  clear(): void {
    this.length = 0
  }

  /**
   * Appends a whole number of 32 bits, after a separator (one ASCII character) unless it is the first, and after a brace where
   * that `opens`. What does not fit is left out.
   */
  add(value: number, separator = SPACE, opens = false): void {
    const start = this.length
    if (start > 0) this.character(separator)
    if (opens) this.character(BRACE)
    let digits = 1
    for (let rest = value; rest >= 10; rest = Math.floor(rest / 10)) digits++
    if (this.length + digits > LONGEST_TEXT) {
      this.length = start
      return
    }
    for (let i = digits - 1, rest = value; i >= 0; i--, rest = Math.floor(rest / 10))
      this.bytes[this.length + i] = 0x30 + (rest % 10)
    this.length += digits
  }

  character(code: number): void {
    if (this.length < LONGEST_TEXT) this.bytes[this.length++] = code
  }

  intern(texts: Texts): number {
    return texts.intern(this.bytes, 0, this.length)
  }
}
