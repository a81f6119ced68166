import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { localAws } from './local-aws.ts'
import { misbehavingProxy } from './misbehaving-proxy.ts'
import { onlyAllowed, type Policy } from './policy.ts'

const { aws, skip } = await localAws()
const { make, region, credentials } = aws
const proxy = await misbehavingProxy(aws.endpoint)
const config = { endpoint: proxy.endpoint, region, credentials, maxAttempts: 1 }
const logs = new CloudWatchLogsClient(config)
const s3 = new S3Client({ ...config, forcePathStyle: true })
const sqs = new SQSClient(config)
const ec2 = new EC2Client(config)
const sts = new STSClient(config)
after(() => {
  for (const client of [logs, s3, sqs, ec2, sts]) client.destroy()
})

const QueueUrl = `${proxy.endpoint}/123456789012/created`
const CALLS = {
  filter: () => logs.send(new FilterLogEventsCommand({ logGroupName: '/vpc/flow' })),
  filterOther: () => logs.send(new FilterLogEventsCommand({ logGroupName: '/vpc/other' })),
  streams: () => logs.send(new DescribeLogStreamsCommand({ logGroupName: '/vpc/flow' })),
  groups: () => logs.send(new DescribeLogGroupsCommand({})),
  list: () => s3.send(new ListObjectsV2Command({ Bucket: 'flows' })),
  get: () => s3.send(new GetObjectCommand({ Bucket: 'flows', Key: 'a/b' })),
  receive: () => sqs.send(new ReceiveMessageCommand({ QueueUrl })),
  deleteBatch: () => sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: [{ Id: '1', ReceiptHandle: 'x' }] })),
  attributes: () => sqs.send(new GetQueueAttributesCommand({ QueueUrl })),
  flowLogs: () => ec2.send(new DescribeFlowLogsCommand({})),
  identity: () => sts.send(new GetCallerIdentityCommand({})),
}

/** Calls that are refused; those that the real part does not take for another reason are not. */
async function refused(policy: Policy): Promise<string[]> {
  proxy.clear()
  proxy.when('*', onlyAllowed(policy))
  const names: string[] = []
  for (const [name, call] of Object.entries(CALLS)) {
    try {
      await call()
    } catch (error) {
      if (/is not authorized to perform/.test((error as Error).message)) names.push(name)
    }
  }
  return names
}

const policy = (...Statement: Policy['Statement']): Policy => ({ Version: '2012-10-17', Statement })
const ALL = Object.keys(CALLS).filter((name) => name !== 'identity')
const but = (...names: string[]) => ALL.filter((name) => !names.includes(name))

describe('an IAM policy in force', { skip }, () => {
  beforeEach(async () => {
    await aws.reset()
    await make.logGroup('/vpc/flow', 's')
    await make.logGroup('/vpc/other', 's')
    await make.bucket('flows')
    await make.putObject('flows', 'a/b', 'x')
    await make.queue('created')
  })

  it('refuses all but who one is where it allows nothing', async () => {
    assert.deepEqual(await refused(policy()), ALL)
  })

  it('allows actions by pattern, whatever their case', async () => {
    const Resource = '*'
    assert.deepEqual(await refused(policy({ Effect: 'Allow', Action: '*', Resource })), [])
    const Action = ['LOGS:filter*', 'ec2:DescribeFlowLog?']
    assert.deepEqual(
      await refused(policy({ Effect: 'Allow', Action, Resource })),
      but('filter', 'filterOther', 'flowLogs'),
    )
  })

  it('allows a log group only where its pattern reaches over the streams', async () => {
    const group = 'arn:aws:logs:us-east-1:123456789012:log-group:/vpc/flow'
    const of = (Resource: string) => refused(policy({ Effect: 'Allow', Action: 'logs:*', Resource }))
    assert.deepEqual(await of(group), ALL)
    assert.deepEqual(await of(`${group}:*`), but('filter', 'streams'))
  })

  it('tells a bucket from what is in it', async () => {
    const of = (Resource: string) => refused(policy({ Effect: 'Allow', Action: 's3:*', Resource }))
    assert.deepEqual(await of('arn:aws:s3:::flows'), but('list'))
    assert.deepEqual(await of('arn:aws:s3:::flows/*'), but('get'))
  })

  it('allows calls in batches by the permission for one', async () => {
    const Action = ['sqs:DeleteMessage', 'sqs:ReceiveMessage']
    const Resource = 'arn:aws:sqs:us-east-1:123456789012:created'
    assert.deepEqual(await refused(policy({ Effect: 'Allow', Action, Resource })), but('receive', 'deleteBatch'))
  })

  it('denies over what is allowed', async () => {
    const Resource = '*'
    const statements: Policy['Statement'] = [
      { Effect: 'Allow', Action: '*', Resource },
      { Effect: 'Deny', Action: 'ec2:*', Resource },
    ]
    assert.deepEqual(await refused(policy(...statements)), ['flowLogs'])
  })
})
