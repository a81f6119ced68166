import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { BLOCK_ROWS } from '../../../../src/server/stores/duckdb/blocks.ts'
import type { Reader } from '../../../../src/server/stores/duckdb/database.ts'
import { Memo, type RunSource } from '../../../../src/server/stores/duckdb/memo.ts'
import { shapeOf, type Shape } from '../../../../src/server/stores/duckdb/sql/sums.ts'
import { question } from '../../../support/store.ts'

const BOUNDS = { fromMs: 0, toMs: 1000 }
const BLOCK: RunSource = { table: 't', columns: new Set(['start', 'end']), rows: { from: 0, to: BLOCK_ROWS }, inside: true, wide: false }

/** Each shape differs by its filter. */
function shape(i: number): Shape {
  return shapeOf(question({ filter: { op: 'in', field: 'src.port', ranges: [{ low: BigInt(i), high: BigInt(i) }] } }), [], null)
}

describe('sums kept for questions asked again', () => {
  it('do not remember every filter that was ever asked', async () => {
    const memo = new Memo(2 ** 30)
    const { reader, tables } = fakeDatabase()
    for (let i = 0; i < 1000; i++) await ask(memo, reader, i)
    await ask(memo, reader, 0)
    assert.equal(tables.size, 0, 'the first was asked so long ago that it counts as new')
    await ask(memo, reader, 999)
    assert.equal(tables.size, 1)
  })

  it('are kept for so many shapes, however small', async () => {
    const memo = new Memo(2 ** 40)
    const { reader, tables } = fakeDatabase()
    for (let i = 0; i < 600; i++) {
      await ask(memo, reader, i)
      await ask(memo, reader, i)
    }
    assert.ok(tables.size > 0 && tables.size <= 201, `${tables.size} tables`)
  })
})

async function ask(memo: Memo, reader: Reader, i: number): Promise<void> {
  const session = memo.session(reader)
  await session.sums(shape(i), [BLOCK], BOUNDS)
  await session.release()
}

/** Takes note of the tables that are made and dropped; each has one row. */
function fakeDatabase(): { reader: Reader; tables: ReadonlySet<string> } {
  const tables = new Set<string>()
  const note = (sql: string) => {
    const [, verb, name] = /^(CREATE|DROP) TABLE (?:IF EXISTS )?memory\.(\w+)/.exec(sql) ?? []
    if (name && verb === 'CREATE') tables.add(name)
    if (name && verb === 'DROP') tables.delete(name)
  }
  const reader: Pick<Reader, 'rows' | 'run'> = {
    rows: async (sql) => {
      note(sql)
      return [[1n]]
    },
    run: async (sql) => note(sql),
  }
  return { reader: reader as Reader, tables }
}
