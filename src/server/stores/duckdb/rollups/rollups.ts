/**
 * Keeps sums of the flows, a slice of rows after the other, behind the commits and in its own time: the first `rolled` rows
 * of a partition are in its sums and the others are not, so questions are exact at every moment, and flows that come late
 * are a slice like any other. A slice is in all tables of a file or in none.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Attachments } from '../files/attachments.ts'
import { BLOCK_ROWS } from '../files/blocks.ts'
import type { Catalog } from '../files/catalog.ts'
import { dayStart, isDamage } from '../files/day-file.ts'
import type { StoreStatus } from '../../../messages.ts'
import type { Folder } from '../files/folder.ts'
import type { Partition } from '../files/partition.ts'
import type { Kept } from '../care/retention.ts'
import type { Log, Partitions } from '../files/partitions.ts'
import { FOLDER_NAMES, type FolderName } from './cubes.ts'
import { HostMonths } from './host-months.ts'
import { HOSTS, HOSTS_FOLDER } from './hosts.ts'
import { RollupFile } from './rollup-file.ts'
import { NEW, RollupWriter } from './writer.ts'

/** In rows. */
export interface RollupSizes {
  /** Rows wait until so many have come; a question reads those that wait one by one. */
  readonly slice: number
  /** Taken in at once at most. */
  readonly mostSlice: number
  /** Tables are put in order when they have so many more than twice what they had then. */
  readonly mergeFrom: number
}

export const ROLLUP_SIZES: RollupSizes = { slice: BLOCK_ROWS, mostSlice: 8 * BLOCK_ROWS, mergeFrom: 200_000 }

/** Between two slices of a partition, unless the largest is full. */
const REST_MS = 10_000
/** A day that is over and gets no more flows between two of these is taken in to its last row. */
const SETTLE_EVERY_MS = 60_000

export interface RollupOptions {
  readonly folder: Folder
  readonly attachments: Attachments
  readonly partitions: Partitions
  /** For this alone. */
  readonly connection: DuckDBConnection
  readonly log: Log
  readonly now: () => number
  readonly sizes: RollupSizes
}

/** What there is of one partition. */
export type PartitionSums = { readonly [F in FolderName]?: RollupFile }

export class Rollups {
  private readonly options: RollupOptions
  private readonly writer: RollupWriter
  private readonly files: Record<FolderName, Map<string, RollupFile>> = { minutes: new Map(), hours: new Map() }
  /** The addresses of days that are over. */
  readonly months: HostMonths
  private readonly timer: NodeJS.Timeout
  /** Rows of the partitions of days that are over, as they were when it was last looked. */
  private seen = new Map<Partition, number>()
  /** When rows of a partition were last taken in, on the clock of `performance`. */
  private readonly takenMs = new WeakMap<Partition, number>()
  private working: Promise<void> | null = null
  private closing = false
  /** How many files went or were left out. */
  drops = 0
  /** What fails now, by the partition's name. */
  private readonly troubles = new Map<string, string>()

  private constructor(options: RollupOptions) {
    this.options = options
    this.writer = new RollupWriter(options.connection, options.attachments)
    this.months = new HostMonths(options.folder.path)
    this.timer = setInterval(() => this.settleSoon(), SETTLE_EVERY_MS)
    this.timer.unref()
  }

  /** Looks at what is there. Sums of rows that are no longer there are made anew. */
  static async open(options: RollupOptions, catalog: Catalog): Promise<Rollups> {
    const rollups = new Rollups(options)
    const { folder, connection, log } = options
    await rollups.months.begin(connection, log)
    for (const name of FOLDER_NAMES) {
      for (const left of readdirSync(folder[name])) if (left.includes(NEW)) rmSync(join(folder[name], left))
      for (const day of folder.rollupNames(name)) {
        const file = new RollupFile(name, folder[name], day)
        rollups.files[name].set(day, file)
        if (catalog.recall(catalogKey(file), file)) continue
        try {
          await file.open(connection)
          await options.attachments.opened(file)
        } catch (error) {
          file.damage = (error as Error).message
          log('warn', `${file.file} is damaged: ${file.damage}. Its sums are made anew where the flows are still there`)
        }
      }
    }
    for (const partition of options.partitions.intact) rollups.compare(partition)
    return rollups
  }

  /** The sums of a partition; `flows` is null where it has gone, and sums are all that is left. */
  of(name: string, flows: Partition | null): PartitionSums {
    if (flows) this.compare(flows)
    const { minutes, hours } = this.files
    const intact = (file: RollupFile | undefined) => (file?.damage === null ? file : undefined)
    const [m, h] = [intact(minutes.get(name)), intact(hours.get(name))]
    return { ...(m ? { minutes: m } : {}), ...(h ? { hours: h } : {}) }
  }

  /** What is wrong with sums, for Health. */
  status(): StoreStatus['sums'] {
    const damaged = this.catalogFiles.flatMap(([key, { damage: reason }]) =>
      reason === null ? [] : [{ file: `${key}.duckdb`, reason }],
    )
    return { lastError: this.lastError, damaged }
  }

  /** Leaves out sums of rows that the partition has not, or no longer: of a file that was put in its place, or lost its end. */
  private compare(partition: Partition): void {
    for (const name of FOLDER_NAMES) {
      const file = this.files[name].get(partition.name)
      if (!file || file.damage !== null) continue
      if (file.generation !== partition.generation || file.state.rolled > partition.extent.rows)
        this.leaveOut(file, `the flows that it has sums of are not those of ${partition.file}`)
    }
  }

  /** Names of the partitions that there are sums of. */
  get names(): ReadonlySet<string> {
    return new Set([...this.files.minutes.keys(), ...this.files.hours.keys()])
  }

  /** All files, for the catalog. */
  get catalogFiles(): readonly (readonly [key: string, file: RollupFile])[] {
    return FOLDER_NAMES.flatMap((name) =>
      [...this.files[name].values()].map((file) => [catalogKey(file), file] as const),
    )
  }

  /** Whether all flows of a partition are in its sums, so that it may go. */
  covers(partition: Partition): boolean {
    return partition.extent.rows > 0 && this.waiting(partition) === 0
  }

  /** Something was committed. */
  committed(): void {
    this.workSoon(false)
  }

  /** Takes in all rows of a partition, or of all. Rejects where that does not work. */
  async settle(partition?: Partition): Promise<void> {
    while (this.working) await this.working
    const settling = async () => {
      const { intact } = this.options.partitions
      for (const each of partition ? [partition] : intact) if (intact.includes(each)) await this.takeIn(each, true)
      await this.telling(HOSTS, () => this.takeMonths())
    }
    const done = settling().finally(() => (this.working = null))
    // What goes wrong is told to who asked.
    this.working = done.catch(() => undefined)
    await done
  }

  /** Sums that turned out damaged are no part of answers from then on; they are made anew where the flows are still there. */
  leaveOut(file: RollupFile, damage: string): void {
    file.damage = damage
    this.drops++
    const isMadeAnew = this.options.partitions.holds(file.name)
    this.options.log(
      isMadeAnew ? 'warn' : 'error',
      `${file.file} is damaged and left out of answers: ${damage}. ${isMadeAnew ? 'Its sums are made anew from the flows' : 'The flows are gone, so there are no others; put back a copy of the file'}`,
    )
  }

  /** From when on there are sums, as `dataFrom` of the partitions is of flows; infinite where there are none. */
  get dataFrom(): number {
    return this.catalogFiles.reduce(
      (oldest, [, { day, damage, state }]) =>
        damage === null && state.extent ? Math.min(oldest, Math.max(state.extent.fromMs, dayStart(day))) : oldest,
      Infinity,
    )
  }

  /** The files, for retention. */
  get kept(): readonly Kept[] {
    const of = (name: Kept['name'], folder: FolderName): Kept => ({
      name,
      files: () => [...this.files[folder].values()],
      drop: (file) => this.drop(file as RollupFile),
    })
    return [of('minute', 'minutes'), of('hour', 'hours')]
  }

  /** Forgets and deletes a file that has become too old. */
  private async drop(file: RollupFile): Promise<void> {
    this.drops++
    this.files[file.folder].delete(file.name)
    await this.options.attachments.remove(file)
  }

  /** Lets go of all files. The first error is thrown at the end. */
  async close(): Promise<void> {
    this.closing = true
    clearInterval(this.timer)
    await this.working
    const errors: unknown[] = []
    for (const file of [...this.catalogFiles.map(([, each]) => each), this.months])
      await file.detach(this.options.connection).catch((error: unknown) => errors.push(error))
    if (errors.length > 0) throw errors[0]
  }

  private workSoon(settle: boolean): void {
    if (this.closing) return
    this.working ??= this.work(settle).finally(() => (this.working = null))
  }

  private settleSoon(): void {
    this.workSoon(true)
  }

  private async work(settle: boolean): Promise<void> {
    const today = new Date(this.options.now()).toISOString().slice(0, 10)
    const still = new Map<Partition, number>()
    for (const partition of this.options.partitions.intact) {
      if (this.closing) return
      const { rows } = partition.extent
      if (settle && partition.day < today) still.set(partition, rows)
      const isOver = settle && partition.day < today && this.seen.get(partition) === rows
      if (!isOver && !this.isDue(partition)) continue
      try {
        await this.takeIn(partition, isOver)
        this.takenMs.set(partition, performance.now())
      } catch {
        // It has been told of.
      }
    }
    if (settle) {
      this.seen = still
      await this.telling(HOSTS, () => this.takeMonths()).catch(() => undefined)
    }
  }

  /** Puts the addresses of days that are over with those of their months. */
  private async takeMonths(): Promise<void> {
    const today = new Date(this.options.now()).toISOString().slice(0, 10)
    const over = [...this.files[HOSTS_FOLDER].values()].filter(({ day, damage }) => day < today && damage === null)
    const { connection, attachments, log } = this.options
    if (this.months.damage !== null) await this.months.begin(connection, log)
    if (this.months.damage === null) await this.months.take(over, connection, attachments, () => this.closing)
  }

  /** A slice has some 460 statements whatever it holds: while much comes, few large ones are taken. */
  private isDue(partition: Partition): boolean {
    const { slice, mostSlice } = this.options.sizes
    const waiting = this.waiting(partition)
    const restedMs = performance.now() - (this.takenMs.get(partition) ?? Number.NEGATIVE_INFINITY)
    return waiting >= mostSlice || (waiting >= slice && restedMs >= REST_MS)
  }

  /** Rows that are in no sums yet. */
  private waiting(partition: Partition): number {
    this.compare(partition)
    const rolled = FOLDER_NAMES.map((name) => {
      const file = this.files[name].get(partition.name)
      return file?.damage === null ? file.state.rolled : 0
    })
    return partition.extent.rows - Math.min(...rolled)
  }

  /** Takes in rows of the partition, all of them or whole slices; puts tables in order, all or those that grew. */
  private takeIn(partition: Partition, all: boolean): Promise<void> {
    return this.telling(partition.name, () => this.takeInRows(partition, all))
  }

  private async takeInRows(partition: Partition, all: boolean): Promise<void> {
    const files: RollupFile[] = []
    for (const name of FOLDER_NAMES) files.push(await this.fileFor(name, partition))
    const there = partition.extent.rows
    // Whole slices end where blocks do, so that questions that are asked again need not read a part of one each time.
    const until = all ? there : there - (there % this.options.sizes.slice)
    await this.options.attachments.use([partition, ...files], async () => {
      while (!this.closing) {
        const from = Math.min(...files.map(({ state }) => state.rolled))
        if (until - from < (all ? 1 : this.options.sizes.slice)) break
        // After an end between two commits one file is behind.
        const next = Math.min(
          until,
          from + this.options.sizes.mostSlice,
          ...files.flatMap(({ state }) => (state.rolled > from ? state.rolled : [])),
        )
        await this.writer.take(
          partition,
          files.filter(({ state }) => state.rolled === from),
          { from, to: next },
        )
        await setImmediate()
      }
    })
    for (const file of files) {
      const tables = Object.values(file.state.tables)
      const rows = tables.reduce((sum, each) => sum + each.rows, 0)
      const merged = tables.reduce((sum, each) => sum + each.merged, 0)
      if (!this.closing && rows > (all ? merged : 2 * merged + this.options.sizes.mergeFrom))
        await this.writer.merge(file)
    }
  }

  private async fileFor(name: FolderName, partition: Partition): Promise<RollupFile> {
    const { connection, folder, log } = this.options
    const known = this.files[name].get(partition.name)
    if (known?.damage === null && !known.known)
      await this.options.attachments.reopen(known, connection).catch((error: unknown) => {
        if (!isDamage(error)) throw error
        this.leaveOut(known, (error as Error).message)
      })
    this.compare(partition)
    if (known?.damage === null) return known
    if (known) {
      log('info', `${known.file}: its sums are made anew from the flows of ${partition.name}`)
      await this.drop(known)
    }
    const file = new RollupFile(name, folder[name], partition.name)
    file.generation = partition.generation
    await file.open(connection)
    this.files[name].set(partition.name, file)
    return file
  }

  /** Does `work`, and says so once where it begins to fail and where nothing fails any more. */
  private async telling(what: string, work: () => Promise<void>): Promise<void> {
    const { troubles } = this
    const before = troubles.size
    try {
      await work()
      troubles.delete(what)
    } catch (error) {
      troubles.set(what, `${what}: ${(error as Error).message}`)
      throw error
    } finally {
      const there = new Set(this.options.partitions.intact.map(({ name }) => name))
      for (const name of troubles.keys()) if (name !== HOSTS && !there.has(name)) troubles.delete(name)
      if (before === 0 && troubles.size > 0 && !this.closing)
        this.options.log(
          'warn',
          `sums of flows cannot be kept, and are worked out when they are asked for: ${this.lastError}`,
        )
      if (before > 0 && troubles.size === 0) this.options.log('info', 'sums of flows are kept again')
    }
  }

  private get lastError(): string | null {
    return [...this.troubles.values()].at(-1) ?? null
  }
}

function catalogKey(file: RollupFile): string {
  return `${file.folder}/${file.name}`
}
