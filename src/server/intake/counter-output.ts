/** Where decoders write counter samples: apart from flows, in small batches of one day each. */
import type { Exporter } from './exporter.ts'
import { columnOf, CounterBatch } from './counter-batch.ts'

const DAY_MS = 86_400_000

/** Where batches of counter samples go. */
export interface CounterSink {
  /** How often a source is kept at most, in milliseconds; 0 for every sample. */
  readonly everyMs: number
  /** Takes a batch that has rows, all received on one UTC day (days since 1970), and does not give it back. */
  takeCounters(batch: CounterBatch, day: number): void
}

export class CounterOutput {
  private readonly sink: CounterSink | null
  private batch: CounterBatch | null = null
  private day = 0
  private sinceMs = Infinity

  /** Without a sink, samples are counted and not kept. */
  constructor(sink: CounterSink | null) {
    this.sink = sink
  }

  /** Begins a row for a sample; null where it is not to be kept. `end` finishes the row; without it, the next one takes its place. */
  begin(exporter: Exporter, type: number, index: number, uptimeMs: number, receivedMs: number): CounterBatch | null {
    if (!this.sink || !exporter.counters.isDue(exporter, type, index, receivedMs, this.sink.everyMs)) return null
    const day = Math.floor(receivedMs / DAY_MS)
    if (this.batch && day !== this.day) this.next()
    this.day = day
    this.batch ??= new CounterBatch()
    this.sinceMs = Math.min(this.sinceMs, receivedMs)
    const { batch } = this
    const { words } = exporter
    batch.put(RECEIVED, Math.floor(receivedMs / 2 ** 32), receivedMs >>> 0)
    batch.put(EXPORTER_HIGH, words[0], words[1])
    batch.put(EXPORTER_LOW, words[2], words[3])
    batch.put(UPTIME, 0, uptimeMs)
    batch.put(SOURCE_TYPE, 0, type)
    batch.put(SOURCE, 0, index)
    return batch
  }

  /** Finishes the row that was begun. */
  end(): void {
    if (!this.batch) return
    this.batch.rows++
    if (this.batch.full) this.next()
  }

  /** Gets rid of what a decoder has left of a row that it did not finish. */
  abandonRow(): void {
    if (this.batch) this.next()
  }

  /** Hands on what is there; with `olderThanMs`, only if its first row came before that moment. */
  flush(olderThanMs = Infinity): void {
    if (this.sinceMs <= olderThanMs) this.next()
  }

  private next(): void {
    if (this.batch && this.batch.rows > 0) this.sink?.takeCounters(this.batch, this.day)
    this.batch = null
    this.sinceMs = Infinity
  }
}

const RECEIVED = columnOf('received')
const EXPORTER_HIGH = columnOf('exporter_hi')
const EXPORTER_LOW = columnOf('exporter_lo')
const UPTIME = columnOf('uptime')
const SOURCE_TYPE = columnOf('source_type')
const SOURCE = columnOf('source')
