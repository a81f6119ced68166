/** A partition: one database file with the flows of one UTC day of their end (`2026-11-24.duckdb`), attached by its name. */
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api'
import { COLUMNS } from '../../../../shared/schema/fields.ts'
import type { Share } from '../ingest/arrange.ts'
import { Blocks, BLOCK_ROWS, isNotedBlocks, type NotedBlocks } from './blocks.ts'
import { isBoolean, isCountFrom, isNullOr, isNumber, isObject, isOneOf, isRecordOf, type Checked } from './checks.ts'
import type { Reader } from './database.ts'
import { columnsOfTable, DayFile } from './day-file.ts'
import { columnDefinition, TYPES_BY_NAME } from '../schema.ts'
import type { Window } from '../ingest/window.ts'

/** What is known of the rows without reading them. Bounds, not exact: they may be wider than the rows. */
export interface Extent {
  readonly rows: number
  readonly minStart: number
  readonly minEnd: number
  readonly maxEnd: number
  readonly maxReceived: number
  /** True where a count may reach 2^53, so that sums need more than 64 bits. */
  readonly wide: boolean
}

export const NO_EXTENT: Extent = {
  rows: 0,
  minStart: Number.POSITIVE_INFINITY,
  minEnd: Number.POSITIVE_INFINITY,
  maxEnd: Number.NEGATIVE_INFINITY,
  maxReceived: 0,
  wide: false,
}

const isFacts = isObject({
  extent: isNullOr(
    isObject({
      rows: isCountFrom(1),
      minStart: isNumber,
      minEnd: isNumber,
      maxEnd: isNumber,
      maxReceived: isNumber,
      wide: isBoolean,
    }),
  ),
  columns: isRecordOf(isOneOf(...TYPES_BY_NAME.keys())),
})
/** Not there in what an earlier Weir noted. */
const hasBlocks = isObject({ blocks: isNotedBlocks })

export class Partition extends DayFile {
  extent: Extent = NO_EXTENT
  blocks = new Blocks(0)
  /** True when it is about to be deleted: its day goes on in another file. */
  retiring = false
  /** Columns that the table has, in its order: those that any flow had a value in. */
  columns: ReadonlyMap<string, DuckDBType> = new Map()
  /** Counts how often rows were gone when it was attached anew: their numbers are given to others then. */
  generation = 0

  constructor(folder: string, name: string) {
    super(folder, name, name)
  }

  /** As it stands in SQL. */
  get table(): string {
    return `"${this.name}".flows`
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

  protected override async read(connection: DuckDBConnection): Promise<void> {
    const { rows } = this.extent
    await this.readColumns(connection)
    await this.readExtent(connection)
    if (this.extent.rows < rows) this.generation++
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
      `SELECT count(*), min("start"), min("end"), max("end"), max(received)${most.map((sql) => `, ${sql}`).join('')} FROM ${this.table}`,
    )
    const [rows, minStart, minEnd, maxEnd, maxReceived, ...mosts] = reader.getRows()[0] as (bigint | null)[]
    return !rows || minStart === null
      ? NO_EXTENT
      : {
          rows: Number(rows),
          minStart: Number(minStart),
          minEnd: Number(minEnd),
          maxEnd: Number(maxEnd),
          maxReceived: Number(maxReceived),
          wide: mosts.some((each) => each !== null && each >= 2n ** 53n),
        }
  }

  /**
   * The blocks, with how far those reach that were there when the file was opened and not noted in the catalog: reads two
   * columns, once, which takes 127 ms for 4 M flows. Whoever asks must go on with what this gives: `blocks` may be others by
   * then, of the file opened anew, and not known yet.
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
    const columns = await columnsOfTable(this.table, connection)
    this.columns = new Map(columns.map(([name, type]) => [name, typeNamed(type.toString())]))
  }

  override facts(): Checked<typeof isFacts> & { readonly blocks: NotedBlocks | null } {
    const columns = Object.fromEntries([...this.columns].map(([name, type]) => [name, type.toString()]))
    return { extent: this.extent.rows > 0 ? this.extent : null, columns, blocks: this.blocks.note() }
  }

  override recall(facts: unknown): boolean {
    if (!isFacts(facts)) return false
    const { rows } = (this.extent = facts.extent ?? NO_EXTENT)
    this.blocks = (hasBlocks(facts) ? Blocks.recall(facts.blocks, rows) : null) ?? new Blocks(rows)
    this.columns = new Map(Object.entries(facts.columns).map(([name, type]) => [name, typeNamed(type)]))
    this.known = true
    return true
  }

  /** Whether a flow of it may touch `[fromMs, toMs)`. */
  touches(fromMs: number, toMs: number): boolean {
    return this.damage === null && this.extent.rows > 0 && this.extent.minStart < toMs && this.extent.maxEnd >= fromMs
  }
}

/** What the share adds to its partition. */
export function extentOf(window: Window, share: Share): Extent {
  const { places } = share
  const end = window.values('end') as Uint32Array
  const counts = (['bytes', 'packets', 'bytes.l2'] as const).flatMap((name) => window.values(name) ?? [])
  return {
    rows: places.length,
    minStart: earliest(window.values('start') as Uint32Array, places, 0, places.length),
    minEnd: earliest(end, places, 0, places.length),
    maxEnd: latest(end, places, 0, places.length),
    maxReceived: latest(window.values('received') as Uint32Array, places, 0, places.length),
    wide: counts.some((count) => highest(count as Uint32Array, places) >>> 21 !== 0),
  }
}

/** Notes how far the blocks reach that the share is written to, from `row` on. */
export function noteBlocks(blocks: Blocks, row: number, window: Window, share: Share): void {
  const start = window.values('start') as Uint32Array
  const end = window.values('end') as Uint32Array
  for (let from = 0; from < share.places.length;) {
    const block = Math.floor((row + from) / BLOCK_ROWS)
    const to = Math.min(share.places.length, (block + 1) * BLOCK_ROWS - row)
    blocks.add(block, earliest(start, share.places, from, to), latest(end, share.places, from, to))
    from = to
  }
}

export function union(a: Extent, b: Extent): Extent {
  return {
    rows: a.rows + b.rows,
    minStart: Math.min(a.minStart, b.minStart),
    minEnd: Math.min(a.minEnd, b.minEnd),
    maxEnd: Math.max(a.maxEnd, b.maxEnd),
    maxReceived: Math.max(a.maxReceived, b.maxReceived),
    wide: a.wide || b.wide,
  }
}

function typeNamed(name: string): DuckDBType {
  const type = TYPES_BY_NAME.get(name)
  if (!type) throw new Error(`a column of type ${name}, which no Weir writes`)
  return type
}

// One column at a time: 0.05 s a million rows; all of them in one loop take three times as long.
function earliest(times: Uint32Array, places: Uint32Array, from: number, to: number): number {
  let found = Number.POSITIVE_INFINITY
  for (let i = from; i < to; i++) {
    const time = timeAt(times, places[i] as number)
    if (time < found) found = time
  }
  return found
}

function latest(times: Uint32Array, places: Uint32Array, from: number, to: number): number {
  let found = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    const time = timeAt(times, places[i] as number)
    if (time > found) found = time
  }
  return found
}

/** The upper words of 64-bit values, or-ed together. */
function highest(values: Uint32Array, places: Uint32Array): number {
  let found = 0
  for (let i = 0; i < places.length; i++) found |= values[2 * (places[i] as number) + 1] as number
  return found
}

function timeAt(times: Uint32Array, place: number): number {
  return (times[2 * place + 1] as number) * 2 ** 32 + (times[2 * place] as number)
}
