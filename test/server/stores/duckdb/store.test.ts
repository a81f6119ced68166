import assert from 'node:assert/strict'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { WeirError } from '../../../../src/shared/api/errors.ts'
import { Counters } from '../../../../src/server/counters.ts'
import { batchOf, type PlainFlow } from '../../../support/batches.ts'
import { keep, openStore, question, recordQuestion, totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000

function flow(parts: PlainFlow = {}): PlainFlow {
  return { start: NOON, end: NOON, received: NOON, bytes: 100, packets: 1, ...parts }
}

describe('a store', () => {
  it('finds everything after a restart', async (test) => {
    const folder = temporaryFolder(test)
    const first = await openStore(folder)
    await keep(first, [flow({ 'src.ip': '10.0.0.1' }), flow({ 'src.ip': '2001:db8::1', bytes: 50 })])
    const before = await first.query(question({ groupBy: ['src.ip'] }))
    await first.close()
    const second = await openStore(folder)
    const after = await second.query(question({ groupBy: ['src.ip'] }))
    assert.deepEqual(after.rows, before.rows)
    assert.deepEqual(after.rows, [
      ['10.0.0.1', 100, 1, 1],
      ['2001:db8::1', 50, 1, 1],
    ])
    assert.equal(second.recovered, null)
    await second.close()
  })

  it('commits by itself within a second or two', async (test) => {
    const counters = new Counters()
    const store = await openStore(temporaryFolder(test), { counters })
    await store.append(batchOf([flow()]))
    while (counters.get('stored') === 0) await new Promise((resolve) => setTimeout(resolve, 20))
    assert.deepEqual(await totalsOf(store), [100, 1, 1])
    assert.equal(counters.get('commits'), 1)
    await store.close()
  })

  it('writes rows once when two commits are asked for at the same time', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(folder)
    await store.append(batchOf(Array.from({ length: 5000 }, () => flow())))
    await Promise.all([store.commit(), store.commit(), store.commit()])
    assert.deepEqual(await totalsOf(store), [500_000, 5000, 5000])
    assert.equal(store.status().lastError, null)
    await store.close()
    const again = await openStore(folder)
    assert.deepEqual(await totalsOf(again), [500_000, 5000, 5000])
    await again.close()
  })

  it("keeps a file for each day of the flows' end", async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(folder)
    await keep(store, [flow({ end: NOON + DAY, start: NOON }), flow(), flow({ end: NOON - DAY, start: NOON - DAY })])
    assert.deepEqual(
      readdirSync(join(folder, 'flows'))
        .filter((file) => file.endsWith('.duckdb'))
        .toSorted(),
      ['2026-11-23.duckdb', '2026-11-24.duckdb', '2026-11-25.duckdb'],
    )
    assert.deepEqual(
      store.status().partitions.map(({ day, flows, state }) => ({ day, flows, state })),
      [
        { day: '2026-11-23', flows: 1, state: 'ok' },
        { day: '2026-11-24', flows: 1, state: 'ok' },
        { day: '2026-11-25', flows: 1, state: 'ok' },
      ],
    )
    assert.deepEqual(await totalsOf(store), [300, 3, 3])
    await store.close()
  })

  it('mends times that cannot be, and makes no files for them', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(folder)
    await keep(store, [
      flow({ end: (1n << 64n) - 1n }),
      flow({ end: null, start: null }),
      flow({ start: NOON + 5000 }),
      flow({ start: (1n << 63n) + 1n }),
      flow({ start: 0, end: 0 }),
      flow({ start: NOON + 90 * DAY, end: NOON + 90 * DAY }),
    ])
    assert.deepEqual(
      readdirSync(join(folder, 'flows')).filter((file) => file.endsWith('.duckdb')),
      ['2026-11-24.duckdb'],
    )
    assert.deepEqual(await totalsOf(store), [600, 6, 6])
    const answer = await store.flows(
      recordQuestion({ fields: ['start', 'end'], sort: { field: 'end', descending: false } }),
    )
    assert.deepEqual(answer.rows, [
      [0, 0],
      [NOON, NOON],
      [NOON, NOON],
      [NOON, NOON],
      [NOON, NOON],
      [NOON + 90 * DAY, NOON + 90 * DAY],
    ])
    await store.close()
  })

  it('spreads writing over few files however many days one exporter claims', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(folder)
    await keep(
      store,
      Array.from({ length: 300 }, (_, i) => flow({ start: NOON - i * DAY, end: NOON - i * DAY })),
    )
    assert.ok(readdirSync(join(folder, 'flows')).filter((file) => file.endsWith('.duckdb')).length <= 9)
    assert.deepEqual(await totalsOf(store), [30_000, 300, 300])
    const old = await store.query(question({ fromMs: NOON - 299 * DAY, toMs: NOON - 289 * DAY }))
    assert.deepEqual(old.rows, [[1000, 10, 10]])
    await store.close()
  })

  it('gains columns when flows have them, and knows none of the flows before to have a value', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(folder)
    await keep(store, [flow()])
    await keep(store, [flow({ 'bytes.l2': 118, vlan: 7 })])
    await keep(store, [flow({ end: NOON + DAY, start: NOON + DAY, 'src.mac': '00:50:56:a1:3c:07' })])
    const answer = await store.query(
      question({ groupBy: ['vlan', 'src.mac'], measures: ['bytes.l2', 'flows'], orderBy: 'flows' }),
    )
    assert.deepEqual(answer.rows, [
      [7, null, 118, 1],
      [null, '00:50:56:a1:3c:07', null, 1],
      [null, null, null, 1],
    ])
    await store.close()
  })

  it('says how much there is, from when and to when', async (test) => {
    const store = await openStore(temporaryFolder(test))
    const { retention, ...rest } = store.status()
    assert.deepEqual(
      retention.kept.map(({ name, files, fromMs }) => ({ name, files, fromMs })),
      [
        { name: 'raw', files: 0, fromMs: null },
        { name: 'minute', files: 0, fromMs: null },
        { name: 'hour', files: 0, fromMs: null },
        { name: 'counters', files: 0, fromMs: null },
      ],
    )
    assert.deepEqual(
      { ...rest, bytesOnDisk: 0 },
      {
        kind: 'duckdb',
        flows: 0,
        bytesOnDisk: 0,
        oldest: null,
        newest: null,
        partitions: [],
        recovered: null,
        lastError: null,
        sums: { lastError: null, damaged: [] },
        counters: { samples: 0, bytesOnDisk: 0, lastError: null },
      },
    )
    await keep(store, [flow({ start: NOON - 1000 }), flow({ end: NOON + 5 })])
    const status = store.status()
    assert.equal(status.flows, 2)
    assert.equal(status.oldest, NOON - 1000)
    assert.equal(status.newest, NOON + 5)
    assert.ok(status.bytesOnDisk > 0)
    const answer = await store.query(question({ fromMs: NOON - DAY, toMs: NOON + DAY }))
    assert.equal(answer.meta.dataFrom, NOON - 1000)
    assert.equal((await store.query(question({ fromMs: NOON - 1000, toMs: NOON + DAY }))).meta.dataFrom, null)
    await store.close()
  })

  it('answers nothing from nothing: no flows, and bytes that are not zero but missing', async (test) => {
    const store = await openStore(temporaryFolder(test))
    assert.deepEqual(await totalsOf(store), [null, null, 0])
    const series = await store.query(
      question({ intervalMs: 60_000, groupBy: ['proto'], fromMs: NOON, toMs: NOON + DAY }),
    )
    assert.deepEqual(series.rows, [])
    assert.deepEqual(series.meta.totals, { bytes: null, packets: null, flows: 0 })
    assert.deepEqual((await store.flows(recordQuestion())).rows, [])
    await store.close()
  })

  it('writes sums past 2^53 as text', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [
      flow({ bytes: (1n << 64n) - 1n }),
      flow({ bytes: (1n << 64n) - 1n }),
      flow({ bytes: 1n << 53n, proto: 6 }),
    ])
    assert.deepEqual((await store.query(question({ groupBy: ['proto'], measures: ['bytes'] }))).rows, [
      [null, '36893488147419103230'],
      [6, 2 ** 53],
    ])
    await store.close()
  })
})

describe('pages of records', () => {
  it('give each record once while new ones arrive', async (test) => {
    const store = await openStore(temporaryFolder(test))
    // 20 ends, each shared by 30 flows, some of them the same in all.
    const early = Array.from({ length: 600 }, (_, i) =>
      flow({ start: NOON + (i % 20), end: NOON + (i % 20), received: NOON + 1000 + i, bytes: i % 100 }),
    )
    await keep(store, early)
    const seen: unknown[] = []
    let cursor: string | null = null
    for (let page = 0; page === 0 || cursor !== null; page++) {
      const answer = await store.flows(recordQuestion({ limit: 70, cursor, fields: ['end', 'bytes'] }))
      assert.equal(answer.meta.matched, 600)
      seen.push(...answer.rows.map(String))
      cursor = answer.cursor
      await keep(
        store,
        Array.from({ length: 40 }, (_, i) =>
          flow({ start: NOON + (i % 25), end: NOON + (i % 25), received: NOON + 5000 + page, bytes: 7 }),
        ),
      )
    }
    const sorted = (texts: readonly unknown[]) => texts.map(String).toSorted((a, b) => (a < b ? -1 : 1))
    assert.deepEqual(sorted(seen), sorted(early.map(({ end, bytes }) => `${end},${bytes}`)))
    await store.close()
  })

  it('refuse a cursor that is not theirs', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(
      store,
      Array.from({ length: 10 }, (_, i) => flow({ end: NOON + i, bytes: i })),
    )
    const { cursor } = await store.flows(recordQuestion({ limit: 3 }))
    assert.ok(cursor)
    const other = recordQuestion({ limit: 3, cursor, sort: { field: 'bytes', descending: true } })
    await assert.rejects(store.flows(other), isError('badCursor'))
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown[]
    const changed = [
      '',
      'x',
      cursor.slice(1),
      Buffer.from('{}').toString('base64url'),
      Buffer.from('null').toString('base64url'),
      ...parts.map((_, i) => Buffer.from(JSON.stringify(parts.with(i, `1) OR 1=1`))).toString('base64url')),
      ...parts.map((_, i) => Buffer.from(JSON.stringify(parts.with(i, -1.5))).toString('base64url')),
      Buffer.from(JSON.stringify([...parts, '1'])).toString('base64url'),
    ]
    for (const bad of changed)
      await assert.rejects(store.flows(recordQuestion({ limit: 3, cursor: bad })), isError('badCursor'), bad)
    await store.close()
  })
})

describe('a data folder', () => {
  it('of a newer Weir is refused', async (test) => {
    const folder = temporaryFolder(test)
    await (await openStore(folder)).close()
    writeFileSync(join(folder, 'weir.json'), JSON.stringify({ format: 99, version: '9.0.0' }))
    await assert.rejects(
      openStore(folder),
      (error) => isError('dataNewer')(error) && /9\.0\.0/.test((error as Error).message),
    )
    writeFileSync(join(folder, 'weir.json'), 'nonsense')
    await assert.rejects(openStore(folder), isError('failed'))
    assert.equal(existsSync(join(folder, 'lock')), false)
  })

  it('is held by one process, named in the refusal', async (test) => {
    const folder = temporaryFolder(test)
    const store = await openStore(folder)
    await assert.rejects(
      openStore(folder),
      (error) => isError('dataLocked')(error) && (error as Error).message.includes(`process ${process.pid} `),
    )
    await store.close()
    await (await openStore(folder)).close()
  })

  it('is free again when its holder is dead, also if its number was used again', async (test) => {
    const folder = temporaryFolder(test)
    await (await openStore(folder)).close()
    for (const lock of [
      JSON.stringify({ pid: 2 ** 30, started: '1' }),
      JSON.stringify({ pid: process.ppid, started: 'long ago' }),
      '',
    ]) {
      writeFileSync(join(folder, 'lock'), lock)
      await (await openStore(folder)).close()
    }
  })

  it(
    'where no folder can be made, as below /proc, is one clear error and no endless wait',
    { skip: process.platform !== 'linux' },
    async () => {
      await assert.rejects(openStore('/proc/weir'), isError('failed'))
    },
  )

  it('that cannot be written to is one clear error', async (test) => {
    const folder = temporaryFolder(test)
    writeFileSync(join(folder, 'file'), '')
    await assert.rejects(
      openStore(join(folder, 'file')),
      (error) => isError('failed')(error) && (error as Error).message.includes(join(folder, 'file')),
    )
  })
})

describe('a question', () => {
  it('is ended when nobody waits for it', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [flow()])
    await assert.rejects(store.query(question(), AbortSignal.abort()), isError('cancelled'))
    const controller = new AbortController()
    const asked = store.query(question({ groupBy: ['src.ip'] }), controller.signal)
    controller.abort()
    await assert.rejects(asked, isError('cancelled'))
    assert.deepEqual(await totalsOf(store), [100, 1, 1])
    await store.close()
  })

  it('is asked of the database once for those who ask it at the same time', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [flow()])
    const [a, b] = await Promise.all([store.query(question()), store.query(question())])
    assert.equal(a, b)
    await keep(store, [flow()])
    const controller = new AbortController()
    const given = store.query(question({ limit: 3 }), controller.signal)
    const kept = store.query(question({ limit: 3 }))
    controller.abort()
    await assert.rejects(given, isError('cancelled'))
    assert.deepEqual((await kept).rows, [[200, 2, 2]])
    await store.close()
  })

  it('keeps its answer while flows of other days come, until one of its own comes late', async (test) => {
    const store = await openStore(temporaryFolder(test))
    await keep(store, [flow({ start: NOON - 3 * DAY, end: NOON - 3 * DAY }), flow()])
    const past = question({ fromMs: NOON - 4 * DAY, toMs: NOON - 2 * DAY })
    const records = recordQuestion({ fromMs: NOON - 4 * DAY, toMs: NOON - 2 * DAY })
    const [first, page] = [await store.query(past), await store.flows(records)]
    for (let n = 0; n < 3; n++) await keep(store, [flow()])
    assert.equal(await store.query(past), first)
    assert.equal(await store.flows(records), page)
    await keep(store, [flow({ start: NOON - 3 * DAY, end: NOON - 3 * DAY })])
    assert.deepEqual((await store.query(past)).rows, [[200, 2, 2]])
    assert.equal((await store.flows(records)).rows.length, 2)
    await keep(store, [flow({ start: NOON - 3 * DAY, end: NOON })])
    assert.equal((await store.query(past)).rows[0]?.[0], 200 + 33)
    await store.close()
  })
})

function isError(code: WeirError['code']): (error: unknown) => boolean {
  return (error) => error instanceof WeirError && error.code === code
}
