/** The embedded store: DuckDB files of a day each, in one data folder. The store thread wraps it; commands use it directly. */
import { WeirError } from '../../../shared/api/errors.ts'
import type { CoverageAnswer, CoverageQuestion } from '../../../shared/query/coverage.ts'
import type { CounterAnswer, CounterQuestion } from '../../../shared/query/counters.ts'
import type { DifferencesQuestion, DifferingValues } from '../../../shared/query/differences.ts'
import type { Answer, Question, RecordAnswer, RecordQuestion } from '../../../shared/query/question.ts'
import type { SeenAnswer, SeenQuestion } from '../../../shared/query/seen.ts'
import type { ValuesAnswer, ValuesQuestion } from '../../../shared/query/values.ts'
import { Counters } from '../../counters.ts'
import type { Batch } from '../../intake/batch.ts'
import type { Covered } from '../../intake/log-keeper.ts'
import type { CounterBatch } from '../../intake/counter-batch.ts'
import type { StoreStatus } from '../../messages.ts'
import { Answers } from './answers/answers.ts'
import { backUp, type BackupOptions, type BackupResult } from './care/backup.ts'
import { CoverageStore } from './coverage.ts'
import { Days } from './answers/days.ts'
import type { Exported } from './exchange/import.ts'
import { Ingest } from './ingest/ingest.ts'
import { SteadyClock } from './ingest/steady-clock.ts'
import { openAll, type Opened, type OpenOptions } from './opened.ts'
import type { Partition } from './files/partition.ts'
import type { Log } from './files/partitions.ts'
import { PLAN_LIMITS, type PlanLimits } from './answers/plan.ts'
import { diskOf, KEEP_ALL, Retention, type Kept, type RetentionSettings } from './care/retention.ts'
import { warmUp } from './answers/warm-up.ts'

export interface StoreOptions extends OpenOptions {
  /** Counts up `stored`, `commits` … */
  readonly counters?: Counters
  /** See `COUNT_MS`. */
  readonly countMs?: number
  /** What is kept how long; all of it without. */
  readonly retention?: RetentionSettings
  /** Milliseconds that have gone by, however the clock is set; that of the process, or what `now` gives. */
  readonly uptime?: () => number
  /** From how many flows on sums are taken. */
  readonly planLimits?: PlanLimits
}

/** How much of the memory may hold sums of questions asked before. */
const MEMO_SHARE = 0.25
/** How often it is looked for what is due to go. At 300,000 flows/s half a gigabyte comes meanwhile. */
const RETENTION_EVERY_MS = 60_000

export class DuckStore {
  /** What the last run had left undone, or null. */
  readonly recovered: string | null
  private readonly opened: Opened
  private readonly ingest: Ingest
  private readonly coverageStore: CoverageStore
  private readonly answers: Answers
  private readonly retention: Retention
  private readonly counters: Counters
  private readonly log: Log
  /** What takes long is done one at a time of its kind: questions need the rest of the machine. */
  private readonly underWay = new Set<string>()
  private readonly now: () => number
  private readonly steady: SteadyClock
  private readonly rawAgeMs: number | null
  private retentionTimer: NodeJS.Timeout | undefined
  private readonly closing = new AbortController()
  private warmingUp: Promise<void> | null = null

  private constructor(options: StoreOptions, opened: Opened) {
    const { connections, database, partitions, rollups, counterStore } = opened
    this.opened = opened
    this.recovered = opened.recovered
    this.counters = options.counters ?? new Counters()
    this.log = options.log ?? (() => undefined)
    this.now = options.now ?? Date.now
    this.steady = new SteadyClock(this.now, options.uptime ?? options.now ?? (() => performance.now()), this.log)
    this.rawAgeMs = options.retention?.raw ?? null
    this.coverageStore = new CoverageStore(opened.folder.path, connections.coverage, opened.attachments)
    this.answers = new Answers({
      ...opened,
      memoBytes: options.memoryLimitBytes * MEMO_SHARE,
      planLimits: options.planLimits ?? PLAN_LIMITS,
      countMs: options.countMs,
    })
    this.ingest = new Ingest(
      connections.flows,
      partitions,
      {
        committed: (flows, tookMs) => this.committed(flows, tookMs),
        trouble: (message) => this.trouble(message),
        // Flows go first: what questions hold is theirs when it is tried again.
        outOfMemory: () => database.giveMemoryBack(),
      },
      this.now,
    )
    this.retention = new Retention([this.flowsKept(), ...rollups.kept, counterStore.kept], {
      settings: options.retention ?? KEEP_ALL,
      now: () => this.steady.now(),
      disk: () => (options.retention ? diskOf(options.dataDir) : null),
      log: this.log,
    })
    if (options.retention) {
      this.retentionTimer = setInterval(() => void this.keepInBounds(), RETENTION_EVERY_MS).unref()
      void this.keepInBounds()
    }
  }

  /** Rejects with `dataLocked`, `dataNewer` or `failed`. */
  static async open(options: StoreOptions): Promise<DuckStore> {
    const opened = await openAll(options)
    const store = new DuckStore(options, opened)
    if (opened.recovered) store.log('info', `data folder ${options.dataDir}: ${opened.recovered}`)
    return store
  }

  /** Begins with what the first questions would have to wait for; questions go first. */
  warmUp(): void {
    this.warmingUp ??= warmUp({ ...this.opened, days: new Days(this.opened) }, this.closing.signal)
  }

  /** Takes the batch's rows; resolves when its buffer may be used again. They are part of answers after the next commit. */
  append(batch: Batch): Promise<void> {
    return this.ingest.append(batch)
  }

  /** Commits what was appended, which otherwise happens within a second or two. Rejects where it cannot be written. */
  commit(): Promise<void> {
    return this.ingest.commit()
  }

  /** Resolves when all flows that were appended are on disk; those that come meanwhile are not waited for. */
  durable(): Promise<void> {
    return this.ingest.durable()
  }

  /** `record.id` of flows that were received at that moment or later. */
  recordIds(receivedFromMs: number, signal: AbortSignal = never()): Promise<BigUint64Array> {
    return this.answers.recordIds(receivedFromMs, signal)
  }

  /** Takes all flows that are committed into the sums, which otherwise happens behind the commits. */
  settle(): Promise<void> {
    return this.opened.rollups.settle()
  }

  /** Writes counter samples of a day (days since 1970); resolves once they are on disk, or lost with `close`. */
  appendCounters(batch: CounterBatch, day: number): Promise<void> {
    return this.opened.counterStore.append(batch, day)
  }

  /** Rejects with `cancelled` once `signal` fires. */
  askCounters(question: CounterQuestion, signal: AbortSignal = never()): Promise<CounterAnswer> {
    return this.opened.database.read(signal, (reader) => this.opened.counterStore.answer(question, reader))
  }

  /** Rejects with `cancelled` once `signal` fires, as all that follow. */
  query(question: Question, signal: AbortSignal = never()): Promise<Answer> {
    return this.answers.query(question, signal)
  }

  /** What the answer will be, about, where it takes long; null where it is there soon, or cannot be said of a sample. */
  estimate(question: Question, signal: AbortSignal = never()): Promise<Answer | null> {
    return this.answers.estimate(question, signal)
  }

  /** Null where there are so many flows that each dimension is better asked for by itself. */
  differences(
    question: DifferencesQuestion,
    signal: AbortSignal = never(),
  ): Promise<readonly DifferingValues[] | null> {
    return this.answers.differences(question, signal)
  }

  /** Rejects with `badCursor` where the cursor is of another question. */
  flows(question: RecordQuestion, signal: AbortSignal = never()): Promise<RecordAnswer> {
    return this.answers.flows(question, signal)
  }

  /** Keeps what interfaces of a cloud did not see; the same fact any number of times is one. Resolves when it is on disk. */
  covered(facts: readonly Covered[]): Promise<void> {
    return this.coverageStore.take(facts)
  }

  /** Which interfaces of a cloud saw nothing, or were not recorded. */
  coverage(question: CoverageQuestion, signal: AbortSignal = never()): Promise<CoverageAnswer> {
    return this.coverageStore.answer(question, (ask) => this.opened.database.read(signal, ask))
  }

  /** When an address was seen, over all that is kept. */
  seen(question: SeenQuestion, signal: AbortSignal = never()): Promise<SeenAnswer> {
    return this.answers.seen(question, signal)
  }

  /** Which values a field has, by a look at the newest flows. */
  values(question: ValuesQuestion, signal: AbortSignal = never()): Promise<ValuesAnswer> {
    return this.answers.values(question, signal)
  }

  /** Writes the flows that ended in the range to a Parquet file; gives how many. */
  exportTo(file: string, question: RecordQuestion, signal: AbortSignal = never()): Promise<number> {
    return this.alone('export', () => this.answers.exportTo(file, question, signal))
  }

  /** Takes in what `exportTo` has written, and commits it. `progress` gets 0 to 1. */
  async importFrom(file: string, progress?: (share: number) => void): Promise<Exported> {
    const { examineExport, importFlows } = await import('./exchange/import.ts')
    const connection = await this.opened.database.connect()
    try {
      const exported = await examineExport(connection, file)
      let rows = 0
      await importFlows(connection, file, async (batch) => {
        await this.append(batch)
        rows += batch.rows
        progress?.(exported.rows > 0 ? rows / exported.rows : 1)
      })
      await this.commit()
      return exported
    } finally {
      connection.closeSync()
    }
  }

  /** Copies all of the folder as it is at a moment; flows are taken in and answers given meanwhile. */
  async backUp(to: string, progress?: (share: number) => void): Promise<BackupResult> {
    return this.alone('backup', async () => {
      const { attachments, database, folder } = this.opened
      attachments.hold = true
      await this.retention.end()
      const connection = await database.connect()
      const between: BackupOptions['between'] = (run) => this.ingest.between(run)
      try {
        return await backUp({ dataDir: folder.path, to, connection, between, progress })
      } finally {
        connection.closeSync()
        attachments.hold = false
      }
    })
  }

  status(): StoreStatus {
    const { partitions, rollups, counterStore } = this.opened
    const files = partitions.status()
    return {
      kind: 'duckdb',
      flows: partitions.rows,
      bytesOnDisk: files.reduce((sum, { bytesOnDisk }) => sum + bytesOnDisk, 0),
      oldest: partitions.oldest,
      newest: partitions.newest,
      partitions: files,
      recovered: this.recovered,
      lastError: this.ingest.lastError,
      sums: rollups.status(),
      counters: counterStore.status(),
      retention: this.retention.status(),
    }
  }

  /** Lets go of what is too old or has no room, and notes what is known of the rest for the next start. */
  async keepInBounds(): Promise<void> {
    if (this.underWay.has('backup')) return
    await this.retention.pass()
    await this.dropCoverage()
    this.saveCatalog()
  }

  /** Commits, and lets go of the folder. */
  async close(): Promise<void> {
    const { folder, database, connections, partitions, rollups, counterStore } = this.opened
    clearInterval(this.retentionTimer)
    this.closing.abort()
    await this.warmingUp
    await this.retention.end()
    const lost = await this.ingest.close()
    if (lost > 0) {
      this.counters.add('store.rejected', lost)
      this.log('error', `${lost} flows could not be written before the end and are lost: ${this.ingest.lastError}`)
    }
    const lostSamples = await counterStore.close()
    if (lostSamples > 0) {
      this.counters.add('counters.lost', lostSamples)
      this.log('error', `${lostSamples} counter samples could not be written before the end and are lost`)
    }
    try {
      await rollups.close()
      await partitions.close(connections.flows)
    } catch (error) {
      this.log('error', `the data could not be closed cleanly; the next start recovers it: ${(error as Error).message}`)
    }
    this.saveCatalog()
    for (const connection of Object.values(connections)) connection.closeSync()
    database.close()
    folder.release()
  }

  /** Partitions, for retention: they go when all of their flows are in the sums that stay. */
  private flowsKept(): Kept {
    const { partitions, rollups } = this.opened
    return {
      name: 'raw',
      files: () => partitions.files.map(([, partition]) => partition),
      drop: (file, reason) => {
        const partition = file as Partition
        return partitions.drop(partition, async () => {
          await this.ingest.between(() => Promise.resolve())
          try {
            await rollups.settle(partition)
            if (!rollups.covers(partition)) throw new Error('its sums are not complete')
          } catch (error) {
            if (reason === 'age') throw error
            // A full disk may be what is in the way.
            this.log('error', `${file.file} goes before all its flows are in the sums: ${(error as Error).message}`)
          }
        })
      },
    }
  }

  /** As old as flows may be. */
  private async dropCoverage(): Promise<void> {
    const ageMs = this.rawAgeMs
    if (ageMs === null) return
    await this.coverageStore
      .dropBefore(this.steady.now() - ageMs)
      .catch((error: unknown) => this.log('warn', `coverage.duckdb keeps what is too old: ${(error as Error).message}`))
  }

  private saveCatalog(): void {
    const { catalog, partitions, rollups, counterStore } = this.opened
    catalog.save([...partitions.files, ...rollups.catalogFiles, ...counterStore.catalogFiles])
  }

  private async alone<T>(what: string, run: () => Promise<T>): Promise<T> {
    if (this.underWay.has(what))
      throw new WeirError('storeUnavailable', `another ${what} is under way; wait for its end, then ask again`)
    this.underWay.add(what)
    try {
      return await run()
    } finally {
      this.underWay.delete(what)
    }
  }

  private committed(flows: number, tookMs: number): void {
    this.opened.rollups.committed()
    this.counters.add('stored', flows)
    this.counters.add('commits', 1)
    this.counters.set('lastCommitMs', this.now())
    this.counters.set('longestCommitMs', Math.max(this.counters.get('longestCommitMs'), tookMs))
  }

  private trouble(message: string | null): void {
    if (message === null) this.log('info', 'flows are written again')
    else this.log('error', `flows cannot be written; ${this.ingest.pending} are kept and it is tried again: ${message}`)
  }
}

function never(): AbortSignal {
  return new AbortController().signal
}
