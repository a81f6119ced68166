/** A value that stands once for many rows, in a dictionary: what is made of it is made once. */
import type { Texts } from '../../texts.ts'
import { readAddress } from './octets-text.ts'

export class KnownText {
  readonly bytes: Uint8Array
  /** Whether it says that there is no value. */
  isMissing = false
  private number = 0
  private texts: Texts | null = null
  private generation = 0
  private words: Uint32Array | null | undefined

  constructor(bytes: Uint8Array) {
    this.bytes = bytes
  }

  /** As `Texts.intern`. */
  intern(texts: Texts): number {
    if (texts !== this.texts || texts.generation !== this.generation) {
      this.number = texts.intern(this.bytes, 0, this.bytes.length)
      this.texts = texts
      this.generation = texts.generation
    }
    return this.number
  }

  /** The address that it is, as four words; null where it is none. */
  get address(): Uint32Array | null {
    if (this.words === undefined) {
      const words = new Uint32Array(4)
      this.words = readAddress(this.bytes, 0, this.bytes.length, words) ? words : null
    }
    return this.words
  }

  toString(): string {
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length).toString('utf8')
  }
}
