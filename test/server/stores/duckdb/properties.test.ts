/** What holds for all flows and ranges: parts add up, to the unit. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { after, before, describe, it } from 'node:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Grouping } from '../../../../src/shared/query/groups.ts'
import type { Answer } from '../../../../src/shared/query/question.ts'
import type { FieldName } from '../../../../src/shared/schema/fields.ts'
import type { DuckStore } from '../../../../src/server/stores/duckdb/store.ts'
import { makeFlows, plain, Random, BASE, HOUR, MINUTE } from '../../../conformance/flows.ts'
import { keep, openStore, question } from '../../../support/store.ts'

const RUNS = { numRuns: 60 }
const time = fc.integer({ min: BASE - 2 * HOUR, max: BASE + 27 * HOUR })
const range = fc
  .tuple(time, time)
  .filter(([a, b]) => a !== b)
  .map(([a, b]) => ({ fromMs: Math.min(a, b), toMs: Math.max(a, b) }))
const group = fc.constantFrom<FieldName>('src.ip', 'proto', 'exporter', 'service', 'client.ip', 'dscp')

/** Sums of the counts' columns, whatever the rows stand for. */
function added(answer: Pick<Answer, 'columns' | 'rows'>): bigint[] {
  const first = answer.columns.findIndex((column) => column.name === 'bytes')
  return [0, 1, 2].map((i) =>
    answer.rows.reduce((sum, row) => sum + BigInt((row[first + i] as number | string | null) ?? 0), 0n),
  )
}

function totals({ meta }: Answer): bigint[] {
  return [meta.totals.bytes, meta.totals.packets, meta.totals.flows].map((value) =>
    BigInt((value as number | string | null) ?? 0),
  )
}

describe('sums', () => {
  let store: DuckStore
  const folder = mkdtempSync(join(tmpdir(), 'weir-properties-'))

  before(async () => {
    store = await openStore(folder)
    await keep(store, makeFlows(new Random(5), 800, true).map(plain))
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('of the named groups and the others are the total', async () => {
    await fc.assert(
      fc.asyncProperty(
        range,
        fc.array(group, { minLength: 1, maxLength: 2 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(null, HOUR),
        async (bounds, groupBy, limit, intervalMs) => {
          const answer = await store.query(question({ ...bounds, groupBy: [...new Set(groupBy)], limit, intervalMs }))
          assert.deepEqual(added(answer), totals(answer))
        },
      ),
      RUNS,
    )
  })

  it('by minute, by hour, by day and in all are the same', async () => {
    await fc.assert(
      fc.asyncProperty(range, async (bounds) => {
        const [all, ...others] = await Promise.all(
          [null, 10 * MINUTE, HOUR, 24 * HOUR].map((intervalMs) => store.query(question({ ...bounds, intervalMs }))),
        )
        for (const each of others) {
          assert.deepEqual(added(each), totals(all as Answer))
          assert.deepEqual(totals(each), totals(all as Answer))
        }
      }),
      RUNS,
    )
  })

  it('of a range cut anywhere are those of its parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .tuple(time, time, time)
          .map((times) => times.toSorted((a, b) => a - b) as [number, number, number])
          .filter(([a, b, c]) => a < b && b < c),
        async ([a, b, c]) => {
          const [whole, left, right] = await Promise.all(
            [
              [a, c],
              [a, b],
              [b, c],
            ].map(([fromMs, toMs]) => store.query(question({ fromMs: fromMs as number, toMs: toMs as number }))),
          )
          const parts = [left, right].map((answer) => totals(answer as Answer))
          assert.deepEqual(
            totals(whole as Answer),
            [0, 1, 2].map((i) => parts.reduce((sum, part) => sum + (part[i] as bigint), 0n)),
          )
        },
      ),
      RUNS,
    )
  })

  it('over all time are those of the flows as they came', async () => {
    const flows = makeFlows(new Random(5), 800, true)
    const sum = (name: 'bytes' | 'packets') => flows.reduce((total, flow) => total + BigInt(flow.get(name) ?? 0n), 0n)
    assert.deepEqual(
      totals(await store.query(question({ intervalMs: HOUR, fromMs: BASE - 48 * HOUR, toMs: BASE + 48 * HOUR }))),
      [sum('bytes'), sum('packets'), 800n],
    )
  })

  it('of the groups of any kind and the others are the total, at every interval of one answer', async () => {
    const grouping = fc.constantFrom<Grouping>(
      { field: 'src.ip', prefix: 8, prefix6: 32 },
      { field: 'bytes', bucket: 'log' },
      { field: 'dst.port', bucket: 100 },
      { clock: 'hour', zone: 'Asia/Kolkata' },
      { clock: 'weekday', zone: 'UTC' },
      'client.ip',
    )
    await fc.assert(
      fc.asyncProperty(range, grouping, fc.constantFrom('range', 'bucket'), async (bounds, each, topPer) => {
        const asked = { ...bounds, groupBy: [each], limit: 2, topPer, totals: true } as const
        const answer = await store.query(question({ ...asked, intervalMs: HOUR, furtherMs: [24 * HOUR, null] }))
        const levels = [answer, ...(answer.further ?? [])]
        for (const { rows, totals: together = [] } of levels) {
          assert.deepEqual(added({ ...answer, rows }), totals(answer))
          const columns = answer.columns.filter((column) => column.group === undefined && column.name !== 'client.ip')
          assert.deepEqual(added({ ...answer, columns, rows: together }), totals(answer))
        }
      }),
      RUNS,
    )
  })

  it('have the same peak by ten minutes, by hour, by day and in all', async () => {
    await fc.assert(
      fc.asyncProperty(range, fc.constantFrom<FieldName[]>([], ['proto']), async (bounds, groupBy) => {
        const asked = { ...bounds, groupBy, measures: ['bps.max', 'flows.max'], other: false } as const
        const answer = await store.query(
          question({ ...asked, overMs: 5 * MINUTE, intervalMs: 10 * MINUTE, furtherMs: [HOUR, 24 * HOUR, null] }),
        )
        const peaks = [answer, ...(answer.further ?? [])].map(({ rows }) => {
          const peak = new Map<string, number[]>()
          for (const [, ...cells] of rows) {
            const values = String(cells.slice(0, groupBy.length))
            const [bits, flows] = cells.slice(groupBy.length).map((value) => Number(value ?? 0)) as [number, number]
            // A range without flows has a row in all, and no buckets.
            if (bits === 0 && flows === 0) continue
            const [most = 0, mostFlows = 0] = peak.get(values) ?? []
            peak.set(values, [Math.max(bits, most), Math.max(flows, mostFlows)])
          }
          return peak
        })
        for (const each of peaks) assert.deepEqual(each, peaks[0])
      }),
      { numRuns: 15 },
    )
  })
})
