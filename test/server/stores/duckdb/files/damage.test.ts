/** A damaged file is left where it is and told of; the rest works, and so does writing to its day. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { PlainFlow } from '../../../../support/batches.ts'
import { keep, openStore, question, recordQuestion, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
const ROWS = 70_000

/** A day with many flows, to be damaged, and one with a single flow. */
async function twoDays(test: TestContext): Promise<{ folder: string; file: string }> {
  const folder = temporaryFolder(test)
  const store = await openStore(folder)
  const day = Array.from({ length: ROWS }, (_, i): PlainFlow => ({
    start: NOON + i,
    end: NOON + i,
    received: NOON + i,
    bytes: (i * 2_654_435_761) % 65_536,
    'src.port': (i * 40_503) % 65_536,
  }))
  await keep(store, [...day, { start: NOON + DAY, end: NOON + DAY, received: NOON + DAY, bytes: 5 }])
  await store.close()
  return { folder, file: join(folder, 'flows', '2026-11-24.duckdb') }
}

function flip(file: string, from: number, to: number, every: number): void {
  const bytes = readFileSync(file)
  for (let at = from; at < to && at < bytes.length; at += every) bytes[at] = (bytes[at] as number) ^ 0xff
  writeFileSync(file, bytes)
}

const DAMAGES: { name: string; harm: (file: string) => void }[] = [
  { name: 'cut in half', harm: (file) => truncateSync(file, readFileSync(file).length / 2) },
  { name: 'cut within its header', harm: (file) => truncateSync(file, 5000) },
  { name: 'empty', harm: (file) => writeFileSync(file, '') },
  { name: 'something else', harm: (file) => writeFileSync(file, Buffer.alloc(300_000, 'garbage')) },
  { name: 'with bits changed in its headers', harm: (file) => flip(file, 0, 12_288, 97) },
]

describe('a damaged partition', () => {
  for (const { name, harm } of DAMAGES) {
    it(`${name}: the rest works`, async (test) => {
      const { folder, file } = await twoDays(test)
      harm(file)
      const before = readFileSync(file)
      const said: string[] = []
      const store = await openStore(folder, { log: (level, message) => said.push(`${level} ${message}`) })
      assert.deepEqual(await totalsOf(store), [5, null, 1])
      const [damaged, intact] = store.status().partitions
      assert.equal(damaged?.state, 'damaged')
      assert.ok(damaged.reason && damaged.reason.length > 10)
      assert.equal(intact?.state, 'ok')
      assert.ok(said.some((line) => line.startsWith('error ') && line.includes(file)))

      await keep(store, [{ start: NOON, end: NOON, received: NOON, bytes: 7 }])
      assert.deepEqual(await totalsOf(store), [12, null, 2])
      await store.close()
      const again = await openStore(folder)
      assert.deepEqual(await totalsOf(again), [12, null, 2])
      assert.deepEqual(
        again.status().partitions.map(({ day, state }) => `${day} ${state}`),
        ['2026-11-24 damaged', '2026-11-24 ok', '2026-11-25 ok'],
      )
      await again.close()
      assert.deepEqual(readFileSync(file), before)
      assert.ok(existsSync(join(folder, 'flows', '2026-11-24.1.duckdb')))
    })
  }

  it('whose flows turn out damaged when they are read is left out from then on', async (test) => {
    const { folder, file } = await twoDays(test)
    flip(file, 3 * 4096, Number.POSITIVE_INFINITY, 1021)
    const store = await openStore(folder)
    assert.deepEqual(await totalsOf(store), [5, null, 1])
    assert.deepEqual((await store.flows(recordQuestion())).rows, [[NOON + DAY, 5]])
    assert.equal(store.status().partitions[0]?.state, 'damaged')
    await keep(store, [{ start: NOON, end: NOON, received: NOON, bytes: 7 }])
    assert.deepEqual((await store.query(question({ intervalMs: DAY, measures: ['flows'] }))).rows, [
      [NOON - (NOON % DAY), 1],
      [NOON - (NOON % DAY) + DAY, 1],
    ])
    await store.close()
  })

  it('may be taken away: what is left counts', async (test) => {
    const { folder, file } = await twoDays(test)
    rmSync(file)
    const store = await openStore(folder)
    assert.deepEqual(await totalsOf(store), [5, null, 1])
    await store.close()
    assert.deepEqual(readdirSync(join(folder, 'flows')), ['2026-11-25.duckdb'])
  })
})
