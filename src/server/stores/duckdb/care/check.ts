/**
 * Reads a data folder whole: every column of every file, whose blocks have checksums, and whether sums are those of the
 * flows. The database's own checksums tell what was changed on the disk; nothing is written.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Folder } from '../files/folder.ts'
import { repairFile, type Repaired } from './repair.ts'
import { FOLDERS, LEVELS, tablesOf, type FolderName } from '../rollups/cubes.ts'
import { parseState, type RollupState } from '../rollups/rollup-file.ts'
import { ROW_GROUP_ROWS } from '../schema.ts'
import { DuckDBInstance } from '../duckdb.ts'

export type CheckedFolder = 'flows' | 'counters' | FolderName

/** Rows `[from, to)` of a table of which a column cannot be read. */
export interface BadRun {
  readonly table: string
  readonly column: string
  readonly from: number
  readonly to: number
}

export interface FileReport {
  /** `flows/2026-11-24.duckdb` */
  readonly path: string
  readonly rows: number
  readonly bytes: number
  /** What is wrong with it, a sentence each; none where it is intact. */
  readonly damage: readonly string[]
  readonly repaired: Repaired | null
}

export interface CheckOptions {
  readonly folder: Folder
  readonly repair: boolean
  readonly threads: number
  readonly memoryLimitBytes: number
  /** 0 to 1, by bytes. */
  readonly progress?: ((share: number) => void) | undefined
}

/** A file, and what was found in it. */
export interface Found {
  readonly folder: CheckedFolder
  readonly name: string
  readonly file: string
  readonly rows: number
  readonly damage: string[]
  /** Null where the file cannot be opened. */
  readonly bad: readonly BadRun[] | null
}

/** The table that a file must have; sums have several. */
const TABLES = { flows: 'flows', counters: 'samples' } as const

export async function checkFolder(options: CheckOptions): Promise<FileReport[]> {
  const { folder, progress } = options
  const files = [
    ...folder.partitionNames().map((name) => ['flows', name] as const),
    ...folder.counterNames().map((name) => ['counters', name] as const),
    ...(Object.keys(FOLDERS) as FolderName[]).flatMap((each) =>
      folder.rollupNames(each).map((name) => [each, name] as const),
    ),
  ]
  const fileOf = (of: CheckedFolder, name: string) => join(folder[of], `${name}.duckdb`)
  const total = files.reduce((sum, [of, name]) => sum + bytesOf(fileOf(of, name)), 0)
  const reports: FileReport[] = []
  const gone = new Set<string>()
  let done = 0
  for (const [of, name] of files) {
    const file = fileOf(of, name)
    const bytes = bytesOf(file)
    // Sums of a partition that was mended went with it.
    if (!gone.has(file)) {
      const found = await examine(of, name, file, fileOf('flows', name), options)
      const repaired = options.repair && found.damage.length > 0 ? await repairFile(found, folder, options) : null
      for (const path of repaired?.dropped ?? []) gone.add(path)
      reports.push({ path: `${of}/${name}.duckdb`, rows: found.rows, bytes, damage: found.damage, repaired })
    }
    done += bytes
    progress?.(total > 0 ? done / total : 1)
  }
  return reports
}

/** A database in memory of its own, so that what one file does to it concerns no other. */
export async function withDatabase<T>(
  { folder, threads, memoryLimitBytes }: Omit<CheckOptions, 'repair' | 'progress'>,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(threads),
    memory_limit: `${Math.floor(memoryLimitBytes / 2 ** 20)}MiB`,
    temp_directory: folder.temporary,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  try {
    const connection = await instance.connect()
    try {
      return await work(connection)
    } finally {
      connection.closeSync()
    }
  } finally {
    instance.closeSync()
  }
}

/** `ATTACH` that changes nothing. */
export function attachSql(file: string, name: string): string {
  return `ATTACH '${file.replaceAll("'", "''")}' AS "${name}" (READ_ONLY)`
}

function examine(
  folder: CheckedFolder,
  name: string,
  file: string,
  flowsFile: string,
  options: CheckOptions,
): Promise<Found> {
  return withDatabase(options, async (connection) => {
    const found = { folder, name, file }
    try {
      await connection.run(attachSql(file, 'checked'))
    } catch (error) {
      return { ...found, rows: 0, damage: [`it cannot be opened: ${reasonOf(error)}`], bad: null }
    }
    try {
      const tables = await tablesIn(connection)
      const damage: string[] = []
      const bad: BadRun[] = []
      let rows = 0
      for (const [table, count] of tables) {
        rows += count
        bad.push(...(await badRuns(connection, table, count)))
      }
      damage.push(...bad.map(sentenceOf))
      if (damage.length === 0 && folder in TABLES)
        damage.push(...(await wrongTimes(connection, folder as keyof typeof TABLES, tables)))
      if (damage.length === 0 && !(folder in TABLES))
        damage.push(...(await wrongSums(connection, folder as FolderName, flowsFile)))
      return { ...found, rows, damage, bad }
    } catch (error) {
      return { ...found, rows: 0, damage: [`it cannot be read: ${reasonOf(error)}`], bad: null }
    }
  })
}

/** Tables and how many rows they have. */
async function tablesIn(connection: DuckDBConnection): Promise<[string, number][]> {
  const names = await rowsOf(connection, `SELECT table_name FROM duckdb_tables() WHERE database_name = 'checked'`)
  const tables: [string, number][] = []
  for (const [name] of names) {
    const [row] = await rowsOf(connection, `SELECT count(*) FROM checked."${String(name)}"`)
    tables.push([String(name), Number(row?.[0] ?? 0)])
  }
  return tables
}

/** Reads every column, and of those that cannot be read whole every row group. */
async function badRuns(connection: DuckDBConnection, table: string, rows: number): Promise<BadRun[]> {
  const columns = await rowsOf(
    connection,
    `SELECT column_name FROM duckdb_columns() WHERE database_name = 'checked' AND table_name = '${table}'`,
  )
  const reads = async (column: string, where = ''): Promise<boolean> => {
    try {
      await connection.run(`SELECT bit_xor(hash("${column}")) FROM checked."${table}"${where}`)
      return true
    } catch {
      return false
    }
  }
  const bad: BadRun[] = []
  for (const [name] of columns) {
    const column = String(name)
    if (await reads(column)) continue
    for (let from = 0; from < rows; from += ROW_GROUP_ROWS) {
      const to = Math.min(rows, from + ROW_GROUP_ROWS)
      if (!(await reads(column, ` WHERE rowid >= ${from} AND rowid < ${to}`))) bad.push({ table, column, from, to })
    }
  }
  return bad
}

/** What no Weir writes into the table of a day. */
async function wrongTimes(
  connection: DuckDBConnection,
  folder: keyof typeof TABLES,
  tables: readonly (readonly [string, number])[],
): Promise<string[]> {
  const table = TABLES[folder]
  if (!tables.some(([name]) => name === table) || folder === 'counters') return []
  const [row] = await rowsOf(
    connection,
    `SELECT count(*) FROM checked.${table} WHERE "start" IS NULL OR "end" IS NULL OR received IS NULL OR "start" > "end"`,
  )
  const wrong = Number(row?.[0] ?? 0)
  return wrong === 0 ? [] : [`${wrong.toLocaleString('en')} flows have times that cannot be`]
}

/** Compares each table of sums with the flows that it is made of, where these are still there. */
async function wrongSums(connection: DuckDBConnection, folder: FolderName, flowsFile: string): Promise<string[]> {
  const [row] = await rowsOf(connection, 'SELECT state FROM checked.state')
  if (!row) return []
  let state: RollupState
  try {
    state = parseState(String(row[0]))
  } catch (error) {
    return [reasonOf(error)]
  }
  if (!existsSync(flowsFile)) return []
  await connection.run(attachSql(flowsFile, 'raw'))
  const wrong: string[] = []
  for (const { name, level, cube } of tablesOf(folder)) {
    if (!state.tables[name] || state.givenUp.includes(name)) continue
    const parts = [name, ...(cube.largest ? [`${name}_left`] : [])]
    const sums = parts.map((part) => `SELECT flows, bytes FROM checked."${part}"`).join(' UNION ALL ')
    const has = `SELECT coalesce(sum(flows), 0)::VARCHAR, coalesce(sum(bytes), 0)::VARCHAR FROM (${sums})`
    const is = `SELECT count(*)::VARCHAR, ${await bytesSql(connection)} FROM raw.flows WHERE rowid < ${state.rolled} AND "end" - "start" <= ${LEVELS[level.name].longestMs}`
    const [[flows, bytes] = [], [realFlows, realBytes] = []] = [
      (await rowsOf(connection, has))[0],
      (await rowsOf(connection, is))[0],
    ]
    if (flows !== realFlows || bytes !== realBytes)
      wrong.push(
        `its sums ${name} have ${String(flows)} flows and ${String(bytes)} bytes, the flows themselves ${String(realFlows)} and ${String(realBytes)}`,
      )
  }
  return wrong
}

/** The column is there from the first flow on that had a value. */
async function bytesSql(connection: DuckDBConnection): Promise<string> {
  const has = await rowsOf(
    connection,
    `SELECT 1 FROM duckdb_columns() WHERE database_name = 'raw' AND table_name = 'flows' AND column_name = 'bytes'`,
  )
  return has.length > 0 ? 'coalesce(sum(bytes), 0)::VARCHAR' : `'0'`
}

function sentenceOf({ table, column, from, to }: BadRun): string {
  return `rows ${from.toLocaleString('en')} to ${(to - 1).toLocaleString('en')} of ${table}: ${column} cannot be read`
}

async function rowsOf(connection: DuckDBConnection, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await connection.runAndReadAll(sql)).getRows()
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

function reasonOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] as string
}
