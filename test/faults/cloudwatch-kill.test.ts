/**
 * kill -9 again and again while log groups are read: events come late, twice and out of order, the past is read beside, AWS
 * fails at times. `WEIR_KILLS=100` for more of them, `WEIR_SEED` for others.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { broken, invalidPageToken, throttled } from '../support/aws/faults.ts'
import { flowLogTraffic, putTraffic } from '../support/aws/flow-log-traffic.ts'
import { localAws } from '../support/aws/local-aws.ts'
import { misbehavingProxy } from '../support/aws/misbehaving-proxy.ts'
import { runAndKill, type Said } from '../support/killed-source.ts'
import { randoms } from '../support/random.ts'
import { fastTime } from '../support/source.ts'
import { openStore, question, totalsOf } from '../support/store.ts'
import { temporaryFolder } from '../support/temporary.ts'

const KILLS = Number(process.env['WEIR_KILLS'] ?? 10)
const SEED = Number(process.env['WEIR_SEED'] ?? 5)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GROUP = '/vpc/flow'
/** A minute takes a tenth of a second: the pace of calls goes by the same clock. */
const SPEED = 600
/** The last part of the log is of hours to come. */
const PAST_HOURS = 60
const HOURS = PAST_HOURS + Math.min(30, KILLS / 5)

const { aws, skip } = await localAws()

describe('CloudWatch Logs', { skip, timeout: 60_000 + KILLS * 15_000 }, () => {
  it(`after ${KILLS} times kill -9 at any moment each event is in the store exactly once`, async (test) => {
    const draw = randoms(SEED)
    const startMs = Math.floor(Date.now() / HOUR) * HOUR - 100 * HOUR
    const nowMs = startMs + PAST_HOURS * HOUR
    const atMs = Date.now()
    const clock = fastTime(nowMs, atMs, SPEED)
    const proxy = await misbehavingProxy(aws.endpoint, { seed: SEED, nowMs: () => clock.nowMs })
    const traffic = flowLogTraffic({
      seed: SEED,
      flows: 6000,
      fromMs: startMs,
      durationMs: HOURS * HOUR,
      format: 'custom',
    })
    await putTraffic(aws.make, GROUP, traffic)
    await aws.make.flowLogs({ group: GROUP }, traffic.format)
    proxy.logs = {
      lateness: traffic.lateness,
      duplicates: 0.1,
      disorderMs: 5 * MINUTE,
      emptyPages: 0.1,
      pageEvents: 60,
      frozen: true,
    }
    proxy.when('FilterLogEvents', throttled(), { chance: 0.02 })
    proxy.when('FilterLogEvents', broken(), { chance: 0.02 })
    proxy.when('FilterLogEvents', invalidPageToken(), { chance: 0.02 })
    const folder = temporaryFolder(test)
    const settings = {
      type: 'cloudwatch',
      name: 'vpc',
      region: aws.region,
      endpoint: proxy.endpoint,
      groups: [GROUP],
      interval: '2m',
      from: new Date(startMs).toISOString(),
    }

    const run = (isOver: (said: Said, sinceMs: number) => boolean): Promise<void> =>
      runAndKill({ folder, settings, nowMs, atMs, speed: SPEED, credentials: aws.credentials }, isOver)

    for (let kill = 0; kill < KILLS; kill++) {
      const afterMs = draw(1200)
      await run((_said, sinceMs) => sinceMs >= afterMs)
    }
    const endMs = startMs + HOURS * HOUR + HOUR
    if (clock.nowMs < endMs) await wait((endMs - clock.nowMs) / SPEED)
    await run(({ state, progress }) => state === 'ok' && progress === null)

    const store = await openStore(folder)
    const { total } = traffic.expected
    const { rows } = await store.query(question({ groupBy: ['record.id'], measures: ['flows'], limit: 1 }))
    const counted = await totalsOf(store)
    await store.close()
    assert.deepEqual(counted, [total.bytes, total.packets, total.flows])
    assert.equal(rows[0]?.at(-1), 1)
    test.diagnostic(`${proxy.calls('FilterLogEvents')} calls, ${total.flows} flows`)
  })
})
