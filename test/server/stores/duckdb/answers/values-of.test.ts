import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ValuesQuestion } from '../../../../../src/shared/query/values.ts'
import type { FieldName } from '../../../../../src/shared/schema/fields.ts'
import type { PlainFlow } from '../../../../support/batches.ts'
import { keep, openStore, question } from '../../../../support/store.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000
const DAY = 1440 * MINUTE

function flow(parts: PlainFlow = {}): PlainFlow {
  return { start: NOON, end: NOON, received: NOON, bytes: 100, packets: 1, ...parts }
}

function asked(fields: readonly FieldName[], parts: Partial<ValuesQuestion> = {}): ValuesQuestion {
  return {
    fromMs: 0,
    toMs: Date.UTC(2200, 0),
    scope: 'all',
    filter: null,
    of: fields.map((field) => ({ field, wanted: { op: 'exists', field } })),
    limit: 10,
    budgetMs: 60_000,
    ...parts,
  }
}

describe('values of a field', () => {
  it('most frequent first, then by value; flows without one do not count', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [
      ...Array.from({ length: 3 }, () => flow({ app: 'mail', 'src.ip': '10.0.0.1' })),
      flow({ app: 'backup', 'src.ip': '10.0.0.2' }),
      flow({ app: 'archive', 'src.ip': '2001:db8::1' }),
      flow(),
    ])
    assert.deepEqual(await store.values(asked(['app'])), {
      values: [
        { value: 'mail', flows: 3 },
        { value: 'archive', flows: 1 },
        { value: 'backup', flows: 1 },
      ],
      flows: 6,
      matched: 6,
      complete: true,
    })
    const addresses = await store.values(asked(['src.ip'], { limit: 2 }))
    assert.deepEqual(addresses.values, [
      { value: '10.0.0.1', flows: 3 },
      { value: '10.0.0.2', flows: 1 },
    ])
    await store.close()
  })

  it('of an either-side field: of both sides', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [flow({ 'src.port': 443, 'dst.port': 50_000 }), flow({ 'src.port': 443, 'dst.port': 443 })])
    const { values } = await store.values(asked(['src.port', 'dst.port']))
    assert.deepEqual(values, [
      { value: 443, flows: 3 },
      { value: 50_000, flows: 1 },
    ])
    await store.close()
  })

  it('within the range, under the filter and in the scope', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [
      flow({ start: NOON - DAY, end: NOON - DAY, 'dst.port': 1 }),
      flow({ start: NOON - 2 * MINUTE, end: NOON - MINUTE, 'dst.port': 2, proto: 6 }),
      flow({ 'dst.port': 3, proto: 6, exporter: '192.0.2.1' }),
      flow({ 'dst.port': 4, proto: 17, exporter: '192.0.2.1' }),
    ])
    const range = { fromMs: NOON - MINUTE, toMs: NOON + 1 }
    const inRange = await store.values(asked(['dst.port'], range))
    assert.deepEqual(
      inRange.values.map(({ value }) => value),
      [2, 3, 4],
    )
    assert.equal(inRange.flows, 3)
    const filter = { op: 'in', field: 'proto', ranges: [{ low: 6n, high: 6n }] } as const
    const fitting = await store.values(asked(['dst.port'], { ...range, filter }))
    assert.deepEqual([fitting.flows, fitting.matched, fitting.complete], [3, 2, true])
    const seen = await store.values(asked(['dst.port'], { ...range, filter, scope: { exporter: '192.0.2.1' } }))
    assert.deepEqual(seen.values, [{ value: 3, flows: 1 }])
    await store.close()
  })

  it('only those that begin so, also where the text has letters of patterns', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [flow({ app: 'Mail_1' }), flow({ app: 'mailx1' }), flow({ app: 'other' })])
    const of = [{ field: 'app', wanted: { op: 'like', field: 'app', patterns: [['mail_', '']] } }] as const
    assert.deepEqual((await store.values(asked([], { of }))).values, [{ value: 'Mail_1', flows: 1 }])
    await store.close()
  })

  it('from the newest rows of the newest days where the time is up, and says so', async (test) => {
    const store = await openStore(temporaryFolder(test))
    const rows = 2 ** 17
    await keep(
      store,
      Array.from({ length: 10 }, () => flow({ start: NOON - DAY, end: NOON - DAY, 'dst.port': 1 })),
    )
    await keep(
      store,
      Array.from({ length: rows }, () => flow({ 'dst.port': 2 })),
    )
    const hasty = await store.values(asked(['dst.port'], { budgetMs: 0 }))
    assert.deepEqual(hasty, { values: [{ value: 2, flows: rows }], flows: rows, matched: rows, complete: false })
    const patient = await store.values(asked(['dst.port']))
    assert.equal(patient.complete, true)
    assert.equal(patient.flows, rows + 10)
    assert.deepEqual(patient.values[1], { value: 1, flows: 10 })
    await store.close()
  })

  it('of no flows: none', async (test) => {
    const store = await openStore(temporaryFolder(test))
    assert.deepEqual(await store.values(asked(['dst.port'])), { values: [], flows: 0, matched: 0, complete: true })
    await keep(store, [flow()])
    assert.deepEqual((await store.values(asked(['app']))).values, [])
    await store.close()
  })

  it('come before questions of the same client that wait', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(
      store,
      Array.from({ length: 50_000 }, (_, i) => flow({ 'src.port': i, 'dst.port': 443 })),
    )
    const ended: string[] = []
    const others = Array.from({ length: 30 }, (_, i) =>
      store.query(question({ groupBy: ['src.port'], limit: 100 + i })).then(() => ended.push('question')),
    )
    await store.values(asked(['dst.port'])).then(() => ended.push('values'))
    await Promise.all(others)
    assert.ok(ended.indexOf('values') < ended.length / 2, ended.join(' '))
    await store.close()
  })

  it('ends with who asked', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [flow({ 'dst.port': 1 })])
    await assert.rejects(store.values(asked(['dst.port']), AbortSignal.abort()), { code: 'cancelled' })
    await store.close()
  })
})
