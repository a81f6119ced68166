/**
 * kill -9 again and again in one folder, while flows come for many days, sums are made of them, files are written anew, days
 * are let go of and backups made. `WEIR_KILLS=100` for more of them.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { countsByDay, DAY_MS, openCrashStore, wrongSums, type DayCount } from '../support/crash.ts'
import { randoms } from '../support/random.ts'
import { temporaryFolder } from '../support/temporary.ts'

const CHILD = fileURLToPath(new URL('../support/crash-child.ts', import.meta.url))
const KILLS = Number(process.env['WEIR_KILLS'] ?? 8)
const SEED = Number(process.env['WEIR_SEED'] ?? 5)

interface Said {
  readonly found?: readonly DayCount[]
  readonly wrong?: readonly string[]
  readonly committed?: readonly (readonly [day: number, flows: number])[]
  readonly backup?: string
}

it(
  'after kill -9 at any moment nothing that was committed is missing, nothing is there twice, and sums equal flows',
  { timeout: 60_000 + KILLS * 20_000 },
  async (test) => {
    const folder = temporaryFolder(test)
    const draw = randoms(SEED)
    const committed = new Map<number, number>()
    for (let kill = 0; kill < KILLS; kill++) {
      // A few while they start.
      const said = await runAndKill(folder, SEED * 1000 + kill, draw(8) === 0 ? null : draw(12), draw(300))
      for (const { found, wrong, committed: now, backup } of said) {
        if (found) atLeast(found, committed)
        assert.deepEqual(wrong ?? [], [], `after ${kill} kills`)
        assert.equal(backup, undefined)
        for (const [day, flows] of now ?? []) committed.set(day, flows)
      }
    }
    const limits = { flowsOfDay: 0 }
    const last = Math.max(...committed.keys())
    for (const name of ['data', ...(existsSync(join(folder, 'backup', 'backup.json')) ? ['backup'] : [])]) {
      const said: string[] = []
      const store = await openCrashStore(join(folder, name), limits, () => (last + 0.5) * DAY_MS)
      const counts = await countsByDay(store)
      if (name === 'data') atLeast(counts, committed)
      assert.deepEqual(await wrongSums(store, limits), [], name)
      assert.deepEqual(
        store.status().partitions.filter(({ state }) => state !== 'ok'),
        [],
      )
      await store.settle()
      assert.deepEqual(await countsByDay(store), counts)
      assert.deepEqual(await wrongSums(store, limits), [], `${name}, settled`)
      await store.close()
      test.diagnostic(`${name}: ${counts.reduce((sum, { flows }) => sum + flows, 0)} flows of ${counts.length} days`)
      assert.deepEqual(said, [])
    }
  },
)

function atLeast(found: readonly DayCount[], committed: ReadonlyMap<number, number>): void {
  const there = new Map(found.map(({ day, flows }) => [day, flows]))
  for (const [day, flows] of committed)
    assert.ok(
      (there.get(day) ?? 0) >= flows,
      `day ${day}: ${there.get(day) ?? 0} flows are there, ${flows} were committed`,
    )
}

/** Kills it some time after so many commits, or after it was started. */
async function runAndKill(folder: string, seed: number, commits: number | null, afterMs: number): Promise<Said[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', CHILD, folder, String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  let errors = ''
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  const ready = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      if (commits !== null && text.split('\n').length > commits + 1) resolve()
    })
  })
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.once('close', (_, signal) => resolve(signal)))
  if (commits !== null) await Promise.race([ready, ended])
  await wait(afterMs * (commits === null ? 10 : 1))
  child.kill('SIGKILL')
  assert.equal(await ended, 'SIGKILL', errors)
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Said)
}
