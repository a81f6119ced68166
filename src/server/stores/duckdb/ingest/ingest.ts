/** Takes flows in and commits them, at least once a second; keeps them when that fails and tries again. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { setImmediate } from 'node:timers/promises'
import type { Batch } from '../../../intake/batch.ts'
import { arrange, type Share } from './arrange.ts'
import { isOutOfMemory } from '../files/database.ts'
import { extentOf, noteBlocks, union, type Partition } from '../files/partition.ts'
import type { Partitions } from '../files/partitions.ts'
import { ROW_GROUP_ROWS } from '../schema.ts'
import { Window, WINDOW_ROWS } from './window.ts'
import { Writer } from './writer.ts'

const COMMIT_EVERY_MS = 1000
/** Rows past the last whole row group may wait for the next commit if they came this shortly before. */
const MAY_WAIT_MS = 600
const RETRY_MS = { first: 1000, longest: 15_000 }

export interface IngestEvents {
  /** Flows are on disk and part of answers. */
  committed(flows: number, tookMs: number): void
  /** They are not, but kept; it will be tried again. Null once it works again. */
  trouble(message: string | null): void
  /** There was too little memory to write them. */
  outOfMemory(): void
}

/** Rows of a failed write while their partition could not be attached again: it may hold them, or not. */
interface Unsettled {
  readonly partition: Partition
  /** How many rows the partition holds if it has them. */
  readonly rows: number
  readonly share: Share
}

export class Ingest {
  /** Why the last commit failed; null where it did not. */
  lastError: string | null = null
  private readonly connection: DuckDBConnection
  private readonly partitions: Partitions
  private readonly events: IngestEvents
  private readonly now: () => number
  private readonly window = new Window()
  private readonly writer: Writer
  private readonly waiting: (() => void)[] = []
  private readonly unsettled: Unsettled[] = []
  private timer: NodeJS.Timeout | null = null
  /** The commit under way. */
  private committing: Promise<void> | null = null
  private retryMs = RETRY_MS.first
  private closing = false
  private lost = 0

  constructor(
    connection: DuckDBConnection,
    partitions: Partitions,
    events: IngestEvents,
    now: () => number = Date.now,
  ) {
    this.connection = connection
    this.partitions = partitions
    this.events = events
    this.now = now
    this.writer = new Writer(connection)
  }

  /** Flows taken but not committed. */
  get pending(): number {
    return this.window.rows
  }

  /**
   * Takes the batch's rows over, and resolves when its buffer may be used again: usually at once, but only after a
   * commit when there is no room.
   */
  async append(batch: Batch): Promise<void> {
    while (!this.window.fits(batch.rows) && !this.closing) {
      if (this.lastError === null) void this.commitSoon()
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
    if (this.closing) {
      this.lost += batch.rows
      return
    }
    this.window.add(batch, this.now())
    if (this.window.rows >= WINDOW_ROWS && this.lastError === null) void this.commitSoon()
    else this.timer ??= setTimeout(() => void this.onTimer(), COMMIT_EVERY_MS)
  }

  /** Commits all that was appended. Rejects where that does not work; the flows are kept then. */
  async commit(): Promise<void> {
    while (this.window.rows > 0) {
      await this.commitNow(() => this.window.rows)
      if (this.lastError !== null) throw new Error(this.lastError)
    }
  }

  /** Commits what was appended until now. Rejects where that does not work; the flows are kept then. */
  async durable(): Promise<void> {
    await this.commitNow(() => this.window.rows)
    if (this.lastError !== null) throw new Error(this.lastError)
  }

  /** Runs something while no commit is under way; the next one waits for it. */
  async between<T>(run: () => Promise<T>): Promise<T> {
    while (this.committing) await this.committing
    const running = run()
    this.committing = running.then(
      () => undefined,
      () => undefined,
    )
    await this.committing
    this.committing = null
    for (const resolve of this.waiting.splice(0)) resolve()
    return running
  }

  /** Tries once more, then gives back how many flows are lost. */
  async close(): Promise<number> {
    await this.commit().catch(() => undefined)
    this.closing = true
    if (this.timer) clearTimeout(this.timer)
    for (const resolve of this.waiting.splice(0)) resolve()
    // Those who waited for room, and those behind them, count first.
    await setImmediate()
    return this.window.rows + this.lost
  }

  private async onTimer(): Promise<void> {
    this.timer = null
    await this.commitNow(() => {
      const whole = this.wholeGroups
      const mayWait = whole > 0 && this.window.arrivalOf(whole) >= this.now() - MAY_WAIT_MS
      return mayWait ? whole : this.window.rows
    })
  }

  private async commitSoon(): Promise<void> {
    if (this.committing) return
    await this.commitNow(() => this.wholeGroups || this.window.rows)
  }

  private get wholeGroups(): number {
    return this.window.rows - (this.window.rows % ROW_GROUP_ROWS)
  }

  /** One after the other, or rows would be written twice. Never rejects: what fails is in `lastError`. */
  private async commitNow(howMany: () => number): Promise<void> {
    while (this.committing) await this.committing
    if (howMany() === 0) return
    this.committing = this.commitRows(howMany)
    await this.committing
    this.committing = null
    for (const resolve of this.waiting.splice(0)) resolve()
    if (this.window.rows > 0)
      this.timer ??= setTimeout(() => void this.onTimer(), this.lastError === null ? COMMIT_EVERY_MS : this.retryMs)
  }

  private async commitRows(howMany: () => number): Promise<void> {
    const began = performance.now()
    let failure: unknown = null
    try {
      await this.settle()
    } catch (error) {
      failure = error
    }
    const rows = failure === null ? howMany() : 0
    const done: Share[] = []
    for (const share of rows > 0 ? arrange(this.window, rows) : []) {
      try {
        await this.commitShare(share)
        done.push(share)
      } catch (error) {
        failure = error
      }
    }
    const flows = done.reduce((sum, share) => sum + share.places.length, 0)
    if (failure === null) this.window.drop(rows)
    else this.forget(done)
    this.retryMs = failure === null ? RETRY_MS.first : Math.min(this.retryMs * 2, RETRY_MS.longest)
    if (flows > 0) this.events.committed(flows, performance.now() - began)
    if (isOutOfMemory(failure)) this.events.outOfMemory()
    this.say(failure)
  }

  /** Finds out which rows of failed writes are on disk after all, before any is written again. Rejects while that does not work. */
  private async settle(): Promise<void> {
    for (let first = this.unsettled[0]; first; first = this.unsettled[0]) {
      const began = performance.now()
      const committed = await this.wasCommitted(first)
      this.unsettled.shift()
      if (!committed) continue
      this.forget([first.share])
      this.events.committed(first.share.places.length, performance.now() - began)
    }
  }

  /** Forgets rows that are on disk; those that are left may move. */
  private forget(shares: readonly Share[]): void {
    const moved = this.window.forget(shares.map(({ places }) => places))
    for (const { places } of this.unsettled.map(({ share }) => share))
      for (let i = 0; i < places.length; i++) places[i] = (places[i] as number) - moved
  }

  private commitShare(share: Share): Promise<void> {
    return this.partitions.write(share.day, this.connection, (partition) => this.writeShare(partition, share))
  }

  private async writeShare(partition: Partition, share: Share): Promise<void> {
    const before = partition.extent
    const added = extentOf(this.window, share)
    // A question must not take the new rows for being inside its range before it knows how far they reach.
    partition.extent = { ...union(before, added), rows: before.rows }
    noteBlocks(partition.blocks, before.rows, this.window, share)
    try {
      await this.writer.write(partition, this.window, share.places)
    } catch (error) {
      const unsettled = { partition, rows: before.rows + added.rows, share }
      const committed = await this.wasCommitted(unsettled).catch(() => {
        this.unsettled.push(unsettled)
        return false
      })
      if (!committed) throw error
    }
    partition.extent = { ...partition.extent, rows: before.rows + added.rows }
  }

  /** The error may have come after the rows were on disk: attaching anew shows. Rejects while that does not work. */
  private async wasCommitted({ partition, rows }: Unsettled): Promise<boolean> {
    if (partition.damage === null) await this.partitions.reopen(partition, this.connection)
    return partition.damage === null && partition.extent.rows === rows
  }

  private say(failure: unknown): void {
    const message = failure === null ? null : failure instanceof Error ? failure.message : 'the database gave no reason'
    if (message === this.lastError) return
    this.lastError = message
    this.events.trouble(message)
  }
}
