/** What holds for all records of a set. */
import { RUN, memory } from '../memory.ts'
import { PLAUSIBLE_AHEAD_MS, UPTIME_AHEAD_MS } from '../normalise/time.ts'

export interface Run {
  /** The datagram, in the memory that kernels read. */
  view: DataView
  /** The exporter's address, most significant word first. */
  exporter: readonly [number, number, number, number]
  domain: number
  /** Index in SOURCE_TYPES. */
  sourceType: number
  receivedMs: number
  /** When the exporter sent it, by its clock if that can be true. */
  exportMs: number
  /** Milliseconds since the exporter's boot at `exportMs` (32 bits, wraps), or -1 where that is not known. */
  uptimeMs: number
  /** Sampling rate of records that name no sampler, 0 where nobody has said, and its index in SAMPLING_SOURCES. */
  rate: number
  rateSource: number
  /** Rate that goes before what the records say, 0 for none. */
  overrideRate: number
  /** The same for records that name a sampler that is not known. */
  otherRate: number
  otherRateSource: number
  /** Sampler that most records of the set name; a compiled template looks it up. */
  sampler: number
  /** Rate by sampler id. */
  samplers: ReadonlyMap<number, number>
  /** Rate by interface index; null where no interface has one. */
  interfaces: ReadonlyMap<number, number> | null
  /** Records that made no row, as programs count them. */
  passed: number
}

/** Where a kernel finds the values that all records of a set have: words of 32 bits from `RUN` on, the low word first. */
export const RUN_WORDS = {
  exporterHigh: 0,
  exporterLow: 2,
  received: 4,
  domain: 6,
  sourceType: 7,
  rate: 8,
  rateSource: 9,
  base: 10,
  uptime: 12,
  sampler: 13,
  latest: 14,
} as const
export type RunAddress = keyof typeof RUN_WORDS

export function runAddress(of: RunAddress): number {
  return RUN + 4 * RUN_WORDS[of]
}

let words: Uint32Array | undefined

/** Puts there who says it and when. */
export function tellOrigin(
  exporter: readonly [number, number, number, number],
  receivedMs: number,
  domain: number,
  sourceType: number,
): Uint32Array {
  words ??= new Uint32Array(memory().buffer, RUN, 16)
  words[0] = exporter[1]
  words[1] = exporter[0]
  words[2] = exporter[3]
  words[3] = exporter[2]
  words[4] = receivedMs >>> 0
  words[5] = (receivedMs / 2 ** 32) >>> 0
  words[6] = domain
  words[7] = sourceType
  return words
}

/** Puts all of it there. */
export function tellKernels(run: Run): void {
  const { receivedMs, exportMs, uptimeMs } = run
  const told = tellOrigin(run.exporter, receivedMs, run.domain, run.sourceType)
  const base = exportMs + UPTIME_AHEAD_MS
  const latest = receivedMs + PLAUSIBLE_AHEAD_MS
  told[8] = run.rate
  told[9] = run.rateSource
  told[10] = base >>> 0
  told[11] = (base / 2 ** 32) >>> 0
  told[12] = (uptimeMs + UPTIME_AHEAD_MS) >>> 0
  told[13] = run.sampler
  told[14] = latest >>> 0
  told[15] = (latest / 2 ** 32) >>> 0
}
