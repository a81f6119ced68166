/** Questions asked again take the sums of full blocks as they were worked out before: they must be those of the rows, always. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Batch } from '../../../../../src/server/intake/batch.ts'
import { put16, putNumber, slot } from '../../../../../src/server/intake/slots.ts'
import { Blocks, BLOCK_ROWS } from '../../../../../src/server/stores/duckdb/files/blocks.ts'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { openStore, question } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const PORTS = 7
const VLANS = 3
/** Flow i ends at NOON + i, carries i % 1000 bytes, from port i % 7; from this one on also in VLAN i % 3 + 1. */
const FIRST_WITH_VLAN = 3 * BLOCK_ROWS

const START = slot('start')
const END = slot('end')
const RECEIVED = slot('received')
const BYTES = slot('bytes')
const PORT = slot('src.port')
const VLAN = slot('vlan')

async function append(store: DuckStore, from: number, to: number): Promise<void> {
  let batch = new Batch()
  for (let i = from; i < to; i++) {
    const row = batch.rows++
    for (const time of [START, END, RECEIVED]) putNumber(batch, time, row, NOON + i)
    putNumber(batch, BYTES, row, i % 1000)
    put16(batch, PORT, row, i % PORTS)
    if (i >= FIRST_WITH_VLAN) put16(batch, VLAN, row, (i % VLANS) + 1)
    if (!batch.full && i < to - 1) continue
    await store.append(batch)
    batch = new Batch()
  }
  await store.commit()
}

/** Bytes and flows of flows `[from, to)` by key, as text. */
function expected(from: number, to: number, keyOf: (i: number) => number | null): string[] {
  const sums = new Map<number | null, { bytes: number; flows: number }>()
  for (let i = from; i < to; i++) {
    const sum = sums.get(keyOf(i)) ?? { bytes: 0, flows: 0 }
    sums.set(keyOf(i), { bytes: sum.bytes + (i % 1000), flows: sum.flows + 1 })
  }
  return [...sums].map(([key, { bytes, flows }]) => `${key} ${bytes} ${flows}`).toSorted()
}

/** Asks for flows `[from, to)` by port, by VLAN and by minute. */
async function check(store: DuckStore, from: number, to: number, rows: number): Promise<void> {
  const bounds = { fromMs: NOON + from, toMs: NOON + to, measures: ['bytes', 'flows'] as const }
  const last = Math.min(to, rows)
  const text = (row: readonly unknown[]) => row.join(' ')
  const byPort = await store.query(question({ ...bounds, groupBy: ['src.port'] }))
  assert.deepEqual(
    byPort.rows.map(text).toSorted(),
    expected(from, last, (i) => i % PORTS),
  )
  const byVlan = await store.query(question({ ...bounds, groupBy: ['vlan'] }))
  assert.deepEqual(
    byVlan.rows.map(([vlan, bytes, flows]) => `${vlan as number | null} ${bytes} ${flows}`).toSorted(),
    expected(from, last, (i) => (i < FIRST_WITH_VLAN ? null : (i % VLANS) + 1)),
  )
  const byMinute = await store.query(question({ ...bounds, intervalMs: 60_000 }))
  assert.deepEqual(
    byMinute.rows.map(text).toSorted(),
    expected(from, last, (i) => NOON + Math.floor(i / 60_000) * 60_000),
  )
}

describe('blocks noted between two runs', () => {
  const SECOND = 1000
  /** Block i has flows from second i to second i + 2. */
  const blocksOf = (count: number) => {
    const blocks = new Blocks(0)
    for (let i = 0; i < count; i++) blocks.add(i, NOON + i * SECOND, NOON + (i + 2) * SECOND)
    return blocks
  }
  const again = (blocks: Blocks, rows: number) => {
    const noted = blocks.note()
    return noted && Blocks.recall(noted, rows)
  }
  const range = { fromMs: NOON + 5 * SECOND, toMs: NOON + 6 * SECOND }

  it('say of every range which rows to read, as before', () => {
    const blocks = blocksOf(10)
    const rows = 9 * BLOCK_ROWS + 1
    for (let from = -2; from < 13; from++)
      for (const seconds of [1, 4, 20]) {
        const bounds = { fromMs: NOON + from * SECOND, toMs: NOON + (from + seconds) * SECOND }
        assert.deepEqual(again(blocks, rows)?.runs(bounds, rows), blocks.runs(bounds, rows))
      }
  })

  it('are some of a file with very many, and leave no row out', () => {
    const count = 10_000
    const rows = count * BLOCK_ROWS
    const blocks = blocksOf(count)
    const noted = blocks.note()
    assert.ok(noted && noted.bounds.length <= 2 * 4096)
    assert.deepEqual(Blocks.recall(noted, rows)?.runs(range, rows), [
      { from: 3 * BLOCK_ROWS, to: 6 * BLOCK_ROWS, inside: false },
    ])
  })

  it('are none of a file with more or fewer rows, nor before they were read', () => {
    const blocks = blocksOf(3)
    assert.equal(again(blocks, 3 * BLOCK_ROWS + 1), null)
    assert.equal(again(blocks, 2 * BLOCK_ROWS), null)
    assert.equal(new Blocks(5).note(), null)
  })
})

describe('questions asked again', () => {
  it(
    'answer what the rows say while rows and columns come, and after a restart',
    { timeout: 120_000 },
    async (test) => {
      const folder = temporaryFolder(test)
      let store = await openStore(folder)
      let rows = 0
      // Not at the ends of blocks, so that every full one was first a part.
      for (const more of [BLOCK_ROWS + 5000, 1, BLOCK_ROWS, 2 * BLOCK_ROWS + 777, BLOCK_ROWS]) {
        await append(store, rows, rows + more)
        rows += more
        for (const [from, to] of [
          [0, rows],
          [0, rows],
          [0, 10 * rows],
          [1000, rows - 1000],
          [BLOCK_ROWS, 2 * BLOCK_ROWS],
        ] as const) {
          if (from < Math.min(to, rows)) await check(store, from, to, rows)
        }
      }
      await store.close()
      store = await openStore(folder)
      await append(store, rows, rows + 3000)
      rows += 3000
      for (const from of [0, 0, 5000, 5000]) await check(store, from, rows, rows)
      await store.close()
    },
  )
})
