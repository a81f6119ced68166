/** The DuckDB instance: one for the process's data folder, in memory itself; partitions are attached to it. */
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import { cancelled } from './sharing.ts'

export interface DatabaseOptions {
  readonly threads: number
  readonly memoryLimitBytes: number
  /** What does not fit into memory goes here. */
  readonly temporaryFolder: string
}

/**
 * Questions that run at the same time; the others wait. libuv has four threads for calls into the database: one must
 * stay free for the next commit.
 */
const READERS = 2

export class Database {
  private readonly instance: DuckDBInstance
  private readonly idle: DuckDBConnection[] = []
  private readonly waiting: (() => void)[] = []
  private busy = 0

  private constructor(instance: DuckDBInstance) {
    this.instance = instance
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
      // Small, because a row takes five times as much in the log as in the file.
      wal_autocheckpoint: '8MiB',
    })
    return new Database(instance)
  }

  connect(): Promise<DuckDBConnection> {
    return this.instance.connect()
  }

  /** Runs a question on a connection of its own. `signal` ends it in the database. Rejects with `cancelled` then. */
  async read<T>(signal: AbortSignal, ask: (reader: Reader) => Promise<T>): Promise<T> {
    await this.turn(signal)
    let connection: DuckDBConnection | undefined
    try {
      connection = this.idle.pop() ?? (await this.connect())
      const interrupt = () => connection?.interrupt()
      signal.addEventListener('abort', interrupt)
      try {
        if (signal.aborted) throw cancelled()
        return await ask(new Reader(connection, signal))
      } finally {
        signal.removeEventListener('abort', interrupt)
      }
    } catch (error) {
      throw signal.aborted ? cancelled() : error
    } finally {
      if (connection) this.idle.push(connection)
      this.busy--
      this.waiting.shift()?.()
    }
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.closeSync()
    this.instance.closeSync()
  }

  private async turn(signal: AbortSignal): Promise<void> {
    while (this.busy >= READERS) await new Promise<void>((resolve) => this.waiting.push(resolve))
    if (signal.aborted) {
      this.waiting.shift()?.()
      throw cancelled()
    }
    this.busy++
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

  async run(sql: string): Promise<void> {
    if (this.signal.aborted) throw cancelled()
    await this.connection.run(sql)
  }
}
