/** What the store does for the threads that bring flows. */
import type { MessagePort } from 'node:worker_threads'
import { Batch } from '../../intake/batch.ts'
import { CounterBatch } from '../../intake/counter-batch.ts'
import { Texts } from '../../intake/texts.ts'
import type { BatchBack, BatchMessage, CounterMessage, CountersDone, SourceStoreCalls } from '../../messages.ts'
import { answerCalls } from '../../worker-calls.ts'
import type { DuckStore } from './store.ts'

/** Takes batches of a thread, one after the other, and gives their memory back. `taken` resolves when it has all that came. */
export function takeBatches(port: MessagePort, store: DuckStore): { taken(): Promise<void> } {
  let arriving = Promise.resolve()
  port.on('message', (message: BatchMessage | CounterMessage) => {
    if ('counters' in message) {
      const { counters, rows, day } = message
      void store
        .appendCounters(new CounterBatch(counters, rows), day)
        .then(() => port.postMessage({ samples: rows } satisfies CountersDone))
      return
    }
    const { id, place, rows, texts } = message
    arriving = arriving.then(async () => {
      await store.append(new Batch(place, rows, new Texts(texts)))
      port.postMessage({ id } satisfies BatchBack)
    })
  })
  return { taken: () => arriving }
}

/** Answers what sources ask. */
export function answerSources(port: MessagePort, store: DuckStore): void {
  answerCalls<SourceStoreCalls>(port, {
    durable: async () => {
      await store.durable()
      return undefined
    },
    recordIds: ({ receivedFromMs }, signal) => store.recordIds(receivedFromMs, signal),
    covered: async (facts) => {
      await store.covered(facts)
      return undefined
    },
  })
}
