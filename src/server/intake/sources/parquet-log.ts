/** Flow logs in Parquet files: AWS's own, with a column a field, and OCSF's of Security Lake. */
import { randomUUID } from 'node:crypto'
import { open, unlink, type FileHandle } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadataAsync, parquetSchema, type FileMetaData, type RowGroup } from 'hyparquet'
import { WeirError } from '../../../shared/api/errors.ts'
import type { LogType } from '../../../shared/schema/codes.ts'
import { areFlowLog, AwsColumns } from '../decoders/logs/aws-columns.ts'
import type { LogContext } from '../decoders/logs/log-format.ts'
import { ColumnPages, loadCompressors, type PartialFile } from './parquet-pages.ts'

/** Rows between two looks at whether there is room. */
const TURN = 8192
const MOST_COLUMNS = 1024

/** A file that can be read in part, with a way to let go of it. */
export interface OpenPartial extends PartialFile {
  close(): Promise<void>
}

export async function openPartial(path: string): Promise<OpenPartial> {
  return partial(await open(path))
}

/** What comes as a stream is put on disk first, in a file without a name, because a Parquet file is read from its end. */
export async function spooled(chunks: AsyncIterable<Uint8Array>): Promise<OpenPartial> {
  const path = join(tmpdir(), `weir-${randomUUID()}`)
  const file = await open(path, 'wx+', 0o600)
  try {
    await unlink(path)
    for await (const chunk of chunks) await file.write(chunk)
  } catch (error) {
    await file.close()
    throw error
  }
  return partial(file)
}

async function partial(file: FileHandle): Promise<OpenPartial> {
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
  readonly type: LogType = 'aws-flow-log'
  /** Rows of the file. */
  readonly rows: number
  private readonly name: string
  private readonly file: PartialFile
  private readonly metadata: FileMetaData
  /** Names of the columns that hold a value a row. */
  private readonly names: readonly string[]

  /** Rejects with `unreadable` where it is damaged. */
  static async of(file: PartialFile, name: string): Promise<ParquetLog> {
    try {
      return new ParquetLog(file, await parquetMetadataAsync(file), name)
    } catch (error) {
      throw damaged(name, error)
    }
  }

  private constructor(file: PartialFile, metadata: FileMetaData, name: string) {
    this.name = name
    this.file = file
    this.metadata = metadata
    this.rows = Number(metadata.num_rows)
    this.names = parquetSchema(metadata)
      .children.filter(({ children, element }) => children.length === 0 && element.repetition_type !== 'REPEATED')
      .map(({ element }) => element.name)
      .slice(0, MOST_COLUMNS)
  }

  /** Whether its columns are those of a flow log. */
  get isFlowLog(): boolean {
    return areFlowLog(this.names)
  }

  /** What the file says of itself by that key. */
  said(key: string): string | undefined {
    return this.metadata.key_value_metadata?.find((pair) => pair.key === key)?.value
  }

  /**
   * Takes all rows, and counts each before it is taken. `room` is awaited between some thousands of them. Rejects with `unreadable` where the file is damaged;
   * what stood before has been taken then.
   */
  async read(context: LogContext, count: () => void, room: () => Promise<void>): Promise<void> {
    await loadCompressors()
    try {
      for (const group of this.metadata.row_groups) await this.readGroup(group, context, count, room)
    } catch (error) {
      throw error instanceof NoRoom ? error.cause : damaged(this.name, error)
    }
  }

  private async readGroup(
    group: RowGroup,
    context: LogContext,
    count: () => void,
    room: () => Promise<void>,
  ): Promise<void> {
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
        count()
        const refusal = columns.take()
        if (refusal !== null) context.refused(refusal, columns.text())
      }
      left -= step
      await room().catch((error: unknown) => {
        throw new NoRoom('no room', { cause: error })
      })
    }
  }
}

/** What was read cannot be written: no fault of the file's. */
class NoRoom extends Error {}

function damaged(name: string, error: unknown): WeirError {
  return new WeirError('unreadable', `${name}: the Parquet file is damaged (${(error as Error).message})`)
}
