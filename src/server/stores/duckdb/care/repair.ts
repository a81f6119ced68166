/**
 * Writes what can be read of a damaged file into a new one, row group by row group; the damaged one stays beside it, as
 * `NAME.duckdb.damaged`. Sums are not mended: they are made anew from the flows.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { existsSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { columnsOf } from '../../../../shared/schema/fields.ts'
import { freeName } from '../../../free-name.ts'
import { attachSql, withDatabase, type BadRun, type CheckOptions, type Found } from './check.ts'
import type { Folder } from '../files/folder.ts'
import { FOLDERS, type FolderName } from '../rollups/cubes.ts'
import { ATTACH_OPTIONS, columnsByName, ROW_GROUP_ROWS } from '../schema.ts'

export interface Repaired {
  /** Rows in the new file. */
  readonly rowsKept: number
  /** Rows of which the times cannot be read. Null where nobody can say how many there were. */
  readonly rowsLost: number | null
  /** Values that are null now, by field. */
  readonly valuesLost: Readonly<Record<string, number>>
  /** Where what was damaged is now, by file name. */
  readonly keptAs: readonly string[]
  /** Files of sums that went, to be made anew from the flows. */
  readonly dropped: readonly string[]
}

/** Without these a row is none. */
const NEEDED: ReadonlySet<string> = new Set(['start', 'end', 'received'])

type Salvaged = Pick<Repaired, 'rowsKept' | 'rowsLost' | 'valuesLost'>
const NOTHING: Salvaged = { rowsKept: 0, rowsLost: null, valuesLost: {} }

/** `found` has damage. */
export async function repairFile(found: Found, folder: Folder, options: CheckOptions): Promise<Repaired> {
  const { file, name } = found
  if (found.folder in FOLDERS) {
    const isMadeAnew = existsSync(join(folder.flows, `${name}.duckdb`))
    return { ...NOTHING, rowsLost: isMadeAnew ? 0 : found.rows, keptAs: setAside(file), dropped: [] }
  }
  const fresh = `${file}.repair`
  rmSync(fresh, { force: true })
  let salvaged = NOTHING
  if (found.bad !== null) salvaged = await salvage(found.bad, found, fresh, options)
  else if (existsSync(`${file}.wal`)) salvaged = await withoutLog(found, fresh, options)
  const keptAs = setAside(file)
  if (existsSync(fresh)) renameSync(fresh, file)
  const dropped = found.folder === 'flows' ? dropSums(folder, name) : []
  return { ...salvaged, keptAs, dropped }
}

/** A file that cannot be opened may be one whose log is damaged: what was in the file before can be read then. */
async function withoutLog(found: Found, fresh: string, options: CheckOptions): Promise<Salvaged> {
  const log = `${found.file}.wal`
  const aside = `${log}.aside`
  renameSync(log, aside)
  try {
    const salvaged = await salvage([], found, fresh, options)
    return { ...salvaged, rowsLost: null }
  } catch {
    rmSync(fresh, { force: true })
    return NOTHING
  } finally {
    renameSync(aside, log)
  }
}

function salvage(bad: readonly BadRun[], found: Found, fresh: string, options: CheckOptions): Promise<Salvaged> {
  const table = found.folder === 'flows' ? 'flows' : 'samples'
  return withDatabase(options, async (connection) => {
    await connection.run(attachSql(found.file, 'damaged'))
    await connection.run(`ATTACH '${fresh.replaceAll("'", "''")}' AS fresh ${ATTACH_OPTIONS}`)
    const columns = await columnsIn(connection, table)
    if (columns.length === 0) return { rowsKept: 0, rowsLost: 0, valuesLost: {} }
    await connection.run(
      `CREATE TABLE fresh.${table}(${columns.map(([name, type]) => `"${name}" ${type}`).join(', ')})`,
    )
    const rows = await countOf(connection, `damaged.${table}`)
    const valuesLost: Record<string, number> = {}
    // What has no times, or an end before its start, is no flow.
    const fit = table === 'flows' ? ' AND "start" <= "end" AND received IS NOT NULL' : ''
    for (let from = 0; from < rows; from += ROW_GROUP_ROWS) {
      const to = Math.min(rows, from + ROW_GROUP_ROWS)
      const broken = wholeFields(bad.filter((run) => run.from === from).map(({ column }) => column))
      if ([...broken].some((name) => NEEDED.has(name))) continue
      const list = columns.map(([name, type]) => (broken.has(name) ? `NULL::${type}` : `"${name}"`))
      await connection.run(
        `INSERT INTO fresh.${table} SELECT ${list.join(', ')} FROM damaged.${table} WHERE rowid >= ${from} AND rowid < ${to}${fit}`,
      )
      for (const name of broken) {
        const label = columnsByName().get(name)?.field.name ?? name
        // Both halves of an address are one value.
        if (columnsByName().get(name)?.part.suffix !== '_lo') valuesLost[label] = (valuesLost[label] ?? 0) + to - from
      }
    }
    await connection.run('CHECKPOINT fresh')
    const rowsKept = await countOf(connection, `fresh.${table}`)
    await connection.run('DETACH fresh')
    return { rowsKept, rowsLost: rows - rowsKept, valuesLost }
  })
}

/** With the other half of each address. */
function wholeFields(columns: readonly string[]): ReadonlySet<string> {
  return new Set(
    columns.flatMap((name) => {
      const column = columnsByName().get(name)
      return column ? columnsOf(column.field).map((each) => each.name) : [name]
    }),
  )
}

async function columnsIn(connection: DuckDBConnection, table: string): Promise<(readonly [string, string])[]> {
  const reader = await connection.runAndReadAll(
    `SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'damaged' AND table_name = '${table}' ORDER BY column_index`,
  )
  return reader.getRows().map(([name, type]) => [String(name), String(type)] as const)
}

async function countOf(connection: DuckDBConnection, table: string): Promise<number> {
  const [row] = (await connection.runAndReadAll(`SELECT count(*) FROM ${table}`)).getRows()
  return Number(row?.[0] ?? 0)
}

/** Gives the names that the file and its log have now. */
function setAside(file: string): string[] {
  return [file, `${file}.wal`].flatMap((path) => {
    if (!existsSync(path)) return []
    const aside = freeName(`${path}.damaged`)
    renameSync(path, aside)
    return [aside]
  })
}

/** The rows have other numbers now. */
function dropSums(folder: Folder, name: string): string[] {
  return (Object.keys(FOLDERS) as FolderName[]).flatMap((each) => {
    const file = join(folder[each], `${name}.duckdb`)
    if (!existsSync(file)) return []
    for (const path of [file, `${file}.wal`]) rmSync(path, { force: true })
    return [file]
  })
}
