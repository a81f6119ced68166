/**
 * Memory of the batches that this thread fills. It is that of WebAssembly, so that compiled templates may use it, and it
 * is shared, so that other threads read the batches where they are.
 */

const PAGE = 65_536
/** The longest datagram, and what a kernel may read beyond it. */
const SCRATCH_PAGES = 2
/** 4 GiB of addresses; memory is taken as batches are. */
export const MOST_PAGES = 65_536

/** Where a datagram stands while its records are copied. */
export const SCRATCH = 0
/** Where stands what holds for all records of a set; `RunWords` in compile.ts. */
export const RUN = PAGE + 1024

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

export function memory(): WebAssembly.Memory {
  return (made ??= new WebAssembly.Memory({ initial: SCRATCH_PAGES, maximum: MOST_PAGES, shared: true }))
}

/** Whole pages that belong to `owner` as long as it is reachable. They may hold what was there before. */
export function allocate(owner: object, byteLength: number): Place {
  const whole = memory()
  const pages = Math.ceil(byteLength / PAGE)
  const byteOffset = free.get(pages * PAGE)?.pop() ?? whole.grow(pages) * PAGE
  owners.register(owner, { byteOffset, byteLength: pages * PAGE })
  return { buffer: whole.buffer, byteOffset }
}
