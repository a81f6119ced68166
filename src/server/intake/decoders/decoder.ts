import type { Protocol } from '../../../shared/schema/codes.ts'
import type { Batch } from '../batch.ts'
import type { CounterOutput } from '../counter-output.ts'
import type { Exporter } from '../exporter.ts'

/** Where decoders write. */
export interface Output {
  /** The batch to write to now; it has room for at least one row. */
  readonly batch: Batch
  /** Makes room in `batch`, or puts an empty one in its place. To be called as soon as `batch.full`. */
  next(): void
  /** Where counter samples go. */
  readonly counters: CounterOutput
}

/**
 * One protocol: bytes → columns. No sockets, no clock of its own, no logging. Never throws on hostile input and never
 * loops without consuming: what cannot be read is a counted loss of the exporter, and the rest is still decoded.
 */
export interface Decoder {
  readonly name: Protocol
  /**
   * Reads one datagram of that protocol (its header was recognised) and writes its flows. `view` is of the same bytes; both
   * are in the memory that kernels read, and the caller's again afterwards.
   */
  decode(bytes: Uint8Array, exporter: Exporter, receivedMs: number, output: Output, view: DataView): void
}
