/** A backup is a data folder with the state of a moment, whatever comes in meanwhile. */
import { DuckDBInstance } from '@duckdb/node-api'
import assert from 'node:assert/strict'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { backUp } from '../../../../../src/server/stores/duckdb/care/backup.ts'
import { checkFolder } from '../../../../../src/server/stores/duckdb/care/check.ts'
import { Folder } from '../../../../../src/server/stores/duckdb/files/folder.ts'
import type { PlainFlow } from '../../../../support/batches.ts'
import { batchesOf } from '../../../../support/batches.ts'
import { counterBatchOf } from '../../../../support/counters.ts'
import { keep, openStore, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

const flow = (day: number, bytes: number): PlainFlow => ({
  start: NOON + day * DAY,
  end: NOON + day * DAY,
  received: NOON + day * DAY,
  bytes,
  packets: 1,
})

describe('a backup', () => {
  it('has what was committed, of every day, and opens as a data folder', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(join(folder, 'data'))
    await keep(store, [flow(0, 1), flow(1, 2), flow(2, 4)])
    await store.appendCounters(
      counterBatchOf([{ receivedMs: NOON, values: { 'in.bytes': 5 } }]),
      Math.floor(NOON / DAY),
    )
    writeFileSync(join(folder, 'data', 'exporters.state'), 'what exporters told')
    const shares: number[] = []
    const { copied, unchanged } = await store.backUp(join(folder, 'copy'), (share) => shares.push(share))
    // Three days, a day of counters, weir.json and exporters.state.
    assert.equal(copied.files, 6)
    assert.deepEqual(unchanged, { files: 0, bytes: 0 })
    assert.equal(shares.at(-1), 1)
    await keep(store, [flow(0, 100)])
    const copy = await openStore(join(folder, 'copy'))
    assert.equal(copy.recovered, null)
    assert.deepEqual(await totalsOf(copy), [7, 3, 3])
    assert.equal(copy.status().counters.samples, 1)
    await keep(copy, [flow(1, 1000)])
    assert.deepEqual(await totalsOf(copy), [1007, 4, 4])
    await copy.close()
    assert.deepEqual(await totalsOf(store), [107, 4, 4])
    assert.equal(readFileSync(join(folder, 'copy', 'exporters.state'), 'utf8'), 'what exporters told')
    await store.close()
  })

  it('copies only what has changed since the one before', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(join(folder, 'data'))
    test.after(() => store.close())
    await keep(store, [flow(0, 1), flow(1, 2), flow(2, 4)])
    const to = join(folder, 'copy')
    await store.backUp(to)
    const first = await store.backUp(to)
    assert.equal(first.copied.files, 0)
    assert.equal(first.unchanged.files, 4)
    await keep(store, [flow(2, 8)])
    const second = await store.backUp(to)
    assert.equal(second.copied.files, 1)
    assert.equal(second.unchanged.files, 3)
    // What was changed in the backup is not taken for the copy that it was.
    appendFileSync(join(to, 'flows', '2026-11-24.duckdb'), 'x')
    assert.equal((await store.backUp(to)).copied.files, 1)
    const copy = await openStore(to)
    assert.deepEqual(await totalsOf(copy), [15, 4, 4])
    await copy.close()
  })

  it('keeps days that the data folder has dropped, and says so', async (test) => {
    const folder = temporaryFolder(test)
    const to = join(folder, 'copy')
    const store = await openStore(join(folder, 'data'))
    await keep(store, [flow(0, 1), flow(1, 2)])
    await store.backUp(to)
    await store.close()
    rmSync(join(folder, 'data', 'flows', '2026-11-24.duckdb'))
    const again = await openStore(join(folder, 'data'))
    const { kept } = await again.backUp(to)
    await again.close()
    assert.equal(kept.files, 1)
    assert.ok(existsSync(join(to, 'flows', '2026-11-24.duckdb')))
  })

  it('made while flows come in has the state of a moment: each batch wholly, or not at all', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(join(folder, 'data'))
    // Every commit adds as many flows of one day as of the other.
    const rows = 40_000
    let committed = 0
    const add = async () => {
      for (const batch of batchesOf(Array.from({ length: 2 * rows }, (_, i) => flow(i % 2, 1))))
        await store.append(batch)
      await store.commit()
      committed++
    }
    await add()
    for (let n = 0; n < 3; n++) {
      let copying = true
      const before = committed
      const backup = store.backUp(join(folder, 'copy')).finally(() => (copying = false))
      while (copying) await add()
      await backup
      const copy = await openStore(join(folder, 'copy'))
      const [day, next] = copy.status().partitions
      assert.equal(day?.flows, next?.flows)
      assert.equal((day?.flows ?? 0) % rows, 0)
      assert.ok((day?.flows ?? 0) >= before * rows && (day?.flows ?? 0) <= committed * rows)
      assert.deepEqual(await totalsOf(copy), [2 * (day?.flows ?? 0), 2 * (day?.flows ?? 0), 2 * (day?.flows ?? 0)])
      await copy.close()
      // Read whole, and with sums that are those of its flows.
      const folderOfCopy = Folder.take(join(folder, 'copy'))
      const reports = await checkFolder({
        folder: folderOfCopy,
        repair: false,
        threads: 2,
        memoryLimitBytes: 256 * 2 ** 20,
      })
      folderOfCopy.release()
      assert.deepEqual(
        reports.flatMap(({ damage }) => damage),
        [],
      )
    }
    assert.deepEqual((await totalsOf(store))[2], committed * 2 * rows)
    await store.close()
  })

  it('has a damaged file as it is, its log with it', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(join(folder, 'data'))
    await keep(store, [flow(0, 1), flow(1, 2)])
    await store.close()
    const file = join(folder, 'data', 'flows', '2026-11-24.duckdb')
    writeFileSync(file, 'no database')
    writeFileSync(`${file}.wal`, 'no log')
    const damaged = await openStore(join(folder, 'data'))
    await damaged.backUp(join(folder, 'copy'))
    await damaged.close()
    assert.equal(readFileSync(join(folder, 'copy', 'flows', '2026-11-24.duckdb'), 'utf8'), 'no database')
    assert.equal(readFileSync(join(folder, 'copy', 'flows', '2026-11-24.duckdb.wal'), 'utf8'), 'no log')
  })

  it('goes on where the one before was broken off', async (test) => {
    const folder = temporaryFolder(test)
    const to = join(folder, 'copy')
    const store = await openStore(join(folder, 'data'))
    test.after(() => store.close())
    await keep(store, [flow(0, 1), flow(1, 2)])
    // A folder where a file is to be: the second day cannot be put there.
    mkdirSync(join(to, 'flows', '2026-11-25.duckdb', 'x'), { recursive: true })
    writeFileSync(join(to, 'backup.json'), '{}')
    await assert.rejects(store.backUp(to), {
      code: 'badTarget',
      message: /^backup to .*; move that folder away; what was/,
    })
    assert.ok(!existsSync(join(to, 'lock')))
    rmSync(join(to, 'flows', '2026-11-25.duckdb'), { recursive: true })
    const { copied, unchanged } = await store.backUp(to)
    assert.equal(unchanged.files, 1)
    assert.equal(copied.files, 2)
    assert.deepEqual(
      readdirSync(to, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.part')),
      [],
    )
  })

  it('goes on where the one before was broken off before anything was copied', async (test) => {
    const folder = temporaryFolder(test)
    const to = join(folder, 'copy')
    const store = await openStore(join(folder, 'data'))
    test.after(() => store.close())
    await keep(store, [flow(0, 1)])
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const between = () => Promise.reject(new Error('broken off'))
    await assert.rejects(backUp({ dataDir: join(folder, 'data'), to, connection, between }), /broken off/)
    connection.closeSync()
    assert.equal((await store.backUp(to)).copied.files, 2)
  })

  it('is refused into the data folder itself, over other files, and into a folder that someone holds', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(join(folder, 'data'))
    test.after(() => store.close())
    await assert.rejects(store.backUp(join(folder, 'data')), { code: 'badTarget' })
    await assert.rejects(store.backUp(join(folder, 'data', 'copy')), { code: 'badTarget' })
    await assert.rejects(store.backUp(folder), { code: 'badTarget', message: /apart from the data folder/ })
    mkdirSync(join(folder, 'other'))
    writeFileSync(join(folder, 'other', 'letter.txt'), 'dear')
    await assert.rejects(store.backUp(join(folder, 'other')), { code: 'badTarget', message: /neither empty nor/ })
    assert.deepEqual(readdirSync(join(folder, 'other')), ['letter.txt'])
    await store.backUp(join(folder, 'copy'))
    const copy = await openStore(join(folder, 'copy'))
    await assert.rejects(store.backUp(join(folder, 'copy')), { code: 'badTarget', message: /wait for its end/ })
    await copy.close()
    assert.ok(statSync(join(folder, 'copy', 'weir.json')).size > 0)
  })
})
