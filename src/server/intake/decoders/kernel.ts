import { MOST_PAGES } from '../memory.ts'

/**
 * Copies fields of records of fixed length into columns, by WebAssembly: 16 octets at a time are loaded, put in the order
 * of the columns by one shuffle, and stored lane by lane. That takes some 6 ns for a record of 21 fields, where typed
 * arrays take 40 ns, most of it for the check of each index (bench/decode.ts). A template's compiled function does the rest.
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

/** Copies `rows` records at address `record` to the rows from `row` on of the batch at address `batch`. */
export type Kernel = (record: number, batch: number, row: number, rows: number) => void

/** A kernel for records of `length` octets. Up to 16 octets after the last record are read too. */
export function makeKernel(memory: WebAssembly.Memory, length: number, copies: readonly Copy[]): Kernel {
  const module = new WebAssembly.Module(moduleOf(length, copies))
  return new WebAssembly.Instance(module, { m: { m: memory } }).exports['k'] as Kernel
}

/** WebAssembly Core Specification 2.0 §5.5. */
function moduleOf(length: number, copies: readonly Copy[]): Uint8Array<ArrayBuffer> {
  const body = [...LOCALS, ...codeOf(length, copies), END]
  return new Uint8Array([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    // One function: four i32, no result.
    ...section(1, [1, 0x60, 4, I32, I32, I32, I32, 0]),
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
const LOADED = 8
const ORDERED = 9
const LOCALS = [2, 4, 0x7f, 2, 0x7b]

const I32 = 0x7f
const END = 0x0b
const WIDTHS = [1, 2, 4, 8] as const
const LANE_STORES = { 1: 0x58, 2: 0x59, 4: 0x5a, 8: 0x5b } as const
const LOADS = { 1: 0x31, 2: 0x33, 4: 0x35, 8: 0x29 } as const
const STORES = { 1: 0x3c, 2: 0x3d, 4: 0x3e, 8: 0x37 } as const

function codeOf(length: number, copies: readonly Copy[]): number[] {
  const [fromRecord, constant] = [copies.filter(isFromRecord), copies.filter((copy) => !isFromRecord(copy))]
  return [
    ...WIDTHS.flatMap((width) => [...[...get(BATCH), ...get(ROW), ...i32(width), 0x6c, 0x6a, ...set(AT[width])]]),
    // loop
    ...[0x03, 0x40],
    ...constant.flatMap(storeConstant),
    ...windowsOf(fromRecord).flatMap(storeWindow),
    ...[...get(RECORD), ...i32(length), 0x6a, ...set(RECORD)],
    ...WIDTHS.flatMap((width) => [...get(AT[width]), ...i32(width), 0x6a, ...set(AT[width])]),
    // left -= 1, again unless it is 0
    ...[...get(LEFT), ...i32(1), 0x6b, 0x22, ...unsigned(LEFT), 0x0d, 0],
    END,
  ]
}

type FromRecord = Copy & { readonly from: readonly number[] }

function isFromRecord(copy: Copy): copy is FromRecord {
  return 'length' in copy.from && copy.from.some((at) => at >= 0)
}

/** A value that is the same for all records: from memory, or of zeros and ones. */
function storeConstant({ to, width, from }: Copy): number[] {
  const value =
    'address' in from
      ? [...i32(from.address), LOADS[width], 0, 0]
      : [
          0x42,
          ...signed(
            'value' in from
              ? BigInt(from.value)
              : from.reduceRight((sum, at) => (sum << 8n) | (at === ONES ? 0xffn : 0n), 0n),
          ),
        ]
  return [...get(AT[width]), ...value, STORES[width], 0, ...unsigned(to)]
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

function get(local: number): number[] {
  return [0x20, local]
}

function set(local: number): number[] {
  return [0x21, local]
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
