import assert from 'node:assert/strict'
import test from 'node:test'
import { FORMAT, entryOf, keyOf, lineOf, readEntries, type Entry } from '../../../../src/server/intake/state/entry.ts'

const RATE: Entry = ['rate', '192.0.2.1', 0, 'netflow9', 7, 'sampler', 1, 1000]
const head = lineOf(['format', FORMAT])

test('an entry is a line that says itself whether it is whole', () => {
  const line = lineOf(RATE)
  assert.match(line, /^[0-9a-f]{8} \[.*\]\n$/)
  assert.deepEqual(entryOf(line.trimEnd()), RATE)
  assert.equal(entryOf(line.trimEnd().replace('1000', '1001')), null)
  assert.equal(entryOf(''), null)
})

test('a line of the wrong form is no entry, whatever its sum', () => {
  for (const wrong of [
    ['rate', '192.0.2.1'],
    ['what'],
    ['toString'],
    ['boot', 1, 2, 3, 4, 5],
    [...RATE.slice(0, -1), 1.5],
  ])
    assert.equal(entryOf(lineOf(wrong as unknown as Entry).trimEnd()), null)
})

test('a withdrawal is of the same thing as its template', () => {
  const of = ['192.0.2.1', 0, 'ipfix', 1, 256] as const
  assert.equal(keyOf(['withdrawn', ...of]), keyOf(['template', ...of, -1, 1, 'AAgABA==', 0]))
  assert.notEqual(keyOf(RATE), keyOf(['rate', '192.0.2.1', 0, 'netflow9', 7, 'interface', 1, 1000]))
})

test('a last line that was being written when the process was killed is left out', () => {
  assert.deepEqual(readEntries(head + lineOf(RATE) + lineOf(RATE).slice(0, 20)), { entries: [RATE], problem: null })
  assert.deepEqual(readEntries(''), { entries: [], problem: null })
})

test('what stands before a damaged line is used, and the line is named', () => {
  const damaged = lineOf(RATE).replace('1000', '1001')
  assert.deepEqual(readEntries(head + lineOf(RATE) + damaged + lineOf(RATE)), {
    entries: [RATE],
    problem: { damagedLine: 3 },
  })
  assert.deepEqual(readEntries(lineOf(RATE)), { entries: [], problem: { damagedLine: 1 } })
})

test('a newer format is refused', () => {
  assert.deepEqual(readEntries(lineOf(['format', FORMAT + 1]) + lineOf(RATE)), {
    entries: [],
    problem: { newer: FORMAT + 1 },
  })
})
