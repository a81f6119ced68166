/** Counter samples of sFlow: against the captures' independent decode, what tshark reads of them, and the specification. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { COUNTER_STRUCTURES } from '../../../../src/shared/schema/counters.ts'
import { cases, datagramsOf, goldenOf, noCaptures } from '../../../support/captures.ts'
import { collect } from '../../../support/rows.ts'
import { block, datagram, NOW, xdr } from '../../../support/sflow-wire.ts'

async function samplesOf(name: string) {
  const collected = collect()
  for (const { payload, timeMs } of await datagramsOf(name)) collected.pipeline.receive(payload, '192.0.2.1', timeMs)
  collected.flush()
  return collected
}

/** A structure as the independent decoder gives it: `enterprise:format`, content in hex. */
type Structure = readonly [format: string, hex: string]
const structuresOf = (name: string) =>
  (goldenOf(name) as unknown as { sample: string; recs: readonly Structure[] }[])
    .filter(({ sample }) => sample === '0:2' || sample === '0:4')
    .map(({ recs }) => recs)

const KNOWN = new Set(COUNTER_STRUCTURES.map(({ format }) => `0:${format}`))

describe('counter samples of the captures', { skip: noCaptures }, () => {
  for (const { name, counterSamples } of cases('sflow5').filter((one) => one.counterSamples > 0)) {
    it(`${name}: ${counterSamples} samples, with the octets, speed and state of each interface`, async () => {
      const { samples, counters } = await samplesOf(name)
      const golden = structuresOf(name).filter((structures) => structures.some(([format]) => KNOWN.has(format)))
      assert.equal(counters.get('counterSamples'), counterSamples)
      assert.equal(samples.length, golden.length)
      for (const [i, structures] of golden.entries()) {
        const generic = structures.find(([format]) => format === '0:1')
        if (!generic) continue
        const bytes = Buffer.from(generic[1], 'hex')
        const u64 = (at: number) => {
          const value = bytes.readBigUInt64BE(at)
          return value === 2n ** 64n - 1n ? undefined : Number(value)
        }
        const u32 = (at: number) => (bytes.readUInt32BE(at) === 0xffffffff ? undefined : bytes.readUInt32BE(at))
        const values: Record<string, number> = samples[i]?.values ?? {}
        assert.deepEqual(
          [
            values['if.index'],
            values['if.type'],
            values['if.speed'],
            values['if.duplex'],
            values['if.status'],
            values['in.bytes'],
            values['in.unicast'],
            values['in.discards'],
            values['in.errors'],
            values['out.bytes'],
            values['out.unicast'],
            values['out.discards'],
            values['out.errors'],
          ],
          [
            u32(0),
            u32(4),
            u64(8),
            u32(16),
            u32(20),
            u64(24),
            u32(32),
            u32(44),
            u32(48),
            u64(56),
            u32(64),
            u32(76),
            u32(80),
          ],
        )
      }
    })
  }

  it('an aggregated link in an expanded sample, as tshark reads it', async () => {
    const { samples } = await samplesOf('logstash-codec-sflow-sflow-with-lag-counters')
    const [first] = samples
    assert.equal(first?.source, '0:1054596')
    assert.equal(first.uptimeMs, 2_329_999_928)
    const { values } = first
    assert.equal(values['in.bytes'], 135_852_990_118_270)
    assert.equal(values['in.multicast'], 134_473_961)
    assert.equal(values['in.broadcast'], 150_975_157)
    assert.equal(values['out.bytes'], 438_139_041_512_356)
    assert.equal(values['out.multicast'], 1_951_899_632)
    assert.equal(values['out.broadcast'], 565_875_555)
    assert.equal(values['if.promiscuous'], 1)
    assert.equal(values['eth.errors.fcs'], 0)
    assert.equal(values['lag.id'], 47)
    assert.equal(values['lag.state'], 0xe2fc02fc)
    assert.equal(values['lag.in.pdus'], 32_358_232)
    assert.equal(values['lag.out.pdus'], 31_242_703)
  })

  it('a processor, as tshark reads it: 100 is 1 %', async () => {
    const { samples, pipeline } = await samplesOf('logstash-codec-sflow-sflow-counters-sample')
    const values = samples.find((one) => 'cpu.5s' in one.values)?.values ?? {}
    assert.equal(values['cpu.5s'], 0.06)
    assert.equal(values['cpu.5m'], 0.07)
    assert.equal(values['memory.total'], 13_065_256_960)
    assert.equal(values['memory.free'], 12_598_116_368)
    assert.equal([...pipeline.exporters][0]?.counters.latest.get('memory.free'), 12_598_116_368)
  })

  it('a host: its name, loads, memory and disks', async () => {
    const { samples, pipeline } = await samplesOf('sflow-host-sample')
    assert.equal(samples[0]?.source, '2:1')
    const { values } = samples[0]
    // The words of the capture, read as sflow_host.txt says: 3ef0a3d7 is 0.47, 3f147ae1 is 0.58.
    assert.equal(values['host.load.1m']?.toFixed(2), '0.47')
    assert.equal(values['host.load.5m']?.toFixed(2), '0.58')
    assert.equal(values['host.load.15m'], 0.5)
    assert.equal(values['host.processes.running'], 2)
    assert.equal(values['host.cpus'], 4)
    assert.equal(values['host.cpu.mhz'], 1200)
    assert.equal(values['host.uptime'], 0x193f4)
    assert.equal(values['host.memory'], 0xe5d44000)
    assert.equal(values['host.swap.free'], 0xee7f9000)
    assert.equal(values['disk.fullest'], 56.39)
    assert.equal(values['host.in.bytes'], 0x3a13)
    const [exporter] = pipeline.exporters
    assert.equal(exporter?.counters.host?.name, 'fractal')
    assert.equal(exporter.counters.host.release, '3.13.0-29-generic')
  })

  it('all ones are unknown, and the name of the interface is kept', async () => {
    const { samples, pipeline } = await samplesOf('telegraf-sflow-v5-example')
    const values: Record<string, number> = samples[0]?.values ?? {}
    assert.equal(values['in.bytes'], 0xf46)
    assert.equal(values['in.unicast'], 0x1c)
    assert.equal('in.multicast' in values, false)
    assert.equal('in.broadcast' in values, false)
    assert.equal(values['in.errors'], 0)
    assert.equal('in.unknown' in values, false)
    assert.equal([...pipeline.exporters][0]?.knowledge.of('interface').get(3)?.name, 'eno1')
  })
})

/** Interface counters with some octets in and out. */
const generic = (index: number, octetsIn: number) =>
  block(1, xdr(index, 6, 0, 1_000_000_000, 1, 3, 0, octetsIn, '00'.repeat(24), 0, 7, '00'.repeat(28)))
const counterSample = (source: number, ...records: Buffer[]) => block(2, xdr(1, source, records.length, ...records))

describe('counter samples', () => {
  it('are no flows, and of a source kept once a second at most', () => {
    const { pipeline, counters, samples, flush } = collect({ counterEveryMs: 1000 })
    const bytes = datagram([counterSample(5, generic(5, 100)), counterSample(6, generic(6, 200))])
    pipeline.receive(bytes, '192.0.2.1', NOW)
    pipeline.receive(bytes, '192.0.2.1', NOW + 999)
    pipeline.receive(bytes, '192.0.2.1', NOW + 1000)
    assert.equal(flush().length, 0)
    assert.equal(counters.get('counterSamples'), 6)
    assert.deepEqual(
      samples.map(({ source, receivedMs }) => [source, receivedMs - NOW]),
      [
        ['0:5', 0],
        ['0:6', 0],
        ['0:5', 1000],
        ['0:6', 1000],
      ],
    )
  })

  it('with an unknown structure before a known one', () => {
    const { pipeline, samples, flush } = collect()
    pipeline.receive(datagram([counterSample(5, block(4413 * 4096 + 3, xdr(1, 2)), generic(5, 100))]), '192.0.2.1', NOW)
    flush()
    assert.equal(samples[0]?.values['in.bytes'], 100)
  })

  it('of unknown structures alone take no row', () => {
    const { pipeline, counters, samples, flush } = collect()
    const unknown = counterSample(5, block(2207, xdr(1, 2, 3)))
    pipeline.receive(datagram([unknown, counterSample(6, generic(6, 100)), unknown]), '192.0.2.1', NOW)
    flush()
    assert.deepEqual(
      samples.map(({ source, values }) => [source, values['in.bytes']]),
      [['0:6', 100]],
    )
    assert.equal(counters.get('counterSamples'), 3)
  })

  it('cut short: what is there is kept, and the loss is counted', () => {
    const { pipeline, counters, samples, flush } = collect()
    const cut = block(2, xdr(1, 5, 2, generic(5, 100), 2, 52, 0))
    pipeline.receive(datagram([cut]), '192.0.2.1', NOW)
    flush()
    assert.equal(samples[0]?.values['in.bytes'], 100)
    assert.equal(counters.get('decode.short'), 1)
  })

  it('of more sources than the limit are counted as decode.optionsFull, and the others still kept', () => {
    const { pipeline, counters, samples, flush } = collect({ limits: { optionsPerExporter: 2 } })
    for (const index of [1, 2, 3, 1])
      pipeline.receive(datagram([counterSample(index, generic(index, 1))]), '192.0.2.1', NOW)
    flush()
    assert.deepEqual(
      samples.map(({ source }) => source),
      ['0:1', '0:2', '0:1'],
    )
    assert.equal(counters.get('decode.optionsFull'), 1)
  })

  it('of a flood are kept up to a budget, and the rest is counted as counters.lost', () => {
    const { pipeline, counters, samples, flush } = collect({
      counterEveryMs: 1000,
      limits: { optionsPerExporter: 65_536, options: 65_536 },
    })
    for (let index = 0; index < 25_000; index += 5)
      pipeline.receive(
        datagram([0, 1, 2, 3, 4].map((more) => counterSample(index + more, generic(index + more, 1)))),
        '192.0.2.1',
        NOW,
      )
    flush()
    assert.equal(samples.length, 20_000)
    assert.equal(counters.get('counters.lost'), 5000)
  })

  it('of two days go in two batches', () => {
    const days: number[] = []
    const { pipeline, samples, flush } = collect()
    const midnight = Date.UTC(2026, 10, 25)
    pipeline.receive(datagram([counterSample(1, generic(1, 1))]), '192.0.2.1', midnight - 1)
    pipeline.receive(datagram([counterSample(1, generic(1, 2))]), '192.0.2.1', midnight)
    days.push(samples.length)
    flush()
    days.push(samples.length)
    assert.deepEqual(days, [1, 2])
  })

  it('an empty name and one of control characters name nothing', () => {
    const { pipeline, flush } = collect()
    const named = (index: number, content: Buffer) => counterSample(index, block(1005, content))
    pipeline.receive(
      datagram([named(1, xdr(0)), named(2, xdr(4, '01 02 03 0a')), named(3, xdr(3, '65 74 68 00'))]),
      '192.0.2.1',
      NOW,
    )
    flush()
    const names = [...pipeline.exporters][0]?.knowledge.of('interface') ?? new Map<number, { name: string }>()
    assert.deepEqual(
      Array.from(names, ([index, { name }]) => [index, name]),
      [[3, 'eth']],
    )
  })
})
