/** The HTTP side on its own, with threads that are there but do not answer: for what does not need them. */
import type { FastifyInstance } from 'fastify'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { createApp } from '../../src/server/api/app.ts'
import { Counters } from '../../src/server/counters.ts'
import { Demo } from '../../src/server/demo-traffic.ts'
import { Health } from '../../src/server/health/health.ts'
import { createLog } from '../../src/server/log.ts'
import type { IntakeCalls, StoreCalls } from '../../src/server/messages.ts'
import { Questions } from '../../src/server/questions.ts'
import { serviceKeysByName } from '../../src/server/registry/services.ts'
import { WorkerCalls } from '../../src/server/worker-calls.ts'

export interface TestApp {
  readonly app: FastifyInstance
  readonly counters: Counters
  /** What the store thread would get. */
  readonly storePort: MessagePort
  close(): Promise<void>
}

export async function createTestApp(
  options: { readonly names?: readonly string[]; readonly timeLimitMs?: number } = {},
): Promise<TestApp> {
  const [intakePort, storePort] = [new MessageChannel(), new MessageChannel()]
  const counters = new Counters()
  const store = new WorkerCalls<StoreCalls>(storePort.port1, () => undefined)
  const intake = new WorkerCalls<IntakeCalls>(intakePort.port1, () => undefined)
  const questions = new Questions(store, options.timeLimitMs ?? 30_000)
  const demo = new Demo([])
  const health = new Health({
    counters,
    intake,
    store,
    questions,
    demo,
    dataDir: '.',
    openAddress: null,
    limits: { waitingSets: 1, queuedBatches: 1 },
  })
  const app = await createApp(
    { names: { serviceKeys: serviceKeysByName }, questions, health, demo },
    { names: options.names ?? ['localhost'], log: createLog('silent') },
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
