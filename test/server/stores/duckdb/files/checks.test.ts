/** Checks of what stands in files of our own let nothing else pass. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  isBoolean,
  isCountFrom,
  isListOf,
  isNullOr,
  isNumber,
  isObject,
  isOneOf,
  isRecordOf,
  isText,
  isThere,
  type Check,
} from '../../../../../src/server/stores/duckdb/files/checks.ts'

const CASES: readonly (readonly [
  name: string,
  check: Check<unknown>,
  good: readonly unknown[],
  bad: readonly unknown[],
])[] = [
  ['a number', isNumber, [0, -1.5], ['1', null, Number.NaN, Number.POSITIVE_INFINITY, 1n]],
  ['true or false', isBoolean, [true, false], [0, 'true', null]],
  ['a text', isText, ['', 'a'], [1, null, ['a']]],
  ['anything', isThere, [null, 0, {}], [undefined]],
  ['a count', isCountFrom(1), [1, 2 ** 53 - 1], [0, 1.5, 2 ** 53, '1', null]],
  ['one of several', isOneOf('a', 'b'), ['a', 'b'], ['c', 1, null]],
  ['null or a text', isNullOr(isText), [null, 'a'], [undefined, 1]],
  ['a list', isListOf(isNumber), [[], [1, 2]], [['1'], { 0: 1 }, null, 'a']],
  ['a record', isRecordOf(isNumber), [{}, { a: 1 }], [{ a: 'b' }, [], null, 1]],
  [
    'an object',
    isObject({ a: isNumber, b: isNullOr(isText) }),
    [
      { a: 1, b: null },
      { a: 1, b: 'c', more: true },
    ],
    [{ a: 1 }, { a: '1', b: null }, {}, [1, null], null],
  ],
]

describe('a check for', () => {
  for (const [name, check, good, bad] of CASES)
    it(name, () => {
      for (const value of good) assert.equal(check(value), true, JSON.stringify(value))
      for (const value of bad) assert.equal(check(value), false, String(value))
    })
})
