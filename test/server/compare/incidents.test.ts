/** What goes wrong in the demo is known; a comparison of that time with the time before names it. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { explain } from '../../../src/server/compare/explain.ts'
import { v4Text } from '../../../src/server/demo/company.ts'
import { Demo } from '../../../src/server/demo/demo.ts'
import type { Incident, IncidentName } from '../../../src/server/demo/incidents.ts'
import { FolderIntake } from '../../../src/server/intake/folder-intake.ts'
import { REGISTERED } from '../../../src/server/registry/names.ts'
import type { DuckStore } from '../../../src/server/stores/duckdb/store.ts'
import { compareBody } from '../../../src/shared/api/compare.ts'
import type { ComparedMeasure, ComparisonAnswer } from '../../../src/shared/query/compare.ts'
import { resolveComparison } from '../../../src/shared/query/resolve-compare.ts'
import { openStore } from '../../support/store.ts'

const NOON = Date.UTC(2026, 10, 17, 11)

/** Seconds until routers have told of all that was under way at the start; then those in which all is as ever. */
const WARM = 60
const QUIET = 60
const EACH = 40
/** sFlow has no times of its own: samples are dated by when they are sent, which is when a conversation ends. */
const LATE = 10
/** Until what was under way has ended. */
const APART = 60
const ORDER: readonly IncidentName[] = ['failover', 'port scan', 'exfiltration', 'backup tenfold', 'dns amplification']
const LENGTH = WARM + QUIET + ORDER.length * (EACH + APART)

describe('a comparison of what goes wrong in the demo with a minute without', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-compare-'))
  let store: DuckStore

  before(async () => {
    const incidents = ORDER.map((name): Incident => ({ name, ...spanOf(name), what: '' }))
    const demo = new Demo(
      { seed: 1, flowsPerSecond: 40, startMs: NOON, averageToMs: NOON + LENGTH * 1000, incidents },
      5,
    )
    const intake = await FolderIntake.open(folder, (message) => assert.fail(message))
    for (let second = 0; second < LENGTH; second++) {
      for (const { router, timeMs, bytes } of demo.second())
        intake.pipeline.receive(bytes, v4Text(router.address), timeMs)
      await intake.room()
    }
    await intake.close()
    store = await openStore(folder)
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const told = async (name: IncidentName, measure: ComparedMeasure, filter?: string): Promise<ComparisonAnswer> => {
    const { fromMs, toMs } = spanOf(name)
    const body = compareBody.parse({
      window: { from: fromMs, to: toMs + LATE * 1000 },
      against: { from: NOON + WARM * 1000, to: NOON + (WARM + QUIET) * 1000 },
      filter,
      measure,
    })
    return explain(resolveComparison(body, REGISTERED, 0), store, REGISTERED, new AbortController().signal)
  }
  const first = ({ rows }: ComparisonAnswer, count = 3) => rows.slice(0, count).map(({ filter }) => filter)

  const known: readonly [IncidentName, ComparedMeasure, RegExp, string?][] = [
    ['port scan', 'packets', /ip:10\.64\.20\.26$/],
    ['dns amplification', 'bytes', /dst\.ip:198\.51\.100\.80$/],
    ['dns amplification', 'bytes', /service:domain$/],
    ['backup tenfold', 'bytes', /src\.ip:10\.64\.12\.10$/, 'port:9103'],
    ['failover', 'bytes', /exporter:10\.10\.0\.1 and (in|out)\.if:[12]$/, 'exporter:10.10.0.1'],
    ['exfiltration', 'bytes', /(ip:10\.20\.4\.31|ip:203\.0\.113\.66|as:64511)$/, 'exporter:10.20.0.1'],
  ]
  for (const [name, measure, row, filter] of known)
    it(`${name}, by ${measure}: ${row.source} is among the first three`, async () => {
      const answer = await told(name, measure, filter)
      assert.ok(
        first(answer).some((text) => row.test(text)),
        first(answer, 8).join('; '),
      )
    })
})

function spanOf(name: IncidentName): { fromMs: number; toMs: number } {
  const fromMs = NOON + 1000 * (WARM + QUIET + ORDER.indexOf(name) * (EACH + APART))
  return { fromMs, toMs: fromMs + EACH * 1000 }
}
