/** Reads a Parquet file that Weir has exported (export.ts) back into batches, column by column. */
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api'
import { z } from 'zod'
import { WeirError } from '../../../../shared/api/errors.ts'
import {
  columnsOf,
  STORED_FIELDS,
  type PhysicalColumn,
  type SiteField,
  type StoredField,
} from '../../../../shared/schema/fields.ts'
import { siteFields } from '../../../config/site-fields.ts'
import { Batch, BATCH_ROWS, columnIndex, maskIndex, setValid } from '../../../intake/batch.ts'
import { KEYS } from './export-keys.ts'
import { EXPORT_FORMAT, text } from './export.ts'
import { typeOf } from '../schema.ts'
import { DuckDBInstance, duckdb } from '../duckdb.ts'

export interface Exported {
  readonly rows: number
  /** The site's own fields where it was exported that are none here yet. */
  readonly siteFields: readonly SiteField[]
  /** Columns with values that this Weir has no field for. */
  readonly unknown: readonly string[]
}

/** What an exported file says of itself. Rejects with `unreadable` where it is none, `dataNewer` where a newer Weir wrote it. */
export async function examineExport(connection: DuckDBConnection, file: string): Promise<Exported> {
  const metadata = new Map(
    await rowsOf<[string, string]>(
      connection,
      file,
      `SELECT decode(key), decode(value) FROM parquet_kv_metadata(${text(file)})`,
    ),
  )
  const format = Number(metadata.get(KEYS.format))
  if (!Number.isSafeInteger(format)) throw new WeirError('unreadable', `${file}: a Parquet file, but no export of Weir`)
  if (format > EXPORT_FORMAT)
    throw new WeirError(
      'dataNewer',
      `${file}: exported by Weir ${metadata.get(KEYS.version) ?? 'of a later version'} (format ${format}); this one reads up to format ${EXPORT_FORMAT}; import it with that version`,
    )
  const columns = await columnsWithValues(connection, file)
  const [count] = await rowsOf<[bigint]>(connection, file, `SELECT num_rows FROM parquet_file_metadata(${text(file)})`)
  return {
    rows: Number(count?.[0] ?? 0),
    siteFields: readSiteFields(metadata.get(KEYS.fields)),
    unknown: [...columns].filter((name) => !STORED_FIELDS.flatMap(columnsOf).some((column) => column.name === name)),
  }
}

/** The site's own fields of an exported file that are none here yet. */
export async function siteFieldsOf(file: string): Promise<readonly SiteField[]> {
  const instance = await DuckDBInstance.create(':memory:', { autoinstall_known_extensions: 'false' })
  const connection = await instance.connect()
  try {
    return (await examineExport(connection, file)).siteFields
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

/** Hands the file's flows on in batches; a batch may be used again as soon as `take` resolves. */
export async function importFlows(
  connection: DuckDBConnection,
  file: string,
  take: (batch: Batch) => Promise<void>,
): Promise<void> {
  const there = await columnsWithValues(connection, file)
  const fields = STORED_FIELDS.filter((field) => columnsOf(field).every(({ name }) => there.has(name)))
  const columns = fields.flatMap(columnsOf)
  if (columns.length === 0) return
  const list = columns.map((column) => `"${column.name}"::${typeOf(column).toString()}`)
  const sql = `SELECT ${list.join(', ')} FROM read_parquet(${text(file)})`
  const result = await connection.stream(sql).catch((error: unknown) => {
    throw unreadable(file, error)
  })
  const texts = fields.filter(({ kind }) => kind === 'keyword').length
  const batch = new Batch()
  const handOn = async () => {
    await take(batch)
    batch.clear()
  }
  for (;;) {
    const chunk = await result.fetchChunk().catch((error: unknown) => {
      throw unreadable(file, error)
    })
    if (!chunk || chunk.rowCount === 0) break
    for (let from = 0; from < chunk.rowCount;) {
      const room = Math.min(BATCH_ROWS - batch.rows, texts > 0 ? batch.texts.room(texts) : BATCH_ROWS)
      if (room < 1) {
        await handOn()
        continue
      }
      const to = Math.min(chunk.rowCount, from + room)
      copyRows(chunk, fields, from, to, batch)
      from = to
    }
  }
  if (batch.rows > 0) await handOn()
}

function copyRows(
  chunk: DuckDBDataChunk,
  fields: readonly StoredField[],
  from: number,
  to: number,
  batch: Batch,
): void {
  let index = 0
  for (const field of fields) {
    const mask = batch.masks[maskIndex(field.name)] as Uint8Array
    const parts = columnsOf(field)
    const validity = duckdb.vector_get_validity(
      vectorOf(chunk, index),
      Math.ceil(chunk.rowCount / 64) * 8,
    ) as Uint8Array | null
    for (let row = from; row < to; row++)
      if (validity === null || (((validity[row >> 3] as number) >> (row & 7)) & 1) === 1)
        setValid(mask, batch.rows + row - from)
    for (const [part, column] of parts.entries())
      copyValues(chunk, index + part, column, batch, columnIndex(field.name) + part, from, to)
    index += parts.length
  }
  batch.rows += to - from
}

function copyValues(
  chunk: DuckDBDataChunk,
  index: number,
  { field, part: { width } }: PhysicalColumn,
  batch: Batch,
  column: number,
  from: number,
  to: number,
): void {
  const target = batch.columns[column] as Uint8Array | Uint16Array | Uint32Array
  if (field.kind === 'keyword') {
    const values = chunk.getColumnVector(index)
    for (let row = from; row < to; row++) {
      const value = values.getItem(row)
      if (typeof value !== 'string') continue
      const octets = Buffer.from(value)
      target[batch.rows + row - from] = batch.texts.intern(octets, 0, octets.length)
    }
    return
  }
  const words = width === 8 ? 2 : 1
  const data = duckdb.vector_get_data(vectorOf(chunk, index), chunk.rowCount * width)
  const Words = width === 1 ? Uint8Array : width === 2 ? Uint16Array : Uint32Array
  const values = new Words(data.buffer as ArrayBuffer, data.byteOffset, chunk.rowCount * words)
  target.set(values.subarray(from * words, to * words), batch.rows * words)
}

function vectorOf(chunk: DuckDBDataChunk, index: number): ReturnType<typeof duckdb.data_chunk_get_vector> {
  return duckdb.data_chunk_get_vector(chunk.chunk, index)
}

/** Most columns of a record are empty: those that any row has a value in, by the file's statistics. */
async function columnsWithValues(connection: DuckDBConnection, file: string): Promise<ReadonlySet<string>> {
  const rows = await rowsOf<[string]>(
    connection,
    file,
    `SELECT path_in_schema FROM parquet_metadata(${text(file)}) WHERE stats_null_count IS DISTINCT FROM num_values`,
  )
  return new Set(rows.map(([name]) => name))
}

async function rowsOf<Row>(connection: DuckDBConnection, file: string, sql: string): Promise<Row[]> {
  try {
    return (await connection.runAndReadAll(sql)).getRows() as Row[]
  } catch (error) {
    throw unreadable(file, error)
  }
}

/** What is no list of fields is none: their columns are left out then, and named. */
function readSiteFields(json: string | undefined): readonly SiteField[] {
  try {
    const entries = z.array(z.unknown()).parse(JSON.parse(json ?? '[]'))
    return entries.flatMap((entry) => siteFields.safeParse([entry]).data ?? [])
  } catch {
    return []
  }
}

function unreadable(file: string, error: unknown): WeirError {
  return new WeirError(
    'unreadable',
    `${file}: cannot be read as Parquet (${(error as Error).message.split('\n')[0]})`,
    undefined,
    error,
  )
}
