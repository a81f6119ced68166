/** The demo's thread; see start.ts. Sends until it is told to stop. */
import { parentPort, workerData } from 'node:worker_threads'
import { WeirError } from '../../shared/api/errors.ts'
import { DemoSender, type SenderOptions } from './sender.ts'
import type { Started } from './start.ts'

const port = parentPort as NonNullable<typeof parentPort>

try {
  const sender = await DemoSender.open(workerData as SenderOptions)
  port.once('message', () => void sender.stop().then(() => port.close()))
  port.postMessage({ started: true } satisfies Started)
} catch (error) {
  const { code, message } = error instanceof WeirError ? error : { code: 'failed' as const, message: String(error) }
  port.postMessage({ code, message } satisfies Started)
}
