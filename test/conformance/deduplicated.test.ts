/** The scope `deduplicated`, against the reference: flows of which many are seen by several exporters. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { DuckStore } from '../../src/server/stores/duckdb/store.ts'
import { parseIp } from '../../src/shared/schema/ip.ts'
import { keep, question as asking, recordQuestion } from '../support/store.ts'
import { BASE, HOUR, makeFlows, makeQuestion, makeRecordQuestion, plain, Random } from './flows.ts'
import { referenceAnswer } from './reference-question.ts'
import { referenceRecords, type Flow } from './reference.ts'

/** The flows, and of half of them what other exporters saw of them, a little later and not always all of it. */
function seenAgain(flows: readonly Flow[], random: Random): Flow[] {
  const again = flows
    .filter(() => random.chance(0.5))
    .map((flow): Flow => {
      const bytes = flow.get('bytes') as bigint | undefined
      // One in three is of a cloud's interface, which is no exporter.
      const cloud = random.chance(0.3)
      const observer = cloud ? undefined : (parseIp(random.of(['192.0.2.1', '192.0.2.9', '2001:db8::9'])) as bigint)
      const changed: [Parameters<Flow['get']>[0], bigint | string | undefined][] = [
        ['interface.id', cloud ? random.of(['eni-a', 'eni-b']) : undefined],
        ['vpc.id', cloud ? random.of([undefined, 'vpc-1', 'vpc-2']) : undefined],
        ['exporter', observer],
        ['direction', random.of([undefined, 0n, 1n])],
        ['sampling.rate', random.of([undefined, 1n, 100n])],
        ['bytes', bytes === undefined || random.chance(0.5) ? bytes : bytes / 2n],
        ['end', (flow.get('end') as bigint) + BigInt(random.below(2))],
      ]
      const copy = new Map(flow)
      for (const [name, value] of changed) {
        if (value === undefined) copy.delete(name)
        else copy.set(name, value)
      }
      return copy
    })
  return [...flows, ...again]
}

describe('DuckDB, flows that several exporters saw', () => {
  const flows = seenAgain(makeFlows(new Random(21), 700, false), new Random(22))
  const folder = mkdtempSync(join(tmpdir(), 'weir-deduplicated-'))
  let store: DuckStore

  before(async () => {
    store = await DuckStore.open({ dataDir: folder, threads: 2, memoryLimitBytes: 256 * 2 ** 20 })
    for (let from = 0; from < flows.length; from += 300) await keep(store, flows.slice(from, from + 300).map(plain))
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('are counted once, whatever is asked', async () => {
    const random = new Random(23)
    for (let i = 0; i < 40; i++) {
      const question = { ...makeQuestion(random), scope: 'deduplicated' } as const
      const { rows, meta } = await store.query(question)
      const expected = referenceAnswer(flows, question)
      assert.deepEqual({ rows, totals: meta.totals }, { rows: expected.rows, totals: expected.totals }, meta.sql)
    }
  })

  it('are shown once, page by page', async () => {
    const random = new Random(24)
    for (let i = 0; i < 20; i++) {
      const question = { ...makeRecordQuestion(random), scope: 'deduplicated', limit: 200 } as const
      const expected = referenceRecords(flows, question).map(({ cells }) => JSON.stringify(cells))
      const rows: string[] = []
      for (let cursor: string | null = null, first = true; first || cursor !== null; first = false) {
        const page = await store.flows({ ...question, cursor })
        assert.equal(page.meta.matched, expected.length)
        rows.push(...page.rows.map((row) => JSON.stringify(row)))
        cursor = page.cursor
      }
      assert.deepEqual(rows.toSorted(), expected.toSorted())
    }
  })

  it('add up, by the hour and in all, and are fewer than all observations', async () => {
    const bounds = { fromMs: BASE - 48 * HOUR, toMs: BASE + 48 * HOUR, scope: 'deduplicated' } as const
    const whole = await store.query(asking(bounds))
    const hours = await store.query(asking({ ...bounds, intervalMs: HOUR }))
    assert.deepEqual(hours.meta.totals, whole.meta.totals)
    const all = await store.flows(recordQuestion({ limit: 1 }))
    assert.equal(all.meta.matched, flows.length)
    assert.ok(Number(whole.meta.totals.flows) < flows.length)
    assert.equal(whole.meta.scope.counted, 'deduplicated')
    assert.match(whole.meta.scope.reason, /one observation point/)
  })

  it('count what both ends of a path inside a VPC report once, and the same addresses of another VPC besides', async (test) => {
    const other = mkdtempSync(join(tmpdir(), 'weir-deduplicated-'))
    const clouds = await DuckStore.open({ dataDir: other, threads: 1, memoryLimitBytes: 256 * 2 ** 20 })
    test.after(async () => {
      await clouds.close()
      rmSync(other, { recursive: true, force: true })
    })
    const seen = (vpc: string, at: string, direction: bigint) =>
      new Map<Parameters<Flow['get']>[0], bigint | string>([
        ['start', BigInt(BASE)],
        ['end', BigInt(BASE) + 10n],
        ['received', BigInt(BASE) + 20n],
        ['vpc.id', vpc],
        ['interface.id', at],
        ['direction', direction],
        ['src.ip', parseIp('10.0.0.1') as bigint],
        ['dst.ip', parseIp('10.0.0.2') as bigint],
        ['src.port', 50_000n],
        ['dst.port', 443n],
        ['proto', 6n],
        ['bytes', 1000n],
        ['packets', 1n],
      ])
    await keep(clouds, [seen('vpc-1', 'eni-a', 1n), seen('vpc-1', 'eni-b', 0n), seen('vpc-2', 'eni-c', 1n)].map(plain))
    const bounds = { fromMs: BASE - HOUR, toMs: BASE + HOUR } as const
    assert.equal((await clouds.query(asking(bounds))).meta.totals.bytes, 3000)
    assert.equal((await clouds.query(asking({ ...bounds, scope: 'deduplicated' }))).meta.totals.bytes, 2000)
  })

  it('count a flow at the exporter that samples least, and not at that which counted most', async (test) => {
    const other = mkdtempSync(join(tmpdir(), 'weir-deduplicated-'))
    const two = await DuckStore.open({ dataDir: other, threads: 1, memoryLimitBytes: 256 * 2 ** 20 })
    test.after(async () => {
      await two.close()
      rmSync(other, { recursive: true, force: true })
    })
    const flow = (exporter: string, bytes: number, rate: number, port = 443) =>
      new Map<Parameters<Flow['get']>[0], bigint>([
        ['start', BigInt(BASE)],
        ['end', BigInt(BASE) + 10n],
        ['received', BigInt(BASE) + 20n],
        ['exporter', parseIp(exporter) as bigint],
        ['src.ip', parseIp('10.0.0.1') as bigint],
        ['dst.ip', parseIp('10.0.0.2') as bigint],
        ['src.port', 50_000n],
        ['dst.port', BigInt(port)],
        ['proto', 6n],
        ['bytes', BigInt(bytes)],
        ['packets', 1n],
        ['sampling.rate', BigInt(rate)],
      ])
    await keep(two, [
      plain(flow('192.0.2.1', 1000, 1)),
      plain(flow('192.0.2.2', 5000, 100)),
      plain(flow('192.0.2.2', 300, 100, 80)),
    ])
    const answer = await two.query(asking({ scope: 'deduplicated', groupBy: ['exporter', 'dst.port'] }))
    assert.deepEqual(
      answer.rows.map((row) => row.slice(0, 3)),
      [
        ['192.0.2.1', 443, 1000],
        ['192.0.2.2', 80, 300],
      ],
    )
  })
})
