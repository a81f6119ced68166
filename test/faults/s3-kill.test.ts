/**
 * kill -9 again and again while objects of S3 are read: told of by a queue that gives messages twice, and of the past, from
 * connections that break. `WEIR_KILLS=100` for more of them, `WEIR_SEED` for others.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { keyOf, logOf, makeBucket } from '../support/aws/bucket.ts'
import { broken, cutOff, slow, throttled } from '../support/aws/faults.ts'
import { localAws } from '../support/aws/local-aws.ts'
import { misbehavingProxy } from '../support/aws/misbehaving-proxy.ts'
import { runAndKill, type Said } from '../support/killed-source.ts'
import { randoms } from '../support/random.ts'
import { openStore, question, totalsOf } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

const KILLS = Number(process.env['WEIR_KILLS'] ?? 10)
const SEED = Number(process.env['WEIR_SEED'] ?? 5)
const FLOWS = 2000
const OBJECTS_A_KILL = 4

const { aws, skip } = await localAws()

describe('S3', { skip, timeout: 60_000 + KILLS * 15_000 }, () => {
  it(`after ${KILLS} times kill -9 at any moment each flow is in the store exactly once`, async (test) => {
    const draw = randoms(SEED)
    const proxy = await misbehavingProxy(aws.endpoint, { seed: SEED })
    const { bucket, queue, settings } = await makeBucket(aws, proxy)
    const folder = temporaryFolder(test)
    const expected = { bytes: 0, flows: 0 }
    let objects = 0
    const put = async (): Promise<void> => {
      const bytes = Array.from({ length: 1 + draw(FLOWS) }, () => draw(1500))
      expected.bytes += bytes.reduce((sum, each) => sum + each, 0)
      expected.flows += bytes.length
      await aws.make.putObject(bucket, keyOf(objects++), logOf(...bytes))
    }
    // Of the past, which the messages of the queue tell of too.
    for (let n = 0; n < 3 * KILLS; n++) await put()
    await wait(1100)
    proxy.queues = { twice: 0.2 }
    proxy.when('GetObject', slow(4000, 3), { chance: 0.7 })
    proxy.when('GetObject', cutOff(), { chance: 0.1 })
    proxy.when('*', throttled(), { chance: 0.03 })
    proxy.when('*', broken(), { chance: 0.03 })

    async function run(isOver: (said: Said, sinceMs: number) => boolean): Promise<void> {
      const nowMs = Date.now()
      const { credentials } = aws
      const source = {
        folder,
        settings: { ...settings, from: '2026-01-01' },
        nowMs,
        atMs: nowMs,
        speed: 1,
        credentials,
      }
      await runAndKill(source, isOver)
      await proxy.expireVisibility()
    }

    for (let kill = 0; kill < KILLS; kill++) {
      const afterMs = draw(900)
      const running = run((_said, sinceMs) => sinceMs >= afterMs)
      for (let n = 0; n < OBJECTS_A_KILL; n++) await put()
      await running
    }
    let isEmpty = false
    const looking = new AbortController()
    const looks = (async () => {
      while (!looking.signal.aborted) {
        const { visible, inFlight } = await aws.make.queueDepth(queue)
        isEmpty = visible + inFlight === 0
        await wait(200)
      }
    })()
    await run(({ progress }) => isEmpty && progress === null)
    looking.abort()
    await looks

    const store = await openStore(folder)
    const { rows } = await store.query(question({ groupBy: ['record.id'], measures: ['flows'], limit: 1 }))
    const counted = await totalsOf(store)
    await store.close()
    assert.deepEqual(counted, [expected.bytes, expected.flows, expected.flows])
    assert.equal(rows[0]?.at(-1), 1)
    test.diagnostic(`${objects} objects, ${proxy.calls('GetObject')} times asked for, ${expected.flows} flows`)
  })
})
