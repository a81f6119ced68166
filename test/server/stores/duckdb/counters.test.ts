/** Counters over time: what was counted between two samples, whatever the counters do. */
import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import type { CounterQuestion } from '../../../../src/shared/query/counters.ts'
import type { DuckStore } from '../../../../src/server/stores/duckdb/store.ts'
import { counterBatchOf, type PlainSample } from '../../../support/counters.ts'
import { openStore } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const DAY = 86_400_000
const MINUTE = 60_000
const UP = 1_000_000_000

const ask = (parts: Partial<CounterQuestion> = {}): CounterQuestion => ({
  fromMs: NOON,
  toMs: NOON + 4 * MINUTE,
  intervalMs: MINUTE,
  exporter: '192.0.2.1',
  kind: 'interface',
  sources: null,
  counters: ['in.bytes'],
  states: [],
  limit: 10,
  ...parts,
})

async function storeWith(test: TestContext, samples: readonly PlainSample[]): Promise<DuckStore> {
  const store = await openStore(temporaryFolder(test))
  test.after(() => store.close())
  for (const sample of samples)
    await store.appendCounters(counterBatchOf([sample]), Math.floor(sample.receivedMs / DAY))
  return store
}

/** Samples of `in.bytes`, a minute apart from noon on, of a device that stays up. */
const everyMinute = (...octets: (number | bigint)[]): PlainSample[] =>
  octets.map((value, i) => ({
    receivedMs: NOON + i * MINUTE,
    uptimeMs: UP + i * MINUTE,
    values: { 'in.bytes': value },
  }))

const ratesOf = async (store: DuckStore, parts: Partial<CounterQuestion> = {}) =>
  (await store.askCounters(ask(parts))).series[0]?.values['in.bytes']

describe('counters in the store', () => {
  it('are rates a second between two samples; what no sample tells is null, not 0', async (test) => {
    const store = await storeWith(test, everyMinute(1000, 7000, 7000, 19_000))
    assert.deepEqual(await ratesOf(store), [100, 0, 200, null])
  })

  it('are shared out over the buckets between two samples', async (test) => {
    const store = await storeWith(test, [
      { receivedMs: NOON - 30_000, uptimeMs: UP, values: { 'in.bytes': 0 } },
      { receivedMs: NOON + 90_000, uptimeMs: UP + 120_000, values: { 'in.bytes': 12_000 } },
      { receivedMs: NOON + 150_000, uptimeMs: UP + 180_000, values: { 'in.bytes': 24_000 } },
    ])
    const { series } = await store.askCounters(ask())
    // The second minute: half at 100, half at 200 octets a second.
    assert.deepEqual(series[0]?.values['in.bytes'], [100, 150, 200, null])
    assert.deepEqual(series[0].coveredMs['in.bytes'], [60_000, 60_000, 30_000, 0])
  })

  it('of 32 bits that wrap go on', async (test) => {
    const store = await storeWith(test, everyMinute(2 ** 32 - 3000, 3000))
    assert.deepEqual(await ratesOf(store), [100, null, null, null])
  })

  it('past 2^53 keep their differences exact', async (test) => {
    const store = await storeWith(test, everyMinute(2n ** 63n + 1n, 2n ** 63n + 61n))
    assert.deepEqual(await ratesOf(store), [1, null, null, null])
  })

  it('of 64 bits that are set back are a gap, never a spike', async (test) => {
    const store = await storeWith(test, everyMinute(2n ** 40n, 100, 6100))
    assert.deepEqual(await ratesOf(store), [null, 100, null, null])
  })

  it('of a device that started anew are a gap, also where they already counted past what they were', async (test) => {
    const store = await storeWith(test, [
      { receivedMs: NOON, uptimeMs: UP, values: { 'in.bytes': 100 } },
      { receivedMs: NOON + MINUTE, uptimeMs: 20_000, values: { 'in.bytes': 6100 } },
      { receivedMs: NOON + 2 * MINUTE, uptimeMs: 80_000, values: { 'in.bytes': 12_100 } },
    ])
    assert.deepEqual(await ratesOf(store), [null, 100, null, null])
  })

  it('are no gap where the uptime of 32 bits wraps', async (test) => {
    const store = await storeWith(test, [
      { receivedMs: NOON, uptimeMs: 2 ** 32 - 10_000, values: { 'in.bytes': 0 } },
      { receivedMs: NOON + MINUTE, uptimeMs: 50_000, values: { 'in.bytes': 6000 } },
    ])
    assert.deepEqual(await ratesOf(store), [100, null, null, null])
  })

  it('of samples further apart than a quarter of an hour are a gap', async (test) => {
    const store = await storeWith(test, [
      { receivedMs: NOON - 20 * MINUTE, uptimeMs: UP, values: { 'in.bytes': 0 } },
      { receivedMs: NOON + MINUTE, uptimeMs: UP + 21 * MINUTE, values: { 'in.bytes': 6000 } },
    ])
    const { series } = await store.askCounters(ask())
    assert.deepEqual(series[0]?.values['in.bytes'], [null, null, null, null])
  })

  it('written twice count once', async (test) => {
    const store = await storeWith(test, [...everyMinute(0, 6000), ...everyMinute(0, 6000, 12_000)])
    assert.deepEqual(await ratesOf(store), [100, 100, null, null])
  })

  it('are kept by exporter and source, the busiest first, as many as asked for', async (test) => {
    const of = (exporter: string, source: number, octets: number, type = 0): PlainSample[] =>
      [0, 1].map((i) => ({
        receivedMs: NOON + i * MINUTE,
        exporter,
        source,
        type,
        values: { 'in.bytes': i * octets },
      }))
    const store = await storeWith(test, [
      ...of('192.0.2.1', 1, 600),
      ...of('192.0.2.1', 2, 6000),
      ...of('192.0.2.1', 3, 60),
      ...of('192.0.2.1', 9, 600_000, 2),
      ...of('2001:db8::1', 1, 60_000),
    ])
    const { series, leftOut } = await store.askCounters(ask({ limit: 2 }))
    assert.deepEqual(
      series.map(({ source, values }) => [source, values['in.bytes']?.[0]]),
      [
        [2, 100],
        [1, 10],
      ],
    )
    assert.equal(leftOut, 1)
    assert.deepEqual(await ratesOf(store, { exporter: '2001:db8::1' }), [1000, null, null, null])
    assert.deepEqual(await ratesOf(store, { sources: [3] }), [1, null, null, null])
    const { series: all } = await store.askCounters(ask({ kind: null }))
    assert.deepEqual(
      all.map(({ kind, source }) => `${kind} ${source}`),
      ['entity 9', 'interface 2', 'interface 1', 'interface 3'],
    )
  })

  it('gauges are averages, states their last value; what no sample had is null', async (test) => {
    const store = await storeWith(test, [
      { receivedMs: NOON, values: { 'cpu.1m': 1, 'if.status': 3 } },
      { receivedMs: NOON + MINUTE, values: { 'cpu.1m': 2.5, 'if.status': 1 } },
      { receivedMs: NOON + 2 * MINUTE, values: { 'cpu.1m': 4 } },
    ])
    const { series } = await store.askCounters(
      ask({ counters: ['cpu.1m', 'out.bytes'], states: ['if.status', 'if.speed'], intervalMs: 2 * MINUTE }),
    )
    assert.deepEqual(series[0]?.values, { 'cpu.1m': [3.25, null], 'out.bytes': [null, null] })
    assert.deepEqual(series[0].last, { 'if.status': 1, 'if.speed': null })
  })

  it('go over midnight, a file for each day, and are there after a restart', async (test) => {
    const folder = temporaryFolder(test)
    const midnight = Date.UTC(2026, 10, 25)
    const store = await openStore(folder)
    for (const [ms, octets] of [
      [midnight - 30_000, 0],
      [midnight + 30_000, 6000],
    ] as const)
      await store.appendCounters(
        counterBatchOf([{ receivedMs: ms, values: { 'in.bytes': octets } }]),
        Math.floor(ms / DAY),
      )
    await store.close()
    assert.deepEqual(readdirSync(join(folder, 'counters')).toSorted(), ['2026-11-24.duckdb', '2026-11-25.duckdb'])
    const again = await openStore(folder)
    test.after(() => again.close())
    assert.deepEqual(await ratesOf(again, { fromMs: midnight - MINUTE, toMs: midnight + MINUTE }), [100, 100])
    assert.equal(again.status().counters.samples, 2)
  })

  it('a damaged file is left out, and a second one takes the rest of its day', async (test) => {
    const folder = temporaryFolder(test)
    await (await openStore(folder)).close()
    writeFileSync(join(folder, 'counters', '2026-11-24.duckdb'), Buffer.alloc(100_000, 7))
    const lines: string[] = []
    const store = await openStore(folder, { log: (_, message) => lines.push(message) })
    test.after(() => store.close())
    assert.match(lines.join('\n'), /2026-11-24\.duckdb is damaged and left out of answers/)
    for (const sample of everyMinute(0, 6000))
      await store.appendCounters(counterBatchOf([sample]), Math.floor(NOON / DAY))
    assert.deepEqual(await ratesOf(store), [100, null, null, null])
  })
})
