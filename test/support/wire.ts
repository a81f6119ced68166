/** Datagrams of NetFlow and IPFIX, written out octet by octet as the specifications have them. */

export type Octets = readonly number[]

export const u8 = (value: number): Octets => [value & 255]
export const u16 = (value: number): Octets => [(value >>> 8) & 255, value & 255]
export const u32 = (value: number): Octets => [
  (value >>> 24) & 255,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
]
export const u64 = (value: number | bigint): Octets => [
  ...u32(Number((BigInt(value) >> 32n) & 0xffffffffn)),
  ...u32(Number(BigInt(value) & 0xffffffffn)),
]
export const ip4 = (text: string): Octets => text.split('.').map(Number)
/** The value in as many octets. */
export const uint = (length: number, value: number | bigint): Octets =>
  Array.from({ length }, (_, i) => Number((BigInt(value) >> BigInt(8 * (length - 1 - i))) & 255n))

/** When the messages below were sent, and the uptime of their exporter then. */
export const SENT_S = 1_700_000_000
export const SENT_MS = SENT_S * 1000
export const UPTIME_MS = 7_200_000

export function set(id: number, ...content: readonly Octets[]): Octets {
  const octets = content.flat()
  return [...u16(id), ...u16(octets.length + 4), ...octets]
}

interface Header {
  readonly sequence?: number
  readonly domain?: number
  readonly seconds?: number
  readonly uptime?: number
}

/** NetFlow v9 (RFC 3954 §5.1); the count is 1, whatever is in it. */
export function version9(
  sets: readonly Octets[],
  { sequence = 0, domain = 1, seconds = SENT_S, uptime = UPTIME_MS }: Header = {},
): Uint8Array {
  return Uint8Array.from([
    ...u16(9),
    ...u16(1),
    ...u32(uptime),
    ...u32(seconds),
    ...u32(sequence),
    ...u32(domain),
    ...sets.flat(),
  ])
}

/** IPFIX (RFC 7011 §3.1). */
export function version10(
  sets: readonly Octets[],
  { sequence = 0, domain = 1, seconds = SENT_S }: Header = {},
): Uint8Array {
  const content = sets.flat()
  return Uint8Array.from([
    ...u16(10),
    ...u16(content.length + 16),
    ...u32(seconds),
    ...u32(sequence),
    ...u32(domain),
    ...content,
  ])
}

/** Element and length; with an enterprise, IPFIX only. */
export type Specifier = readonly [element: number, length: number, enterprise?: number]

/** A specifier with its value in a record. */
export type Field = readonly [element: number, length: number, value: Octets]

const specifiers = (fields: readonly Specifier[]): Octets =>
  fields.flatMap(([element, length, enterprise]) =>
    enterprise === undefined
      ? [...u16(element), ...u16(length)]
      : [...u16(element | 0x8000), ...u16(length), ...u32(enterprise)],
  )

/** A template of data, for sets 0 (v9) and 2 (IPFIX). */
export const template = (id: number, ...fields: readonly Specifier[]): Octets => [
  ...u16(id),
  ...u16(fields.length),
  ...specifiers(fields),
]

/** An options template of v9, for set 1: lengths in octets (RFC 3954 §6.1). */
export const options9 = (id: number, scopes: readonly Specifier[], fields: readonly Specifier[]): Octets => [
  ...u16(id),
  ...u16(4 * scopes.length),
  ...u16(4 * fields.length),
  ...specifiers(scopes),
  ...specifiers(fields),
]

/** An options template of IPFIX, for set 3: the number of all fields, then that of scopes (RFC 7011 §3.4.2.2). */
export const options10 = (id: number, scopes: readonly Specifier[], fields: readonly Specifier[]): Octets => [
  ...u16(id),
  ...u16(scopes.length + fields.length),
  ...u16(scopes.length),
  ...specifiers(scopes),
  ...specifiers(fields),
]
