import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { RecordIds } from '../../../src/server/intake/record-ids.ts'

const word = fc.oneof(fc.constantFrom(0, 1, 0xffff_ffff), fc.integer({ min: 0, max: 0xffff_ffff }))

describe('a set of record identities', () => {
  it('holds what was added, zero and neighbours among them, and nothing else', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { maxLength: 3000 }), fc.tuple(word, word), (added, other) => {
        const set = new RecordIds()
        const reference = new Set<string>()
        for (const [high, low] of added) {
          assert.equal(set.add(high, low), !reference.has(`${high} ${low}`))
          reference.add(`${high} ${low}`)
        }
        assert.equal(set.size, reference.size)
        for (const [high, low] of [...added, other]) assert.equal(set.has(high, low), reference.has(`${high} ${low}`))
      }),
      { numRuns: 50 },
    )
  })

  it('takes those of the store, thousands in a row', () => {
    const set = RecordIds.from(BigUint64Array.from({ length: 100_000 }, (_, i) => (7n << 40n) + BigInt(i)))
    assert.equal(set.size, 100_000)
    assert.equal(set.has(7 << 8, 99_999), true)
    assert.equal(set.has(7 << 8, 100_000), false)
  })
})
