/** What may be wrong with objects, buckets, permissions and keys. */
import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { gzipSync } from 'node:zlib'
import { keyOf, logOf, makeBucket, untilEmpty, untilFlows, type Made } from '../../../support/aws/bucket.ts'
import { denied, unknownKey } from '../../../support/aws/faults.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { runSource, type RunningSource } from '../../../support/source.ts'
import { question, totalsOf } from '../../../support/store.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

process.env['AWS_ACCESS_KEY_ID'] = 'AKIATESTTESTTESTTEST'
process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
const { aws, skip } = await localAws()
const proxy = await misbehavingProxy(aws.endpoint)

async function start(test: TestContext, made: Made, more: object = {}): Promise<RunningSource> {
  proxy.clear()
  return await runSource(temporaryFolder(test), { ...made.settings, ...more })
}

describe('a poison object is set aside and named, and the others go on:', { skip }, () => {
  const whole = logOf(...Array.from({ length: 20_000 }, (_, i) => i))
  const cases: readonly (readonly [string, Uint8Array | string, RegExp])[] = [
    ['one that ends amid its gzip', whole.subarray(0, whole.length / 2), /damaged \(unexpected end of file\)/],
    ['one of another format', '\u0089PNG\r\n\u001a\n', /of no format of flow logs/],
    [
      'a zip bomb',
      gzipSync(Buffer.concat([Buffer.from('srcaddr dstaddr\n'), Buffer.alloc(80 << 20, 0x20)])),
      /zip bomb/,
    ],
  ]
  for (const [what, body, reason] of cases) {
    it(what, async (test) => {
      const made = await makeBucket(aws, proxy)
      const running = await start(test, made)
      await aws.make.putObject(made.bucket, 'poison.gz', body)
      await aws.make.putObject(made.bucket, keyOf(1), logOf(1_000_000))
      await untilEmpty(running, aws, made.queue)
      assert.equal(running.counters.losses()['source.object'], 1)
      const letter = running.letters.find(({ loss }) => loss === 'source.object')
      assert.equal(letter?.source, `s3://${made.bucket}/poison.gz`)
      assert.match(letter.reason, reason)
      assert.ok(running.log.some((line) => line.startsWith('error') && reason.test(line)))
      const [, , flows] = await totalsOf(running.store)
      // What could be read before the damage counts, once.
      assert.ok(what.includes('amid') ? Number(flows) > 1 && Number(flows) < 20_000 : flows === 1, String(flows))
      const { rows } = await running.store.query(
        question({ groupBy: ['bytes'], measures: ['flows'], orderBy: 'flows', limit: 1 }),
      )
      assert.equal(rows[0]?.[1], 1)
      assert.equal(running.source.state().state, 'ok')
      await running.stop()
    })
  }

  it('one that may not be read', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    proxy.when('GetObject', denied(), { where: ({ input }) => input['Key'] === 'mine/poison.gz' })
    for (let n = 0; n < 2; n++) await aws.make.putObject(made.bucket, keyOf(n), logOf(10))
    await aws.make.putObject(made.bucket, 'mine/poison.gz', logOf(1))
    for (let n = 2; n < 4; n++) await aws.make.putObject(made.bucket, keyOf(n), logOf(10))
    await untilFlows(running, 4)
    await running.until(() => running.letters.length === 1)
    assert.deepEqual(running.counters.losses(), { 'source.object': 1 })
    assert.match(running.letters[0]?.reason ?? '', /AccessDenied: User: .* not authorized to perform: s3:GetObject/)
    assert.deepEqual(await totalsOf(running.store), [40, 4, 4])
    await running.stop()
  })

  it('is taken anew when it was mended', async (test) => {
    const made = await makeBucket(aws, proxy)
    const running = await start(test, made)
    await aws.make.putObject(made.bucket, keyOf(1), whole.subarray(0, 200))
    await untilEmpty(running, aws, made.queue)
    assert.equal(running.counters.losses()['source.object'], 1)
    const before = Number((await totalsOf(running.store))[2] ?? 0)
    await aws.make.putObject(made.bucket, keyOf(1), logOf(5, 6))
    await untilEmpty(running, aws, made.queue)
    assert.equal(Number((await totalsOf(running.store))[2]), before + 2)
    await running.stop()
  })
})

describe(
  'a source of S3 stays up, says what is wrong and how to mend it, and goes on when it is mended:',
  { skip },
  () => {
    it('a key that AWS does not know', async (test) => {
      const made = await makeBucket(aws, proxy)
      const running = await start(test, made)
      const rule = proxy.when('*', unknownKey())
      await aws.make.putObject(made.bucket, keyOf(1), logOf(1))
      await running.until(() => running.source.state().state === 'failing')
      const { trouble, remedy } = running.source.state()
      assert.match(trouble ?? '', /The security token included in the request is invalid|InvalidAccessKeyId/)
      assert.match(remedy ?? '', /AWS_ACCESS_KEY_ID/)
      rule.remove()
      await untilFlows(running, 1)
      assert.equal(running.source.state().state, 'ok')
      await running.stop()
    })

    it('no permission for any object', async (test) => {
      const made = await makeBucket(aws, proxy)
      const running = await start(test, made)
      const rule = proxy.when('GetObject', denied())
      await aws.make.putObject(made.bucket, keyOf(1), logOf(1))
      await running.until(() => running.source.state().state === 'failing' && proxy.calls('GetObject') > 2)
      assert.match(running.source.state().trouble ?? '', /AccessDenied: .*s3:GetObject/)
      assert.match(running.source.state().remedy ?? '', new RegExp(`"arn:aws:s3:::${made.bucket}/\\*"`))
      assert.deepEqual(running.counters.losses(), {})
      rule.remove()
      await aws.make.putObject(made.bucket, keyOf(2), logOf(20))
      await untilFlows(running, 1)
      assert.equal(running.source.state().state, 'ok')
      await running.stop()
    })

    it('no such queue', async (test) => {
      const made = await makeBucket(aws, proxy)
      const running = await start(test, made, { queue: `${made.queue.url}-gone` })
      await running.until(() => running.source.state().state === 'failing')
      assert.match(running.source.state().trouble ?? '', /queue .*-gone: .*NonExistent|does not exist/)
      await running.stop()
    })

    it('no such bucket', async (test) => {
      const made = await makeBucket(aws, proxy)
      const running = await start(test, made, { queue: undefined, bucket: 'is-not-there' })
      await running.until(() => running.source.state().state === 'failing')
      assert.match(running.source.state().trouble ?? '', /bucket is-not-there: NoSuchBucket/)
      assert.match(running.source.state().remedy ?? '', /Is there a bucket is-not-there/)
      await running.stop()
    })
  },
)
