/** What sums that are kept got wrong, one test for each. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { PLAN_LIMITS } from '../../../../src/server/stores/duckdb/plan.ts'
import type { DuckStore } from '../../../../src/server/stores/duckdb/store.ts'
import { BASE, HOUR, makeFlows, plain, Random } from '../../../conformance/flows.ts'
import { keep, openStore, question } from '../../../support/store.ts'

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
})
