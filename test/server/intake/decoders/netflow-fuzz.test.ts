/**
 * Hostile input: random datagrams and mutated captures. Nothing is thrown, nothing loops, what exporters can make Weir keep
 * stays within its limits, and afterwards a good datagram is still read. `collect` throws what a decoder throws.
 */
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import { cases, datagramsOf, noCaptures } from '../../../support/captures.ts'
import { randoms } from '../../../support/random.ts'
import { LIMITS, collect, type Collected } from '../../../support/rows.ts'
import { SENT_MS, ip4, set, template, u16, version10, version9 } from '../../../support/wire.ts'

const RANDOM = 20_000
const MUTATED = 20_000
const ADDRESSES = 4

/** Rows are not looked at: a pipeline that makes objects of them is too slow for so many. */
function hostile(): Collected & { send(bytes: Uint8Array, n: number): void } {
  const collected = collect()
  let batches = 0
  return {
    ...collected,
    send(bytes, n) {
      collected.pipeline.receive(bytes, `192.0.2.${n % ADDRESSES}`, SENT_MS + n)
      if (n % 1000 === 0) {
        collected.flush()
        batches += collected.rows.length
        collected.rows.length = 0
      }
    },
  }
}

function checkState({ pipeline, counters, rows, flush }: Collected, datagrams: number): void {
  assert.equal(counters.get('datagrams'), datagrams)
  assert.ok(counters.get('waitingSets') <= LIMITS.waitingSets)
  let [records, lost] = [0, 0]
  for (const exporter of pipeline.exporters) {
    const { templates, sampling } = netflowStatus(exporter)
    assert.ok(templates.length <= LIMITS.templatesPerExporter)
    assert.ok(sampling.length <= LIMITS.optionsPerExporter + LIMITS.templatesPerExporter)
    assert.ok(exporter.domains.size <= LIMITS.templatesPerExporter * 3)
    assert.ok(exporter.unknownElements.size <= 1000)
    records += exporter.records
    for (const n of Object.values(exporter.lost)) lost += n
  }
  assert.equal(records, counters.get('records'))
  assert.ok(lost > 0)
  // Templates are full by now; the exporter of this one is new.
  rows.length = 0
  for (const [version, setId] of [
    [version9, 0],
    [version10, 2],
  ] as const)
    pipeline.receive(version([set(setId, template(256, [8, 4])), set(256, ip4('10.0.0.1'))]), '203.0.113.9', SENT_MS)
  assert.deepEqual(
    flush()
      .slice(-2)
      .map((row) => row['src.ip']),
    ['10.0.0.1', '10.0.0.1'],
  )
}

/** Octets that are likely to mean something: set ids, small lengths, template ids, extremes. */
const octets = fc.array(
  fc.oneof(fc.constantFrom(0, 0, 0, 1, 2, 3, 4, 8, 12, 127, 128, 254, 255), fc.integer({ min: 0, max: 255 })),
  { maxLength: 200 },
)
const randomSet = fc
  .tuple(
    fc.oneof(fc.constantFrom(0, 1, 2, 3, 256, 257, 258), fc.integer({ min: 0, max: 65535 })),
    octets,
    fc.integer({ min: -8, max: 8 }),
  )
  .map(([id, content, lie]) => [...u16(id), ...u16(Math.max(0, content.length + 4 + lie)), ...content])
const randomMessage = fc
  .tuple(fc.boolean(), fc.array(randomSet, { maxLength: 6 }))
  .map(([nine, sets]) => (nine ? version9(sets) : version10(sets)))
const randomRecord5 = octets.map((content) => Uint8Array.from([0, 5, 0, content.length & 31, ...content]))

test(`${RANDOM.toLocaleString('en')} random datagrams`, () => {
  const target = hostile()
  const datagrams = fc.sample(
    fc.oneof({ weight: 9, arbitrary: randomMessage }, { weight: 1, arbitrary: randomRecord5 }),
    { numRuns: RANDOM, seed: 5 },
  )
  for (const [n, bytes] of datagrams.entries()) target.send(bytes, n)
  checkState(target, RANDOM)
})

test(`${MUTATED.toLocaleString('en')} mutated datagrams of the captures`, { skip: noCaptures }, async () => {
  const originals: Uint8Array[] = []
  for (const { name } of cases('v5', 'v9', 'ipfix'))
    for (const { payload } of await datagramsOf(name)) originals.push(payload)
  const target = hostile()
  const random = randoms(7)
  for (let n = 0; n < MUTATED; n++) target.send(mutate(originals[random(originals.length)] as Uint8Array, random), n)
  checkState(target, MUTATED)
})

/** Some octets overwritten, a piece cut out or doubled, the end cut off. */
function mutate(original: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = original.slice()
  for (let i = random(6); i >= 0; i--) {
    const at = random(bytes.length + 1)
    const length = random(12)
    switch (random(6)) {
      case 0:
        bytes = bytes.slice(0, at)
        break
      case 1:
        bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + length)])
        break
      case 2:
        bytes = Uint8Array.from([...bytes.subarray(0, at + length), ...bytes.subarray(at)])
        break
      case 3:
        if (at < bytes.length) bytes[at] = [0, 1, 255, 128, 127][random(5)] as number
        break
      default:
        if (at < bytes.length) bytes[at] = random(256)
    }
  }
  return bytes
}
