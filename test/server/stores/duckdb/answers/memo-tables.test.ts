/** Which tables of sums are made, used and dropped. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BLOCK_ROWS } from '../../../../../src/server/stores/duckdb/files/blocks.ts'
import type { Reader } from '../../../../../src/server/stores/duckdb/files/database.ts'
import { Memo } from '../../../../../src/server/stores/duckdb/answers/memo.ts'
import { flowsParts, type FlowsPart } from '../../../../../src/server/stores/duckdb/sql/source.ts'
import { shapeOf } from '../../../../../src/server/stores/duckdb/sql/sums.ts'
import { gate } from '../../../../support/gate.ts'
import { question } from '../../../../support/store.ts'

const BOUNDS = { fromMs: 0, toMs: 1000 }
const SHAPE = shapeOf(question(), [], null)

function first(blocks: number, generation = 0): FlowsPart[] {
  const columns = new Set(['start', 'end'])
  const rows = { from: 0, to: blocks * BLOCK_ROWS }
  return flowsParts([{ table: 't', generation, columns, rows, inside: true, wide: false }], BOUNDS)
}

describe('tables of sums', () => {
  it('are not those of rows that are gone and whose numbers others have now', async () => {
    const memo = new Memo(2 ** 30)
    const { reader, tables } = noting()
    const session = memo.session(reader)
    for (let i = 0; i < 3; i++) await session.sums(SHAPE, first(1))
    assert.equal(tables.size, 1)
    await session.sums(SHAPE, first(1, 1))
    assert.equal(tables.size, 2)
    await session.release()
  })

  it('stay while a question reads them that came while others were dropped', async () => {
    const memo = new Memo(2 ** 30)
    const dropping = gate()
    const drop = gate()
    const { reader, tables } = noting(() => {
      dropping.open()
      return drop.opened
    })
    const before = memo.session(reader)
    for (const blocks of [3, 3, 4]) await before.sums(SHAPE, first(blocks))
    const released = before.release()
    await dropping.opened

    const reading = memo.session(reader)
    const [, table = ''] = /memory\.(\w+)/.exec(await reading.sums(SHAPE, first(4))) ?? []
    assert.ok(tables.has(table))
    const another = memo.session(reader)
    await another.sums(SHAPE, first(16))
    drop.open()
    await released
    await another.release()
    assert.ok(tables.has(table), 'put together with others, but still read')
    await reading.release()
    assert.equal(tables.size, 1)
  })
})

/** Takes note of the tables that are made and dropped; each has one row. */
function noting(beforeDrop: () => Promise<void> = () => Promise.resolve()): {
  reader: Reader
  tables: ReadonlySet<string>
} {
  const tables = new Set<string>()
  const reader: Pick<Reader, 'rows' | 'run'> = {
    rows: async (sql) => {
      tables.add(/^CREATE TABLE memory\.(\w+)/.exec(sql)?.[1] ?? '')
      return [[1n]]
    },
    run: async (sql) => {
      await beforeDrop()
      tables.delete(/^DROP TABLE IF EXISTS memory\.(\w+)/.exec(sql)?.[1] ?? '')
    },
  }
  return { reader: reader as Reader, tables }
}
