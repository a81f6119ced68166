/** A question that needs more memory than there is is refused; flows are written meanwhile, and other questions answered. */
import assert from 'node:assert/strict'
import { it } from 'node:test'
import { WeirError } from '../../../../src/shared/api/errors.ts'
import { batchesOf, type PlainFlow } from '../../../support/batches.ts'
import { keep, openStore, question } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const NOON = Date.UTC(2026, 10, 24, 12)
const FLOWS = 160_000
const TEXT = 600
/** What a batch has room for. */
const SOME = 1000

/** Each with a text of its own: their groups take more than the memory that there is. */
const flows = (n: number, from: number) =>
  Array.from({ length: n }, (_, i): PlainFlow => ({
    start: NOON,
    end: NOON,
    received: NOON,
    bytes: 1,
    'http.url': `/${from + i}/`.padEnd(TEXT, String((i * 2_654_435_761) % 1e9)),
  }))

it('a question past the limits is refused, told why, and keeps no flow from being written', async (test) => {
  const said: string[] = []
  const store = await openStore(temporaryFolder(test), {
    threads: 1,
    memoryLimitBytes: 64 * 2 ** 20,
    temporaryLimitBytes: 2 ** 20,
    log: (level, message) => said.push(`${level} ${message}`),
  })
  for (let from = 0; from < FLOWS; from += SOME)
    for (const batch of batchesOf(flows(SOME, from))) await store.append(batch)
  await store.commit()
  const huge = (limit: number) =>
    store.query(question({ groupBy: ['http.url'], limit, fromMs: NOON - 1, toMs: NOON + 1 }))
  const asked = Promise.allSettled([huge(1000), huge(1001)])
  for (let n = 0; n < 3; n++) await keep(store, flows(1000, FLOWS + n * 1000))
  for (const result of await asked) {
    assert.ok(result.status === 'rejected' && result.reason instanceof WeirError, result.status)
    assert.equal(result.reason.code, 'memoryLimit')
    assert.match(result.reason.message, /raise store\.(memory|temporary)$/)
  }
  assert.deepEqual((await store.query(question({ measures: ['flows'], orderBy: 'flows' }))).rows, [[FLOWS + 3000]])
  await store.close()
  assert.deepEqual(
    said.filter((line) => line.includes('lost')),
    [],
  )
})
