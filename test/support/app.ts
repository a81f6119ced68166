/** The HTTP side on its own, with threads that are there but do not answer: for what does not need them. */
import { USUAL_LIMITS } from '../../src/shared/query/limits.ts'
import type { FastifyInstance } from 'fastify'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createApp } from '../../src/server/api/app.ts'
import { Counters } from '../../src/server/counters.ts'
import { Demo } from '../../src/server/demo-traffic.ts'
import { Health } from '../../src/server/health/health.ts'
import { createLog } from '../../src/server/log.ts'
import type { SettingsByAddress } from '../../src/server/intake/exporter-settings.ts'
import type { ExporterNames, IntakeCalls, StoreCalls } from '../../src/server/messages.ts'
import { NamedFilters } from '../../src/server/named-filters.ts'
import { KnownNames } from '../../src/server/known-names.ts'
import { Pushes } from '../../src/server/pushes.ts'
import { Questions } from '../../src/server/questions.ts'
import { Upkeep } from '../../src/server/upkeep.ts'
import { WorkerCalls } from '../../src/server/worker-calls.ts'

export interface TestApp {
  readonly app: FastifyInstance
  readonly counters: Counters
  /** What the store thread would get. */
  readonly storePort: MessagePort
  close(): Promise<void>
}

export async function createTestApp(
  options: {
    readonly names?: readonly string[]
    readonly timeLimitMs?: number
    /** Where named filters are kept. */
    readonly dataDir?: string
    /** What they call themselves and their interfaces. */
    readonly exporters?: readonly ExporterNames[]
    readonly settings?: SettingsByAddress
  } = {},
): Promise<TestApp> {
  const log = createLog('silent')
  const namedFilters = new NamedFilters(options.dataDir ?? '.', (message) => log.error(message))
  const [intakePort, storePort] = [new MessageChannel(), new MessageChannel()]
  const counters = new Counters()
  const store = new WorkerCalls<StoreCalls>(storePort.port1, () => undefined)
  const intake = new WorkerCalls<IntakeCalls>(intakePort.port1, () => undefined)
  const questions = new Questions(store, options.timeLimitMs ?? 30_000)
  const demo = new Demo([])
  const health = new Health({
    prices: null,
    counters,
    intake,
    store,
    sources: null,
    configured: [],
    questions,
    demo,
    namedFilters,
    dataDir: '.',
    openAddress: null,
    limits: { waitingSets: 1, queuedBatches: 1 },
  })
  const names = new KnownNames(
    async () => options.exporters ?? [],
    options.settings ?? {},
    () => namedFilters.all(),
  )
  const app = await createApp(
    {
      names,
      limits: USUAL_LIMITS,
      namedFilters,
      questions,
      health,
      demo,
      pushes: new Pushes([], null),
      cloudInterfaces: async () => [],
      upkeep: new Upkeep(store, options.dataDir ?? '.'),
    },
    { names: options.names ?? ['localhost'], log },
  )
  return {
    app,
    counters,
    storePort: storePort.port2,
    close: async () => {
      health.stop()
      for (const channel of [intakePort, storePort]) channel.port1.close()
      await app.close()
    },
  }
}
