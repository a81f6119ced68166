/** Differences are those that one works out by adding up the flows by hand. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Explainer } from '../../../src/server/compare/asking.ts'
import { explain } from '../../../src/server/compare/explain.ts'
import { REGISTERED } from '../../../src/server/registry/names.ts'
import type { DuckStore } from '../../../src/server/stores/duckdb/store.ts'
import { compareBody } from '../../../src/shared/api/compare.ts'
import type { ComparisonAnswer } from '../../../src/shared/query/compare.ts'
import { resolveComparison } from '../../../src/shared/query/resolve-compare.ts'
import type { PlainFlow } from '../../support/batches.ts'
import { keep, openStore } from '../../support/store.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WEEK = 7 * DAY
/** The hour that is explained. */
const FROM = Date.UTC(2026, 10, 24, 10)
const TO = FROM + HOUR
const HOSTS = 600

const EXPORTER = '192.0.2.1'

interface Made {
  readonly endMs: number
  readonly source: string
  readonly destination: string
  readonly bytes: number
  readonly port: number
}

/** Every hour of interest has the same hosts, each with some bytes of its own. */
function ordinary(fromMs: number, factor: number): Made[] {
  return Array.from({ length: HOSTS }, (_, i) => ({
    endMs: fromMs + ((i * 5_003) % HOUR),
    source: hostOf(i),
    destination: `198.51.100.${i % 200}`,
    bytes: factor * (1000 + 10 * i),
    port: i % 3 === 0 ? 443 : 80,
  }))
}

const hostOf = (i: number) => `10.0.${i >> 8}.${i & 255}`
const flows: readonly Made[] = [
  ...ordinary(FROM, 1),
  ...ordinary(FROM - HOUR, 1),
  // Three weeks before are kept; in one of them all was ten times as much.
  ...ordinary(FROM - WEEK, 1),
  ...ordinary(FROM - 2 * WEEK, 10),
  ...ordinary(FROM - 3 * WEEK, 1),
  // From before, so that the third week is kept to its start.
  ...ordinary(FROM - 3 * WEEK - HOUR, 1),
  // Within the hour: one talks to many, a port that is new; one that was always there is silent no more.
  ...Array.from({ length: 50 }, (_, i) => ({
    endMs: FROM + i * 60_000,
    source: '10.9.9.9',
    destination: `203.0.113.${i}`,
    bytes: 100_000,
    port: 8443,
  })),
  ...Array.from({ length: 20 }, (_, i) => ({
    endMs: FROM - HOUR + i * 60_000,
    source: '10.8.8.8',
    destination: '198.51.100.7',
    bytes: 50_000,
    port: 80,
  })),
]

describe('a comparison', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-compare-'))
  let store: DuckStore

  before(async () => {
    store = await openStore(folder)
    await keep(
      store,
      flows.map((flow): PlainFlow => ({
        start: flow.endMs,
        end: flow.endMs,
        received: flow.endMs,
        exporter: EXPORTER,
        'src.ip': flow.source,
        'dst.ip': flow.destination,
        'src.port': 50_000,
        'dst.port': flow.port,
        proto: 6,
        tos: 0,
        'in.if': 1,
        'out.if': flow.port === 8443 ? 2 : 3,
        bytes: flow.bytes,
        packets: 10,
        'sampling.rate': 1,
      })),
    )
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const compareBy = (answerer: Explainer, body: object, signal = new AbortController().signal) =>
    explain(
      resolveComparison(compareBody.parse({ window: { from: FROM, to: TO }, ...body }), REGISTERED, TO),
      answerer,
      REGISTERED,
      signal,
    )
  const sum = (fromMs: number, toMs: number, test: (flow: Made) => boolean = () => true) =>
    flows
      .filter((flow) => flow.endMs >= fromMs && flow.endMs < toMs && test(flow))
      .reduce((bytes, flow) => bytes + flow.bytes, 0)
  const rowOf = (answer: ComparisonAnswer, filter: string) => answer.rows.find((row) => row.filter === filter)

  /** With very many flows, fields are asked for one by one. */
  const oneByOne: Explainer = {
    query: (question, signal) => store.query(question, signal),
    differences: async () => null,
  }
  for (const [way, answerer] of [
    ['all fields at once', () => store],
    ['field by field', () => oneByOne],
  ] as const)
    describe(way, () => {
      const compare = (body: object) => compareBy(answerer(), body)

      it('names what is new and what is gone, with the sums of both windows', async () => {
        const answer = await compare({ against: 'before' })
        const now = sum(FROM, TO)
        const then = sum(FROM - HOUR, FROM)
        assert.deepEqual(answer.total, { now, before: then, difference: now - then, change: (now - then) / then })
        assert.equal(answer.meta.exact, true)
        assert.deepEqual(answer.meta.left, [])
        const loud = rowOf(answer, 'src.ip:10.9.9.9')
        assert.deepEqual([loud?.now, loud?.before, loud?.change], [5_000_000, 0, 'new'])
        assert.equal(loud?.share, 5_000_000 / (now - then))
        assert.equal(loud?.nowShare, 5_000_000 / now)
        const silent = rowOf(answer, 'src.ip:10.8.8.8')
        assert.deepEqual([silent?.now, silent?.before, silent?.change], [0, 1_000_000, 'gone'])
        assert.deepEqual(answer.rows[0]?.of, [{ field: 'src.ip', value: '10.9.9.9' }])
        const port = rowOf(answer, 'dst.port:8443')
        assert.deepEqual([port?.now, port?.before], [5_000_000, 0])
        const silentPort = rowOf(answer, 'dst.port:80')
        assert.equal(silentPort?.difference, -1_000_000)
      })

      it('an interface has its exporter with it', async () => {
        const answer = await compare({ against: 'before', fields: ['out.if'] })
        assert.deepEqual(answer.rows[0]?.of, [
          { field: 'exporter', value: EXPORTER },
          { field: 'out.if', value: 2 },
        ])
        assert.equal(answer.rows[0]?.filter, `exporter:${EXPORTER} and out.if:2`)
      })

      it('says what explains the first row, and what it is spread over', async () => {
        const { within } = await compare({ against: 'before' })
        assert.deepEqual(within?.of, [{ field: 'src.ip', value: '10.9.9.9' }])
        assert.equal(within?.rows.find((row) => row.filter === 'dst.port:8443')?.share, 1)
        assert.deepEqual(
          within?.distinct.find(({ field }) => field === 'dst.ip'),
          { field: 'dst.ip', now: 50, before: 0 },
        )
      })

      it('the usual is the median of the weeks that are kept', async () => {
        const answer = await compare({ fields: ['src.ip'] })
        assert.equal(answer.meta.usual, 'weeks')
        assert.deepEqual(
          answer.against.map(({ from }) => (FROM - from) / WEEK),
          [1, 2, 3],
        )
        assert.equal(answer.total.before, sum(FROM - WEEK, TO - WEEK))
        assert.deepEqual(
          answer.rows.map(({ filter }) => filter),
          ['src.ip:10.9.9.9'],
        )
      })

      it('where no week is kept, the usual is that of the days before; where none is, that is said', async () => {
        const window = { from: FROM - WEEK * 3 + 20 * HOUR, to: FROM - WEEK * 3 + 21 * HOUR }
        await assert.rejects(compare({ window }), { code: 'badRequest', message: /usual needs flows .* "before"/ })
        const dayAfter = { from: FROM - 3 * WEEK + DAY, to: TO - 3 * WEEK + DAY }
        const answer = await compare({ window: dayAfter })
        assert.equal(answer.meta.usual, 'days')
        assert.deepEqual(answer.against, [{ from: FROM - 3 * WEEK, to: TO - 3 * WEEK }])
        assert.equal(answer.total.now, 0)
        assert.deepEqual(new Set(answer.rows.map(({ change }) => change)), new Set(['gone']))
      })

      it('a reference of another length is scaled', async () => {
        const answer = await compare({ against: { from: FROM - 2 * HOUR, to: FROM } })
        assert.equal(answer.total.before, sum(FROM - 2 * HOUR, FROM) / 2)
        assert.equal(rowOf(answer, 'src.ip:10.8.8.8')?.before, 500_000)
      })

      it('a value that is small in one window and not among its largest is exact all the same', async () => {
        // The smallest hosts of the hour before are far from its 250 largest.
        const answer = await compare({
          window: { from: FROM - 2 * WEEK, to: TO - 2 * WEEK },
          against: { from: FROM, to: TO },
          fields: ['src.ip'],
          filter: `src.ip:10.0.0.0/16`,
          limit: 100,
        })
        assert.equal(answer.rows.length, 100)
        for (const row of answer.rows) {
          const host = row.of[0]?.value
          assert.equal(
            row.now,
            sum(FROM - 2 * WEEK, TO - 2 * WEEK, ({ source }) => source === host),
          )
          assert.equal(
            row.before,
            sum(FROM, TO, ({ source }) => source === host),
          )
        }
        const known = Array.from({ length: HOSTS }, (_, i) => hostOf(i)).filter(
          (host) => !answer.rows.some((row) => row.of[0]?.value === host),
        )
        for (const host of known) {
          const of = (at: number) => sum(at, at + HOUR, ({ source }) => source === host)
          assert.ok(
            Math.abs(of(FROM - 2 * WEEK) - of(FROM)) <= Math.max(answer.meta.bound, answer.rows[99]?.difference ?? 0),
          )
        }
      })

      it('a host that sends and gets is one row, of both together', async () => {
        const answer = await compare({
          window: { from: FROM - 2 * WEEK, to: TO - 2 * WEEK },
          against: { from: FROM, to: TO },
          fields: ['src.ip', 'dst.ip'],
          limit: 100,
        })
        const keys = answer.rows.map(({ of, difference }) => `${of[0]?.value} ${difference > 0}`)
        assert.equal(new Set(keys).size, keys.length)
      })

      it('what is as before is not told of', async () => {
        const answer = await compare({ filter: 'dst.port:443', against: 'before' })
        assert.equal(answer.total.difference, 0)
        assert.deepEqual(answer.rows, [])
        assert.equal(answer.within, null)
      })
    })

  it('all fields at once say the same as field by field, value by value', async () => {
    for (const body of [
      { against: 'before' },
      { against: 'before', measure: 'flows', filter: 'src.port:50000 and not dst.port:443' },
      { against: { from: FROM - 90 * 60_000, to: FROM }, measure: 'packets', scope: 'ingress' },
      { fields: ['src.ip', 'dst.ip', 'out.if', 'proto', 'http.host', 'client.ip'], limit: 100 },
    ]) {
      const [quick, slow] = await Promise.all([compareBy(store, body), compareBy(oneByOne, body)])
      assert.deepEqual(quick.rows, slow.rows)
      assert.deepEqual(quick.within, slow.within)
      assert.deepEqual(
        { ...quick.meta, questions: 0, tookMs: 0, bound: 0 },
        { ...slow.meta, questions: 0, tookMs: 0, bound: 0 },
      )
      assert.ok(quick.meta.questions < 12 && quick.meta.bound <= slow.meta.bound)
    }
  })

  it('where nothing was before, ecn:0 stood before hosts and ports', async () => {
    const answer = await compareBy(store, { filter: 'dst.port:8443', against: 'before', limit: 100 })
    assert.equal(answer.total.before, 0)
    assert.deepEqual(
      answer.rows.slice(0, 2).map(({ filter }) => filter),
      ['src.ip:10.9.9.9', 'dst.port:8443'],
    )
    const told = answer.rows.map(({ of }) => of.at(-1)?.field as string)
    for (const name of ['ecn', 'dscp', 'client.port', 'direction']) assert.ok(!told.includes(name), name)
    // The same where there is nothing now.
    const gone = await compareBy(store, {
      window: { from: FROM - HOUR, to: FROM },
      against: { from: FROM, to: TO },
      filter: 'src.ip:10.8.8.8',
      limit: 100,
    })
    assert.ok(gone.rows.some(({ filter }) => filter === 'dst.ip:198.51.100.7'))
    assert.ok(!gone.rows.some(({ of }) => of.at(-1)?.field === 'ecn'))
  })

  it('asks a few questions at a time, and stops with whoever asked', async () => {
    let underWay = 0
    let most = 0
    const counting: Explainer = {
      differences: async () => null,
      query: async (question, signal) => {
        most = Math.max(most, ++underWay)
        try {
          return await store.query(question, signal)
        } finally {
          underWay--
        }
      },
    }
    await compareBy(counting, { against: 'before' })
    assert.ok(most >= 2 && most <= 3, `${most}`)
    const gone = new AbortController()
    let asked = 0
    const leaving: Explainer = {
      differences: async () => null,
      query: (question, signal) => {
        if (++asked === 5) gone.abort()
        return store.query(question, signal)
      },
    }
    await assert.rejects(compareBy(leaving, { against: 'before' }, gone.signal))
    assert.ok(asked <= 8, `${asked} were asked`)
  })

  it('a comparison that runs out of time answers with what is done, and names what is left', async () => {
    // As a server's sockets do.
    const alive = setInterval(() => undefined, 60_000)
    after(() => clearInterval(alive))
    const comparison = resolveComparison(
      compareBody.parse({ window: { from: FROM, to: TO }, against: 'before', fields: ['src.ip', 'dst.ip', 'proto'] }),
      REGISTERED,
      TO,
    )
    // Answers whatever is asked but the groups of one field, which take for ever.
    const without = (slow: string): Explainer => ({
      differences: async () => null,
      query: (question, signal) =>
        question.groupBy.some((group) => group === slow)
          ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))))
          : store.query(question, signal),
    })
    const signal = new AbortController().signal
    const budget = { outer: 1500, inner: 1500 }
    const answer = await explain(comparison, without('dst.ip'), REGISTERED, signal, budget)
    assert.deepEqual(answer.meta.left, ['dst.ip'])
    assert.deepEqual(answer.meta.compared, ['src.ip', 'proto'])
    assert.equal(answer.rows[0]?.filter, 'src.ip:10.9.9.9')
    const never: Explainer = {
      differences: async () => null,
      query: (question, until) =>
        question.groupBy.length === 0
          ? store.query(question, until)
          : new Promise((_, reject) => until.addEventListener('abort', () => reject(new Error('ended')))),
    }
    await assert.rejects(explain(comparison, never, REGISTERED, signal, { outer: 1, inner: 1 }), { code: 'timeLimit' })
  })

  it('refuses what cannot be compared, with what can be done', () => {
    const refusals: [object, RegExp][] = [
      [{ against: { from: FROM - HOUR, to: FROM + 1 } }, /overlaps .* end it at 2026-11-24T10:00:00/],
      [{ against: '-30m' }, /less than the window is long.* before/],
      [{ against: 'yesterday' }, /neither usual nor before/],
      [{ window: { from: TO, to: FROM } }, /^window\.from: .* is not before to/],
      [{ against: { from: 'soon', to: FROM } }, /^against\.from: soon is no time/],
      [{ fields: ['src.ipp'] }, /^fields\[0\]: src\.ipp is no field; did you mean src\.ip/],
      [{ fields: ['ip'] }, /^fields\[0\]: ip means either side/],
    ]
    for (const [body, message] of refusals)
      assert.throws(
        () => resolveComparison(compareBody.parse({ window: { from: FROM, to: TO }, ...body }), REGISTERED, TO),
        { code: 'badRequest', message },
        JSON.stringify(body),
      )
  })
})
