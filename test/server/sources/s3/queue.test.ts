import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { flowLine, HEADER, keyOf, logOf, makeBucket, untilEmpty, type Made } from '../../../support/aws/bucket.ts'
import { cutOff, shortened, stalled, throttled } from '../../../support/aws/faults.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { runSource, type RunningSource } from '../../../support/source.ts'
import { recordQuestion, totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

process.env['AWS_ACCESS_KEY_ID'] = 'AKIATESTTESTTESTTEST'
process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
const { aws, skip } = await localAws()
const proxy = await misbehavingProxy(aws.endpoint)

async function start(test: TestContext, made: Made, more: object = {}): Promise<RunningSource> {
  proxy.clear()
  return await runSource(temporaryFolder(test), { ...made.settings, ...more })
}

describe('a queue of S3', { skip }, () => {
  for (const by of ['sqs', 'sns', 'sns-raw', 'eventbridge'] as const) {
    it(`tells of objects by ${by}, with spaces and signs in their keys, after a test event`, async (test) => {
      const made = await makeBucket(aws, proxy, by)
      const running = await start(test, made)
      await aws.make.putObject(made.bucket, 'a b+c%=é/x y.log.gz', logOf(100, 20))
      await aws.make.putObject(made.bucket, keyOf(1), logOf(3))
      await untilEmpty(running, aws, made.queue)
      assert.deepEqual(await totalsOf(running.store), [123, 3, 3])
      assert.deepEqual(running.counters.losses(), {})
      await running.stop()
    })
  }

  it('tells of an object that is plain text, and of an empty one', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    await aws.make.putObject(made.bucket, 'plain.log', [HEADER, flowLine(5), flowLine(6)].join('\n'))
    await aws.make.putObject(made.bucket, 'empty.log', '')
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [11, 2, 2])
    assert.deepEqual(running.counters.losses(), {})
    await running.stop()
  })

  it('has a message deleted only when its flows are on disk', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    const atDelete: unknown[] = []
    proxy.when('DeleteMessageBatch', async (_call, next) => {
      atDelete.push((await totalsOf(running.store))[2] ?? 0)
      return await next()
    })
    // The test event is deleted before.
    await untilEmpty(running, aws, made.queue)
    await aws.make.putObject(made.bucket, keyOf(1), logOf(1, 2, 3))
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(atDelete, [0, 3])
    await running.stop()
  })

  it('gives messages twice, and each object is taken once', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    proxy.queues = { twice: 0.7 }
    for (let n = 0; n < 12; n++) await aws.make.putObject(made.bucket, keyOf(n), logOf(n + 1, 100))
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [1200 + 78, 24, 24])
    await running.stop()
  })

  it('gives a message again that is in work, and each object is taken once', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    let goOn = (): void => undefined
    proxy.when('GetObject', stalled(10, new Promise((resolve) => (goOn = resolve))), { times: 1 })
    await aws.make.putObject(made.bucket, keyOf(1), logOf(1, 2, 3))
    await running.until(() => proxy.calls('GetObject') > 0)
    const received = proxy.calls('ReceiveMessage')
    await proxy.expireVisibility()
    // moto's long poll ends for a message that is new.
    await aws.make.putObject(made.bucket, keyOf(2), logOf(10))
    await running.until(() => proxy.calls('ReceiveMessage') > received)
    goOn()
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [16, 4, 4])
    assert.equal(proxy.calls('GetObject'), 2)
    await running.stop()
  })

  it('is asked to keep a message from others while its object is read', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    let goOn = (): void => undefined
    proxy.when('GetObject', stalled(10, new Promise((resolve) => (goOn = resolve))), { times: 1 })
    await aws.make.putObject(made.bucket, keyOf(1), logOf(1))
    await running.until(() => proxy.calls('GetObject') > 0 && proxy.calls('ChangeMessageVisibilityBatch') > 1)
    goOn()
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [1, 1, 1])
    await running.stop()
  })

  it('tells of objects outside the prefix and of another bucket, which are passed over', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made, { prefix: 'mine/' })
    await aws.make.putObject(made.bucket, keyOf(1, 'other/'), logOf(1))
    await aws.make.putObject(made.bucket, keyOf(1, 'mine/'), logOf(20))
    await aws.make.putObject(made.bucket, 'mine/', '')
    await aws.make.sendMessage(
      made.queue,
      JSON.stringify({
        Records: [
          { eventName: 'ObjectCreated:Put', s3: { bucket: { name: 'elsewhere' }, object: { key: 'mine/a', size: 1 } } },
        ],
      }),
    )
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [20, 1, 1])
    assert.equal(proxy.calls('GetObject'), 1)
    await running.stop()
  })

  it('tells of an object that has gone meanwhile: passed over and counted', async (test) => {
    const made = await makeBucket(aws, proxy)
    await aws.make.putObject(made.bucket, keyOf(1), logOf(1))
    await aws.make.deleteObject(made.bucket, keyOf(1))
    await aws.make.putObject(made.bucket, keyOf(2), logOf(20))
    const running = await start(test, made)
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [20, 1, 1])
    assert.deepEqual(running.counters.losses(), { 'source.gone': 1 })
    assert.equal(running.source.state().state, 'ok')
    await running.stop()
  })

  it('has a message that tells of no objects: kept as a dead letter, and others go on', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    await aws.make.sendMessage(made.queue, 'hello')
    await aws.make.sendMessage(made.queue, '{"Records":[{"eventName":"ObjectRemoved:Delete"}]}')
    await aws.make.putObject(made.bucket, keyOf(2), logOf(20))
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [20, 1, 1])
    assert.equal(running.counters.losses()['source.notice'], 2)
    assert.deepEqual(running.letters.map(({ text }) => text).toSorted(), [
      'hello',
      '{"Records":[{"eventName":"ObjectRemoved:Delete"}]}',
    ])
    await running.stop()
  })

  it('is slow to answer and throttles, and the source goes on by itself', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    proxy.when('*', throttled(), { chance: 0.4 })
    for (let n = 0; n < 6; n++) await aws.make.putObject(made.bucket, keyOf(n), logOf(n + 1))
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [21, 6, 6])
    assert.deepEqual(running.counters.losses(), {})
    await running.stop()
  })
})

describe('an object of S3', { skip }, () => {
  const many = Array.from({ length: 5000 }, (_, i) => i)
  const sums = [(4999 * 5000) / 2, 5000, 5000]

  for (const [how, fault] of [
    ['is reset amid', cutOff('reset')],
    ['ends amid', cutOff('end')],
    ['is shorter than it was said to be', shortened(1000)],
  ] as const) {
    it(`whose answer ${how} is taken once and whole`, async (test) => {
      const made = await makeBucket(aws, proxy)
      const running = await start(test, made)
      const rule = proxy.when('GetObject', fault, { times: 2 })
      await aws.make.putObject(made.bucket, keyOf(1), logOf(...many))
      await untilEmpty(running, aws, made.queue)
      assert.deepEqual(await totalsOf(running.store), sums)
      assert.equal(rule.struck, 2)
      assert.deepEqual(running.counters.losses(), {})
      await running.stop()
    })
  }

  it('is written over: what it holds then is taken too', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    await aws.make.putObject(made.bucket, keyOf(1), logOf(1))
    await untilEmpty(running, aws, made.queue)
    await aws.make.putObject(made.bucket, keyOf(1), logOf(20, 300))
    await aws.make.putObject(made.bucket, keyOf(1), logOf(20, 300))
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [321, 3, 3])
    await running.stop()
  })

  it('gives account and region by its key where its records do not say them', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    await aws.make.putObject(
      made.bucket,
      'AWSLogs/aws-account-id=999999999999/aws-service=vpcflowlogs/aws-region=eu-west-1/year=2026/month=11/day=24/hour=12/a.log',
      'srcaddr dstaddr start end bytes packets\n10.0.0.1 10.0.0.2 1795521600 1795521660 10 1\n',
    )
    await untilEmpty(running, aws, made.queue)
    const { rows } = await running.store.flows(recordQuestion({ fields: ['account.id', 'region', 'source.name'] }))
    assert.deepEqual(rows, [['999999999999', 'eu-west-1', made.bucket]])
    await running.stop()
  })
})
