/** Batches on their way to the store thread. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { test } from 'node:test'
import { MessageChannel } from 'node:worker_threads'
import { Counters } from '../../../src/server/counters.ts'
import { Batch } from '../../../src/server/intake/batch.ts'
import { CounterBatch } from '../../../src/server/intake/counter-batch.ts'
import { StoreOutput } from '../../../src/server/intake/output.ts'
import type { CounterMessage } from '../../../src/server/messages.ts'

test('counter samples took their buffer along, and every typed array of the thread was slower from then on', async (t) => {
  const { port1, port2 } = new MessageChannel()
  t.after(() => port1.close())
  const batch = new CounterBatch()
  batch.put(0, 0, 7)
  batch.rows = 1
  const { byteLength } = batch.buffer
  new StoreOutput(port1, new Counters(), 4).takeCounters(batch, 20_000)
  assert.equal(batch.buffer.byteLength, byteLength, 'nothing is transferred')
  const [{ counters, rows, day }] = (await once(port2, 'message')) as [CounterMessage]
  assert.deepEqual([new CounterBatch(counters, rows).get(0, 0), rows, day], [7, 1, 20_000])
})

test('a document with more flows than may be under way lost those beyond, though its source would have waited', (t) => {
  const { port1 } = new MessageChannel()
  t.after(() => port1.close())
  const lost = (patient: boolean): number => {
    const counters = new Counters()
    const output = new StoreOutput(port1, counters, 2, patient)
    for (let n = 0; n < 5; n++) {
      const batch = new Batch()
      batch.rows = 10
      output.take(batch)
    }
    return counters.get('queue.full')
  }
  assert.deepEqual([lost(false), lost(true)], [30, 0])
})
