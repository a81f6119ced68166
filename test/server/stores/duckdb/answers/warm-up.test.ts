/** What is read when: behind a start, newest first, until the store ends; by a question, what it needs and no more. */
import assert from 'node:assert/strict'
import { rmSync, truncateSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { Attachments } from '../../../../../src/server/stores/duckdb/files/attachments.ts'
import { Catalog } from '../../../../../src/server/stores/duckdb/files/catalog.ts'
import { Database } from '../../../../../src/server/stores/duckdb/files/database.ts'
import { Days } from '../../../../../src/server/stores/duckdb/answers/days.ts'
import { Folder } from '../../../../../src/server/stores/duckdb/files/folder.ts'
import { Partitions } from '../../../../../src/server/stores/duckdb/files/partitions.ts'
import { ROLLUP_SIZES, Rollups } from '../../../../../src/server/stores/duckdb/rollups/rollups.ts'
import { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { warmUp } from '../../../../../src/server/stores/duckdb/answers/warm-up.ts'
import { keep, openStore, question } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
const WHOLE_DAYS = { fromMs: NOON - DAY / 2, toMs: NOON + 2.5 * DAY }

/** A folder with a flow on each of three days and its sums, left cleanly. */
async function folderOf(test: TestContext): Promise<string> {
  const folder = temporaryFolder(test)
  const store = await openStore(folder)
  for (const day of [0, 1, 2]) {
    const time = NOON + day * DAY
    await keep(store, [{ start: time, end: time, received: time, bytes: 100, packets: 1, proto: 6 }])
  }
  await store.settle()
  await store.close()
  return folder
}

/** Warms up what a start finds; `end` ends it before the first step. */
async function warmedUp(path: string, end = false) {
  const folder = Folder.take(path)
  const database = await Database.open({
    threads: 1,
    memoryLimitBytes: 64 * 2 ** 20,
    temporaryFolder: folder.temporary,
    temporaryLimitBytes: 2 ** 30,
  })
  const connections = [await database.connect(), await database.connect()] as const
  const [connection, attaching] = connections
  const attachments = new Attachments(attaching)
  const log = () => undefined
  const catalog = new Catalog(folder.catalog)
  const { partitions } = await Partitions.open(folder, connection, log, attachments, catalog)
  const rollups = await Rollups.open(
    { folder, attachments, partitions, connection, log, now: () => NOON, sizes: ROLLUP_SIZES },
    catalog,
  )
  const days = new Days({ database, attachments, partitions, rollups })
  await warmUp({ days, attachments, database }, end ? AbortSignal.abort() : new AbortController().signal)
  const files = [...partitions.files, ...rollups.catalogFiles]
  const seen = {
    attached: files.flatMap(([key, file]) => (file.attached ? [key] : [])),
    unknownRows: partitions.intact.map(({ blocks }) => blocks.unknownRows),
  }
  await rollups.close()
  await partitions.close(connection)
  for (const each of connections) each.closeSync()
  database.close()
  folder.release()
  return seen
}

describe('after a start', () => {
  it('files that pages read are attached: all of the newest days, sums by hour of those before', async (test) => {
    const { attached } = await warmedUp(await folderOf(test))
    assert.deepEqual(attached, [
      'flows/2026-11-25',
      'flows/2026-11-26',
      'minutes/2026-11-25',
      'minutes/2026-11-26',
      'hours/2026-11-24',
      'hours/2026-11-25',
      'hours/2026-11-26',
    ])
  })

  it('it is found out how far blocks reach', async (test) => {
    const path = await folderOf(test)
    rmSync(join(path, 'catalog.json'))
    assert.deepEqual((await warmedUp(path)).unknownRows, [0, 0, 0])
  })

  it('nothing is begun once the store ends', async (test) => {
    assert.deepEqual((await warmedUp(await folderOf(test), true)).attached, [])
  })

  it('a damaged day does not stop it, and is named by the question that reads it', async (test) => {
    const path = await folderOf(test)
    const store = await openStore(path)
    truncateSync(join(path, 'flows', '2026-11-25.duckdb'), 5000)
    store.warmUp()
    // No sums are kept by it.
    const { rows } = await store.query(question({ ...WHOLE_DAYS, groupBy: ['icmp.type'], measures: ['bytes'] }))
    assert.deepEqual(rows, [[null, 200]])
    assert.equal(store.status().partitions[1]?.state, 'damaged')
    await store.close()
  })
})

describe('a question', () => {
  it('opens no file that it reads nothing of', async (test) => {
    const path = await folderOf(test)
    const options = { dataDir: path, threads: 1, memoryLimitBytes: 64 * 2 ** 20 }
    const store = await DuckStore.open({
      ...options,
      planLimits: { flowsOfDay: 0, flowsInAll: 0, estimateFrom: Number.POSITIVE_INFINITY },
    })
    for (const kind of ['flows', 'minutes']) rmSync(join(path, kind, '2026-11-25.duckdb'))
    const { rows, meta } = await store.query(question({ ...WHOLE_DAYS, measures: ['bytes'] }))
    assert.deepEqual(rows, [[300]])
    assert.equal(meta.resolution, 'day')
    assert.equal(store.status().partitions[1]?.state, 'ok')
    await store.close()
  })
})
