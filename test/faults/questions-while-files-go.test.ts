/** Questions while their files are written anew and let go of: never an error, never a wrong sum. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { Attachments } from '../../src/server/stores/duckdb/files/attachments.ts'
import { Database } from '../../src/server/stores/duckdb/files/database.ts'
import { RollupFile } from '../../src/server/stores/duckdb/rollups/rollup-file.ts'
import { DAY_MS, FIRST_DAY, flowOf, openCrashStore } from '../support/crash.ts'
import { keep, question } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { randoms } from '../support/random.ts'

/** `WEIR_DAYS=200` for more. */
const DAYS = Number(process.env['WEIR_DAYS'] ?? 5)
const AT_ONCE = 4

describe('questions', () => {
  it('answer the same while days are let go of and sums are written anew', { timeout: 300_000 }, async (test) => {
    const folder = temporaryFolder(test)
    const draw = randoms(3)
    const clock = { day: FIRST_DAY }
    const store = await openCrashStore(folder, { flowsOfDay: 0 }, () => (clock.day + 0.5) * DAY_MS)
    test.after(() => store.close())
    const written = new Map<number, number>()
    let asked = 0
    const write = async () => {
      while (clock.day < FIRST_DAY + DAYS) {
        const day = clock.day
        const from = written.get(day) ?? 0
        if (from >= 400) {
          clock.day++
          await store.keepInBounds()
          continue
        }
        await keep(
          store,
          Array.from({ length: 100 }, (_, i) => flowOf(day, from + i, draw)),
        )
        written.set(day, from + 100)
      }
    }
    const ask = async () => {
      while (clock.day < FIRST_DAY + DAYS) {
        // Of days that get no more flows: all of it is known, wherever it stands just now.
        const last = clock.day - 1 - (asked % 2)
        const before = [...written].filter(([day]) => day <= last)
        const expected = before.reduce((sum, [, n]) => sum + n, 0)
        const range = { fromMs: FIRST_DAY * DAY_MS, toMs: (last + 1) * DAY_MS }
        if (before.length === 0) {
          await nextTurn()
          continue
        }
        asked++
        const { rows, meta } = await store.query(
          question({ ...range, groupBy: asked % 3 === 0 ? ['proto'] : [], limit: 1000 + asked, measures: ['flows'] }),
        )
        const flows = rows.reduce((sum, row) => sum + Number(row.at(-1)), 0)
        assert.equal(flows, expected, `${meta.resolution}: ${meta.sql}`)
      }
    }
    await Promise.all([...Array.from({ length: AT_ONCE }, ask), write()])
    const { files } = store.status().retention.dropped
    assert.ok(files > 0)
    test.diagnostic(`${asked} questions, ${files} files let go of`)
  })
})

describe('a file', () => {
  it('that is let go of while another is about to be put in its place goes, and nobody waits for ever', async (test) => {
    const folder = temporaryFolder(test)
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: join(folder, 'tmp'),
      temporaryLimitBytes: 2 ** 30,
    })
    const connection = await database.connect()
    test.after(() => {
      connection.closeSync()
      database.close()
    })
    const attachments = new Attachments(connection)
    const file = new RollupFile('hours', folder, '2026-11-24')
    await file.open(connection)
    let leave = (): void => undefined
    const used = attachments.use([file], () => new Promise<void>((resolve) => (leave = resolve)))
    const by = `${file.file}.new`
    const anew = new RollupFile('hours', folder, '2026-11-24.new', by)
    await anew.open(connection)
    await anew.detach(connection)
    const both = Promise.all([attachments.remove(file), attachments.replace(file, by)])
    leave()
    await Promise.all([used, both])
    assert.deepEqual([existsSync(file.file), existsSync(by)], [false, false])
  })
})
