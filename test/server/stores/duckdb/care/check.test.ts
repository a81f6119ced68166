/** A check names what is damaged; a repair saves the rest and says what is lost. */
import { DuckDBInstance } from '@duckdb/node-api'
import assert from 'node:assert/strict'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { checkFolder, type FileReport } from '../../../../../src/server/stores/duckdb/care/check.ts'
import { Folder } from '../../../../../src/server/stores/duckdb/files/folder.ts'
import type { PlainFlow } from '../../../../support/batches.ts'
import { counterBatchOf } from '../../../../support/counters.ts'
import { keep, openStore, question, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
/** Two row groups, the last not full. */
const ROWS = 70_000

const flowAt = (day: number, i: number): PlainFlow => ({
  start: NOON + day * DAY + i,
  end: NOON + day * DAY + i + 500,
  received: NOON + day * DAY + i + 600,
  'src.ip': `10.0.0.${i & 255}`,
  'src.port': (i * 40_503) % 65_536,
  bytes: (i * 2_654_435_761) % 65_536,
  packets: 1,
})

/** A day of many flows, one of a single one, sums of both, and counters. */
const made = mkdtempSync(join(tmpdir(), 'weir-check-'))
before(async () => {
  const store = await openStore(made)
  await keep(store, [...Array.from({ length: ROWS }, (_, i) => flowAt(0, i)), flowAt(1, 1)])
  await store.appendCounters(counterBatchOf([{ receivedMs: NOON, values: { 'in.bytes': 5 } }]), Math.floor(NOON / DAY))
  await store.settle()
  await store.close()
})
after(() => rmSync(made, { recursive: true, force: true }))

function dataFolder(test: TestContext): string {
  const folder = temporaryFolder(test)
  cpSync(made, folder, { recursive: true })
  return folder
}

async function check(path: string, repair = false): Promise<FileReport[]> {
  const folder = Folder.take(path)
  try {
    return await checkFolder({ folder, repair, threads: 2, memoryLimitBytes: 256 * 2 ** 20 })
  } finally {
    folder.release()
  }
}

const damagedIn = (reports: readonly FileReport[]) => reports.filter(({ damage }) => damage.length > 0)

/** Blocks of 64 KiB behind the three headers; flips bits in some of them. */
function flipBlocks(file: string, blocks: readonly number[]): void {
  const bytes = readFileSync(file)
  for (const block of blocks) {
    const at = 12_288 + block * 65_536 + 30_000
    bytes[at] = (bytes[at] as number) ^ 0x10
  }
  writeFileSync(file, bytes)
}

const dayFile = (folder: string) => join(folder, 'flows', '2026-11-24.duckdb')
const blocksOf = (file: string) => Math.floor((statSync(file).size - 12_288) / 65_536)

describe('weir check', () => {
  it('of an intact folder reads all of it and changes nothing', async (test) => {
    const folder = dataFolder(test)
    // The file of months is made anew where it is damaged.
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\/.*\.duckdb$/.test(name),
    )
    const held = files.map((name) => readFileSync(join(folder, name)))
    const reports = await check(folder, true)
    assert.deepEqual(damagedIn(reports), [])
    assert.deepEqual(reports.map(({ path }) => path).toSorted(), files.toSorted())
    assert.equal(reports.find(({ path }) => path === 'flows/2026-11-24.duckdb')?.rows, ROWS)
    assert.deepEqual(
      files.map((name) => readFileSync(join(folder, name))),
      held,
    )
  })

  it('names the rows and the column of a flipped bit; a repair keeps all that can be read', async (test) => {
    const folder = dataFolder(test)
    const file = dayFile(folder)
    const intact = readFileSync(file)
    let saved = 0
    for (let block = 0; block < blocksOf(file); block += 3) {
      writeFileSync(file, intact)
      flipBlocks(file, [block])
      const found = damagedIn(await check(folder)).find(({ path }) => path === 'flows/2026-11-24.duckdb')
      // Some blocks are of no use any more.
      if (!found) continue
      assert.ok(found.damage.length > 0)
      if (!/rows .* cannot be read/.test(found.damage[0] ?? '')) continue
      const [report] = damagedIn(await check(folder, true)).filter(({ path }) => path === 'flows/2026-11-24.duckdb')
      const repaired = report?.repaired
      assert.ok(repaired)
      assert.equal(repaired.rowsKept + (repaired.rowsLost ?? 0), ROWS)
      assert.ok(repaired.rowsLost !== null && repaired.rowsLost <= ROWS)
      assert.ok(repaired.rowsLost > 0 || Object.keys(repaired.valuesLost).length > 0)
      assert.ok(existsSync(`${file}.damaged`))
      assert.deepEqual(damagedIn(await check(folder)), [])
      const store = await openStore(folder)
      assert.equal((await totalsOf(store))[2], repaired.rowsKept + 1)
      await store.close()
      saved++
      if (saved === 3) break
    }
    assert.ok(saved > 0, 'no block with values was hit')
  })

  it('of a truncated file says that it cannot be opened; what is left over stays beside', async (test) => {
    const folder = dataFolder(test)
    const file = dayFile(folder)
    truncateSync(file, 20_000)
    const bytes = readFileSync(file)
    const [report] = damagedIn(await check(folder))
    assert.equal(report?.path, 'flows/2026-11-24.duckdb')
    assert.match(report.damage[0] ?? '', /cannot be (opened|read)/)
    const repaired = damagedIn(await check(folder, true))[0]?.repaired
    assert.equal(repaired?.rowsKept, 0)
    assert.equal(repaired.rowsLost, null)
    assert.deepEqual(readFileSync(`${file}.damaged`), bytes)
    const store = await openStore(folder)
    await keep(store, [flowAt(0, 7)])
    assert.equal((await store.query(question({ measures: ['flows'] }))).rows[0]?.[0], 2)
    await store.close()
    assert.deepEqual(damagedIn(await check(folder)), [])
  })

  it('of a damaged log keeps what was in the file before it', async (test) => {
    const folder = dataFolder(test)
    const file = join(folder, 'flows', '2026-11-25.duckdb')
    const instance = await DuckDBInstance.create()
    const connection = await instance.connect()
    // A run that did not end: a copy of the log while the file is open.
    await connection.run(`ATTACH '${file}' AS f (BLOCK_SIZE 65536, STORAGE_VERSION 'v1.5.0')`)
    await connection.run('INSERT INTO f.flows SELECT * FROM f.flows')
    const [log, held] = [readFileSync(`${file}.wal`), readFileSync(file)]
    await connection.run('DETACH f')
    connection.closeSync()
    instance.closeSync()
    writeFileSync(file, held)
    writeFileSync(`${file}.wal`, log)
    const intact = (await check(folder)).find(({ path }) => path === 'flows/2026-11-25.duckdb')
    assert.deepEqual([intact?.rows, intact?.damage], [2, []])
    assert.ok(existsSync(`${file}.wal`))
    // Within the rows. What is wrong in the last 20 bytes or in a length passes for a write that did not end.
    log[log.length - 60] = (log[log.length - 60] as number) ^ 0xff
    writeFileSync(`${file}.wal`, log)
    const [report] = damagedIn(await check(folder, true))
    assert.equal(report?.path, 'flows/2026-11-25.duckdb')
    assert.equal(report.repaired?.rowsKept, 1)
    assert.equal(report.repaired.rowsLost, null)
    assert.ok(existsSync(`${file}.wal.damaged`))
    assert.deepEqual(damagedIn(await check(folder)), [])
  })

  it('finds sums that are not those of the flows; a repair has them made anew', async (test) => {
    const folder = dataFolder(test)
    const file = join(folder, 'hours', '2026-11-24.duckdb')
    const instance = await DuckDBInstance.create()
    const connection = await instance.connect()
    await connection.run(`ATTACH '${file}' AS f (BLOCK_SIZE 65536, STORAGE_VERSION 'v1.5.0')`)
    await connection.run(
      'UPDATE f.sources_hour SET bytes = bytes + 1 WHERE rowid = (SELECT max(rowid) FROM f.sources_hour)',
    )
    await connection.run('DETACH f')
    connection.closeSync()
    instance.closeSync()
    const [report, ...others] = damagedIn(await check(folder))
    assert.deepEqual(others, [])
    assert.equal(report?.path, 'hours/2026-11-24.duckdb')
    assert.match(report.damage.join(), /its sums sources_hour have \d+ flows and \d+ bytes, the flows themselves/)
    assert.equal(damagedIn(await check(folder, true))[0]?.repaired?.rowsLost, 0)
    assert.ok(!existsSync(file))
    assert.deepEqual(damagedIn(await check(folder)), [])
  })

  it('mends counters as it does flows', async (test) => {
    const folder = dataFolder(test)
    const file = join(folder, 'counters', '2026-11-24.duckdb')
    copyFileSync(join(folder, 'weir.json'), file)
    const [report] = damagedIn(await check(folder, true))
    assert.equal(report?.path, 'counters/2026-11-24.duckdb')
    assert.deepEqual(
      report.repaired?.keptAs.map((path) => path.slice(folder.length)),
      ['/counters/2026-11-24.duckdb.damaged'],
    )
    assert.deepEqual(damagedIn(await check(folder)), [])
  })
})
