/** Bad datagrams made of good ones. */

export type Random = (below: number) => number

/** Values that lengths and counts break at. */
const EDGES = [0, 1, 2, 3, 4, 5, 8, 0x7f, 0xff, 0x100, 0x7fff, 0x8000, 0xfffe, 0xffff]

/** One to six changes of a seed, or sets of several seeds under one header. */
export function mutate(seeds: readonly Uint8Array[], random: Random): Uint8Array {
  const seed = seeds[random(seeds.length)] as Uint8Array
  let bytes = random(8) === 0 ? mixed(seed, seeds, random) : seed.slice()
  for (let changes = random(6); changes >= 0; changes--) {
    const change = CHANGES[random(CHANGES.length)] as Change
    bytes = change(bytes, random, seeds)
  }
  // Most shall get past the version.
  if (random(10) > 0) bytes.set(seed.subarray(0, Math.min(4, bytes.length)))
  return bytes
}

/** A stream of messages, bad ones among them, and the lengths of the slices that it comes in. */
export interface Stream {
  readonly bytes: Uint8Array
  readonly slices: readonly number[]
}

/** One to five IPFIX messages, as they are or not, and then perhaps changed as a whole. */
export function mutateStream(messages: readonly Uint8Array[], random: Random): Stream {
  const parts = Array.from({ length: 1 + random(5) }, () =>
    random(3) === 0 ? mutate(messages, random) : (messages[random(messages.length)] as Uint8Array),
  )
  let bytes = joined(...parts)
  for (let changes = random(3); changes > 0; changes--)
    bytes = (CHANGES[random(CHANGES.length)] as Change)(bytes, random, messages)
  const slices: number[] = []
  const most = [1, 7, 100, 2000][random(4)] as number
  for (let left = bytes.length; left > 0; left -= slices.at(-1) as number) slices.push(Math.min(left, 1 + random(most)))
  return { bytes, slices }
}

type Change = (bytes: Uint8Array, random: Random, seeds: readonly Uint8Array[]) => Uint8Array

const CHANGES: readonly Change[] = [
  flipBit,
  flipBit,
  setOctet,
  setOctet,
  setLength,
  setLength,
  truncate,
  cutOut,
  double,
  splice,
]

function flipBit(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length > 0) {
    const at = random(bytes.length)
    bytes[at] = (bytes[at] as number) ^ (1 << random(8))
  }
  return bytes
}

function setOctet(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length > 0) bytes[random(bytes.length)] = random(256)
  return bytes
}

/** 16 bits at an even place become an edge, or a little more or less than they were. */
function setLength(bytes: Uint8Array, random: Random): Uint8Array {
  if (bytes.length < 2) return bytes
  const at = 2 * random(bytes.length >> 1)
  const was = ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
  const now = random(2) === 0 ? (EDGES[random(EDGES.length)] as number) : was + random(17) - 8
  bytes[at] = now >> 8
  bytes[at + 1] = now
  return bytes
}

function truncate(bytes: Uint8Array, random: Random): Uint8Array {
  return bytes.slice(0, random(bytes.length + 1))
}

function cutOut(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(bytes.length + 1)
  return joined(bytes.subarray(0, at), bytes.subarray(at + random(12)))
}

function double(bytes: Uint8Array, random: Random): Uint8Array {
  const at = random(bytes.length + 1)
  return joined(bytes.subarray(0, at + random(40)), bytes.subarray(at))
}

/** The beginning of one, the end of another. */
function splice(bytes: Uint8Array, random: Random, seeds: readonly Uint8Array[]): Uint8Array {
  const other = seeds[random(seeds.length)] as Uint8Array
  return joined(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length)))
}

/** Sets of several messages of one version under the header of the first: templates and data that do not belong together. */
function mixed(seed: Uint8Array, seeds: readonly Uint8Array[], random: Random): Uint8Array {
  const version = seed[1]
  const header = version === 9 ? 20 : version === 10 ? 16 : 0
  if (header === 0 || seed.length < header) return seed.slice()
  const sets: Uint8Array[] = []
  for (let left = 4; left > 0; left--) {
    const other = seeds[random(seeds.length)] as Uint8Array
    if (other[1] === version) sets.push(...setsOf(other, header))
  }
  const chosen = Array.from({ length: Math.min(6, sets.length) }, () =>
    (sets[random(sets.length)] as Uint8Array).slice(),
  )
  // Data that claims to be of another's template.
  const ids = chosen.map((each) => each.slice(0, 2))
  if (chosen.length > 1 && random(2) === 0) chosen[random(chosen.length)]?.set(ids[random(ids.length)] as Uint8Array)
  const bytes = joined(seed.subarray(0, header), ...chosen)
  if (version === 10) new DataView(bytes.buffer).setUint16(2, Math.min(bytes.length, 0xffff))
  return bytes
}

function setsOf(message: Uint8Array, header: number): Uint8Array[] {
  const view = new DataView(message.buffer, message.byteOffset, message.byteLength)
  const sets: Uint8Array[] = []
  for (let at = header; at + 4 <= message.length;) {
    const length = view.getUint16(at + 2)
    if (length < 4) break
    sets.push(message.subarray(at, at + length))
    at += length
  }
  return sets
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.length
  }
  return bytes
}
