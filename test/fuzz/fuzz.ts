/** Bad datagrams and streams one after the other, each the same for the same seed and number. */
import { randoms } from '../support/random.ts'
import { mutate, mutateStream } from './mutate.ts'
import type { Target } from './target.ts'

/** How often good datagrams and the bounds are looked at, and the first time. */
const CHECK_EVERY = 50_000
const FIRST_CHECK = 20_000
/** One input in so many is a stream. */
const STREAM_EVERY = 8
const IPFIX = 10

export interface FuzzOptions {
  readonly count: number
  readonly seed: number
  /** Told before each input is sent. */
  readonly before?: (n: number, bytes: Uint8Array) => void
}

/** Throws `Failure` where something is not as it must be. */
export function fuzz(target: Target, seeds: readonly Uint8Array[], { count, seed, before }: FuzzOptions): void {
  const messages = seeds.filter((bytes) => bytes[1] === IPFIX)
  for (let n = 0; n < count; n++) {
    const random = randoms(seed + Math.imul(n, 0x9e3779b1))
    const stream = n % STREAM_EVERY === 0 ? mutateStream(messages, random) : null
    const bytes = stream?.bytes ?? mutate(seeds, random)
    before?.(n, bytes)
    try {
      if (stream) target.receiveStream(stream, n)
      else target.receive(bytes, n)
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
