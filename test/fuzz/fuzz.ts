/** Bad datagrams one after the other, each the same for the same seed and number. */
import { randoms } from '../support/random.ts'
import { mutate } from './mutate.ts'
import type { Target } from './target.ts'

/** How often good datagrams and the bounds are looked at, and the first time. */
const CHECK_EVERY = 50_000
const FIRST_CHECK = 20_000

export interface FuzzOptions {
  readonly count: number
  readonly seed: number
  /** Told before each input is sent. */
  readonly before?: (n: number, bytes: Uint8Array) => void
}

/** Throws `Failure` where something is not as it must be. */
export function fuzz(target: Target, seeds: readonly Uint8Array[], { count, seed, before }: FuzzOptions): void {
  for (let n = 0; n < count; n++) {
    const bytes = mutate(seeds, randoms(seed + Math.imul(n, 0x9e3779b1)))
    before?.(n, bytes)
    try {
      target.receive(bytes, n)
      if (n === FIRST_CHECK || n % CHECK_EVERY === CHECK_EVERY - 1) target.check()
    } catch (error) {
      throw new Failure(n, bytes, error as Error)
    }
  }
}

export class Failure extends Error {
  readonly n: number
  readonly bytes: Uint8Array

  constructor(n: number, bytes: Uint8Array, cause: Error) {
    super(`input ${n}: ${cause.message}`, { cause })
    this.n = n
    this.bytes = bytes
  }
}
