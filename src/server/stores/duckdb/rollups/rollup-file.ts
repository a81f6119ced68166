/** A file with the sums of one partition's flows, in a folder of its own: `hours/2026-11-24.duckdb`. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { isBoolean, isListOf, isNullOr, isNumber, isObject, isRecordOf, isText, type Checked } from '../files/checks.ts'
import type { Reader } from '../files/database.ts'
import { DayFile } from '../files/day-file.ts'
import type { FolderName } from './cubes.ts'

const isState = isObject({
  /** The first so many rows of the partition are in the sums, in all of them. */
  rolled: isNumber,
  /** How many of these are not, because they lasted too long (see LONGEST_MS). */
  long: isNumber,
  /** No flow of the sums starts before this, or ends after that. Null where there is none. */
  extent: isNullOr(isObject({ fromMs: isNumber, toMs: isNumber })),
  /** Whether so many flows came when the file was begun that the largest groups of a minute are kept. */
  busy: isBoolean,
  /** True where counts need 128 bits. */
  wide: isBoolean,
  /** How many rows each table has, how many it had when it was put in order, and how many the one beside it has. */
  tables: isRecordOf(isObject({ rows: isNumber, merged: isNumber, left: isNumber })),
  /** Tables that grew too large. */
  givenUp: isListOf(isText),
})
export type RollupState = Checked<typeof isState>

export const NO_STATE: RollupState = {
  rolled: 0,
  long: 0,
  extent: null,
  busy: false,
  wide: false,
  tables: {},
  givenUp: [],
}

export class RollupFile extends DayFile {
  readonly folder: FolderName
  /** As it was last committed. Rows that its tables have besides are none that it tells of. */
  state: RollupState = NO_STATE

  /** The partition's, when its rows were taken in: of another, they are not in these sums. */
  generation = 0

  /** Elsewhere than usual where `file` says so. */
  constructor(folder: FolderName, path: string, name: string, file?: string) {
    super(path, name, `${folder}/${name}`, file)
    this.folder = folder
  }

  /** One row with one text, for `parseState`. */
  get stateSql(): string {
    return `SELECT state FROM "${this.database}".state`
  }

  /** Rejects with the database's error where any of it cannot be read. */
  async readWhole(reader: Reader): Promise<void> {
    const tables = await reader.rows(`SELECT table_name FROM duckdb_tables() WHERE database_name = '${this.database}'`)
    for (const [name] of tables)
      await reader.rows(`SELECT bit_xor(hash(each)) FROM "${this.database}"."${String(name)}" AS each`)
  }

  override facts(): RollupState {
    return this.state
  }

  override recall(facts: unknown): boolean {
    if (!isState(facts)) return false
    this.state = facts
    this.known = true
    return true
  }

  protected override async read(connection: DuckDBConnection): Promise<void> {
    await connection.run(`CREATE TABLE IF NOT EXISTS "${this.database}".state(state VARCHAR)`)
    const [row] = (await connection.runAndReadAll(this.stateSql)).getRows()
    this.state = row ? parseState(String(row[0])) : NO_STATE
    if (!row) await connection.run(`INSERT INTO "${this.database}".state VALUES ('${JSON.stringify(NO_STATE)}')`)
  }

  /** To be run with what it says. */
  writeStateSql(state: RollupState): string {
    return `UPDATE "${this.database}".state SET state = '${JSON.stringify(state)}'`
  }

  protected override get attachOptions(): string {
    // Of 16 KiB most columns would not be compressed, of 256 KiB half would be empty: 190 and 175 % of the size.
    return `(BLOCK_SIZE 65536, STORAGE_VERSION 'v1.5.0')`
  }
}

/** Throws where it is not what was written: the file is damaged, or of a newer Weir. */
export function parseState(text: string): RollupState {
  const state: unknown = JSON.parse(text)
  if (!isState(state)) throw new Error('corrupt: its state is none that this Weir writes')
  return state
}
