/**
 * The way of a datagram within one thread: recognised, its exporter found, decoded, enriched, handed on in batches.
 * No sockets and no threads: the intake worker, imports and `weir decode` all use it.
 */
import { LOSSES, type LossName } from '../../shared/losses.ts'
import type { SourceType } from '../../shared/schema/codes.ts'
import { Batch } from './batch.ts'
import { CounterOutput, type CounterSink } from './counter-output.ts'
import type { Decoder, Output } from './decoders/decoder.ts'
import { DECODERS } from './decoders/index.ts'
import { Scratch } from './memory.ts'
import type { Enricher } from './enrich/enricher.ts'
import type { Exporter, Shared } from './exporter.ts'
import { Exporters } from './exporters.ts'
import { recognise } from './recognise.ts'
import type { Session } from './session.ts'

/** Where batches go. */
export interface Sink {
  /** Takes a batch that has rows, its buffer included, and gives an empty one to go on with. */
  take(batch: Batch): Batch
}

export interface PipelineOptions extends Shared {
  readonly sink: Sink
  /** Where counter samples go; without it they are counted only. */
  readonly counterSink?: CounterSink
  readonly enrichers: readonly Enricher[]
  /** Told of datagrams that were not decoded: of no known protocol, or because of a fault. */
  readonly onRefused?: (address: string, loss: LossName, bytes: Uint8Array, fault?: unknown) => void
}

export class Pipeline {
  readonly exporters: Exporters
  private readonly options: PipelineOptions
  private readonly output: BatchOutput

  constructor(options: PipelineOptions) {
    this.options = options
    this.exporters = new Exporters(options)
    this.output = new BatchOutput(options)
  }

  /**
   * Takes one datagram or message in; `bytes` is not kept. `address` is where it came from, as text, IPv4 also as
   * ::ffff:a.b.c.d; `port` is the source port, 0 where it is not known. What comes over a connection names its session.
   */
  receive(bytes: Uint8Array, address: string, receivedMs: number, port = 0, connection: Session | null = null): void {
    const { counters } = this.options
    counters.add('datagrams', 1)
    counters.add('bytes', bytes.length)
    const protocol = recognise(bytes)
    const decoder = decoders.get(protocol)
    if (!decoder) {
      this.refuse(protocol in LOSSES ? (protocol as LossName) : 'decode.unsupportedVersion', address, bytes)
      return
    }
    const exporter =
      decoder.name === 'sflow5'
        ? this.exporters.ofAgent(bytes, address, receivedMs)
        : this.exporters.ofSource(address, receivedMs)
    if (!exporter) {
      this.refuse('exporters.full', address, bytes)
      return
    }
    exporter.datagrams++
    exporter.lastSeenMs = receivedMs
    exporter.speaks(decoder.name)
    exporter.netflow.enter(exporter, connection, port)
    this.decode(decoder, bytes, exporter, receivedMs)
    this.output.noteAge(receivedMs)
  }

  /** A connection has ended, and with it what was told over it. */
  end(connection: Session): void {
    connection.exporter?.netflow.end(connection.exporter, connection)
  }

  /** Hands on what is there; with `olderThanMs`, only if its first row came before that moment. */
  flush(olderThanMs = Infinity): void {
    if (this.output.batch.rows > 0 && this.output.sinceMs <= olderThanMs) this.output.next()
    this.output.counters.flush(olderThanMs)
  }

  private decode(decoder: Decoder, datagram: Uint8Array, exporter: Exporter, receivedMs: number): void {
    const { bytes, view } = Scratch.ofDatagrams.load(datagram)
    try {
      this.options.tap?.datagram(decoder.name, bytes, exporter, receivedMs)
      decoder.decode(bytes, exporter, receivedMs, this.output, view)
    } catch (fault) {
      exporter.lose('decode.fault', 1)
      this.output.abandonRow()
      this.options.onRefused?.(exporter.address, 'decode.fault', bytes, fault)
    }
  }

  private refuse(loss: LossName, address: string, bytes: Uint8Array): void {
    const exporter = this.exporters.known(address)
    if (exporter) exporter.lose(loss, 1)
    else this.options.counters.add(loss, 1)
    this.options.onRefused?.(address.replace(MAPPED_IPV4, ''), loss, bytes)
  }
}

const MAPPED_IPV4 = /^::ffff:(?=[\d.]+$)/i
const decoders = new Map<SourceType | LossName, Decoder>(DECODERS.map((decoder) => [decoder.name, decoder]))

/** The batch that decoders write to; enriched as it is handed on. */
class BatchOutput implements Output {
  batch = new Batch()
  /** When the first row of the batch came; Infinity while it is empty. */
  sinceMs = Infinity
  readonly counters: CounterOutput
  private readonly options: PipelineOptions

  constructor(options: PipelineOptions) {
    this.options = options
    this.counters = new CounterOutput(options.counterSink ?? null)
  }

  noteAge(receivedMs: number): void {
    if (this.sinceMs === Infinity && this.batch.rows > 0) this.sinceMs = receivedMs
  }

  next(): void {
    const { batch } = this
    if (batch.rows === 0) return
    const { counters, enrichers, sink } = this.options
    for (const enricher of enrichers) counters.add(enricher.known, enricher.run(batch, 0, batch.rows))
    if (enrichers.length > 0) counters.add('enriched', batch.rows)
    this.batch = sink.take(batch)
    this.sinceMs = Infinity
  }

  /** Gets rid of what a decoder has left of a row that it did not finish. */
  abandonRow(): void {
    this.counters.abandonRow()
    if (this.batch.rows > 0) this.next()
    else this.batch.clear()
  }
}
