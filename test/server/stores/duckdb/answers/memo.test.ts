/** Questions asked again take sums worked out before, and answer the same as if they had not. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { Batch, BATCH_ROWS, columnIndex, maskIndex, setValid } from '../../../../../src/server/intake/batch.ts'
import type { StoredFieldName } from '../../../../../src/shared/schema/fields.ts'
import type { Answer, Question } from '../../../../../src/shared/query/question.ts'
import { BLOCK_ROWS } from '../../../../../src/server/stores/duckdb/files/blocks.ts'
import { PLAN_LIMITS } from '../../../../../src/server/stores/duckdb/answers/plan.ts'
import type { DuckStore } from '../../../../../src/server/stores/duckdb/store.ts'
import { MINUTE, Random } from '../../../../conformance/flows.ts'
import { openStore, question } from '../../../../support/store.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const ROWS_A_SECOND = 400

const QUESTIONS: readonly Partial<Question>[] = [
  { intervalMs: MINUTE },
  { groupBy: ['proto'], intervalMs: MINUTE, limit: 2 },
  { groupBy: ['src.port'], measures: ['flows', 'bytes.l2'], orderBy: 'flows' },
  { groupBy: ['src.as', 'dst.as'], limit: 3 },
  { groupBy: ['src.as', 'dst.as'], limit: 3, intervalMs: 10 * MINUTE },
  { groupBy: ['src.ip'], limit: 5 },
  { filter: { op: 'in', field: 'proto', ranges: [{ low: 6n, high: 6n }] } },
]

/** Sums that are kept in files are of no use here. */
const FLOWS_ONLY = { ...PLAN_LIMITS, flowsOfDay: Number.POSITIVE_INFINITY }

describe('a question asked again', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-memo-'))
  const random = new Random(3)
  let store: DuckStore
  let rows = 0

  /** Flows in the order of time, quickly. */
  async function append(until: number): Promise<void> {
    while (rows < until) {
      const batch = new Batch()
      for (; batch.rows < BATCH_ROWS; rows++, batch.rows++) {
        const end = NOON + Math.floor((rows * 1000) / ROWS_A_SECOND)
        put(batch, 'end', end)
        put(batch, 'start', end - (random.chance(0.3) ? random.below(3 * MINUTE) : 0))
        put(batch, 'received', end + 100)
        if (random.chance(0.9)) put(batch, 'bytes', random.below(100_000))
        put(batch, 'packets', random.below(100))
        put(batch, 'proto', random.of([1, 6, 17]))
        put(batch, 'src.port', random.below(2000))
        put(batch, 'src.as', random.below(10))
        put(batch, 'dst.as', random.below(10))
        // Nearly every flow has a source of its own: not worth keeping sums of.
        put(batch, 'src.ip', random.below(2 ** 31))
      }
      await store.append(batch)
    }
    await store.commit()
  }

  before(async () => {
    store = await openStore(folder, { planLimits: FLOWS_ONLY })
    await append(3.3 * BLOCK_ROWS)
  })
  after(async () => {
    await store.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const ranges = () => {
    const last = NOON + (rows * 1000) / ROWS_A_SECOND
    return [
      { fromMs: NOON - 60 * MINUTE, toMs: last + 60 * MINUTE },
      { fromMs: NOON + 7 * MINUTE + 13, toMs: last + 1 },
      { fromMs: last - 8 * MINUTE, toMs: last },
    ]
  }

  /** Rows are compared with those of a question that means the same but was never asked before. */
  async function compare(): Promise<void> {
    for (const parts of QUESTIONS) {
      for (const range of ranges()) {
        const asked = question({ ...range, ...parts })
        const again = await store.query(asked)
        const filter = {
          op: 'and',
          of: [
            ...(asked.filter ? [asked.filter] : []),
            ...Array.from({ length: ++times }, () => ({ op: 'and', of: [] }) as const),
          ],
        } as const
        assert.deepEqual(
          said(again),
          said(await store.query({ ...asked, filter })),
          `${QUESTIONS.indexOf(parts)} over ${JSON.stringify(range)}`,
        )
        if (again.meta.sql?.includes('memory.sums')) remembered.add(parts)
      }
    }
  }
  let times = 0
  const remembered = new Set<Partial<Question>>()

  it('answers the same', async () => {
    for (let turn = 0; turn < 2; turn++) await compare()
    assert.deepEqual(
      QUESTIONS.filter((parts) => !remembered.has(parts)),
      QUESTIONS.filter(({ groupBy }) => groupBy?.includes('src.ip')),
    )
  })

  it('answers the same as flows come, and blocks are put together', async () => {
    await append(4.2 * BLOCK_ROWS)
    await compare()
  })

  it('answers the same after a restart, when nothing is known of the blocks', async () => {
    await store.close()
    store = await openStore(folder, { planLimits: FLOWS_ONLY })
    for (let turn = 0; turn < 2; turn++) await compare()
  })
})

function said({ rows, meta }: Answer): unknown {
  return { rows, totals: meta.totals, groups: meta.groups, otherRow: meta.otherRow }
}

/** A number below 2^53 into the last row. */
function put(batch: Batch, name: StoredFieldName, value: number): void {
  const row = batch.rows
  const column = columnIndex(name) + (name === 'src.ip' ? 1 : 0)
  const words = batch.columns[column] as Uint32Array
  setValid(batch.masks[maskIndex(name)] as Uint8Array, row)
  if (words.length > BATCH_ROWS) {
    words[2 * row] = value % 2 ** 32
    words[2 * row + 1] = Math.floor(value / 2 ** 32)
  } else {
    words[row] = value
  }
}
