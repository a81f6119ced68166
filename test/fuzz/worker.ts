/** The thread that decodes; tells at the end how it went. */
import { parentPort, workerData } from 'node:worker_threads'
import { fuzz } from './fuzz.ts'
import { InputSlot } from './input-slot.ts'
import { readSeeds } from './seeds.ts'
import { Target } from './target.ts'

export interface FuzzSetup {
  readonly count: number
  readonly seed: number
  readonly slot: SharedArrayBuffer
}

export type FuzzReport = { readonly counters: Record<string, number> } | { readonly failed: string }

const { count, seed, slot } = workerData as FuzzSetup
const shared = new InputSlot(slot)
const target = new Target()
try {
  fuzz(target, await readSeeds(true), { count, seed, before: (n, bytes) => shared.put(n, bytes) })
  const figures = ['datagrams', 'records', 'flows', 'options', 'templates'] as const
  report({
    counters: {
      ...Object.fromEntries(figures.map((name) => [name, target.counters.get(name)])),
      ...target.counters.losses(),
    },
  })
} catch (error) {
  const { stack, cause } = error as Error
  report({ failed: `${stack}${cause instanceof Error ? `\n${cause.stack}` : ''}` })
}

function report(how: FuzzReport): void {
  parentPort?.postMessage(how)
}
