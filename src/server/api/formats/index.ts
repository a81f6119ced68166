import type { FormatName } from '../../../shared/api/formats.ts'
import { arrow } from './arrow.ts'
import { csv, ndjson } from './lines.ts'
import { parquet } from './parquet.ts'
import type { MakeWriter } from './table-writer.ts'

/** What writes each form but JSON, which is the answer as it is. */
export const WRITERS: Readonly<Record<Exclude<FormatName, 'json'>, MakeWriter>> = { ndjson, csv, parquet, arrow }
