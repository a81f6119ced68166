/** A folder that an older Weir wrote opens as it was; one that a newer Weir wrote is refused. */
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { addSiteFieldsOf } from '../../../../../src/server/stores/site-fields.ts'
import type { FieldName } from '../../../../../src/shared/schema/fields.ts'
import { keep, openStore, question, recordQuestion, totalsOf } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const FIXTURE = fileURLToPath(new URL('../../../../fixtures/folder-1', import.meta.url))
const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

/** The fixture, unpacked; see test/support/record-folder.ts for what is in it. */
function unpacked(test: TestContext): string {
  const folder = temporaryFolder(test)
  for (const file of readdirSync(FIXTURE, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.gz'),
  )) {
    const target = join(folder, file.slice(0, -3))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, gunzipSync(readFileSync(join(FIXTURE, file))))
  }
  return folder
}

describe('a data folder of format 1', () => {
  it('opens, answers and takes more', async (test) => {
    const folder = unpacked(test)
    addSiteFieldsOf(folder)
    const store = await openStore(folder)
    test.after(() => store.close())
    assert.equal(store.recovered, null)
    // 1000 to 1099 bytes, ten packets each.
    assert.deepEqual(await totalsOf(store), [104_950, 1000, 100])
    const byDay = await store.query(question({ intervalMs: DAY, measures: ['flows'] }))
    assert.deepEqual(
      byDay.rows.map(([, flows]) => flows),
      [50, 50],
    )
    const { rows } = await store.flows(
      recordQuestion({
        fields: ['start', 'end', 'src.ip', 'app', 'bytes', 'my.ticket' as FieldName],
        sort: { field: 'bytes', descending: false },
        limit: 2,
      }),
    )
    assert.deepEqual(rows, [
      [NOON - 30_000, NOON, '10.0.0.0', 'web', 1000, 0],
      [NOON - 29_000, NOON + 1000, '2001:db8::1', null, 1001, 1],
    ])
    const counted = await store.askCounters({
      fromMs: NOON,
      toMs: NOON + 120_000,
      intervalMs: 60_000,
      exporter: '192.0.2.1',
      kind: 'interface',
      sources: null,
      counters: ['in.bytes'],
      states: [],
      limit: 10,
    })
    assert.deepEqual(counted.series[0]?.values['in.bytes'], [100, 200])
    await keep(store, [{ start: NOON, end: NOON, received: NOON, bytes: 50, packets: 1 }])
    assert.deepEqual(await totalsOf(store), [105_000, 1001, 101])
  })

  it('is left as it is where its format is of a newer Weir', async (test) => {
    const folder = unpacked(test)
    const newer = `${JSON.stringify({ format: 1000, version: '9.9.9' })}\n`
    writeFileSync(join(folder, 'weir.json'), newer)
    const before = readdirSync(folder)
    await assert.rejects(openStore(folder), { code: 'dataNewer', message: /written by Weir 9\.9\.9 \(format 1000\)/ })
    assert.deepEqual(readdirSync(folder), before)
    assert.equal(readFileSync(join(folder, 'weir.json'), 'utf8'), newer)
    assert.ok(!existsSync(join(folder, 'lock')))
  })
})
