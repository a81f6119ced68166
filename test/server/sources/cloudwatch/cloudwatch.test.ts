import assert from 'node:assert/strict'
import { beforeEach, describe, it, type TestContext } from 'node:test'
import { flowLogTraffic, putTraffic, type Traffic } from '../../../support/aws/flow-log-traffic.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { runSource, SourceClock, type RunningSource } from '../../../support/source.ts'
import { totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const GROUP = '/vpc/flow'
const fromMs = Math.floor(Date.now() / HOUR) * HOUR - 30 * HOUR

const { aws, skip } = await localAws()

describe('a log group of CloudWatch Logs', { skip }, async () => {
  const clock = new SourceClock(fromMs)
  const proxy = await misbehavingProxy(aws.endpoint, { seed: 5, nowMs: () => clock.nowMs })
  process.env['AWS_ACCESS_KEY_ID'] = aws.credentials.accessKeyId
  process.env['AWS_SECRET_ACCESS_KEY'] = aws.credentials.secretAccessKey
  const settings = { type: 'cloudwatch', name: 'vpc', region: aws.region, endpoint: proxy.endpoint, groups: [GROUP] }

  beforeEach(async () => {
    proxy.clear()
    clock.nowMs = fromMs
    await aws.reset()
    proxy.logs = { frozen: true }
  })

  const start = (folder: string, more: object = {}) => runSource(folder, { ...settings, ...more }, { clock })
  /** Lets it run until that moment, and until it has looked at all of the overlap since. */
  const runTo = (running: RunningSource, ms: number) => running.until(() => clock.nowMs >= ms)

  function expected({ expected: { total } }: Traffic): readonly unknown[] {
    return [total.bytes, total.packets, total.flows]
  }

  async function put(options: Partial<Parameters<typeof flowLogTraffic>[0]> = {}): Promise<Traffic> {
    const traffic = flowLogTraffic({ seed: 3, flows: 2000, fromMs: fromMs - HOUR, durationMs: HOUR, ...options })
    await putTraffic(aws.make, GROUP, traffic)
    return traffic
  }

  it('is taken whole: each event once, what is told of no traffic is no flow', async (test: TestContext) => {
    const traffic = await put()
    const running = await start(temporaryFolder(test))
    await runTo(running, fromMs + MINUTE)
    assert.equal(running.source.state().trouble, null)
    assert.equal(running.source.state().state, 'ok')
    assert.deepEqual(await totalsOf(running.store), expected(traffic))
    await running.stop()
  })
})
