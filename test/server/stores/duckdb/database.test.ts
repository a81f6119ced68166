import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WeirError, type ErrorCode } from '../../../../src/shared/api/errors.ts'
import { Database, MOST_WAITING } from '../../../../src/server/stores/duckdb/database.ts'
import { gate } from '../../../support/gate.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

describe('a question of several statements', () => {
  it('ended between two of them begins no more', async (test) => {
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: temporaryFolder(test),
    })
    const controller = new AbortController()
    const asked = database.read(controller.signal, async (reader) => {
      await reader.rows('SELECT 1')
      controller.abort()
      await reader.run('CREATE TABLE memory.made AS SELECT 1')
    })
    await assert.rejects(asked, isError('cancelled'))
    const rows = await database.read(new AbortController().signal, (reader) =>
      reader.rows(`SELECT table_name FROM duckdb_tables()`),
    )
    assert.deepEqual(rows, [])
    database.close()
  })
})

describe('questions that wait for others', () => {
  it('are so many at most, come in their order, and leave when they are ended', async (test) => {
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: temporaryFolder(test),
    })
    const until = gate()
    const order: number[] = []
    const never = new AbortController().signal
    const running = [1, 2].map(() => database.read(never, () => until.opened))
    const ended = new AbortController()
    const ask = (i: number) =>
      database.read(i % 2 === 0 ? never : ended.signal, async () => {
        order.push(i)
      })
    const asked = Promise.allSettled(Array.from({ length: MOST_WAITING }, (_, i) => ask(i)))
    await assert.rejects(ask(MOST_WAITING), isError('storeUnavailable'))
    ended.abort()
    const more = Promise.all(Array.from({ length: MOST_WAITING / 2 }, (_, i) => ask(MOST_WAITING + 2 * i)))
    await assert.rejects(ask(2 * MOST_WAITING), isError('storeUnavailable'))
    until.open()
    await Promise.all([...running, more])
    const reasons = (await asked).flatMap((each) => (each.status === 'rejected' ? [each.reason as unknown] : []))
    assert.equal(reasons.length, MOST_WAITING / 2)
    assert.ok(reasons.every(isError('cancelled')))
    assert.deepEqual(
      order,
      Array.from({ length: MOST_WAITING }, (_, i) => 2 * i),
    )
    database.close()
  })
})

function isError(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof WeirError && error.code === code
}
