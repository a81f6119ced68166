/** Damaged sums are left out and told of; where the flows are still there they are made anew, and all else answers as before. */
import assert from 'node:assert/strict'
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { PLAN_LIMITS } from '../../src/server/stores/duckdb/answers/plan.ts'
import type { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import { keep, openStore, question } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
const FLOWS = 6000
const HEADERS_BYTES = 3 * 4096
const SUMS = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: Number.POSITIVE_INFINITY }

const flowsOf = (day: number, n = FLOWS) =>
  Array.from({ length: n }, (_, i) => {
    const end = NOON + day * DAY + ((i * 977) % (DAY / 3))
    return {
      start: end,
      end,
      received: end,
      bytes: i,
      packets: 1 + (i % 7),
      exporter: '192.0.2.1',
      proto: 6,
      'in.if': i % 500,
      'out.if': i % 300,
      'src.ip': `10.0.${i % 50}.1`,
    }
  })

/** Sum of 0 to n − 1. */
const sumTo = (n: number) => (n * (n - 1)) / 2

/** A folder with sums of three days, to be copied. */
let whole: string

before(async () => {
  whole = mkdtempSync(join(tmpdir(), 'weir-sums-'))
  const store = await openStore(whole)
  for (const day of [0, 1, 2]) await keep(store, flowsOf(day))
  await store.settle()
  await store.close()
})
after(() => rmSync(whole, { recursive: true, force: true }))

function copyOfFolder(test: TestContext): string {
  const folder = temporaryFolder(test)
  cpSync(whole, folder, { recursive: true, preserveTimestamps: true })
  return folder
}

async function open(test: TestContext, folder: string): Promise<{ store: DuckStore; said: string[] }> {
  const said: string[] = []
  const log = (level: string, message: string) => said.push(`${level} ${message}`)
  const store = await openStore(folder, { log, planLimits: SUMS, now: () => NOON + 9 * DAY })
  test.after(() => store.close())
  return { store, said }
}

function flip(file: string, from = HEADERS_BYTES): void {
  const bytes = readFileSync(file)
  for (let at = from; at < bytes.length; at += 997) bytes[at] = (bytes[at] as number) ^ 0xff
  writeFileSync(file, bytes)
}

const HARMS: { name: string; harm: (file: string) => void }[] = [
  { name: 'with bits changed', harm: (file) => flip(file) },
  // Past what is read when it is opened.
  { name: 'with bits changed in its sums', harm: (file) => flip(file, 4 * 65_536) },
  { name: 'cut in half', harm: (file) => truncateSync(file, readFileSync(file).length / 2) },
  { name: 'empty', harm: (file) => writeFileSync(file, '') },
  { name: 'gone', harm: (file) => rmSync(file) },
]

const byInterface = question({
  groupBy: ['in.if', 'out.if'],
  limit: 3,
  fromMs: NOON - (NOON % DAY),
  toMs: NOON + 9 * DAY,
})
const byDay = question({ intervalMs: DAY, measures: ['flows'] })

describe('a file of sums', () => {
  for (const { name, harm } of HARMS) {
    for (const folderName of ['hours', 'minutes'] as const) {
      it(`${name}, by ${folderName}: answers are as before, and it is made anew`, async (test) => {
        const folder = copyOfFolder(test)
        const file = join(folder, folderName, '2026-11-24.duckdb')
        harm(file)
        const { store, said } = await open(test, folder)
        const totals = { bytes: 3 * sumTo(FLOWS), flows: 3 * FLOWS }
        for (const intervalMs of [null, DAY, 60_000]) {
          const { meta } = await store.query({ ...byInterface, intervalMs })
          assert.deepEqual([meta.totals.bytes, meta.totals.flows], [totals.bytes, totals.flows])
        }
        assert.deepEqual(
          store.status().partitions.map(({ state }) => state),
          ['ok', 'ok', 'ok'],
        )
        for (const line of said) assert.match(line, new RegExp(`^(warn|info) .*${folderName}.2026-11-24`))
        await store.settle()
        assert.deepEqual(store.status().sums, { lastError: null, damaged: [] })
        const { meta } = await store.query({ ...byInterface, limit: 4 })
        assert.deepEqual([meta.totals.bytes, meta.totals.flows], [totals.bytes, totals.flows])
        assert.doesNotMatch(meta.resolution, /raw/)
      })
    }
    if (name !== 'gone')
      it(`${name}, of which the flows are gone: the other days answer from their sums`, async (test) => {
        const folder = copyOfFolder(test)
        rmSync(join(folder, 'flows', '2026-11-24.duckdb'))
        rmSync(join(folder, 'minutes', '2026-11-24.duckdb'))
        harm(join(folder, 'hours', '2026-11-24.duckdb'))
        const { store, said } = await open(test, folder)
        for (const asked of [byInterface, { ...byInterface, limit: 5 }]) {
          const { meta } = await store.query(asked)
          assert.deepEqual([meta.totals.bytes, meta.totals.flows], [2 * sumTo(FLOWS), 2 * FLOWS])
          assert.doesNotMatch(meta.resolution, /raw/)
        }
        assert.deepEqual((await store.query(byDay)).rows.map(([, flows]) => flows).filter(Number), [FLOWS, FLOWS])
        assert.deepEqual(
          store.status().sums.damaged.map(({ file }) => file),
          ['hours/2026-11-24.duckdb'],
        )
        assert.equal(said.length, 1, said.join('\n'))
        assert.match(said[0] ?? '', /hours.2026-11-24\.duckdb is damaged/)
      })
  }
})

describe('a file of flows that is put in the place of another', () => {
  it('has none of its sums, however many flows come after', async (test) => {
    const folder = temporaryFolder(test)
    const file = join(folder, 'flows', '2026-11-24.duckdb')
    const store = await openStore(folder)
    await keep(store, flowsOf(0, 1000))
    await store.close()
    copyFileSync(file, `${file}.copy`)
    const more = await openStore(folder)
    await keep(more, flowsOf(0, 500))
    await more.settle()
    await more.close()
    copyFileSync(`${file}.copy`, file)

    const { store: again, said } = await open(test, folder)
    const bytesOf = async (limit: number) => (await again.query({ ...byInterface, limit })).meta.totals.bytes
    assert.equal(await bytesOf(1), sumTo(1000))
    await keep(again, flowsOf(0, 3000))
    assert.equal(await bytesOf(2), sumTo(1000) + sumTo(3000))
    await again.settle()
    assert.equal(await bytesOf(3), sumTo(1000) + sumTo(3000))
    assert.ok(said.some((line) => /^warn .*hours.2026-11-24\.duckdb/.test(line)))
  })
})
