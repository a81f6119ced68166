/** Demo traffic in a thread of its own, so that the one that asks for it is never kept waiting. */
import { Worker } from 'node:worker_threads'
import { WeirError, type ErrorCode } from '../../shared/api/errors.ts'
import type { SenderOptions } from './sender.ts'

export interface RunningDemo {
  /** Resolves when the thread has ended. */
  stop(): Promise<void>
}

/** What the thread says once. */
export type Started = { readonly started: true } | { readonly code: ErrorCode; readonly message: string }

/** Starts sending; rejects with what stands in the way. */
export async function startDemo(options: SenderOptions): Promise<RunningDemo> {
  // Beside this file, with its ending: both are compiled.
  const worker = new Worker(new URL('./worker.js', import.meta.url), { name: 'demo', workerData: options })
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (message: Started) => {
      if ('started' in message) resolve()
      else reject(new WeirError(message.code, message.message))
    })
  })
  worker.on('error', () => undefined)
  return {
    async stop() {
      worker.postMessage('stop')
      await ended
    },
  }
}
