/** Counts of flows, and how they add up. */
import type { DuckDBValue } from '@duckdb/node-api'

/** Counts of a group, a bucket, or all; null where no flow had the count. */
export interface Counts {
  readonly bytes: bigint | null
  readonly packets: bigint | null
  readonly bytes_l2: bigint | null
  readonly flows: bigint
  readonly rate: number
}

/** Columns that counts stand in. */
export type CountName = Exclude<keyof Counts, 'rate'>

export const NOTHING: Counts = { bytes: null, packets: null, bytes_l2: null, flows: 0n, rate: 0 }

/** From a row that has the named counts, flows and rate from `at` on. */
export function countsOf(names: readonly string[], row: readonly DuckDBValue[], at: number): Counts {
  const of = (count: string) => {
    const i = names.indexOf(count)
    return i < 0 ? null : bigOf(row[at + i])
  }
  const n = names.length
  return {
    bytes: of('bytes'),
    packets: of('packets'),
    bytes_l2: of('bytes_l2'),
    flows: bigOf(row[at + n]) ?? 0n,
    rate: Number(row[at + n + 1] ?? 0),
  }
}

export function bigOf(value: DuckDBValue | undefined): bigint | null {
  return value === null || value === undefined ? null : BigInt(value as bigint | number)
}

export function add(all: readonly Counts[]): Counts {
  const sum = (of: 'bytes' | 'packets' | 'bytes_l2') =>
    all.reduce<bigint | null>((total, counts) => (counts[of] === null ? total : (total ?? 0n) + counts[of]), null)
  return {
    bytes: sum('bytes'),
    packets: sum('packets'),
    bytes_l2: sum('bytes_l2'),
    flows: all.reduce((total, counts) => total + counts.flows, 0n),
    rate: all.reduce((most, counts) => Math.max(most, counts.rate), 0),
  }
}

/**
 * Totals without the named groups. A count is null where none of the other groups has it; `having` says how many of all
 * groups have it.
 */
export function rest(totals: Counts, named: readonly Counts[], having: ReadonlyMap<string, number>): Counts {
  const left = (of: 'bytes' | 'packets' | 'bytes_l2') => {
    const counted = named.filter((counts) => counts[of] !== null)
    if (totals[of] === null || counted.length === (having.get(of) ?? 0)) return null
    return totals[of] - counted.reduce((sum, counts) => sum + (counts[of] as bigint), 0n)
  }
  return {
    ...totals,
    bytes: left('bytes'),
    packets: left('packets'),
    bytes_l2: left('bytes_l2'),
    flows: totals.flows - named.reduce((sum, counts) => sum + counts.flows, 0n),
  }
}
