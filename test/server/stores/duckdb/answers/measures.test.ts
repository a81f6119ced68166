/** Measures and groups, worked out by hand from docs/explanation/numbers.md, as the contract says them. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { queryAnswer, queryBody } from '../../../../../src/shared/api/questions.ts'
import { resolveQuestion } from '../../../../../src/shared/query/resolve.ts'
import type { Answer } from '../../../../../src/shared/query/question.ts'
import type { BodyOf } from '../../../../../src/shared/api/contract.ts'
import { parseIp } from '../../../../../src/shared/schema/ip.ts'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { REGISTERED } from '../../../../../src/server/registry/names.ts'
import { keep, openStore } from '../../../../support/store.ts'

const MINUTE = 60_000
/** The hour before clocks are put back in Berlin: two o'clock, twice. */
const START = Date.UTC(2026, 9, 25, 0)

const flow = (minute: number, source: string, bytes: bigint, packets: bigint, lastsMs = 0) => ({
  start: BigInt(START + minute * MINUTE - lastsMs),
  end: BigInt(START + minute * MINUTE),
  received: BigInt(START + minute * MINUTE),
  'src.ip': parseIp(source) as bigint,
  bytes,
  packets,
})

describe('measures', () => {
  let store: DuckStore
  const folder = mkdtempSync(join(tmpdir(), 'weir-measures-'))

  before(async () => {
    store = await openStore(folder)
    await keep(store, [
      flow(0, '10.0.0.1', 600n, 6n),
      flow(1, '10.0.0.2', 1200n, 2n),
      flow(3, '10.0.1.1', 300n, 1n),
      // Half of it in minute 3, half in minute 4.
      flow(4.5, '2001:db8::1', 1000n, 10n, MINUTE),
      flow(70, '2001:db8::2', 60n, 1n),
    ])
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const ask = async (body: Partial<BodyOf<'query'>>): Promise<Answer> => {
    const range = { from: START, to: START + 5 * MINUTE }
    const asked = resolveQuestion(queryBody.parse({ ...range, ...body }), REGISTERED, START)
    const answer = await store.query(asked)
    queryAnswer.parse(answer)
    return answer
  }

  it('statistics are of the minutes, those without traffic are 0', async () => {
    // 600, 1200, 0, 300 + 500, 500.
    const statistics = ['min', 'avg', 'max', 'p50', 'p95', 'p99', 'last'] as const
    const { rows, meta } = await ask({ measures: statistics.map((each) => `bytes.${each}`) })
    assert.deepEqual(rows, [[0, 620, 1200, 600, 1200, 1200, 500]])
    assert.equal(meta.over, MINUTE)
    assert.deepEqual((await ask({ measures: ['bps.max'] })).rows, [[(1200 * 8) / 60]])
  })

  it('a minute that the range covers in part does not count; without a whole one there is no value', async () => {
    const to = START + 4.75 * MINUTE
    assert.deepEqual((await ask({ to, measures: ['bytes.last'] })).rows, [[800]])
    assert.deepEqual((await ask({ to: START + MINUTE / 2, measures: ['bytes.max', 'bytes'] })).rows, [[null, 600]])
  })

  it('the peak of everything is that of the sum', async () => {
    const { rows, totals } = await ask({ groupBy: ['src.ip/24'], measures: ['bytes.max'], limit: 2, totals: true })
    assert.deepEqual(rows, [
      ['10.0.0.0/24', 1200],
      ['2001:db8::/64', 500],
      [null, 300],
    ])
    assert.deepEqual(totals, [[1200]])
  })

  it('values are counted in each bucket that a flow touches, once', async () => {
    const { rows, further } = await ask({ measures: ['unique(src.ip)'], interval: ['1m', 'all'] })
    assert.deepEqual(
      rows.map(([time, count]) => [(Number(time) - START) / MINUTE, count]),
      [
        [0, 1],
        [1, 1],
        [3, 2],
        [4, 1],
      ],
    )
    assert.deepEqual(further, [{ interval: null, rows: [[null, 4]], otherRow: null }])
  })

  it('durations are of the flows that ended, bytes a packet of the sums, shares of all', async () => {
    const measures = ['duration.avg', 'duration.max', 'duration.sum', 'bytes/packet', 'bytes.share']
    assert.deepEqual((await ask({ measures })).rows, [[15_000, MINUTE, MINUTE, 3100 / 19, 100]])
    const { rows } = await ask({ measures, groupBy: ['bytes/log'], orderBy: 'bytes.share', order: 'asc', limit: 1 })
    assert.deepEqual(rows, [
      [100, 0, 0, 0, 900 / 7, (100 * 900) / 3100],
      [null, 30_000, MINUTE, MINUTE, 2200 / 12, (100 * 2200) / 3100],
    ])
  })

  it('an hour that comes twice is one', async () => {
    const to = START + 120 * MINUTE
    const { rows } = await ask({ to, groupBy: ['hour@Europe/Berlin'], measures: ['bytes', 'flows'] })
    assert.deepEqual(rows, [[2, 3160, 5]])
    assert.deepEqual((await ask({ to, groupBy: ['weekday', 'hour'], measures: ['bytes'] })).rows, [
      [7, 0, 3100],
      [7, 1, 60],
    ])
  })

  it('each bucket has its own top', async () => {
    const asked = { groupBy: ['src.ip'], measures: ['bytes'], interval: '1m', limit: 1 }
    const { rows, meta } = await ask({ ...asked, topPer: 'bucket' })
    assert.deepEqual(
      rows.map(([time, ...cells]) => [(Number(time) - START) / MINUTE, ...cells]),
      [
        [0, '10.0.0.1', 600],
        [1, '10.0.0.2', 1200],
        [3, '2001:db8::1', 500],
        [4, '2001:db8::1', 500],
        [3, null, 300],
      ],
    )
    assert.equal(meta.otherRow, 4)
  })
})
