/** The table of a partition, derived from the list of fields. */
import type { DuckDBType } from '@duckdb/node-api'
import { COLUMNS, fromFields, type PhysicalColumn } from '../../../shared/schema/fields.ts'
import { BIGINT, UBIGINT, UINTEGER, USMALLINT, UTINYINT, VARCHAR } from './duckdb.ts'

const TYPES = { 1: UTINYINT, 2: USMALLINT, 4: UINTEGER, 8: UBIGINT } as const

/**
 * Rows of a row group: the unit in which DuckDB compresses and skips. A commit of at least one is written straight to
 * the file, without the log. Larger ones make rows wait for their commit, smaller ones make checkpoints slow.
 */
export const ROW_GROUP_ROWS = 61_440

/**
 * How partitions are attached. The row group size must be given each time, or a checkpoint rewrites the file in the
 * default size (0.1 s against 1.7 s for 6 M rows). Blocks of 64 KiB waste 2 bytes a flow less than the default 256 KiB.
 * Since storage version 1.4 a checkpoint leaves alone what has not changed (13 ms against 0.1 to 0.5 s).
 */
export const ATTACH_OPTIONS = `(ROW_GROUP_SIZE ${ROW_GROUP_ROWS}, BLOCK_SIZE 65536, STORAGE_VERSION 'v1.5.0')`

/** The types that columns have, by name. */
export const TYPES_BY_NAME: ReadonlyMap<string, DuckDBType> = new Map(
  [BIGINT, VARCHAR, ...Object.values(TYPES)].map((type) => [type.toString(), type]),
)

/** Columns by name. */
export const columnsByName = fromFields(
  (): ReadonlyMap<string, PhysicalColumn> => new Map(COLUMNS.map((column) => [column.name, column])),
)

/** Times are signed, so that differences are; texts are kept as text. */
export function typeOf(column: PhysicalColumn): DuckDBType {
  switch (column.field.kind) {
    case 'time':
      return BIGINT
    case 'keyword':
      return VARCHAR
    default:
      return TYPES[column.part.width]
  }
}

/** `"src_port" USMALLINT` */
export function columnDefinition(column: PhysicalColumn): string {
  return `"${column.name}" ${typeOf(column).toString()}`
}
