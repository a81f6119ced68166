/** Writes flows out of log records into batches, a field at a time. See batch.ts for the layout. */
import { parseMac } from '../../../../shared/schema/ip.ts'
import { slotOf, type Counters } from '../../../counters.ts'
import type { Batch } from '../../batch.ts'
import { put16, put32, put64, put8, putAddress, putNumber, slot, type Slot } from '../../slots.ts'
import { LONGEST_TEXT } from '../../texts.ts'
import type { KnownIds } from '../../record-ids.ts'
import type { Output } from '../decoder.ts'
import { KnownText } from './known-text.ts'
import type { LastText } from './last-text.ts'
import { readAddress } from './octets-text.ts'

/** Octets of a text that comes as a string: more than are kept, at most 3 for each unit of UTF-16. */
const SCRATCH = new Uint8Array(3 * LONGEST_TEXT)
const ENCODER = new TextEncoder()
const LONGEST_ADDRESS = 45
const WORDS = new Uint32Array(4)

const FLOWS = slotOf('flows')

export class LogRow {
  private readonly output: Output
  private readonly counters: Counters
  private batch: Batch
  private row = 0
  /** Identity of the next flow: see `identify`. */
  private idHigh = 0
  private idLow = 0
  /** When what is written was received. */
  receivedMs = 0
  private source: KnownText | null = null
  private account: KnownText | null = null
  private region: KnownText | null = null
  /** Flows written since it was made. */
  flows = 0
  /** Flows that were not written, because they are known already. */
  repeated = 0
  /** Identities of flows that were taken before: these are not written again. */
  known: KnownIds | null = null

  constructor(output: Output, counters: Counters) {
    this.output = output
    this.counters = counters
    this.batch = output.batch
  }

  /** Of what comes from now on: the source's name and when it came. */
  from(source: string, receivedMs: number): void {
    this.source = source === '' ? null : heldText(source)
    this.receivedMs = receivedMs
  }

  /** Of flows that do not say it themselves; null where it is not known. */
  belongsTo(account: string | null, region: string | null): void {
    this.account = account === null ? null : heldText(account)
    this.region = region === null ? null : heldText(region)
  }

  /**
   * What the next flow is known by, 64 bits in two words: a number that is the same whenever the same record is read again.
   * Each flow after it has the next higher one, until this is called again.
   */
  identify(high: number, low: number): void {
    this.idHigh = high >>> 0
    this.idLow = low >>> 0
  }

  /** Begins a flow, in place of one that was begun and not ended. `type`: index in SOURCE_TYPES. */
  begin(type: number): void {
    if (this.output.batch.full) this.output.next()
    const { batch } = this.output
    if (this.batch === batch && this.begun) batch.clearRow(this.row)
    this.batch = batch
    this.row = batch.rows
    this.begun = true
    put8(batch, SOURCE_TYPE, this.row, type)
  }
  private begun = false

  /** Lets go of the flow that was begun. */
  drop(): void {
    if (!this.begun) return
    this.batch.clearRow(this.row)
    this.begun = false
  }

  /** Completes the flow. */
  end(): void {
    const { batch, row } = this
    if (this.known?.has(this.idHigh, this.idLow)) {
      this.repeated++
      this.drop()
      this.countId()
      return
    }
    putNumber(batch, RECEIVED, row, this.receivedMs)
    put64(batch, RECORD_ID, row, this.idHigh, this.idLow)
    this.countId()
    if (this.source !== null) put32(batch, SOURCE_NAME, row, this.source.intern(batch.texts))
    if (this.account !== null && isNull(batch, ACCOUNT, row))
      put32(batch, ACCOUNT, row, this.account.intern(batch.texts))
    if (this.region !== null && isNull(batch, REGION, row)) put32(batch, REGION, row, this.region.intern(batch.texts))
    batch.rows = row + 1
    this.begun = false
    this.flows++
    this.counters.addAt(FLOWS, 1)
  }

  u8(at: Slot, value: number): void {
    put8(this.batch, at, this.row, value)
  }
  u16(at: Slot, value: number): void {
    put16(this.batch, at, this.row, value)
  }
  u32(at: Slot, value: number): void {
    put32(this.batch, at, this.row, value)
  }
  /** A whole number up to 2^53, a time in milliseconds among them. */
  number(at: Slot, value: number): void {
    putNumber(this.batch, at, this.row, value)
  }
  /** An address as four words, most significant first; IPv4 is ::ffff:a.b.c.d. */
  address(at: Slot, w0: number, w1: number, w2: number, w3: number): void {
    putAddress(this.batch, at, this.row, w0, w1, w2, w3)
  }
  /** A text that stands in `bytes[from, to)`. */
  text(at: Slot, bytes: Uint8Array, from: number, to: number): void {
    put32(this.batch, at, this.row, this.batch.texts.intern(bytes, from, to))
  }

  /** The number, for `u32`, of a text that stands in `bytes[from, to)`; `last` is of its column. */
  intern(last: LastText, bytes: Uint8Array, from: number, to: number): number {
    return last.intern(this.batch.texts, bytes, from, to)
  }

  /** The same of a text that stands once for many rows. */
  numberOf(text: KnownText): number {
    return text.intern(this.batch.texts)
  }

  // The same of values that come as strings, for formats in JSON.

  string(at: Slot, text: string): void {
    const { written } = ENCODER.encodeInto(text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text, SCRATCH)
    this.text(at, SCRATCH, 0, written)
  }
  /** Whether it is an address. */
  ip(at: Slot, text: string): boolean {
    if (text.length > LONGEST_ADDRESS) return false
    const { written } = ENCODER.encodeInto(text, SCRATCH)
    if (!readAddress(SCRATCH, 0, written, WORDS)) return false
    this.address(at, WORDS[0] as number, WORDS[1] as number, WORDS[2] as number, WORDS[3] as number)
    return true
  }
  /** Whether it is an Ethernet address. */
  mac(at: Slot, text: string): boolean {
    const value = parseMac(text)
    if (value === null) return false
    put64(this.batch, at, this.row, Number(value >> 32n), Number(value & 0xffff_ffffn))
    return true
  }

  private countId(): void {
    this.idLow = (this.idLow + 1) >>> 0
    if (this.idLow === 0) this.idHigh = (this.idHigh + 1) >>> 0
  }
}

function heldText(text: string): KnownText {
  return new KnownText(ENCODER.encode(text))
}

function isNull(batch: Batch, at: Slot, row: number): boolean {
  return ((batch.bytes[at.valid + (row >> 3)] as number) & (1 << (row & 7))) === 0
}

const SOURCE_TYPE = slot('source.type')
const SOURCE_NAME = slot('source.name')
const ACCOUNT = slot('account.id')
const REGION = slot('region')
const RECEIVED = slot('received')
const RECORD_ID = slot('record.id')
