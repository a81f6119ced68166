/** The store thread: the only owner of the database. Started by the main thread with a StoreSetup; see messages.ts. */
import { constants, getPriority, setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { WeirError } from '../../../shared/api/errors.ts'
import { addSiteFields } from '../../../shared/schema/fields.ts'
import { Counters } from '../../counters.ts'
import { Batch } from '../../intake/batch.ts'
import { CounterBatch } from '../../intake/counter-batch.ts'
import { Texts } from '../../intake/texts.ts'
import type {
  BatchBack,
  BatchMessage,
  CounterMessage,
  CountersDone,
  Reply,
  SourceStoreCalls,
  StoreCalls,
  StoreSetup,
} from '../../messages.ts'
import { answerCalls, type Port } from '../../worker-calls.ts'
import { DuckStore } from './store.ts'

/** How long the last batches may take. */
const LAST_BATCHES_MS = 2000

const main = parentPort as Port & NonNullable<typeof parentPort>
const setup = workerData as StoreSetup
addSiteFields(setup.fields)

yieldToIntake()
try {
  const store = await DuckStore.open({
    ...setup,
    counters: new Counters(setup.counters),
    log: (level, message) => main.postMessage({ log: { level, message } } satisfies Reply),
  })
  let arriving = Promise.resolve()
  const takeFrom = (port: MessagePort) => (message: BatchMessage | CounterMessage) => {
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
  }
  setup.intake.on('message', takeFrom(setup.intake))
  if (setup.sources) {
    setup.sources.batches.on('message', takeFrom(setup.sources.batches))
    answerCalls<SourceStoreCalls>(setup.sources.calls, {
      durable: async () => {
        await store.durable()
        return undefined
      },
      recordIds: ({ receivedFromMs }, signal) => store.recordIds(receivedFromMs, signal),
      covered: async () => Promise.resolve(undefined),
    })
  }
  answerCalls<StoreCalls>(main, {
    query: (question, signal) => store.query(question, signal),
    estimate: (question, signal) => store.estimate(question, signal),
    differences: (question, signal) => store.differences(question, signal),
    flows: (question, signal) => store.flows(question, signal),
    counters: (question, signal) => store.askCounters(question, signal),
    seen: (question, signal) => store.seen(question, signal),
    values: (question, signal) => store.values(question, signal),
    backUp: (to) => store.backUp(to),
    exportTo: ({ file, question }, signal) => store.exportTo(file, question, signal),
    importFile: async ({ path, name, type }) => {
      const { FolderIntake, importFile, openImport, refuseNothing } = await importing()
      const what = await openImport(path, type, name)
      const intake = FolderIntake.over(store, setup.dataDir, setup)
      const result = await importFile(what, intake)
      if (what.type === 'pcap') refuseNothing(intake.counters, [name])
      return result
    },
    status: () => store.status(),
    stop: async () => {
      // Where the disk is full, what has arrived may wait for ever.
      await Promise.race([arriving, wait(LAST_BATCHES_MS, undefined, { ref: false })])
      await store.close()
      setup.intake.close()
      setup.sources?.batches.close()
      setup.sources?.calls.close()
      return undefined
    },
  })
  main.postMessage({ ready: { recovered: store.recovered } } satisfies Reply)
  store.warmUp()
} catch (error) {
  const { code, message } = error instanceof WeirError ? error : { code: 'failed' as const, message: String(error) }
  main.postMessage({ failed: { code, message } } satisfies Reply)
  setup.intake.close()
  main.close()
}

/** Only once something is imported: decoders take 0.2 s to load, and 7 MiB. */
async function importing() {
  return { ...(await import('../../intake/folder-intake.ts')), ...(await import('../../intake/import-file.ts')) }
}

/** On Linux this is the priority of this thread and of those that it starts, among them the database's. */
function yieldToIntake(): void {
  try {
    setPriority(0, Math.min(getPriority() + 5, constants.priority.PRIORITY_LOW))
  } catch {
    // Not worth a word: intake reads its sockets in time as long as a core is free.
  }
}
