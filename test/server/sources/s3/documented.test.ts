/** What docs/how-to/s3-flow-logs.md tells people to paste. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { parse } from 'yaml'
import { SOURCES } from '../../../../src/server/sources/settings.ts'
import { keyOf, logOf, makeBucket, untilEmpty, untilFlows } from '../../../support/aws/bucket.ts'
import { localAws } from '../../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../../support/aws/misbehaving-proxy.ts'
import { onlyAllowed, type Policy } from '../../../support/aws/policy.ts'
import { ACCOUNT, REGION } from '../../../support/aws/resources.ts'
import { runSource } from '../../../support/source.ts'
import { temporaryFolder } from '../../../support/temporary.ts'

process.env['AWS_ACCESS_KEY_ID'] = 'AKIATESTTESTTESTTEST'
process.env['AWS_SECRET_ACCESS_KEY'] = 'secret'
const { aws, skip } = await localAws()
const proxy = await misbehavingProxy(aws.endpoint)
const page = readFileSync(new URL('../../../../docs/how-to/s3-flow-logs.md', import.meta.url), 'utf8')

function blocks(kind: string): string[] {
  return Array.from(page.matchAll(new RegExp(`^\`\`\`${kind}\n(.*?)^\`\`\``, 'gms')), (block) => block[1] as string)
}

describe('the how-to of S3', { skip }, () => {
  const [, text = ''] = blocks('json')

  for (const withQueue of [true, false]) {
    it(`has a policy that is enough ${withQueue ? 'with' : 'without'} a queue`, async (test) => {
      proxy.clear()
      const { bucket, queue, settings } = await makeBucket(aws, proxy)
      const name = queue.url.split('/').at(-1) as string
      const said = text
        .replaceAll('BUCKET', bucket)
        .replaceAll('REGION', REGION)
        .replaceAll('ACCOUNT', ACCOUNT)
        .replaceAll('flow-logs"', `${name}"`)
      const policy = JSON.parse(said) as Policy
      const Statement = withQueue ? policy.Statement : policy.Statement.slice(0, 2)
      proxy.when('*', onlyAllowed({ ...policy, Statement }))
      await aws.make.putObject(bucket, keyOf(1), logOf(1))
      const of = { ...settings, prefix: 'AWSLogs/', from: '2026-01-01', ...(withQueue ? {} : { queue: undefined }) }
      // The list is of the last days, and the clock of this test runs days ahead within a second.
      if (!withQueue) await aws.make.putObject(bucket, keyOf(2), logOf(1))
      const running = await runSource(temporaryFolder(test), of)
      if (withQueue) await aws.make.putObject(bucket, keyOf(2), logOf(1))
      await untilFlows(running, 2)
      if (withQueue) await untilEmpty(running, aws, queue)
      assert.deepEqual(
        proxy.seen.filter(({ status }) => status >= 400),
        [],
      )
      await running.stop()
    })
  }

  it('has configurations that are read', () => {
    const all = blocks('yaml')
    assert.equal(all.length, 2)
    for (const yaml of all) SOURCES.parse((parse(yaml) as { sources: unknown }).sources)
  })
})
