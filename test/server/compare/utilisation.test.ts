/** Share of an interface's speed, against sums and speeds that are known. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { answererOf, ask } from '../../../src/server/compare/ask.ts'
import { REGISTERED } from '../../../src/server/registry/names.ts'
import type { DuckStore } from '../../../src/server/stores/duckdb/store.ts'
import { queryBody } from '../../../src/shared/api/questions.ts'
import type { Answer } from '../../../src/shared/query/question.ts'
import { counterBatchOf } from '../../support/counters.ts'
import { keep, openStore } from '../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000
const DAY = 86_400_000
const EXPORTER = '192.0.2.1'

describe('utilisation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-utilisation-'))
  let store: DuckStore

  before(async () => {
    store = await openStore(folder)
    // The speed of interface 1 is 80 kbit/s; that of 2 is not known; 3 has no counters.
    await store.appendCounters(
      counterBatchOf(
        [0, 1].flatMap((minute) =>
          [1, 2].map((source) => ({
            receivedMs: NOON + minute * MINUTE,
            source,
            uptimeMs: 1e9 + minute * MINUTE,
            values: { 'if.speed': source === 1 ? 80_000 : 0, 'in.bytes': minute },
          })),
        ),
      ),
      Math.floor(NOON / DAY),
    )
    const flow = (exporter: string, minute: number, input: number, bytes: number) => ({
      exporter,
      start: NOON + minute * MINUTE,
      end: NOON + minute * MINUTE,
      received: NOON + minute * MINUTE,
      'in.if': input,
      bytes,
      packets: 1,
      'sampling.rate': 1,
    })
    await keep(store, [
      flow(EXPORTER, 0, 1, 300_000),
      flow(EXPORTER, 1, 1, 60_000),
      flow(EXPORTER, 0, 2, 500),
      flow(EXPORTER, 0, 3, 400),
      flow('192.0.2.2', 0, 1, 200),
    ])
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const query = (body: object): Promise<Answer> =>
    ask(
      queryBody.parse({ from: NOON, to: NOON + 2 * MINUTE, measures: ['utilisation'], ...body }),
      { names: REGISTERED, answerer: answererOf(store) },
      new AbortController().signal,
    )

  it('is the rate by the speed, and null where that is not known', async () => {
    const answer = await query({ groupBy: ['exporter', 'in.if'] })
    assert.deepEqual(
      answer.columns.map(({ name, unit }) => [name, unit]),
      [
        ['exporter', undefined],
        ['in.if', undefined],
        ['utilisation', '%'],
      ],
    )
    // 360,000 octets in 120 s are 24,000 bit/s.
    assert.deepEqual(answer.rows, [
      [EXPORTER, 1, (100 * 24_000) / 80_000],
      [EXPORTER, 2, null],
      [EXPORTER, 3, null],
      ['192.0.2.2', 1, null],
    ])
  })

  it('stands where it was asked for, beside other measures, its peak too; Other has none', async () => {
    const answer = await query({
      groupBy: ['in.if'],
      scope: { exporter: EXPORTER },
      measures: ['bytes', 'utilisation.max', 'flows', 'utilisation'],
      limit: 1,
    })
    assert.deepEqual(
      answer.columns.map(({ name }) => name),
      ['in.if', 'bytes', 'utilisation.max', 'flows', 'utilisation'],
    )
    // The first minute alone: 300,000 octets in 60 s.
    assert.deepEqual(answer.rows, [
      [1, 360_000, (100 * 40_000) / 80_000, 2, (100 * 24_000) / 80_000],
      [null, 900, null, 2, null],
    ])
  })

  it('over time, against another period', async () => {
    const answer = await query({ groupBy: ['exporter', 'in.if'], interval: '1m', compare: '-1d', limit: 1 })
    assert.deepEqual(
      answer.columns.map(({ name }) => name),
      ['time', 'exporter', 'in.if', 'utilisation', 'utilisation.before', 'utilisation.change'],
    )
    assert.deepEqual(answer.rows.slice(0, 2), [
      [NOON, EXPORTER, 1, 50, 0, null],
      [NOON + MINUTE, EXPORTER, 1, 10, 0, null],
    ])
  })

  it('refuses where it is not said which interface it is', async () => {
    const refusals: [object, RegExp][] = [
      [{ groupBy: ['src.ip'] }, /is of one interface; group by in\.if or by out\.if/],
      [{ groupBy: ['exporter', 'in.if', 'out.if'] }, /not by both/],
      [{ groupBy: ['in.if'] }, /group by exporter too, or take the scope of one/],
      [{ groupBy: ['exporter', 'in.if'], orderBy: 'utilisation' }, /order by bps/],
    ]
    for (const [body, message] of refusals)
      await assert.rejects(query(body), { code: 'badRequest', message }, JSON.stringify(body))
  })
})
