/** What stands around a record: the store's answers, put together, against the flows themselves. */
import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { conversation, surrounding } from '../../src/server/around.ts'
import type { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import { conversationBody, surroundingBody } from '../../src/shared/api/around.ts'
import { resolveConversation, resolveSurrounding } from '../../src/shared/query/around.ts'
import { formatIp } from '../../src/shared/schema/ip.ts'
import { BASE, HOUR, makeFlows, plain, Random } from '../conformance/flows.ts'
import { referenceAnswer } from '../conformance/reference-question.ts'
import type { Flow } from '../conformance/reference.ts'
import { REGISTERED } from '../../src/server/registry/names.ts'
import { keep, openStore, question } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

const flows = makeFlows(new Random(41), 600, false)
const signal = new AbortController().signal
const NOW = BASE + 48 * HOUR
const end = (flow: Flow) => Number(flow.get('end'))

async function open(test: TestContext): Promise<DuckStore> {
  const store = await openStore(temporaryFolder(test))
  test.after(() => store.close())
  await keep(store, flows.map(plain))
  return store
}

describe('records around one', () => {
  it('are those of the same exporter that ended before and after it, nearest first, whatever else', async (test) => {
    const store = await open(test)
    for (const flow of flows.filter((each) => each.has('exporter')).slice(0, 20)) {
      const at = end(flow)
      const exporter = formatIp(flow.get('exporter') as bigint)
      const body = { exporter, at, before: 5, after: 7, fields: ['end', 'exporter'] }
      const answer = await surrounding(resolveSurrounding(surroundingBody.parse(body), NOW), store, signal)
      const ends = flows.filter((each) => each.get('exporter') === flow.get('exporter')).map(end)
      const newestFirst = (some: number[]) => some.toSorted((a, b) => b - a)
      const expected = [
        newestFirst(newestFirst(ends.filter((each) => each > at)).slice(-7)),
        ends.filter((each) => each === at),
        newestFirst(ends.filter((each) => each < at)).slice(0, 5),
      ]
      assert.deepEqual(
        answer.rows,
        expected.flat().map((each) => [each, exporter]),
      )
      assert.deepEqual(
        [answer.after, answer.at, answer.before],
        expected.map((some) => some.length),
      )
    }
  })

  it('are refused where the exporter is no address or the time no time', () => {
    const ask = (body: object) => () =>
      resolveSurrounding(surroundingBody.parse({ exporter: '::1', at: 5, ...body }), NOW)
    assert.throws(ask({ exporter: 'router' }), /router is no address/)
    assert.throws(ask({ at: 'noon' }), /at: noon is no time/)
  })
})

describe('a conversation', () => {
  it('has the sums and records of both directions, one for each', async (test) => {
    const store = await open(test)
    const known = flows.filter((flow) => flow.has('src.ip') && flow.has('dst.ip'))
    for (const flow of known.slice(0, 15)) {
      const [src, dst] = [flow.get('src.ip') as bigint, flow.get('dst.ip') as bigint]
      const body = {
        from: BASE - 48 * HOUR,
        to: NOW,
        src: { ip: formatIp(src) },
        dst: { ip: formatIp(dst) },
        fields: ['bytes', 'end'],
        limit: 1000,
      }
      const asked = resolveConversation(conversationBody.parse(body), REGISTERED, NOW)
      const answer = await conversation(asked, store, signal)
      for (const [from, to, direction] of [
        [src, dst, answer.there],
        [dst, src, answer.back],
      ] as const) {
        const mine = flows.filter((each) => each.get('src.ip') === from && each.get('dst.ip') === to)
        const { rows } = referenceAnswer(mine, question({ fromMs: body.from, toMs: body.to }))
        assert.deepEqual([direction.bytes, direction.packets, direction.flows], rows[0])
        assert.equal(direction.rows.length, mine.length)
        assert.equal(direction.last, mine.length === 0 ? null : Math.max(...mine.map(end)))
        assert.equal(
          direction.first,
          mine.length === 0 ? null : Math.min(...mine.map((each) => Number(each.get('start')))),
        )
      }
    }
  })
})
