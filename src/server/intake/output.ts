/** Batches to the store thread and back, at most so many under way. */
import type { MessagePort } from 'node:worker_threads'
import type { Counters } from '../counters.ts'
import type { BatchBack, BatchMessage, CounterMessage, CountersDone } from '../messages.ts'
import { Batch } from './batch.ts'
import type { CounterBatch } from './counter-batch.ts'
import type { CounterSink } from './counter-output.ts'
import type { Sink } from './pipeline.ts'

/** Batches that came back and are kept for the next flows; more are only needed after a jam. */
const SPARE = 4
/** Batches of counter samples on their way, half a megabyte each; what comes beyond is lost as `counters.lost`. */
const COUNTERS_UNDER_WAY = 32

export class StoreOutput implements Sink, CounterSink {
  readonly everyMs = 1000
  private readonly port: MessagePort
  private readonly counters: Counters
  private readonly limit: number
  private readonly patient: boolean
  private readonly spare: Batch[] = []
  private readonly underWay = new Map<number, Batch>()
  private countersUnderWay = 0
  private lastId = 0
  /** Those who wait until every batch up to that one has come back. */
  private waiting: { readonly lastId: number; readonly resolve: () => void }[] = []
  private readonly waitingForRoom: (() => void)[] = []

  /**
   * `limit`: batches under way; what comes while they are all under way is lost as `queue.full`. `patient`: it comes from
   * those who wait for `room` between pieces, and nothing of a piece is lost, however much is in it.
   */
  constructor(port: MessagePort, counters: Counters, limit: number, patient = false) {
    this.port = port
    this.counters = counters
    this.limit = limit
    this.patient = patient
    port.on('message', (message: BatchBack | CountersDone) => {
      if ('id' in message) this.giveBack(message.id)
      else this.countersDone()
    })
  }

  /** Whether those who can wait should: the other half of the queue is for those who cannot. */
  get busy(): boolean {
    return this.underWay.size * 2 >= this.limit
  }

  /** Whether a batch that is handed on now would be lost. */
  get full(): boolean {
    return this.underWay.size >= this.limit
  }

  /** Resolves when it is no longer busy. */
  async room(): Promise<void> {
    while (this.busy) await new Promise<void>((resolve) => this.waitingForRoom.push(resolve))
  }

  take(batch: Batch): Batch {
    if (this.full && !this.patient) {
      this.counters.add('queue.full', batch.rows)
      batch.clear()
      return batch
    }
    const { place, rows, texts } = batch
    const id = ++this.lastId
    this.underWay.set(id, batch)
    this.port.postMessage({ id, place, rows, texts: texts.shared } satisfies BatchMessage)
    this.counters.set('queuedBatches', this.underWay.size)
    return this.spare.pop() ?? new Batch()
  }

  takeCounters(batch: CounterBatch, day: number): void {
    if (this.countersUnderWay >= COUNTERS_UNDER_WAY) {
      this.counters.add('counters.lost', batch.rows)
      return
    }
    this.countersUnderWay++
    const { buffer, rows } = batch
    // Copied: a buffer that is transferred slows every typed array of the thread down from then on; see batch.ts.
    this.port.postMessage({ counters: buffer, rows, day } satisfies CounterMessage)
  }

  /** Resolves when the store has taken every batch that was handed on until now, or after `limitMs`, which may be Infinity. */
  async settled(limitMs: number): Promise<void> {
    if (this.isSettled) return
    await new Promise<void>((resolve) => {
      const timer = limitMs < Infinity ? setTimeout(resolve, limitMs) : undefined
      this.waiting.push({
        lastId: this.lastId,
        resolve: () => {
          clearTimeout(timer)
          resolve()
        },
      })
    })
  }

  private giveBack(id: number): void {
    const batch = this.underWay.get(id)
    this.underWay.delete(id)
    this.counters.set('queuedBatches', this.underWay.size)
    if (batch && this.spare.length < SPARE) {
      batch.clear()
      this.spare.push(batch)
    }
    for (const resolve of this.waitingForRoom.splice(0)) resolve()
    this.sayWhenSettled()
  }

  private countersDone(): void {
    this.countersUnderWay--
    this.sayWhenSettled()
  }

  private get isSettled(): boolean {
    return this.underWay.size === 0 && this.countersUnderWay === 0
  }

  private sayWhenSettled(): void {
    if (this.waiting.length === 0 || this.countersUnderWay > 0) return
    // In the order in which they went.
    const [oldest = Infinity] = this.underWay.keys()
    const settled = this.waiting.filter(({ lastId }) => lastId < oldest)
    this.waiting = this.waiting.filter(({ lastId }) => lastId >= oldest)
    for (const { resolve } of settled) resolve()
  }
}
