import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BodyOf } from '../../../src/shared/api/contract.ts'
import { flowsBody, queryBody } from '../../../src/shared/api/questions.ts'
import { WeirError } from '../../../src/shared/api/errors.ts'
import { REGISTERED } from '../../../src/server/registry/names.ts'
import { resolveQuestion, resolveRecordQuestion } from '../../../src/shared/query/resolve.ts'

const now = Date.UTC(2026, 10, 24, 12)
const names = { ...REGISTERED, serviceKeys: (name: string) => (name === 'https' ? [6 * 65536 + 443] : []) }
const ask = (body: BodyOf<'query'>) => resolveQuestion(queryBody.parse(body), names, now)
const records = (body: BodyOf<'flows'>) => resolveRecordQuestion(flowsBody.parse(body), names, now)
const refusal = (does: () => unknown): WeirError => {
  try {
    does()
  } catch (error) {
    if (error instanceof WeirError) return error
    throw error
  }
  assert.fail('it was taken')
}

describe('a question', () => {
  it('has defaults', () => {
    assert.deepEqual(ask({ from: 'now-1h' }), {
      fromMs: now - 3_600_000,
      toMs: now,
      filter: null,
      groupBy: [],
      measures: ['bytes', 'packets', 'flows'],
      intervalMs: null,
      furtherMs: [],
      overMs: 60_000,
      limit: 10,
      topPer: 'range',
      orderBy: 'bytes',
      descending: true,
      other: true,
      totals: false,
      scope: 'all',
    })
  })

  it('takes names, aliases, filters, intervals', () => {
    const question = ask({
      from: '2026-11-24',
      to: now,
      groupBy: ['srcaddr', 'service'],
      measures: ['bps'],
      filter: 'https',
      interval: 'auto',
      scope: { exporter: '192.0.2.1' },
    })
    assert.deepEqual(question.groupBy, ['src.ip', 'service'])
    assert.equal(question.orderBy, 'bps')
    assert.equal(question.intervalMs, 300_000)
    assert.deepEqual(question.filter, { op: 'in', field: 'service', ranges: [{ low: 393_659n, high: 393_659n }] })
    assert.deepEqual(question.scope, { exporter: '192.0.2.1' })
  })

  it('auto keeps within the cells of an answer', () => {
    const { intervalMs, limit } = ask({ from: 'now-30d', groupBy: ['src.ip'], limit: 1000, interval: 'auto' })
    assert.ok(((30 * 86_400_000) / (intervalMs ?? 1)) * (limit + 1) <= 200_000)
  })

  it('takes groups with options, any measures, several intervals', () => {
    const question = ask({
      from: 'now-1d',
      groupBy: ['sa/24', { field: 'hour', zone: 'Europe/Berlin' }],
      measures: ['bps.p95', 'unique(da)', 'bytes/packet'],
      interval: ['1h', '1d', 'all'],
      orderBy: 'duration.avg',
      order: 'asc',
      topPer: 'bucket',
      totals: true,
    })
    assert.deepEqual(question.groupBy, [
      { field: 'src.ip', prefix: 24, prefix6: 64 },
      { clock: 'hour', zone: 'Europe/Berlin' },
    ])
    assert.deepEqual(question.measures, ['bps.p95', 'unique(dst.ip)', 'bytes/packet'])
    assert.deepEqual([question.intervalMs, ...question.furtherMs], [3_600_000, 86_400_000, null])
    assert.deepEqual([question.orderBy, question.descending], ['duration.avg', false])
    assert.deepEqual([question.topPer, question.totals], ['bucket', true])
  })

  it('without an interval, the top is that of the range', () => {
    assert.equal(ask({ from: 'now-1d', groupBy: ['app'], topPer: 'bucket' }).topPer, 'range')
    assert.equal(ask({ from: 'now-1d', groupBy: ['app'], topPer: 'bucket', interval: 'all' }).topPer, 'range')
  })

  it('statistics are over minutes, what divides the interval, or what is within the limits', () => {
    const over = (body: Partial<BodyOf<'query'>>) => ask({ from: 'now-1h', measures: ['bps.max'], ...body }).overMs
    assert.equal(over({}), 60_000)
    assert.equal(over({ interval: '1h' }), 60_000)
    assert.equal(over({ interval: '90s' }), 30_000)
    assert.equal(over({ interval: '10s' }), 10_000)
    assert.equal(over({ interval: ['1h', '90s'] }), 30_000)
    assert.equal(over({ over: '5m', interval: '1h' }), 300_000)
    assert.equal(over({ from: 'now-30d', groupBy: ['app'], limit: 10 }), 60_000)
    assert.equal(over({ from: 'now-365d', groupBy: ['app'], limit: 10 }), 300_000)
    assert.equal(over({ from: 'now-365d', groupBy: ['app'], limit: 100 }), 3_600_000)
  })

  const refused: [string, BodyOf<'query'>, string, RegExp][] = [
    [
      'a measure that there is not',
      { from: 0, measures: ['weight'] },
      'badRequest',
      /^measures\[0\]: weight is no measure/,
    ],
    [
      'an order by what there is not',
      { from: 0, orderBy: 'bps.p9' },
      'badRequest',
      /^orderBy: bps\.p9 is no measure; did/,
    ],
    [
      'a group with options twice',
      { from: 0, groupBy: ['sa/24', 'src.ip/24'] },
      'badRequest',
      /src\.ip\/24 stands there twice/,
    ],
    [
      'an interval twice',
      { from: 'now-1d', interval: ['60m', '1h'] },
      'badRequest',
      /^interval: 1h stands there twice/,
    ],
    [
      'base buckets that do not fit the interval',
      { from: 'now-1d', interval: '90s', over: '1m' },
      'badRequest',
      /^over: 1m does not divide the interval 90s/,
    ],
    ['base buckets that are none', { from: 'now-1d', over: 'auto' }, 'badRequest', /^over: auto is no interval/],
    [
      'more groups than configured',
      { from: 0, groupBy: ['app'], limit: 1001 },
      'tooMany',
      /^limit: 1001 is more than limits\.question\.groups \(1000\): /,
    ],
    [
      'more base buckets than configured',
      { from: 'now-365d', groupBy: ['app'], limit: 100, measures: ['bps.max'], over: '1m' },
      'tooMany',
      /^over: 1m is more than limits\.question\.values \(5000000\): 525600 base buckets × 101 groups; take over 1h or longer/,
    ],
    [
      'several intervals that are too many together',
      { from: 'now-1d', groupBy: ['app'], limit: 100, interval: ['1m', '90s'] },
      'tooMany',
      /^interval: 1m, 90s is more than limits\.question\.cells \(200000\): /,
    ],
    ['a range longer than configured', { from: 0, to: '2200-01-01' }, 'tooMany', /limits\.question\.range \(36500d\)/],
    ['a time that is none', { from: 'yesterday' }, 'badRequest', /^from: yesterday is no time; write/],
    [
      'a range that ends before it starts',
      { from: 'now', to: 'now-1h' },
      'badRequest',
      /^from: now \(2026-11-24T12:00:00.000Z\) is not before to/,
    ],
    ['an empty range', { from: 1000, to: 1000 }, 'badRequest', /is not before to/],
    [
      'an unknown field',
      { from: 0, groupBy: ['srcipp'] },
      'badRequest',
      /^groupBy\[0\]: srcipp is no field; did you mean src\.ip\?/,
    ],
    [
      'an either-side field',
      { from: 0, groupBy: ['service', 'ip'] },
      'badRequest',
      /^groupBy\[1\]: ip means either side and stands in filters only; take src\.ip or dst\.ip/,
    ],
    ['a time as a group', { from: 0, groupBy: ['time'] }, 'badRequest', /ask with an interval instead/],
    ['a measure as a group', { from: 0, groupBy: ['bytes'] }, 'badRequest', /ask for it in measures/],
    ['a field twice', { from: 0, groupBy: ['src.ip', 'sa'] }, 'badRequest', /src\.ip stands there twice/],
    [
      'an interval that is none',
      { from: 0, interval: '5 minutes' },
      'badRequest',
      /^interval: 5 minutes is no interval/,
    ],
    [
      'too many cells',
      { from: 'now-1d', groupBy: ['src.ip'], limit: 1000, interval: '1s' },
      'tooMany',
      /^interval: 1s is more than limits\.question\.cells \(200000\): 86400 buckets × 1001 groups; take an interval of 10m or longer/,
    ],
    ['a filter with a mistake', { from: 0, filter: 'tcp and' }, 'badFilter', /and needs something after it/],
    [
      'an exporter that is no address',
      { from: 0, scope: { exporter: 'router1' } },
      'badRequest',
      /^scope\.exporter: router1 is no address/,
    ],
  ]
  for (const [what, body, code, message] of refused) {
    it(`refuses ${what}`, () => {
      const error = refusal(() => ask(body))
      assert.equal(error.code, code)
      assert.match(error.message, message)
    })
  }
})

describe('a question for records', () => {
  it('has defaults', () => {
    const question = records({ from: 'now-1h' })
    assert.deepEqual(question.sort, { field: 'end', descending: true })
    assert.equal(question.limit, 100)
    assert.ok(question.fields.includes('src.ip'))
  })

  it('takes aliases', () => {
    const question = records({ from: 0, fields: ['sa', 'byt'], sort: 'octetDeltaCount' })
    assert.deepEqual(question.fields, ['src.ip', 'bytes'])
    assert.deepEqual(question.sort, { field: 'bytes', descending: false })
  })

  it('refuses either-side and unknown fields', () => {
    assert.match(refusal(() => records({ from: 0, fields: ['port'] })).message, /^fields\[0\]: port means either side/)
    assert.match(refusal(() => records({ from: 0, sort: '-host' })).message, /^sort: host means either side/)
    assert.match(refusal(() => records({ from: 0, sort: 'size' })).message, /^sort: size is no field/)
  })
})
