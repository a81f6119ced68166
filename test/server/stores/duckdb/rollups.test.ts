/** Sums that are kept say what the flows say. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Answer, Question } from '../../../../src/shared/query/question.ts'
import type { FieldName } from '../../../../src/shared/schema/fields.ts'
import { PLAN_LIMITS } from '../../../../src/server/stores/duckdb/answers/plan.ts'
import { KEEP_ALL } from '../../../../src/server/stores/duckdb/care/retention.ts'
import type { DuckStore } from '../../../../src/server/stores/duckdb/store.ts'
import { BASE, HOUR, makeFlows, MINUTE, plain, Random } from '../../../conformance/flows.ts'
import type { PlainFlow } from '../../../support/batches.ts'
import { keep, openStore, question } from '../../../support/store.ts'

const DAY = 24 * HOUR
/** Sums however few flows there are; those of the largest only where they name all groups. */
const SUMS = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: Number.POSITIVE_INFINITY }
/** Those of the largest always. */
const LARGEST = { ...PLAN_LIMITS, flowsOfDay: 0, flowsInAll: 0 }
const NONE = { ...PLAN_LIMITS, flowsOfDay: Number.POSITIVE_INFINITY, flowsInAll: Number.POSITIVE_INFINITY }

const KEPT_FIELDS: readonly FieldName[] = [
  'exporter',
  'in.if',
  'out.if',
  'proto',
  'service',
  'src.as',
  'dscp',
  'tcp.flags',
  'vlan',
  'src.ip',
  'client.ip',
  'server.port',
  'app',
]

/** `n` flows of an hour, from so many sources to one host. */
function flowsFrom(sources: number, n: number): PlainFlow[] {
  return Array.from({ length: n }, (_, i) => ({
    start: BASE + ((i * 977) % HOUR),
    end: BASE + ((i * 977) % HOUR) + 900,
    received: BASE + HOUR,
    'src.ip': `10.${(i % sources) >> 8}.${(i % sources) & 255}.1`,
    'dst.ip': '192.0.2.1',
    proto: 6,
    bytes: 40 + (i % sources) ** 2,
    packets: 1 + (i % 7),
  }))
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'weir-rollups-'))
  try {
    await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What the numbers are, without what is said of them. */
function numbers({ rows, columns, meta }: Answer): unknown {
  const { totals, otherRow, groups, sampled } = meta
  return { rows, columns, totals, otherRow, groups, sampled }
}

describe('sums that are kept', () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'weir-rollups-'))) as [string, string]
  let summed: DuckStore
  let plainly: DuckStore

  before(async () => {
    const flows = makeFlows(new Random(77), 1200, false).map(plain)
    // Longer than a day, so in no sums by minute.
    const long = flows.slice(0, 40).map((flow) => ({ ...flow, start: Number(flow['end']) - 3 * DAY }))
    summed = await openStore(folders[0], { planLimits: SUMS })
    plainly = await openStore(folders[1], { planLimits: NONE })
    for (const part of [flows.slice(0, 700), [...flows.slice(700, 900), ...long], flows.slice(900)]) {
      await keep(summed, part)
      await keep(plainly, part)
      // The last part is not in the sums.
      if (part.length !== 300) await summed.settle()
    }
  })
  after(async () => {
    await summed.close()
    await plainly.close()
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  })

  it('and flows give the same answers, at every interval, over any range', async () => {
    const used = new Set<string>()
    const to = (step: number) =>
      fc
        .integer({ min: Math.floor((-4 * DAY) / step), max: Math.ceil((2 * DAY) / step) })
        .map((n) => BASE - (BASE % step) + n * step)
    const time = fc.oneof(to(1), to(MINUTE), to(HOUR))
    await fc.assert(
      fc.asyncProperty(
        time,
        time,
        fc.uniqueArray(fc.constantFrom(...KEPT_FIELDS), { maxLength: 2 }),
        fc.constantFrom(null, 10 * MINUTE, HOUR, 6 * HOUR, DAY),
        fc.constantFrom<Question['scope']>('all', 'ingress'),
        async (a, b, groupBy, intervalMs, scope) => {
          if (a === b) return
          const asked = question({ fromMs: Math.min(a, b), toMs: Math.max(a, b), groupBy, intervalMs, scope, limit: 5 })
          const [one, other] = await Promise.all([summed.query(asked), plainly.query(asked)])
          used.add(one.meta.resolution)
          assert.deepEqual(numbers(one), numbers(other), one.meta.sql)
          assert.equal(one.meta.exact, true)
        },
      ),
      { numRuns: 100, seed: 4 },
    )
    for (const resolution of ['hour', 'minute', 'mixed']) assert.ok(used.has(resolution), resolution)
  })
})

describe('sums of the largest groups', () => {
  it('name the largest, count the others, and say how far a number may be off', async () => {
    await withFolder(async (folder) => {
      const flows = flowsFrom(3000, 9000)
      const store = await openStore(folder, { planLimits: LARGEST })
      await keep(store, flows)
      await store.settle()
      const asked = question({ fromMs: BASE - HOUR, toMs: BASE + 2 * HOUR, groupBy: ['src.ip'], limit: 10 })
      const { rows, meta } = await store.query(asked)
      const truth = new Map<string, number>()
      for (const flow of flows)
        truth.set(String(flow['src.ip']), (truth.get(String(flow['src.ip'])) ?? 0) + Number(flow['bytes']))
      const total = [...truth.values()].reduce((sum, bytes) => sum + bytes, 0)
      assert.equal(meta.exact, false)
      assert.equal(meta.totals.bytes, total)
      assert.equal(meta.totals.flows, flows.length)
      assert.equal(
        rows.reduce((sum, row) => sum + Number(row[1]), 0),
        total,
      )
      const bound = (meta.error as number) * total
      const largest = [...truth].toSorted((a, b) => b[1] - a[1]).slice(0, 10)
      assert.deepEqual(
        rows.slice(0, 10).map(([address]) => address),
        largest.map(([address]) => address),
      )
      for (const [address, bytes] of rows.slice(0, 10)) {
        const is = truth.get(address as string) as number
        assert.ok(Number(bytes) <= is && is <= Number(bytes) + bound, `${address}: ${bytes} of ${is}, off by ${bound}`)
      }
      await store.close()
    })
  })
})

describe('when flows are gone', () => {
  it('sums answer as before, and say so where the range ends within an hour', async () => {
    await withFolder(async (folder) => {
      const clock = { now: BASE + HOUR }
      const retention = { ...KEEP_ALL, raw: DAY, minute: DAY }
      const store = await openStore(folder, { planLimits: SUMS, now: () => clock.now, retention })
      await keep(store, flowsFrom(20, 500))
      const from = BASE - (BASE % DAY)
      const asked = question({ fromMs: from, toMs: from + 2 * DAY, groupBy: ['src.ip'], intervalMs: HOUR, limit: 3 })
      const whole = await store.query(asked)
      clock.now = BASE + 5 * DAY
      await store.keepInBounds()
      assert.deepEqual(readdirSync(join(folder, 'flows')), [])
      assert.deepEqual(readdirSync(join(folder, 'minutes')), [])
      const sumsOnly = await store.query(asked)
      assert.deepEqual(numbers(sumsOnly), numbers(whole))
      assert.equal(sumsOnly.meta.exact, true)
      assert.notEqual(sumsOnly.meta.resolution, 'raw')
      const within = await store.query({ ...asked, intervalMs: null, fromMs: BASE + 60_000 })
      assert.equal(within.meta.exact, false)
      const byPort = await store.query({ ...asked, groupBy: ['ttl'] })
      assert.equal(byPort.meta.totals.flows, 0)
      assert.ok((byPort.meta.dataFrom as number) > BASE)
      await store.close()
    })
  })
})

describe('a file of sums', () => {
  it('that is damaged is made anew from the flows', async () => {
    await withFolder(async (folder) => {
      const asked = question({ groupBy: ['proto'] })
      let store = await openStore(folder, { planLimits: SUMS })
      await keep(store, flowsFrom(20, 500))
      await store.settle()
      const intact = numbers(await store.query(asked))
      await store.close()
      for (const file of readdirSync(join(folder, 'hours'))) {
        const path = join(folder, 'hours', file)
        truncateSync(path, statSync(path).size / 2)
      }
      store = await openStore(folder, { planLimits: SUMS })
      assert.deepEqual(numbers(await store.query(asked)), intact)
      await store.settle()
      const again = await store.query(asked)
      assert.deepEqual(numbers(again), intact)
      assert.notEqual(again.meta.resolution, 'raw')
      await store.close()
    })
  })

  it('without its flows, then flows of that day come late: both count', async () => {
    await withFolder(async (folder) => {
      const clock = { now: BASE + HOUR }
      const retention = { ...KEEP_ALL, raw: DAY }
      const store = await openStore(folder, { planLimits: SUMS, now: () => clock.now, retention })
      await keep(store, flowsFrom(20, 500))
      clock.now = BASE + 5 * DAY
      await store.keepInBounds()
      await keep(store, flowsFrom(20, 300))
      const asked = question({ fromMs: BASE - DAY, toMs: BASE + 2 * DAY })
      assert.equal((await store.query(asked)).meta.totals.flows, 800)
      await store.keepInBounds()
      assert.equal((await store.query(asked)).meta.totals.flows, 800)
      assert.equal(existsSync(join(folder, 'hours')), true)
      await store.close()
    })
  })
})
