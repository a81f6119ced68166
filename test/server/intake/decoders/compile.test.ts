import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { Budget } from '../../../../src/server/intake/decoders/budget.ts'
import { compile, programSource } from '../../../../src/server/intake/decoders/compile.ts'
import { plan } from '../../../../src/server/intake/normalise/plan.ts'
import type { TemplateField } from '../../../../src/server/intake/decoders/template-fields.ts'

const NOW_MS = 1_700_000_000_000
const field = fc.record({
  enterprise: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff_ffff })),
  id: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 0xffff })),
  length: fc.oneof(fc.constantFrom(1, 2, 3, 4, 6, 8, 16, 65535), fc.integer({ min: 0, max: 0xffff })),
})

const flow: readonly TemplateField[] = [
  { enterprise: 0, id: 8, length: 4 },
  { enterprise: 0, id: 1, length: 8 },
]

test('of a template only numbers enter the source, and it always compiles', () => {
  const words = new Set<string>()
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 60 }), (fields) => {
      const text = programSource(fields, plan(fields), false).source
      assert.doesNotMatch(text, /['"`\\]/)
      for (const word of text.match(/[A-Za-z_$][\w$]*/g) ?? []) words.add(word.replace(/^([xple])\d+$/, '$1'))
      // oxlint-disable-next-line typescript/no-implied-eval -- as compile does
      assert.doesNotThrow(() => new Function('h', 'kernel', 'tell', 'odd', text))
    }),
    { numRuns: 300, seed: 3 },
  )
  assert.ok(words.size < 120, [...words].join(' '))
})

test('equal field lists share one program', () => {
  const budget = new Budget(10, 0)
  const first = compile(flow, budget, NOW_MS)
  assert.ok(first)
  assert.equal(compile(structuredClone(flow), budget, NOW_MS), first)
  assert.notEqual(compile(flow.toReversed(), budget, NOW_MS), first)
})

test('compiling ends with the budget and goes on as it fills up again; what is compiled stays free', () => {
  const budget = new Budget(2, 1)
  const other = (length: number) =>
    compile(
      [
        { enterprise: 0, id: 8, length: 4 },
        { enterprise: 77, id: 1, length },
      ],
      budget,
      NOW_MS + (length === 104 ? 1000 : 0),
    )
  assert.ok(other(101) && other(102))
  assert.equal(other(103), undefined)
  assert.ok(other(101))
  assert.ok(other(104))
})

test('the compiled template that goes is one that nobody uses, not the one compiled first', () => {
  const budget = new Budget(10_000, 0)
  const laterMs = NOW_MS + 3_600_000
  const other = (length: number) => [{ enterprise: 78, id: 1, length }]
  const first = compile(flow, budget, laterMs)
  const idle = compile(other(1), budget, laterMs)
  assert.ok(first?.program && idle?.program)
  // As many as are kept, twice over; the budget of all fills up in between.
  for (let i = 2; i < 8200; i++) {
    compile(other(i), budget, laterMs + i * 1000)
    first.used = true
  }
  assert.equal(idle.program, undefined)
  assert.ok(first.program)
  assert.equal(compile(flow, budget, laterMs), first)
})
