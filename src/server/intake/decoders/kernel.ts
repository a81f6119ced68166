/**
 * Reads records of fixed length by WebAssembly, which checks no index. 16 octets at a time are loaded, put in the order of
 * the columns by one shuffle, and stored lane by lane; counts are multiplied by the sampling rate, times made absolute.
 * Records that are odd in some way (`Check`, times that cannot be true) are listed, for the template's compiled function,
 * which knows every rule (bench/decode.ts).
 */
import { ODD, functionOf } from '../memory.ts'
import { LONGEST_IDLE_MS, PLAUSIBLE_FROM_MS, UPTIME_AHEAD_MS } from '../normalise/time.ts'
import { runAddress } from './run.ts'
import { I32, I64, V128, get, i32, i64, repeat, select, set, v128, when, type Code } from '../wasm.ts'

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

/** A record is odd with that number there, with one above it, or with another than stands at an address in memory. */
export type Check = Octets &
  ({ readonly is: 'equal' | 'above'; readonly number: number } | { readonly is: 'unlike'; readonly address: number })

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
export function makeKernel(length: number, work: Work): Kernel {
  return functionOf({ parameters: [I32, I32, I32, I32], result: I32, locals: LOCALS, body: codeOf(length, work) })
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
const LOCALS = [
  [8, I32],
  [2, V128],
  [8, I64],
] as const

const WIDTHS = [1, 2, 4, 8] as const

function codeOf(length: number, { valid, copies, counts, checks, times, icmp }: Work): Code {
  return [
    addresses(),
    markValid(valid),
    storeConstants(copies.filter((copy) => !isFromRecord(copy))),
    rateOfSet(),
    times ? timesOfSet() : [],
    repeat([
      windowsOf(copies.filter(isFromRecord)).map(storeWindow),
      counts.map(storeCount),
      times ? storeTimes(times) : [i32.const(0), set(IS_ODD)],
      checks.map(check),
      icmp ? storeIcmp(icmp) : [],
      listOdd(),
      [get(RECORD), i32.const(length), i32.add, set(RECORD)],
      advance(1),
      [get(LEFT), i32.const(1), i32.sub, set(LEFT), get(LEFT)],
    ]),
    get(ODDS),
  ]
}

/** `AT` for the first row. */
function addresses(): Code {
  return WIDTHS.map((width) => [get(BATCH), get(ROW), i32.const(width), i32.multiply, i32.add, set(AT[width])])
}

/** `AT` for a later row. */
function advance(rows: number): Code {
  return WIDTHS.map((width) => [get(AT[width]), i32.const(width * rows), i32.add, set(AT[width])])
}

/** Up to `MOST_MARKED` rows get a value in these masks: 64 bits of each, from the first row's byte on. */
function markValid(masks: readonly number[]): Code {
  const ones = [i64.const(1n), get(LEFT), i64.ofI32, i64.shiftLeft, i64.const(1n), i64.sub]
  return [
    [get(BATCH), get(ROW), i32.const(3), i32.shiftRight, i32.add, set(AHEAD)],
    [ones, get(ROW), i32.const(7), i32.and, i64.ofI32, i64.shiftLeft, set(VALUE)],
    masks.map((mask) => [get(AHEAD), get(AHEAD), i64.load(mask), get(VALUE), i64.or, i64.store(mask)]),
  ]
}

type FromRecord = Copy & { readonly from: readonly number[] }

function isFromRecord(copy: Copy): copy is FromRecord {
  return 'length' in copy.from && copy.from.some((at) => at >= 0)
}

/** Rows that a constant is written for at a time: a column of bytes has them in one store. */
const ROWS_AT_A_TIME = 16

/** Values that are the same for all records: 16 octets of each column at a time. */
function storeConstants(copies: readonly Copy[]): Code {
  if (copies.length === 0) return []
  return [
    [get(LEFT), set(AHEAD)],
    repeat([
      copies.map(storeConstant),
      advance(ROWS_AT_A_TIME),
      [get(AHEAD), i32.const(ROWS_AT_A_TIME), i32.sub, set(AHEAD)],
      [get(AHEAD), i32.const(0), i32.greater],
    ]),
    addresses(),
  ]
}

function storeConstant({ to, width, from }: Copy): Code {
  const value =
    'address' in from
      ? [i32.const(from.address), i64.loadOf(width)]
      : i64.const('value' in from ? BigInt(from.value) : numberOf(from))
  return [
    [value, v128.splat(width), set(ORDERED)],
    Array.from({ length: width }, (_, i) => [get(AT[width]), get(ORDERED), v128.store(to + 16 * i)]),
  ]
}

function numberOf(from: readonly number[]): bigint {
  return from.reduceRight((sum, at) => (sum << 8n) | (at === ONES ? 0xffn : 0n), 0n)
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

/** Beside the record's octets: one of zeros, one of ones. */
const BESIDE = [0, 0xff, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]

function storeWindow({ at, copies }: Window): Code {
  return [
    [get(RECORD), v128.load(at), set(LOADED)],
    shufflesOf(copies).map((lanes) => {
      const octets = lanes.flatMap(({ from }) =>
        from.map((place) => (place >= 0 ? place - at : place === ONES ? 17 : 16)),
      )
      while (octets.length < 16) octets.push(16)
      return [
        [get(LOADED), v128.const(BESIDE), v128.shuffle(octets), set(ORDERED)],
        lanes.map((lane, i) => storeLane(lane, lanes.slice(0, i))),
      ]
    }),
  ]
}

function storeLane({ to, width }: FromRecord, before: readonly FromRecord[]): Code {
  const lane = before.reduce((sum, other) => sum + other.width, 0) / width
  return [get(AT[width]), get(ORDERED), v128.storeLane(width, to, lane)]
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
function rateOfSet(): Code {
  const rate = [i32.const(runAddress('rate')), i64.loadOf(4)]
  return [
    [rate, i64.const(1n), rate, i64.const(0n), i64.notEqual, select, set(RATE)],
    [i64.const(-1n), get(RATE), i64.divide, set(LIMIT)],
  ]
}

/** `value > limit ? 2^64 - 1 : value × rate`; four octets times four never are more. */
function storeCount({ to, at, length }: Count): Code {
  const product = [get(VALUE), get(RATE), i64.multiply]
  const bounded = [i64.const(-1n), product, get(VALUE), get(LIMIT), i64.greater, select]
  return [
    [load({ at, length }), set(VALUE)],
    [get(AT[8]), length <= 4 ? product : bounded, i64.store(to)],
  ]
}

function timesOfSet(): Code {
  return (
    [
      ['base', BASE],
      ['uptime', UPTIME],
      ['latest', LATEST],
    ] as const
  ).map(([name, local]) => [i32.const(runAddress(name)), i64.load(0), set(local)])
}

/** As `writeTimes` has it, where nothing has to be replaced. */
function storeTimes({ start, end, startTo, endTo, form }: Times): Code {
  const store = [get(AT[8]), get(LAST), i64.store(endTo), get(AT[8]), get(FIRST), i64.store(startTo)]
  const isLater = [get(FIRST), get(LAST), i64.greater]
  if (form === 'uptime') {
    const ago = (of: Octets) => [get(UPTIME), load(of), i64.sub, i64.const(0xffff_ffffn), i64.and]
    const isLong = [get(VALUE), i64.const(BigInt(LONGEST_IDLE_MS + UPTIME_AHEAD_MS)), i64.greater]
    return [
      [ago(end), set(VALUE)],
      [get(BASE), get(VALUE), i64.sub, set(LAST)],
      [get(BASE), ago(start), i64.sub, set(FIRST)],
      store,
      [isLong, isLater, i32.or, set(IS_ODD)],
    ]
  }
  const value = (of: Octets) => [load(of), form === 'seconds' ? [i64.const(1000n), i64.multiply] : []]
  const isEarly = [get(FIRST), i64.const(BigInt(PLAUSIBLE_FROM_MS)), i64.less]
  const isLate = [get(LAST), get(LATEST), i64.greater]
  return [
    [value(end), set(LAST), value(start), set(FIRST)],
    store,
    [isEarly, isLate, i32.or, isLater, i32.or, set(IS_ODD)],
  ]
}

function check(one: Check): Code {
  const other = one.is === 'unlike' ? [i32.const(one.address), i64.loadOf(4)] : i64.const(BigInt(one.number))
  const comparison = { equal: i64.equal, above: i64.greater, unlike: i64.notEqual }[one.is]
  return [get(IS_ODD), load(one), other, comparison, i32.or, set(IS_ODD)]
}

function storeIcmp({ protocol, typeAndCode, typeTo, codeTo, valid, none }: Icmp): Code {
  const isProtocol = (number: bigint) => [get(VALUE), i64.const(number), i64.equal]
  const [first, ...others] = typeAndCode as [Octets, ...Octets[]]
  const row = [get(AT[1]), get(BATCH), i32.sub]
  /** Address of the row's byte in the masks, and its bit there. */
  const byte = [get(BATCH), row, i32.const(3), i32.shiftRight, i32.add]
  const bit = [i32.const(1), row, i32.const(7), i32.and, i32.shiftLeft]
  const change = (mask: number, by: Code) => [byte, byte, i32.load8(mask), by, i32.store8(mask)]
  return [
    [load(protocol), set(VALUE), isProtocol(1n), isProtocol(58n), i32.or],
    when([
      [load(first), set(VALUE)],
      others.map((other) => [get(VALUE), load(other), get(VALUE), i64.const(0n), i64.notEqual, select, set(VALUE)]),
      [get(AT[1]), get(VALUE), i64.const(8n), i64.shiftRight, i64.store8(typeTo)],
      [get(AT[1]), get(VALUE), i64.store8(codeTo)],
      valid.map((mask) => change(mask, [bit, i32.or])),
      none.map((mask) => change(mask, [bit, i32.const(-1), i32.xor, i32.and])),
    ]),
  ]
}

/** Writes the record's number where the next odd one stands, and goes on to the next place if it is one. */
function listOdd(): Code {
  return [
    [get(ODDS), i32.const(2), i32.shiftLeft, get(NUMBER), i32.store(ODD)],
    [get(ODDS), get(IS_ODD), i32.add, set(ODDS)],
    [get(NUMBER), i32.const(1), i32.add, set(NUMBER)],
  ]
}

/** A number of the record as an i64: its octets the other way round, zeros above. */
function load({ at, length }: Octets): Code {
  const octets = Array.from({ length: 16 }, (_, i) => (i < length ? length - 1 - i : 16))
  return [get(RECORD), v128.load64(at), v128.const(octets), v128.swizzle, v128.firstI64]
}
