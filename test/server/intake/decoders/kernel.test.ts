/** Records read with a kernel are the same rows as without. */
import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { STORED_FIELDS } from '../../../../src/shared/schema/fields.ts'
import { BATCH_ROWS, Batch } from '../../../../src/server/intake/batch.ts'
import { compileNow } from '../../../../src/server/intake/decoders/compile.ts'
import { ONES, ZERO, makeKernel, type Copy } from '../../../../src/server/intake/decoders/kernel.ts'
import type { Run } from '../../../../src/server/intake/decoders/run.ts'
import { Scratch, allocate, memory } from '../../../../src/server/intake/memory.ts'
import { rowsOf } from '../../../support/rows.ts'

/** Elements that have rules of their own, and one that nobody knows. */
const OTHERS = [
  1, 2, 21, 22, 23, 24, 32, 34, 48, 50, 302, 95, 18, 89, 70, 85, 86, 150, 151, 152, 153, 154, 155, 158, 161, 210, 305,
  306, 352, 999,
]
const ids = new Set([
  ...STORED_FIELDS.flatMap(({ elements = [] }) => elements)
    .filter((key) => !key.includes('.'))
    .map(Number),
  ...OTHERS,
])
const field = fc.record({
  enterprise: fc.constant(0),
  id: fc.constantFrom(...ids),
  length: fc.constantFrom(1, 2, 3, 4, 4, 6, 7, 8, 8, 16, 20),
})

test('records of any template are the same rows with a kernel as without', () => {
  const batches = [new Batch(), new Batch()] as const
  fc.assert(
    fc.property(
      fc.array(field, { minLength: 1, maxLength: 40 }),
      fc.uint8Array({ minLength: 400, maxLength: 1400 }),
      fc.oneof(fc.nat({ max: 40 }), fc.integer({ min: BATCH_ROWS - 80, max: BATCH_ROWS - 1 })),
      fc.constantFrom(0, 1, 100, 0xffff_ffff),
      fc.boolean(),
      (fields, octets, before, rate, byInterface) => {
        const { view, bytes } = Scratch.ofDatagrams.load(octets)
        const run: Run = {
          view,
          exporter: [0, 0, 0xffff, 0xc000_0201],
          domain: 0xffff_fffe,
          sourceType: 2,
          receivedMs: 1_700_000_000_123,
          exportMs: 1_700_000_000_000,
          uptimeMs: 86_400_000,
          rate,
          rateSource: rate > 0 ? 4 : 0,
          overrideRate: byInterface ? 0 : 3,
          otherRate: 7,
          otherRateSource: 4,
          sampler: 0,
          samplers: new Map([[1, 10]]),
          interfaces: byInterface ? new Map([[0, 5]]) : null,
          passed: 0,
        }
        const rows = batches.map((batch, i) => {
          batch.clear()
          batch.rows = before
          const program = compileNow(fields, i === 1)
          let next = 3
          for (let at = -1; at !== next;) {
            at = next
            next = program(run, at, bytes.length, batch)
          }
          return { next, rows: rowsOf(batch) }
        })
        assert.deepEqual(rows[1], rows[0])
      },
    ),
    { numRuns: 200, seed: 5 },
  )
})

test('octets are put where they belong, whatever their order and place', () => {
  const batch = allocate({}, 65_536)
  const widths = [1, 2, 4, 8] as const
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          width: fc.constantFrom(...widths),
          first: fc.nat({ max: 52 }),
          octets: fc.array(fc.oneof(fc.nat({ max: 12 }), fc.constantFrom(ZERO, ONES)), { minLength: 8, maxLength: 8 }),
        }),
        { minLength: 1, maxLength: 40 },
      ),
      fc.uint8Array({ minLength: 65 * 9, maxLength: 65 * 9 }),
      (wanted, record) => {
        const copies = wanted.map(({ width, first, octets }, i): Copy => ({
          to: 64 + i * 512,
          width,
          from: octets.slice(0, width).map((at) => (at < 0 ? at : first + at)),
        }))
        const { bytes } = Scratch.ofDatagrams.load(record)
        makeKernel(65, { valid: [], copies, counts: [], checks: [], times: null, icmp: null })(
          bytes.byteOffset,
          batch.byteOffset,
          2,
          9,
        )
        const all = new Uint8Array(memory().buffer, batch.byteOffset, 65_536)
        for (const { to, width, from } of copies) {
          assert.ok('length' in from)
          for (let row = 0; row < 9; row++) {
            const expected: unknown[] = from.map((at) => (at === ZERO ? 0 : at === ONES ? 255 : record[row * 65 + at]))
            assert.deepEqual([...all.subarray(to + (2 + row) * width, to + (3 + row) * width)], expected)
          }
        }
      },
    ),
    { numRuns: 200, seed: 6 },
  )
})

test('values that all records have come from memory, or from the code', () => {
  const { byteOffset } = allocate({}, 4 * BATCH_ROWS)
  const { bytes } = Scratch.ofDatagrams.load(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8]))
  const copies: Copy[] = [
    { to: 0, width: 8, from: { address: bytes.byteOffset } },
    { to: 512, width: 2, from: { address: bytes.byteOffset + 4 } },
    { to: 1024, width: 1, from: { value: 6 } },
    { to: 1536, width: 8, from: [ONES, ZERO, ONES, ONES, ZERO, ZERO, ZERO, ONES] },
  ]
  makeKernel(1, { valid: [], copies, counts: [], checks: [], times: null, icmp: null })(
    bytes.byteOffset,
    byteOffset,
    1,
    3,
  )
  const all = new Uint8Array(memory().buffer, byteOffset, 4096)
  for (const row of [1, 2, 3]) {
    assert.deepEqual([...all.subarray(8 * row, 8 * row + 8)], [1, 2, 3, 4, 5, 6, 7, 8])
    assert.deepEqual([...all.subarray(512 + 2 * row, 514 + 2 * row)], [5, 6])
    assert.equal(all[1024 + row], 6)
    assert.deepEqual([...all.subarray(1536 + 8 * row, 1544 + 8 * row)], [255, 0, 255, 255, 0, 0, 0, 255])
  }
})
