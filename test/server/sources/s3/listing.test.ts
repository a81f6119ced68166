import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { flowLogTraffic, trafficObjects } from '../../../support/aws/flow-log-traffic.ts'
import { dayAgo, keyOf, logOf, makeBucket, untilFlows } from '../../../support/aws/bucket.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { runSource, SourceClock } from '../../../support/source.ts'
import { totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

process.env['AWS_ACCESS_KEY_ID'] = 'AKIATESTTESTTESTTEST'
process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
const { aws, skip } = await localAws()
const proxy = await misbehavingProxy(aws.endpoint)

const HOUR_MS = 3_600_000
/** Listed each second: the clock of these tests would be days ahead before an object is there else. */
const LISTED = { queue: undefined, interval: '1s' }
/** Flow logs of two hours of today. */
const traffic = flowLogTraffic({
  seed: 6,
  flows: 600,
  fromMs: Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOUR_MS,
  durationMs: HOUR_MS,
  format: 'custom',
})
const { total } = traffic.expected
const sums = [total.bytes, total.packets, total.flows]

describe('a bucket of S3 without a queue', { skip }, () => {
  for (const hive of [false, true]) {
    it(`gives its new objects by listing, each once (${hive ? 'Hive' : 'plain'} folders of days and hours)`, async (test) => {
      proxy.clear()
      const { bucket, settings } = await makeBucket(aws, proxy, null)
      const objects = trafficObjects(traffic, { hive })
      const old = 'AWSLogs/123456789012/vpcflowlogs/us-east-1/2020/01/01/old.log.gz'
      const folder = temporaryFolder(test)
      const running = await runSource(folder, { ...settings, ...LISTED })
      for (const { key, body } of objects) {
        await aws.make.putObject(bucket, key, body)
        if (!hive && key === objects[0]?.key) await aws.make.putObject(bucket, old, logOf(1))
      }
      await untilFlows(running, total.flows)
      // Several listings more.
      const listed = proxy.calls('ListObjectsV2')
      await running.until(() => proxy.calls('ListObjectsV2') > listed + 6)
      assert.deepEqual(await totalsOf(running.store), sums)
      assert.equal(proxy.calls('GetObject'), objects.length)
      await running.stop()
      const again = await runSource(folder, { ...settings, ...LISTED })
      const before = proxy.calls('ListObjectsV2')
      await again.until(() => proxy.calls('ListObjectsV2') > before + 4)
      await aws.make.putObject(bucket, objects[0]?.key.replace(/[^/]*$/, 'new.log.gz') ?? '', logOf(7))
      await untilFlows(again, total.flows + 1)
      assert.equal(proxy.calls('GetObject'), objects.length + 1)
      await again.stop()
    })
  }
})

describe('the past of a bucket of S3', { skip }, () => {
  const keyOfDay = (n: number) => keyOf(n, '', 5)

  it('is not taken where it is not wished for', async (test) => {
    proxy.clear()
    const { bucket, settings } = await makeBucket(aws, proxy, null)
    await aws.make.putObject(bucket, keyOfDay(1), logOf(1))
    const clock = new SourceClock(Date.now() + 60_000)
    const running = await runSource(temporaryFolder(test), { ...settings, ...LISTED }, { clock })
    await running.until(() => proxy.calls('ListObjectsV2') > 10)
    assert.equal(proxy.calls('GetObject'), 0)
    await running.stop()
  })

  for (const withQueue of [true, false]) {
    it(`is taken beside what is new, from a day on, with progress, over restarts (${withQueue ? 'queue' : 'listing'})`, async (test) => {
      proxy.clear()
      const { bucket, settings } = await makeBucket(aws, proxy)
      const tooOld = keyOf(0, '', 60)
      // The queue would tell of it.
      if (!withQueue) await aws.make.putObject(bucket, tooOld, logOf(5000))
      for (let n = 0; n < 40; n++) await aws.make.putObject(bucket, keyOfDay(n), logOf(1, 2))
      const clock = new SourceClock(Date.now() + 5000)
      const folder = temporaryFolder(test)
      const of = { ...settings, from: dayAgo(20), ...(withQueue ? {} : LISTED) }
      const first = await runSource(folder, of, { clock })
      await untilFlows(first, 10)
      const progress = first.source.state().progress
      assert.equal(progress?.of, 40)
      assert.equal(progress?.unit, 'objects')
      assert.ok(progress.done < 40)
      await first.stop()
      const second = await runSource(folder, of, { clock })
      await untilFlows(second, 80)
      await second.until(() => second.source.state().progress === null)
      await second.stop()
      const third = await runSource(folder, of, { clock })
      const turns = () => proxy.calls(withQueue ? 'ReceiveMessage' : 'ListObjectsV2')
      const before = turns()
      await third.until(() => turns() > before)
      assert.deepEqual(await totalsOf(third.store), [120, 80, 80])
      assert.equal(third.source.state().progress, null)
      await third.stop()
    })
  }
})
