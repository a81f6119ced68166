import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WeirError } from '../../../../src/shared/api/errors.ts'
import { Database } from '../../../../src/server/stores/duckdb/database.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('a question of several statements', () => {
  it('ended between two of them begins no more', async (test) => {
    const database = await Database.open({ threads: 1, memoryLimitBytes: 64 * 2 ** 20, temporaryFolder: temporaryFolder(test) })
    const controller = new AbortController()
    const asked = database.read(controller.signal, async (reader) => {
      await reader.rows('SELECT 1')
      controller.abort()
      await reader.run('CREATE TABLE memory.made AS SELECT 1')
    })
    await assert.rejects(asked, (error) => error instanceof WeirError && error.code === 'cancelled')
    const rows = await database.read(new AbortController().signal, (reader) => reader.rows(`SELECT table_name FROM duckdb_tables()`))
    assert.deepEqual(rows, [])
    database.close()
  })
})
