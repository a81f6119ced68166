/** What compiled templates call: where inline code would not pay. Values are big-endian, as on the wire. */
import { NumberList } from '../number-list.ts'
import type { Texts } from '../texts.ts'
import { LATEST_MS, NTP_TO_UNIX_SECONDS, PLAUSIBLE_FROM_MS } from './time.ts'

const SPACE = 0x20
/** Classification engine whose selectors are those of an enterprise (RFC 6759 §4.1). */
const PANA_L7_PEN = 20
/** A text of numbers while it is made. */
const list = new NumberList()
const state = { separator: 0, ended: false, empty: true }

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
    while (end > at && octets[end - 1] === SPACE) end--
    return end === at ? -1 : texts.intern(octets, at, end)
  },

  /** The same of what follows application and part in a text of Cisco's; -1 where it is of another one. */
  detail(texts: Texts, octets: Uint8Array, at: number, length: number, application: number, part: number): number {
    if (length <= 6) return -1
    const is = word(octets, at) === application && word(octets, at + 2) % 0x1_0000 === part
    return is ? runtime.text(texts, octets, at + 6, length - 6) : -1
  },

  /** Begins a text of numbers with something between them. */
  begin(separator: number): void {
    list.clear()
    state.separator = separator
    state.ended = false
    state.empty = true
  },

  /** Adds a number; 0 is none, and ends the text. */
  add(value: number): void {
    if (value === 0) state.ended = true
    if (state.ended) return
    list.add(value, state.separator)
    state.empty = false
  },

  /** Adds an MPLS label by its entry in the stack: label (20 bits), class (3), bottom (1) (RFC 3032 §2.1). */
  addLabel(entry: number): void {
    if (entry === 0) state.ended = true
    if (state.ended) return
    list.add(entry >>> 4, state.separator)
    state.empty = false
    state.ended = (entry & 1) === 1
  },

  /** The number of the text that was made, -1 where there is nothing in it. */
  finish(texts: Texts): number {
    return state.empty ? -1 : list.intern(texts)
  },

  /**
   * An application id (RFC 6759 §4): engine (u8), selector (any length); engine 20 has an enterprise (u32) before the
   * selector. As one number, engine in the upper 8 bits; -1 where the selector has more than 24 bits or there is none.
   */
  application(view: DataView, at: number, length: number): number {
    if (length < 2) return -1
    const engine = view.getUint8(at)
    const skip = engine === PANA_L7_PEN ? 5 : 1
    if (length <= skip) return -1
    const selector = runtime.wide(view, at + skip, length - skip)
    return selector < 2 ** 24 && engine + selector > 0 ? engine * 2 ** 24 + selector : -1
  },

  /** One in how many, where each packet is taken with this probability (float64 or float32); 0 where that is none. */
  probability(view: DataView, at: number, length: number): number {
    const chance = length === 8 ? view.getFloat64(at) : length === 4 ? view.getFloat32(at) : 0
    return chance > 0 && chance <= 1 ? Math.round(1 / chance) : 0
  },

  /** The octets of a 32-bit number the other way round. */
  swap(value: number): number {
    return (((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | ((value >>> 24) & 0xff)) >>> 0
  },

  /** Takes back what `valid` did. */
  invalid(words: Uint32Array, masks: readonly number[], from: number, to: number): void {
    for (const mask of masks) {
      for (let row = from; row < to; row++) {
        const at = mask + (row >> 5)
        words[at] = (words[at] as number) & ~(1 << (row & 31))
      }
    }
  },

  /** `(high, low) × rate` into two words at `at`, exact, and at most 2^64 - 1. */
  multiply(words: Uint32Array, at: number, high: number, low: number, rate: number): void {
    const product = ((BigInt(high) << 32n) | BigInt(low)) * BigInt(rate)
    const fits = product < 1n << 64n
    words[at] = fits ? Number(product & 0xffffffffn) : FULL
    words[at + 1] = fits ? Number(product >> 32n) : FULL
  },

  /**
   * An NTP time (RFC 5905 §6: seconds, fraction) in milliseconds since 1970. What is before 1970 is after 2036, or, as
   * some exporters have it, no NTP time but a plain count since 1970: of these, that which is next to the export.
   */
  ntp(seconds: number, fraction: number, exportMs: number): number {
    const inMs = Math.floor((fraction * 1000) / 2 ** 32)
    if (seconds >= NTP_TO_UNIX_SECONDS) return (seconds - NTP_TO_UNIX_SECONDS) * 1000 + inMs
    let best = (seconds + 2 ** 32 - NTP_TO_UNIX_SECONDS) * 1000 + inMs
    const count = seconds * 2 ** 32 + fraction
    for (const perMs of [1, 1e3, 1e6]) {
      const ms = Math.floor(count / perMs)
      if (ms >= PLAUSIBLE_FROM_MS && ms <= LATEST_MS && Math.abs(ms - exportMs) < Math.abs(best - exportMs)) best = ms
    }
    return best
  },

  /** The same where microseconds stand in place of the fraction; what is too much for them is a fraction all the same. */
  ntpMicros(seconds: number, micros: number, exportMs: number): number {
    return micros < 1e6
      ? runtime.ntp(seconds, 0, exportMs) + Math.floor(micros / 1000)
      : runtime.ntp(seconds, micros, exportMs)
  },

  /** A difference of two uptimes, or 0 where the first is the later one. */
  life(ms: number): number {
    return ms < 2 ** 31 ? ms : 0
  },

  /** So many packets taken, so many left out: one in how many (RFC 5477 §8.3). */
  intervals(taken: number, leftOut: number): number {
    return taken > 0 ? Math.round((taken + leftOut) / taken) : 0
  },

  /** So many of so many: one in how many. */
  share(size: number, population: number): number {
    return size > 0 ? Math.round(population / size) : 0
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

/** Four octets. */
function word(octets: Uint8Array, at: number): number {
  return (
    (((octets[at] as number) << 24) |
      ((octets[at + 1] as number) << 16) |
      ((octets[at + 2] as number) << 8) |
      (octets[at + 3] as number)) >>>
    0
  )
}
