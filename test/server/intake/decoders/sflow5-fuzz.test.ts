/** Mutated and random datagrams: no throw (a throw is rethrown by `collect`), nothing kept, and what is good still decodes. */
import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import fc from 'fast-check'
import { BATCH_ROWS } from '../../../../src/server/intake/batch.ts'
import { cases, datagramsOf, noCaptures } from '../../../support/captures.ts'
import { randoms } from '../../../support/random.ts'
import { collect } from '../../../support/rows.ts'

const NOW = Date.UTC(2026, 10, 24)

/** Values that lengths and counts break at. */
const EDGES = [0, 1, 3, 4, 0x7f, 0xff, 0xffff, 0x7fff_ffff, 0x8000_0000, 0xffff_fffc, 0xffff_ffff]

function mutate(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  const out = Buffer.from(bytes)
  for (let changes = 1 + random(4); changes > 0 && out.length >= 8; changes--) {
    switch (random(4)) {
      case 0:
        out[random(out.length)] = random(256)
        break
      case 1:
        out.writeUInt32BE(EDGES[random(EDGES.length)] as number, 4 * random(out.length >> 2))
        break
      case 2:
        out.copy(out, random(out.length), random(out.length))
        break
      case 3:
        return out.subarray(0, 4 + random(out.length - 3))
    }
  }
  // Most of them shall get past the version.
  if (random(10) > 0) out.writeUInt32BE(5, 0)
  return out
}

describe('hostile sFlow datagrams', { skip: noCaptures }, () => {
  const whole: Uint8Array[] = []
  before(async () => {
    for (const { name } of cases('sflow5')) whole.push(...(await datagramsOf(name)).map(({ payload }) => payload))
  })

  it('20,000 mutations of the captures are decoded or counted, in bounded memory', () => {
    const random = randoms(20_261_124)
    const { pipeline, counters, rows } = collect({
      limits: { exporters: 64, templatesPerExporter: 16, optionsPerExporter: 32 },
    })
    const flowsOfWhole = () => {
      const flowsBefore = counters.get('flows')
      for (const bytes of whole) pipeline.receive(bytes, '192.0.2.1', NOW)
      return counters.get('flows') - flowsBefore
    }
    const flows = flowsOfWhole()
    for (let n = 0; n < 20_000; n++) {
      pipeline.receive(mutate(whole[random(whole.length)] as Uint8Array, random), `192.0.2.${random(200)}`, NOW)
      if (rows.length > BATCH_ROWS) rows.length = 0
    }
    const exporters = [...pipeline.exporters]
    assert.equal(counters.get('datagrams'), whole.length + 20_000)
    assert.equal(counters.get('decode.fault'), 0)
    assert.ok(counters.get('decode.short') > 200 && counters.get('flows') > 200)
    assert.ok(exporters.length === 64 && counters.get('exporters.full') > 0)
    for (const exporter of exporters) {
      assert.ok(exporter.domains.size <= 16)
      assert.ok([...exporter.sflow.sampling()].length <= 32)
    }
    assert.equal(flowsOfWhole(), flows, 'what is good decodes as before')
  })

  it('arbitrary octets after the version', () => {
    const { pipeline, counters } = collect()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (tail) => {
        pipeline.receive(Buffer.concat([Buffer.from([0, 0, 0, 5]), tail]), '192.0.2.1', NOW)
        return counters.get('decode.fault') === 0
      }),
      { numRuns: 5000 },
    )
  })
})
