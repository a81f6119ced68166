/**
 * Flows of a range as a Parquet file: every stored column as it is, so that an import gives the same rows. Documented in
 * docs/how-to/export-and-import.md.
 */
import type { RecordQuestion } from '../../../../shared/query/question.ts'
import { COLUMNS } from '../../../../shared/schema/fields.ts'
import { ownFields } from '../../own-fields.ts'
import { version } from '../../../version.ts'
import type { Reader } from '../files/database.ts'
import { KEYS } from './export-keys.ts'
import { typeOf } from '../schema.ts'
import { relation, type Source } from '../sql/source.ts'
import { conditionsOf } from '../sql/sums.ts'

/** Changes when an older Weir could no longer import what this one exports. */
export const EXPORT_FORMAT = 1

/** Writes the flows that ended in the range: each once, however many ranges are exported. Gives how many. */
export async function exportFlows(
  { fromMs, toMs, filter, scope }: RecordQuestion,
  reader: Reader,
  sources: readonly Source[],
  file: string,
): Promise<number> {
  const columns = COLUMNS.map(({ name }) => name)
  const conditions = [`"end" >= ${fromMs}`, `"end" < ${toMs}`, ...conditionsOf(filter, scope)]
  const rows =
    sources.length > 0
      ? sources.map((source) => `FROM ${relation(source, columns, conditions)}`).join(' UNION ALL ')
      : `SELECT ${COLUMNS.map((column) => `NULL::${typeOf(column).toString()} AS "${column.name}"`).join(', ')} WHERE false`
  const metadata = [
    [KEYS.format, String(EXPORT_FORMAT)],
    [KEYS.version, version],
    [KEYS.fields, JSON.stringify(ownFields())],
  ].map(([key, value]) => `${key}: ${text(String(value))}`)
  const [row] = await reader.rows(
    `COPY (${rows}) TO ${text(file)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {${metadata.join(', ')}})`,
  )
  return Number(row?.[0] ?? 0)
}

/** A literal (SQL-92 §5.3). */
export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`
}
