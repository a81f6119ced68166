/** A write that fails where nobody can tell at once whether its rows are on disk: a real database, with calls that fail. */
import assert from 'node:assert/strict'
import type { DuckDBConnection } from '@duckdb/node-api'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { Database } from '../../../../src/server/stores/duckdb/files/database.ts'
import { Folder } from '../../../../src/server/stores/duckdb/files/folder.ts'
import { Ingest } from '../../../../src/server/stores/duckdb/ingest/ingest.ts'
import { Partitions, type PartitionSource } from '../../../../src/server/stores/duckdb/files/partitions.ts'
import { batchOf } from '../../../support/batches.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
const GARBAGE = Buffer.alloc(300_000, 'garbage')

describe('flows of a commit that failed after they were on disk', () => {
  it('are not written twice when the file could not be opened again at first', async (test) => {
    const { ingest, partitions, faults, committed } = await setUp(test)
    await append(ingest, NOON, 3)
    await ingest.commit()
    // Two days, so that rows move in memory when those of the other day are written.
    await append(ingest, NOON + DAY, 20)
    await append(ingest, NOON, 10)
    let commits = 0
    faults.of = (sql) =>
      sql === 'COMMIT' && ++commits === 2 ? 'after' : commits >= 2 && sql.startsWith('ATTACH') ? 'before' : null
    await assert.rejects(ingest.commit(), /made to fail/)
    await assert.rejects(ingest.commit(), /made to fail/)
    await append(ingest, NOON, 4)
    await assert.rejects(ingest.commit(), /made to fail/)
    faults.of = () => null
    await ingest.commit()
    assert.equal(ingest.pending, 0)
    assert.deepEqual(
      partitions.status().map(({ day, flows }) => `${day} ${flows}`),
      ['2026-11-24 17', '2026-11-25 20'],
    )
    assert.deepEqual(committed, [3, 20, 10, 4])
  })
})

describe('a file that turns out damaged when it is opened again', () => {
  it('at once, is told of, and its day goes on in a second file', async (test) => {
    const { ingest, partitions, faults, said, file } = await setUp(test)
    await append(ingest, NOON, 3)
    await ingest.commit()
    faults.of = (sql) => {
      if (sql.startsWith('ATTACH') && !sql.includes('.1.duckdb')) writeFileSync(file, GARBAGE)
      return sql === 'COMMIT' && said.length === 0 ? 'before' : null
    }
    await append(ingest, NOON, 10)
    await assert.rejects(ingest.commit(), /made to fail/)
    await ingest.commit()
    assert.deepEqual(stateOf(partitions), ['2026-11-24 damaged 3', '2026-11-24 ok 10'])
    assert.match(said.join('\n'), /^error .*2026-11-24\.duckdb is damaged/)
  })

  it('later, likewise', async (test) => {
    const { ingest, partitions, faults, said, file } = await setUp(test)
    await append(ingest, NOON, 3)
    await ingest.commit()
    faults.of = (sql) => (sql === 'COMMIT' || sql.startsWith('ATTACH') ? 'before' : null)
    await append(ingest, NOON, 10)
    await assert.rejects(ingest.commit(), /made to fail/)
    assert.deepEqual(said, [])
    faults.of = () => null
    writeFileSync(file, GARBAGE)
    await ingest.commit()
    assert.deepEqual(stateOf(partitions), ['2026-11-24 damaged 3', '2026-11-24 ok 10'])
    assert.match(said.join('\n'), /^error .*2026-11-24\.duckdb is damaged/)
  })
})

describe('a file that holds fewer flows when it is opened again', () => {
  it('is told of, and the numbers of its rows are new ones', async (test) => {
    const { ingest, partitions, faults, said, file, connection } = await setUp(test)
    await append(ingest, NOON, 3)
    await ingest.commit()
    await connection.run('CHECKPOINT "2026-11-24"')
    const earlier = readFileSync(file)
    await append(ingest, NOON, 5)
    await ingest.commit()
    assert.equal(sourceOf(partitions)?.generation, 0)
    faults.of = (sql) => {
      if (sql.startsWith('ATTACH')) {
        writeFileSync(file, earlier)
        rmSync(`${file}.wal`, { force: true })
      }
      return sql === 'COMMIT' && said.length === 0 ? 'before' : null
    }
    await append(ingest, NOON, 10)
    await assert.rejects(ingest.commit(), /made to fail/)
    assert.match(said.join('\n'), /^error .*2026-11-24\.duckdb: 5 flows .* it holds 3\./)
    await ingest.commit()
    assert.deepEqual(stateOf(partitions), ['2026-11-24 ok 13'])
    assert.equal(sourceOf(partitions)?.generation, 1)
  })
})

describe('a file that has the name of one that was deleted', () => {
  it('gives its rows to nobody who knew those of the other', async (test) => {
    const { ingest, partitions } = await setUp(test)
    await append(ingest, NOON, 3)
    await ingest.commit()
    const [, file] = partitions.files[0] ?? []
    assert.ok(file)
    await partitions.drop(file, () => Promise.resolve())
    assert.equal(sourceOf(partitions), undefined)
    await append(ingest, NOON, 2)
    await ingest.commit()
    assert.equal(sourceOf(partitions)?.table, file.table)
    assert.equal(sourceOf(partitions)?.generation, 1)
  })

  it('is not made while flows come for the one that is about to go', async (test) => {
    const { ingest, partitions } = await setUp(test)
    await append(ingest, NOON, 3)
    await ingest.commit()
    const [, file] = partitions.files[0] ?? []
    assert.ok(file)
    await assert.rejects(
      partitions.drop(file, async () => {
        await append(ingest, NOON, 2)
        await ingest.commit()
        throw new Error('made to fail')
      }),
      /made to fail/,
    )
    assert.deepEqual(stateOf(partitions), ['2026-11-24 ok 3', '2026-11-24 ok 2'])
    await append(ingest, NOON, 4)
    await ingest.commit()
    assert.deepEqual(stateOf(partitions), ['2026-11-24 ok 3', '2026-11-24 ok 6'])
  })
})

function sourceOf(partitions: Partitions): PartitionSource | undefined {
  return partitions.sources({ fromMs: 0, toMs: Date.UTC(2200, 0) })[0]
}

function stateOf(partitions: Partitions): string[] {
  return partitions.status().map(({ day, state, flows }) => `${day} ${state} ${flows}`)
}

/** Which statements are made to fail, before or after the database has done them. */
interface Faults {
  of(sql: string): 'before' | 'after' | null
}

async function setUp(test: TestContext) {
  const folder = Folder.take(temporaryFolder(test))
  const database = await Database.open({
    threads: 1,
    memoryLimitBytes: 64 * 2 ** 20,
    temporaryFolder: folder.temporary,
    temporaryLimitBytes: 2 ** 30,
  })
  const real = await database.connect()
  const faults: Faults = { of: () => null }
  const connection = failing(real, faults)
  const said: string[] = []
  const { partitions } = await Partitions.open(folder, connection, (level, message) => said.push(`${level} ${message}`))
  const committed: number[] = []
  const ingest = new Ingest(connection, partitions, {
    committed: (flows) => committed.push(flows),
    trouble: () => undefined,
    outOfMemory: () => undefined,
  })
  test.after(async () => {
    await ingest.close()
    await partitions.close(connection)
    real.closeSync()
    database.close()
    folder.release()
  })
  return { connection, ingest, partitions, faults, committed, said, file: join(folder.flows, '2026-11-24.duckdb') }
}

function failing(real: DuckDBConnection, faults: Faults): DuckDBConnection {
  const run = async (sql: string) => {
    const fault = faults.of(sql)
    if (fault !== 'before') await real.run(sql)
    if (fault !== null) throw new Error(`${sql} made to fail`)
  }
  return new Proxy(real, {
    get: (target, name) => {
      if (name === 'run') return run
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

async function append(ingest: Ingest, time: number, flows: number): Promise<void> {
  await ingest.append(
    batchOf(
      Array.from({ length: flows }, (_, i) => ({ start: time + i, end: time + i, received: time + i, bytes: 1 })),
    ),
  )
}
