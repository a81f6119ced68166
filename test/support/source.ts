/** A source with a real store behind it, in the test's own thread, on a clock of the test's. */
import { MessageChannel } from 'node:worker_threads'
import { setImmediate, setTimeout as delay } from 'node:timers/promises'
import { CONFIG } from '../../src/server/config/schema.ts'
import { Counters } from '../../src/server/counters.ts'
import { ENRICHERS } from '../../src/server/intake/enrich/index.ts'
import { StoreOutput } from '../../src/server/intake/output.ts'
import { Pipeline } from '../../src/server/intake/pipeline.ts'
import type { DeadLetter } from '../../src/server/intake/sources/log-reader.ts'
import type { SourceStoreCalls } from '../../src/server/messages.ts'
import { DeadLetters } from '../../src/server/intake/dead-letters.ts'
import { makeSource } from '../../src/server/sources/index.ts'
import { Positions } from '../../src/server/sources/positions.ts'
import { SOURCE } from '../../src/server/sources/settings.ts'
import type { Source } from '../../src/server/sources/source.ts'
import { SourceIntake } from '../../src/server/sources/source-intake.ts'
import { answerSources, takeBatches } from '../../src/server/stores/duckdb/ports.ts'
import type { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import { WorkerCalls } from '../../src/server/worker-calls.ts'
import { openStore } from './store.ts'

/** Time that passes only when everyone waits for it. */
export class SourceClock implements Time {
  nowMs: number
  private readonly waiting = new Set<{ atMs: number; wake: () => void }>()

  constructor(nowMs: number) {
    this.nowMs = nowMs
  }

  wait(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const one = {
        atMs: this.nowMs + ms,
        wake: () => {
          this.waiting.delete(one)
          signal.removeEventListener('abort', one.wake)
          resolve()
        },
      }
      this.waiting.add(one)
      signal.addEventListener('abort', one.wake)
    })
  }

  /** Moves on to the moment that the first one waits for; false where nobody waits. */
  step(): boolean {
    const first = [...this.waiting].toSorted((a, b) => a.atMs - b.atMs)[0]
    if (!first) return false
    this.nowMs = Math.max(this.nowMs, first.atMs)
    first.wake()
    return true
  }
}

/** Time that passes by itself, `speed` times as fast as outside: it was `nowMs` when it was `atMs` there. */
export function fastTime(nowMs: number, atMs: number, speed: number): Time {
  return {
    get nowMs() {
      return nowMs + (Date.now() - atMs) * speed
    },
    wait: (ms, signal) => delay(ms / speed, undefined, { signal }).catch(() => undefined),
    step: () => false,
  }
}

/** A clock, real or not. */
export interface Time {
  readonly nowMs: number
  wait(ms: number, signal: AbortSignal): Promise<void>
  /** Moves on where that does not happen by itself; false where nobody waits for it. */
  step(): boolean
}

export interface RunningSource {
  readonly source: Source
  readonly intake: SourceIntake
  readonly store: DuckStore
  readonly counters: Counters
  readonly letters: readonly DeadLetter[]
  readonly log: readonly string[]
  /** Moves the clock on, again and again, until that is true. */
  until(condition: () => boolean | Promise<boolean>): Promise<void>
  /** Ends the source in peace, and closes the store unless it was given; once, however often it is called. */
  stop(): Promise<void>
}

/** Starts the source that the configuration `settings` describes, in that data folder, with what it has saved there. */
export async function runSource(
  dataDir: string,
  settings: unknown,
  options: { readonly clock?: Time; readonly store?: DuckStore } = {},
): Promise<RunningSource> {
  const clock = options.clock ?? new SourceClock(Date.now())
  const store = options.store ?? (await openStore(dataDir))
  const counters = new Counters()
  const [batches, calls] = [new MessageChannel(), new MessageChannel()]
  const taking = takeBatches(batches.port2, store)
  answerSources(calls.port2, store)
  const output = new StoreOutput(batches.port1, counters, 16, true)
  const config = CONFIG.parse({})
  const pipeline = new Pipeline({ counters, limits: config.limits, settings: {}, sink: output, enrichers: ENRICHERS })
  const letters: DeadLetter[] = []
  const keptLetters = new DeadLetters(dataDir, 'sources')
  const log: string[] = []
  const parsed = SOURCE.parse(settings)
  const { name } = parsed
  const intake = new SourceIntake(name, {
    pipeline,
    output,
    store: new WorkerCalls<SourceStoreCalls>(calls.port1, () => undefined),
    counters,
    keepLetters: async (more) => {
      await keptLetters.keep(more, clock.nowMs)
      letters.push(...more)
    },
  })
  const positions = new Positions(dataDir)
  const source = await makeSource(parsed, {
    name,
    intake,
    folder: positions.folder,
    position: await positions.read(name),
    savePosition: (position) => positions.save(name, position),
    log: (level, message) => void log.push(`${level} ${message}`),
    now: () => clock.nowMs,
    wait: (ms, signal) => clock.wait(ms, signal),
  })
  const stopping = new AbortController()
  const ended = source.run(stopping.signal)
  let stopped: Promise<void> | null = null
  const stop = async (): Promise<void> => {
    stopping.abort()
    await ended
    pipeline.flush()
    await output.settled(Infinity)
    await taking.taken()
    for (const port of [batches.port1, batches.port2, calls.port1, calls.port2]) port.close()
    if (!options.store) await store.close()
  }
  return {
    source,
    intake,
    store,
    counters,
    letters,
    log,
    until: async (condition) => {
      while (!(await condition())) {
        // Whatever is under way goes first: time stands still meanwhile.
        for (let turn = 0; turn < 20; turn++) await setImmediate()
        clock.step()
      }
    },
    stop: () => (stopped ??= stop()),
  }
}
