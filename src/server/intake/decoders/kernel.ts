import { MOST_PAGES, ODD } from '../memory.ts'
import { LONGEST_IDLE_MS, PLAUSIBLE_FROM_MS, UPTIME_AHEAD_MS } from '../normalise/time.ts'
import { runAddress } from './run.ts'

/**
 * Reads records of fixed length by WebAssembly, which checks no index. 16 octets at a time are loaded, put in the order of
 * the columns by one shuffle, and stored lane by lane; counts are multiplied by the sampling rate, times made absolute.
 * Records that are odd in some way (`Check`, times that cannot be true) are listed, for the template's compiled function,
 * which knows every rule (bench/decode.ts).
 */

/** A column's value for each record. */
export interface Copy {
  /** In bytes, from the start of the batch. */
  readonly to: number
  readonly width: 1 | 2 | 4 | 8
  /**
   * Where each octet of the value stands in the record, least significant first; or ZERO, or ONES. Or what all records
   * have: a number, or what stands at an address in memory.
   */
  readonly from: readonly number[] | { readonly value: number } | { readonly address: number }
}
export const ZERO = -1
export const ONES = -2

/** Rows whose masks a kernel writes: their bits, from a byte's first on, are to fit into 64. */
export const MOST_MARKED = 57

/** A number of up to 8 octets in the record. */
export interface Octets {
  readonly at: number
  readonly length: number
}

/** A column of 8 bytes for a count, times the sampling rate of the set, at most 2^64 - 1. */
export interface Count extends Octets {
  readonly to: number
}

/** A record with that number there, or one above it, is odd. */
export interface Check extends Octets {
  readonly is: 'equal' | 'above'
  readonly number: number
}

/** Of ICMP, type and code stand together in the first of these that is not 0; the ports are null. */
export interface Icmp {
  readonly protocol: Octets
  readonly typeAndCode: readonly Octets[]
  /** Columns of a byte. */
  readonly typeTo: number
  readonly codeTo: number
  /** Masks of fields that have a value then, and of those that have none. */
  readonly valid: readonly number[]
  readonly none: readonly number[]
}

/** Columns for the first and the last packet's time. A record is odd where they cannot be true. */
export interface Times {
  readonly start: Octets
  readonly end: Octets
  readonly startTo: number
  readonly endTo: number
  readonly form: 'uptime' | 'milliseconds' | 'seconds'
}

export interface Work {
  /** Masks of fields that every record has a value for. Not more than `MOST_MARKED` rows then. */
  readonly valid: number[]
  readonly copies: Copy[]
  readonly counts: Count[]
  readonly checks: Check[]
  times: Times | null
  icmp: Icmp | null
}

/**
 * Reads `rows` records at address `record` into the rows from `row` on of the batch at address `batch`. How many were odd;
 * their numbers, from 0, stand at `ODD`.
 */
export type Kernel = (record: number, batch: number, row: number, rows: number) => number

/** A kernel for records of `length` octets. Up to 16 octets after the last record are read too. */
export function makeKernel(memory: WebAssembly.Memory, length: number, work: Work): Kernel {
  const module = new WebAssembly.Module(moduleOf(length, work))
  return new WebAssembly.Instance(module, { m: { m: memory } }).exports['k'] as Kernel
}

/** WebAssembly Core Specification 2.0 §5.5. */
function moduleOf(length: number, work: Work): Uint8Array<ArrayBuffer> {
  const body = [...LOCALS, ...codeOf(length, work), END]
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    // One function: four i32, an i32 as result.
    ...section(1, [1, 0x60, 4, I32, I32, I32, I32, 1, I32]),
    // Its memory: shared, imported as m.m.
    ...section(2, [1, ...name('m'), ...name('m'), 2, 3, ...unsigned(1), ...unsigned(MOST_PAGES)]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name('k'), 0, 0]),
    ...section(10, [1, ...unsigned(body.length), ...body]),
  ])
}

// Parameters and locals of the function.
const RECORD = 0
const BATCH = 1
const ROW = 2
const LEFT = 3
/** Address of the row's value in a column of that width at the start of the batch. */
const AT = { 1: 4, 2: 5, 4: 6, 8: 7 } as const
const NUMBER = 8
const ODDS = 9
const IS_ODD = 10
const AHEAD = 11
const LOADED = 12
const ORDERED = 13
const RATE = 14
const LIMIT = 15
const BASE = 16
const UPTIME = 17
const LATEST = 18
const FIRST = 19
const LAST = 20
const VALUE = 21
/** Eight of i32, two of v128, eight of i64. */
const LOCALS = [3, 8, 0x7f, 2, 0x7b, 8, 0x7e]

const I32 = 0x7f
const END = 0x0b
const WIDTHS = [1, 2, 4, 8] as const
const SPLATS = { 1: 0x0f, 2: 0x10, 4: 0x11 } as const
const LANE_STORES = { 1: 0x58, 2: 0x59, 4: 0x5a, 8: 0x5b } as const
const LOADS = { 1: 0x31, 2: 0x33, 4: 0x35, 8: 0x29 } as const
const STORES = { 1: 0x3c, 2: 0x3d, 4: 0x3e, 8: 0x37 } as const

function codeOf(length: number, { valid, copies, counts, checks, times, icmp }: Work): number[] {
  const [fromRecord, constant] = [copies.filter(isFromRecord), copies.filter((copy) => !isFromRecord(copy))]
  return [
    ...addresses(),
    ...markValid(valid),
    ...storeConstants(constant),
    ...rateOfSet(),
    ...(times ? timesOfSet() : []),
    // loop
    ...[0x03, 0x40],
    ...windowsOf(fromRecord).flatMap(storeWindow),
    ...counts.flatMap(storeCount),
    ...(times ? storeTimes(times) : [...i32(0), ...set(IS_ODD)]),
    ...checks.flatMap(check),
    ...(icmp ? storeIcmp(icmp) : []),
    ...listOdd(),
    ...[...get(RECORD), ...i32(length), 0x6a, ...set(RECORD)],
    ...advance(1),
    // left -= 1, again unless it is 0
    ...[...get(LEFT), ...i32(1), 0x6b, 0x22, ...unsigned(LEFT), 0x0d, 0],
    END,
    ...get(ODDS),
  ]
}

type FromRecord = Copy & { readonly from: readonly number[] }

function isFromRecord(copy: Copy): copy is FromRecord {
  return 'length' in copy.from && copy.from.some((at) => at >= 0)
}

/** Rows that a constant is written for at a time: a column of bytes has them in one store. */
const ROWS_AT_A_TIME = 16

/** A value that is the same for all records, from memory or of zeros and ones: 16 octets of the column at a time. */
function storeConstants(copies: readonly Copy[]): number[] {
  if (copies.length === 0) return []
  return [
    ...[...get(LEFT), ...set(AHEAD)],
    // loop
    ...[0x03, 0x40],
    ...copies.flatMap(storeConstant),
    ...advance(ROWS_AT_A_TIME),
    ...[...get(AHEAD), ...i32(ROWS_AT_A_TIME), 0x6b, 0x22, ...unsigned(AHEAD), ...i32(0), 0x4a, 0x0d, 0],
    END,
    ...addresses(),
  ]
}

function storeConstant({ to, width, from }: Copy): number[] {
  const value =
    'address' in from
      ? [...i32(from.address), LOADS[width], 0, 0]
      : i64(
          'value' in from
            ? BigInt(from.value)
            : from.reduceRight((sum, at) => (sum << 8n) | (at === ONES ? 0xffn : 0n), 0n),
        )
  const splat = width === 8 ? [...value, 0xfd, 0x12] : [...value, 0xa7, 0xfd, SPLATS[width]]
  return [
    ...[...splat, ...set(ORDERED)],
    ...Array.from({ length: width }, (_, i) => [
      ...[...get(AT[width]), ...get(ORDERED), 0xfd, 0x0b, 0, ...unsigned(to + 16 * i)],
    ]).flat(),
  ]
}

/** `AT` for the first row. */
function addresses(): number[] {
  return WIDTHS.flatMap((width) => [...get(BATCH), ...get(ROW), ...i32(width), 0x6c, 0x6a, ...set(AT[width])])
}

/** `AT` for a later row. */
function advance(rows: number): number[] {
  return WIDTHS.flatMap((width) => [...get(AT[width]), ...i32(width * rows), 0x6a, ...set(AT[width])])
}

/** Up to `MOST_MARKED` rows get a value in these masks: 64 bits of each, from the first row's byte on. */
function markValid(masks: readonly number[]): number[] {
  if (masks.length === 0) return []
  const shifted = [...get(ROW), ...i32(7), 0x71, 0xad, 0x86]
  return [
    ...[...get(BATCH), ...get(ROW), ...i32(3), 0x76, 0x6a, ...set(AHEAD)],
    ...[...i64(1n), ...get(LEFT), 0xad, 0x86, ...i64(1n), 0x7d, ...shifted, ...set(VALUE)],
    ...masks.flatMap((mask) => [
      ...[
        ...get(AHEAD),
        ...get(AHEAD),
        0x29,
        0,
        ...unsigned(mask),
        ...get(VALUE),
        0x84,
        STORES[8],
        0,
        ...unsigned(mask),
      ],
    ]),
  ]
}

interface Window {
  readonly at: number
  readonly copies: FromRecord[]
}

/** Copies that one load of 16 octets serves. */
function windowsOf(copies: readonly FromRecord[]): Window[] {
  const first = ({ from }: FromRecord) => Math.min(...from.filter((at) => at >= 0))
  const last = ({ from }: FromRecord) => Math.max(...from)
  const windows: Window[] = []
  for (const copy of copies.toSorted((a, b) => first(a) - first(b))) {
    const window = windows.at(-1)
    if (window && last(copy) < window.at + 16) window.copies.push(copy)
    else windows.push({ at: first(copy), copies: [copy] })
  }
  return windows
}

function storeWindow({ at, copies }: Window): number[] {
  return [
    ...[...get(RECORD), 0xfd, 0x00, 0, ...unsigned(at), ...set(LOADED)],
    ...shufflesOf(copies).flatMap((lanes) => {
      const octets = lanes.flatMap(({ from }) =>
        from.map((place) => (place >= 0 ? place - at : place === ONES ? 17 : 16)),
      )
      while (octets.length < 16) octets.push(16)
      return [
        ...[
          ...get(LOADED),
          0xfd,
          0x0c,
          0,
          0xff,
          ...new Array<number>(14).fill(0),
          0xfd,
          0x0d,
          ...octets,
          ...set(ORDERED),
        ],
        ...lanes.flatMap((lane, i) => storeLane(lane, lanes.slice(0, i))),
      ]
    }),
  ]
}

function storeLane({ to, width }: FromRecord, before: readonly FromRecord[]): number[] {
  const lane = before.reduce((sum, other) => sum + other.width, 0) / width
  return [...get(AT[width]), ...get(ORDERED), 0xfd, LANE_STORES[width], 0, ...unsigned(to), lane]
}

/** Values that fit into 16 octets together, the wide ones first, so that each stands at a multiple of its width. */
function shufflesOf(copies: readonly FromRecord[]): FromRecord[][] {
  const shuffles: FromRecord[][] = []
  let room = 0
  for (const copy of copies.toSorted((a, b) => b.width - a.width)) {
    if (room < copy.width) {
      shuffles.push([])
      room = 16
    }
    shuffles.at(-1)?.push(copy)
    room -= copy.width
  }
  return shuffles
}

/** The rate, at least 1, and the largest count that stays below 2^64 with it. */
function rateOfSet(): number[] {
  const rate = [...i32(runAddress('rate')), 0x35, 0, 0]
  return [
    ...[...rate, ...i64(1n), ...rate, ...i64(0n), 0x52, 0x1b, ...set(RATE)],
    ...[...i64(-1n), ...get(RATE), 0x80, ...set(LIMIT)],
  ]
}

/** `value > limit ? 2^64 - 1 : value × rate`; four octets times four never are more. */
function storeCount({ to, at, length }: Count): number[] {
  const product = [...get(VALUE), ...get(RATE), 0x7e]
  const bounded = [...i64(-1n), ...product, ...get(VALUE), ...get(LIMIT), 0x56, 0x1b]
  return [
    ...[...load({ at, length }), ...set(VALUE)],
    ...[...get(AT[8]), ...(length <= 4 ? product : bounded), STORES[8], 0, ...unsigned(to)],
  ]
}

function timesOfSet(): number[] {
  return [
    ...[...i32(runAddress('base')), 0x29, 0, 0, ...set(BASE)],
    ...[...i32(runAddress('uptime')), 0x29, 0, 0, ...set(UPTIME)],
    ...[...i32(runAddress('latest')), 0x29, 0, 0, ...set(LATEST)],
  ]
}

/** As `writeTimes` has it, where nothing has to be replaced. */
function storeTimes({ start, end, startTo, endTo, form }: Times): number[] {
  const store = [
    ...[...get(AT[8]), ...get(LAST), STORES[8], 0, ...unsigned(endTo)],
    ...[...get(AT[8]), ...get(FIRST), STORES[8], 0, ...unsigned(startTo)],
  ]
  const isLater = [...get(FIRST), ...get(LAST), 0x56]
  if (form === 'uptime') {
    const ago = (of: Octets) => [...get(UPTIME), ...load(of), 0x7d, ...i64(0xffff_ffffn), 0x83]
    return [
      ...[...ago(end), ...set(VALUE)],
      ...[...get(BASE), ...get(VALUE), 0x7d, ...set(LAST)],
      ...[...get(BASE), ...ago(start), 0x7d, ...set(FIRST)],
      ...store,
      ...[...get(VALUE), ...i64(BigInt(LONGEST_IDLE_MS + UPTIME_AHEAD_MS)), 0x56, ...isLater, 0x72, ...set(IS_ODD)],
    ]
  }
  const value = (of: Octets) => [...load(of), ...(form === 'seconds' ? [...i64(1000n), 0x7e] : [])]
  return [
    ...[...value(end), ...set(LAST), ...value(start), ...set(FIRST)],
    ...store,
    ...[...get(FIRST), ...i64(BigInt(PLAUSIBLE_FROM_MS)), 0x54],
    ...[...get(LAST), ...get(LATEST), 0x56, 0x72],
    ...[...isLater, 0x72, ...set(IS_ODD)],
  ]
}

function check({ is, number, ...octets }: Check): number[] {
  return [...get(IS_ODD), ...load(octets), ...i64(BigInt(number)), is === 'equal' ? 0x51 : 0x56, 0x72, ...set(IS_ODD)]
}

function storeIcmp({ protocol, typeAndCode, typeTo, codeTo, valid, none }: Icmp): number[] {
  const isProtocol = (number: number) => [...get(VALUE), ...i64(BigInt(number)), 0x51]
  const [first, ...others] = typeAndCode as [Octets, ...Octets[]]
  /** Address of the row's byte in the masks, and its bit there. */
  const byte = [...get(BATCH), ...get(AT[1]), ...get(BATCH), 0x6b, ...i32(3), 0x76, 0x6a]
  const bit = [...i32(1), ...get(AT[1]), ...get(BATCH), 0x6b, ...i32(7), 0x71, 0x74]
  const change = (mask: number, by: readonly number[]) => [
    ...byte,
    ...[...byte, 0x2d, 0, ...unsigned(mask)],
    ...by,
    ...[0x3a, 0, ...unsigned(mask)],
  ]
  return [
    ...[...load(protocol), ...set(VALUE), ...isProtocol(1), ...isProtocol(58), 0x72],
    // if
    ...[0x04, 0x40],
    ...[...load(first), ...set(VALUE)],
    ...others.flatMap((other) => [
      ...[...get(VALUE), ...load(other), ...get(VALUE), ...i64(0n), 0x52, 0x1b, ...set(VALUE)],
    ]),
    ...[...get(AT[1]), ...get(VALUE), ...i64(8n), 0x88, STORES[1], 0, ...unsigned(typeTo)],
    ...[...get(AT[1]), ...get(VALUE), STORES[1], 0, ...unsigned(codeTo)],
    ...valid.flatMap((mask) => change(mask, [...bit, 0x72])),
    ...none.flatMap((mask) => change(mask, [...bit, ...i32(-1), 0x73, 0x71])),
    END,
  ]
}

/** Writes the record's number where the next odd one stands, and goes on to the next place if it is one. */
function listOdd(): number[] {
  return [
    ...[...get(ODDS), ...i32(2), 0x74, ...get(NUMBER), 0x36, 0, ...unsigned(ODD)],
    ...[...get(ODDS), ...get(IS_ODD), 0x6a, ...set(ODDS)],
    ...[...get(NUMBER), ...i32(1), 0x6a, ...set(NUMBER)],
  ]
}

/** A number of the record as an i64: its octets the other way round, zeros above. */
function load({ at, length }: Octets): number[] {
  const octets = Array.from({ length: 16 }, (_, i) => (i < length ? length - 1 - i : 16))
  return [...get(RECORD), 0xfd, 0x5d, 0, ...unsigned(at), 0xfd, 0x0c, ...octets, 0xfd, 0x0e, 0xfd, 0x1d, 0]
}

function get(local: number): number[] {
  return [0x20, local]
}

function set(local: number): number[] {
  return [0x21, local]
}

function i64(value: bigint): number[] {
  return [0x42, ...signed(value)]
}

function i32(value: number): number[] {
  return [0x41, ...signed(BigInt(value))]
}

function section(id: number, content: readonly number[]): number[] {
  return [id, ...unsigned(content.length), ...content]
}

function name(text: string): number[] {
  return [text.length, ...Buffer.from(text)]
}

/** LEB128 (§5.2.2). */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]
}

/** Signed LEB128 of at most 64 bits. */
function signed(value: bigint): number[] {
  const rest = BigInt.asIntN(64, value)
  const octet = Number(rest & 0x7fn)
  const more = rest >> 7n
  return (more === 0n && (octet & 0x40) === 0) || (more === -1n && (octet & 0x40) !== 0)
    ? [octet]
    : [octet | 0x80, ...signed(more)]
}
