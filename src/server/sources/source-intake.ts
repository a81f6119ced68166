/** The way of a source's flows into the store: a pipeline of their own, and the word that they are on disk. */
import type { LossName } from '../../shared/losses.ts'
import type { Counters } from '../counters.ts'
import type { SourceStoreCalls } from '../messages.ts'
import { LogKeeper } from '../intake/log-keeper.ts'
import { LogReader, type DeadLetter, type LogOptions } from '../intake/sources/log-reader.ts'
import type { StoreOutput } from '../intake/output.ts'
import type { Pipeline } from '../intake/pipeline.ts'
import type { WorkerCalls } from '../worker-calls.ts'

export interface IntakeParts {
  readonly pipeline: Pipeline
  readonly output: StoreOutput
  readonly store: WorkerCalls<SourceStoreCalls>
  readonly counters: Counters
  /** Keeps a record that was not taken; resolves when it is on disk. */
  readonly keepLetters: (letters: readonly DeadLetter[]) => Promise<void>
}

/** Of one source; several share a pipeline. */
export class SourceIntake {
  /** Taken in since the start. */
  flows = 0
  private readonly parts: IntakeParts
  private readonly source: string
  private readonly keeper: LogKeeper

  constructor(source: string, parts: IntakeParts) {
    this.source = source
    this.parts = parts
    this.keeper = new LogKeeper({
      covered: async (facts) => {
        await parts.store.call('covered', facts)
      },
      refused: parts.keepLetters,
    })
  }

  /** Records that became dead letters since the start. */
  get letters(): number {
    return this.keeper.letters
  }

  /** A reader whose records go to the store; see `LogReader`. */
  reader(options: Omit<LogOptions, 'source'>): LogReader {
    return new LogReader(
      { ...options, source: this.source },
      {
        output: this.parts.pipeline.output,
        counters: this.parts.counters,
        keeper: this.keeper,
      },
    )
  }

  /** Keeps what was not taken, other than a record that a reader has refused; on disk when `durable` says so. */
  refuse(letter: DeadLetter): void {
    this.lose(letter.loss, 1)
    this.keeper.refused(letter)
  }

  /** Counts what is lost without a trace. */
  lose(loss: LossName, count: number): void {
    this.parts.counters.add(loss, count)
  }

  /** Resolves when there is room for more; to be awaited between pieces. */
  async room(): Promise<void> {
    await this.parts.output.room()
    await this.keeper.room()
  }

  /** Resolves when all that was read is on disk: flows, coverage and dead letters. Rejects where that cannot be written. */
  async durable(): Promise<void> {
    const { pipeline, output, store } = this.parts
    pipeline.flush()
    await Promise.all([output.settled(Infinity), this.keeper.keep()])
    await store.call('durable', undefined)
  }

  /** Identities of flows with `record.id` that came at that moment or later: what a source took before it was stopped. */
  recordIds(receivedFromMs: number): Promise<BigUint64Array> {
    return this.parts.store.call('recordIds', { receivedFromMs })
  }
}
