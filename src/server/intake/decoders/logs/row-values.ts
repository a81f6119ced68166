/** Puts values that came as text or JSON into a row, and notes the first that cannot be. */
import { INITIATOR_REASONS, SAMPLING_SOURCES, SIDES } from '../../../../shared/schema/codes.ts'
import { slot, type Slot } from '../../slots.ts'
import { LONGEST_TEXT } from '../../texts.ts'
import {
  isNothing,
  jsonTextOf,
  MISSING,
  objectOf,
  timeOf,
  UNFIT,
  wholeOf,
  wordOf,
  type JsonObject,
} from './json-values.ts'
import { badRecord, type Refusal } from './log-format.ts'
import type { LogRow } from './log-row.ts'

/** How deep what Weir has no field for is looked through. */
const DEEPEST = 4

/** `name` is that of the value in the log, for messages. */
export class RowValues {
  readonly row: LogRow
  private bad: Refusal | null = null
  private other = ''

  constructor(row: LogRow) {
    this.row = row
  }

  /** Begins a record. */
  begin(): void {
    this.bad = null
    this.other = ''
  }

  /** Why the record cannot be; null where nothing is wrong with it. */
  get refusal(): Refusal | null {
    return this.bad
  }

  /** A whole number that is not put anywhere; MISSING where there is none. */
  whole(name: string, value: unknown, most?: number): number {
    const number = wholeOf(value, most)
    if (number === UNFIT) this.refuse(name, value)
    return Math.max(number, MISSING)
  }
  /** A time in milliseconds that is not put anywhere; MISSING where there is none. */
  time(name: string, value: unknown): number {
    const atMs = timeOf(value)
    if (atMs === UNFIT) this.refuse(name, value)
    return Math.max(atMs, MISSING)
  }

  u8(at: Slot, name: string, value: unknown): void {
    const number = this.whole(name, value, 0xff)
    if (number >= 0) this.row.u8(at, number)
  }
  u16(at: Slot, name: string, value: unknown): void {
    const number = this.whole(name, value, 0xffff)
    if (number >= 0) this.row.u16(at, number)
  }
  u32(at: Slot, name: string, value: unknown): void {
    const number = this.whole(name, value, 0xffff_ffff)
    if (number >= 0) this.row.u32(at, number)
  }
  u64(at: Slot, name: string, value: unknown): void {
    const number = this.whole(name, value)
    if (number >= 0) this.row.number(at, number)
  }
  ip(at: Slot, name: string, value: unknown): void {
    const text = wordOf(value)
    if (text !== null && !this.row.ip(at, text)) this.refuse(name, value)
  }
  mac(at: Slot, name: string, value: unknown): void {
    const text = wordOf(value)
    if (text !== null && !this.row.mac(at, text)) this.refuse(name, value)
  }
  text(at: Slot, value: unknown): void {
    const text = wordOf(value)
    if (text !== null) this.row.string(at, text)
  }

  /** Puts when the flow was, in milliseconds; where only one of both is there, it was a moment. */
  times(startMs: number, endMs: number): void {
    const { row } = this
    const from = startMs < 0 ? endMs : startMs
    const to = endMs < 0 ? startMs : endMs
    if (from > to) this.refuseAll('its end is before its start')
    else if (to > row.receivedMs + AHEAD_MS) this.refuseAll(`its end, ${to} ms since 1970, is still to come`)
    else {
      row.number(START, from)
      row.number(END, to)
    }
  }

  /** The log says who opened the conversation: the source, or the destination. */
  opened(byDestination: boolean): void {
    this.row.u8(INITIATOR, byDestination ? BY_DST : BY_SRC)
    this.row.u8(REASON, BIFLOW)
  }

  /** All packets were seen, as the format has it. */
  unsampled(): void {
    this.row.u32(SAMPLING_RATE, 1)
    this.row.u8(SAMPLING_SOURCE, BY_FORMAT)
  }

  refuse(name: string, value: unknown): void {
    this.bad ??= badRecord(`${name} cannot be ${shown(value)}`)
  }
  /** For what is wrong with the record as a whole. */
  refuseAll(reason: string): void {
    this.bad ??= badRecord(reason)
  }

  /** Keeps a value that Weir has no field for. */
  keep(name: string, value: unknown): void {
    if (this.other.length >= LONGEST_TEXT || value === undefined || value === null) return
    const text = typeof value === 'boolean' ? String(value) : wordOf(value)
    if (text !== null) this.other += `${this.other === '' ? '' : ' '}${name}=${text.slice(0, LONGEST_TEXT)}`
  }
  /** Keeps what stands in an object, but for what is `known`. */
  keepRest(of: JsonObject | null, known: ReadonlySet<string>, prefix = ''): void {
    if (of === null) return
    for (const name in of) if (!known.has(name)) this.keepAny(prefix + name, of[name])
  }
  /** Puts what was kept; more than a text holds is cut. */
  putKept(): void {
    if (this.other !== '') this.row.string(OTHER, this.other)
  }

  /** Keeps a value, or those within it. */
  keepAny(name: string, value: unknown, depth = DEEPEST): void {
    if (typeof value !== 'object' || value === null) {
      this.keep(name, value)
      return
    }
    if (depth === 0 || this.other.length >= LONGEST_TEXT) return
    if (Array.isArray(value)) {
      const list = value.slice(0, LONGEST_TEXT) as readonly unknown[]
      const words = list.map(wordOf).filter((word) => word !== null)
      if (words.length > 0) this.keep(name, words.join(','))
      else list.forEach((each) => this.keepAny(name, each, depth - 1))
      return
    }
    const of = objectOf(value) as JsonObject
    for (const each in of) this.keepAny(`${name}.${each}`, of[each], depth - 1)
  }
}

const OTHER = slot('other.fields')
const START = slot('start')
const END = slot('end')
const INITIATOR = slot('initiator')
const REASON = slot('initiator.reason')
const BY_SRC = SIDES.indexOf('src')
const BY_DST = SIDES.indexOf('dst')
const BIFLOW = INITIATOR_REASONS.indexOf('biflow')
const SAMPLING_RATE = slot('sampling.rate')
const SAMPLING_SOURCE = slot('sampling.source')
const BY_FORMAT = SAMPLING_SOURCES.indexOf('format')
/** How far clocks of clouds and sensors may be ahead. */
const AHEAD_MS = 86_400_000

function shown(value: unknown): string {
  return (typeof value === 'string' && isNothing(value) ? 'missing' : jsonTextOf(value)).slice(0, 200)
}
