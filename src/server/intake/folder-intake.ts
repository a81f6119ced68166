/** Intake without threads: a pipeline that writes straight into a data folder. Imports use it. */
import type { Config } from '../config/schema.ts'
import type { Counters } from '../counters.ts'
import type { Exported } from '../stores/duckdb/exchange/import.ts'
import { Batch } from './batch.ts'
import type { CounterBatch } from './counter-batch.ts'
import type { CounterSink } from './counter-output.ts'
import { ENRICHERS } from './enrich/index.ts'
import { FolderStore } from './folder-store.ts'
import { LogKeeper } from './log-keeper.ts'
import type { DeadLetter } from './sources/log-reader.ts'
import { Pipeline, type Sink } from './pipeline.ts'
import type { LogSink } from './sources/log-reader.ts'

export class FolderIntake implements Sink, CounterSink {
  readonly everyMs = 1000
  readonly counters: Counters
  readonly pipeline: Pipeline
  /** Where flow logs go. */
  readonly logs: LogSink
  private readonly folder: FolderStore
  private readonly keeper: LogKeeper
  private readonly spare: Batch[] = []

  /** As `FolderStore.open`. */
  static async open(dataDir: string, log: (message: string) => void, config?: Config): Promise<FolderIntake> {
    return new FolderIntake(await FolderStore.open(dataDir, log, config))
  }

  /** Over a store that is open; as `FolderStore.over`. */
  static over(...store: Parameters<typeof FolderStore.over>): FolderIntake {
    return new FolderIntake(FolderStore.over(...store))
  }

  private constructor(folder: FolderStore) {
    this.folder = folder
    this.counters = folder.counters
    this.pipeline = new Pipeline({
      counters: folder.counters,
      limits: folder.config.limits,
      settings: folder.config.settings,
      enrichers: ENRICHERS,
      sink: this,
      counterSink: this,
    })
    this.keeper = new LogKeeper({
      covered: (facts) => folder.covered(facts),
      refused: (letters) => folder.keepLetters(letters),
    })
    const { counters, pipeline } = this
    this.logs = {
      output: pipeline.output,
      counters,
      keeper: this.keeper,
    }
  }

  take(batch: Batch): Batch {
    void this.append(batch)
    return this.spare.pop() ?? new Batch()
  }

  takeCounters(batch: CounterBatch, day: number): void {
    void this.folder.appendCounters(batch, day)
  }

  /** `record.id` of flows that were received at that moment or later. */
  recordIds(receivedFromMs: number): Promise<BigUint64Array> {
    return this.folder.recordIds(receivedFromMs)
  }

  /** As `DeadLetters.forget`. */
  forgetLetters(letters: readonly DeadLetter[]): Promise<void> {
    return this.folder.forgetLetters(letters)
  }

  /** As `FolderStore.takeExported`. */
  takeExported(file: string, show: (share: number) => void): Promise<Exported> {
    return this.folder.takeExported(file, show)
  }

  /** Resolves when there is room for more; to be awaited between datagrams. Rejects where the disk takes no more. */
  async room(): Promise<void> {
    await this.folder.room()
    await this.keeper.room()
  }

  /** Writes all out. Rejects where that does not work. */
  async commit(): Promise<void> {
    this.pipeline.flush()
    await this.folder.commit()
    await this.keeper.keep()
  }

  /** Lets go of the folder; what was not committed is lost. */
  close(): Promise<void> {
    return this.folder.close()
  }

  private async append(batch: Batch): Promise<void> {
    await this.folder.append(batch)
    batch.clear()
    this.spare.push(batch)
  }
}
