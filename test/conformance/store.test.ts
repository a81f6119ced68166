/** The embedded store conforms, with and without the sums that it keeps. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PLAN_LIMITS } from '../../src/server/stores/duckdb/plan.ts'
import { keep, openStore } from '../support/store.ts'
import { conforms, type Conforming } from './store.ts'

/** So that sums are taken however few flows there are, where they name all groups. */
const SUMS_FIRST = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: Number.POSITIVE_INFINITY }

conforms({ name: 'DuckDB', huge: false, seed: 11 }, () => open(false))
conforms({ name: 'DuckDB, counts up to 2^64 − 1', huge: true, seed: 13 }, () => open(false))
conforms({ name: 'DuckDB, from sums of half of the flows', huge: false, seed: 17, questions: 100 }, () => open(true))
conforms({ name: 'DuckDB, from sums, counts up to 2^64 − 1', huge: true, seed: 19, questions: 100 }, () => open(true))

async function open(withSums: boolean): Promise<Conforming> {
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
