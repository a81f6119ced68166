/** Interface counters beside flows, asked of a real server over what a store holds and what comes in. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { AnswerOf } from '../../../src/shared/api/contract.ts'
import { counterBatchOf } from '../../support/counters.ts'
import type { PlainFlow } from '../../support/batches.ts'
import { startServer, until, type TestServer } from '../../support/server.ts'
import { block, datagram, xdr } from '../../support/sflow-wire.ts'
import { keep, openStore } from '../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const MINUTE = 60_000
const DAY = 86_400_000
const EXPORTER = '192.0.2.1'

/** A minute's flow within a bucket. */
const flow = (minute: number, parts: PlainFlow): PlainFlow => {
  const at = NOON + minute * MINUTE
  return { exporter: EXPORTER, start: at, end: at + MINUTE - 1, received: at + MINUTE - 1, packets: 1, ...parts }
}
/** Interface 1 carries 60,000 octets a minute in (8,000 bit/s), 6,000 out; interface 2 nothing. */
const counted = [0, 1, 2, 3].flatMap((minute) =>
  [1, 2].map((source) => ({
    receivedMs: NOON + minute * MINUTE,
    source,
    uptimeMs: 1e9 + minute * MINUTE,
    values: {
      'if.speed': source === 1 ? 80_000 : 0,
      'if.status': source === 1 ? 3 : 1,
      'if.type': 6,
      'in.bytes': source === 1 ? minute * 60_000 : 7,
      'in.unicast': source === 1 ? minute * 120 : 7,
      'in.multicast': source === 1 ? minute * 60 : 7,
      'in.errors': minute * source,
      'out.bytes': source === 1 ? minute * 6000 : 7,
    },
  })),
)

describe('interfaces', () => {
  let server: TestServer
  const dataDir = mkdtempSync(join(tmpdir(), 'weir-interfaces-'))
  const range = { exporter: EXPORTER, from: NOON, to: NOON + 4 * MINUTE, interval: '1m' } as const
  let answer: AnswerOf<'interfaces'>

  before(async () => {
    const store = await openStore(dataDir)
    await store.appendCounters(counterBatchOf(counted), Math.floor(NOON / DAY))
    await keep(store, [
      // In at 1, seen there and again where they went out: the larger side counts, with its frames.
      flow(0, { 'in.if': 1, 'out.if': 3, direction: 'ingress', bytes: 25_000, 'bytes.l2': 30_000 }),
      flow(0, { 'in.if': 1, 'out.if': 3, direction: 'egress', bytes: 20_000, 'bytes.l2': 22_000 }),
      flow(1, { 'in.if': 1, 'out.if': 3, direction: 'ingress', bytes: 50_000, 'bytes.l2': 60_000 }),
      // Out at 1, without frames.
      flow(2, { 'in.if': 3, 'out.if': 1, bytes: 4500 }),
      // Of another exporter, and after the last counters.
      flow(1, { exporter: '192.0.2.2', 'in.if': 1, bytes: 1e9 }),
      flow(3, { 'in.if': 1, direction: 'ingress', bytes: 900_000, 'bytes.l2': 900_000 }),
    ])
    await store.close()
    server = await startServer({ dataDir })
    answer = await server.call('interfaces', range)
  })
  after(async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  })

  it('have their speed and state, the busiest first', () => {
    assert.deepEqual(
      answer.interfaces.map(({ index, speed, type, admin, up, lastSeen }) => [index, speed, type, admin, up, lastSeen]),
      [
        [1, 80_000, 6, true, true, NOON + 3 * MINUTE],
        [2, null, 6, true, false, NOON + 3 * MINUTE],
      ],
    )
    assert.equal(answer.leftOut, 0)
    assert.deepEqual(
      answer.times,
      [0, 1, 2, 3].map((minute) => NOON + minute * MINUTE),
    )
  })

  it('have what they counted', () => {
    const side = answer.interfaces[0]?.in
    assert.deepEqual(side?.series, [8000, 8000, 8000, null])
    assert.equal(side.bps, 8000)
    assert.equal(side.peakBps, 8000)
    assert.equal(side.utilisation, 0.1)
    assert.equal(side.pps, 3)
    assert.equal(side.errors, 3)
    assert.equal(side.discards, null)
    assert.equal(answer.interfaces[1]?.in.bps, 0)
  })

  it('have what the flows say beside it: from the side that saw more, of whole frames where they are known', () => {
    const into = answer.interfaces[0]?.in.flows
    assert.equal(into?.layer, 2)
    assert.deepEqual(
      into.series.map((value) => Math.round(value)),
      [4000, 8000, 0, 120_000],
    )
    // Half, all and nothing of three minutes; the fourth has no counters to compare with.
    assert.equal(into.share?.toFixed(3), '0.500')
    const out = answer.interfaces[0]?.out.flows
    assert.equal(out?.layer, 3)
    assert.equal(out?.share?.toFixed(3), '0.250')
    assert.deepEqual(answer.interfaces[1]?.in.flows, { bps: 0, layer: null, share: null, series: [0, 0, 0, 0] })
  })

  it('can be asked for by number', async () => {
    const { interfaces } = await server.call('interfaces', { ...range, interfaces: [2] })
    assert.deepEqual(
      interfaces.map(({ index }) => index),
      [2],
    )
  })

  it('there are none of an exporter that sends no counters', async () => {
    const { interfaces, times } = await server.call('interfaces', { ...range, exporter: '192.0.2.9' })
    assert.deepEqual([interfaces, times.length], [[], 4])
  })

  it('are refused with the reason', async () => {
    await assert.rejects(server.call('interfaces', { ...range, exporter: 'core' }), /400.*exporter: core is no address/)
    await assert.rejects(server.call('interfaces', { ...range, from: 'now', to: 'now-1h' }), /400.*is not before to/)
    await assert.rejects(server.call('counters', { ...range, counters: [] }), /400.*counters/)
  })

  it('counters can be asked for as they are', async () => {
    const { series } = await server.call('counters', { ...range, counters: ['in.errors'], limit: 1 })
    assert.deepEqual(series, [
      {
        kind: 'interface',
        source: 2,
        name: null,
        lastSeen: NOON + 3 * MINUTE,
        values: { 'in.errors': [2 / 60, 2 / 60, 2 / 60, null] },
      },
    ])
  })

  it('that come in as sFlow are on disk within seconds, with names and the device itself', async () => {
    const generic = block(1, xdr(4, 6, 0, 1_000_000_000, 1, 3, 0, 5, '00'.repeat(56)))
    const port = block(2, xdr(1, 4, 2, block(1005, xdr(4, '65 74 68 34')), generic))
    const processor = block(1001, xdr(1250, 900, 800, 0, 4096, 0, 1024))
    const host = block(2000, xdr(3, '73 77 31 00', '00'.repeat(16), 3, 2, 4, '36 2e 31 32'))
    const device = block(2, xdr(1, 0x0200_0001, 2, host, processor))
    await server.send(datagram([port, device]))
    await until('the samples are on disk', async () => (await server.call('health')).store.counters.samples === 10)
    const { exporters } = await server.call('exporters')
    const agent = exporters.find(({ address }) => address === '10.0.0.254')
    assert.deepEqual(agent?.device, {
      samples: 2,
      name: 'sw1',
      release: '6.12',
      latest: { 'cpu.5s': 12.5, 'cpu.1m': 9, 'cpu.5m': 8, 'memory.total': 4096, 'memory.free': 1024 },
    })
    const { interfaces } = await server.call('interfaces', { exporter: '10.0.0.254', from: 'now-5m' })
    assert.deepEqual(
      interfaces.map(({ index, name, speed, up }) => [index, name, speed, up]),
      [[4, 'eth4', 1e9, true]],
    )
    assert.equal(interfaces[0]?.in.bps, null)
    await until('filters may name them', async () => {
      const { problems } = await server.call('filter', { filter: 'exporter:sw1 and if:(eth4 or "ETH*")' })
      return problems.length === 0
    })
  })
})
