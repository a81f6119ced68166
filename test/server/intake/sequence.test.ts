import assert from 'node:assert/strict'
import test from 'node:test'
import { countsIn, Sequence } from '../../../src/server/intake/sequence.ts'

/** What is missing after messages of `count` each that bear these numbers. */
function follow(numbers: readonly number[], count = 1) {
  const totals = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
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
  const totals = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  const sequence = new Sequence()
  sequence.take(10, 5, totals)
  sequence.forget()
  sequence.take(99, 5, totals)
  assert.equal(totals.missing, 0)
})

/** Missing, reordered and duplicates. */
function told(numbers: readonly number[], count = 1) {
  const totals = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  const sequence = new Sequence()
  for (const number of numbers) sequence.take(number, count, totals)
  const { unit: _, ...counts } = totals
  assert.deepEqual(sequence.counts, counts)
  return [totals.missing, totals.reordered, totals.duplicates, totals.resets]
}

test('what comes late is told from what comes twice', () => {
  assert.deepEqual(told([1, 2, 4, 3, 5]), [0, 1, 0, 0])
  assert.deepEqual(told([1, 2, 2, 3, 3, 4]), [0, 0, 2, 0])
  assert.deepEqual(told([1, 4, 3, 3, 5]), [1, 1, 1, 0])
  assert.deepEqual(told([0, 30, 90, 60, 60, 120], 30), [0, 1, 1, 0])
  assert.deepEqual(told([0xffff_fffe, 1, 0xffff_ffff, 0, 2]), [0, 2, 0, 0])
})

test('a duplicate leaves what is missing missing', () => {
  assert.deepEqual(told([1, 5, 5, 6]), [3, 0, 1, 0])
})

test('the first messages after a restart close behind were no duplicates', () => {
  assert.deepEqual(told([20, 21, 0, 1, 2, 3, 4]), [0, 0, 0, 1])
})

test('gaps are remembered, and not for ever', () => {
  const numbers = Array.from({ length: 20 }, (_, i) => 2 * i)
  assert.deepEqual(told([...numbers, 37, 39]), [18, 1, 0, 0])
  assert.deepEqual(told([...numbers, 1]), [19, 0, 1, 0])
})

/** Messages as pairs of their number and their count of records. */
function counted(messages: readonly (readonly [number, number])[]) {
  const totals = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  const sequence = new Sequence()
  for (const [number, count] of messages) sequence.take(number, count, totals)
  return totals
}

test('a bug: softflowd 1.1 counts the records of the IPFIX message itself, which was loss on a loopback', () => {
  // The numbers as tshark shows them of softflowd -v 10 -P tcp.
  const sent = [
    [162, 10],
    [172, 10],
    [180, 8],
    [190, 10],
    [200, 10],
    [210, 10],
    [220, 10],
    [228, 8],
  ] as const
  const none = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  assert.deepEqual(counted(sent), none)
  // What seemed to be missing before it was seen is taken back …
  assert.deepEqual(
    counted([
      [3, 3],
      [13, 10],
      [21, 8],
      [31, 10],
    ]),
    none,
  )
  // … and what is missing afterwards is counted.
  assert.deepEqual(counted([...sent, [248, 10]]), { ...none, missing: 10 })
})

test('a bug: an exporter of several protocols had the unit of the one that came last', () => {
  const totals = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  countsIn(totals, 'records')
  assert.equal(totals.unit, 'records')
  countsIn(totals, 'records')
  assert.equal(totals.unit, 'records')
  countsIn(totals, 'packets')
  countsIn(totals, 'records')
  assert.equal(totals.unit, 'records or messages')
})
