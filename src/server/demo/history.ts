/** The demo's past, written straight into a data folder: through the same datagrams, decoders and enrichers as live traffic. */
import { on } from 'node:events'
import { resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import { Batch } from '../intake/batch.ts'
import { CounterBatch } from '../intake/counter-batch.ts'
import { FolderStore } from '../intake/folder-store.ts'
import { Texts } from '../intake/texts.ts'
import type { BatchBack, BatchMessage, CounterMessage, CountersDone } from '../messages.ts'
import type { HistorySetup, Reached } from './history-worker.ts'
import { incidents, type Incident } from './incidents.ts'

export interface HistoryOptions {
  readonly dataDir: string
  /** Whole seconds, in milliseconds since 1970. */
  readonly fromMs: number
  readonly toMs: number
  /** Flow records of all routers together, on average over the whole time. */
  readonly flowsPerSecond: number
  readonly seed: number
}

export interface History {
  readonly incidents: readonly Incident[]
  readonly flows: number
}

/** `onProgress` is told how much of the time is done, 0 to 1. Rejects as FolderStore does. */
export async function writeHistory(
  options: HistoryOptions,
  onProgress: (share: number) => void,
  log: (message: string) => void,
): Promise<History> {
  const { fromMs, toMs, flowsPerSecond, seed } = options
  const found = incidents(fromMs, toMs)
  const folder = await FolderStore.open(options.dataDir, log)
  try {
    const setup: HistorySetup = {
      traffic: { seed, flowsPerSecond, startMs: fromMs, averageToMs: toMs, incidents: found },
      dataDir: resolve(options.dataDir),
      counters: folder.counters.shared,
    }
    await fill(folder, setup, (reachedMs) => onProgress((reachedMs - fromMs) / (toMs - fromMs)))
    await folder.commit()
    return { incidents: found, flows: folder.counters.get('flows') }
  } finally {
    await folder.close()
  }
}

/** Flows are made and taken in by one thread, and stored by this one. */
async function fill(folder: FolderStore, setup: HistorySetup, reached: (ms: number) => void): Promise<void> {
  // Beside this file, with its ending: both are compiled.
  const worker = new Worker(new URL('./history-worker.js', import.meta.url), {
    name: 'demo history',
    workerData: setup,
  })
  type Said = BatchMessage | CounterMessage | Reached
  try {
    for await (const [said] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[Said]>) {
      if ('reachedMs' in said) reached(said.reachedMs)
      else if ('counters' in said)
        void folder
          .appendCounters(new CounterBatch(said.counters, said.rows), said.day)
          .then(() => worker.postMessage({ samples: said.rows } satisfies CountersDone))
      else
        void folder
          .append(new Batch(said.place, said.rows, new Texts(said.texts)))
          .then(() => worker.postMessage({ id: said.id } satisfies BatchBack))
      await folder.room()
    }
  } finally {
    await worker.terminate()
  }
}
