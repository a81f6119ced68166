/** What a question is in another period, against sums made by hand. */
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
import { keep, openStore } from '../../support/store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const FROM = Date.UTC(2026, 10, 24, 10)
const TO = FROM + 2 * HOUR

interface Made {
  readonly at: number
  readonly source: string
  readonly bytes: number
}

/** Minutes after 10:00, host, bytes: today and the day before. */
const today: readonly (readonly [number, number, number])[] = [
  [5, 1, 1000],
  [10, 1, 500],
  [70, 1, 300],
  [20, 2, 900],
  [30, 3, 50],
  [40, 4, 40],
]
const yesterday: readonly (readonly [number, number, number])[] = [
  [5, 1, 2000],
  [80, 2, 600],
  [90, 3, 70],
  // Gone since.
  [95, 5, 7000],
]
const flows: readonly Made[] = [
  ...today.map(([minute, host, bytes]) => ({ at: FROM + minute * 60_000, source: `10.0.0.${host}`, bytes })),
  ...yesterday.map(([minute, host, bytes]) => ({ at: FROM - DAY + minute * 60_000, source: `10.0.0.${host}`, bytes })),
]

describe('another period in the same answer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-periods-'))
  let store: DuckStore

  before(async () => {
    store = await openStore(folder)
    await keep(
      store,
      flows.map(({ at, source, bytes }) => ({
        start: at,
        end: at,
        received: at,
        exporter: '192.0.2.1',
        'src.ip': source,
        'dst.ip': '198.51.100.1',
        proto: 6,
        bytes,
        packets: 1,
        'sampling.rate': 1,
      })),
    )
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const query = (body: object): Promise<Answer> =>
    ask(
      queryBody.parse({ from: FROM, to: TO, measures: ['bytes'], compare: '-1d', ...body }),
      { names: REGISTERED, answerer: answererOf(store) },
      new AbortController().signal,
    )
  const sum = (fromMs: number, toMs: number, test: (flow: Made) => boolean = () => true) =>
    flows
      .filter((flow) => flow.at >= fromMs && flow.at < toMs && test(flow))
      .reduce((bytes, flow) => bytes + flow.bytes, 0)
  const pair = (fromMs: number, toMs: number, test?: (flow: Made) => boolean) => {
    const [now, then] = [sum(fromMs, toMs, test), sum(fromMs - DAY, toMs - DAY, test)]
    return [now, then, then === 0 ? null : (100 * (now - then)) / then]
  }

  it('has each measure with what it was and its change', async () => {
    const answer = await query({ measures: ['bytes', 'flows', 'bps'] })
    assert.deepEqual(
      answer.columns.map(({ name, unit }) => [name, unit]),
      [
        ['bytes', 'B'],
        ['bytes.before', 'B'],
        ['bytes.change', '%'],
        ['flows', 'flows'],
        ['flows.before', 'flows'],
        ['flows.change', '%'],
        ['bps', 'bit/s'],
        ['bps.before', 'bit/s'],
        ['bps.change', '%'],
      ],
    )
    const [now, then, change] = pair(FROM, TO)
    assert.deepEqual(answer.rows[0]?.slice(0, 3), [now, then, change])
    assert.deepEqual(answer.rows[0]?.slice(3, 6), [6, 4, 50])
    assert.equal(answer.rows[0]?.[7], (Number(then) * 8) / 7200)
    assert.deepEqual(answer.meta.compare, {
      from: FROM - DAY,
      to: TO - DAY,
      dataFrom: FROM - DAY + 5 * 60_000,
      totals: { bytes: then, packets: 4, flows: 4 },
    })
  })

  it('buckets stand beside those of the same time of day; one that was and is no more has 0', async () => {
    const { rows } = await query({ interval: '30m' })
    assert.deepEqual(
      rows,
      [0, 1, 2, 3].map((i) => [FROM + (i * HOUR) / 2, ...pair(FROM + (i * HOUR) / 2, FROM + ((i + 1) * HOUR) / 2)]),
    )
  })

  it('groups are those of now, exact before; the rest is Other, with what is gone', async () => {
    const answer = await query({ groupBy: ['src.ip'], limit: 2 })
    const of =
      (host: string) =>
      ({ source }: Made) =>
        source === host
    const others = ({ source }: Made) => source !== '10.0.0.1' && source !== '10.0.0.2'
    assert.deepEqual(answer.rows, [
      ['10.0.0.1', ...pair(FROM, TO, of('10.0.0.1'))],
      ['10.0.0.2', ...pair(FROM, TO, of('10.0.0.2'))],
      [null, ...pair(FROM, TO, others)],
    ])
    assert.equal(answer.meta.otherRow, 2)
  })

  it('groups over time add up to the total, in each bucket and each period', async () => {
    const answer = await query({ groupBy: ['src.ip'], limit: 2, interval: '1h', totals: true })
    for (const column of [2, 3])
      for (const total of answer.totals ?? [])
        assert.equal(
          answer.rows.filter((row) => row[0] === total[0]).reduce((all, row) => all + Number(row[column]), 0),
          total[column - 1],
        )
    assert.deepEqual(
      answer.totals,
      [0, 1].map((i) => [FROM + i * HOUR, ...pair(FROM + i * HOUR, FROM + (i + 1) * HOUR)]),
    )
    const second = answer.rows.find((row) => row[0] === FROM + HOUR && row[1] === '10.0.0.2')
    assert.deepEqual(second, [FROM + HOUR, '10.0.0.2', 0, 600, -100])
  })

  it('networks can be compared as well as fields', async () => {
    const { rows } = await query({ groupBy: ['src.ip/24'] })
    assert.deepEqual(rows, [['10.0.0.0/24', ...pair(FROM, TO)]])
  })

  it('what does not add up is not known of Other', async () => {
    const { rows } = await query({ groupBy: ['proto'], measures: ['unique(src.ip)'] })
    assert.deepEqual(rows, [[6, 4, 4, 0]])
    const other = (await query({ groupBy: ['src.ip'], limit: 1, measures: ['bytes', 'unique(dst.ip)'] })).rows.at(-1)
    assert.deepEqual(other?.slice(-2), [null, null])
  })

  it('refuses periods that cannot stand beside each other, with what can', async () => {
    const refusals: [object, RegExp][] = [
      [{ compare: 'yesterday' }, /is no length before; write such as -1d/],
      [{ compare: '-90m', interval: '1h' }, /no multiple of the interval 1h/],
      [{ compare: { from: FROM - DAY, to: FROM } }, /both must be as long: end it at 2026-11-23T12:00:00/],
      [{ compare: { from: FROM, to: TO } }, /is the period of the question itself/],
      [{ compare: { from: 'soon', to: TO } }, /^compare\.from: soon is no time/],
      [{ interval: ['30m', '1h'] }, /goes with one interval/],
      [{ groupBy: ['src.ip'], interval: '1h', topPer: 'bucket' }, /goes with the groups of the whole range/],
    ]
    for (const [body, message] of refusals)
      await assert.rejects(query(body), { code: 'badRequest', message }, JSON.stringify(body))
  })
})
