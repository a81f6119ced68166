/** The rate limit of an exporter: what is kept stands for what is not. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RateLimit } from '../../../../src/server/intake/filter/rate-limit.ts'
import { Random } from '../../../conformance/flows.ts'
import { Batch, columnIndex } from '../../../../src/server/intake/batch.ts'
import { batchOf, writeFlow } from '../../../support/batches.ts'
import { collect, rowsOf } from '../../../support/rows.ts'
import { set, u16, u32, version10, type Octets } from '../../../support/wire.ts'

const MIB = 2n ** 20n

function bytesOf(batch: Batch, row: number): number {
  return batch.columns[columnIndex('bytes')]?.[2 * row] ?? 0
}

function run(
  limit: number,
  perSecond: readonly number[],
  random: () => number,
): { kept: number[]; bytes: number; gone: number } {
  const rateLimit = new RateLimit(limit, random)
  const kept: number[] = []
  const batch = new Batch()
  let bytes = 0
  let gone = 0
  perSecond.forEach((flows, second) => {
    let count = 0
    // Datagrams of 20 flows, spread over the second.
    for (let sent = 0; sent < flows; sent += 20) {
      batch.clear()
      for (let i = sent; i < Math.min(flows, sent + 20); i++) writeFlow(batch, { bytes: 1000 })
      gone += rateLimit.apply(batch, 0, second * 1000 + Math.floor((sent * 1000) / flows))
      count += batch.rows
      for (let row = 0; row < batch.rows; row++) bytes += bytesOf(batch, row)
    }
    kept.push(count)
  })
  return { kept, bytes, gone }
}

describe('a limit of flows a second', () => {
  it('below it, every flow stays as it is', () => {
    const { kept, bytes, gone } = run(100, [80, 100, 40], Math.random)
    assert.deepEqual(kept, [80, 100, 40])
    assert.equal(bytes, 220_000)
    assert.equal(gone, 0)
  })

  it('above it, no second has much more than twice as many, and later ones about as many', () => {
    const random = new Random(1)
    const { kept } = run(100, [10_000, 10_000, 10_000, 10_000], () => random.next())
    assert.ok((kept[0] as number) > 100 && (kept[0] as number) <= 220, kept.join(', '))
    for (const count of kept.slice(1)) assert.ok(count >= 95 && count <= 105, kept.join(', '))
  })

  it('sums are what they would be without it, on average', () => {
    const random = new Random(42)
    const seconds = [300, 5000, 50, 2000, 2000, 900]
    const truth = seconds.reduce((sum, flows) => sum + flows * 1000, 0)
    const rounds = 30
    let sum = 0
    for (let round = 0; round < rounds; round++) sum += run(100, seconds, () => random.next()).bytes
    // The seed is fixed; the mean of 30 rounds is within two hundredths.
    assert.ok(Math.abs(sum / rounds / truth - 1) < 0.02, `${sum / rounds} for ${truth}`)
  })

  it('counts and sampling rate are multiplied together, past 2^53 too and never past 2^64', () => {
    const rateLimit = new RateLimit(1, () => 0)
    // Two flows in the first second: from the second flow on, one in two is kept.
    const first = batchOf([{ bytes: 1 }, { bytes: 2 ** 50 * 8 }, { bytes: 5 }])
    rateLimit.apply(first, 0, 0)
    assert.deepEqual(
      rowsOf(first).map((row) => [row['bytes'], row['sampling.rate']]),
      [
        [1, undefined],
        [2n ** 54n, 2],
      ],
    )
    const next = batchOf([
      { bytes: 2n ** 63n, packets: 3 * Number(MIB), 'bytes.l2': 7, 'sampling.rate': 1000 },
      { bytes: 1 },
      { bytes: 1 },
    ])
    rateLimit.apply(next, 0, 1000)
    assert.deepEqual(rowsOf(next), [
      { bytes: 2n ** 64n - 1n, packets: 9 * Number(MIB), 'bytes.l2': 21, 'sampling.rate': 3000 },
    ])
  })

  it('holds for one exporter, is counted, and is no loss', () => {
    const fields: Octets = [...u16(300), ...u16(2), ...u16(8), ...u16(4), ...u16(1), ...u16(4)]
    const message = (sequence: number, templates: boolean): Uint8Array =>
      version10(
        [
          ...(templates ? [set(2, fields)] : []),
          set(300, ...Array.from({ length: 100 }, (_, i): Octets => [10, 0, 0, i, ...u32(1000)])),
        ],
        { sequence },
      )
    const { pipeline, counters, flush } = collect({ settings: { '192.0.2.1': { flowsPerSecond: 50 } } })
    // More than a batch at once, so that batches are handed on while the limit holds.
    for (let i = 0; i < 100; i++)
      for (const address of ['192.0.2.1', '192.0.2.2']) pipeline.receive(message(i * 100, i === 0), address, 5000)
    const rows = flush()
    const limited = rows.filter((row) => row['exporter'] === '192.0.2.1')
    assert.equal(rows.length - limited.length, 10_000)
    assert.ok(limited.length > 50 && limited.length <= 120, `${limited.length}`)
    assert.equal(counters.get('filtered.rate'), 10_000 - limited.length)
    assert.deepEqual(counters.losses(), {})
    for (const row of limited) assert.equal(row['bytes'], 1000 * Number(row['sampling.rate'] ?? 1))
  })

  it('a flood above it filled the queue with batches of a few flows, and neighbours lost theirs', () => {
    const batches: number[] = []
    const { pipeline, flush } = collect({
      settings: { '192.0.2.1': { flowsPerSecond: 50 } },
      enrichers: [
        {
          name: 'counting',
          known: 'enriched',
          run(_batch, from, to) {
            batches.push(to - from)
            return 0
          },
        },
      ],
    })
    // Records of one octet, protocol: 60,000 in each message.
    const octets = Uint8Array.from(version10([set(2, [...u16(300), ...u16(1), ...u16(4), ...u16(1)])]))
    pipeline.receive(octets, '192.0.2.1', 5000)
    const flood = version10([
      set(
        300,
        Array.from({ length: 60_000 }, () => 6),
      ),
    ])
    for (let i = 0; i < 10; i++) pipeline.receive(flood, '192.0.2.1', 5000)
    assert.deepEqual(batches, [])
    const rows = flush()
    assert.ok(rows.length > 50 && rows.length <= 120, `${rows.length}`)
    assert.equal(batches.length, 1)
  })
})
