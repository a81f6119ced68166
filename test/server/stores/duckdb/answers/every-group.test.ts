/** What sums of the largest groups cannot tell is read from the flows, however many there are. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { keep, openStore, question } from '../../../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const HOURS = 4
const HOUR = 3_600_000
const SOURCES = 3000

describe('a store that keeps names of the largest sources only', () => {
  let store: DuckStore
  const folder = mkdtempSync(join(tmpdir(), 'weir-every-group-'))
  const bounds = { fromMs: NOON, toMs: NOON + HOURS * HOUR }

  before(async () => {
    store = await openStore(folder, { planLimits: { flowsOfDay: 0, flowsInAll: 0, estimateFrom: 1 } })
    const flows = Array.from({ length: SOURCES * HOURS }, (_, i) => {
      const hour = Math.floor(i / SOURCES)
      const end = BigInt(NOON + hour * HOUR + (i % 1000))
      // The first source is large in one hour and small in the others.
      const bytes = i % SOURCES === 0 ? (hour === 1 ? 1_000_000n : 40n) : BigInt(1000 + (i % 7))
      return { start: end, end, received: end, 'src.ip': 0xffff_0a00_0000n + BigInt(i % SOURCES), bytes, packets: 1n }
    })
    await keep(store, flows)
    await store.settle()
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('counts every source', async () => {
    const { rows, meta } = await store.query(question({ ...bounds, measures: ['unique(src.ip)'] }))
    assert.deepEqual(rows, [[SOURCES]])
    assert.equal(meta.exact, true)
  })

  it('knows the least and the median of a source that is among the largest in one hour alone', async () => {
    const { rows } = await store.query(
      question({
        ...bounds,
        overMs: HOUR,
        groupBy: ['src.ip'],
        measures: ['bytes.min', 'bytes.p50', 'bytes.max'],
        orderBy: 'bytes.max',
        limit: 1,
        other: false,
      }),
    )
    assert.deepEqual(rows, [['10.0.0.0', 40, 40, 1_000_000]])
  })

  it('names the smallest sources, and those with few bytes a packet, not the smallest of the largest', async () => {
    for (const parts of [
      { orderBy: 'bytes', descending: false },
      { orderBy: 'bytes/packet', descending: false },
      { orderBy: 'duration.max', descending: true },
    ] as const)
      for (const intervalMs of [null, HOUR]) {
        const asked = question({ fromMs: NOON + 2 * HOUR, toMs: NOON + 3 * HOUR, groupBy: ['src.ip'], limit: 1 })
        const { rows, meta } = await store.query({ ...asked, ...parts, intervalMs })
        assert.deepEqual(rows[0], [...(intervalMs ? [NOON + 2 * HOUR] : []), '10.0.0.0', 40, 1, 1], parts.orderBy)
        assert.equal(meta.exact, true)
      }
  })
})
