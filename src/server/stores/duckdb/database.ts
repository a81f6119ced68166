/** The DuckDB instance: one for the process's data folder, in memory itself; partitions are attached to it. */
import { DuckDBInstance, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api'
import { WeirError } from '../../../shared/api/errors.ts'
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
/** Questions that may wait; more are refused at once. */
export const MOST_WAITING = 512

/** So much of a file's log is written into the file. Small, because a row takes five times as much in the log. */
export const LOG_BYTES = '8MiB'

export class Database {
  private readonly instance: DuckDBInstance
  private readonly idle: DuckDBConnection[] = []
  /** In their order; each takes over the place of a question that has ended. */
  private readonly waiting = new Set<() => void>()
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
      wal_autocheckpoint: LOG_BYTES,
    })
    return new Database(instance)
  }

  connect(): Promise<DuckDBConnection> {
    return this.instance.connect()
  }

  /**
   * Runs a question on a connection of its own. `signal` ends it in the database. Rejects with `cancelled` then,
   * and with `storeUnavailable` where too many wait already.
   */
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
      this.passOn()
    }
  }

  close(): void {
    for (const connection of this.idle.splice(0)) connection.closeSync()
    this.instance.closeSync()
  }

  private async turn(signal: AbortSignal): Promise<void> {
    if (signal.aborted) throw cancelled()
    if (this.busy < READERS) {
      this.busy++
      return
    }
    if (this.waiting.size >= MOST_WAITING)
      throw new WeirError(
        'storeUnavailable',
        `${MOST_WAITING} questions wait for an answer already; ask again in a moment, for shorter ranges or less often`,
      )
    await new Promise<void>((resolve, reject) => {
      const take = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        this.waiting.delete(take)
        reject(cancelled())
      }
      this.waiting.add(take)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  /** Gives the place of a question that has ended to the one that waits longest. */
  private passOn(): void {
    const [next] = this.waiting
    if (next === undefined) {
      this.busy--
      return
    }
    this.waiting.delete(next)
    next()
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
