/** A database file with what belongs to one UTC day, attached by a name of its own. */
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api'
import { existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DAY_MS } from '../ingest/arrange.ts'
import { ATTACH_OPTIONS } from '../schema.ts'

export abstract class DayFile {
  /** `2026-11-24`, or `2026-11-24.1` for the second file of a day whose first is damaged. */
  readonly name: string
  readonly file: string
  /** The name that it is attached by. */
  protected readonly database: string
  /** Why it is left alone, or null. */
  damage: string | null = null
  attached = false
  /** False while a failed write leaves open what it holds: it could not be attached and read again yet. */
  known = false
  /** While another file is put in its place: nobody begins to work with it until this resolves. */
  held: Promise<void> | null = null
  /** Who works with it now; it stays attached as long as anyone does. See `Attachments`. */
  users = 0
  private removed = false
  /** Its size while nothing is attached that could change it. */
  private restingBytes: number | null = null
  /** What attaches and detaches it goes one after the other. */
  private turn: Promise<unknown> = Promise.resolve()

  constructor(folder: string, name: string, database: string, file = join(folder, `${name}.duckdb`)) {
    this.name = name
    this.file = file
    this.database = database
  }

  /** The name that it is attached by. */
  get databaseName(): string {
    return this.database
  }

  get day(): string {
    return this.name.slice(0, 10)
  }

  /** The log of what is committed but not yet in the file. There after a start only if the last run did not end cleanly. */
  get walFile(): string {
    return `${this.file}.wal`
  }

  get bytesOnDisk(): number {
    if (this.attached || !this.known) return this.measure()
    return (this.restingBytes ??= this.measure())
  }

  private measure(): number {
    return [this.file, this.walFile].reduce(
      (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
  }

  /**
   * Attaches the file and reads what is known of it. After a write that failed it is attached anew, which brings back
   * what is on disk. Rejects where it cannot be read.
   */
  open(connection: DuckDBConnection): Promise<void> {
    return this.inTurn(async () => {
      this.attached = false
      this.known = false
      await connection.run(`DETACH DATABASE IF EXISTS "${this.database}"`)
      await this.attachFile(connection)
      try {
        await this.read(connection)
        this.attached = true
        this.known = true
      } catch (error) {
        await connection.run(`DETACH "${this.database}"`).catch(() => undefined)
        throw error
      }
    })
  }

  /** Attaches a file of which everything is known. */
  attach(connection: DuckDBConnection): Promise<void> {
    return this.inTurn(async () => {
      if (this.attached) return
      // The database would make an empty one.
      if (!existsSync(this.file)) throw new Error('the file is no longer there')
      await this.attachFile(connection)
      this.attached = true
    })
  }

  /** Writes the log into the file and lets go of it, unless someone has begun to work with it. */
  detach(connection: DuckDBConnection): Promise<void> {
    return this.inTurn(async () => {
      if (!this.attached || this.users > 0) return
      // Whoever begins to work with it now attaches it again, after this.
      this.attached = false
      try {
        if (existsSync(this.walFile)) await connection.run(`CHECKPOINT "${this.database}"`)
        await connection.run(`DETACH "${this.database}"`)
      } catch (error) {
        this.attached = true
        throw error
      }
    })
  }

  /**
   * Puts the file `by`, which holds the same in another order, in its place and reads what is known of it, unless it has been
   * deleted. Nobody works with it.
   */
  replace(connection: DuckDBConnection, by: string): Promise<void> {
    return this.inTurn(async () => {
      if (this.removed) return rmSync(by, { force: true })
      this.attached = false
      this.known = false
      await connection.run(`DETACH DATABASE IF EXISTS "${this.database}"`)
      rmSync(this.walFile, { force: true })
      renameSync(by, this.file)
      await this.attachFile(connection)
      await this.read(connection)
      this.attached = true
      this.known = true
    })
  }

  /** Lets go of it and deletes it. Nobody works with it any more. */
  remove(connection: DuckDBConnection): Promise<void> {
    return this.inTurn(async () => {
      this.removed = true
      this.attached = false
      await connection.run(`DETACH DATABASE IF EXISTS "${this.database}"`)
      for (const file of [this.file, this.walFile]) rmSync(file, { force: true })
    })
  }

  /** What is known of it, to be written down; `recall` takes it back. */
  abstract facts(): unknown

  /** Takes over what was known of the file when it was as it is now; false where `facts` are not that. */
  abstract recall(facts: unknown): boolean

  /** Reads what is known of it without reading its rows. */
  protected abstract read(connection: DuckDBConnection): Promise<void>

  private async attachFile(connection: DuckDBConnection): Promise<void> {
    this.restingBytes = null
    await connection.run(`ATTACH '${this.file.replaceAll(`'`, `''`)}' AS "${this.database}" ${this.attachOptions}`)
  }

  protected get attachOptions(): string {
    return ATTACH_OPTIONS
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => undefined)
    return done
  }
}

/** Names and types of a table's columns, in its order; none where there is no such table. Reads no row. */
export async function columnsOfTable(
  table: string,
  connection: DuckDBConnection,
): Promise<readonly (readonly [name: string, type: DuckDBType])[]> {
  try {
    const result = await connection.runAndReadAll(`SELECT * FROM ${table} LIMIT 0`)
    return result.columnNames().map((name, i) => [name, result.columnType(i)])
  } catch (error) {
    if (error instanceof Error && /Table with name \w+ does not exist/.test(error.message)) return []
    throw error
  }
}

/** `2026-11-24` */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Start of the day, in milliseconds. */
export function dayStart(day: string): number {
  return Date.parse(`${day}T00:00:00Z`)
}

/** Name of the day file that stands at that path, or null where it is none. */
export function dayFileName(file: string): string | null {
  return /^(\d{4}-\d\d-\d\d(?:\.\d{1,3})?)\.duckdb$/.exec(basename(file))?.[1] ?? null
}

/** Whether an error of the database says that a file is not what was written. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Error &&
    /no longer there|corrupt|checksum|not a valid DuckDB|could not read enough|failed to deserialize/i.test(
      error.message,
    )
  )
}

/** First name of the day that no file has yet: sums that are kept for longer than their flows have their names too. */
export function freeName(folders: readonly string[], day: string): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? day : `${day}.${n}`
    if (!folders.some((folder) => existsSync(join(folder, `${name}.duckdb`)))) return name
  }
}
