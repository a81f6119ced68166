/** Batches to the store thread, buffers back, at most so many under way. */
import type { MessagePort } from 'node:worker_threads'
import type { Counters } from '../counters.ts'
import type { BatchMessage, BufferMessage } from '../messages.ts'
import { Batch } from './batch.ts'
import type { Sink } from './pipeline.ts'

/** Buffers that came back and are kept for the next batches; more are only needed after a jam. */
const SPARE = 4

export class StoreOutput implements Sink {
  private readonly port: MessagePort
  private readonly counters: Counters
  private readonly limit: number
  private readonly spare: Batch[] = []
  private underWay = 0
  private waiting: (() => void)[] = []

  /** `limit`: batches under way; what comes while they are all under way is lost as `queue.full`. */
  constructor(port: MessagePort, counters: Counters, limit: number) {
    this.port = port
    this.counters = counters
    this.limit = limit
    port.on('message', ({ buffer }: BufferMessage) => this.giveBack(buffer))
  }

  take(batch: Batch): Batch {
    if (this.underWay >= this.limit) {
      this.counters.add('queue.full', batch.rows)
      batch.clear()
      return batch
    }
    this.port.postMessage({ buffer: batch.buffer, rows: batch.rows } satisfies BatchMessage, [batch.buffer])
    this.counters.set('queuedBatches', ++this.underWay)
    return this.spare.pop() ?? new Batch()
  }

  /** Resolves when the store has taken every batch, or after `limitMs`. */
  async settled(limitMs: number): Promise<void> {
    if (this.underWay === 0) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs)
      this.waiting.push(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  private giveBack(buffer: ArrayBuffer): void {
    this.counters.set('queuedBatches', --this.underWay)
    if (this.spare.length < SPARE) {
      const batch = new Batch(buffer)
      batch.clear()
      this.spare.push(batch)
    }
    if (this.underWay === 0) for (const resolve of this.waiting.splice(0)) resolve()
  }
}
