/** Makes a history in a thread of its own and takes it in as a collector does, up to batches for the database; see history.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { exporterSettings } from '../config/exporters.ts'
import { CONFIG } from '../config/schema.ts'
import { Counters } from '../counters.ts'
import { ENRICHERS } from '../intake/enrich/index.ts'
import { StoreOutput } from '../intake/output.ts'
import { Pipeline } from '../intake/pipeline.ts'
import { addSiteFieldsOf } from '../stores/site-fields.ts'
import { v4Text } from './company.ts'
import { Demo } from './demo.ts'
import { ROUTERS } from './network.ts'
import type { TrafficOptions } from './traffic.ts'

export interface HistorySetup {
  readonly traffic: TrafficOptions
  readonly dataDir: string
  readonly counters: SharedArrayBuffer
}

/** Beside the batches: the flows up to a moment were sent before. */
export interface Reached {
  readonly reachedMs: number
}

/** Batches that may be under way, twice as many as it waits at: 100 MB. A row group takes the store 15 of them at once. */
const MOST_BATCHES = 64
/** Routers send when about so many flows wait, and at the latest after so many seconds: full datagrams cost less. */
const WAITING_FLOWS = 500
const LONGEST_WAIT = 10
const REPORT_EVERY = 60

const port = parentPort as NonNullable<typeof parentPort>
const { traffic, dataDir, counters: shared } = workerData as HistorySetup
const { startMs, averageToMs, flowsPerSecond } = traffic
addSiteFieldsOf(dataDir)
const config = CONFIG.parse({})
const counters = new Counters(shared)
const output = new StoreOutput(port, counters, MOST_BATCHES)
const pipeline = new Pipeline({
  counters,
  limits: config.limits,
  settings: exporterSettings(config),
  enrichers: ENRICHERS,
  sink: output,
  counterSink: output,
})

const addresses = new Map(ROUTERS.map((router) => [router, v4Text(router.address)]))
const demo = new Demo(traffic, Math.min(LONGEST_WAIT, Math.ceil(WAITING_FLOWS / flowsPerSecond)))
// Routers tell of a second when it is over: the last that they tell of is the one before the end.
for (let atMs = startMs + 1000, n = 1; atMs <= averageToMs; atMs += 1000, n++) {
  for (const { router, timeMs, bytes } of demo.second()) {
    pipeline.receive(bytes, addresses.get(router) as string, timeMs)
    if (output.busy) await output.room()
  }
  if (n % REPORT_EVERY === 0) port.postMessage({ reachedMs: atMs } satisfies Reached)
}
pipeline.flush()
port.postMessage({ reachedMs: averageToMs } satisfies Reached)
await output.settled(Infinity)
port.close()
