/** Counter samples of one UTC day of their receipt: a database file (`counters/2026-11-24.duckdb`) with one table. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { COUNTER_COLUMNS, type CounterBatch, type CounterColumn } from '../../../intake/counter-batch.ts'
import { isCountFrom, isListOf, isNullOr, isNumber, isObject, isText, type Checked } from '../files/checks.ts'
import { columnsOfTable, DayFile } from '../files/day-file.ts'
import { DuckDBDataChunk, DOUBLE, UBIGINT, duckdb } from '../duckdb.ts'

const isFacts = isObject({
  samples: isCountFrom(0),
  columns: isListOf(isText),
  /** The first, the last. */
  received: isNullOr(isListOf(isNumber)),
})

export class CounterFile extends DayFile {
  samples = 0
  /** Bounds of when they were received. */
  firstMs = Number.POSITIVE_INFINITY
  lastMs = Number.NEGATIVE_INFINITY
  /** Columns that the table has, in its order: those that any sample had a value in. */
  columns: readonly string[] = []

  constructor(folder: string, name: string) {
    super(folder, name, `counters ${name}`)
  }

  /** As it stands in SQL. */
  get table(): string {
    return `"${this.database}".samples`
  }

  /** Appends the rows in one transaction: when this resolves they are on disk. */
  async write(batch: CounterBatch, connection: DuckDBConnection): Promise<void> {
    await this.addColumns(batch, connection)
    const columns = this.columns.map((name) => COUNTER_COLUMNS.findIndex((column) => column.name === name))
    const chunk = DuckDBDataChunk.create(columns.map((column) => typeOf(COUNTER_COLUMNS[column])))
    for (const [i, column] of columns.entries()) fill(duckdb.data_chunk_get_vector(chunk.chunk, i), batch, column)
    chunk.rowCount = batch.rows
    try {
      await connection.run('BEGIN')
      const appender = await connection.createAppender('samples', 'main', this.database)
      appender.appendDataChunk(chunk)
      appender.closeSync()
      await connection.run('COMMIT')
    } catch (error) {
      await connection.run('ROLLBACK').catch(() => undefined)
      throw error
    }
    this.samples += batch.rows
    for (let row = 0; row < batch.rows; row++) {
      const receivedMs = batch.get(RECEIVED, row) as number
      this.firstMs = Math.min(this.firstMs, receivedMs)
      this.lastMs = Math.max(this.lastMs, receivedMs)
    }
  }

  /** Whether a sample of it was received in `[fromMs, toMs)`. */
  touches(fromMs: number, toMs: number): boolean {
    return this.known && this.damage === null && this.samples > 0 && this.firstMs < toMs && this.lastMs >= fromMs
  }

  protected override async read(connection: DuckDBConnection): Promise<void> {
    await this.readColumns(connection)
    await this.readExtent(connection)
  }

  private async addColumns(batch: CounterBatch, connection: DuckDBConnection): Promise<void> {
    const missing = COUNTER_COLUMNS.filter((column, i) => !this.columns.includes(column.name) && batch.has(i)).map(
      (column) => `"${column.name}" ${typeOf(column).toString()}`,
    )
    if (missing.length === 0) return
    if (this.columns.length === 0) await connection.run(`CREATE TABLE ${this.table}(${missing.join(', ')})`)
    else
      for (const definition of missing)
        await connection.run(`ALTER TABLE ${this.table} ADD COLUMN IF NOT EXISTS ${definition}`)
    await this.readColumns(connection)
  }

  private async readColumns(connection: DuckDBConnection): Promise<void> {
    this.columns = (await columnsOfTable(this.table, connection)).map(([name]) => name)
  }

  override facts(): Checked<typeof isFacts> {
    const { samples, columns } = this
    return { samples, columns: [...columns], received: samples > 0 ? [this.firstMs, this.lastMs] : null }
  }

  override recall(facts: unknown): boolean {
    if (!isFacts(facts)) return false
    this.samples = facts.samples
    this.columns = facts.columns
    this.firstMs = facts.received?.[0] ?? Number.POSITIVE_INFINITY
    this.lastMs = facts.received?.[1] ?? Number.NEGATIVE_INFINITY
    this.known = true
    return true
  }

  private async readExtent(connection: DuckDBConnection): Promise<void> {
    if (this.columns.length === 0) return
    const reader = await connection.runAndReadAll(`SELECT count(*), min(received), max(received) FROM ${this.table}`)
    const [samples, first, last] = reader.getRows()[0] as [bigint, bigint | null, bigint | null]
    this.samples = Number(samples)
    this.firstMs = first === null ? Number.POSITIVE_INFINITY : Number(first)
    this.lastMs = last === null ? Number.NEGATIVE_INFINITY : Number(last)
  }
}

/** A column that this Weir does not know, of a newer one, stays null. */
function fill(vector: ReturnType<typeof duckdb.data_chunk_get_vector>, batch: CounterBatch, column: number): void {
  const maskBytes = 8 * Math.ceil(batch.rows / 64)
  duckdb.vector_ensure_validity_writable(vector)
  if (column < 0) {
    duckdb.copy_data_to_vector_validity(vector, 0, new ArrayBuffer(maskBytes), 0, maskBytes)
    return
  }
  duckdb.copy_data_to_vector_validity(vector, 0, batch.buffer, batch.maskOffset(column), maskBytes)
  duckdb.copy_data_to_vector(vector, 0, batch.buffer, batch.valuesOffset(column), batch.rows * 8)
}

function typeOf(column: CounterColumn | undefined) {
  return column?.fraction === true ? DOUBLE : UBIGINT
}

const RECEIVED = COUNTER_COLUMNS.findIndex(({ name }) => name === 'received')
