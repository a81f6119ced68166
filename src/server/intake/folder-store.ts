/** A data folder that batches of flows are written into, without a server: what imports and the demo's history have in common. */
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { WeirError } from '../../shared/api/errors.ts'
import { exporterSettings } from '../config/exporters.ts'
import { CONFIG, type Config } from '../config/schema.ts'
import { Counters } from '../counters.ts'
import type { IntakeLimits } from '../messages.ts'
import type { Exported } from '../stores/duckdb/exchange/import.ts'
import type { DuckStore } from '../stores/duckdb/store.ts'
import { addSiteFieldsOf } from '../stores/site-fields.ts'
import type { Batch } from './batch.ts'
import type { CounterBatch } from './counter-batch.ts'
import { DeadLetters } from './dead-letters.ts'
import type { Covered } from './log-keeper.ts'
import type { DeadLetter } from './sources/log-reader.ts'
import type { SettingsByAddress } from './exporter-settings.ts'

/** Batches on their way into the database; who brings them waits when there are more. */
const UNDER_WAY = 8
/** How long the database may take over them before its last error counts. */
const PATIENCE_MS = 3000

/** What of the configuration holds for datagrams. */
interface IntakeConfig {
  readonly limits: IntakeLimits
  readonly settings: SettingsByAddress
}

export class FolderStore {
  readonly config: IntakeConfig
  readonly counters: Counters
  private readonly store: DuckStore
  private readonly dataDir: string
  private readonly letters: DeadLetters
  private readonly appending = new Set<Promise<void>>()

  /**
   * Takes the folder, or makes it. Without a configuration, the site's own fields are those of the folder. Rejects with
   * `dataLocked`, `dataNewer` or `failed`. `log` gets what goes wrong.
   */
  static async open(dataDir: string, log: (message: string) => void, config?: Config): Promise<FolderStore> {
    const { DuckStore } = await import('../stores/duckdb/store.ts')
    const counters = new Counters()
    if (!config) addSiteFieldsOf(resolve(dataDir))
    const used = config ?? CONFIG.parse({})
    const { store: settings } = used
    const store = await DuckStore.open({
      dataDir: resolve(dataDir),
      threads: settings.threads || availableParallelism(),
      memoryLimitBytes: settings.memory,
      counters,
      log: (level, message) => {
        if (level !== 'info') log(message)
      },
    })
    return new FolderStore(store, dataDir, counters, { limits: used.limits, settings: exporterSettings(used) })
  }

  /** Over a store that is open; it must not be closed with this. */
  static over(store: DuckStore, dataDir: string, config: IntakeConfig): FolderStore {
    return new FolderStore(store, dataDir, new Counters(), config)
  }

  private constructor(store: DuckStore, dataDir: string, counters: Counters, config: IntakeConfig) {
    this.store = store
    this.dataDir = dataDir
    this.counters = counters
    this.config = config
    this.letters = new DeadLetters(dataDir, 'import')
  }

  /** Takes the batch's rows; resolves when its memory may be used again. */
  append(batch: Batch): Promise<void> {
    return this.track(this.store.append(batch))
  }

  appendCounters(batch: CounterBatch, day: number): Promise<void> {
    return this.track(this.store.appendCounters(batch, day))
  }

  recordIds(receivedFromMs: number): Promise<BigUint64Array> {
    return this.store.recordIds(receivedFromMs)
  }

  /** Resolves when they are on disk. */
  covered(facts: readonly Covered[]): Promise<void> {
    return this.store.covered(facts)
  }

  /** Keeps records that were not taken; resolves when they are on disk. */
  keepLetters(letters: readonly DeadLetter[]): Promise<void> {
    return this.letters.keep(letters, Date.now())
  }

  /** As `DeadLetters.forget`. */
  forgetLetters(letters: readonly DeadLetter[]): Promise<void> {
    return this.letters.forget(letters)
  }

  /** Takes in flows that a Weir has exported. `show` gets 0 to 1. */
  takeExported(file: string, show: (share: number) => void): Promise<Exported> {
    return this.store.importFrom(file, show)
  }

  /** Resolves when there is room for more; to be awaited between batches. Rejects where the disk takes no more. */
  async room(): Promise<void> {
    while (this.appending.size > UNDER_WAY) {
      const oneLess = await Promise.race([...this.appending, wait(PATIENCE_MS, 'late', { ref: false })])
      const { lastError } = this
      if (oneLess === 'late' && lastError !== null) throw this.unwritten(lastError)
    }
  }

  /** Writes all out, with the sums of it. Rejects where flows cannot be written. */
  async commit(): Promise<void> {
    while (this.appending.size > 0) {
      await Promise.race([...this.appending, wait(PATIENCE_MS, undefined, { ref: false })])
      const { lastError } = this
      if (lastError !== null) throw this.unwritten(lastError)
    }
    await this.store.commit().catch((error: unknown) => {
      throw this.unwritten((error as Error).message)
    })
    // Sums that cannot be made now are made by the Weir that serves the folder.
    await this.store.settle().catch(() => undefined)
  }

  /** Lets go of the folder; what was not committed is lost. */
  close(): Promise<void> {
    return this.store.close()
  }

  private track(appended: Promise<void>): Promise<void> {
    this.appending.add(appended)
    void appended.finally(() => this.appending.delete(appended))
    return appended
  }

  private get lastError(): string | null {
    const { lastError, counters } = this.store.status()
    return lastError ?? counters.lastError
  }

  private unwritten(reason: string): WeirError {
    return new WeirError(
      'failed',
      `data folder ${this.dataDir}: flows cannot be written (${reason}); free disk space, then do it again`,
    )
  }
}
