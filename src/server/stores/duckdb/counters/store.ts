/** Counter samples on disk: a file for each UTC day, beside those of the flows and apart from them. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { rmSync } from 'node:fs'
import { WeirError } from '../../../../shared/api/errors.ts'
import type { CounterAnswer, CounterQuestion, CounterSeries } from '../../../../shared/query/counters.ts'
import { counter, COUNTER_SOURCES, type CounterName } from '../../../../shared/schema/counters.ts'
import type { CounterBatch } from '../../../intake/counter-batch.ts'
import type { StoreStatus } from '../../../messages.ts'
import type { Attachments } from '../files/attachments.ts'
import type { Catalog } from '../files/catalog.ts'
import type { Reader } from '../files/database.ts'
import { dayName, freeName, isDamage } from '../files/day-file.ts'
import type { Folder } from '../files/folder.ts'
import type { Log } from '../files/partitions.ts'
import type { Kept } from '../care/retention.ts'
import { CounterFile } from './file.ts'
import { bucketsSql, LONGEST_STEP_MS, sourcesSql } from './sql.ts'

const RETRY_MS = { first: 1000, longest: 15_000 }

export class CounterStore {
  /** Why the last write failed; null where it did not. */
  lastError: string | null = null
  private readonly folder: string
  private readonly connection: DuckDBConnection
  private readonly log: Log
  private readonly attachments: Attachments
  private files: CounterFile[] = []
  private writing: Promise<void> = Promise.resolve()
  private wake: (() => void) | null = null
  private closing = false
  private lost = 0

  private constructor(folder: string, connection: DuckDBConnection, log: Log, attachments: Attachments) {
    this.folder = folder
    this.connection = connection
    this.log = log
    this.attachments = attachments
  }

  /**
   * Looks at the files there are; those that the catalog knows are not opened. A damaged one is left where it is, told
   * of, and does not stop the others.
   */
  static async open(
    folder: Folder,
    connection: DuckDBConnection,
    log: Log,
    attachments: Attachments,
    catalog: Catalog,
  ): Promise<CounterStore> {
    const store = new CounterStore(folder.counters, connection, log, attachments)
    for (const name of folder.counterNames()) {
      const file = new CounterFile(folder.counters, name)
      store.files.push(file)
      if (catalog.recall(catalogKey(file), file)) continue
      const opened = file.open(connection).then(() => attachments.opened(file))
      await opened.catch((error: Error) => {
        if (/lock on file/i.test(error.message))
          throw new WeirError('dataLocked', `${file.file}: another process holds it; stop it`, undefined, error)
        store.leaveOut(file, error.message)
      })
    }
    return store
  }

  /**
   * Writes samples of a day (days since 1970); resolves once they are on disk. What fails is tried again until `close`.
   * A write that failed after all was on disk is written twice: answers take samples of one moment once.
   */
  append(batch: CounterBatch, day: number): Promise<void> {
    this.writing = this.writing.then(() => this.write(batch, day))
    return this.writing
  }

  answer(question: CounterQuestion, reader: Reader): Promise<CounterAnswer> {
    const { fromMs, toMs } = question
    const files = this.files.filter((file) => file.touches(fromMs - LONGEST_STEP_MS, toMs + LONGEST_STEP_MS))
    return this.attachments.use(files, () => this.answerFrom(files, question, reader))
  }

  private async answerFrom(
    files: readonly CounterFile[],
    question: CounterQuestion,
    reader: Reader,
  ): Promise<CounterAnswer> {
    const began = performance.now()
    const { fromMs, toMs, intervalMs, counters, states } = question
    const first = Math.floor(fromMs / intervalMs)
    const count = Math.ceil(toMs / intervalMs) - first
    const sources = files.length > 0 ? await reader.rows(sourcesSql(question, files)) : []
    const series = sources.map(([type, source, lastSeen, , ...last]) => ({
      kind: COUNTER_SOURCES[Number(type)] ?? 'logical',
      source: Number(source),
      lastSeenMs: Number(lastSeen),
      last: byName(states, (i) => (last[i] === null ? null : Number(last[i]))),
      values: byName(counters, () => Array.from<number | null>({ length: count }).fill(null)),
      coveredMs: byName(counters, () => Array.from<number>({ length: count }).fill(0)),
    })) satisfies CounterSeries[]
    const places = new Map(series.map((one, i) => [placeOf(sources[i] ?? []), one]))
    const rows =
      series.length > 0 && counters.length > 0
        ? await reader.rows(
            bucketsSql(
              question,
              files,
              sources.map(([type, source]) => [Number(type), Number(source)] as const),
            ),
          )
        : []
    for (const row of rows) {
      const one = places.get(placeOf(row))
      const bucket = Number(row[2]) - first
      for (const [i, name] of counters.entries()) {
        const covered = Number(row[4 + 2 * i] ?? 0)
        const amount = row[3 + 2 * i]
        const values = one?.values[name]
        const known = one?.coveredMs[name]
        if (!values || !known || covered <= 0 || typeof amount !== 'number') continue
        values[bucket] = (amount / covered) * (counter(name).kind === 'counter' ? 1000 : 1)
        known[bucket] = covered
      }
    }
    return {
      times: Array.from({ length: count }, (_, i) => (first + i) * intervalMs),
      intervalMs,
      series,
      leftOut: Number(sources[0]?.[3] ?? 0) - series.length,
      tookMs: performance.now() - began,
    }
  }

  status(): StoreStatus['counters'] {
    return {
      samples: this.files.reduce((sum, { samples }) => sum + samples, 0),
      bytesOnDisk: this.files.reduce((sum, { bytesOnDisk }) => sum + bytesOnDisk, 0),
      lastError: this.lastError,
    }
  }

  /** The files, for retention. */
  readonly kept: Kept = {
    name: 'counters',
    files: () => this.files,
    drop: async (file) => {
      this.files = this.files.filter((each) => each !== file)
      await this.attachments.remove(file)
    },
  }

  /** All files, for the catalog. */
  get catalogFiles(): readonly (readonly [key: string, file: CounterFile])[] {
    return this.files.map((file) => [catalogKey(file), file])
  }

  /** Tries once more what failed, lets go of the files, and gives back how many samples are lost. */
  async close(): Promise<number> {
    this.closing = true
    this.wake?.()
    await this.writing
    for (const file of this.files) {
      await file
        .detach(this.connection)
        .catch((error: Error) => this.log('error', `${file.file} could not be closed cleanly: ${error.message}`))
    }
    return this.lost
  }

  private async write(batch: CounterBatch, day: number): Promise<void> {
    for (let waitMs = RETRY_MS.first; ; waitMs = Math.min(waitMs * 2, RETRY_MS.longest)) {
      const last = this.closing
      let file: CounterFile | undefined
      try {
        file = await this.forDay(day)
        await this.writeTo(file, batch)
        this.say(null)
        return
      } catch (error) {
        if (file) await this.reopen(file)
        this.say((error as Error).message)
      }
      if (last) {
        this.lost += batch.rows
        return
      }
      await this.pause(waitMs)
    }
  }

  private writeTo(file: CounterFile, batch: CounterBatch): Promise<void> {
    return this.attachments.use([file], () => file.write(batch, this.connection))
  }

  /** The file to write samples of a day to; made where there is none, or only damaged ones. */
  private async forDay(day: number): Promise<CounterFile> {
    const name = dayName(day)
    const there = this.files.findLast((file) => file.day === name && file.damage === null)
    if (there) {
      if (!there.known) await there.open(this.connection)
      return there
    }
    const file = new CounterFile(this.folder, freeName([this.folder], name))
    try {
      await file.open(this.connection)
    } catch (error) {
      // For want of space; an unfinished file would pass for a damaged one.
      for (const path of [file.file, file.walFile]) rmSync(path, { force: true })
      throw error
    }
    this.files.push(file)
    return file
  }

  /** After a write that failed: attaches anew, which brings back what is on disk. */
  private async reopen(file: CounterFile): Promise<void> {
    await file.open(this.connection).catch((error: Error) => {
      if (isDamage(error)) this.leaveOut(file, error.message)
    })
  }

  private leaveOut(file: CounterFile, damage: string): void {
    file.damage = damage
    this.log(
      'error',
      `${file.file} is damaged and left out of answers: ${damage}. The rest works; new counters of that day go to a second file`,
    )
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.closing ? 0 : ms)
      this.wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  private say(message: string | null): void {
    if (message === this.lastError) return
    this.lastError = message
    if (message === null) this.log('info', 'counters are written again')
    else this.log('error', `counters cannot be written; they are kept and it is tried again: ${message}`)
  }
}

function byName<V>(names: readonly CounterName[], of: (i: number) => V): Partial<Record<CounterName, V>> {
  return Object.fromEntries(names.map((name, i) => [name, of(i)]))
}

function placeOf([type, source]: readonly unknown[]): string {
  return `${String(type)}:${String(source)}`
}

function catalogKey(file: CounterFile): string {
  return `counters/${file.name}`
}
