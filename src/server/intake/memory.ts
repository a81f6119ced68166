/**
 * Memory of the batches that this thread fills. It is that of WebAssembly, so that compiled templates may use it, and it
 * is shared, so that other threads read the batches where they are.
 */

import { I32, fill, get, i32, moduleOf, type WasmFunction } from './wasm.ts'

const PAGE = 65_536
/** For two of the longest datagrams with what a kernel may read beyond them, and for `RUN`. */
const FIRST_PAGES = 3
/** 4 GiB of addresses; memory is taken as batches are. */
const MOST_PAGES = 65_536

/** Where a kernel finds what holds for all records of a set; decoders/run.ts. */
export const RUN = 2 * PAGE + 1024

/** Where it leaves the numbers of odd records. */
export const ODD = RUN + 1024

/** A part of the memory. */
export interface Place {
  readonly buffer: SharedArrayBuffer
  readonly byteOffset: number
}

let made: WebAssembly.Memory | undefined
/** Places by length that their owners have dropped. */
const free = new Map<number, number[]>()
const owners = new FinalizationRegistry<{ byteOffset: number; byteLength: number }>(({ byteOffset, byteLength }) => {
  const places = free.get(byteLength)
  if (places) places.push(byteOffset)
  else free.set(byteLength, [byteOffset])
})

/** Bytes in this memory, to be read either way. */
export interface Loaded {
  readonly bytes: Uint8Array
  readonly view: DataView
}

/** Room for one datagram at a time, so that reading one makes no object. */
export class Scratch {
  private readonly address: number
  /** By length. */
  private readonly views: (Loaded | undefined)[] = []

  private constructor(address: number) {
    this.address = address
  }

  static readonly ofDatagrams = new Scratch(0)
  /** For what has waited, and is read in the midst of a datagram. */
  static readonly ofWaiting = new Scratch(PAGE + 64)

  /** A copy of at most 65,536 bytes; it stands until the next one. */
  load(bytes: Uint8Array): Loaded {
    const { length } = bytes
    const loaded = (this.views[length] ??= this.viewsOf(length))
    loaded.bytes.set(bytes)
    return loaded
  }

  private viewsOf(length: number): Loaded {
    const { buffer } = memory()
    return { bytes: new Uint8Array(buffer, this.address, length), view: new DataView(buffer, this.address, length) }
  }
}

export function memory(): WebAssembly.Memory {
  return (made ??= new WebAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES, shared: true }))
}

let clearing: WasmCall | undefined

/** Sets octets of this memory to 0. `Uint8Array.fill` takes 30 times as long where memory is shared. */
export function zero(address: number, length: number): void {
  clearing ??= functionOf({
    parameters: [I32, I32],
    result: I32,
    locals: [],
    body: [get(0), i32.const(0), get(1), fill, i32.const(0)],
  })
  clearing(address, length)
}

export type WasmCall = (...numbers: number[]) => number

/** A function of WebAssembly that works on this memory. */
export function functionOf(code: WasmFunction): WasmCall {
  const module = new WebAssembly.Module(moduleOf(code, MOST_PAGES))
  return new WebAssembly.Instance(module, { m: { m: memory() } }).exports['f'] as WasmCall
}

/** Whole pages that belong to `owner` as long as it is reachable. They may hold what was there before. */
export function allocate(owner: object, byteLength: number): Place {
  const whole = memory()
  const pages = Math.ceil(byteLength / PAGE)
  const byteOffset = free.get(pages * PAGE)?.pop() ?? whole.grow(pages) * PAGE
  owners.register(owner, { byteOffset, byteLength: pages * PAGE })
  return { buffer: whole.buffer, byteOffset }
}
