/** `npm run fuzz`: a thread decodes, this one shows how far it is, and notices where it does not come back. */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Worker } from 'node:worker_threads'
import { progress } from '../../src/server/cli/progress.ts'
import { InputSlot } from './input-slot.ts'
import type { FuzzReport, FuzzSetup } from './worker.ts'

/** Slower than this, an input makes a decoder go round in circles. */
const STUCK_MS = 20_000
const LOOK_MS = 250

const { values } = parseArgs({
  options: { count: { type: 'string', default: '5000000' }, seed: { type: 'string', default: '1' } },
})
const [count, seed] = [Number(values.count), Number(values.seed)]
if (!Number.isSafeInteger(count) || count < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('usage: npm run fuzz -- [--count INPUTS] [--seed NUMBER]\n')
  process.exit(2)
}

const slot = new InputSlot()
const startMs = performance.now()
const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
  workerData: { count, seed, slot: slot.memory } satisfies FuzzSetup,
})
const bar = progress('fuzzing')
let last = { n: -1, atMs: startMs }
const timer = setInterval(() => {
  const { n } = slot
  if (n !== last.n) last = { n, atMs: performance.now() }
  bar.show(n / count)
  if (n >= 0 && performance.now() - last.atMs > STUCK_MS) finish({ failed: `no end after ${STUCK_MS / 1000} s` })
}, LOOK_MS)
worker.once('message', finish)
worker.once('error', (error) => finish({ failed: error.stack ?? error.message }))

function finish(report: FuzzReport): void {
  clearInterval(timer)
  bar.end()
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1)
  if ('failed' in report) {
    const file = `fuzz-${seed}-${slot.n}.hex`
    writeFileSync(file, `${Buffer.from(slot.bytes).toString('hex')}\n`)
    process.stderr.write(
      `FAILED at input ${slot.n} of seed ${seed} after ${seconds} s; it is in ${file}\n${report.failed}\n`,
    )
    process.exit(1)
  }
  process.stdout.write(
    `ok: ${count.toLocaleString('en')} inputs of seed ${seed} in ${seconds} s: ${JSON.stringify(report.counters)}\n`,
  )
  void worker.terminate()
}
