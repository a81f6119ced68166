/** Flow logs in Parquet files: AWS's own, with a column a field, and OCSF's of Security Lake. */
import { open } from 'node:fs/promises'
import { parquetMetadataAsync, parquetSchema, type FileMetaData, type RowGroup } from 'hyparquet'
import { WeirError } from '../../../shared/api/errors.ts'
import { areFlowLog, AwsColumns } from '../decoders/logs/aws-columns.ts'
import { LogRow } from '../decoders/logs/log-row.ts'
import type { LogContext, Refusal } from '../decoders/logs/log-format.ts'
import { LONGEST_LETTER, type LogOptions, type LogSink } from './log-reader.ts'
import { ColumnPages, loadCompressors, type PartialFile } from './parquet-pages.ts'

/** Rows between two looks at whether there is room. */
const TURN = 8192
const MOST_COLUMNS = 1024

/** Another place of a file that can be read in part, with a way to let go of it. */
export interface OpenPartial extends PartialFile {
  close(): Promise<void>
}

/** A file on disk. */
export async function openPartial(path: string): Promise<OpenPartial> {
  const file = await open(path)
  const { size } = await file.stat()
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start))
      await file.read(bytes, 0, bytes.length, start)
      return bytes.buffer
    },
    close: () => file.close(),
  }
}

export class ParquetLog {
  /** Rows of the file. */
  readonly rows: number
  /** Rows read so far. */
  records = 0
  /** Flows written so far, and those that were left out because they are known already. */
  flows = 0
  repeated = 0
  private readonly file: PartialFile
  private readonly metadata: FileMetaData
  /** Names of the columns that hold a value a row. */
  private readonly names: readonly string[]

  /** Null where the file is no flow log. Rejects with `unreadable` where it is damaged. */
  static async of(file: PartialFile, name: string): Promise<ParquetLog | null> {
    try {
      const metadata = await parquetMetadataAsync(file)
      const log = new ParquetLog(file, metadata)
      return areFlowLog(log.names) ? log : null
    } catch (error) {
      throw damaged(name, error)
    }
  }

  private constructor(file: PartialFile, metadata: FileMetaData) {
    this.file = file
    this.metadata = metadata
    this.rows = Number(metadata.num_rows)
    this.names = parquetSchema(metadata)
      .children.filter(({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED')
      .map(({ element }) => element.name)
      .slice(0, MOST_COLUMNS)
  }

  /** What the file says of itself by that key. */
  said(key: string): string | undefined {
    return this.metadata.key_value_metadata?.find((pair) => pair.key === key)?.value
  }

  /**
   * Takes all rows. `room` is awaited between some thousands of them. Rejects with `unreadable` where the file is damaged;
   * what stood before has been taken then.
   */
  async read(options: LogOptions, sink: LogSink, room: () => Promise<void>): Promise<void> {
    await loadCompressors()
    const row = new LogRow(sink.output, sink.counters)
    row.from(options.source, options.receivedMs)
    row.identify(...options.identity)
    row.known = options.known ?? null
    const refuse = ({ loss, reason }: Refusal, text: string): void => {
      sink.counters.add(loss, 1)
      sink.refused({ source: options.name, record: this.records, loss, reason, text: text.slice(0, LONGEST_LETTER) })
    }
    const context: LogContext = { row, layout: null, covered: (fact) => sink.covered(fact), refused: refuse }
    try {
      for (const group of this.metadata.row_groups)
        await this.readGroup(group, context, async () => {
          this.flows = row.flows
          this.repeated = row.repeated
          await room()
        })
    } catch (error) {
      throw error instanceof WeirError ? error : damaged(options.name, error)
    } finally {
      this.flows = row.flows
      this.repeated = row.repeated
    }
  }

  private async readGroup(group: RowGroup, context: LogContext, room: () => Promise<void>): Promise<void> {
    const pages = group.columns.flatMap(({ meta_data: meta }) =>
      meta && meta.path_in_schema.length === 1 && this.names.includes(meta.path_in_schema[0] as string)
        ? [{ name: meta.path_in_schema[0] as string, pages: new ColumnPages(this.file, this.metadata, meta) }]
        : [],
    )
    const columns = new AwsColumns(
      context,
      pages.map(({ name }) => name),
    )
    for (let left = Number(group.num_rows); left > 0;) {
      let step = Math.min(left, TURN)
      for (const [i, { pages: column }] of pages.entries()) {
        if (column.taken === column.rows) {
          await column.load()
          columns.loaded(i, column)
        }
        step = Math.min(step, column.rows - column.taken)
      }
      for (let i = 0; i < step; i++) {
        this.records++
        const refusal = columns.take()
        if (refusal !== null) context.refused(refusal, columns.text())
      }
      left -= step
      await room()
    }
  }
}

function damaged(name: string, error: unknown): WeirError {
  return new WeirError('unreadable', `${name}: the Parquet file is damaged (${(error as Error).message})`)
}
