/**
 * Keeps sums of the flows, a slice of rows after the other, behind the commits and in its own time: the first `rolled` rows
 * of a partition are in its sums and the others are not, so questions are exact at every moment, and flows that come late
 * are a slice like any other. A slice is in all tables of a file or in none.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { FieldName } from '../../../../shared/schema/fields.ts'
import type { Attachments } from '../attachments.ts'
import type { Catalog } from '../catalog.ts'
import { isDamage } from '../day-file.ts'
import { createHosts, fillHosts, mergeHosts } from '../sql/hosts.ts'
import type { StoreStatus } from '../../../messages.ts'
import type { Folder } from '../folder.ts'
import type { Partition } from '../partition.ts'
import type { Kept } from '../retention.ts'
import type { Log, Partitions } from '../partitions.ts'
import {
  applies,
  BASES,
  BUSY_FLOWS_PER_SECOND,
  CUBES,
  FOLDERS,
  LEVELS,
  LONGEST_MS,
  MOST_ROWS,
  storedFieldsOf,
  tablesOf,
  tablesOfCube,
  type Cube,
  type FolderName,
  type Level,
} from './cubes.ts'
import { HostMonths } from './host-months.ts'
import { haveHosts, HOSTS, HOSTS_FOLDER, hostsTable } from './hosts.ts'
import { RollupFile, type RollupState } from './rollup-file.ts'
import {
  addSlice,
  countsOf,
  createTables,
  dropSlice,
  leftName,
  mergeTables,
  sumFromBase,
  sumSlice,
  tableName,
} from './tables.ts'

export const FOLDER_NAMES = Object.keys(FOLDERS) as FolderName[]

/** In rows. */
export interface RollupSizes {
  /** Rows wait until so many have come; a question reads those that wait one by one. */
  readonly slice: number
  /** Taken in at once at most. */
  readonly mostSlice: number
  /** Tables are put in order when they have so many more than twice what they had then. */
  readonly mergeFrom: number
}

export const ROLLUP_SIZES: RollupSizes = { slice: 122_880, mostSlice: 8 * 122_880, mergeFrom: 200_000 }

/** Ending of a file while it is written anew. */
const NEW = '.new'
/** Between two slices of a partition, unless the largest is full. */
const REST_MS = 5000
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

/** Rows of a partition, `from` included. */
interface Rows {
  readonly from: number
  readonly to: number
}

/** What there is of one partition. */
export type PartitionSums = { readonly [F in FolderName]?: RollupFile }

export class Rollups {
  private readonly options: RollupOptions
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
  private trouble: string | null = null

  private constructor(options: RollupOptions) {
    this.options = options
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
    return { lastError: this.trouble, damaged }
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
      await this.takeMonths()
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

  /** Start of the oldest flow that is part of any sums; infinite where there are none. */
  get oldest(): number {
    return this.catalogFiles.reduce(
      (oldest, [, { state }]) => Math.min(oldest, state.extent?.fromMs ?? oldest),
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
        this.say(null)
      } catch (error) {
        this.say(`${partition.name}: ${(error as Error).message}`)
      }
    }
    if (settle) {
      this.seen = still
      await this.takeMonths().catch((error: unknown) => this.say(`hosts: ${(error as Error).message}`))
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

  /** A slice costs 0.2 s whatever it holds: while much comes, few large ones are taken. */
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
  private async takeIn(partition: Partition, all: boolean): Promise<void> {
    const files: RollupFile[] = []
    for (const name of FOLDER_NAMES) files.push(await this.fileFor(name, partition))
    const until = partition.extent.rows
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
        await this.slice(
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
      if (!this.closing && rows > (all ? merged : 2 * merged + this.options.sizes.mergeFrom)) await this.merge(file)
    }
  }

  private async fileFor(name: FolderName, partition: Partition): Promise<RollupFile> {
    const { connection, folder, log } = this.options
    this.compare(partition)
    const known = this.files[name].get(partition.name)
    if (known?.damage === null && known.known) return known
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

  /** Takes rows into files that have all rows before them. */
  private async slice(partition: Partition, files: readonly RollupFile[], rows: Rows): Promise<void> {
    const { table } = partition
    const limits = files.map((file) => `count(*) FILTER ("end" - "start" > ${LONGEST_MS[file.folder]})`)
    const [found] = await this.rows(
      `SELECT min("start"), max("end"), max(received) - min(received), ${limits.join(', ')} FROM ${table} WHERE rowid >= ${rows.from} AND rowid < ${rows.to}`,
    )
    const [fromMs, toMs, arrivedMs, ...long] = (found as bigint[]).map(Number) as [number, number, number, ...number[]]
    const isBusy = (rows.to - rows.from) * 1000 >= arrivedMs * BUSY_FLOWS_PER_SECOND
    try {
      const made = await this.sumSlice(
        partition,
        files,
        rows,
        isBusy,
        long.some((count) => count > 0),
      )
      for (const [i, file] of files.entries()) {
        const { extent, busy, rolled } = file.state
        const next: RollupState = {
          ...file.state,
          rolled: rows.to,
          long: file.state.long + (long[i] as number),
          extent: { fromMs: Math.min(fromMs, extent?.fromMs ?? fromMs), toMs: Math.max(toMs, extent?.toMs ?? toMs) },
          busy: rolled === 0 ? isBusy : busy,
        }
        await this.addSlice(file, next, made, partition, rows)
      }
    } finally {
      for (const cube of CUBES) await this.runAll(dropSlice(cube, Object.values(LEVELS)))
    }
  }

  /** Sums of the rows in temporary tables, for the cubes that it gives back. */
  private async sumSlice(
    partition: Partition,
    files: readonly RollupFile[],
    rows: Rows,
    isBusy: boolean,
    hasLong: boolean,
  ): Promise<readonly Cube[]> {
    const { table, columns, extent } = partition
    const source = { table, columns, inside: true, wide: extent.wide, rows }
    const wanted = CUBES.filter((cube) => applies(cube, columns)).map((cube) => {
      const tables = files.flatMap((file) =>
        tablesOfCube(cube, file.folder).filter(({ name, level }) => {
          const { busy, rolled, givenUp } = file.state
          if (cube.largest && level.name === 'minute' && !(rolled === 0 ? isBusy : busy)) return false
          return !givenUp.includes(name)
        }),
      )
      // Of a column that no flow had before: its tables begin with the first row.
      const isNew = rows.from > 0 && tables.some(({ name }) => !files.some(({ state }) => state.tables[name]))
      const levels = tables.map(({ level }): Level => level).toSorted((a, b) => a.ms - b.ms)
      return { cube, levels, isNew }
    })
    const made = wanted.filter(({ levels }) => levels.length > 0)
    for (const base of Object.values(BASES)) {
      const of = made.filter(({ cube, isNew }) => cube.base === base.name && !isNew)
      const own = new Set<FieldName>(base.fields)
      const needed = (name: FieldName) => (own.has(name) ? [name] : storedFieldsOf(name))
      const fields = new Set(of.flatMap(({ cube }) => cube.fields.flatMap(needed)))
      const levels = [LEVELS.minute, LEVELS.hour].filter((level) => of.some((each) => each.levels.includes(level)))
      await this.runAll(
        sumSlice({ ...base, fields: base.fields.filter((name) => fields.has(name)) }, levels, source, hasLong),
      )
      for (const each of of) await this.runAll(sumFromBase(each.cube, each.levels, base, levels))
      await this.runAll(dropSlice(base, levels))
    }
    for (const { cube, levels, isNew } of made) {
      if (cube.base !== undefined && !isNew) continue
      const all = isNew ? { ...source, rows: { from: 0, to: rows.to } } : source
      await this.runAll(sumSlice(cube, levels, all, isNew || hasLong))
    }
    return made.map(({ cube }) => cube)
  }

  private async addSlice(
    file: RollupFile,
    next: RollupState,
    cubes: readonly Cube[],
    partition: Partition,
    rows: Rows,
  ): Promise<void> {
    const add = async (before: RollupState) => {
      let state = before
      for (const table of cubes.flatMap((cube) => tablesOfCube(cube, file.folder))) {
        if (state.givenUp.includes(table.name) || (table.cube.largest && table.level.name === 'minute' && !state.busy))
          continue
        const known = state.tables[table.name] ?? { rows: 0, merged: 0, left: 0 }
        if (!state.tables[table.name]) await this.runAll(createTables(file.databaseName, table, state.wide))
        const added = await this.runAll(addSlice(file.databaseName, table))
        const grown = { rows: known.rows + added.rows, merged: known.merged, left: known.left + added.left }
        state = { ...state, tables: { ...state.tables, [table.name]: grown } }
      }
      if (file.folder === HOSTS_FOLDER && haveHosts(partition.columns))
        state = await this.addHosts(file, state, partition, rows)
      return state
    }
    try {
      await this.commit(file, next, add)
    } catch (error) {
      if (next.wide || !/overflow|out of range/i.test((error as Error).message)) throw error
      await this.commit(file, { ...next, wide: true }, async (state) => {
        await this.widen(file, state)
        return add(state)
      })
    }
  }

  /** Adds the addresses of a slice; a table that is new begins with the first row. */
  private async addHosts(
    file: RollupFile,
    state: RollupState,
    { table, columns, extent }: Partition,
    rows: Rows,
  ): Promise<RollupState> {
    const hosts = hostsTable(file.databaseName)
    const known = state.tables[HOSTS]
    if (!known) await this.runAll(createHosts(hosts))
    const source = { table, columns, inside: true, wide: extent.wide }
    const added = await this.runAll(fillHosts(hosts, { ...source, rows: known ? rows : { from: 0, to: rows.to } }))
    const { merged, left, rows: before } = known ?? { rows: 0, merged: 0, left: 0 }
    return { ...state, tables: { ...state.tables, [HOSTS]: { rows: before + added.rows, merged, left } } }
  }

  /** Does the work in one transaction with the new state. */
  private async commit(
    file: RollupFile,
    state: RollupState,
    work: (state: RollupState) => Promise<RollupState>,
  ): Promise<void> {
    const { connection } = this.options
    await connection.run('BEGIN')
    try {
      const done = await work(state)
      await connection.run(file.writeStateSql(done))
      await connection.run('COMMIT')
      file.state = done
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined)
      if (isDamage(error)) file.damage = (error as Error).message
      throw error
    }
  }

  /** Writes the file anew with its tables in order. Those that are too large are given up. */
  private async merge(file: RollupFile): Promise<void> {
    const { connection, attachments } = this.options
    const path = `${file.file}${NEW}`
    rmSync(path, { force: true })
    const anew = new RollupFile(file.folder, dirname(path), `${file.name}${NEW}`, path)
    await attachments.use([file], async () => {
      await anew.open(connection)
      try {
        let state = file.state
        await this.commit(anew, state, async () => {
          for (const table of tablesOf(file.folder)) {
            const { [table.name]: known, ...others } = state.tables
            if (!known) continue
            if (known.rows > MOST_ROWS && !table.cube.largest) {
              state = { ...state, tables: others, givenUp: [...state.givenUp, table.name] }
              continue
            }
            await this.runAll(createTables(anew.databaseName, table, state.wide))
            const { rows, left } = await this.runAll(mergeTables(file.databaseName, table, anew.databaseName))
            state = { ...state, tables: { ...others, [table.name]: { rows, merged: rows, left } } }
          }
          const hosts = state.tables[HOSTS]
          if (hosts) {
            await this.runAll(createHosts(hostsTable(anew.databaseName)))
            const { rows, left } = await this.runAll(
              mergeHosts(hostsTable(file.databaseName), hostsTable(anew.databaseName)),
            )
            state = { ...state, tables: { ...state.tables, [HOSTS]: { rows, merged: rows, left: hosts.left + left } } }
          }
          return state
        })
      } finally {
        await anew.detach(connection)
      }
    })
    await attachments.replace(file, path)
    file.state = anew.state
  }

  private async widen(file: RollupFile, state: RollupState): Promise<void> {
    for (const table of tablesOf(file.folder)) {
      if (!state.tables[table.name]) continue
      const widen = (name: string, column: string) => `ALTER TABLE ${name} ALTER COLUMN "${column}" TYPE HUGEINT`
      const name = tableName(file.databaseName, table)
      const left = leftName(file.databaseName, table)
      await this.runAll([
        ...countsOf(table.cube).map((column) => widen(name, column)),
        ...(table.cube.largest
          ? ['bytes', 'packets', 'most_bytes', 'most_packets'].map((column) => widen(left, column))
          : []),
      ])
    }
  }

  /** Runs the statements; gives back how many rows they have added to the table, and to the one beside it. */
  private async runAll(statements: readonly string[]): Promise<{ rows: number; left: number }> {
    const added: number[] = []
    for (const sql of statements) {
      const [row] = await this.rows(sql)
      if (sql.startsWith('INSERT')) added.push(Number(row?.[0]))
    }
    const [rows = 0, left = 0] = added
    return { rows, left }
  }

  private async rows(sql: string): Promise<unknown[][]> {
    return (await this.options.connection.runAndReadAll(sql)).getRows()
  }

  private say(trouble: string | null): void {
    if (trouble !== null && trouble !== this.trouble && !this.closing)
      this.options.log('warn', `sums of flows cannot be kept and are worked out when they are asked for: ${trouble}`)
    this.trouble = trouble
  }
}

function catalogKey(file: RollupFile): string {
  return `${file.folder}/${file.name}`
}
