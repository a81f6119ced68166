/** What compiled templates call: where inline code would not pay. Values are big-endian, as on the wire. */
import type { Texts } from '../texts.ts'
import { NTP_TO_UNIX_SECONDS } from './time.ts'

/** 2^32 - 1; in both words of a count it is the most that there is, where a product would be more. */
const FULL = 0xffff_ffff

export const runtime = {
  /** Marks rows `[from, to)` as having values, in the masks that begin at these words of a batch. */
  valid(words: Uint32Array, masks: readonly number[], from: number, to: number): void {
    const first = from >> 5
    const last = (to - 1) >> 5
    const head = -1 << (from & 31)
    const tail = -1 >>> (31 - ((to - 1) & 31))
    for (let i = 0; i < masks.length; i++) {
      const at = (masks[i] as number) + first
      if (first === last) {
        words[at] = (words[at] as number) | (head & tail)
        continue
      }
      const end = (masks[i] as number) + last
      words[at] = (words[at] as number) | head
      for (let between = at + 1; between < end; between++) words[between] = FULL
      words[end] = (words[end] as number) | tail
    }
  },

  /** The number of a text in a batch's table: up to its first zero, without spaces at the end; -1 where it is empty. */
  text(texts: Texts, octets: Uint8Array, at: number, length: number): number {
    let end = at
    while (end < at + length && octets[end] !== 0) end++
    while (end > at && octets[end - 1] === 0x20) end--
    return end === at ? -1 : texts.intern(octets, at, end)
  },

  /** `(high, low) × rate` into two words at `at`, exact, and at most 2^64 - 1. */
  multiply(words: Uint32Array, at: number, high: number, low: number, rate: number): void {
    const product = ((BigInt(high) << 32n) | BigInt(low)) * BigInt(rate)
    const fits = product < 1n << 64n
    words[at] = fits ? Number(product & 0xffffffffn) : FULL
    words[at + 1] = fits ? Number(product >> 32n) : FULL
  },

  /** An NTP time (RFC 5905 §6: seconds, fraction) in milliseconds since 1970; before 1970 is after 2036. */
  ntp(seconds: number, fraction: number): number {
    const unix = seconds < NTP_TO_UNIX_SECONDS ? seconds + 2 ** 32 - NTP_TO_UNIX_SECONDS : seconds - NTP_TO_UNIX_SECONDS
    return unix * 1000 + Math.floor((fraction * 1000) / 2 ** 32)
  },

  /** A difference of two uptimes, or 0 where the first is the later one. */
  life(ms: number): number {
    return ms < 2 ** 31 ? ms : 0
  },

  /** So many packets taken, so many left out: one in how many (RFC 5477 §8.3). */
  intervals(taken: number, leftOut: number): number {
    return taken > 0 ? Math.round((taken + leftOut) / taken) : 0
  },

  /** An unsigned number of any length: exact up to 2^53; NaN where it has no octets. */
  wide(view: DataView, at: number, length: number): number {
    return length === 0 ? Number.NaN : runtime.high(view, at, length) * 2 ** 32 + runtime.low(view, at, length)
  },

  /** The last four octets of a number (or all of them). */
  low(view: DataView, at: number, length: number): number {
    let value = 0
    for (let i = Math.max(0, length - 4); i < length; i++) value = value * 256 + view.getUint8(at + i)
    return value
  },

  /** What stands before them; Infinity where that is more than 32 bits, and where there are no octets at all. */
  high(view: DataView, at: number, length: number): number {
    let value = length === 0 ? Number.POSITIVE_INFINITY : 0
    for (let i = 0; i < length - 4; i++) value = value * 256 + view.getUint8(at + i)
    return value <= FULL ? value : Number.POSITIVE_INFINITY
  },
} as const
