import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { WeirError, type ErrorCode } from '../../../../../src/shared/api/errors.ts'
import { client } from '../../../../../src/server/client.ts'
import { Database } from '../../../../../src/server/stores/duckdb/files/database.ts'
import { MOST_WAITING } from '../../../../../src/server/stores/duckdb/answers/turns.ts'
import { gate } from '../../../../support/gate.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

describe('a question of several statements', () => {
  it('ended between two of them begins no more', async (test) => {
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: temporaryFolder(test),
      temporaryLimitBytes: 64 * 2 ** 20,
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
      temporaryLimitBytes: 64 * 2 ** 20,
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

describe('questions of several clients', () => {
  it('take turns, and one need not wait for two long ones of another', async (test) => {
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: temporaryFolder(test),
      temporaryLimitBytes: 64 * 2 ** 20,
    })
    const order: string[] = []
    const never = new AbortController().signal
    const long = gate()
    const ask = (who: string, n: number, until?: Promise<void>, begun?: () => void) =>
      client.run(who, () =>
        database.read(never, async () => {
          order.push(`${who}${n}`)
          begun?.()
          await until
        }),
      )
    const both = [gate(), gate()]
    const held = both.map((begun, n) => ask('greedy ', n, long.opened, () => begun.open()))
    await Promise.all(both.map(({ opened }) => opened))
    const waiting = [2, 3, 4].map((n) => ask('greedy ', n))
    await ask('other ', 0)
    assert.deepEqual(order.toSorted(), ['greedy 0', 'greedy 1', 'other 0'])
    const guest = gate()
    const others = [ask('other ', 1, guest.opened), ask('other ', 2), ask('third ', 0)]
    long.open()
    guest.open()
    await Promise.all([...held, ...waiting, ...others])
    // The third has none running. Then those who wait have one each in turn.
    assert.deepEqual(
      order.slice(4).map((each) => each.slice(0, -1)),
      ['third ', 'greedy ', 'other ', 'greedy ', 'greedy '],
    )
    database.close()
  })
})

describe('a question that needs more than there is', () => {
  const HUGE =
    'SELECT count(*) FROM (SELECT range % 20000000 AS x, count(*) FROM range(20000000) GROUP BY 1 ORDER BY 2, 1)'
  it('is refused with the key that sets the limit, and the next one is answered', async (test) => {
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: temporaryFolder(test),
      temporaryLimitBytes: 2 ** 20,
    })
    const never = new AbortController().signal
    const refused = (sql: string, key: string) =>
      assert.rejects(
        database.read(never, (reader) => reader.rows(sql)),
        (error) => isError('memoryLimit')(error) && (error as WeirError).message.endsWith(`raise ${key}`),
      )
    await refused(
      'CREATE TABLE memory.made AS SELECT range, hash(range) AS h, hash(range + 1) AS i FROM range(8000000)',
      'store.temporary',
    )
    await refused('SELECT list(range) FROM range(16000000)', 'store.memory')
    assert.deepEqual(await database.read(never, (reader) => reader.rows('SELECT 1')), [[1]])
    database.close()
  })

  it('is ended when flows need its memory', async (test) => {
    const database = await Database.open({
      threads: 1,
      memoryLimitBytes: 64 * 2 ** 20,
      temporaryFolder: temporaryFolder(test),
      temporaryLimitBytes: 2 ** 30,
    })
    const begun = gate()
    const asked = database.read(new AbortController().signal, (reader) => {
      const rows = reader.rows(HUGE)
      begun.open()
      return rows
    })
    await begun.opened
    database.giveMemoryBack()
    await assert.rejects(
      asked,
      (error) => isError('memoryLimit')(error) && /flows to be written/.test((error as Error).message),
    )
    database.close()
  })
})

function isError(code: ErrorCode): (error: unknown) => boolean {
  return (error) => error instanceof WeirError && error.code === code
}
