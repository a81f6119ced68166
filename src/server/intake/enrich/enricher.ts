import type { CounterName } from '../../counters.ts'
import type { Batch } from '../batch.ts'

/** Adds what Weir knows to flows that are already decoded. It works over a batch's columns and never drops a row. */
export interface Enricher {
  readonly name: string
  /** Counts the rows that it knew something of. */
  readonly known: CounterName
  /** Works over rows `[from, to)`; says of how many it knew something. */
  run(batch: Batch, from: number, to: number): number
}
