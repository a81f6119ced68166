/** The demo's past, written straight into a data folder: through the same datagrams, decoders and enrichers as live traffic. */
import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { FolderIntake } from '../intake/folder-intake.ts'
import type { Pack } from './history-worker.ts'
import { incidents, type Incident } from './incidents.ts'
import type { TrafficOptions } from './traffic.ts'

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

/** `onProgress` is told how much of the time is done, 0 to 1. Rejects as FolderIntake does. */
export async function writeHistory(
  options: HistoryOptions,
  onProgress: (share: number) => void,
  log: (message: string) => void,
): Promise<History> {
  const { fromMs, toMs, flowsPerSecond, seed } = options
  const found = incidents(fromMs, toMs)
  const intake = await FolderIntake.open(options.dataDir, log)
  try {
    for await (const { upToMs, datagrams } of packs({
      seed,
      flowsPerSecond,
      startMs: fromMs,
      averageToMs: toMs,
      incidents: found,
    })) {
      for (const { address, timeMs, bytes } of datagrams) {
        intake.pipeline.receive(bytes, address, timeMs)
        await intake.room()
      }
      onProgress((upToMs - fromMs) / (toMs - fromMs))
    }
    await intake.commit()
    return { incidents: found, flows: intake.counters.get('flows') }
  } finally {
    await intake.close()
  }
}

/** Datagrams are made in one thread and taken in by another: that is nearly twice as fast. */
async function* packs(options: TrafficOptions): AsyncGenerator<Pack> {
  // Beside this file, with its ending: both are compiled.
  const worker = new Worker(new URL('./history-worker.js', import.meta.url), {
    name: 'demo history',
    workerData: options,
  })
  try {
    for await (const [pack] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[Pack]>) {
      worker.postMessage('taken')
      yield pack
    }
  } finally {
    await worker.terminate()
  }
}
