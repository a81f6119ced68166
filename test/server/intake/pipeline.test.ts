import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Counters } from '../../../src/server/counters.ts'
import { BATCH_ROWS, type Batch } from '../../../src/server/intake/batch.ts'
import { ENRICHERS } from '../../../src/server/intake/enrich/index.ts'
import { Pipeline, type PipelineOptions } from '../../../src/server/intake/pipeline.ts'
import { collect, LIMITS } from '../../support/rows.ts'

const NOW = Date.UTC(2026, 10, 24)

/** An sFlow datagram of an agent with so many flow samples of UDP port 53 (sampled IPv4). */
function sflow(agent: number, samples: number): Buffer {
  const words = [5, 1, 0x0a00_0000 + agent, 0, 1, 0, samples]
  for (let i = 0; i < samples; i++)
    words.push(1, 32 + 40, i, 5, 10, 0, 0, 5, 7, 1, 3, 32, 100, 17, 0x0a01_0101, 0x0a01_0102, 40_000, 53, 0, 0)
  const bytes = Buffer.alloc(words.length * 4)
  words.forEach((word, i) => bytes.writeUInt32BE(word, 4 * i))
  return bytes
}

function pipelineWith(options: Partial<PipelineOptions>) {
  const counters = new Counters()
  const batches: number[] = []
  const pipeline = new Pipeline({
    counters,
    limits: LIMITS,
    settings: {},
    enrichers: [],
    sink: {
      take(batch: Batch) {
        batches.push(batch.rows)
        batch.clear()
        return batch
      },
    },
    ...options,
  })
  return { counters, batches, pipeline }
}

describe('pipeline', () => {
  it('hands a batch on as soon as it is full, and the rest when it is flushed', () => {
    const { pipeline, batches, counters } = pipelineWith({})
    for (let n = 0; n < 100; n++) pipeline.receive(sflow(1, 100), '192.0.2.1', NOW)
    assert.deepEqual(batches, [BATCH_ROWS])
    pipeline.flush()
    pipeline.flush()
    assert.deepEqual(batches, [BATCH_ROWS, 10_000 - BATCH_ROWS])
    assert.equal(counters.get('flows'), 10_000)
  })

  it('flushes by age: what came after the moment stays', () => {
    const { pipeline, batches } = pipelineWith({})
    pipeline.flush(NOW + 1000)
    pipeline.receive(sflow(1, 1), '192.0.2.1', NOW)
    pipeline.receive(sflow(1, 1), '192.0.2.1', NOW + 500)
    pipeline.flush(NOW - 1)
    assert.deepEqual(batches, [])
    pipeline.flush(NOW)
    assert.deepEqual(batches, [2])
    pipeline.receive(sflow(1, 1), '192.0.2.1', NOW + 600)
    pipeline.flush(NOW + 599)
    assert.deepEqual(batches, [2])
  })

  it('enriches every row on its way out', () => {
    const { rows, counters, pipeline, flush } = collect({ enrichers: ENRICHERS })
    for (let n = 0; n < 100; n++) pipeline.receive(sflow(1, 100), '192.0.2.1', NOW)
    flush()
    assert.equal(rows.length, 10_000)
    assert.ok(rows.every((row) => row['initiator'] === 'src' && row['service'] === 6 * 65_536 + 53))
    for (const counter of ['enriched', 'initiatorKnown', 'serviceKnown'] as const)
      assert.equal(counters.get(counter), 10_000)
  })

  it('counts datagrams and bytes, also of what it refuses', () => {
    const refused: unknown[] = []
    const { pipeline, counters } = pipelineWith({ onRefused: (address, loss) => refused.push([address, loss]) })
    pipeline.receive(Buffer.from('hello, world'), '::ffff:192.0.2.9', NOW)
    pipeline.receive(Buffer.from([0, 8, 0, 1]), '192.0.2.8', NOW)
    pipeline.receive(Buffer.alloc(0), '2001:db8::1', NOW)
    assert.deepEqual(refused, [
      ['192.0.2.9', 'decode.notFlowData'],
      ['192.0.2.8', 'decode.unsupportedVersion'],
      ['2001:db8::1', 'decode.notFlowData'],
    ])
    assert.equal(counters.get('datagrams'), 3)
    assert.equal(counters.get('bytes'), 16)
    assert.deepEqual(counters.losses(), { 'decode.notFlowData': 2, 'decode.unsupportedVersion': 1 })
    assert.deepEqual([...pipeline.exporters], [], 'a sender of no flow data takes no place among the exporters')
  })

  it('more exporters than the limit are a named loss, and the known ones go on', () => {
    const { pipeline, counters } = pipelineWith({ limits: { ...LIMITS, exporters: 3 } })
    for (let agent = 1; agent <= 5; agent++) pipeline.receive(sflow(agent, 1), '192.0.2.1', NOW)
    pipeline.receive(sflow(2, 1), '192.0.2.1', NOW)
    assert.equal(counters.get('exporters.full'), 2)
    assert.equal(counters.get('exporters'), 3)
    assert.equal(counters.get('flows'), 4)
  })

  it('a fault in a decoder costs that datagram and nothing else', () => {
    const faults: unknown[] = []
    const { pipeline, counters, batches } = pipelineWith({
      onRefused: (_address, _loss, _bytes, fault) => faults.push(fault),
    })
    pipeline.receive(sflow(1, 3), '192.0.2.1', NOW)
    const [exporter] = [...pipeline.exporters]
    assert.ok(exporter)
    const { sflow: state } = exporter
    const source = state.source.bind(state)
    let samples = 0
    state.source = (...said) => {
      if (++samples === 3) throw new RangeError('out of bounds')
      return source(...said)
    }
    pipeline.receive(sflow(1, 3), '192.0.2.1', NOW)
    state.source = source
    pipeline.receive(sflow(1, 3), '192.0.2.1', NOW)
    pipeline.flush()
    assert.equal(counters.get('decode.fault'), 1)
    assert.ok(faults[0] instanceof RangeError)
    assert.equal(
      batches.reduce((sum, rows) => sum + rows),
      3 + 2 + 3,
      'the samples before the fault and the datagrams around it',
    )
  })
})
