/**
 * Short texts of a batch: each distinct one once, rows hold its number. The memory is shared between threads and belongs,
 * like the batch's, to whoever holds the batch.
 */
import { randomInt } from 'node:crypto'

/** Octets kept of a text; what is longer is cut. */
export const LONGEST_TEXT = 255
/** Distinct texts a batch. */
const MOST_TEXTS = 16_384
const MOST_BYTES = 1 << 20
/** Texts that one record may have, of the site's own fields too: there is always room for so many, else the batch is full. */
export const TEXTS_PER_RECORD = 256
/** Twice as many as there are texts, so that look-ups stay short. */
const SLOTS = 2 * MOST_TEXTS

/** Whatever could make a terminal or a page show something else than the text: it comes from anybody who sends flows. */
const UNFIT = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu

/** A text with U+FFFD for each control character, unpaired surrogate, line separator and change of direction. */
export function storable(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.replace(UNFIT, '\ufffd')
}

/** Where hashes begin: another number in each process, so that nobody can choose texts that all go to one place. */
const SEED = randomInt(2 ** 31)

/** As it goes from thread to thread. */
export interface SharedTexts {
  readonly memory: SharedArrayBuffer
  readonly count: number
}

/** Octets of all texts, then where each ends. */
const BYTE_LENGTH = MOST_BYTES + MOST_TEXTS * 4

export class Texts {
  /** How many there are. */
  count = 0
  /** Grows whenever numbers stop meaning what they meant. */
  generation = 0
  /** Made when the first text comes: most exporters send none. */
  private memory: SharedArrayBuffer | null = null
  private bytes: Uint8Array = new Uint8Array(0)
  private ends: Uint32Array = new Uint32Array(0)
  /** Number + 1 of the text at its hash, or at the next free place after it; 0 is free. */
  private slots: Uint16Array = new Uint16Array(0)

  constructor(shared?: SharedTexts) {
    if (!shared) return
    this.use(shared.memory)
    this.count = shared.count
  }

  /** The number of a text that stands in `from[at, end)`: the same for the same octets. There must be `room`. */
  intern(from: Uint8Array, at: number, end: number): number {
    if (this.slots.length === 0) {
      if (this.memory === null) this.use(new SharedArrayBuffer(BYTE_LENGTH))
      this.slots = new Uint16Array(SLOTS)
    }
    let to = end
    if (to - at > LONGEST_TEXT) {
      to = at + LONGEST_TEXT
      // Not within a character of UTF-8, which has up to four octets.
      for (let back = 0; back < 3 && ((from[to] as number) & 0xc0) === 0x80; back++) to--
    }
    // FNV-1a
    let hash = SEED
    for (let i = at; i < to; i++) hash = Math.imul(hash ^ (from[i] as number), 0x01000193)
    let slot = (hash ^ (hash >>> 15)) & (SLOTS - 1)
    for (let number = this.slots[slot] as number; number !== 0; number = this.slots[slot] as number) {
      if (this.is(number - 1, from, at, to)) return number - 1
      slot = (slot + 1) & (SLOTS - 1)
    }
    const begin = this.used
    for (let i = at; i < to; i++) this.bytes[begin + i - at] = from[i] as number
    this.ends[this.count] = begin + to - at
    this.slots[slot] = ++this.count
    return this.count - 1
  }

  /** How many records of `texts` texts each can be taken for certain. */
  room(texts: number): number {
    return Math.floor(Math.min(MOST_TEXTS - this.count, (MOST_BYTES - this.used) / LONGEST_TEXT) / texts)
  }

  get full(): boolean {
    return this.count > 0 && this.room(TEXTS_PER_RECORD) < 1
  }

  /** The text of that number, as `storable` has it; what is no UTF-8 in it becomes U+FFFD. */
  text(number: number): string {
    const { buffer } = this.bytes
    const begin = this.begin(number)
    return storable(Buffer.from(buffer, begin, (this.ends[number] as number) - begin).toString('utf8'))
  }

  clear(): void {
    if (this.count === 0) return
    this.count = 0
    this.generation++
    this.slots.fill(0)
  }

  /** For another thread; undefined where there is none. */
  get shared(): SharedTexts | undefined {
    return this.count > 0 && this.memory !== null ? { memory: this.memory, count: this.count } : undefined
  }

  private use(memory: SharedArrayBuffer): void {
    this.memory = memory
    this.bytes = new Uint8Array(memory, 0, MOST_BYTES)
    this.ends = new Uint32Array(memory, MOST_BYTES, MOST_TEXTS)
  }

  private get used(): number {
    return this.begin(this.count)
  }

  private begin(number: number): number {
    return number === 0 ? 0 : (this.ends[number - 1] as number)
  }

  private is(number: number, from: Uint8Array, at: number, to: number): boolean {
    const begin = this.begin(number)
    if ((this.ends[number] as number) - begin !== to - at) return false
    for (let i = at; i < to; i++) if (this.bytes[begin + i - at] !== from[i]) return false
    return true
  }
}
