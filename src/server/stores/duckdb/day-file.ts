/** A database file with what belongs to one UTC day, attached by a name of its own. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DAY_MS } from './arrange.ts'
import { ATTACH_OPTIONS } from './schema.ts'

export abstract class DayFile {
  /** `2026-11-24`, or `2026-11-24.1` for the second file of a day whose first is damaged. */
  readonly name: string
  readonly file: string
  /** The name that it is attached by. */
  protected readonly database: string
  /** Why it is left alone, or null. */
  damage: string | null = null
  /** False while a failed write has thrown it out of the database and it could not be attached again yet. */
  attached = false

  constructor(folder: string, name: string, database: string) {
    this.name = name
    this.file = join(folder, `${name}.duckdb`)
    this.database = database
  }

  get day(): string {
    return this.name.slice(0, 10)
  }

  /** The log of what is committed but not yet in the file. There after a start only if the last run did not end cleanly. */
  get walFile(): string {
    return `${this.file}.wal`
  }

  get bytesOnDisk(): number {
    return [this.file, this.walFile].reduce(
      (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
  }

  /**
   * Attaches the file and reads what is known of it. After a write that failed it is attached anew, which brings back
   * what is on disk. Rejects where it cannot be read.
   */
  async open(connection: DuckDBConnection): Promise<void> {
    this.attached = false
    await connection.run(`DETACH DATABASE IF EXISTS "${this.database}"`)
    await connection.run(`ATTACH '${this.file.replaceAll(`'`, `''`)}' AS "${this.database}" ${ATTACH_OPTIONS}`)
    try {
      await this.read(connection)
      this.attached = true
    } catch (error) {
      await connection.run(`DETACH "${this.database}"`).catch(() => undefined)
      throw error
    }
  }

  /** Writes the log into the file and lets go of it. */
  async close(connection: DuckDBConnection): Promise<void> {
    this.attached = false
    await connection.run(`CHECKPOINT "${this.database}"`)
    await connection.run(`DETACH "${this.database}"`)
  }

  /** Reads what is known of it without reading its rows. */
  protected abstract read(connection: DuckDBConnection): Promise<void>
}

/** `2026-11-24` */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Name of the day file that stands at that path, or null where it is none. */
export function dayFileName(file: string): string | null {
  return /^(\d{4}-\d\d-\d\d(?:\.\d{1,3})?)\.duckdb$/.exec(basename(file))?.[1] ?? null
}

/** Whether an error of the database says that a file is not what was written. */
export function isDamage(error: unknown): boolean {
  return (
    error instanceof Error &&
    /corrupt|checksum|not a valid DuckDB|could not read enough|failed to deserialize/i.test(error.message)
  )
}

/** First name of the day that no file has yet. */
export function freeName(folder: string, day: string): string {
  for (let n = 0; ; n++) {
    const name = n === 0 ? day : `${day}.${n}`
    if (!existsSync(join(folder, `${name}.duckdb`))) return name
  }
}
