/**
 * The way of a datagram within one thread: recognised, its exporter found, decoded, enriched, handed on in batches.
 * No sockets and no threads: the intake worker, imports and `weir decode` all use it.
 */
import { LOSSES, type LossName } from '../../shared/losses.ts'
import type { Filter } from '../../shared/query/filter/ast.ts'
import type { Protocol } from '../../shared/schema/codes.ts'
import { slotOf } from '../counters.ts'
import { Batch, BATCH_ROWS } from './batch.ts'
import { CounterOutput, type CounterSink } from './counter-output.ts'
import type { Decoder, Output } from './decoders/decoder.ts'
import { DECODERS } from './decoders/index.ts'
import { Scratch } from './memory.ts'
import type { Enricher } from './enrich/enricher.ts'
import type { Exporter, Shared } from './exporter.ts'
import { Exporters } from './exporters.ts'
import { rowTest } from './filter/compile.ts'
import { keepRows } from './filter/compact.ts'
import type { RateLimit } from './filter/rate-limit.ts'
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
  /** What flows must fit to be kept; it may ask for what enrichers add. */
  readonly keep?: Filter | null
  /** Protocols that are not decoded. */
  readonly deniedProtocols?: readonly Protocol[]
  /** Told of datagrams that were not decoded: of no known protocol, or because of a fault. */
  readonly onRefused?: (address: string, loss: LossName, bytes: Uint8Array, fault?: unknown) => void
}

export class Pipeline {
  readonly exporters: Exporters
  /** Where flows are written that come otherwise than in datagrams. */
  readonly output: Output
  private readonly options: PipelineOptions
  private readonly batches: BatchOutput
  private readonly decoders = new Map<Protocol | LossName, Decoder>()
  private readonly denied: ReadonlySet<Protocol | LossName>

  constructor(options: PipelineOptions) {
    this.options = options
    this.exporters = new Exporters(options)
    this.batches = new BatchOutput(options)
    this.output = this.batches
    this.denied = new Set<Protocol | LossName>(options.deniedProtocols)
    for (const decoder of DECODERS) if (!this.denied.has(decoder.name)) this.decoders.set(decoder.name, decoder)
  }

  /**
   * Takes one datagram or message in; `bytes` is not kept. `address` is where it came from, as text, IPv4 also as
   * ::ffff:a.b.c.d; `port` is the source port, 0 where it is not known. What comes over a connection names its session.
   */
  receive(bytes: Uint8Array, address: string, receivedMs: number, port = 0, connection: Session | null = null): void {
    const { counters } = this.options
    counters.addAt(DATAGRAMS, 1)
    counters.addAt(BYTES, bytes.length)
    const protocol = recognise(bytes)
    const decoder = this.decoders.get(protocol)
    if (!decoder) {
      if (this.denied.has(protocol)) {
        counters.add('filtered.protocol', 1)
        return
      }
      this.refuse(protocol in LOSSES ? (protocol as LossName) : 'decode.unsupportedVersion', address, bytes)
      return
    }
    const exporter =
      decoder.name === 'sflow5'
        ? this.exporters.ofAgent(bytes, address, receivedMs)
        : this.exporters.ofSource(address, receivedMs)
    if (!exporter) {
      if (this.exporters.denied) counters.add('filtered.exporter', 1)
      else this.refuse('exporters.full', address, bytes)
      return
    }
    exporter.datagrams++
    exporter.lastSeenMs = receivedMs
    exporter.speaks(decoder.name)
    exporter.netflow.enter(exporter, connection, port)
    if (exporter.rateLimit) this.batches.limit(exporter.rateLimit, receivedMs)
    this.decode(decoder, bytes, exporter, receivedMs)
    if (exporter.rateLimit) this.batches.endLimit()
    this.batches.noteAge(receivedMs)
  }

  /** A connection has ended, and with it what was told over it. */
  end(connection: Session): void {
    connection.exporter?.netflow.end(connection.exporter, connection)
  }

  /** Hands on what is there; with `olderThanMs`, only if its first row came before that moment. */
  flush(olderThanMs = Infinity): void {
    if (this.batches.batch.rows > 0 && this.batches.sinceMs <= olderThanMs) this.batches.handOn()
    this.batches.counters.flush(olderThanMs)
  }

  private decode(decoder: Decoder, datagram: Uint8Array, exporter: Exporter, receivedMs: number): void {
    const { bytes, view } = Scratch.ofDatagrams.load(datagram)
    try {
      this.options.tap?.datagram(decoder.name, bytes, exporter, receivedMs)
      decoder.decode(bytes, exporter, receivedMs, this.batches, view)
    } catch (fault) {
      exporter.lose('decode.fault', 1)
      this.batches.abandonRow()
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

const DATAGRAMS = slotOf('datagrams')
const BYTES = slotOf('bytes')
const MAPPED_IPV4 = /^::ffff:(?=[\d.]+$)/i

/** The batch that decoders write to; enriched as it is handed on. */
class BatchOutput implements Output {
  batch = new Batch()
  /** When the first row of the batch came; Infinity while it is empty. */
  sinceMs = Infinity
  readonly counters: CounterOutput
  /** Of the exporter whose flows come now, if it has one, and where in the batch they begin. */
  private rateLimit: RateLimit | null = null
  private limitedFrom = 0
  private nowMs = 0
  private readonly options: PipelineOptions

  constructor(options: PipelineOptions) {
    this.options = options
    this.counters = new CounterOutput(options.counterSink ?? null)
  }

  noteAge(receivedMs: number): void {
    if (this.sinceMs === Infinity && this.batch.rows > 0) this.sinceMs = receivedMs
  }

  /** What is written from now on is of an exporter with a limit, until `endLimit`. */
  limit(rateLimit: RateLimit, nowMs: number): void {
    this.rateLimit = rateLimit
    this.limitedFrom = this.batch.rows
    this.nowMs = nowMs
  }

  endLimit(): void {
    this.takeTooMany()
    this.rateLimit = null
  }

  /** Makes room: by a limit if that is enough, so that a flood above it does not fill the queue with small batches. */
  next(): void {
    this.takeTooMany()
    if (this.batch.full || this.batch.rows > BATCH_ROWS / 2) this.handOn()
  }

  handOn(): void {
    const { batch } = this
    this.takeTooMany()
    if (batch.rows === 0) {
      batch.clear()
      return
    }
    const { counters, enrichers, keep, sink } = this.options
    for (const enricher of enrichers) counters.add(enricher.known, enricher.run(batch, 0, batch.rows))
    if (enrichers.length > 0) counters.add('enriched', batch.rows)
    if (keep) counters.add('filtered.flows', keepRows(batch, 0, rowTest(keep, batch)))
    this.sinceMs = Infinity
    this.limitedFrom = 0
    if (batch.rows > 0) this.batch = sink.take(batch)
    else batch.clear()
  }

  private takeTooMany(): void {
    if (!this.rateLimit) return
    this.options.counters.add('filtered.rate', this.rateLimit.apply(this.batch, this.limitedFrom, this.nowMs))
    this.limitedFrom = this.batch.rows
  }

  /** Gets rid of what a decoder has left of a row that it did not finish. */
  abandonRow(): void {
    this.counters.abandonRow()
    if (this.batch.rows > 0) this.handOn()
    else this.batch.clear()
  }
}
