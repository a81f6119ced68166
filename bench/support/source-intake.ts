/** The way of a source's flows into a store, as the threads of `weir serve` have it, in one thread. */
import { MessageChannel } from 'node:worker_threads'
import { CONFIG } from '../../src/server/config/schema.ts'
import { Counters } from '../../src/server/counters.ts'
import { ENRICHERS } from '../../src/server/intake/enrich/index.ts'
import { StoreOutput } from '../../src/server/intake/output.ts'
import { Pipeline } from '../../src/server/intake/pipeline.ts'
import type { SourceStoreCalls } from '../../src/server/messages.ts'
import { SourceIntake } from '../../src/server/sources/source-intake.ts'
import { answerSources, takeBatches } from '../../src/server/stores/duckdb/ports.ts'
import type { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import { WorkerCalls } from '../../src/server/worker-calls.ts'

export function intakeTo(store: DuckStore, name: string): { intake: SourceIntake; close: () => void } {
  const counters = new Counters()
  const [batches, calls] = [new MessageChannel(), new MessageChannel()]
  takeBatches(batches.port2, store)
  answerSources(calls.port2, store)
  const { limits } = CONFIG.parse({})
  const output = new StoreOutput(batches.port1, counters, limits.queuedBatches)
  const pipeline = new Pipeline({ counters, limits, settings: {}, sink: output, enrichers: ENRICHERS })
  const intake = new SourceIntake(name, {
    pipeline,
    output,
    store: new WorkerCalls<SourceStoreCalls>(calls.port1, () => undefined),
    counters,
    keepLetters: () => Promise.reject(new Error('a record was not taken')),
  })
  const close = () => {
    for (const port of [batches.port1, batches.port2, calls.port1, calls.port2]) port.close()
  }
  return { intake, close }
}
