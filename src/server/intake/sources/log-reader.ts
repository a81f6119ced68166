/** A flow log, piece by piece → records, each taken by the decoder of its format or handed on as a dead letter. */
import type { LossName } from '../../../shared/losses.ts'
import type { LogType } from '../../../shared/schema/codes.ts'
import type { Counters } from '../../counters.ts'
import type { Output } from '../decoders/decoder.ts'
import { LOG_FORMATS, recogniseLog } from '../decoders/logs/index.ts'
import type { LogContext, LogDecoder, LogFormat, Refusal } from '../decoders/logs/log-format.ts'
import { LogRow } from '../decoders/logs/log-row.ts'
import type { LogKeeper } from '../log-keeper.ts'
import type { KnownIds } from '../record-ids.ts'
import type { ParquetLog } from './parquet-log.ts'
import { JsonSplitter } from './json-splitter.ts'

/** A record that was not taken, as it is kept. */
export interface DeadLetter {
  /** What it came from: a file, `s3://bucket/key`, a log group. */
  readonly source: string
  /** Which record of it, from 1. */
  readonly record: number
  readonly loss: LossName
  readonly reason: string
  /** The record as it came, cut at 64 KiB. */
  readonly text: string
  /** What it is known by, where it came by itself: it is kept once, however often it comes. */
  readonly id?: string
}

/** Where the contents of a log go. */
export interface LogSink {
  readonly output: Output
  readonly counters: Counters
  /** Takes what is no flow. */
  readonly keeper: Pick<LogKeeper, 'covered' | 'refused'>
}

export interface LogOptions {
  /** What the log came from, for dead letters. */
  readonly name: string
  /** `source.name` of its flows. */
  readonly source: string
  readonly receivedMs: number
  /** Where it is known; else it is seen from the first record. */
  readonly type?: LogType | undefined
  readonly layout?: readonly string[] | undefined
  /** Whose flows they are and where they were seen, where records do not say it. */
  readonly account?: string | null | undefined
  readonly region?: string | null | undefined
  /** Identity of the log's first flow: 64 bits, the same each time that it is read; see `LogRow.identify`. */
  readonly identity: readonly [high: number, low: number]
  /** Identities of flows that were taken before; these are left out. */
  readonly known?: KnownIds | undefined
  /** Records at its beginning that were read before: those of them that were refused are dead letters already. */
  readonly readBefore?: number | undefined
}

/** Octets of a record. */
const LONGEST_RECORD = 1 << 20
/** Units of text that are kept of a record. */
const LONGEST_LETTER = 1 << 16
/** Octets that are looked at before a log is taken for something. */
const HEAD = 4096
const SPACE = 0x20
const TOO_LONG: Refusal = { loss: 'log.tooLong', reason: 'longer than 1 MiB' }
const LINE_END = 0x0a
const OPEN_OBJECT = 0x7b
const OPEN_LIST = 0x5b
/** U+FEFF in UTF-8 (RFC 8259 §8.1: it may be passed over). */
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf]
const RETURN = 0x0d

export class LogReader {
  /** Of what format it is; null before the first record. */
  format: LogFormat | null = null
  /** Records read so far, and those of them that were refused. */
  records = 0
  refused = 0
  private readonly options: LogOptions
  private readonly sink: LogSink
  private readonly row: LogRow
  private decoder: LogDecoder | null = null
  /** The beginning of a record whose end is to come. */
  private rest: Uint8Array = new Uint8Array(0)
  /** Within a record that is too long, of which the rest is passed over. */
  private skipping = false
  /** Where the records are JSON documents. */
  private json: JsonSplitter | null = null
  private isBegun = false
  /** How it begins. */
  private beginning = ''
  /** Identity of the record that is taken just now, where it came by itself; else 0. */
  private takenHigh = 0
  private takenLow = 0

  constructor(options: LogOptions, sink: LogSink) {
    this.options = options
    this.sink = sink
    this.row = new LogRow(sink.output, sink.counters)
    this.row.from(options.source, options.receivedMs)
    this.row.belongsTo(options.account ?? null, options.region ?? null)
    this.row.identify(...options.identity)
    this.row.known = options.known ?? null
  }

  /** Flows written so far. */
  get flows(): number {
    return this.row.flows
  }

  /** Flows that were left out, because they are known already. */
  get repeated(): number {
    return this.row.repeated
  }

  /** Takes a record that came by itself, with the identity of its first flow. The layout of those before it holds. */
  take(bytes: Uint8Array, identity: LogOptions['identity']): void {
    this.takeAt(bytes, 0, bytes.length, ...identity)
  }

  /** The same of a record that stands in `bytes[from, to)`. */
  takeAt(bytes: Uint8Array, from: number, to: number, high: number, low: number): void {
    this.row.identify(high, low)
    this.takenHigh = high
    this.takenLow = low
    this.line(bytes, from, to)
    this.takenHigh = this.takenLow = 0
  }

  /** What comes from now on came then. */
  receivedAt(ms: number): void {
    this.row.from(this.options.source, ms)
  }

  /** Takes the next piece of any length; it is not kept. */
  push(chunk: Uint8Array): void {
    const skip = this.isBegun ? 0 : this.begin(chunk)
    if (this.json !== null) {
      this.json.push(chunk.subarray(skip))
      return
    }
    let from = 0
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      if (this.skipping) this.skipping = false
      else if (this.rest.length === 0) this.line(chunk, from, end)
      else {
        const whole = Buffer.concat([this.rest, chunk.subarray(from, end)])
        this.rest = new Uint8Array(0)
        this.line(whole, 0, whole.length)
      }
      from = end + 1
    }
    if (this.skipping || from === chunk.length) return
    this.rest = this.rest.length === 0 ? chunk.slice(from) : Buffer.concat([this.rest, chunk.subarray(from)])
    if (this.rest.length <= LONGEST_RECORD) return
    this.tooLong(this.rest, 0, this.rest.length, TOO_LONG)
    this.rest = new Uint8Array(0)
    this.skipping = true
  }

  /** There is no more: takes the last line, which may have no end. */
  end(): void {
    this.json?.end()
    const { rest } = this
    this.rest = new Uint8Array(0)
    if (rest.length > 0) this.line(rest, 0, rest.length)
  }

  /** Takes a file whose records are not in a stream; as `ParquetLog.read`. */
  async takeParquet(log: ParquetLog, room: () => Promise<void>): Promise<void> {
    this.format = LOG_FORMATS.find(({ name }) => name === log.type) ?? null
    await log.read(this.context(null), () => this.records++, room)
  }

  /** Whether the records are lines or JSON documents: where the first of these begins. */
  private begin(chunk: Uint8Array): number {
    const at = chunk.findIndex((octet) => octet > SPACE && !BYTE_ORDER_MARK.includes(octet))
    if (at < 0) return 0
    this.isBegun = true
    this.beginning = textOf(chunk, at, Math.min(chunk.length, at + HEAD))
    const { records } = LOG_FORMATS.find(({ name }) => name === this.options.type) ?? { records: 'either' }
    const isJson = records === 'either' ? chunk[at] === OPEN_OBJECT || chunk[at] === OPEN_LIST : records === 'json'
    if (!isJson) return 0
    this.json = new JsonSplitter({
      document: (bytes, from, to) => this.takeOne(bytes, from, to),
      tooLong: (bytes) => this.tooLong(bytes, 0, bytes.length, { loss: 'log.tooLong', reason: 'longer than 16 MiB' }),
    })
    return at
  }

  private line(bytes: Uint8Array, from: number, end: number): void {
    if (end - from <= LONGEST_RECORD) this.takeOne(bytes, from, end > from && bytes[end - 1] === RETURN ? end - 1 : end)
    else this.tooLong(bytes, from, end, TOO_LONG)
  }

  private tooLong(bytes: Uint8Array, from: number, to: number, refusal: Refusal): void {
    this.records++
    this.refuse(bytes, from, to, refusal)
  }

  private takeOne(bytes: Uint8Array, from: number, to: number): void {
    this.records++
    this.decoder ??= this.open(bytes, from, to)
    const refusal = this.decoder.take(bytes, from, to)
    if (refusal !== null) this.refuse(bytes, from, to, refusal)
  }

  private open(bytes: Uint8Array, from: number, to: number): LogDecoder {
    const { type, layout } = this.options
    this.format =
      LOG_FORMATS.find(({ name }) => name === type) ??
      recogniseLog(textOf(bytes, from, Math.min(to, from + HEAD))) ??
      // Of some formats the first line alone does not tell.
      recogniseLog(this.beginning) ??
      (LOG_FORMATS[0] as LogFormat)
    return this.format.open(this.context(layout ?? null))
  }

  private context(layout: LogContext['layout']): LogContext {
    return {
      row: this.row,
      layout,
      covered: (fact) => this.sink.keeper.covered({ source: this.options.source, ...fact }),
      refused: (refusal, text) => this.refuseText(text, refusal),
    }
  }

  private refuse(bytes: Uint8Array, from: number, to: number, refusal: Refusal): void {
    this.refuseText(textOf(bytes, from, Math.min(to, from + LONGEST_LETTER)), refusal)
  }

  private refuseText(text: string, { loss, reason }: Refusal): void {
    if (this.records <= (this.options.readBefore ?? 0)) return
    this.sink.counters.add(loss, 1)
    this.refused++
    const cut = text.slice(0, LONGEST_LETTER)
    const letter = { source: this.options.name, record: this.records, loss, reason, text: cut }
    const isByItself = this.takenHigh !== 0 || this.takenLow !== 0
    this.sink.keeper.refused(isByItself ? { ...letter, id: hexOf(this.takenHigh, this.takenLow) } : letter)
  }
}

function hexOf(high: number, low: number): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0')
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
}
