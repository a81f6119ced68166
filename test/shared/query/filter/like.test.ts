import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Pattern } from '../../../../src/shared/query/filter/ast.ts'
import { likeAny } from '../../../../src/shared/query/filter/like.ts'

/** The obvious way: every place of every piece is tried. */
function obvious(text: string, [first, ...others]: Pattern): boolean {
  const rest = (from: string, pieces: readonly string[]): boolean => {
    const [piece, ...more] = pieces
    if (piece === undefined) return from === ''
    for (let at = 0; at <= from.length; at++)
      if (from.startsWith(piece, at) && rest(from.slice(at + piece.length), more)) return true
    return false
  }
  return text.startsWith(first) && rest(text.slice(first.length), others)
}

test('fits where some way of placing the pieces does', () => {
  const few = (maxLength: number) => fc.string({ unit: fc.constantFrom('a', 'b'), maxLength })
  fc.assert(
    fc.property(few(10), few(3), fc.array(few(2), { maxLength: 4 }), (text, first, others) => {
      const pattern: Pattern = [first, ...others]
      assert.equal(likeAny([pattern])(text), obvious(text, pattern))
    }),
    { numRuns: 2000 },
  )
})

test('the case of letters does not matter', () => {
  assert.ok(likeAny([['YOU', '']])('YouTube'))
  assert.ok(likeAny([['x'], ['BÜRO']])('Büro'))
  assert.ok(!likeAny([['you', 'tubes']])('YouTube'))
  assert.ok(!likeAny([])(''))
})

test('a hundred wildcards over a long text end at once', () => {
  const pieces = ['', ...Array.from({ length: 100 }, () => 'a'), 'b'] as unknown as Pattern
  assert.equal(likeAny([pieces])('a'.repeat(255)), false)
})
