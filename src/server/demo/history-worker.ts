/** Makes the datagrams of a history in a thread of its own, a few packs ahead of who takes them in; see history.ts. */
import { parentPort, workerData } from 'node:worker_threads'
import { v4Text } from './company.ts'
import { Demo } from './demo.ts'
import type { TrafficOptions } from './traffic.ts'

/** Datagrams up to a moment, in the order in which they were sent. */
export interface Pack {
  readonly upToMs: number
  readonly datagrams: readonly { readonly address: string; readonly timeMs: number; readonly bytes: Uint8Array }[]
}

const PACK_DATAGRAMS = 2000
const AHEAD = 4
/** Routers send when about so many flows wait, and at the latest after so many seconds. */
const WAITING_FLOWS = 200
const LONGEST_WAIT = 10

const port = parentPort as NonNullable<typeof parentPort>
const options = workerData as TrafficOptions
const room = roomFor(AHEAD)

// Datagrams that are nearly empty cost as much as full ones.
const demo = new Demo(options, Math.min(LONGEST_WAIT, Math.ceil(WAITING_FLOWS / options.flowsPerSecond)))
let datagrams: Pack['datagrams'][number][] = []
// Routers tell of a second when it is over: the last that they tell of is the one before the end.
for (let atMs = options.startMs + 1000; atMs <= options.averageToMs; atMs += 1000) {
  for (const { router, timeMs, bytes } of demo.second())
    datagrams.push({ address: v4Text(router.address), timeMs, bytes })
  if (datagrams.length < PACK_DATAGRAMS && atMs < options.averageToMs) continue
  port.postMessage({ upToMs: atMs, datagrams } satisfies Pack)
  datagrams = []
  await room()
}
port.close()

/** Resolves when, with one more sent, fewer than `most` are not taken yet. */
function roomFor(most: number): () => Promise<void> {
  let sent = 0
  let wake = (): void => undefined
  port.on('message', () => {
    sent--
    wake()
  })
  return async () => {
    if (++sent < most) return
    await new Promise<void>((resolve) => (wake = resolve))
  }
}
