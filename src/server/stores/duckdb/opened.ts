/** What a store works with once its data folder is open: the database, and each kind of file in the folder. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { Attachments } from './files/attachments.ts'
import { Catalog } from './files/catalog.ts'
import { CounterStore } from './counters/store.ts'
import { Database } from './files/database.ts'
import { Folder } from './files/folder.ts'
import { Partitions, type Log } from './files/partitions.ts'
import { diskOf } from './care/retention.ts'
import { ROLLUP_SIZES, Rollups, type RollupSizes } from './rollups/rollups.ts'

export interface OpenOptions {
  readonly dataDir: string
  readonly threads: number
  readonly memoryLimitBytes: number
  /** Disk for what does not fit into memory; 8 GB without. */
  readonly temporaryLimitBytes?: number
  readonly log?: Log
  readonly now?: () => number
  /** How many flows are taken into the sums at a time. */
  readonly rollupSizes?: RollupSizes
}

const TEMPORARY_BYTES = 8e9

export interface Opened {
  readonly folder: Folder
  readonly database: Database
  readonly connections: Connections
  readonly attachments: Attachments
  readonly catalog: Catalog
  readonly partitions: Partitions
  readonly rollups: Rollups
  readonly counterStore: CounterStore
  readonly recovered: string | null
}

/** Each for one thing at a time; questions have their own. */
type Connections = Readonly<Record<'flows' | 'attaching' | 'rollups' | 'counters' | 'coverage', DuckDBConnection>>

/** Rejects with `dataLocked`, `dataNewer` or `failed`; nothing is left open then. */
export async function openAll(options: OpenOptions): Promise<Opened> {
  const folder = Folder.take(options.dataDir)
  let database: Database | undefined
  try {
    database = await Database.open({
      threads: options.threads,
      memoryLimitBytes: options.memoryLimitBytes,
      temporaryFolder: folder.temporary,
      temporaryLimitBytes: Math.min(
        options.temporaryLimitBytes ?? TEMPORARY_BYTES,
        (diskOf(folder.path)?.free ?? Number.POSITIVE_INFINITY) / 2,
      ),
    })
    const connections: Connections = {
      flows: await database.connect(),
      attaching: await database.connect(),
      rollups: await database.connect(),
      counters: await database.connect(),
      coverage: await database.connect(),
    }
    const log = options.log ?? (() => undefined)
    const now = options.now ?? Date.now
    const sizes = options.rollupSizes ?? ROLLUP_SIZES
    const attachments = new Attachments(connections.attaching)
    const catalog = new Catalog(folder.catalog, log)
    const { partitions, recovered } = await Partitions.open(folder, connections.flows, log, attachments, catalog)
    const rollups = await Rollups.open(
      { folder, attachments, partitions, connection: connections.rollups, log, now, sizes },
      catalog,
    )
    const counterStore = await CounterStore.open(folder, connections.counters, log, attachments, catalog)
    return { folder, database, connections, attachments, catalog, partitions, rollups, counterStore, recovered }
  } catch (error) {
    database?.close()
    folder.release()
    throw error
  }
}
