/** The samples of an sFlow version 5 datagram and the structures within them, member by member. */
import { structureOf, type Member, type MemberType, type StructureKind } from '../../registry/sflow-structures.ts'
import { formatMac } from '../../../shared/schema/ip.ts'
import { u32 } from '../octets.ts'
import type { RawField, RawList, RawStructure, RawValue, SampleKind } from './record.ts'
import { address, big, hex, real, text, whole } from './values.ts'

export type RawSample = Omit<RawStructure, 'hex'> & {
  readonly kind: SampleKind
  readonly records?: readonly RawStructure[]
  readonly hex?: string
}

/** By format, of enterprise 0. */
const KINDS: readonly SampleKind[] = ['unknown', 'flow', 'counters', 'flow', 'counters', 'discard']

/** The sub-agent's number and the samples; what reaches beyond the end is read as far as it is there. */
export function readSamples(bytes: Uint8Array): { subAgent: number; samples: RawSample[] } | undefined {
  const at = bytes.length < 8 ? 0 : { 1: 12, 2: 24 }[u32(bytes, 4)]
  if (!at || at + 16 > bytes.length) return undefined
  const samples: RawSample[] = []
  for (const block of blocks(bytes, at + 16, bytes.length, u32(bytes, at + 12))) samples.push(readSample(block))
  return { subAgent: u32(bytes, at), samples }
}

/** Format and content of a sample or record. */
interface Block {
  readonly enterprise: number
  readonly format: number
  readonly content: Uint8Array
  readonly cut: boolean
}

/** format (enterprise 20 bits, number 12 bits), length in octets (u32), content */
function* blocks(bytes: Uint8Array, from: number, end: number, count: number): Generator<Block> {
  let at = from
  for (let left = count; left > 0 && at + 8 <= end; left--) {
    const format = u32(bytes, at)
    const length = u32(bytes, at + 4)
    const cut = length > end - at - 8
    const next = cut ? end : at + 8 + length
    yield { enterprise: format >>> 12, format: format & 0xfff, content: bytes.subarray(at + 8, next), cut }
    at = next
  }
}

function readSample(block: Block): RawSample {
  const { enterprise, format, content } = block
  const kind = enterprise === 0 ? (KINDS[format] ?? 'unknown') : 'unknown'
  const { structure, end } = readStructure('sample', block)
  if (kind === 'unknown' || end < 0) return { ...structure, kind }
  const { hex: _, ...rest } = structure
  const count = end + 4 <= content.length ? u32(content, end) : 0
  const within = kind === 'counters' ? 'counters' : 'flow'
  const records = Array.from(
    blocks(content, end + 4, content.length, count),
    (record) => readStructure(within, record).structure,
  )
  return { ...rest, kind, records }
}

/** `end`: where its members end, or -1 where not all are there. */
function readStructure(
  kind: StructureKind,
  { enterprise, format, content, cut }: Block,
): { structure: RawStructure; end: number } {
  const { name, members } = structureOf(kind, enterprise, format)
  const fields: RawField[] = []
  const end = readMembers(members, content, 0, fields)
  const common = { structure: `${enterprise}:${format}`, name, fields, hex: hex(content) }
  return { structure: cut ? { ...common, cut } : common, end }
}

/** Appends the members that are there; where they end, or -1 where the octets end before. */
function readMembers(members: readonly Member[], bytes: Uint8Array, from: number, fields: RawField[]): number {
  let at = from
  for (const member of members) {
    const next = readMember(member, bytes, at, fields)
    if (next < 0) return -1
    at = next
  }
  return at
}

function readMember(member: Member, bytes: Uint8Array, from: number, fields: RawField[]): number {
  if (!member.array) return readOne(member, bytes, from, fields)
  if (from + 4 > bytes.length) return -1
  const values: RawField[] = []
  let at = from + 4
  for (let left = u32(bytes, from); left > 0; left--) {
    at = readOne(member, bytes, at, values)
    if (at < 0) return -1
  }
  const value: RawList = { semantic: 'ordered', values }
  fields.push({ name: member.name, value, hex: hex(bytes.subarray(from + 4, at)) })
  return at
}

function readOne({ name, type }: Member, bytes: Uint8Array, from: number, fields: RawField[]): number {
  if (typeof type !== 'string') {
    const values: RawField[] = []
    const end = readMembers(type, bytes, from, values)
    if (end >= 0) fields.push({ name, value: { semantic: 'allOf', values }, hex: hex(bytes.subarray(from, end)) })
    return end
  }
  const extent = extentOf(type, bytes, from)
  if (!extent || extent.end > bytes.length) return -1
  const octets = bytes.subarray(extent.start, extent.start + extent.length)
  fields.push({ name, value: valueOf(type, octets), hex: hex(octets) })
  return extent.end
}

interface Extent {
  readonly start: number
  readonly length: number
  /** After what fills it up. */
  readonly end: number
}

const OCTETS: Readonly<Partial<Record<MemberType, number>>> = {
  u32: 4,
  i32: 4,
  f32: 4,
  ip4: 4,
  u64: 8,
  ip6: 16,
  uuid: 16,
}

function extentOf(type: MemberType, bytes: Uint8Array, at: number): Extent | undefined {
  const fixed = OCTETS[type]
  if (fixed) return { start: at, length: fixed, end: at + fixed }
  if (type === 'mac') return { start: at, length: 6, end: at + 8 }
  if (at + 4 > bytes.length) return undefined
  const first = u32(bytes, at)
  if (type === 'ip') {
    const length = [0, 4, 16][first]
    return length === undefined ? undefined : { start: at + 4, length, end: at + 4 + length }
  }
  return { start: at + 4, length: first, end: at + 4 + first + ((4 - (first % 4)) % 4) }
}

function valueOf(type: MemberType, octets: Uint8Array): RawValue {
  switch (type) {
    case 'u32':
    case 'u64':
      return whole(big(octets))
    case 'i32':
      return Number(BigInt.asIntN(32, big(octets)))
    case 'f32':
      return real(octets)
    case 'ip4':
    case 'ip6':
    case 'ip':
      return address(octets)
    case 'mac':
      return formatMac(big(octets))
    case 'uuid':
      return hex(octets).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    case 'text':
      return text(octets)
    case 'bytes':
      return null
  }
}
