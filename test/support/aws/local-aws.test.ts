import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { localAws } from './local-aws.ts'
import { ACCOUNT, type Queue } from './resources.ts'

const { aws, skip } = await localAws()
const { make } = aws
const config = { endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials, maxAttempts: 1 }
const logs = new CloudWatchLogsClient(config)
const s3 = new S3Client({ ...config, forcePathStyle: true })
const sqs = new SQSClient(config)
const ec2 = new EC2Client(config)
const sts = new STSClient(config)
after(() => {
  for (const client of [logs, s3, sqs, ec2, sts]) client.destroy()
})

/** What a receive gives, parsed; each is deleted. */
async function receive(queue: Queue): Promise<Record<string, unknown>[]> {
  const got = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10 }))
  const messages = got.Messages ?? []
  for (const { ReceiptHandle } of messages) {
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle }))
  }
  return messages.map(({ Body }) => JSON.parse(Body ?? '') as Record<string, unknown>)
}

const keys = (event: unknown) =>
  (event as { Records: { s3: { object: { key: string } } }[] }).Records.map((record) => record.s3.object.key)

/** Version 2, as AWS documents it. */
const DEFAULT_FORMAT =
  '${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} ${end} ${action} ${log-status}'

describe('a local AWS, spoken to by the AWS SDK', { skip }, () => {
  beforeEach(() => aws.reset())

  it('gives the events of all streams of a log group', async () => {
    const timestamp = Date.now() - 60_000
    await make.logGroup('/vpc/flow', 'eni-1-all', 'eni-2-all')
    await make.putEvents('/vpc/flow', 'eni-1-all', [{ timestamp, message: 'one' }])
    await make.putEvents('/vpc/flow', 'eni-2-all', [{ timestamp: timestamp + 1, message: 'two' }])
    const { events = [] } = await logs.send(new FilterLogEventsCommand({ logGroupName: '/vpc/flow' }))
    assert.deepEqual(
      events.map(({ logStreamName, message }) => [logStreamName, message]),
      [
        ['eni-1-all', 'one'],
        ['eni-2-all', 'two'],
      ],
    )
    assert.equal(new Set(events.map(({ eventId }) => eventId)).size, 2)
  })

  it('takes more events than one call may have', async () => {
    const timestamp = Date.now() - 60_000
    await make.logGroup('/many', 's')
    await make.putEvents(
      '/many',
      's',
      Array.from({ length: 10_001 }, (_, i) => ({ timestamp: timestamp + (i % 100), message: String(i) })),
    )
    let nextToken: string | undefined
    let count = 0
    do {
      const page = await logs.send(new FilterLogEventsCommand({ logGroupName: '/many', nextToken }))
      count += page.events?.length ?? 0
      nextToken = page.nextToken
    } while (nextToken)
    assert.equal(count, 10_001)
  })

  it('keeps objects whose keys have all kinds of characters', async () => {
    const key = 'AWSLogs/aws-region=us-east-1/a b+c%=é.log.gz'
    await make.bucket('flows')
    await make.putObject('flows', key, Uint8Array.of(0x1f, 0x8b, 0, 255))
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'flows' }))
    assert.deepEqual(
      Contents.map(({ Key, Size }) => [Key, Size]),
      [[key, 4]],
    )
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'flows', Key: key }))
    assert.deepEqual(await Body?.transformToByteArray(), Uint8Array.of(0x1f, 0x8b, 0, 255))
  })

  it('tells a queue of objects: first of the test event, then of each with its key encoded', async () => {
    await make.bucket('flows')
    const queue = await make.queue('created')
    await make.notify('flows', queue)
    await make.putObject('flows', 'year=2026/a b.gz', 'x')
    const [test, created] = await receive(queue)
    assert.equal(test?.['Event'], 's3:TestEvent')
    assert.deepEqual(keys(created), ['year%3D2026%2Fa+b.gz'])
  })

  it('tells a queue of objects through SNS, wrapped and raw', async () => {
    for (const by of ['sns', 'sns-raw'] as const) {
      await make.bucket(by)
      const queue = await make.queue(by)
      await make.notify(by, queue, by)
      await make.putObject(by, 'a=1.gz', 'x')
      const [first, second] = await receive(queue)
      const created = second ?? first
      const event = by === 'sns' ? (JSON.parse(String(created?.['Message'])) as unknown) : created
      assert.equal(created?.['Type'], by === 'sns' ? 'Notification' : undefined)
      assert.deepEqual(keys(event), ['a%3D1.gz'])
    }
  })

  it('tells a queue of objects as events of EventBridge, keys as they are', async () => {
    await make.bucket('flows')
    const queue = await make.queue('created')
    await make.notify('flows', queue, 'eventbridge')
    await make.putObject('flows', 'year=2026/a b.gz', 'x')
    const [created] = await receive(queue)
    assert.equal(created?.['source'], 'aws.s3')
    const { object } = (created as { detail: { object: { key: string } } }).detail
    assert.equal(object.key, 'year=2026/a b.gz')
  })

  it('says the layout of flow logs', async () => {
    const format = '${version} ${srcaddr} ${pkt-srcaddr} ${flow-direction}'
    await make.logGroup('/vpc/flow')
    await make.bucket('flows')
    const { flowLog } = await make.flowLogs({ group: '/vpc/flow' }, format)
    const other = await make.flowLogs({ bucket: 'flows' })
    const { FlowLogs = [] } = await ec2.send(new DescribeFlowLogsCommand({}))
    assert.deepEqual(
      FlowLogs.map((each) => [each.FlowLogId, each.LogGroupName, each.LogDestination, each.LogFormat]),
      [
        [flowLog, '/vpc/flow', undefined, format],
        [other.flowLog, undefined, 'arn:aws:s3:::flows', DEFAULT_FORMAT],
      ],
    )
  })

  it('lets a role of another account be assumed, which sees only its own', async () => {
    const there = await aws.elsewhere({ account: '210987654321' })
    const RoleArn = await there.role('flow-log-reader')
    assert.equal(RoleArn, 'arn:aws:iam::210987654321:role/flow-log-reader')
    await make.logGroup('/here', 's')
    await there.logGroup('/there', 's')
    await there.putEvents('/there', 's', [{ timestamp: Date.now(), message: 'there' }])
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tests' }))
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    }
    assert.equal((await sts.send(new GetCallerIdentityCommand({}))).Account, ACCOUNT)
    const client = new CloudWatchLogsClient({ ...config, credentials })
    try {
      const { events = [] } = await client.send(new FilterLogEventsCommand({ logGroupName: '/there' }))
      assert.deepEqual(
        events.map(({ message }) => message),
        ['there'],
      )
      await assert.rejects(client.send(new FilterLogEventsCommand({ logGroupName: '/here' })), {
        name: 'ResourceNotFoundException',
      })
    } finally {
      client.destroy()
    }
  })

  it('sets a message aside that was received too often', async () => {
    const dead = await make.queue('dead')
    const queue = await make.queue('created', {
      visibilityTimeout: 0,
      deadLetters: { queue: dead, maxReceiveCount: 1 },
    })
    await make.sendMessage(queue, 'no JSON')
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }))
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }))
    assert.deepEqual(await make.queueDepth(dead), { visible: 1, inFlight: 0 })
    assert.deepEqual(await make.queueDepth(queue), { visible: 0, inFlight: 0 })
  })
})
