/** The embedded store: DuckDB files of a day each, in one data folder. The store thread wraps it; commands use it directly. */
import { WeirError } from '../../../shared/api/errors.ts'
import type { CounterAnswer, CounterQuestion } from '../../../shared/query/counters.ts'
import type { Answer, Question, RecordAnswer, RecordQuestion, Scope } from '../../../shared/query/question.ts'
import { stateScope } from '../../../shared/query/scope.ts'
import type { SeenAnswer, SeenQuestion } from '../../../shared/query/seen.ts'
import type { ValuesAnswer, ValuesQuestion } from '../../../shared/query/values.ts'
import { client, clientNow } from '../../client.ts'
import { Counters } from '../../counters.ts'
import type { Batch } from '../../intake/batch.ts'
import type { CounterBatch } from '../../intake/counter-batch.ts'
import type { StoreStatus } from '../../messages.ts'
import { Attachments } from './attachments.ts'
import { backUp, type BackupOptions, type BackupResult } from './backup.ts'
import { Catalog } from './catalog.ts'
import { CounterStore } from './counters/store.ts'
import { Database, type Reader } from './database.ts'
import { isDamage } from './day-file.ts'
import { answerRecords, settleRange, type Scoped } from './flows.ts'
import { exportFlows } from './export.ts'
import { Folder } from './folder.ts'
import { examineExport, importFlows, type Exported } from './import.ts'
import { Ingest } from './ingest.ts'
import { Memo, type RunSource } from './memo.ts'
import type { Partition } from './partition.ts'
import { Partitions, type Log, type PartitionSource } from './partitions.ts'
import { canEstimate, errorOf, sampledSums, sampleOf } from './estimate.ts'
import { keptSums, mayHelp, type DayFiles } from './kept-sums.ts'
import { PLAN_LIMITS, type PlanLimits } from './plan.ts'
import { answerQuestion, NOTHING_LEFT, type Sums } from './query.ts'
import { diskOf, KEEP_ALL, Retention, type Kept, type RetentionSettings } from './retention.ts'
import { answerSeen, besideMonths, hoursOf } from './seen.ts'
import { Repeats } from './repeats.ts'
import { ROLLUP_SIZES, Rollups, type RollupSizes } from './rollups/rollups.ts'
import { Sharing } from './sharing.ts'
import { flowsParts, type Bounds } from './sql/source.ts'
import { isFlowGroup } from './sql/groups.ts'
import { shapeOf, sums as statementOf } from './sql/sums.ts'
import { valuesOf } from './values-of.ts'

export interface StoreOptions {
  readonly dataDir: string
  readonly threads: number
  readonly memoryLimitBytes: number
  /** Disk for what does not fit into memory; 8 GB without. */
  readonly temporaryLimitBytes?: number
  /** Counts up `stored`, `commits` … */
  readonly counters?: Counters
  readonly log?: Log
  /** See `COUNT_MS`. */
  readonly countMs?: number
  /** What is kept how long; all of it without. */
  readonly retention?: RetentionSettings
  readonly now?: () => number
  /** From how many flows on sums are taken. */
  readonly planLimits?: PlanLimits
  /** How many flows are taken into the sums at a time. */
  readonly rollupSizes?: RollupSizes
}

const ALWAYS: Bounds = { fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }

/** How much of the memory may hold sums of questions asked before. */
const MEMO_SHARE = 0.25
const TEMPORARY_BYTES = 8e9
/** How often it is looked for what is due to go. At 300,000 flows/s half a gigabyte comes meanwhile. */
const RETENTION_EVERY_MS = 60_000

export class DuckStore {
  /** What the last run had left undone, or null. */
  readonly recovered: string | null
  private readonly folder: Folder
  private readonly database: Database
  private readonly connection: Awaited<ReturnType<Database['connect']>>
  private readonly attaching: DuckStore['connection']
  private readonly attachments: Attachments
  private readonly catalog: Catalog
  private readonly partitions: Partitions
  /** For the sums alone. */
  private readonly rolling: DuckStore['connection']
  private readonly rollups: Rollups
  private readonly planLimits: PlanLimits
  private readonly ingest: Ingest
  private readonly counterConnection: DuckStore['connection']
  private readonly counterStore: CounterStore
  private readonly sharing = new Sharing()
  private readonly memo: Memo
  private readonly retention: Retention
  private readonly repeats = new Repeats()
  private readonly counters: Counters
  private readonly log: Log
  /** What takes long is done one at a time of its kind: questions need the rest of the machine. */
  private readonly underWay = new Set<string>()
  private readonly countMs: number | undefined
  private readonly now: () => number
  private retentionTimer: NodeJS.Timeout | undefined

  private constructor(
    options: StoreOptions,
    opened: {
      folder: Folder
      database: Database
      connection: DuckStore['connection']
      attaching: DuckStore['connection']
      attachments: Attachments
      catalog: Catalog
      partitions: Partitions
      rolling: DuckStore['connection']
      rollups: Rollups
      counterConnection: DuckStore['connection']
      counterStore: CounterStore
      recovered: string | null
    },
  ) {
    this.folder = opened.folder
    this.database = opened.database
    this.connection = opened.connection
    this.attaching = opened.attaching
    this.attachments = opened.attachments
    this.catalog = opened.catalog
    this.partitions = opened.partitions
    this.rolling = opened.rolling
    this.rollups = opened.rollups
    this.planLimits = options.planLimits ?? PLAN_LIMITS
    this.counterConnection = opened.counterConnection
    this.counterStore = opened.counterStore
    this.recovered = opened.recovered
    this.counters = options.counters ?? new Counters()
    this.log = options.log ?? (() => undefined)
    this.countMs = options.countMs
    this.now = options.now ?? Date.now
    this.memo = new Memo(options.memoryLimitBytes * MEMO_SHARE)
    this.ingest = new Ingest(
      opened.connection,
      opened.partitions,
      {
        committed: (flows, tookMs) => this.committed(flows, tookMs),
        trouble: (message) => this.trouble(message),
        // Flows go first: what questions hold is theirs when it is tried again.
        outOfMemory: () => this.database.giveMemoryBack(),
      },
      this.now,
    )
    this.retention = new Retention([this.flowsKept(), ...opened.rollups.kept, opened.counterStore.kept], {
      settings: options.retention ?? KEEP_ALL,
      now: this.now,
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
    const folder = Folder.take(options.dataDir)
    let database: Database | undefined
    try {
      database = await Database.open({
        threads: options.threads,
        memoryLimitBytes: options.memoryLimitBytes,
        temporaryFolder: folder.temporary,
        temporaryLimitBytes: Math.min(
          options.temporaryLimitBytes ?? TEMPORARY_BYTES,
          (diskOf(folder.path)?.free ?? Number.POSITIVE_INFINITY) / 2,
        ),
      })
      const connection = await database.connect()
      const log = options.log ?? (() => undefined)
      const attaching = await database.connect()
      const attachments = new Attachments(attaching)
      const catalog = new Catalog(folder.catalog)
      const { partitions, recovered } = await Partitions.open(folder, connection, log, attachments, catalog)
      const rolling = await database.connect()
      const rollups = await Rollups.open(
        {
          folder,
          attachments,
          partitions,
          connection: rolling,
          log,
          now: options.now ?? Date.now,
          sizes: options.rollupSizes ?? ROLLUP_SIZES,
        },
        catalog,
      )
      const counterConnection = await database.connect()
      const counterStore = await CounterStore.open(folder, counterConnection, log, attachments, catalog)
      const store = new DuckStore(options, {
        folder,
        database,
        connection,
        attaching,
        attachments,
        catalog,
        partitions,
        rolling,
        rollups,
        counterConnection,
        counterStore,
        recovered,
      })
      if (recovered) store.log('info', `data folder ${options.dataDir}: ${recovered}`)
      return store
    } catch (error) {
      database?.close()
      folder.release()
      throw error
    }
  }

  /** Takes the batch's rows; resolves when its buffer may be used again. They are part of answers after the next commit. */
  append(batch: Batch): Promise<void> {
    return this.ingest.append(batch)
  }

  /** Commits what was appended, which otherwise happens within a second or two. Rejects where it cannot be written. */
  commit(): Promise<void> {
    return this.ingest.commit()
  }

  /** Takes all flows that are committed into the sums, which otherwise happens behind the commits. */
  settle(): Promise<void> {
    return this.rollups.settle()
  }

  /** Writes counter samples of a day (days since 1970); resolves once they are on disk, or lost with `close`. */
  appendCounters(batch: CounterBatch, day: number): Promise<void> {
    return this.counterStore.append(batch, day)
  }

  /** Rejects with `cancelled` once `signal` fires. */
  askCounters(question: CounterQuestion, signal: AbortSignal = never()): Promise<CounterAnswer> {
    return this.database.read(signal, (reader) => this.counterStore.answer(question, reader))
  }

  /** Rejects with `cancelled` once `signal` fires. */
  query(question: Question, signal: AbortSignal = never()): Promise<Answer> {
    return this.sharing.ask(keyOf('query', question), this.stateOf(question), signal, async (until) => {
      const began = performance.now()
      const { answer, origin } = await this.read(question, until, (reader, sources, days) =>
        question.scope !== 'deduplicated' && mayHelp(days, question, this.planLimits)
          ? this.answerFromSums(question, reader, days)
          : this.answerFromFlows(question, reader, sources),
      )
      return {
        ...answer,
        meta: {
          ...answer.meta,
          scope: stateScope(question.scope),
          resolution: origin.resolution,
          exact: answer.meta.exact && origin.isWhole,
          dataFrom: origin.dataFrom,
          tookMs: performance.now() - began,
        },
      }
    })
  }

  private async answerFromFlows(question: Question, reader: Reader, sources: readonly PartitionSource[]) {
    if (question.scope === 'deduplicated') {
      const answer = await this.answerCountedOnce(question, reader, sources)
      return { answer, origin: { resolution: 'raw', isWhole: true, dataFrom: this.dataFrom(question) } as const }
    }
    const runs = await runsOf(sources, question, reader)
    const session = this.memo.session(reader)
    const sums: Sums = {
      of: (shape) => session.sums(shape, runs, question),
      parts: () => Promise.resolve(flowsParts(runs, question)),
      flows: () => flowsParts(runs, question),
      left: () => Promise.resolve(NOTHING_LEFT),
    }
    try {
      return {
        answer: await answerQuestion(question, reader, runs.length > 0 ? sums : null),
        origin: { resolution: 'raw', isWhole: true, dataFrom: this.dataFrom(question) } as const,
      }
    } finally {
      await session.release()
    }
  }

  private answerFromSums(question: Question, reader: Reader, days: readonly DayFiles[]) {
    return reader.transaction(async () => {
      const sums = await keptSums(days, question, reader, this.planLimits)
      const answer = await answerQuestion(question, reader, sums)
      const { goneUntilMs, ...origin } = sums.origin()
      const oldest = Math.min(this.partitions.dataFrom ?? Number.POSITIVE_INFINITY, this.rollups.oldest)
      const dataFrom = Math.max(oldest, goneUntilMs ?? 0)
      return { answer, origin: { ...origin, dataFrom: dataFrom > question.fromMs ? dataFrom : null } }
    })
  }

  /** What the answer will be, about, where it takes long; null where it is there soon, or cannot be said of a sample. */
  estimate(question: Question, signal: AbortSignal = never()): Promise<Answer | null> {
    if (!canEstimate(question)) return Promise.resolve(null)
    return this.sharing.ask(keyOf('estimate', question), this.stateOf(question), signal, async (until) => {
      const began = performance.now()
      return this.read(question, until, (reader, _, days) =>
        reader.transaction(async () => {
          const sums = await keptSums(days, question, reader, this.planLimits)
          const shape = shapeOf(question, question.groupBy.filter(isFlowGroup), question.intervalMs)
          const oneIn = sampleOf(await sums.parts(shape), shape, this.planLimits)
          if (oneIn === null) return null
          const drawn = sampledSums(sums, oneIn)
          const answer = await answerQuestion(question, reader, drawn)
          const error = await errorOf(
            question,
            await drawn.parts({ ...shape, intervalMs: null }),
            answer.meta.totals,
            reader,
          )
          const said = {
            scope: stateScope(question.scope),
            resolution: sums.origin().resolution,
            dataFrom: this.dataFrom(question),
          }
          const tookMs = performance.now() - began
          return { ...answer, meta: { ...answer.meta, ...said, exact: false, estimated: true, error, tookMs } }
        }),
      )
    })
  }

  /** Rejects with `badCursor`, or with `cancelled` once `signal` fires. */
  async flows(question: RecordQuestion, signal: AbortSignal = never()): Promise<RecordAnswer> {
    const settled = settleRange(question)
    return this.sharing.ask(keyOf('flows', question), this.partitions.state(settled), signal, async (until) => {
      const began = performance.now()
      const answer = await this.read(settled, until, (reader, sources) =>
        this.scoped(settled.scope, reader, (scoped) => answerRecords(settled, reader, sources, scoped, this.countMs)),
      )
      return {
        ...answer,
        meta: {
          ...answer.meta,
          scope: stateScope(question.scope),
          dataFrom: this.dataFrom(settled),
          tookMs: performance.now() - began,
        },
      }
    })
  }

  /** When an address was seen, over all that is kept. Rejects with `cancelled` once `signal` fires. */
  seen(question: SeenQuestion, signal: AbortSignal = never()): Promise<SeenAnswer> {
    return this.sharing.ask(keyOf('seen', question), this.stateOf(ALWAYS), signal, async (until) => {
      const began = performance.now()
      const answer = await this.askSeen(question, until)
      const dataFrom = Math.min(this.partitions.dataFrom ?? Number.POSITIVE_INFINITY, this.rollups.oldest)
      return {
        ...answer,
        dataFrom: Number.isFinite(dataFrom) ? dataFrom : null,
        tookMs: performance.now() - began,
      }
    })
  }

  /** Writes the flows that ended in the range to a Parquet file; gives how many. Rejects with `cancelled` once `signal` fires. */
  async exportTo(file: string, question: RecordQuestion, signal: AbortSignal = never()): Promise<number> {
    return this.alone('export', () =>
      this.read(question, signal, (reader, sources) =>
        this.scoped(question.scope, reader, async (scoped) =>
          exportFlows(question, reader, await scoped(sources), file),
        ),
      ),
    )
  }

  /** Takes in what `exportTo` has written, and commits it. `progress` gets 0 to 1. */
  async importFrom(file: string, progress?: (share: number) => void): Promise<Exported> {
    const connection = await this.database.connect()
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
      this.attachments.hold = true
      await this.retention.end()
      const connection = await this.database.connect()
      const between: BackupOptions['between'] = (run) => this.ingest.between(run)
      try {
        return await backUp({ dataDir: this.folder.path, to, connection, between, progress })
      } finally {
        connection.closeSync()
        this.attachments.hold = false
      }
    })
  }

  /**
   * Which values a field has, by a look at the newest flows. Somebody who types does not wait for his own questions: they take
   * turns as two clients. Rejects with `cancelled` once `signal` fires.
   */
  values(question: ValuesQuestion, signal: AbortSignal = never()): Promise<ValuesAnswer> {
    const look = (until: AbortSignal) =>
      valuesOf(question, until, (choose, ask, during) => this.read(question, during, ask, choose))
    return client.run(`${clientNow()} typing`, () =>
      this.sharing.ask(keyOf('values', question), this.partitions.state(question), signal, look),
    )
  }

  status(): StoreStatus {
    const partitions = this.partitions.status()
    return {
      kind: 'duckdb',
      flows: this.partitions.rows,
      bytesOnDisk: partitions.reduce((sum, partition) => sum + partition.bytesOnDisk, 0),
      oldest: this.partitions.oldest,
      newest: this.partitions.newest,
      partitions,
      recovered: this.recovered,
      lastError: this.ingest.lastError,
      sums: this.rollups.status(),
      counters: this.counterStore.status(),
      retention: this.retention.status(),
    }
  }

  /** Lets go of what is too old or has no room, and notes what is known of the rest for the next start. */
  async keepInBounds(): Promise<void> {
    if (this.underWay.has('backup')) return
    await this.retention.pass()
    this.saveCatalog()
  }

  /** Commits, and lets go of the folder. */
  async close(): Promise<void> {
    clearInterval(this.retentionTimer)
    await this.retention.end()
    const lost = await this.ingest.close()
    if (lost > 0) {
      this.counters.add('store.rejected', lost)
      this.log('error', `${lost} flows could not be written before the end and are lost: ${this.ingest.lastError}`)
    }
    const lostSamples = await this.counterStore.close()
    if (lostSamples > 0) {
      this.counters.add('counters.lost', lostSamples)
      this.log('error', `${lostSamples} counter samples could not be written before the end and are lost`)
    }
    this.counterConnection.closeSync()
    try {
      await this.rollups.close()
      await this.partitions.close(this.connection)
    } catch (error) {
      this.log('error', `the data could not be closed cleanly; the next start recovers it: ${(error as Error).message}`)
    }
    this.saveCatalog()
    this.rolling.closeSync()
    this.connection.closeSync()
    this.attaching.closeSync()
    this.database.close()
    this.folder.release()
  }

  /** Partitions, for retention: they go when all of their flows are in the sums that stay. */
  private flowsKept(): Kept {
    return {
      name: 'raw',
      files: () => this.partitions.files.map(([, partition]) => partition),
      drop: (file, reason) => {
        const partition = file as Partition
        return this.partitions.drop(partition, async () => {
          await this.ingest.between(() => Promise.resolve())
          try {
            await this.rollups.settle(partition)
            if (!this.rollups.covers(partition)) throw new Error('its sums are not complete')
          } catch (error) {
            if (reason === 'age') throw error
            // A full disk may be what is in the way.
            this.log('error', `${file.file} goes before all its flows are in the sums: ${(error as Error).message}`)
          }
        })
      },
    }
  }

  /** Out of the months where these have a day, or of all days by themselves where a file of one is damaged. */
  private async askSeen(question: SeenQuestion, signal: AbortSignal) {
    const months = this.rollups.months.damage === null ? this.rollups.months : null
    const days = this.daysOf(this.partitions.sources(ALWAYS), ALWAYS)
    const beside = besideMonths(days, months)
    const names = days.map(({ name }) => name)
    const files = beside.flatMap(({ flows, sums: of }) => [...(flows ? [flows.partition] : []), ...of])
    try {
      return await this.attachments.use([...(months ? [months] : []), ...files], () =>
        this.database.read(signal, (reader) =>
          reader.transaction(() => answerSeen(question, reader, months, names, beside)),
        ),
      )
    } catch (error) {
      if (!isDamage(error)) throw error
      return this.read(ALWAYS, signal, (reader, _, there) =>
        reader.transaction(() => answerSeen(question, reader, null, [], there.map(hoursOf))),
      )
    }
  }

  /** From flows alone; sums that are kept count all of them. */
  private answerCountedOnce(question: Question, reader: Reader, sources: readonly PartitionSource[]) {
    return this.scoped(question.scope, reader, async (scoped) => {
      if (sources.length === 0) return answerQuestion(question, reader, null)
      const parts = flowsParts(await scoped(sources), question)
      return answerQuestion(question, reader, {
        of: (shape) => Promise.resolve(statementOf(shape, parts)),
        parts: () => Promise.resolve(parts),
        flows: () => parts,
        left: () => Promise.resolve(NOTHING_LEFT),
      })
    })
  }

  /** Does `work` with what gives sources without that which the scope leaves out. */
  private async scoped<T>(scope: Scope, reader: Reader, work: (scoped: Scoped) => Promise<T>): Promise<T> {
    if (scope !== 'deduplicated') return work((sources) => Promise.resolve([...sources]))
    const session = this.repeats.session(reader)
    try {
      return await work((sources) => session.leaveOut(sources))
    } finally {
      await session.release()
    }
  }

  /** From when on there are flows, when the range begins before that. */
  private dataFrom({ fromMs }: Bounds): number | null {
    const { dataFrom } = this.partitions
    return dataFrom !== null && dataFrom > fromMs ? dataFrom : null
  }

  /** What the sources of a range say. A source that turns out damaged is left out from then on. */
  private async read<T>(
    bounds: Bounds,
    signal: AbortSignal,
    ask: (reader: Reader, sources: readonly PartitionSource[], days: readonly DayFiles[]) => Promise<T>,
    choose: (sources: readonly PartitionSource[]) => readonly PartitionSource[] = (sources) => sources,
  ): Promise<T> {
    const run = (days: readonly DayFiles[]) => {
      const some = days.flatMap(({ flows }) => flows ?? [])
      const files = days.flatMap(({ flows, sums: of }) => [...(flows ? [flows.partition] : []), ...of])
      return this.attachments.use(files, () => this.database.read(signal, (reader) => ask(reader, some, days)))
    }
    // Each time round a file less is read.
    for (;;) {
      const days = this.daysOf(choose(this.partitions.sources(bounds)), bounds)
      try {
        return await run(days)
      } catch (error) {
        if (!isDamage(error) || !(await this.leaveOutDamaged(days, run))) throw error
      }
    }
  }

  /** Finds what is damaged among files that a question has failed on; whether it did. Nothing else is left out. */
  private async leaveOutDamaged(
    days: readonly DayFiles[],
    run: (days: readonly DayFiles[]) => Promise<unknown>,
  ): Promise<boolean> {
    let found = false
    for (const { flows, sums, ...day } of days) {
      const bad = flows ? await damageOf(() => run([{ ...day, flows, sums: [] }])) : null
      if (flows && bad !== null && flows.partition.damage === null) this.partitions.leaveOut(flows.partition, bad)
      found ||= bad !== null
      for (const file of sums) {
        const read = () => this.database.read(never(), (reader) => file.readWhole(reader))
        // Another question may have found it meanwhile.
        const damage = file.damage ?? (await damageOf(() => this.attachments.use([file], read)))
        if (damage !== null && file.damage === null) this.rollups.leaveOut(file, damage)
        found ||= damage !== null
      }
    }
    return found
  }

  /** Another text as soon as the answer to a question over the range may be another one. */
  private stateOf(bounds: Bounds): string {
    return `${this.partitions.state(bounds)} ${this.rollups.drops}`
  }

  private saveCatalog(): void {
    this.catalog.save([...this.partitions.files, ...this.rollups.catalogFiles, ...this.counterStore.catalogFiles])
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

  /** The partitions with the sums there are of them, and sums whose flows are gone. */
  private daysOf(sources: readonly PartitionSource[], { fromMs, toMs }: Bounds): DayFiles[] {
    const sumsOf = (name: string, flows: Partition | null) => Object.values(this.rollups.of(name, flows))
    const there = sources.map((flows): DayFiles => ({
      name: flows.partition.name,
      flows,
      sums: sumsOf(flows.partition.name, flows.partition),
    }))
    const others = [...this.rollups.names].filter((name) => !this.partitions.holds(name))
    const gone = others.map((name): DayFiles => ({ name, flows: null, sums: sumsOf(name, null) }))
    return [
      ...there,
      ...gone.filter(({ sums }) =>
        sums.some(({ state: { extent } }) => extent !== null && extent.fromMs < toMs && extent.toMs >= fromMs),
      ),
    ]
  }

  private committed(flows: number, tookMs: number): void {
    this.rollups.committed()
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

/** What the database says where a file is damaged; null where none is. */
async function damageOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (isDamage(error)) return (error as Error).message
    throw error
  }
}

/** The rows of each partition that the question has to read, those wholly in its range apart. */
async function runsOf(sources: readonly PartitionSource[], bounds: Bounds, reader: Reader): Promise<RunSource[]> {
  const runs: RunSource[] = []
  for (const source of sources) {
    if (source.inside) {
      runs.push(source)
      continue
    }
    const blocks = await source.partition.readBlocks(reader)
    for (const { from, to, inside } of blocks.runs(bounds, source.rows.to))
      runs.push({ ...source, rows: { from, to }, inside })
  }
  return runs
}

function keyOf(call: string, question: Question | RecordQuestion | SeenQuestion | ValuesQuestion): string {
  return call + JSON.stringify(question, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value))
}

function never(): AbortSignal {
  return new AbortController().signal
}
