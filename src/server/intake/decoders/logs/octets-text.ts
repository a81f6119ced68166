/** Values that stand as text in octets, read without making strings of them. */

const DOT = 0x2e
const COLON = 0x3a

/** The whole number in `bytes[from, to)`, up to 2^53; -1 where it is none. */
export function decimal(bytes: Uint8Array, from: number, to: number): number {
  if (from >= to || to - from > 16) return -1
  let value = 0
  for (let i = from; i < to; i++) {
    const digit = (bytes[i] as number) - 0x30
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value <= Number.MAX_SAFE_INTEGER ? value : -1
}

/** Reads the address in `bytes[from, to)` into four words, most significant first; IPv4 is ::ffff:a.b.c.d. Whether it is one. */
export function readAddress(bytes: Uint8Array, from: number, to: number, words: Uint32Array): boolean {
  for (let i = from; i < to && i < from + 5; i++) {
    const octet = bytes[i] as number
    if (octet === DOT) return readV4(bytes, from, to, words)
    if (octet === COLON) return readV6(bytes, from, to, words)
  }
  return false
}

function readV4(bytes: Uint8Array, from: number, to: number, words: Uint32Array): boolean {
  let value = 0
  let part = -1
  let parts = 0
  for (let i = from; i <= to; i++) {
    const octet = i < to ? (bytes[i] as number) : DOT
    if (octet === DOT) {
      if (part < 0 || ++parts > 4) return false
      value = value * 256 + part
      part = -1
      continue
    }
    const digit = octet - 0x30
    if (digit < 0 || digit > 9 || part === 0) return false
    part = part < 0 ? digit : part * 10 + digit
    if (part > 255) return false
  }
  if (parts !== 4) return false
  words[0] = 0
  words[1] = 0
  words[2] = 0xffff
  words[3] = value
  return true
}

const GROUPS = new Uint16Array(8)

/** RFC 4291 §2.2, all three forms. */
function readV6(bytes: Uint8Array, from: number, to: number, words: Uint32Array): boolean {
  let groups = 0
  /** Where `::` stands, in groups. */
  let gap = -1
  let at = from
  if (bytes[at] === COLON) {
    if (bytes[at + 1] !== COLON || at + 1 >= to) return false
    gap = 0
    at += 2
  }
  while (at < to) {
    if (groups === 8) return false
    let value = 0
    const begin = at
    for (; at < to && at - begin < 5; at++) {
      const digit = hex(bytes[at] as number)
      if (digit < 0) break
      value = value * 16 + digit
    }
    if (at < to && bytes[at] === DOT) {
      if (groups > 6 || !readV4(bytes, begin, to, words)) return false
      GROUPS[groups++] = (words[3] as number) >>> 16
      GROUPS[groups++] = (words[3] as number) & 0xffff
      break
    }
    if (at === begin || at - begin > 4) return false
    GROUPS[groups++] = value
    if (at === to) break
    if (bytes[at] !== COLON || ++at === to) return false
    if (bytes[at] !== COLON) continue
    if (gap >= 0) return false
    gap = groups
    at++
  }
  if (gap < 0 ? groups !== 8 : groups > 7) return false
  if (gap >= 0) {
    const shift = 8 - groups
    for (let i = groups - 1; i >= gap; i--) GROUPS[i + shift] = GROUPS[i] as number
    GROUPS.fill(0, gap, gap + shift)
  }
  for (let i = 0; i < 4; i++) words[i] = (GROUPS[2 * i] as number) * 0x1_0000 + (GROUPS[2 * i + 1] as number)
  return true
}

function hex(octet: number): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30
  const letter = octet | 0x20
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1
}
