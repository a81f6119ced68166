/** Regular expressions: what is read, what is refused, and that searching agrees with the database's engine (RE2). */
import assert from 'node:assert/strict'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { condition } from '../../../../src/server/stores/duckdb/sql/filter.ts'
import { readRegex } from '../../../../src/shared/query/filter/regex.ts'
import { regexTest } from '../../../../src/shared/query/filter/regex-test.ts'

describe('regular expressions', () => {
  it('are found anywhere in a text, whatever its case', () => {
    for (const [expression, text, isFound] of [
      ['tube', 'YouTube', true],
      ['^tube', 'YouTube', false],
      ['^YOU', 'youtube', true],
      ['^a|b$', 'xb', true],
      ['^(mail|www)\\.', 'WWW.example.com', true],
      ['^(?:mail|www)\\.', 'web.example.com', false],
      ['a{2,3}$', 'baa', true],
      ['^a{4}$', 'aaa', false],
      ['^[^a-z]+$', '10.0', true],
      ['^[^a-z]+$', '10.A', false],
      ['^\\d+\\.\\d+$', '10.0', true],
      ['\\bcat\\b', 'a cat', true],
      ['\\bcat\\b', 'concat', false],
      ['^.$', '𝄞', true],
      ['^[а-я]+$', 'ПРИВЕТ', true],
      ['a\\x20b', 'a b', true],
      ['[\\w-]+@', 'x-y@z', true],
      ['[]', '', null],
      ['', 'anything', true],
    ] as const) {
      if (isFound === null) assert.ok('message' in readRegex(expression))
      else assert.equal(regexTest(expression)(text), isFound, `${expression} in ${text}`)
    }
  })

  it('what the engine lacks or people mistake is refused, with its place', () => {
    for (const [expression, at, message] of [
      ['a(b', 1, /^\( is not closed/],
      ['ab)', 2, /^\) closes nothing/],
      ['a[b', 1, /^\[ is not closed/],
      ['x*a**', 4, /^this repeats a repetition/],
      ['*a', 0, /^\* has nothing before it/],
      ['(+)', 1, /^\+ has nothing before it/],
      ['a{', 1, /^\{ is not followed by a count/],
      ['a{3,2}', 1, /is empty/],
      ['a{101}', 1, /more than 100 times/],
      ['(a{100}){100}', 0, /more than 1000 letters/],
      ['(a)\\1', 3, /^\\1 is not known/],
      ['(?=a)', 0, /^\(\? is not known/],
      ['(?i)a', 0, /^\(\? is not known/],
      ['(?<n>a)', 0, /^\(\? is not known/],
      ['\\pL', 0, /^\\p is not known/],
      // Where it holds in letters of several octets depends on the engine.
      ['a\\B', 1, /^\\B is not known/],
      ['a\\', 1, /^\\ is not known/],
      ['[b-a]', 1, /is empty/],
      ['[a-c-e]', 4, /^- stands between/],
      ['[[:alpha:]]', 1, /^\[: is not known/],
      ['^*', 0, /^a place in the text/],
    ] as const) {
      const problem = readRegex(expression)
      assert.ok('message' in problem, expression)
      assert.match(problem.message, message, expression)
      assert.equal(problem.at, at, expression)
    }
  })

  it('one that other engines never end with ends at once', () => {
    assert.equal(regexTest('(a+)+(a*)*b$')('a'.repeat(255)), false)
    assert.equal(regexTest('(a?){50}a{50}$')('a'.repeat(255)), true)
  })

  it('the database took $. for a pattern of LIKE', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    for (const pattern of ['$.', 'a$.', '.^']) {
      const test = condition({ op: 'match', field: 'app', expression: pattern })
      const reader = await connection.runAndReadAll(`SELECT ${test} FROM (VALUES ('a'), ('ab')) AS t(app)`)
      assert.deepEqual(reader.getRows(), [[false], [false]], pattern)
    }
    connection.closeSync()
  })

  it('any text is read without a fault, and what is read the database takes and finds the same with', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const letter = fc.constantFrom(
      'a',
      'B',
      'é',
      'Я',
      '0',
      '-',
      '_',
      ' ',
      '\\.',
      '\\/',
      '\\_',
      '\\-',
      '\\w',
      '\\S',
      '\\d',
      '.',
      '\\x41',
      '\\t',
      "'",
    )
    const sign = fc.constantFrom(
      '(',
      ')',
      '|',
      '[',
      ']',
      '[^',
      '^',
      '$',
      '*',
      '+',
      '?',
      '{2}',
      '{0,3}',
      '{1,}',
      '\\b',
      '(?:',
      '}',
      ']',
      ',',
    )
    const expression = fc
      .array(fc.oneof({ weight: 3, arbitrary: letter }, { weight: 2, arbitrary: sign }), { maxLength: 10 })
      .map((pieces) => pieces.join(''))
    const text = fc.string({
      unit: fc.constantFrom('a', 'A', 'b', 'é', 'É', 'я', '0', '.', '-', '_', '/', ' ', '\n', "'"),
      maxLength: 8,
    })
    let read = 0
    try {
      await fc.assert(
        fc.asyncProperty(expression, fc.array(text, { minLength: 1, maxLength: 8 }), async (pattern, texts) => {
          if ('message' in readRegex(pattern)) return
          read++
          const test = condition({ op: 'match', field: 'app', expression: pattern })
          const values = texts.map((each) => `('${each.replaceAll("'", "''")}')`).join(', ')
          const reader = await connection.runAndReadAll(`SELECT ${test} FROM (VALUES ${values}) AS t(app)`)
          const search = regexTest(pattern)
          assert.deepEqual(
            reader.getRows().map(([found]) => found),
            texts.map(search),
            JSON.stringify([pattern, texts]),
          )
        }),
        { numRuns: 1500 },
      )
    } finally {
      connection.closeSync()
    }
    assert.ok(read > 300, `${read} were expressions`)
  })
})
