/** The DuckDB instance: one for the process's data folder, in memory itself; partitions are attached to it. */
import type { DuckDBConnection, DuckDBValue } from '@duckdb/node-api'
import { WeirError } from '../../../../shared/api/errors.ts'
import { format } from '../../../../shared/schema/units.ts'
import { clientNow } from '../../../client.ts'
import { cancelled } from '../answers/sharing.ts'
import { Turns } from '../answers/turns.ts'
import { DuckDBInstance, duckdb } from '../duckdb.ts'

export interface DatabaseOptions {
  readonly threads: number
  readonly memoryLimitBytes: number
  /** What does not fit into memory goes here, up to a limit. */
  readonly temporaryFolder: string
  readonly temporaryLimitBytes: number
}

/** So much of a file's log is written into the file. Small, because a row takes five times as much in the log. */
export const LOG_BYTES = '8MiB'

export class Database {
  private readonly instance: DuckDBInstance
  private readonly options: DatabaseOptions
  private readonly idle: DuckDBConnection[] = []
  private readonly turns = new Turns()
  /** One for each question that runs. */
  private readonly reading = new Set<AbortController>()

  private constructor(instance: DuckDBInstance, options: DatabaseOptions) {
    this.instance = instance
    this.options = options
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    const instance = await DuckDBInstance.create(':memory:', {
      threads: String(options.threads),
      // All threads are those that call: DuckDB makes none of its own. A thread that waits for another's part of an
      // append spins meanwhile: 3.0 CPU seconds per million flows with DuckDB's own threads, 2.0 without.
      external_threads: String(options.threads),
      memory_limit: `${Math.floor(options.memoryLimitBytes / 2 ** 20)}MiB`,
      temp_directory: options.temporaryFolder,
      preserve_insertion_order: 'false',
      // Extensions would be fetched from the network.
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      wal_autocheckpoint: LOG_BYTES,
    })
    const connection = await instance.connect()
    // Given with the others it is shown by current_setting, but not kept to (DuckDB 1.5.6).
    await connection.run(`SET max_temp_directory_size = '${Math.floor(options.temporaryLimitBytes / 2 ** 20)}MiB'`)
    connection.closeSync()
    return new Database(instance, options)
  }

  connect(): Promise<DuckDBConnection> {
    return this.instance.connect()
  }

  /**
   * Runs a question on a connection of its own. `signal` ends it in the database. Rejects with `cancelled` then, with
   * `storeUnavailable` where too many wait already, and with `memoryLimit` where it needs more than there is.
   */
  async read<T>(signal: AbortSignal, ask: (reader: Reader) => Promise<T>): Promise<T> {
    const client = clientNow()
    await this.turns.begin(client, signal)
    const starved = new AbortController()
    const ended = AbortSignal.any([signal, starved.signal])
    let connection: DuckDBConnection | undefined
    try {
      connection = this.idle.pop() ?? (await this.connect())
      const interrupt = () => connection?.interrupt()
      ended.addEventListener('abort', interrupt)
      this.reading.add(starved)
      try {
        if (signal.aborted) throw cancelled()
        return await ask(new Reader(connection, ended))
      } finally {
        this.reading.delete(starved)
        ended.removeEventListener('abort', interrupt)
      }
    } catch (error) {
      if (signal.aborted) throw cancelled()
      if (starved.signal.aborted) throw starvedBy(error)
      throw isOutOfMemory(error) ? this.memoryLimit(error) : error
    } finally {
      if (connection) this.idle.push(connection)
      this.turns.end(client)
    }
  }

  /** Ends the questions that run now, with `memoryLimit`: what is to be written goes first. */
  giveMemoryBack(): void {
    for (const starved of this.reading) starved.abort()
  }

  private memoryLimit(cause: unknown): WeirError {
    const { memoryLimitBytes, temporaryLimitBytes } = this.options
    const isDisk = cause instanceof Error && cause.message.includes('max_temp_directory_size')
    const [what, key] = isDisk
      ? [
          `more than ${format(memoryLimitBytes, 'B')} of memory and ${format(temporaryLimitBytes, 'B')} on disk`,
          'store.temporary',
        ]
      : [`more memory at once than there is (${format(memoryLimitBytes, 'B')})`, 'store.memory']
    return new WeirError(
      'memoryLimit',
      `the question needs ${what} and was ended; narrow the range or the filter, group by less, or raise ${key}`,
      { key },
      cause,
    )
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.closeSync()
    this.instance.closeSync()
  }
}

/** Rows of a statement, for a question. The database forgets an interrupt that comes between two: no more are begun then. */
export class Reader {
  private readonly connection: DuckDBConnection
  private readonly signal: AbortSignal

  constructor(connection: DuckDBConnection, signal: AbortSignal) {
    this.connection = connection
    this.signal = signal
  }

  async rows(sql: string): Promise<DuckDBValue[][]> {
    if (this.signal.aborted) throw cancelled()
    return (await this.connection.runAndReadAll(sql)).getRows()
  }

  /** The values of a statement's only column, which is UBIGINT and never null; none for an empty statement. */
  async words(sql: string): Promise<BigUint64Array> {
    if (this.signal.aborted) throw cancelled()
    if (sql === '') return new BigUint64Array(0)
    const result = await this.connection.stream(sql)
    const parts: BigUint64Array[] = []
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      const data = duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk.chunk, 0), chunk.rowCount * 8)
      parts.push(new BigUint64Array(data.buffer, data.byteOffset, chunk.rowCount).slice())
    }
    const all = new BigUint64Array(parts.reduce((sum, { length }) => sum + length, 0))
    let at = 0
    for (const part of parts) {
      all.set(part, at)
      at += part.length
    }
    return all
  }

  /** Does work whose statements all see the store as it was at the first of them. It must not write. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.run('BEGIN')
    try {
      return await work()
    } finally {
      await this.connection.run('ROLLBACK')
    }
  }

  async run(sql: string): Promise<void> {
    if (this.signal.aborted) throw cancelled()
    await this.connection.run(sql)
  }
}

function starvedBy(cause: unknown): WeirError {
  return new WeirError(
    'memoryLimit',
    'the question was ended because flows to be written needed its memory; ask again in a moment, or raise store.memory',
    { key: 'store.memory' },
    cause,
  )
}

/** Whether an error of the database says that it had too little memory, or too little disk for what had no place there. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Out of Memory Error')
}
