/**
 * A store in a process of its own, to be killed. Appends numbered flows (bytes is the number) at a steady rate, and says
 * after each batch how many there are: one JSON line, `{"appended": n, "at": ms}`.
 *
 *   node --import tsx test/support/store-child.ts FOLDER FLOWS_PER_SECOND
 */
import { setTimeout as wait } from 'node:timers/promises'
import { batchOf } from './batches.ts'
import { openStore, totalsOf } from './store.ts'

const [folder, rate] = process.argv.slice(2) as [string, string]
const EVERY_MS = 25
const store = await openStore(folder)
let n = Number((await totalsOf(store))[2])
console.log(JSON.stringify({ appended: n, at: Date.now() }))
const each = Math.round((Number(rate) * EVERY_MS) / 1000)
for (;;) {
  const now = Date.now()
  const flows = Array.from({ length: each }, (_, i) => ({
    start: now - 10,
    end: now,
    received: now,
    bytes: n + i,
    'src.port': (n + i) % 65_536,
  }))
  await store.append(batchOf(flows))
  n += each
  console.log(JSON.stringify({ appended: n, at: Date.now() }))
  await wait(EVERY_MS)
}
