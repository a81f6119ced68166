import assert from 'node:assert/strict'
import test from 'node:test'
import { Sequence } from '../../../src/server/intake/sequence.ts'

/** What is missing after messages of `count` each that bear these numbers. */
function follow(numbers: readonly number[], count = 1) {
  const totals = { unit: '', missing: 0, resets: 0 }
  const sequence = new Sequence()
  for (const number of numbers) sequence.take(number, count, totals)
  return [totals.missing, totals.resets]
}

test('nothing is missing from an unbroken sequence, where it wraps neither', () => {
  assert.deepEqual(follow([0xffff_fffe, 0xffff_ffff, 0, 1]), [0, 0])
  assert.deepEqual(follow([0xffff_fff0, 10, 36], 26), [0, 0])
})

test('a jump ahead is what is missing', () => {
  assert.deepEqual(follow([1, 2, 10]), [7, 0])
})

test('a late message is not missing any more', () => {
  assert.deepEqual(follow([1, 2, 4, 3, 5]), [0, 0])
})

test('far back is a restart, and so is behind for good', () => {
  assert.deepEqual(follow([50_000, 50_001, 0, 1]), [0, 1])
  assert.deepEqual(follow([20, 21, 0, 1, 2, 3, 4]), [0, 1])
})

test('a restart at a random number is no loss of millions', () => {
  assert.deepEqual(follow([5, 6, 1_500_000_000]), [0, 1])
})

test('after a message of unknown count the next one is taken as it is', () => {
  const totals = { unit: '', missing: 0, resets: 0 }
  const sequence = new Sequence()
  sequence.take(10, 5, totals)
  sequence.forget()
  sequence.take(99, 5, totals)
  assert.equal(totals.missing, 0)
})
