/**
 * Small whole numbers as Parquet writes levels and places in dictionaries: runs of one value, and groups of eight that are
 * packed bit by bit ("Encodings", RLE and bit-packing hybrid). Reads no more than there is room for, whatever is written there.
 */

/** A dictionary of more than 16 million values is none. */
const MOST_BITS = 24

/** Fills `out` from `bytes[from, to)`. Throws where there are fewer. */
export function readRuns(bytes: Uint8Array, from: number, to: number, width: number, out: Int32Array): void {
  if (width > MOST_BITS) throw new Error(`values of ${width} bits`)
  const octets = (width + 7) >> 3
  const mask = 2 ** width - 1
  let at = from
  let count = 0
  while (count < out.length) {
    let header = 0
    let octet = 0x80
    for (let shift = 0; (octet & 0x80) !== 0; shift += 7) {
      if (at >= to || shift > 28) throw new Error('runs that end before their values do')
      octet = bytes[at++] as number
      header |= (octet & 0x7f) << shift
    }
    header >>>= 0
    if ((header & 1) === 0) {
      const end = Math.min(out.length, count + (header >>> 1))
      if (end === count || at + octets > to) throw new Error('a run of nothing')
      let value = 0
      for (let i = 0; i < octets; i++) value |= (bytes[at++] as number) << (8 * i)
      out.fill(value, count, end)
      count = end
      continue
    }
    const end = Math.min(out.length, count + (header >>> 1) * 8)
    if (end === count) throw new Error('a run of nothing')
    const begin = at
    if (begin + Math.ceil(((end - count) * width) / 8) > to) throw new Error('runs that end before their values do')
    let held = 0
    let bits = 0
    for (; count < end; count++) {
      while (bits < width) {
        // At most 24 bits are held when another octet comes, so that 32 are enough for widths up to that.
        held |= (bytes[at++] as number) << bits
        bits += 8
      }
      out[count] = held & mask
      held >>>= width
      bits -= width
    }
    at = begin + (header >>> 1) * width
  }
}
