/** The demo's past, written straight into a data folder: through the same datagrams, decoders and enrichers as live traffic. */
import { FolderIntake } from '../intake/folder-intake.ts'
import { v4Text } from './company.ts'
import { Demo } from './demo.ts'
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

/** Reports every so many seconds of the history. */
const REPORT_EVERY = 300

/** `onProgress` is told how much of the time is done, 0 to 1. Rejects as FolderIntake does. */
export async function writeHistory(options: HistoryOptions, onProgress: (share: number) => void, log: (message: string) => void): Promise<History> {
  const { fromMs, toMs, flowsPerSecond, seed } = options
  const intake = await FolderIntake.open(options.dataDir, log)
  try {
    const found = incidents(fromMs, toMs)
    const demo = new Demo({ seed, flowsPerSecond, startMs: fromMs, averageToMs: toMs, incidents: found })
    // The last second that routers tell of is the one before `toMs`.
    for (let atMs = fromMs + 1000, count = 0; atMs <= toMs; atMs += 1000, count++) {
      for (const { router, timeMs, bytes } of demo.second()) intake.pipeline.receive(bytes, v4Text(router.address), timeMs)
      await intake.room()
      if (count % REPORT_EVERY === 0) onProgress((atMs - fromMs) / (toMs - fromMs))
    }
    await intake.commit()
    onProgress(1)
    return { incidents: found, flows: intake.counters.get('flows') }
  } finally {
    await intake.close()
  }
}
