/** The sources thread: fetches flow logs, or takes those that are pushed, and hands their flows to the store. */
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { WeirError } from '../../shared/api/errors.ts'
import { addSiteFields } from '../../shared/schema/fields.ts'
import { Counters } from '../counters.ts'
import { ENRICHERS } from '../intake/enrich/index.ts'
import { addressOwners } from '../intake/enrich/owner.ts'
import type { Level } from '../intake/journal.ts'
import { StoreOutput } from '../intake/output.ts'
import { Pipeline } from '../intake/pipeline.ts'
import type { Reply, SourceCalls, SourcesSetup, SourceStoreCalls } from '../messages.ts'
import { answerCalls, WorkerCalls, type Port } from '../worker-calls.ts'
import { DeadLetters } from '../intake/dead-letters.ts'
import { makeSource } from './index.ts'
import { InterfaceBook } from './interfaces/book.ts'
import { Positions } from './positions.ts'
import { awsSources } from './settings.ts'
import type { Source, SourceStatus } from './source.ts'
import { SourceIntake } from './source-intake.ts'
import { stateOf } from './state-of.ts'

/** Rows wait this long at most for their batch to fill. */
const BATCH_MS = 500
/** How often what was learnt of addresses and interfaces is saved: what a kill takes of it is learnt again. */
const LEARNT_MS = 60_000
/** No source can have these names. */
const ADDRESSES = '.addresses'
const INTERFACES = '.interfaces'
/** How long the last batches may take. */
const LAST_BATCHES_MS = 6000

interface Running {
  readonly kind: SourceStatus['type']
  readonly source: Source
  readonly intake: SourceIntake
  readonly ended: Promise<void>
}

const main = parentPort as Port & NonNullable<typeof parentPort>
const setup = workerData as SourcesSetup
addSiteFields(setup.fields)
const counters = new Counters(setup.counters)
const log = (level: Level, message: string): void => main.postMessage({ log: { level, message } } satisfies Reply)
const output = new StoreOutput(setup.batches, counters, setup.limits.queuedBatches, true)
const store = new WorkerCalls<SourceStoreCalls>(setup.store, () => undefined)
const pipeline = new Pipeline({
  counters,
  limits: setup.limits,
  settings: setup.settings,
  ...(setup.filters ? { keep: setup.filters.flows } : {}),
  sink: output,
  enrichers: ENRICHERS,
})
const positions = new Positions(setup.dataDir)
addressOwners.load(await positions.read(ADDRESSES))
let savedAddresses = addressOwners.generation
const book = new InterfaceBook()
book.load(await positions.read(INTERFACES))
let savedInterfaces = book.generation
const letters = new DeadLetters(setup.dataDir, 'sources')
const stopping = new AbortController()
const running = new Map<string, Running>()
const timer = setInterval(() => {
  if (!output.full) pipeline.flush(Date.now() - BATCH_MS)
}, BATCH_MS / 2)

const learntTimer = setInterval(() => void saveLearnt(), LEARNT_MS)

for (const settings of setup.sources) {
  const { name } = settings
  const intake = new SourceIntake(name, {
    pipeline,
    output,
    store,
    counters,
    keepLetters: (more) => letters.keep(more, Date.now()),
  })
  const source = await makeSource(settings, {
    name,
    intake,
    folder: positions.folder,
    position: await positions.read(name),
    savePosition: (position) => positions.save(name, position),
    log,
    now: Date.now,
    wait: waitFor,
  })
  const ended = source.run(stopping.signal).catch((error: unknown) => {
    log('error', `source ${name} ended: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
  })
  running.set(name, { kind: settings.type, source, intake, ended })
}

const watched = awsSources(setup.sources).filter(({ interfaces }) => interfaces)
const watching =
  watched.length === 0
    ? Promise.resolve()
    : import('./interfaces/watch.ts').then(({ watchInterfaces }) =>
        watchInterfaces(watched, { book, owners: addressOwners, now: Date.now, log, wait: waitFor }, stopping.signal),
      )

answerCalls<SourceCalls>(main, {
  status: () =>
    Array.from(running, ([name, { kind, source, intake }]) => ({
      name,
      type: kind,
      flows: intake.flows,
      deadLetters: intake.letters,
      ...stateOf(source, intake),
    })),
  push: ({ source, pushed }) => {
    const found = running.get(source)?.source
    if (!found?.take) throw new WeirError('notFound', `there is no source ${source} that is pushed to`)
    return found.take(pushed)
  },
  interfaces: ({ atMs }) => book.at(atMs),
  stop: async () => {
    stopping.abort()
    await Promise.race([
      Promise.all([watching, ...Array.from(running.values(), ({ ended }) => ended)]),
      wait(LAST_BATCHES_MS, undefined, { ref: false }),
    ])
    clearInterval(timer)
    clearInterval(learntTimer)
    pipeline.flush()
    await saveLearnt()
    await output.settled(LAST_BATCHES_MS)
    setup.batches.close()
    setup.store.close()
    main.close()
    return undefined
  },
})
main.postMessage({ ready: {} } satisfies Reply)

function waitFor(ms: number, signal: AbortSignal): Promise<void> {
  return wait(ms, undefined, { signal }).catch(() => undefined)
}

async function saveLearnt(): Promise<void> {
  const [addresses, interfaces] = [addressOwners.generation, book.generation]
  try {
    if (addresses !== savedAddresses) await positions.save(ADDRESSES, addressOwners.saved())
    savedAddresses = addresses
    if (interfaces !== savedInterfaces) await positions.save(INTERFACES, book.saved())
    savedInterfaces = interfaces
  } catch (error) {
    log('warn', `what was learnt of addresses and interfaces cannot be saved: ${(error as Error).message}`)
  }
}
