/** One log group: what of it is read now, and which of its events were taken. */
import { RecordIds } from '../../intake/record-ids.ts'
import type { LogReader } from '../../intake/sources/log-reader.ts'
import type { SourceIntake } from '../source-intake.ts'
import { EventHash } from './event-hash.ts'
import { nameOf } from './names.ts'
import { readPage } from './page.ts'
import { Past, type Piece } from './past.ts'
import type { GroupPosition } from './position.ts'
import { Seen } from './seen.ts'
import { Tail, type Look } from './tail.ts'

/** A stretch that is read, page by page: for the tail, or a piece of the past. */
export type Reading = {
  readonly fromMs: number
  /** Not included; Infinity where it goes on to what is newest. */
  readonly toMs: number
  readonly beganMs: number
  token: string | null
  pages: number
  /** Events that were taken. */
  events: number
  /** The last page is taken; what is left is to know that it is on disk. */
  ended: boolean
  restarts: number
} & (
  | { readonly kind: 'live'; readonly look: Look }
  | { readonly kind: 'past'; readonly piece: Piece; readonly ids: RecordIds }
)

export interface GroupOptions {
  readonly overlapMs: number
  readonly intervalMs: number
  readonly intake: SourceIntake
  /** Flows that were taken before the start. */
  readonly known: RecordIds
}

export class LogGroup {
  readonly name: string
  readonly tail: Tail
  readonly past: Past
  readonly seen: Seen
  live: Reading | null = null
  piece: Reading | null = null
  /** When the tail is looked at next, and when anything is tried after a failure. */
  dueMs = -Infinity
  retryMs = -Infinity
  /** When the newest event that was taken happened. */
  newestMs: number | null = null
  /** Whether all of the overlap was looked at since the start. */
  hasLooked = false
  private readonly options: GroupOptions
  private readonly hash: EventHash
  private readonly earliestMs: number
  private known: RecordIds | undefined
  private reader: LogReader | null = null
  private layout: readonly string[] | null = null

  constructor(name: string, position: GroupPosition, options: GroupOptions) {
    const { overlapMs, intervalMs } = options
    this.name = name
    this.options = options
    this.earliestMs = position.earliestMs
    this.tail = new Tail(overlapMs, intervalMs, position)
    this.past = new Past(position.past)
    this.seen = new Seen(overlapMs)
    this.hash = new EventHash(nameOf(name))
    this.known = options.known.size > 0 ? options.known : undefined
  }

  get position(): GroupPosition {
    const { startMs, scannedMs } = this.tail
    return { startMs, scannedMs, earliestMs: this.earliestMs, past: this.past.place }
  }

  get hasLayout(): boolean {
    return this.reader !== null
  }

  setLayout(layout: readonly string[] | null): void {
    this.layout = layout
    this.reader = this.options.intake.reader({
      name: this.name,
      receivedMs: 0,
      layout: layout ?? undefined,
      identity: [0, 0],
      known: this.known,
    })
  }

  /** What was taken before the start comes no more. */
  forgetKnown(): void {
    if (this.known === undefined) return
    this.known = undefined
    if (this.reader !== null) this.setLayout(this.layout)
  }

  /** When something may be called for. */
  get readyMs(): number {
    return Math.max(this.retryMs, this.past.next() === null ? this.dueMs : -Infinity)
  }

  beginLook(nowMs: number): Reading {
    if (this.live !== null) return this.live
    const look = this.tail.next(nowMs)
    return (this.live = { ...begun(look.fromMs, Infinity, nowMs), kind: 'live', look })
  }

  /** Null where there is no past left. */
  beginPiece(nowMs: number): Reading | null {
    if (this.piece !== null) return this.piece
    const piece = this.past.next()
    if (piece === null) return null
    return (this.piece = { ...begun(piece.fromMs, piece.toMs, nowMs), kind: 'past', piece, ids: new RecordIds() })
  }

  /** Takes what is new of a page, and notes what comes after it. Throws a SyntaxError; what it has taken by then it has. */
  takePage(body: Uint8Array, reading: Reading, nowMs: number): void {
    const { hash, options } = this
    const reader = this.reader as LogReader
    const { fromMs, toMs } = reading
    const before = reader.flows
    let events = 0
    reader.receivedAt(nowMs)
    let token: string | null
    try {
      token = readPage(body, ({ timestampMs, bytes, idFrom, idTo, text, textFrom, textTo }) => {
        events++
        if (timestampMs < fromMs || timestampMs >= toMs) return
        hash.take(bytes, idFrom, idTo)
        const { high, low } = hash
        if (!(reading.kind === 'live' ? this.seen.add(timestampMs, high, low) : reading.ids.add(high, low))) return
        reading.events++
        if (timestampMs > (this.newestMs ?? -Infinity)) this.newestMs = timestampMs
        reader.takeAt(text, textFrom, textTo, high, low)
      })
    } finally {
      options.intake.flows += reader.flows - before
    }
    reading.pages++
    // A page without events and with the token that it was asked with would come for ever.
    reading.ended = token === null || (events === 0 && token === reading.token)
    reading.token = token
  }

  /** The reading is on disk. */
  done(reading: Reading, nowMs: number): void {
    if (reading.kind === 'past') {
      this.piece = null
      this.past.done(reading.piece, reading.pages, nowMs - reading.beganMs, nowMs)
      return
    }
    this.live = null
    this.hasLooked = true
    this.tail.done(reading.look)
    this.seen.forget(this.tail.floorMs)
    this.dueMs = Math.max(nowMs, reading.beganMs + this.options.intervalMs)
  }

  /** Begins a reading again whose token AWS no longer takes; what was taken is known. */
  restart(reading: Reading): void {
    reading.token = null
    reading.restarts++
  }
}

function begun(fromMs: number, toMs: number, beganMs: number) {
  return { fromMs, toMs, beganMs, token: null, pages: 0, events: 0, ended: false, restarts: 0 }
}
