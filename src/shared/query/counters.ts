/** The question for counters over time, in its form once the edge has checked it, and its answer. */
import type { CounterName, CounterSource } from '../schema/counters.ts'

export interface CounterQuestion {
  /** `[fromMs, toMs)`, epoch milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  /** Bucket length. Buckets start at multiples of it since the epoch. */
  readonly intervalMs: number
  readonly exporter: string
  /** Kind of source; null for all. */
  readonly kind: CounterSource | null
  /** Their numbers; null for all. */
  readonly sources: readonly number[] | null
  /** What to give over time: a counter as its rate a second, a gauge as it was. */
  readonly counters: readonly CounterName[]
  /** Of what only the last value is wanted. */
  readonly states: readonly CounterName[]
  /** How many sources at most: those come first that counted most by the first of `counters`. */
  readonly limit: number
}

export interface CounterSeries {
  readonly kind: CounterSource
  readonly source: number
  readonly lastSeenMs: number
  /** Last values in the range of `states`; null where there is none. */
  readonly last: Readonly<Partial<Record<CounterName, number | null>>>
  /** By bucket; null where it is not known: before the first sample, after a restart, where samples are missing. */
  readonly values: Readonly<Partial<Record<CounterName, readonly (number | null)[]>>>
  /** For how many milliseconds of each bucket it is known. */
  readonly coveredMs: Readonly<Partial<Record<CounterName, readonly number[]>>>
}

export interface CounterAnswer {
  /** Starts of the buckets. */
  readonly times: readonly number[]
  readonly intervalMs: number
  readonly series: readonly CounterSeries[]
  /** Sources beyond the limit. */
  readonly leftOut: number
  readonly tookMs: number
}
