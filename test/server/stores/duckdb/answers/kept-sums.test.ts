/** What sums that are kept got wrong, one test for each. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { PLAN_LIMITS } from '../../../../../src/server/stores/duckdb/answers/plan.ts'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { BASE, HOUR, makeFlows, plain, Random } from '../../../../conformance/flows.ts'
import { keep, openStore, question } from '../../../../support/store.ts'

const NONE = { ...PLAN_LIMITS, flowsOfDay: Number.POSITIVE_INFINITY, flowsInAll: Number.POSITIVE_INFINITY }
const SUMS = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: Number.POSITIVE_INFINITY }

describe('sums of a day that is all in them', () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'weir-sums-'))) as [string, string]
  let summed: DuckStore
  let plainly: DuckStore

  before(async () => {
    const flows = makeFlows(new Random(5), 400, false).map(plain)
    summed = await openStore(folders[0], { planLimits: SUMS })
    plainly = await openStore(folders[1], { planLimits: NONE })
    for (const store of [summed, plainly]) await keep(store, flows)
    await summed.settle()
  })
  after(async () => {
    await summed.close()
    await plainly.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  for (const [clock, zone] of [
    ['hour', 'UTC'],
    ['hour', 'Asia/Kolkata'],
    ['weekday', 'Europe/Berlin'],
  ] as const) {
    it(`know the ${clock} of ${zone} with no flow beside them`, async () => {
      const day = BASE - (BASE % (24 * HOUR))
      const asked = question({ fromMs: day - 48 * HOUR, toMs: day + 48 * HOUR, groupBy: [{ clock, zone }], limit: 24 })
      const [one, other] = await Promise.all([summed.query(asked), plainly.query(asked)])
      assert.notEqual(one.meta.resolution, 'raw')
      assert.ok(one.rows.length > 0)
      assert.deepEqual(one.rows, other.rows)
    })
  }

  it('are taken whole up to the present, in the middle of a minute', async () => {
    const now = (summed.status().newest as number) + 1
    assert.notEqual(now % (24 * HOUR), 0)
    const asked = question({ fromMs: now - 400 * 24 * HOUR, toMs: now, groupBy: ['exporter'], limit: 100 })
    const [one, other] = await Promise.all([summed.query(asked), plainly.query(asked)])
    assert.equal(one.meta.resolution, 'day')
    assert.deepEqual(one.rows, other.rows)
  })

  it('begin with the first of their days, not with a flow that began long before it', async () => {
    const own = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'weir-sums-'))) as [string, string]
    try {
      const day = BASE - (BASE % (24 * HOUR))
      const flows = [3 * 24 * HOUR, 60_000].map((lasted) => ({
        start: day + HOUR - lasted,
        end: day + HOUR,
        received: day + HOUR,
        'src.ip': '10.0.0.1',
        bytes: 1000,
        packets: 1,
      }))
      const asked = question({ fromMs: day - 96 * HOUR, toMs: day + 24 * HOUR })
      const from = []
      for (const [i, planLimits] of [SUMS, NONE].entries()) {
        const store = await openStore(own[i] as string, { planLimits })
        await keep(store, flows)
        await store.settle()
        from.push((await store.query(asked)).meta.dataFrom)
        await store.close()
      }
      assert.deepEqual(from, [day, day])
    } finally {
      for (const folder of own) rmSync(folder, { recursive: true, force: true })
    }
  })
})
