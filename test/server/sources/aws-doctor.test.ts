import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { examineAws } from '../../../src/server/sources/aws-doctor.ts'
import { awsSources, SOURCES } from '../../../src/server/sources/settings.ts'
import { denied, unknownKey } from '../../support/aws/faults.ts'
import { localAws } from '../../support/aws/local-aws.ts'
import { misbehavingProxy } from '../../support/aws/misbehaving-proxy.ts'
import { onlyAllowed, type Policy } from '../../support/aws/policy.ts'
import type { Queue } from '../../support/aws/resources.ts'
import { temporaryFolder } from '../../support/temporary.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const { aws, skip } = await localAws()
const LINE = '2 123456789012 eni-1 10.0.0.1 10.0.0.2 1 2 6 1 40 1764028800 1764028860 ACCEPT OK'

describe('the doctor of AWS sources', { skip }, async () => {
  const proxy = await misbehavingProxy(aws.endpoint)
  process.env['AWS_ACCESS_KEY_ID'] = aws.credentials.accessKeyId
  process.env['AWS_SECRET_ACCESS_KEY'] = aws.credentials.secretAccessKey
  let queue: Queue

  beforeEach(async () => {
    proxy.clear()
    await aws.reset()
    await aws.make.logGroup('/vpc/flow', 'eni-1-all')
    await aws.make.putEvents('/vpc/flow', 'eni-1-all', [{ timestamp: Date.now() - 60_000, message: LINE }])
    await aws.make.flowLogs({ group: '/vpc/flow' })
    await aws.make.bucket('flow-logs')
    await aws.make.putObject('flow-logs', 'AWSLogs/a.log', LINE)
    const deadLetters = { queue: await aws.make.queue('dead'), maxReceiveCount: 5 }
    queue = await aws.make.queue('objects', { deadLetters })
  })

  const settings = () => {
    const common = { region: aws.region, endpoint: proxy.endpoint }
    const url = `${proxy.endpoint}${new URL(queue.url).pathname}`
    return [
      { type: 'cloudwatch', name: 'logs', groups: ['/vpc/flow'], ...common },
      { type: 's3', name: 'bucket', bucket: 'flow-logs', prefix: 'AWSLogs/', queue: url, pathStyle: true, ...common },
    ]
  }
  const examine = async (sources: readonly object[] = settings()) => {
    const { findings, policies } = await examineAws(awsSources(SOURCES.parse(sources)))
    const bad = findings.filter(({ state }) => state !== 'ok').map(({ what, state }) => `${state} ${what}`)
    return { findings, policies, bad }
  }

  it('finds nothing where all is allowed', async () => {
    const { bad, findings, policies } = await examine()
    assert.deepEqual(bad, [])
    assert.deepEqual(policies, [])
    assert.equal(findings.length, 2 + 2 + 2 + 4 + 2)
  })

  for (const [action, permission, state] of [
    ['FilterLogEvents', 'logs: logs:FilterLogEvents', 'hurts'],
    ['DescribeFlowLogs', 'logs: ec2:DescribeFlowLogs', 'hint'],
    ['ListObjectsV2', 'bucket: s3:ListBucket', 'hurts'],
    ['GetObject', 'bucket: s3:GetObject', 'hurts'],
    ['ReceiveMessage', 'bucket: sqs:ReceiveMessage', 'hurts'],
    ['DeleteMessage', 'bucket: sqs:DeleteMessage', 'hurts'],
    ['ChangeMessageVisibility', 'bucket: sqs:ChangeMessageVisibility', 'hurts'],
    ['GetQueueAttributes', 'bucket: sqs:GetQueueAttributes', 'hurts'],
  ] as const) {
    it(`names ${permission} where it is missing, and that alone`, async () => {
      proxy.when(action, denied())
      const { bad, findings } = await examine()
      assert.deepEqual(bad, [`${state} ${permission}`])
      const { found, remedy } = findings.find(({ what }) => what === permission) ?? {}
      assert.match(String(found), /not authorized to perform/)
      assert.match(String(remedy), new RegExp(`"Action":\\["${permission.split(': ')[1]}"\\]`))
    })
  }

  it('prints a policy with which nothing is missing', async () => {
    const rule = proxy.when('*', denied(), { where: ({ service }) => service !== 'sts' })
    const { policies } = await examine()
    rule.remove()
    const statements = policies.flatMap(({ policy }) => (JSON.parse(policy) as Policy).Statement)
    proxy.when('*', onlyAllowed({ Version: '2012-10-17', Statement: statements }))
    assert.deepEqual((await examine()).bad, [])
  })

  it('says of wrong credentials once for each source what is wrong, and of a role who may not assume it', async () => {
    proxy.when('*', unknownKey())
    assert.deepEqual((await examine()).bad, ['hurts logs: credentials', 'hurts bucket: credentials'])
    proxy.clear()
    proxy.when('AssumeRole', denied())
    const role = 'arn:aws:iam::210987654321:role/reader'
    const { bad, findings } = await examine([{ ...settings()[0], role }])
    assert.deepEqual(bad, ['hurts logs: sts:AssumeRole'])
    assert.match(String(findings[0]?.remedy), /trust policy of arn:aws:iam::210987654321:role\/reader/)
  })

  it('leaves messages in the queue', async () => {
    await aws.make.sendMessage(queue, 'x')
    await examine()
    assert.deepEqual(await aws.make.queueDepth(queue), { visible: 1, inFlight: 0 })
  })

  it('is a command', async (test) => {
    proxy.when('FilterLogEvents', denied())
    const config = join(temporaryFolder(test), 'weir.json')
    writeFileSync(config, JSON.stringify({ sources: settings() }))
    const run = promisify(execFile)
    const args = ['--import', 'tsx', 'src/server/cli/main.ts', 'doctor', '--source', 'aws', '--config', config]
    const result = await run(process.execPath, args, { cwd: root }).catch(
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    )
    assert.equal('code' in result && result.code, 1, result.stderr)
    assert.match(result.stdout, /hurts {2}logs: logs:FilterLogEvents +log group \/vpc\/flow: AccessDenied/)
    assert.match(result.stdout, /The least policy for source logs:\n\n\{\n {2}"Version": "2012-10-17"/)
  })
})
