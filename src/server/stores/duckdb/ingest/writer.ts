/** Copies rows of a window into DuckDB, whole vectors at a time, and commits them. */
import type { DuckDBConnection, DuckDBType } from '@duckdb/node-api'
import { setImmediate } from 'node:timers/promises'
import { COLUMNS, STORED_FIELDS } from '../../../../shared/schema/fields.ts'
import { VECTOR_ROWS, type Words } from '../../../intake/batch.ts'
import type { Partition } from '../files/partition.ts'
import { columnsByName, ROW_GROUP_ROWS } from '../schema.ts'
import { STRING_BYTES, Strings } from './strings.ts'
import type { Window } from './window.ts'
import { DuckDBDataChunk, duckdb } from '../duckdb.ts'

const MASK_BYTES = VECTOR_ROWS / 8
/** About 10 ms of copying. */
const COLUMNS_AT_A_TIME = 8
const NO_ROW_VALID = new ArrayBuffer(MASK_BYTES)

type Vector = ReturnType<typeof duckdb.data_chunk_get_vector>
/** A column of the table that is written to, and its vector in each chunk. */
interface Target {
  /** Where its values and mask are in the window; -1 for a column of a newer Weir, which stays null. */
  readonly index: number
  readonly mask: number
  /** Its values are numbers of texts. */
  readonly isText: boolean
  readonly width: 1 | 2 | 4 | 8
  readonly vectors: readonly Vector[]
}

export class Writer {
  private readonly connection: DuckDBConnection
  /** Chunks of a row group for the table's columns; kept while the columns stay the same. */
  private chunks: readonly DuckDBDataChunk[] = []
  private targets: readonly Target[] = []
  private columns = ''
  private readonly strings = new Strings()
  private readonly values = new ArrayBuffer(VECTOR_ROWS * STRING_BYTES)
  private readonly valid = new ArrayBuffer(MASK_BYTES)

  constructor(connection: DuckDBConnection) {
    this.connection = connection
  }

  /**
   * Appends rows to the partition in one transaction: when this resolves they are on disk, when it rejects none is.
   * (Unless the error came while the disk confirmed: the caller compares the number of rows before it tries again.)
   */
  async write(partition: Partition, window: Window, places: Uint32Array): Promise<void> {
    await partition.prepare(this.connection, window)
    this.target(partition.columns)
    await this.strings.take(window)
    try {
      await this.connection.run('BEGIN')
      const appender = await this.connection.createAppender('flows', 'main', partition.name)
      try {
        for (let from = 0; from < places.length; from += ROW_GROUP_ROWS) {
          const rows = places.subarray(from, from + ROW_GROUP_ROWS)
          for (const [i, target] of this.targets.entries()) {
            this.fill(target, window, rows)
            // Answers wait while this thread copies.
            if (i % COLUMNS_AT_A_TIME === 0) await setImmediate()
          }
          for (const [i, chunk] of this.chunks.entries()) {
            const n = Math.min(VECTOR_ROWS, rows.length - i * VECTOR_ROWS)
            if (n <= 0) break
            chunk.rowCount = n
            appender.appendDataChunk(chunk)
            chunk.reset()
          }
          // The appender flushes by itself after 102,400 rows, which leaves row groups that are not full, and the next
          // checkpoint writes all of them anew: 54 bytes a flow on disk instead of 32.
          appender.flushSync()
        }
      } finally {
        closeQuietly(appender)
      }
      await this.connection.run('COMMIT')
    } catch (error) {
      // Chunks that were not taken hold masks of these rows, which the next ones must not inherit.
      this.columns = ''
      await this.connection.run('ROLLBACK').catch(() => undefined)
      throw error
    }
  }

  private target(columns: ReadonlyMap<string, DuckDBType>): void {
    const key = [...columns.keys()].join()
    if (key === this.columns) return
    const types = [...columns.values()]
    this.chunks = Array.from({ length: ROW_GROUP_ROWS / VECTOR_ROWS }, () => DuckDBDataChunk.create(types))
    this.targets = [...columns.keys()].map((name, i) => {
      const column = columnsByName().get(name)
      return {
        index: column ? COLUMNS.indexOf(column) : -1,
        mask: column ? STORED_FIELDS.indexOf(column.field) : -1,
        isText: column?.field.kind === 'keyword',
        width: column?.part.width ?? 1,
        vectors: this.chunks.map(({ chunk }) => duckdb.data_chunk_get_vector(chunk, i)),
      }
    })
    this.columns = key
  }

  /** Column by column, so that what is gathered from stays in the processor's cache. */
  private fill({ index, mask, isText, width, vectors }: Target, window: Window, rows: Uint32Array): void {
    const words = window.columns[index] ?? null
    const bits = window.masks[mask] ?? null
    for (const [i, vector] of vectors.entries()) {
      const part = rows.subarray(i * VECTOR_ROWS, (i + 1) * VECTOR_ROWS)
      if (part.length === 0) return
      const allValid = bits !== null && (window.gaps[mask] === 0 || gatherBits(bits, part, new Uint8Array(this.valid)))
      if (!allValid) {
        duckdb.vector_ensure_validity_writable(vector)
        duckdb.copy_data_to_vector_validity(vector, 0, bits === null ? NO_ROW_VALID : this.valid, 0, MASK_BYTES)
      }
      if (words === null || bits === null) continue
      if (isText) this.strings.gather(words, part, this.values)
      else gather(words, width, part, this.values)
      duckdb.copy_data_to_vector(vector, 0, this.values, 0, part.length * (isText ? STRING_BYTES : width))
    }
  }
}

function gather(from: Words, width: 1 | 2 | 4 | 8, rows: Uint32Array, into: ArrayBuffer): void {
  switch (width) {
    case 1:
      return gather1(from as Uint8Array, rows, new Uint8Array(into))
    case 2:
      return gather2(from as Uint16Array, rows, new Uint16Array(into))
    case 4:
      return gather4(from as Uint32Array, rows, new Uint32Array(into))
    case 8:
      return gather8(from as Uint32Array, rows, new Uint32Array(into))
  }
}

// One function for each width, so that each loop is compiled for one kind of array.
function gather1(from: Uint8Array, rows: Uint32Array, to: Uint8Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number
}
function gather2(from: Uint16Array, rows: Uint32Array, to: Uint16Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number
}
function gather4(from: Uint32Array, rows: Uint32Array, to: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i] as number] as number
}
function gather8(from: Uint32Array, rows: Uint32Array, to: Uint32Array): void {
  for (let i = 0; i < rows.length; i++) {
    const at = 2 * (rows[i] as number)
    to[2 * i] = from[at] as number
    to[2 * i + 1] = from[at + 1] as number
  }
}

/** The bits of some rows, one after the other; whether all are 1. */
function gatherBits(from: Uint8Array, rows: Uint32Array, to: Uint8Array): boolean {
  let all = 1
  let byte = 0
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i] as number
    const bit = ((from[row >> 3] as number) >> (row & 7)) & 1
    all &= bit
    byte |= bit << (i & 7)
    if ((i & 7) === 7) {
      to[i >> 3] = byte
      byte = 0
    }
  }
  if ((rows.length & 7) !== 0) to[rows.length >> 3] = byte
  return all === 1
}

/** What could not be flushed cannot be flushed by closing either; that error is the one to report. */
function closeQuietly(appender: { closeSync(): void }): void {
  try {
    appender.closeSync()
  } catch {
    // The transaction is rolled back.
  }
}
