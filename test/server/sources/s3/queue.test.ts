import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { flowLine, HEADER, keyOf, logOf, makeBucket, untilEmpty, type Made } from '../../../support/aws/bucket.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { runSource, type RunningSource } from '../../../support/source.ts'
import { totalsOf } from '../../../support/store.ts'
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

  it('takes plain text too', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    await aws.make.putObject(made.bucket, 'plain.log', [HEADER, flowLine(5), flowLine(6)].join('\n'))
    await untilEmpty(running, aws, made.queue)
    assert.deepEqual(await totalsOf(running.store), [11, 2, 2])
    await running.stop()
  })
})
