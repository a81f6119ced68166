/** A full disk: flows are kept and written when there is room again; none is lost, none is there twice. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { Counters } from '../../src/server/counters.ts'
import { BATCH_ROWS } from '../../src/server/intake/batch.ts'
import { batchOf } from '../support/batches.ts'
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
