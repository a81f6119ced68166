/** A start that opens only the files that it must, and files that are attached only while they are worked with. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { Attachments } from '../../../../../src/server/stores/duckdb/files/attachments.ts'
import { Catalog } from '../../../../../src/server/stores/duckdb/files/catalog.ts'
import { Database } from '../../../../../src/server/stores/duckdb/files/database.ts'
import { Folder } from '../../../../../src/server/stores/duckdb/files/folder.ts'
import { Ingest } from '../../../../../src/server/stores/duckdb/ingest/ingest.ts'
import { Partitions } from '../../../../../src/server/stores/duckdb/files/partitions.ts'
import { batchOf, type PlainFlow } from '../../../../support/batches.ts'
import { keep, openStore, question, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

const flowOf = (day: number): PlainFlow => ({
  start: NOON + day * DAY,
  end: NOON + day * DAY,
  received: NOON + day * DAY,
  bytes: 100,
  packets: 1,
})

/** A folder with a flow on each of some days, left cleanly. */
async function folderOf(test: TestContext, days: number): Promise<string> {
  const folder = temporaryFolder(test)
  const store = await openStore(folder)
  for (let day = 0; day < days; day++) await keep(store, [flowOf(day)])
  await store.close()
  return folder
}

/** Partitions as a start finds them, and which of them it attached. */
async function found(path: string, mostIdle?: number) {
  const folder = Folder.take(path)
  const database = await Database.open({
    threads: 1,
    memoryLimitBytes: 64 * 2 ** 20,
    temporaryFolder: folder.temporary,
    temporaryLimitBytes: 2 ** 30,
  })
  const connection = await database.connect()
  const attaching = await database.connect()
  const attachments = new Attachments(attaching, mostIdle)
  const said: string[] = []
  const log = (level: string, message: string) => said.push(`${level} ${message}`)
  const { partitions } = await Partitions.open(folder, connection, log, attachments)
  const attached = () => partitions.files.flatMap(([, file]) => (file.attached ? [file.name] : []))
  const onDatabase = async () =>
    (await connection.runAndReadAll(`SELECT database_name FROM duckdb_databases() WHERE path IS NOT NULL ORDER BY 1`))
      .getRows()
      .map(([name]) => String(name))
  const close = async () => {
    await partitions.close(connection)
    new Catalog(folder.catalog).save(partitions.files)
    connection.closeSync()
    attaching.closeSync()
    database.close()
    folder.release()
  }
  return { folder, connection, partitions, attachments, attached, onDatabase, said, close }
}

describe('a start', () => {
  it('opens none of the files that are as they were left', async (test) => {
    const path = await folderOf(test, 3)
    const { partitions, attached, onDatabase, close } = await found(path)
    assert.deepEqual(attached(), [])
    assert.deepEqual(await onDatabase(), [])
    assert.equal(partitions.rows, 3)
    assert.equal(partitions.oldest, NOON)
    assert.equal(partitions.newest, NOON + 2 * DAY)
    assert.deepEqual([...(partitions.files[0]?.[1].columns.keys() ?? [])].includes('bytes'), true)
    await close()
  })

  it('knows how far blocks reach as they were noted, and reads it where they are not', async (test) => {
    const path = await folderOf(test, 1)
    const unknown = async () => {
      const { partitions, close } = await found(path)
      await close()
      return partitions.files.map(([, file]) => file.blocks.unknownRows)
    }
    assert.deepEqual(await unknown(), [0])
    rmSync(join(path, 'catalog.json'))
    assert.deepEqual(await unknown(), [1])
  })

  for (const [name, change] of Object.entries({
    'changed since': (file: string) => utimesSync(file, 1, 1),
    'that has a log': (file: string) => writeFileSync(`${file}.wal`, ''),
  })) {
    it(`reads a file ${name}, and no other`, async (test) => {
      const path = await folderOf(test, 3)
      change(join(path, 'flows', '2026-11-25.duckdb'))
      const { partitions, attached, close } = await found(path)
      assert.deepEqual(attached(), ['2026-11-25'])
      assert.equal(partitions.rows, 3)
      await close()
    })
  }

  for (const [name, text] of Object.entries({
    missing: null,
    empty: '',
    'of another form': '[1,2]',
    'with other entries': '{"flows/2026-11-24":{"size":1}}',
    'with facts that are none': null,
    'with a number that changed': null,
  })) {
    it(`reads all files where the catalog is ${name}`, async (test) => {
      const path = await folderOf(test, 2)
      const catalog = join(path, 'catalog.json')
      if (name === 'with facts that are none')
        writeFileSync(catalog, readFileSync(catalog, 'utf8').replaceAll('"rows":1', '"rows":"all"'))
      else if (name === 'with a number that changed')
        writeFileSync(catalog, readFileSync(catalog, 'utf8').replace('"rows":1', '"rows":9'))
      else if (text === null) rmSync(catalog)
      else writeFileSync(catalog, text)
      const { partitions, attached, said, close } = await found(path)
      assert.deepEqual(attached(), ['2026-11-24', '2026-11-25'])
      assert.equal(said.length, name === 'missing' ? 0 : 1)
      assert.equal(partitions.rows, 2)
      await close()
    })
  }

  it('names a file that became another of the same name, and answers from the rest', async (test) => {
    const path = await folderOf(test, 2)
    truncateSync(join(path, 'flows', '2026-11-24.duckdb'), 5000)
    const store = await openStore(path)
    assert.deepEqual(
      store.status().partitions.map(({ state }) => state),
      ['damaged', 'ok'],
    )
    assert.deepEqual(await totalsOf(store), [100, 1, 1])
    await store.close()
  })

  it('names a file that is taken away while it was not worked with, and answers from the rest', async (test) => {
    const path = await folderOf(test, 2)
    const store = await openStore(path)
    renameSync(join(path, 'flows', '2026-11-24.duckdb'), join(path, 'elsewhere'))
    assert.deepEqual(await totalsOf(store), [100, 1, 1])
    assert.match(store.status().partitions[0]?.reason ?? '', /no longer there/)
    assert.equal(existsSync(join(path, 'flows', '2026-11-24.duckdb')), false)
    await store.close()
  })
})

describe('files', () => {
  it('that a start has to read stay attached by their number, too', async (test) => {
    const path = await folderOf(test, 5)
    rmSync(join(path, 'catalog.json'))
    const { partitions, attached, onDatabase, close } = await found(path, 2)
    assert.deepEqual(attached(), ['2026-11-27', '2026-11-28'])
    assert.deepEqual(await onDatabase(), attached())
    assert.equal(partitions.rows, 5)
    await close()
  })

  it('are attached while they are worked with; of the others those that were last', async (test) => {
    const path = await folderOf(test, 6)
    const { partitions, attachments, attached, onDatabase, close } = await found(path, 2)
    const files = partitions.files.map(([, file]) => file)
    await attachments.use(files, async () => {
      assert.equal(attached().length, 6)
      assert.equal((await onDatabase()).length, 6)
    })
    assert.deepEqual(attached(), ['2026-11-28', '2026-11-29'])
    assert.deepEqual(await onDatabase(), attached())
    await attachments.use(files.slice(0, 1), () => Promise.resolve())
    assert.deepEqual(attached(), ['2026-11-24', '2026-11-29'])
    await close()
  })

  it('are attached again when two begin to work with them while they are let go', async (test) => {
    const path = await folderOf(test, 4)
    const { partitions, attachments, connection, close } = await found(path, 0)
    const files = partitions.files.map(([, file]) => file)
    const read = () =>
      attachments.use(files, async () => {
        const sql = files.map((file) => `SELECT * FROM ${file.table}`).join(' UNION ALL BY NAME ')
        return Number((await connection.runAndReadAll(`SELECT count(*) FROM (${sql})`)).getRows()[0]?.[0])
      })
    const counts = await Promise.all(
      Array.from({ length: 40 }, async (_, i) => {
        for (let wait = 0; wait < i; wait++) await Promise.resolve()
        return read()
      }),
    )
    assert.deepEqual(new Set(counts), new Set([4]))
    await close()
  })

  it('that were let go take late flows', async (test) => {
    const path = await folderOf(test, 4)
    const { partitions, connection, attached, close } = await found(path, 1)
    const ingest = new Ingest(connection, partitions, {
      committed: () => undefined,
      trouble: () => undefined,
      outOfMemory: () => undefined,
    })
    for (const day of [0, 1, 2, 0]) {
      await ingest.append(batchOf([{ ...flowOf(day), vlan: 7 }]))
      await ingest.commit()
    }
    assert.deepEqual(attached(), ['2026-11-24'])
    assert.equal(await ingest.close(), 0)
    await close()
    const store = await openStore(path)
    const { rows } = await store.query(question({ groupBy: ['vlan'], measures: ['flows'], orderBy: 'flows' }))
    assert.deepEqual(
      rows.toSorted((a, b) => Number(a[1]) - Number(b[1])),
      [
        [7, 4],
        [null, 4],
      ].toSorted((a, b) => Number(a[1]) - Number(b[1])),
    )
    await store.close()
  })
})
