/**
 * The kinds of values a field may have, and how each is laid out in a batch and in a store.
 * A kind is one or two machine words a row ("parts"): an address is two 64-bit halves, because that groups
 * 18 times faster in DuckDB than one 128-bit integer (0.13 s against 2.4 s over 10 M rows).
 */

/** Width in bytes of one part of a value. 8-byte parts are two little-endian 32-bit words in the batch. */
type PartWidth = 1 | 2 | 4 | 8

export interface Part {
  /** Appended to the column name: `''`, `_hi` or `_lo`. */
  readonly suffix: string
  readonly width: PartWidth
}

const one = (width: PartWidth): readonly Part[] => [{ suffix: '', width }]

export const KINDS = {
  /** Milliseconds since 1970-01-01 UTC. */
  time: { parts: one(8) },
  u8: { parts: one(1) },
  u16: { parts: one(2) },
  u32: { parts: one(4) },
  u64: { parts: one(8) },
  /** IPv6 in two halves; IPv4 as ::ffff:a.b.c.d (high half 0, low half 0x0000ffff_aabbccdd). */
  ip: {
    parts: [
      { suffix: '_hi', width: 8 },
      { suffix: '_lo', width: 8 },
    ],
  },
  /** 48 bits in the low end of 64. */
  mac: { parts: one(8) },
  /** One of a short list of words, kept as its number; the words are the field's `codes`. */
  code: { parts: one(1) },
  /** Short text, at most 255 octets of UTF-8; in a batch its number in the batch's table of texts. */
  keyword: { parts: one(4) },
  /** A registered service, kept as transport × 65536 + the lowest port registered under the name. */
  service: { parts: one(4) },
} as const satisfies Record<string, { readonly parts: readonly Part[] }>

export type Kind = keyof typeof KINDS

/** Kinds that a site's own field may have. */
export const SITE_KINDS = ['keyword', 'u8', 'u16', 'u32', 'u64', 'ip', 'mac', 'time'] as const satisfies Kind[]
export type SiteKind = (typeof SITE_KINDS)[number]

/** Kind of an answer's column: that of a field, or `f64` for a measure that may have a fraction. */
export type AnswerKind = Kind | 'f64'

/** How a value of a kind appears in JSON: a number (text past 2^53), or text. */
export type JsonValue = number | string | boolean | null

/** True for kinds whose values a user compares by size. */
export function isNumeric(kind: AnswerKind): boolean {
  return kind === 'f64' || kind === 'u8' || kind === 'u16' || kind === 'u32' || kind === 'u64' || kind === 'time'
}
