import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import {
  CloudWatchLogsClient,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  type FilteredLogEvent,
  type FilterLogEventsCommandInput,
} from '@aws-sdk/client-cloudwatch-logs'
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import {
  broken,
  cutOff,
  denied,
  expiredToken,
  failed,
  garbled,
  hungUp,
  invalidPageToken,
  otherRegion,
  shortened,
  slow,
  staleStreams,
  stalled,
  throttled,
  unavailable,
  unknownKey,
  wrongSecret,
  type Fault,
} from './faults.ts'
import { localAws } from './local-aws.ts'
import { misbehavingProxy } from './misbehaving-proxy.ts'

const { aws, skip } = await localAws()
const { make } = aws
let nowMs = Date.now()
const proxy = await misbehavingProxy(aws.endpoint, { seed: 7, nowMs: () => nowMs })
const config = { endpoint: proxy.endpoint, region: aws.region, credentials: aws.credentials, maxAttempts: 1 }
const logs = new CloudWatchLogsClient(config)
const s3 = new S3Client({ ...config, forcePathStyle: true })
const sqs = new SQSClient(config)
const ec2 = new EC2Client(config)
const sts = new STSClient(config)
after(() => {
  for (const client of [logs, s3, sqs, ec2, sts]) client.destroy()
})

const GROUP = '/vpc/flow'
const RoleArn = 'arn:aws:iam::123456789012:role/reader'
/** One call of each service; what it is for need not be there. */
const CALLS = {
  FilterLogEvents: () => logs.send(new FilterLogEventsCommand({ logGroupName: GROUP })),
  GetObject: () => s3.send(new GetObjectCommand({ Bucket: 'flows', Key: 'a/b' })),
  ReceiveMessage: () => sqs.send(new ReceiveMessageCommand({ QueueUrl: `${proxy.endpoint}/123456789012/created` })),
  DescribeFlowLogs: () => ec2.send(new DescribeFlowLogsCommand({})),
  AssumeRole: () => sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'tests' })),
}

interface SdkError extends Error {
  readonly $metadata: { readonly httpStatusCode?: number; readonly attempts?: number }
  readonly $retryable?: { readonly throttling?: boolean }
}

async function errorOf(run: () => Promise<unknown>): Promise<SdkError> {
  try {
    await run()
  } catch (error) {
    return error as SdkError
  }
  throw new Error('it did not fail')
}

/** Pages of a scan, as their events. */
async function scan(input: Partial<FilterLogEventsCommandInput> = {}): Promise<FilteredLogEvent[][]> {
  const pages: FilteredLogEvent[][] = []
  let nextToken: string | undefined
  do {
    const page = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, ...input, nextToken }))
    pages.push(page.events ?? [])
    nextToken = page.nextToken
  } while (nextToken)
  return pages
}

const messages = (pages: FilteredLogEvent[][]) => pages.flat().map(({ message }) => message)
const numbers = (count: number) => Array.from({ length: count }, (_, i) => String(i))

/** So many events, a second apart, named by their number; the last one is now. */
async function events(count: number): Promise<number> {
  const from = nowMs - (count - 1) * 1000
  await make.logGroup(GROUP, 'eni-1-all')
  await make.putEvents(
    GROUP,
    'eni-1-all',
    numbers(count).map((message, i) => ({ timestamp: from + i * 1000, message })),
  )
  return from
}

describe('a proxy that misbehaves, spoken to by the AWS SDK', { skip }, () => {
  beforeEach(async () => {
    nowMs = Date.now()
    proxy.clear()
    await aws.reset()
  })

  describe('errors', () => {
    const errors: [string, () => Fault, Record<keyof typeof CALLS, [string, number]>][] = [
      [
        'throttling',
        throttled,
        {
          FilterLogEvents: ['ThrottlingException', 400],
          GetObject: ['SlowDown', 503],
          ReceiveMessage: ['RequestThrottled', 400],
          DescribeFlowLogs: ['RequestLimitExceeded', 503],
          AssumeRole: ['Throttling', 400],
        },
      ],
      [
        'errors of the service',
        broken,
        {
          FilterLogEvents: ['ServiceUnavailableException', 500],
          GetObject: ['InternalError', 500],
          ReceiveMessage: ['InternalFailure', 500],
          DescribeFlowLogs: ['InternalError', 500],
          AssumeRole: ['InternalFailure', 500],
        },
      ],
      [
        'a missing permission',
        denied,
        {
          FilterLogEvents: ['AccessDeniedException', 400],
          GetObject: ['AccessDenied', 403],
          ReceiveMessage: ['AccessDenied', 403],
          DescribeFlowLogs: ['UnauthorizedOperation', 403],
          AssumeRole: ['AccessDenied', 403],
        },
      ],
      [
        'expired credentials',
        expiredToken,
        {
          FilterLogEvents: ['ExpiredTokenException', 400],
          GetObject: ['ExpiredToken', 400],
          ReceiveMessage: ['ExpiredToken', 403],
          DescribeFlowLogs: ['RequestExpired', 400],
          AssumeRole: ['ExpiredToken', 403],
        },
      ],
      [
        'an unknown key',
        unknownKey,
        {
          FilterLogEvents: ['UnrecognizedClientException', 400],
          GetObject: ['InvalidAccessKeyId', 403],
          ReceiveMessage: ['InvalidClientTokenId', 403],
          DescribeFlowLogs: ['AuthFailure', 401],
          AssumeRole: ['InvalidClientTokenId', 403],
        },
      ],
      [
        'a wrong secret',
        wrongSecret,
        {
          FilterLogEvents: ['InvalidSignatureException', 400],
          GetObject: ['SignatureDoesNotMatch', 403],
          ReceiveMessage: ['SignatureDoesNotMatch', 403],
          DescribeFlowLogs: ['AuthFailure', 401],
          AssumeRole: ['SignatureDoesNotMatch', 403],
        },
      ],
    ]
    for (const [what, fault, expected] of errors) {
      it(`says ${what} as each service does`, async () => {
        proxy.when('*', fault())
        for (const [action, call] of Object.entries(CALLS)) {
          const error = await errorOf(call)
          assert.deepEqual([error.name, error.$metadata.httpStatusCode], expected[action as keyof typeof CALLS], action)
        }
      })
    }

    it('names the permission and what it was for, as AWS does', async () => {
      proxy.when('*', denied('arn:aws:iam::123456789012:user/u'))
      const reasons: Record<keyof typeof CALLS, string> = {
        FilterLogEvents: `logs:FilterLogEvents on resource: arn:aws:logs:us-east-1:123456789012:log-group:${GROUP}:log-stream: because no identity-based policy allows the logs:FilterLogEvents action`,
        GetObject:
          's3:GetObject on resource: "arn:aws:s3:::flows/a/b" because no identity-based policy allows the s3:GetObject action',
        ReceiveMessage:
          'sqs:receivemessage on resource: arn:aws:sqs:us-east-1:123456789012:created because no identity-based policy allows the sqs:receivemessage action',
        DescribeFlowLogs:
          'ec2:DescribeFlowLogs because no identity-based policy allows the ec2:DescribeFlowLogs action',
        AssumeRole: `sts:AssumeRole on resource: ${RoleArn} because no identity-based policy allows the sts:AssumeRole action`,
      }
      for (const [action, call] of Object.entries(CALLS)) {
        const { message } = await errorOf(call)
        assert.match(message, /User: arn:aws:iam::123456789012:user\/u is not authorized to perform: /)
        assert.equal(message.split('to perform: ')[1], reasons[action as keyof typeof CALLS])
      }
    })

    it('says nothing but the status to HEAD, as S3 does', async () => {
      proxy.when('HeadObject', denied())
      const error = await errorOf(() => s3.send(new HeadObjectCommand({ Bucket: 'flows', Key: 'a' })))
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['Unknown', 403])
    })

    it('says that a bucket is of another region', async () => {
      proxy.when('ListObjectsV2', otherRegion('eu-central-1'))
      const error = await errorOf(() => s3.send(new ListObjectsV2Command({ Bucket: 'flows' })))
      assert.deepEqual([error.name, error.$metadata.httpStatusCode], ['PermanentRedirect', 301])
    })

    it('passes on what the real part says of things that are not there', async () => {
      await make.bucket('there')
      const missing: [() => Promise<unknown>, string][] = [
        [CALLS.FilterLogEvents, 'ResourceNotFoundException'],
        [CALLS.GetObject, 'NoSuchBucket'],
        [() => s3.send(new GetObjectCommand({ Bucket: 'there', Key: 'none' })), 'NoSuchKey'],
        [CALLS.ReceiveMessage, 'QueueDoesNotExist'],
      ]
      for (const [call, name] of missing) assert.equal((await errorOf(call)).name, name)
    })

    it('says any other error', async () => {
      proxy.when('ReceiveMessage', failed('KmsAccessDenied', 400, 'no key', 'KMS.AccessDeniedException'))
      const error = await errorOf(CALLS.ReceiveMessage)
      assert.deepEqual([error.name, error.message], ['KmsAccessDenied', 'no key'])
    })

    it('answers as a load balancer, without the form of the service', async () => {
      proxy.when('*', unavailable())
      for (const call of Object.values(CALLS)) {
        assert.equal((await errorOf(call)).$metadata.httpStatusCode, 503)
      }
    })
  })

  describe('rules', () => {
    it('are tried again by the SDK until they have struck often enough', async () => {
      await events(1)
      const patient = new CloudWatchLogsClient({ ...config, maxAttempts: 2, retryMode: 'standard' })
      const rule = proxy.when('FilterLogEvents', throttled(), { times: 1 })
      try {
        const { $metadata } = await patient.send(new FilterLogEventsCommand({ logGroupName: GROUP }))
        assert.equal($metadata.attempts, 2)
      } finally {
        patient.destroy()
      }
      assert.equal(rule.struck, 1)
      assert.deepEqual(
        proxy.seen.map(({ action, status }) => [action, status]),
        [
          ['FilterLogEvents', 400],
          ['FilterLogEvents', 200],
        ],
      )
    })

    it('let calls pass, are for some calls only, and can be taken back', async () => {
      await make.bucket('flows')
      const list = (Prefix: string) => s3.send(new ListObjectsV2Command({ Bucket: 'flows', Prefix }))
      const rule = proxy.when('ListObjectsV2', throttled(), { skip: 1, where: ({ input }) => input['prefix'] === 'x' })
      await list('x')
      await list('y')
      await assert.rejects(list('x'))
      await list('y')
      rule.remove()
      await list('x')
      assert.equal(proxy.calls('ListObjectsV2'), 5)
    })

    it('strike by chance, and the same calls on every run', async () => {
      await events(1)
      const strikes = async () => {
        proxy.clear()
        proxy.when('FilterLogEvents', throttled(), { chance: 0.5 })
        for (let i = 0; i < 20; i++) await CALLS.FilterLogEvents().catch(() => undefined)
        return proxy.seen.map(({ status }) => status)
      }
      const first = await strikes()
      const struck = first.filter((status) => status === 400).length
      assert.ok(struck > 4 && struck < 16, `${struck} of 20`)
      assert.deepEqual(await strikes(), first)
    })

    it('tell who called, where and when', async () => {
      await events(1)
      await CALLS.FilterLogEvents()
      assert.deepEqual(proxy.seen[0], {
        action: 'FilterLogEvents',
        region: 'us-east-1',
        accessKeyId: aws.credentials.accessKeyId,
        input: { logGroupName: GROUP },
        atMs: nowMs,
        status: 200,
      })
    })
  })

  describe('the connection', () => {
    const body = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) & 255)
    const read = async () => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'flows', Key: 'k' }))
      return await Body?.transformToByteArray()
    }
    beforeEach(async () => {
      await make.bucket('flows')
      await make.putObject('flows', 'k', body)
    })

    it('is reset before the answer', async () => {
      proxy.when('GetObject', hungUp(), { times: 1 })
      assert.equal((await errorOf(read)).message, 'read ECONNRESET')
      assert.deepEqual(await read(), body)
    })

    it('is reset or ended amid the body', async () => {
      for (const how of ['reset', 'end'] as const) {
        proxy.clear()
        proxy.when('GetObject', cutOff(how, 50_000), { times: 1 })
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'flows', Key: 'k' }))
        let got = 0
        await assert.rejects(async () => {
          for await (const part of Body as AsyncIterable<Uint8Array>) got += part.length
        }, /aborted|ECONNRESET/)
        assert.ok(got <= 50_000, how)
        assert.deepEqual(await read(), body)
      }
    })

    it('gives less than there is with nothing else wrong', async () => {
      proxy.when('GetObject', shortened(1000))
      const bare = new S3Client({ ...config, forcePathStyle: true, responseChecksumValidation: 'WHEN_REQUIRED' })
      try {
        const { Body } = await bare.send(new GetObjectCommand({ Bucket: 'flows', Key: 'k' }))
        assert.deepEqual(await Body?.transformToByteArray(), body.subarray(0, 1000))
      } finally {
        bare.destroy()
      }
    })

    it('is slow, and whole in the end', async () => {
      proxy.when('GetObject', slow(20_000, 5))
      assert.deepEqual(await read(), body)
    })

    it('stalls until it is let go', async () => {
      let release = () => {}
      proxy.when('GetObject', stalled(10_000, new Promise((resolve) => (release = resolve))))
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'flows', Key: 'k' }))
      const parts: Uint8Array[] = []
      for await (const part of Body as AsyncIterable<Uint8Array>) {
        parts.push(part)
        if (Buffer.concat(parts).length === 10_000) release()
      }
      assert.deepEqual(Uint8Array.from(Buffer.concat(parts)), body)
    })

    it('ends with an answer that is no whole JSON or XML', async () => {
      await events(1)
      proxy.when('*', garbled())
      await assert.rejects(CALLS.FilterLogEvents())
      await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket: 'flows' })))
    })
  })

  describe('FilterLogEvents', () => {
    it('gives pages of at most 10,000 events, sorted over all streams', async () => {
      const timestamp = nowMs - 100_000
      await make.logGroup(GROUP, 'a', 'b')
      for (const [i, stream] of ['a', 'b'].entries()) {
        const many = numbers(6000).map((message, n) => ({ timestamp: timestamp + n * 2 + i, message }))
        await make.putEvents(GROUP, stream, many)
      }
      const pages = await scan()
      assert.deepEqual(
        pages.map((page) => page.length),
        [10_000, 2000],
      )
      const times = pages.flat().map((event) => event.timestamp ?? 0)
      assert.deepEqual(
        times,
        times.toSorted((a, b) => a - b),
      )
      assert.deepEqual(
        (await scan({ limit: 7000 })).map((page) => page.length),
        [7000, 5000],
      )
    })

    it('gives pages of at most 1 MB', async () => {
      await make.logGroup(GROUP, 's')
      for (let i = 0; i < 3; i++) {
        await make.putEvents(GROUP, 's', [{ timestamp: nowMs - 9000 + i, message: 'x'.repeat(400_000) }])
      }
      assert.deepEqual(
        (await scan()).map((page) => page.length),
        [2, 1],
      )
    })

    it('gives the streams of a prefix only, and no events outside of its range', async () => {
      const from = await events(10)
      await make.logStream(GROUP, 'other')
      await make.putEvents(GROUP, 'other', [{ timestamp: from, message: 'other' }])
      const range = { logStreamNamePrefix: 'eni-', startTime: from + 2000, endTime: from + 4000 }
      assert.deepEqual(messages(await scan(range)), ['2', '3', '4'])
    })

    it('gives pages that are empty though more follow, and one after the last event', async () => {
      await events(50)
      proxy.logs = { pageEvents: 5, emptyPages: 0.5 }
      const pages = await scan()
      const empty = pages.filter((page) => page.length === 0).length
      assert.ok(empty > 3, `${empty} empty`)
      assert.deepEqual(messages(pages), numbers(50))
      proxy.logs = { pageEvents: 50, emptyPages: 1 }
      assert.deepEqual(
        (await scan()).map((page) => page.length),
        [0, 0, 0, 50, 0],
      )
    })

    it('gives events again, with the same id, on the same and on later pages', async () => {
      await events(200)
      proxy.logs = { pageEvents: 10, duplicates: 0.3 }
      const pages = await scan()
      const ids = pages.flat().map(({ eventId }) => eventId)
      assert.equal(new Set(ids).size, 200)
      assert.ok(ids.length > 230 && ids.length < 290, `${ids.length} given`)
      const withinPages = pages.map((page) => new Set(page.map(({ eventId }) => eventId)).size)
      assert.ok(withinPages.reduce((sum, size) => sum + size) > 230, 'none on a later page')
    })

    it('gives events out of order, within pages and over them, and none twice or never', async () => {
      await events(100)
      proxy.logs = { pageEvents: 10, disorderMs: 30_000 }
      const pages = await scan()
      const order = messages(pages).map(Number)
      assert.deepEqual(
        order.toSorted((a, b) => a - b),
        numbers(100).map(Number),
      )
      const firsts = pages.map((page) => Number(page[0]?.message))
      assert.notDeepEqual(
        firsts,
        firsts.toSorted((a, b) => a - b),
      )
    })

    it('hides an event until it has come, and puts it where its own time is', async () => {
      const from = await events(10)
      proxy.logs = { lateness: ({ message }) => (message === '3' ? 20 * 60_000 : 1000) }
      const start = from + 9000
      nowMs = start
      assert.deepEqual(messages(await scan()), ['0', '1', '2', '4', '5', '6', '7', '8'])
      nowMs = start + 1000
      assert.equal(messages(await scan()).length, 9)
      nowMs = from + 3000 + 20 * 60_000
      const all = (await scan()).flat()
      assert.deepEqual(messages([all]), numbers(10))
      assert.equal(all[3]?.ingestionTime, nowMs)
    })

    it('does not go back in a scan for an event that came behind it', async () => {
      const from = await events(10)
      nowMs = from + 20_000
      proxy.logs = { pageEvents: 5, lateness: ({ message }) => (message === '3' ? 20_000 : 0) }
      const first = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))
      nowMs = from + 60_000
      const second = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, nextToken: first.nextToken }))
      assert.deepEqual(messages([first.events ?? [], second.events ?? []]), [
        '0',
        '1',
        '2',
        '4',
        '5',
        '6',
        '7',
        '8',
        '9',
      ])
    })

    it('is the same on every run', async () => {
      await events(50)
      const habits = { pageEvents: 7, emptyPages: 0.3, duplicates: 0.2, disorderMs: 5000 }
      proxy.logs = habits
      const first = (await scan()).map((page) => messages([page]))
      proxy.clear()
      proxy.logs = habits
      assert.deepEqual(
        (await scan()).map((page) => messages([page])),
        first,
      )
    })

    it('takes no token that is made up, of another question, or older than 24 hours', async () => {
      const from = await events(10)
      proxy.logs = { pageEvents: 5 }
      const { nextToken } = await logs.send(new FilterLogEventsCommand({ logGroupName: GROUP }))
      const next = (input: object) =>
        logs.send(new FilterLogEventsCommand({ logGroupName: GROUP, nextToken, ...input }))
      const invalid = { name: 'InvalidParameterException', message: 'The specified nextToken is invalid.' }
      await assert.rejects(next({ nextToken: 'made up' }), invalid)
      await assert.rejects(next({ startTime: from }), invalid)
      assert.equal((await next({})).events?.length, 5)
      nowMs += 86_400_001
      await assert.rejects(next({}), invalid)
    })

    it('may lose a token at any time', async () => {
      await events(10)
      proxy.logs = { pageEvents: 5 }
      proxy.when('FilterLogEvents', invalidPageToken(), { times: 2 })
      await assert.rejects(scan(), { name: 'InvalidParameterException' })
      assert.deepEqual(messages(await scan()), numbers(10))
    })

    it('takes no range, limit or choice of streams that AWS does not take', async () => {
      await events(1)
      for (const input of [
        { startTime: 2, endTime: 1 },
        { limit: 10_001 },
        { logStreamNames: ['a'], logStreamNamePrefix: 'a' },
      ]) {
        await assert.rejects(scan(input), { name: 'InvalidParameterException' })
      }
    })

    it('asks the real part once where nothing is put any more', async () => {
      const from = await events(10)
      proxy.logs = { frozen: true }
      assert.equal(messages(await scan({ startTime: from + 5000 })).length, 5)
      await make.putEvents(GROUP, 'eni-1-all', [{ timestamp: from, message: 'unseen' }])
      assert.deepEqual(messages(await scan()), numbers(10))
    })
  })

  it('gives times of streams that are behind', async () => {
    await events(1)
    const times = async () =>
      (await logs.send(new DescribeLogStreamsCommand({ logGroupName: GROUP }))).logStreams?.map(
        (stream) => stream.lastEventTimestamp,
      )
    assert.deepEqual(await times(), [nowMs])
    proxy.when('DescribeLogStreams', staleStreams(3_600_000))
    assert.deepEqual(await times(), [nowMs - 3_600_000])
  })

  describe('SQS', () => {
    it('gives a message again though it was deleted', async () => {
      const queue = await make.queue('created')
      await make.sendMessage(queue, 'body')
      proxy.queues = { twice: 1 }
      const receive = async () =>
        (await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, WaitTimeSeconds: 5 }))).Messages?.[0]
      const first = await receive()
      await sqs.send(new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: first?.ReceiptHandle }))
      const second = await receive()
      assert.deepEqual([second?.MessageId, second?.Body], [first?.MessageId, 'body'])
      assert.notEqual(second?.ReceiptHandle, first?.ReceiptHandle)
      const handle = { QueueUrl: queue.url, ReceiptHandle: second?.ReceiptHandle }
      await sqs.send(new ChangeMessageVisibilityCommand({ ...handle, VisibilityTimeout: 60 }))
      await sqs.send(new DeleteMessageCommand(handle))
      assert.deepEqual(await make.queueDepth(queue), { visible: 0, inFlight: 0 })
      const none = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url }))
      assert.equal(none.Messages, undefined)
    })

    it('deletes messages and those given again together', async () => {
      const queue = await make.queue('created')
      await make.sendMessage(queue, 'one')
      proxy.queues = { twice: 1 }
      const receive = () => sqs.send(new ReceiveMessageCommand({ QueueUrl: queue.url, MaxNumberOfMessages: 10 }))
      const [one] = (await receive()).Messages ?? []
      const again = (await receive()).Messages ?? []
      const Entries = [one, ...again].map((message, i) => ({ Id: String(i), ReceiptHandle: message?.ReceiptHandle }))
      const done = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: queue.url, Entries }))
      assert.deepEqual(done.Successful?.map(({ Id }) => Id).sort(), ['0', '1'])
      assert.deepEqual(await make.queueDepth(queue), { visible: 0, inFlight: 0 })
    })

    it('gives a message again whose visibility timeout ran out', async () => {
      const queue = await make.queue('created', { visibilityTimeout: 3600 })
      await make.sendMessage(queue, 'body')
      const receive = async () =>
        (
          await sqs.send(
            new ReceiveMessageCommand({
              QueueUrl: queue.url,
              MessageSystemAttributeNames: ['ApproximateReceiveCount'],
            }),
          )
        ).Messages ?? []
      const [first] = await receive()
      assert.deepEqual(await receive(), [])
      await proxy.expireVisibility()
      const [second] = await receive()
      assert.equal(second?.MessageId, first?.MessageId)
      assert.equal(second?.Attributes?.ApproximateReceiveCount, '2')
    })
  })
})
