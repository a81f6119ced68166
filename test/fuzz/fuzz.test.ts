/** 100,000 mutated datagrams and streams; `npm run fuzz` sends five million. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { noCaptures } from '../support/captures.ts'
import { fuzz } from './fuzz.ts'
import { readSeeds } from './seeds.ts'
import { Target } from './target.ts'

const COUNT = 100_000

for (const [of, withCaptures, skip] of [
  ['recorded exporters, the demo and odd structures', false, false],
  ['the captures too', true, noCaptures],
] as const) {
  test(`${(COUNT / 2).toLocaleString('en')} mutated datagrams and streams of ${of}`, { skip }, async () => {
    const target = new Target()
    fuzz(target, await readSeeds(withCaptures), { count: COUNT / 2, seed: withCaptures ? 2 : 1 })
    assert.equal(target.counters.get('decode.fault'), 0)
    // They are good enough to get somewhere, and bad enough.
    assert.ok(target.counters.get('flows') > COUNT / 10)
    assert.ok(target.counters.get('decode.short') > COUNT / 100)
  })
}
