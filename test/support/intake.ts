/** The real intake thread, with a store of the test's own at the other end of the port. */
import { MessageChannel, Worker } from 'node:worker_threads'
import { Counters } from '../../src/server/counters.ts'
import { Batch } from '../../src/server/intake/batch.ts'
import { Texts } from '../../src/server/intake/texts.ts'
import type { BatchBack, BatchMessage, IntakeCalls, IntakeSetup, ListenerStatus } from '../../src/server/messages.ts'
import { WorkerCalls } from '../../src/server/worker-calls.ts'
import { LIMITS, rowsOf, type Row } from './rows.ts'

export interface Intake {
  readonly calls: WorkerCalls<IntakeCalls>
  readonly counters: Counters
  readonly listeners: readonly ListenerStatus[]
  readonly rows: Row[]
  readonly log: { level: string; message: string }[]
  /** Resolves as soon as the condition holds; it is looked at after each message and every few milliseconds. */
  until(condition: () => boolean, limitMs?: number): Promise<void>
  /** Whether batches are taken and given back at once; held ones are when it is set again. */
  take(now: boolean): void
  /** Stops the thread and waits for its end. */
  stop(): Promise<void>
}

/** Starts the thread. Rejects with what it says of its failure, as `{ code, message }`. */
export async function startIntake(options: Partial<Omit<IntakeSetup, 'counters' | 'store'>> = {}): Promise<Intake> {
  const { port1, port2 } = new MessageChannel()
  const counters = new Counters()
  const setup: IntakeSetup = {
    listen: ['udp://127.0.0.1:0'],
    receiveBufferBytes: 1 << 20,
    settings: {},
    streams: { connections: 16, idleMs: 60_000, tls: null },
    fields: [],
    limits: LIMITS,
    ...options,
    counters: counters.shared,
    store: port2,
  }
  const worker = new Worker(new URL('./intake-worker.mjs', import.meta.url), {
    workerData: setup,
    transferList: [port2],
  })
  const ended = new Promise<void>((resolve, reject) => {
    worker.once('exit', () => resolve())
    worker.once('error', reject)
  })
  const rows: Row[] = []
  const log: Intake['log'] = []
  const held: BatchMessage[] = []
  let taking = true
  const accept = (message: BatchMessage) => {
    rows.push(...rowsOf(new Batch(message.place, message.rows, new Texts(message.texts))))
    port1.postMessage({ id: message.id } satisfies BatchBack)
  }
  port1.on('message', (message: BatchMessage) => {
    if (taking) accept(message)
    else held.push(message)
  })

  let ready: (listeners: readonly ListenerStatus[]) => void = () => {}
  let failed: (reason: unknown) => void = () => {}
  const started = new Promise<readonly ListenerStatus[]>((resolve, reject) => {
    ready = resolve
    failed = reject
  })
  const calls = new WorkerCalls<IntakeCalls>(worker, (message) => {
    if ('log' in message) log.push(message.log)
    if ('ready' in message) ready(message.ready.listeners ?? [])
    if ('failed' in message) void ended.then(() => failed(message.failed))
  })
  ended.catch(failed)
  try {
    const listeners = await started
    return {
      calls,
      counters,
      listeners,
      rows,
      log,
      async until(condition, limitMs = 10_000) {
        const limit = Date.now() + limitMs
        while (!condition()) {
          if (Date.now() > limit)
            throw new Error(
              `waited ${limitMs} ms in vain: ${condition.toString()}; rows ${rows.length}, losses ${JSON.stringify(counters.losses())}`,
            )
          await new Promise((resolve) => setTimeout(resolve, 5))
        }
      },
      take(now) {
        taking = now
        if (now) for (const message of held.splice(0)) accept(message)
      },
      async stop() {
        await calls.call('stop', undefined)
        await ended
        port1.close()
      },
    }
  } catch (error) {
    port1.close()
    throw error
  }
}
