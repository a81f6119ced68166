/** The store thread: the only owner of the database. Started by the main thread with a StoreSetup; see messages.ts. */
import { constants, getPriority, setPriority } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { WeirError } from '../../../shared/api/errors.ts'
import { addSiteFields } from '../../../shared/schema/fields.ts'
import { Counters } from '../../counters.ts'
import { layoutOf } from '../../intake/decoders/logs/log-format.ts'
import type { Reply, StoreCalls, StoreSetup } from '../../messages.ts'
import { answerCalls, type Port } from '../../worker-calls.ts'
import { answerSources, takeBatches } from './ports.ts'
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
  const ports = [setup.intake, ...(setup.sources ? [setup.sources.batches] : [])]
  const taking = ports.map((port) => takeBatches(port, store))
  if (setup.sources) answerSources(setup.sources.calls, store)
  answerCalls<StoreCalls>(main, {
    query: (question, signal) => store.query(question, signal),
    estimate: (question, signal) => store.estimate(question, signal),
    differences: (question, signal) => store.differences(question, signal),
    flows: (question, signal) => store.flows(question, signal),
    coverage: (question, signal) => store.coverage(question, signal),
    counters: (question, signal) => store.askCounters(question, signal),
    seen: (question, signal) => store.seen(question, signal),
    values: (question, signal) => store.values(question, signal),
    backUp: (to) => store.backUp(to),
    exportTo: ({ file, question }, signal) => store.exportTo(file, question, signal),
    importFile: async ({ path, name, type, layout }) => {
      const { FolderIntake, importFile, openImport, refuseNothing } = await importing()
      const what = await openImport(path, { type, layout, name })
      const intake = FolderIntake.over(store, setup.dataDir, setup)
      const result = await importFile(what, intake)
      if (what.type === 'pcap') refuseNothing(intake.counters, [name])
      return result
    },
    readAgain: async ({ type, layout, source }) => {
      const { FolderIntake, LetterBox, readAgain } = await importing()
      const intake = FolderIntake.over(store, setup.dataDir, setup)
      const how = { type, layout: layout === undefined ? undefined : layoutOf(layout), source }
      return readAgain(new LetterBox(setup.dataDir), intake, how, Date.now())
    },
    status: () => store.status(),
    stop: async () => {
      // Where the disk is full, what has arrived may wait for ever.
      await Promise.race([
        Promise.all(taking.map((each) => each.taken())),
        wait(LAST_BATCHES_MS, undefined, { ref: false }),
      ])
      await store.close()
      for (const port of ports) port.close()
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
  return {
    ...(await import('../../intake/folder-intake.ts')),
    ...(await import('../../intake/import-file.ts')),
    ...(await import('../../intake/letter-box.ts')),
    ...(await import('../../intake/read-again.ts')),
  }
}

/** On Linux this is the priority of this thread and of those that it starts, among them the database's. */
function yieldToIntake(): void {
  try {
    setPriority(0, Math.min(getPriority() + 5, constants.priority.PRIORITY_LOW))
  } catch {
    // Not worth a word: intake reads its sockets in time as long as a core is free.
  }
}
