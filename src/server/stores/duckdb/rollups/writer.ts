/** Writes sums: takes slices of rows into the tables of files, and puts tables in order. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Attachments } from '../files/attachments.ts'
import { isDamage } from '../files/day-file.ts'
import type { Partition } from '../files/partition.ts'
import { createHosts, fillHosts, mergeHosts } from '../sql/hosts.ts'
import {
  applies,
  BUSY_FLOWS_PER_SECOND,
  CUBES,
  LONGEST_MS,
  MOST_ROWS,
  tablesOf,
  tablesOfCube,
  type Cube,
  type CubeTable,
  type Level,
} from './cubes.ts'
import { haveHosts, HOSTS, HOSTS_FOLDER, hostsTable } from './hosts.ts'
import {
  addLeft,
  flowsBy,
  namedOf,
  namesAll,
  readSizesSql,
  roomOf,
  sizesOf,
  sizesSql,
  thresholds,
  unnamedOf,
} from './largest.ts'
import { RollupFile, type RollupState } from './rollup-file.ts'
import { Slice, type Wanted } from './slice.ts'
import { addTo, countsOf, createTables, leftName, mergedRows, tableName } from './tables.ts'

/** Ending of a file while it is written anew. */
export const NEW = '.new'

const MERGING = 'merging'
const MERGING_SIZES = 'merging_sizes'

/** Rows of a partition, `from` included. */
interface Rows {
  readonly from: number
  readonly to: number
}

export class RollupWriter {
  private readonly connection: DuckDBConnection
  private readonly attachments: Attachments

  /** `connection` is for this alone. */
  constructor(connection: DuckDBConnection, attachments: Attachments) {
    this.connection = connection
    this.attachments = attachments
  }

  /** Takes rows into files that have all rows before them. */
  async take(partition: Partition, files: readonly RollupFile[], rows: Rows): Promise<void> {
    const { table } = partition
    const limits = files.map((file) => `count(*) FILTER ("end" - "start" > ${LONGEST_MS[file.folder]})`)
    const [found] = await this.rows(
      `SELECT min("start"), max("end"), max(received) - min(received), ${limits.join(', ')} FROM ${table} WHERE rowid >= ${rows.from} AND rowid < ${rows.to}`,
    )
    const [fromMs, toMs, arrivedMs, ...long] = (found as bigint[]).map(Number) as [number, number, number, ...number[]]
    const isBusy = (rows.to - rows.from) * 1000 >= arrivedMs * BUSY_FLOWS_PER_SECOND
    const source = { table, columns: partition.columns, inside: true, wide: partition.extent.wide, rows }
    const slice = new Slice(
      (sql) => this.rows(sql),
      source,
      long.some((count) => count > 0),
    )
    try {
      const wanted = this.wanted(partition, files, rows, isBusy)
      await slice.sum(wanted)
      const cubes = wanted.map(({ cube }) => cube)
      for (const [i, file] of files.entries()) {
        const { extent, busy, rolled } = file.state
        const next: RollupState = {
          ...file.state,
          rolled: rows.to,
          long: file.state.long + (long[i] as number),
          extent: { fromMs: Math.min(fromMs, extent?.fromMs ?? fromMs), toMs: Math.max(toMs, extent?.toMs ?? toMs) },
          busy: rolled === 0 ? isBusy : busy,
        }
        await this.addSlice(file, next, cubes, slice, partition, rows)
      }
    } finally {
      await slice.drop()
    }
  }

  /** What the rows are summed by for the files. */
  private wanted({ columns }: Partition, files: readonly RollupFile[], rows: Rows, isBusy: boolean): Wanted[] {
    return CUBES.filter((cube) => applies(cube, columns))
      .map((cube) => {
        const tables = files.flatMap((file) =>
          tablesOfCube(cube, file.folder).filter(({ name, level }) => {
            const { busy, rolled, givenUp } = file.state
            if (cube.largest && level.name === 'minute' && !(rolled === 0 ? isBusy : busy)) return false
            return !givenUp.includes(name)
          }),
        )
        const isNew = rows.from > 0 && tables.some(({ name }) => !files.some(({ state }) => state.tables[name]))
        const levels = tables.map(({ level }): Level => level).toSorted((one, other) => one.ms - other.ms)
        return { cube, levels, isNew }
      })
      .filter(({ levels }) => levels.length > 0)
  }

  private async addSlice(
    file: RollupFile,
    next: RollupState,
    cubes: readonly Cube[],
    slice: Slice,
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
        const added = await this.runAll(slice.add(file.databaseName, table))
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
    const { connection } = this
    await connection.run('BEGIN')
    let isCommitting = false
    try {
      const done = await work(state)
      await connection.run(file.writeStateSql(done))
      isCommitting = true
      await connection.run('COMMIT')
      file.state = done
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined)
      if (isDamage(error)) file.damage = (error as Error).message
      // It may be on disk all the same: the next one reads what is there.
      else if (isCommitting) file.known = false
      throw error
    }
  }

  /** Writes the file anew with its tables in order. Those that are too large are given up. */
  async merge(file: RollupFile): Promise<void> {
    const { connection, attachments } = this
    const path = `${file.file}${NEW}`
    rmSync(path, { force: true })
    const anew = new RollupFile(file.folder, dirname(path), `${file.name}${NEW}`, path)
    await attachments.use([file], async () => {
      try {
        await anew.open(connection)
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
            const { rows, left } = await this.mergeTable(file.databaseName, table, anew.databaseName)
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
        await anew.detach(connection)
      } catch (error) {
        // On a full disk it would take the room that flows need.
        await anew.remove(connection).catch(() => undefined)
        throw error
      }
    })
    await attachments.replace(file, path)
  }

  /** Makes rows of one group and bucket one row in another database: rows that are deleted would stay in the file. */
  private async mergeTable(database: string, table: CubeTable, to: string): Promise<{ rows: number; left: number }> {
    const { cube, level } = table
    if (!cube.largest) return this.runAll([addTo(to, table, mergedRows(database, table))])
    const left = leftName(database, table)
    await this.runAll([`CREATE OR REPLACE TEMP TABLE ${MERGING} AS ${mergedRows(database, table)}`])
    await this.runAll([sizesSql(MERGING_SIZES, MERGING)])
    const sizes = sizesOf(await this.rows(readSizesSql(MERGING_SIZES)))
    const gone = await this.rows(`SELECT t, sum(flows) FROM ${left} GROUP BY t`)
    const flows = flowsBy(sizes, 1)
    for (const [t, count] of gone) flows.set(Number(t), (flows.get(Number(t)) ?? 0) + Number(count))
    const chosen = thresholds(sizes, (t) => roomOf(level, flows.get(t) ?? 0))
    const added = await this.runAll([
      addTo(to, table, namedOf(MERGING, chosen)),
      addLeft(leftName(to, table), [
        `SELECT * FROM ${left}`,
        ...(namesAll(chosen) ? [] : [unnamedOf(MERGING_SIZES, chosen, 1)]),
      ]),
    ])
    await this.runAll([`DROP TABLE ${MERGING_SIZES}`, `DROP TABLE ${MERGING}`])
    return added
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
    return (await this.connection.runAndReadAll(sql)).getRows()
  }
}
