/** A partition: one database file with the flows of one UTC day of their end (`2026-11-24.duckdb`), attached by its name. */
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api'
import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { COLUMNS } from '../../../shared/schema/fields.ts'
import { DAY_MS, type Share } from './arrange.ts'
import { Blocks, BLOCK_ROWS } from './blocks.ts'
import type { Reader } from './database.ts'
import { ATTACH_OPTIONS, columnDefinition, TYPES_BY_NAME } from './schema.ts'
import type { Window } from './window.ts'

/** What is known of the rows without reading them. Bounds, not exact: they may be wider than the rows. */
export interface Extent {
  readonly rows: number
  readonly minStart: number
  readonly maxEnd: number
  readonly maxReceived: number
  /** True where a count may reach 2^53, so that sums need more than 64 bits. */
  readonly wide: boolean
}

export const NO_EXTENT: Extent = {
  rows: 0,
  minStart: Number.POSITIVE_INFINITY,
  maxEnd: Number.NEGATIVE_INFINITY,
  maxReceived: 0,
  wide: false,
}

export class Partition {
  /** `2026-11-24`, or `2026-11-24.1` for the second file of a day whose first is damaged. */
  readonly name: string
  readonly file: string
  extent: Extent = NO_EXTENT
  blocks = new Blocks(0)
  /** Columns that the table has, in its order: those that any flow had a value in. */
  columns: ReadonlyMap<string, DuckDBType> = new Map()
  /** Why it is left alone, or null. */
  damage: string | null = null
  /** False while a failed write has thrown it out of the database and it could not be attached again yet. */
  attached = false
  /** Counts how often rows were gone when it was attached anew: their numbers are given to others then. */
  generation = 0

  constructor(folder: string, name: string) {
    this.name = name
    this.file = join(folder, `${name}.duckdb`)
  }

  get day(): string {
    return this.name.slice(0, 10)
  }

  /** As it stands in SQL. */
  get table(): string {
    return `"${this.name}".flows`
  }

  get bytesOnDisk(): number {
    return [this.file, this.walFile].reduce(
      (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
      0,
    )
  }

  /** The log of what is committed but not yet in the file. There after a start only if the last run did not end cleanly. */
  get walFile(): string {
    return `${this.file}.wal`
  }

  /** Attaches the file and reads what is known of it. Rejects where it cannot be read. */
  async open(connection: DuckDBConnection): Promise<void> {
    await connection.run(`ATTACH '${quoted(this.file)}' AS "${this.name}" ${ATTACH_OPTIONS}`)
    const { rows } = this.extent
    try {
      await this.readColumns(connection)
      await this.readExtent(connection)
      if (this.extent.rows < rows) this.generation++
      this.attached = true
    } catch (error) {
      await connection.run(`DETACH "${this.name}"`).catch(() => undefined)
      throw error
    }
  }

  /** Writes the log into the file and lets go of it. */
  async close(connection: DuckDBConnection): Promise<void> {
    this.attached = false
    await connection.run(`CHECKPOINT "${this.name}"`)
    await connection.run(`DETACH "${this.name}"`)
  }

  /** After a write that failed: attaches anew, which brings back what is on disk. Rejects while that does not work. */
  async reopen(connection: DuckDBConnection): Promise<void> {
    this.attached = false
    await connection.run(`DETACH DATABASE IF EXISTS "${this.name}"`)
    await this.open(connection)
  }

  /** Makes the table if there is none, and adds the columns that the window has values in. */
  async prepare(connection: DuckDBConnection, window: Window): Promise<void> {
    const missing = COLUMNS.filter((column, i) => window.columns[i] !== null && !this.columns.has(column.name)).map(
      columnDefinition,
    )
    if (missing.length === 0) return
    if (this.columns.size === 0) await connection.run(`CREATE TABLE IF NOT EXISTS ${this.table}(${missing.join(', ')})`)
    else
      for (const definition of missing)
        await connection.run(`ALTER TABLE ${this.table} ADD COLUMN IF NOT EXISTS ${definition}`)
    await this.readColumns(connection)
  }

  /** Reads the extent from the file's statistics; no row is read. */
  private async readExtent(connection: DuckDBConnection): Promise<void> {
    this.extent = this.columns.size > 0 ? await this.extentOnDisk(connection) : NO_EXTENT
    this.blocks = new Blocks(this.extent.rows)
  }

  private async extentOnDisk(connection: DuckDBConnection): Promise<Extent> {
    const counts = ['bytes', 'packets', 'bytes_l2'].filter((name) => this.columns.has(name))
    const most = counts.map((name) => `coalesce(max("${name}"), 0)`)
    const reader = await connection.runAndReadAll(
      `SELECT count(*), min("start"), max("end"), max(received)${most.map((sql) => `, ${sql}`).join('')} FROM ${this.table}`,
    )
    const [rows, minStart, maxEnd, maxReceived, ...mosts] = reader.getRows()[0] as (bigint | null)[]
    return !rows || minStart === null
      ? NO_EXTENT
      : {
          rows: Number(rows),
          minStart: Number(minStart),
          maxEnd: Number(maxEnd),
          maxReceived: Number(maxReceived),
          wide: mosts.some((each) => each !== null && each >= 2n ** 53n),
        }
  }

  /**
   * The blocks, with how far those reach that were there when the file was opened: reads two columns, once. Whoever
   * asks must go on with what this gives: `blocks` may be others by then, of the file opened anew, and not known yet.
   */
  async readBlocks(reader: Reader): Promise<Blocks> {
    const { blocks } = this
    const { unknownRows } = blocks
    if (unknownRows === 0) return blocks
    const rows = await reader.rows(
      `SELECT rowid // ${BLOCK_ROWS}, min("start"), max("end") FROM ${this.table} WHERE rowid < ${unknownRows} GROUP BY 1`,
    )
    for (const [block, minStart, maxEnd] of rows) blocks.add(Number(block), Number(minStart), Number(maxEnd))
    blocks.unknownRows = 0
    return blocks
  }

  private async readColumns(connection: DuckDBConnection): Promise<void> {
    const reader = await connection.runAndReadAll(
      `SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = '${this.name}' AND table_name = 'flows' ORDER BY column_index`,
    )
    this.columns = new Map(reader.getRows().map(([name, type]) => [String(name), typeNamed(String(type))]))
  }

  /** Whether a flow of it may touch `[fromMs, toMs)`. */
  touches(fromMs: number, toMs: number): boolean {
    return this.damage === null && this.extent.rows > 0 && this.extent.minStart < toMs && this.extent.maxEnd >= fromMs
  }
}

/** `2026-11-24` */
export function dayName(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10)
}

/** Name of the partition that a file holds, or null where it is none. */
export function partitionName(file: string): string | null {
  return /^(\d{4}-\d\d-\d\d(?:\.\d{1,3})?)\.duckdb$/.exec(basename(file))?.[1] ?? null
}

/** What the share adds to its partition. */
export function extentOf(window: Window, share: Share): Extent {
  const start = window.values('start') as Uint32Array
  const end = window.values('end') as Uint32Array
  const received = window.values('received') as Uint32Array
  const counts = (['bytes', 'packets', 'bytes.l2'] as const).flatMap((name) => window.values(name) ?? [])
  let minStart = Number.POSITIVE_INFINITY
  let maxEnd = 0
  let maxReceived = 0
  let high = 0
  for (const place of share.places) {
    minStart = Math.min(minStart, timeAt(start, place))
    maxEnd = Math.max(maxEnd, timeAt(end, place))
    maxReceived = Math.max(maxReceived, timeAt(received, place))
    for (const count of counts) high |= count[2 * place + 1] as number
  }
  return { rows: share.places.length, minStart, maxEnd, maxReceived, wide: high >>> 21 !== 0 }
}

/** Notes how far the blocks reach that the share is written to, from `row` on. */
export function noteBlocks(blocks: Blocks, row: number, window: Window, share: Share): void {
  const start = window.values('start') as Uint32Array
  const end = window.values('end') as Uint32Array
  for (let from = 0; from < share.places.length;) {
    const block = Math.floor((row + from) / BLOCK_ROWS)
    const to = Math.min(share.places.length, (block + 1) * BLOCK_ROWS - row)
    let minStart = Number.POSITIVE_INFINITY
    let maxEnd = Number.NEGATIVE_INFINITY
    for (let i = from; i < to; i++) {
      minStart = Math.min(minStart, timeAt(start, share.places[i] as number))
      maxEnd = Math.max(maxEnd, timeAt(end, share.places[i] as number))
    }
    blocks.add(block, minStart, maxEnd)
    from = to
  }
}

export function union(a: Extent, b: Extent): Extent {
  return {
    rows: a.rows + b.rows,
    minStart: Math.min(a.minStart, b.minStart),
    maxEnd: Math.max(a.maxEnd, b.maxEnd),
    maxReceived: Math.max(a.maxReceived, b.maxReceived),
    wide: a.wide || b.wide,
  }
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

function typeNamed(name: string): DuckDBType {
  const type = TYPES_BY_NAME.get(name)
  if (!type) throw new Error(`a column of type ${name}, which no Weir writes`)
  return type
}

function quoted(text: string): string {
  return text.replaceAll(`'`, `''`)
}

function timeAt(times: Uint32Array, place: number): number {
  return (times[2 * place + 1] as number) * 2 ** 32 + (times[2 * place] as number)
}
