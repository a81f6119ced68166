/** Addresses as text and as 128-bit integers; IPv4 is ::ffff:a.b.c.d. */

const V4 = 0xffff_0000_0000n
const MASK64 = (1n << 64n) - 1n

/** IPv4 or IPv6 text → 128 bits, or null where it is neither. */
export function parseIp(text: string): bigint | null {
  return text.includes(':') ? parseV6(text) : parseV4(text)
}

/** 128 bits → usual text: dotted for IPv4, RFC 5952 for IPv6. */
export function formatIp(value: bigint): string {
  if (value >> 32n === 0xffffn) return formatV4(Number(value & 0xffffffffn))
  return formatV6(value)
}

/** The two 64-bit halves that stores keep → text. */
export function formatIpHalves(high: bigint, low: bigint): string {
  if (high === 0n && low >> 32n === 0xffffn) return formatV4(Number(low & 0xffffffffn))
  return formatV6((high << 64n) | low)
}

export function ipHalves(value: bigint): { high: bigint; low: bigint } {
  return { high: value >> 64n, low: value & MASK64 }
}

/** `address/length` → first and last address, or null. IPv4 lengths are 0 to 32. */
export function parseCidr(text: string): { low: bigint; high: bigint } | null {
  const slash = text.lastIndexOf('/')
  if (slash < 0 || !/^\d{1,3}$/.test(text.slice(slash + 1))) return null
  const value = parseIp(text.slice(0, slash))
  if (value === null) return null
  const v4 = !text.includes(':')
  const length = Number(text.slice(slash + 1)) + (v4 ? 96 : 0)
  if (length > 128) return null
  const span = (1n << BigInt(128 - length)) - 1n
  const low = value & ~span
  return { low, high: low | span }
}

/** Six bytes as `00:50:56:a1:3c:07`. */
export function formatMac(value: bigint): string {
  return value
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?!$)/g, '$&:')
}

/** `00:50:56:a1:3c:07`, also with `-` or as `0050.56a1.3c07`; null where it is none. */
export function parseMac(text: string): bigint | null {
  const hex = text.replace(/[:.-]/g, '')
  return /^[0-9a-fA-F]{12}$/.test(hex) &&
    /^([0-9a-fA-F]{2}([:-]|$)){6}$|^([0-9a-fA-F]{4}(\.|$)){3}$|^[0-9a-fA-F]{12}$/.test(text)
    ? BigInt(`0x${hex}`)
    : null
}

function parseV4(text: string): bigint | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)
  if (!parts) return null
  let value = 0
  for (const part of parts.slice(1)) {
    const n = Number(part)
    if (n > 255) return null
    value = value * 256 + n
  }
  return V4 | BigInt(value)
}

function parseV6(text: string): bigint | null {
  let rest = text
  const zone = rest.indexOf('%')
  if (zone >= 0) rest = rest.slice(0, zone)
  const tail = /:(\d{1,3}(?:\.\d{1,3}){3})$/.exec(rest)
  if (tail) {
    const v4 = parseV4(tail[1] as string)
    if (v4 === null) return null
    const low = Number(v4 & 0xffffffffn)
    rest = `${rest.slice(0, -(tail[1] as string).length)}${(low >>> 16).toString(16)}:${(low & 0xffff).toString(16)}`
  }
  const sides = rest.split('::')
  if (sides.length > 2) return null
  const groups = (side: string | undefined) => (side ? side.split(':') : [])
  const head = groups(sides[0])
  const end = groups(sides[1])
  const missing = 8 - head.length - end.length
  if (sides.length === 2 ? missing < 1 : missing !== 0) return null
  let value = 0n
  for (const group of [...head, ...Array<string>(sides.length === 2 ? missing : 0).fill('0'), ...end]) {
    if (!/^[0-9a-fA-F]{1,4}$/.test(group)) return null
    value = (value << 16n) | BigInt(Number.parseInt(group, 16))
  }
  return value
}

function formatV4(value: number): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(112 - 16 * i)) & 0xffffn))
  let best = -1
  let bestLength = 1
  for (let i = 0; i < 8; i++) {
    let length = 0
    while (i + length < 8 && groups[i + length] === 0) length++
    if (length > bestLength) {
      best = i
      bestLength = length
    }
  }
  const hex = groups.map((group) => group.toString(16))
  if (best < 0) return hex.join(':')
  return `${hex.slice(0, best).join(':')}::${hex.slice(best + bestLength).join(':')}`
}
