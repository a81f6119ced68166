/** A first answer from a sample is near the exact one, and says how near. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Answer } from '../../../../../src/shared/query/question.ts'
import { PLAN_LIMITS } from '../../../../../src/server/stores/duckdb/answers/plan.ts'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { BASE, HOUR, Random } from '../../../../conformance/flows.ts'
import { keep, openStore, question } from '../../../../support/store.ts'

const FLOWS = 160_000

describe('an estimate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-estimate-'))
  let store: DuckStore

  before(async () => {
    store = await openStore(folder, { planLimits: { ...PLAN_LIMITS, estimateFrom: FLOWS / 2 } })
    const random = new Random(8)
    const flows = Array.from({ length: FLOWS }, (_, i) => ({
      start: BASE - HOUR + ((i * 13) % HOUR),
      end: BASE - HOUR + ((i * 13) % HOUR) + random.below(3000),
      received: BASE,
      'src.ip': `10.0.0.${Math.floor(20 * random.next() ** 3)}`,
      'dst.port': random.below(60_000),
      proto: 6,
      bytes: 40 + random.below(3000),
      packets: 1 + random.below(9),
    }))
    for (let from = 0; from < FLOWS; from += 40_000) await keep(store, flows.slice(from, from + 40_000))
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is within what it says of itself', async () => {
    for (const intervalMs of [null, HOUR / 6]) {
      const asked = question({ fromMs: BASE - 2 * HOUR, toMs: BASE + HOUR, groupBy: ['src.ip'], limit: 5, intervalMs })
      const estimate = (await store.estimate(asked)) as Answer
      const exact = await store.query(asked)
      assert.equal(estimate.meta.estimated, true)
      assert.equal(estimate.meta.exact, false)
      assert.equal(exact.meta.estimated, false)
      const [is, off] = [
        Number(exact.meta.totals.bytes),
        Math.abs(Number(estimate.meta.totals.bytes) - Number(exact.meta.totals.bytes)),
      ]
      assert.ok(off > 0 && off / is < 0.2, `${off} of ${is}`)
      if (intervalMs !== null) continue
      const bound = (estimate.meta.error as number) * is
      assert.ok(bound > 0 && bound < 0.3 * is)
      for (const [address, bytes] of exact.rows.slice(0, 5)) {
        const row = estimate.rows.find(([each]) => each === address)
        // 95 of 100 are nearer than the bound; nearly all than its double.
        assert.ok(row && Math.abs(Number(row[1]) - Number(bytes)) <= 2 * bound, `${address}: ${row?.[1]}, ${bytes}`)
      }
    }
  })

  it('is not made of what a sample does not tell, or where the exact answer is there soon', async () => {
    const asked = question({ groupBy: ['src.ip'], measures: ['unique(dst.port)'] })
    assert.equal(await store.estimate(asked), null)
    assert.equal(await store.estimate(question({ fromMs: BASE + HOUR, toMs: BASE + 2 * HOUR })), null)
  })
})
