/** Data that came before its template: kept until the template comes, bounded in number, in bytes and in time. */
import type { Exporter, Shared } from '../exporter.ts'
import type { MessageHeader } from './message.ts'

/** A template that has not come by now will not: even the slowest exporters send theirs every ten minutes. */
const PATIENCE_MS = 600_000

export interface WaitingSet {
  /** The set's content, without its header. */
  readonly bytes: Uint8Array
  /** Of the message that brought it: its times hold for the records. */
  readonly header: MessageHeader
}

/** By template id: what waits for it in one domain, oldest first. */
export type WaitingSets = Map<number, Entry[]>

interface Entry extends WaitingSet {
  readonly exporter: Exporter
  readonly sets: WaitingSets
  readonly templateId: number
}

/** What a set takes up besides its bytes. */
const ENTRY_BYTES = 400
const cost = ({ bytes }: Entry): number => bytes.length + ENTRY_BYTES

const rooms = new WeakMap<Shared, WaitingRoom>()

/** The one that all exporters of a pipeline share. */
export function waitingRoom(shared: Shared): WaitingRoom {
  let room = rooms.get(shared)
  if (!room) {
    room = new WaitingRoom(shared)
    rooms.set(shared, room)
  }
  return room
}

/** What waits of one exporter. */
interface Holding {
  /** Oldest first. */
  readonly entries: Set<Entry>
  bytes: number
}

export class WaitingRoom {
  private readonly shared: Shared
  /** All of them, oldest first. */
  private readonly entries = new Set<Entry>()
  private readonly holdings = new Map<Exporter, Holding>()
  /** The one that took up the most when something was last added; nobody is searched for it. */
  private largest: Holding | undefined
  /** What they take up. */
  private bytes = 0

  constructor(shared: Shared) {
    this.shared = shared
  }

  /** Keeps a copy of `bytes`; where there is no room, the oldest goes of the exporter that takes up the most. */
  add(exporter: Exporter, sets: WaitingSets, templateId: number, bytes: Uint8Array, header: MessageHeader): void {
    const entry = { exporter, sets, templateId, bytes: bytes.slice(), header: { ...header } }
    this.entries.add(entry)
    this.bytes += cost(entry)
    const holding = this.holdings.get(exporter) ?? { entries: new Set<Entry>(), bytes: 0 }
    holding.entries.add(entry)
    holding.bytes += cost(entry)
    this.holdings.set(exporter, holding)
    if (!this.largest || holding.bytes > this.largest.bytes) this.largest = holding
    const queue = sets.get(templateId)
    if (queue) queue.push(entry)
    else sets.set(templateId, [entry])
    const { waitingSets, waitingBytes } = this.shared.limits
    while (this.entries.size > waitingSets || (this.bytes > waitingBytes && this.entries.size > 0))
      this.dropOldest(this.crowded(holding))
    this.gauge()
  }

  /** Takes what waits for a template that has come. */
  take(sets: WaitingSets, templateId: number): readonly WaitingSet[] {
    const queue = sets.get(templateId)
    if (!queue) return []
    sets.delete(templateId)
    for (const entry of queue) this.delete(entry)
    this.gauge()
    return queue
  }

  /** Gives up on all that waits in one domain. */
  drop(sets: WaitingSets): void {
    for (const queue of sets.values()) {
      for (const entry of queue) {
        this.delete(entry)
        entry.exporter.lose('decode.templateUnknown', 1)
      }
    }
    sets.clear()
    this.gauge()
  }

  /** Gives up on what has waited too long. */
  expire(nowMs: number): void {
    if (this.entries.size === 0) return
    for (const entry of this.entries) {
      if (nowMs - entry.header.receivedMs < PATIENCE_MS) return
      this.dropOldest(this.entries)
      this.gauge()
    }
  }

  /**
   * Whose oldest has to go: of the exporter that adds, if it has several and more than its share, else of the largest. Of
   * exporters with one each, it is the oldest of all.
   */
  private crowded(adding: Holding): ReadonlySet<Entry> {
    const { waitingSets, waitingBytes } = this.shared.limits
    const exporters = this.holdings.size
    const { entries, bytes } = adding
    if (entries.size > 1 && (entries.size * exporters > waitingSets || bytes * exporters > waitingBytes)) return entries
    return this.largest && this.largest.entries.size > 1 ? this.largest.entries : this.entries
  }

  /** `entries`: of all, or of one exporter. */
  private dropOldest(entries: ReadonlySet<Entry>): void {
    const [oldest] = entries
    if (!oldest) return
    this.delete(oldest)
    const { sets, templateId } = oldest
    // It is the oldest of its queue too.
    const queue = sets.get(templateId)
    queue?.shift()
    if (queue?.length === 0) sets.delete(templateId)
    oldest.exporter.lose('decode.templateUnknown', 1)
  }

  private delete(entry: Entry): void {
    this.entries.delete(entry)
    this.bytes -= cost(entry)
    const holding = this.holdings.get(entry.exporter)
    if (!holding) return
    holding.entries.delete(entry)
    holding.bytes -= cost(entry)
    if (holding.entries.size === 0) this.holdings.delete(entry.exporter)
  }

  private gauge(): void {
    this.shared.counters.set('waitingSets', this.entries.size)
  }
}
