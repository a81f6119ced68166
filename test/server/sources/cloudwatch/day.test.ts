/** A day of polls in simulated time, with all that AWS does to those who poll: nothing is lost, nothing is counted twice. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseIp } from '../../../../src/shared/schema/ip.ts'
import { broken, garbled, hungUp, invalidPageToken, throttled } from '../../../support/aws/faults.ts'
import { flowLogTraffic, putTraffic } from '../../../support/aws/flow-log-traffic.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { runSource, SourceClock } from '../../../support/source.ts'
import { question, totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GROUP = '/vpc/flow'
const fromMs = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR

const { aws, skip } = await localAws()

describe('24 hours of CloudWatch Logs', { skip }, () => {
  it('with lateness up to 40 minutes, duplicates, disorder, empty pages, throttling and failures come out exactly', async (test) => {
    const clock = new SourceClock(fromMs)
    const proxy = await misbehavingProxy(aws.endpoint, { seed: 5, nowMs: () => clock.nowMs })
    process.env['AWS_ACCESS_KEY_ID'] = aws.credentials.accessKeyId
    process.env['AWS_SECRET_ACCESS_KEY'] = aws.credentials.secretAccessKey
    const times = { fromMs, durationMs: 24 * HOUR, latestMs: 40 * MINUTE }
    const traffic = flowLogTraffic({ seed: 11, flows: 3000, format: 'custom', ...times })
    await putTraffic(aws.make, GROUP, traffic)
    await aws.make.flowLogs({ group: GROUP }, traffic.format)
    proxy.logs = {
      lateness: traffic.lateness,
      duplicates: 0.1,
      disorderMs: 5 * MINUTE,
      emptyPages: 0.1,
      pageEvents: 100,
      frozen: true,
    }
    for (const [fault, chance] of [
      [throttled(), 0.05],
      [broken(), 0.01],
      [hungUp(), 0.01],
      [garbled(), 0.01],
      [invalidPageToken(), 0.01],
    ] as const)
      proxy.when('FilterLogEvents', fault, { chance })
    const settings = {
      type: 'cloudwatch',
      name: 'vpc',
      region: aws.region,
      endpoint: proxy.endpoint,
      groups: [GROUP],
      interval: '10m',
    }
    const folder = temporaryFolder(test)
    let running = await runSource(folder, settings, { clock })
    test.after(() => running.stop())
    // Stopped and started again in between, once for longer than the overlap.
    for (const [hours, pauseMs] of [
      [7, MINUTE],
      [11, 3 * HOUR],
      [26, 0],
    ] as const) {
      await running.until(() => clock.nowMs >= fromMs + hours * HOUR)
      if (pauseMs === 0) break
      await running.stop()
      clock.nowMs += pauseMs
      running = await runSource(folder, settings, { clock })
    }
    const { total, bySource } = traffic.expected
    assert.deepEqual(await totalsOf(running.store), [total.bytes, total.packets, total.flows])
    const { rows } = await running.store.query(
      question({ groupBy: ['src.ip'], measures: ['bytes', 'flows'], limit: 1000 }),
    )
    assert.deepEqual(
      new Map(rows.map(([source, bytes, flows]) => [parseIp(String(source)), [bytes, flows]])),
      new Map(Array.from(bySource, ([source, { bytes, flows }]) => [parseIp(source), [bytes, flows]])),
    )
    assert.deepEqual(running.letters, [])
    const given = proxy.calls('FilterLogEvents')
    test.diagnostic(`${given} calls for ${traffic.events.length} events`)
    await running.stop()
  })
})
