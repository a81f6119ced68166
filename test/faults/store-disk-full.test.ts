/** A full disk: flows are kept and written when there is room again; none is lost, none is there twice. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import { Counters } from '../../src/server/counters.ts'
import { BATCH_ROWS } from '../../src/server/intake/batch.ts'
import { batchOf } from '../support/batches.ts'
import { countsByDay, DAY_MS, FIRST_DAY, flowOf, openCrashStore, wrongSums } from '../support/crash.ts'
import { randoms } from '../support/random.ts'
import { openStore, totalsOf } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)

/** A file system of its own; null where this user may not make one. */
function smallDisk(test: TestContext, megabytes: number): string | null {
  let folder = ''
  // Hooks run in their order: the disk goes before the folder that it is in.
  test.after(() => spawnSync('umount', ['-l', folder]))
  folder = join(temporaryFolder(test), 'disk')
  mkdirSync(folder)
  const mounted =
    process.platform === 'linux' &&
    spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]).status === 0
  return mounted ? folder : null
}

describe('a full disk', () => {
  for (const { name, flowsEach } of [
    { name: 'in large commits', flowsEach: BATCH_ROWS },
    { name: 'in small commits', flowsEach: 500 },
  ]) {
    it(`loses nothing, ${name}`, { timeout: 120_000 }, async (test) => {
      const disk = smallDisk(test, 24)
      if (disk === null) return test.skip('making a small disk needs root on Linux')
      const filler = join(disk, 'filler')
      writeFileSync(filler, Buffer.alloc(19 * 2 ** 20, 1))
      const said: string[] = []
      const store = await openStore(join(disk, 'data'), { log: (level, message) => said.push(`${level} ${message}`) })

      let n = 0
      const append = async () => {
        const flows = Array.from({ length: flowsEach }, () => {
          // Numbers that do not compress.
          const odd = Math.imul(++n, 2_654_435_761) >>> 0
          return {
            start: NOON,
            end: NOON,
            received: NOON,
            bytes: n - 1,
            packets: odd,
            'src.as': Math.imul(odd, 40_503) >>> 0,
          }
        })
        await store.append(batchOf(flows))
      }
      for (let i = 0; i < 400 && store.status().lastError === null; i++) {
        await append()
        await store.commit().catch(() => undefined)
      }
      assert.match(store.status().lastError ?? '', /space/i)
      assert.ok(said.some((line) => line.startsWith('error ') && /kept/.test(line)))
      for (let i = 0; i < 5; i++) await append()

      rmSync(filler)
      for (const until = Date.now() + 60_000; Number((await totalsOf(store).catch(() => [0, 0, 0]))[2]) < n;) {
        assert.ok(
          Date.now() < until,
          `after a minute still ${store.status().flows} of ${n}: ${store.status().lastError}`,
        )
        await wait(100)
      }
      assert.equal(store.status().lastError, null)
      const total = [(n * (n - 1)) / 2, n]
      assert.deepEqual([(await totalsOf(store))[0], (await totalsOf(store))[2]], total)
      await store.close()
      const again = await openStore(join(disk, 'data'))
      assert.deepEqual([(await totalsOf(again))[0], (await totalsOf(again))[2]], total)
      assert.ok(again.status().partitions.every(({ state: each }) => each === 'ok'))
      await again.close()
    })
  }

  it(
    'holds up sums of flows, which say so once, and are made when there is room again',
    { timeout: 120_000 },
    async (test) => {
      const disk = smallDisk(test, 32)
      if (disk === null) return test.skip('making a small disk needs root on Linux')
      const filler = join(disk, 'filler')
      writeFileSync(filler, Buffer.alloc(26 * 2 ** 20, 1))
      const said: string[] = []
      const clock = FIRST_DAY + 0.5
      const limits = { flowsOfDay: 0 }
      const log = (level: string, message: string) => said.push(`${level} ${message}`)
      const store = await openCrashStore(join(disk, 'data'), limits, () => clock * DAY_MS, log)
      const draw = randoms(11)
      let n = 0
      const append = async () => {
        await store.append(batchOf(Array.from({ length: 500 }, () => flowOf(FIRST_DAY, n++, draw))))
        await store.commit().catch(() => undefined)
      }
      const tries = 100
      for (let i = 0; i < tries && store.status().sums.lastError === null; i++) {
        await append()
        await store.settle().catch(() => undefined)
      }
      assert.match(store.status().sums.lastError ?? '', /space/i)
      for (let i = 0; i < 4; i++) {
        await append()
        await store.settle().catch(() => undefined)
      }
      assert.equal(
        said.filter((line) => line.startsWith('warn sums of flows cannot be kept')).length,
        1,
        said.join('\n'),
      )

      rmSync(filler)
      await store.commit()
      await store.settle()
      assert.deepEqual(store.status().sums, { lastError: null, damaged: [] })
      assert.ok(said.includes('info sums of flows are kept again'))
      const check = async (one: DuckStore) => {
        assert.deepEqual(await countsByDay(one), [{ day: FIRST_DAY, flows: n }])
        assert.deepEqual(await wrongSums(one, limits), [])
        assert.ok(one.status().partitions.every(({ state: each }) => each === 'ok'))
        await one.close()
      }
      await check(store)
      await check(await openCrashStore(join(disk, 'data'), limits, () => clock * DAY_MS))
      assert.deepEqual(
        readdirSync(join(disk, 'data', 'hours')).filter((name) => name.includes('.new')),
        [],
      )
    },
  )

  it('at the end is counted: what could not be written is lost with a name', async (test) => {
    const disk = smallDisk(test, 8)
    if (disk === null) return test.skip('making a small disk needs root on Linux')
    const counters = new Counters()
    const store = await openStore(join(disk, 'data'), { counters })
    const fill = spawnSync('sh', ['-c', `dd if=/dev/zero of=${join(disk, 'filler')} bs=64k`])
    assert.notEqual(fill.status, 0)
    await store.append(
      batchOf(Array.from({ length: 8000 }, (_, i) => ({ start: NOON, end: NOON, received: NOON, bytes: i }))),
    )
    await store.close()
    assert.equal(counters.get('store.rejected'), 8000)
  })
})
