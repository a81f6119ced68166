/** When an address was seen: what the store says, against the flows themselves. */
import assert from 'node:assert/strict'
import { DuckDBInstance } from '@duckdb/node-api'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import {
  createHosts,
  fillHosts,
  mergeHosts,
  seenInFlows,
  seenInHosts,
} from '../../../../../src/server/stores/duckdb/sql/hosts.ts'
import { KEEP_ALL } from '../../../../../src/server/stores/duckdb/care/retention.ts'
import type { Source } from '../../../../../src/server/stores/duckdb/sql/source.ts'
import type { SeenAnswer, SeenAs } from '../../../../../src/shared/query/seen.ts'
import { resolveSeen } from '../../../../../src/shared/query/seen.ts'
import { formatIp } from '../../../../../src/shared/schema/ip.ts'
import { BASE, HOUR, makeFlows, plain, Random } from '../../../../conformance/flows.ts'
import type { Flow } from '../../../../conformance/reference.ts'
import { keep, openStore } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const DAY = 86_400_000

/** Slow and obvious. */
function reference(
  flows: readonly Flow[],
  low: bigint,
  high: bigint,
  asked: SeenAs,
): Pick<SeenAnswer, 'first' | 'last' | 'days'> {
  const has = (flow: Flow, name: 'src.ip' | 'dst.ip') => {
    const value = flow.get(name)
    return typeof value === 'bigint' && value >= low && value <= high
  }
  const start = (flow: Flow) => Number(flow.get('start'))
  const end = (flow: Flow) => Number(flow.get('end'))
  const side = (some: readonly Flow[]) => {
    if (some.length === 0) return null
    const known = some.filter((flow) => flow.has('bytes'))
    const bytes = known.reduce((sum, flow) => sum + (flow.get('bytes') as bigint), 0n)
    return { flows: some.length, bytes: known.length === 0 ? null : Number(bytes) }
  }
  const sent = asked === 'dst' ? [] : flows.filter((flow) => has(flow, 'src.ip'))
  const received = asked === 'src' ? [] : flows.filter((flow) => has(flow, 'dst.ip'))
  const all = [...sent, ...received]
  const dayOf = (flow: Flow) => new Date(Math.floor(end(flow) / DAY) * DAY).toISOString().slice(0, 10)
  return {
    first: all.length === 0 ? null : Math.min(...all.map(start)),
    last: all.length === 0 ? null : Math.max(...all.map(end)),
    days: [...new Set(all.map(dayOf))].toSorted().map((day) => {
      const on = (some: readonly Flow[]) => some.filter((flow) => dayOf(flow) === day)
      return {
        day,
        first: Math.min(...on(all).map(start)),
        last: Math.max(...on(all).map(end)),
        sent: side(on(sent)),
        received: side(on(received)),
      }
    }),
  }
}

const flows = makeFlows(new Random(31), 800, false)
const addresses = [...new Set(flows.flatMap((flow) => [flow.get('src.ip'), flow.get('dst.ip')]))].filter(
  (value) => typeof value === 'bigint',
)
const QUESTIONS = [
  ...addresses.slice(0, 12).map((address) => formatIp(address)),
  '10.0.0.0/8',
  '0.0.0.0/0',
  '::/0',
  '2001:db8::/32',
  '192.0.2.255',
]

async function store(test: TestContext) {
  const opened = await openStore(temporaryFolder(test))
  test.after(() => opened.close())
  for (let from = 0; from < flows.length; from += 300) await keep(opened, flows.slice(from, from + 300).map(plain))
  return opened
}

describe('when an address was seen', () => {
  it('is what the flows say, on either side or one', async (test) => {
    const opened = await store(test)
    for (const ip of QUESTIONS) {
      for (const asked of ['either', 'src', 'dst'] as const) {
        const question = resolveSeen({ ip, asked })
        const { first, last, days } = await opened.seen(question)
        assert.deepEqual({ first, last, days }, reference(flows, question.low, question.high, asked), `${ip} ${asked}`)
      }
    }
  })

  it('is the same out of the tables of addresses, with flows that are in none yet, and once the flows are gone', async (test) => {
    const clock = { now: BASE + 24 * HOUR }
    const opened = await openStore(temporaryFolder(test), {
      now: () => clock.now,
      retention: { ...KEEP_ALL, raw: DAY, disk: 1e12 },
    })
    test.after(() => opened.close())
    const check = async (some: readonly Flow[], asked: SeenAs = 'either') => {
      for (const ip of QUESTIONS.slice(-8)) {
        const question = resolveSeen({ ip, asked })
        const { first, last, days, notIndexed } = await opened.seen(question)
        const expected = reference(some, question.low, question.high, asked)
        assert.deepEqual({ first, last, days, notIndexed }, { ...expected, notIndexed: [] }, ip)
      }
    }
    const half = flows.slice(0, 400)
    await keep(opened, half.map(plain))
    await opened.settle()
    await check(half)
    await keep(opened, flows.slice(400).map(plain))
    await check(flows, 'src')
    await opened.settle()
    await check(flows, 'dst')
    clock.now += 10 * DAY
    await opened.keepInBounds()
    assert.equal(opened.status().flows, 0)
    await check(flows)
    assert.ok(((await opened.seen(resolveSeen({ ip: '::/0', asked: 'either' }))).dataFrom ?? 0) < clock.now - 9 * DAY)
  })

  it('is known without the file of months too: it is made anew where it is damaged', async (test) => {
    const folder = temporaryFolder(test)
    const some = flows.slice(0, 60)
    const first = await openStore(folder, { now: () => BASE + 20 * DAY })
    await keep(first, some.map(plain))
    await first.settle()
    await first.close()
    writeFileSync(join(folder, 'hosts.duckdb'), 'nonsense')
    const opened = await openStore(folder, { now: () => BASE + 20 * DAY })
    test.after(() => opened.close())
    const question = resolveSeen({ ip: '::/0', asked: 'either' })
    for (const after of ['at once', 'when it is made again']) {
      const { first: begin, last, days } = await opened.seen(question)
      assert.deepEqual({ first: begin, last, days }, reference(some, question.low, question.high, 'either'), after)
      await opened.settle()
    }
  })

  it('is refused for what is no address', () => {
    for (const ip of ['', 'router', '10.0.0.0/33', '10.0.0.300', "'; DROP TABLE flows"])
      assert.throws(() => resolveSeen({ ip, asked: 'either' }), { code: 'badRequest' }, ip)
  })
})

describe('the table of addresses', () => {
  const source = (from: number, to: number): Source => ({
    table: 'memory.flows',
    columns: new Set(['src_ip_hi', 'src_ip_lo', 'dst_ip_hi', 'dst_ip_lo', 'start', 'end', 'bytes']),
    rows: { from, to },
    inside: true,
    wide: false,
  })

  it('says the same filled slice by slice, before and after it is put in order', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const rows = async (sql: string) => (await connection.runAndReadAll(`${sql} ORDER BY ALL`)).getRows()
    await connection.run(
      `CREATE TABLE flows AS SELECT 0::UBIGINT AS src_ip_hi, (i % 70)::UBIGINT AS src_ip_lo, 0::UBIGINT AS dst_ip_hi, (i % 30)::UBIGINT AS dst_ip_lo, i * 1000000 AS start, i * 1000000 + 5 AS "end", CASE WHEN i % 9 > 0 THEN 18446744073709551615::UBIGINT END AS bytes FROM range(1000) AS r(i)`,
    )
    const run = async (statements: readonly string[]) => {
      for (const sql of statements) await connection.run(sql)
    }
    await run(createHosts('"memory"."hosts"'))
    for (const [from, to] of [
      [0, 400],
      [400, 401],
      [401, 1000],
    ] as const)
      await run(fillHosts('"memory"."hosts"', source(from, to)))
    for (const high of [7n, 100n, 1n << 70n]) {
      const question = { low: 7n, high, asked: 'either' } as const
      const expected = await rows(seenInFlows(source(0, 1000), question))
      assert.ok(expected.length > 0)
      assert.deepEqual(await rows(seenInHosts('"memory"."hosts"', question)), expected)
    }
    await run(createHosts('"memory"."merged"'))
    await run(mergeHosts('"memory"."hosts"', '"memory"."merged"'))
    const question = { low: 7n, high: 9n, asked: 'src' } as const
    assert.deepEqual(
      await rows(seenInHosts('"memory"."merged"', question)),
      await rows(seenInFlows(source(0, 1000), question)),
    )
    assert.deepEqual(await rows('SELECT * FROM "memory"."merged_left"'), [])

    await run(createHosts('"memory"."fewer"'))
    await run(mergeHosts('"memory"."merged"', '"memory"."fewer"', 20))
    assert.deepEqual(await rows('SELECT count(*) FROM "memory"."fewer"'), [[20n]])
    assert.equal((await rows('SELECT * FROM "memory"."fewer_left"')).length, 1)
    connection.closeSync()
  })
})
