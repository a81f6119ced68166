import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { programSource } from '../../../src/server/intake/decoders/compile.ts'
import { plan } from '../../../src/server/intake/normalise/plan.ts'
import { LONGEST_TEXT, storable, Texts, TEXTS_PER_RECORD } from '../../../src/server/intake/texts.ts'
import { addSiteFields, STORED_FIELDS } from '../../../src/shared/schema/fields.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const intern = (texts: Texts, text: string) => texts.intern(bytes(text), 0, bytes(text).length)

test('the same text has the same number, and another thread reads it', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { minLength: 1, maxLength: 200 }), (all) => {
      const texts = new Texts()
      const numbers = all.map((text) => intern(texts, text))
      assert.equal(texts.count, new Set(all).size)
      const other = new Texts(texts.shared)
      for (const [i, text] of all.entries()) {
        assert.equal(other.text(numbers[i] as number), storable(text))
        assert.equal(intern(texts, text), numbers[i])
      }
    }),
  )
})

test('a long text is cut, and what is no UTF-8 is replaced', () => {
  const texts = new Texts()
  assert.equal(texts.text(intern(texts, 'x'.repeat(300))), 'x'.repeat(LONGEST_TEXT))
  assert.equal(texts.text(texts.intern(new Uint8Array([0x61, 0xff, 0x62]), 0, 3)), 'a\ufffdb')
})

test('a long text is not cut within a character', () => {
  const texts = new Texts()
  assert.equal(texts.text(intern(texts, 'x'.repeat(254) + 'é')), 'x'.repeat(254))
  assert.equal(texts.text(intern(texts, '語'.repeat(100))), '語'.repeat(85))
  assert.equal(texts.text(texts.intern(new Uint8Array(300).fill(0x80), 0, 300)), '\ufffd'.repeat(252))
})

test('what could mislead a terminal or a page is not in a text', () => {
  const texts = new Texts()
  for (const [sent, kept] of [
    ['\u001b[2J', '\ufffd[2J'],
    ['a\nb\tc\u0000d\u007fe\u009bf', 'a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf'],
    ['user\u202egpj.exe', 'user\ufffdgpj.exe'],
    ['\u2066x\u2069\u200f', '\ufffdx\ufffd\ufffd'],
    ['\ufeffbom\u2028', '\ufffdbom\ufffd'],
    ['👩‍👩‍👧 Büro क्‍ष', '👩‍👩‍👧 Büro क्‍ष'],
  ] as const)
    assert.equal(texts.text(intern(texts, sent)), kept)
})

test('there is room for what `room` says, whatever the texts', () => {
  const texts = new Texts()
  let n = 0
  while (!texts.full) {
    for (let room = texts.room(3); room > 0; room--)
      for (let i = 0; i < 3; i++) intern(texts, String(n++).padEnd(LONGEST_TEXT, '.'))
  }
  assert.equal(texts.count, n)
  assert.equal(texts.text(n - 1).length, LONGEST_TEXT)
  texts.clear()
  assert.equal(texts.full, false)
  assert.equal(intern(texts, 'again'), 0)
  assert.equal(texts.text(0), 'again')
})

test('a batch that is not full has room for a record with every text there can be', () => {
  addSiteFields(
    Array.from({ length: 64 }, (_, i) => ({
      name: `my.text${i}`,
      element: `4242.${i + 1}`,
      kind: 'keyword' as const,
      label: '',
      description: '',
    })),
  )
  const elements = STORED_FIELDS.flatMap(({ kind, elements: of }) => (kind === 'keyword' ? (of ?? []) : []))
  const fields = elements.map((key) => {
    const [id, enterprise = 0] = key.split('.').map(Number).toReversed() as [number, number?]
    return { enterprise, id, length: 0xffff }
  })
  const { source } = programSource(fields, plan(fields), false)
  const needed = Number(/batch\.texts\.room\((\d+)\)/.exec(source)?.[1])
  assert.ok(needed > 64 && needed <= TEXTS_PER_RECORD, `${needed} texts`)
})
