/** The embedded store as the conformance suite uses it, with and without the sums that it keeps. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PLAN_LIMITS } from '../../src/server/stores/duckdb/answers/plan.ts'
import { keep, openStore } from '../support/store.ts'
import type { Conforming } from './store.ts'

/** So that sums are taken however few flows there are, where they name all groups. */
const SUMS_FIRST = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: Number.POSITIVE_INFINITY }

/** `withSums`, those of half of the flows. */
export async function openDuckStore(withSums: boolean): Promise<Conforming> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-conformance-'))
  const store = await openStore(folder, withSums ? { planLimits: SUMS_FIRST } : {})
  let parts = 0
  return {
    keep: async (flows) => {
      await keep(store, flows)
      if (withSums && ++parts === 2) await store.settle()
    },
    query: (question) => store.query(question),
    flows: (question) => store.flows(question),
    close: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
