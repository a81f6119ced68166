/** As much of WebAssembly as kernels need: instructions by name, and how a module is written (Core Specification 2.0 §5). */

/** Instructions and what follows them, nested as they were put together. */
export type Code = readonly (number | Code)[]

export const I32 = 0x7f
export const I64 = 0x7e
export const V128 = 0x7b
const END = 0x0b

export const i32 = {
  const: (value: number): Code => [0x41, signed(BigInt(value))],
  load8: (offset: number): Code => [0x2d, 0, unsigned(offset)],
  store: (offset: number): Code => [0x36, 0, unsigned(offset)],
  store8: (offset: number): Code => [0x3a, 0, unsigned(offset)],
  store16: (offset: number): Code => [0x3b, 0, unsigned(offset)],
  equal: 0x46,
  notEqual: 0x47,
  /** Of unsigned numbers. */
  below: 0x49,
  above: 0x4b,
  /** Of signed ones. */
  greater: 0x4a,
  add: 0x6a,
  sub: 0x6b,
  multiply: 0x6c,
  and: 0x71,
  or: 0x72,
  xor: 0x73,
  shiftLeft: 0x74,
  shiftRight: 0x76,
  ofI64: 0xa7,
} as const

/** Comparisons and shifts are of unsigned numbers. */
export const i64 = {
  const: (value: bigint): Code => [0x42, signed(value)],
  load: (offset: number): Code => [0x29, 0, unsigned(offset)],
  /** So many octets, zeros above. */
  loadOf: (width: 1 | 2 | 4 | 8): Code => [{ 1: 0x31, 2: 0x33, 4: 0x35, 8: 0x29 }[width], 0, 0],
  store: (offset: number): Code => [0x37, 0, unsigned(offset)],
  /** The lowest octet. */
  store8: (offset: number): Code => [0x3c, 0, unsigned(offset)],
  equal: 0x51,
  notEqual: 0x52,
  less: 0x54,
  greater: 0x56,
  sub: 0x7d,
  multiply: 0x7e,
  divide: 0x80,
  and: 0x83,
  or: 0x84,
  shiftLeft: 0x86,
  shiftRight: 0x88,
  ofI32: 0xad,
} as const

export const v128 = {
  load: (offset: number): Code => [0xfd, 0x00, 0, unsigned(offset)],
  /** 4 octets, the others are 0. */
  load32: (offset: number): Code => [0xfd, 0x5c, 0, unsigned(offset)],
  /** 8 octets, the others are 0. */
  load64: (offset: number): Code => [0xfd, 0x5d, 0, unsigned(offset)],
  store: (offset: number): Code => [0xfd, 0x0b, 0, unsigned(offset)],
  const: (octets: readonly number[]): Code => [0xfd, 0x0c, octets],
  /** 16 octets out of the 32 of two vectors, by number. */
  shuffle: (octets: readonly number[]): Code => [0xfd, 0x0d, octets],
  /** Octets of the first vector by the numbers in the second; 0 where there is no such octet. */
  swizzle: [0xfd, 0x0e] as Code,
  /** The first i32 in it, the first i64. */
  firstI32: [0xfd, 0x1b, 0] as Code,
  firstI64: [0xfd, 0x1d, 0] as Code,
  storeLane: (width: 1 | 2 | 4 | 8, offset: number, lane: number): Code => [
    0xfd,
    { 1: 0x58, 2: 0x59, 4: 0x5a, 8: 0x5b }[width],
    0,
    unsigned(offset),
    lane,
  ],
  /** An i64 in each lane of that width. */
  splat: (width: 1 | 2 | 4 | 8): Code =>
    width === 8 ? [0xfd, 0x12] : [i32.ofI64, 0xfd, { 1: 0x0f, 2: 0x10, 4: 0x11 }[width]],
} as const

/** Fills so many octets from an address on with one: address, octet and number are to be left before. */
export const fill: Code = [0xfc, 0x0b, 0]

export const get = (local: number): Code => [0x20, local]
export const set = (local: number): Code => [0x21, local]
/** The first of two values where the third is not 0, else the second. */
export const select = 0x1b

/** `body` again and again, as long as it leaves something but 0. */
export const repeat = (body: Code): Code => [0x03, 0x40, body, 0x0d, 0, END]
/** `body` where what was left is not 0, else `otherwise`. */
export const when = (body: Code, otherwise: Code = []): Code => [0x04, 0x40, body, 0x05, otherwise, END]
/** Ends the function with what was left. */
export const leave = 0x0f

export interface WasmFunction {
  readonly parameters: readonly number[]
  readonly result: number
  /** Numbers of locals, and their type. */
  readonly locals: readonly (readonly [count: number, type: number])[]
  readonly body: Code
}

/** A module that imports the shared memory `m.m` of at most so many pages, and exports one function as `f`. */
export function moduleOf(
  { parameters, result, locals, body }: WasmFunction,
  mostPages: number,
): Uint8Array<ArrayBuffer> {
  const code = flat([locals.length, locals, body, END])
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [1, 0x60, parameters.length, parameters, 1, result]),
      section(2, [1, name('m'), name('m'), 2, 3, unsigned(1), unsigned(mostPages)]),
      section(3, [1, 0]),
      section(7, [1, name('f'), 0, 0]),
      section(10, [1, unsigned(code.length), code]),
    ]),
  )
}

function section(id: number, content: Code): Code {
  const octets = flat(content)
  return [id, unsigned(octets.length), octets]
}

function flat(code: Code): number[] {
  return code.flatMap((part) => (typeof part === 'number' ? part : flat(part)))
}

function name(text: string): Code {
  return [text.length, [...Buffer.from(text)]]
}

/** LEB128 (§5.2.2). */
function unsigned(value: number): Code {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, unsigned(value >>> 7)]
}

/** Signed LEB128 of at most 64 bits. */
function signed(value: bigint): Code {
  const rest = BigInt.asIntN(64, value)
  const octet = Number(rest & 0x7fn)
  const more = rest >> 7n
  const isSign = octet & 0x40 ? -1n : 0n
  return more === isSign ? [octet] : [octet | 0x80, signed(more)]
}
