/** Pages of records while flows arrive and days go: each record once, whatever the order, the page and the moment. */
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it, type TestContext } from 'node:test'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { KEEP_ALL } from '../../../../../src/server/stores/duckdb/care/retention.ts'
import type { RecordAnswer, RecordQuestion } from '../../../../../src/shared/query/question.ts'
import type { PlainFlow } from '../../../../support/batches.ts'
import { keep, openStore, recordQuestion } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const DAY = 86_400_000
const FIRST = Date.UTC(2026, 10, 1)
/** Numbers that tell flows apart. */
const id = (row: readonly unknown[]) => Number(row.at(-1))

/** Flows of a few days, many of them with the same end, the same bytes, or none. */
function flowsOf(from: number, count: number, firstDay: number, days: number): PlainFlow[] {
  return Array.from({ length: count }, (_, i) => {
    const end = FIRST + (firstDay + (i % days)) * DAY + DAY / 2 + (i % 7)
    return {
      start: end - (i % 3),
      end,
      received: end + 5,
      ...(i % 5 === 0 ? {} : { bytes: i % 11 }),
      proto: [6, 17][i % 2] as number,
      app: ['web', 'mail', null][i % 3] as string | null,
      'src.port': from + i,
    }
  })
}

async function open(test: TestContext, clock = { now: FIRST + 8 * DAY }): Promise<DuckStore> {
  const store = await openStore(temporaryFolder(test), {
    now: () => clock.now,
    retention: { ...KEEP_ALL, raw: 20 * DAY, disk: 1e12 },
    countMs: 0,
  })
  test.after(() => store.close())
  return store
}

async function allPages(
  store: DuckStore,
  question: RecordQuestion,
  between: (page: number) => Promise<void>,
): Promise<RecordAnswer[]> {
  const pages: RecordAnswer[] = []
  do {
    pages.push(await store.flows({ ...question, cursor: pages.at(-1)?.cursor ?? null }))
    if (pages.at(-1)?.cursor) await between(pages.length)
    assert.ok(pages.length < 1000)
  } while (pages.at(-1)?.cursor)
  return pages
}

const sort = fc.record({
  field: fc.constantFrom('end', 'start', 'bytes', 'app', 'proto', 'src.port', 'duration'),
  descending: fc.boolean(),
}) as fc.Arbitrary<RecordQuestion['sort']>

describe('pages of records', () => {
  it('give each record of the first page’s moment once while new ones arrive on all days', async (test) => {
    const store = await open(test)
    let kept = 0
    const add = async (count: number) => {
      await keep(store, flowsOf(kept, count, 0, 4))
      kept += count
    }
    await add(160)
    await fc.assert(
      fc.asyncProperty(sort, fc.integer({ min: 30, max: 150 }), async (order, limit) => {
        const before = kept
        const question = recordQuestion({ fields: ['end', 'src.port'], sort: order, limit, count: 'quick' })
        const pages = await allPages(store, question, (page) => (page <= 3 ? add(4) : Promise.resolve()))
        const ids = pages.flatMap(({ rows }) => rows.map(id))
        assert.deepEqual(
          ids.toSorted((a, b) => a - b),
          Array.from({ length: before }, (_, i) => i),
        )
      }),
      { numRuns: 8 },
    )
  })

  it('go on without the days that are dropped meanwhile, and say from when on there are flows', async (test) => {
    for (const order of [
      { field: 'end', descending: true },
      { field: 'end', descending: false },
      { field: 'bytes', descending: true },
      { field: 'app', descending: false },
    ] as const) {
      const clock = { now: FIRST + 8 * DAY }
      const store = await open(test, clock)
      await keep(store, flowsOf(0, 300, 0, 6))
      const question = recordQuestion({ fields: ['end', 'src.port'], sort: order, limit: 40 })
      const pages = await allPages(store, question, async (page) => {
        if (page !== 2) return
        // The first three days go.
        clock.now = FIRST + 23 * DAY
        await store.keepInBounds()
      })
      const given = pages.map(({ rows }) => rows.map(id))
      const all = given.flat()
      assert.equal(new Set(all).size, all.length, 'none twice')
      const isThere = (n: number) => n % 6 >= 3
      assert.deepEqual(
        all.filter(isThere).toSorted((a, b) => a - b),
        Array.from({ length: 300 }, (_, i) => i).filter(isThere),
      )
      assert.ok(given.slice(2).flat().every(isThere), 'none of those that are gone')
      assert.equal(pages.at(-1)?.meta.dataFrom, FIRST + 3.5 * DAY)
    }
  })

  it('say at least how many there are where counting would take long, and count all when asked to', async (test) => {
    const store = await open(test)
    await keep(store, flowsOf(0, 300, 0, 6))
    const filter = { op: 'in', field: 'proto', ranges: [{ low: 6n, high: 6n }] } as const
    const ask = async (parts: Partial<RecordQuestion>) => {
      const { meta } = await store.flows(recordQuestion({ filter, limit: 10, ...parts }))
      return [meta.matched, meta.matchedExact]
    }
    assert.deepEqual(await ask({ count: 'quick' }), [11, false])
    assert.deepEqual(await ask({ count: 'none' }), [11, false])
    assert.deepEqual(await ask({ count: 'exact' }), [150, true])
    assert.deepEqual(await ask({ count: 'quick', limit: 200 }), [150, true])
    assert.deepEqual(await ask({ count: 'quick', filter: null }), [300, true])
  })

  it('end with a clear word where a file was opened again and had lost records', async (test) => {
    const store = await open(test)
    await keep(store, flowsOf(0, 50, 0, 1))
    const { cursor } = await store.flows(recordQuestion({ limit: 10 }))
    const parts = JSON.parse(Buffer.from(cursor as string, 'base64url').toString()) as unknown[]
    const held = String(parts[5])
    for (const then of [held.replace(/:(\w+):/, ':zz:'), held.replace(/:0$/, ':1')]) {
      assert.notEqual(then, held)
      const old = Buffer.from(JSON.stringify(parts.with(5, then))).toString('base64url')
      await assert.rejects(store.flows(recordQuestion({ limit: 10, cursor: old })), {
        code: 'badCursor',
        message: /2026-11-01 was opened again and lost records; ask without a cursor/,
      })
    }
  })
})
