import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import { CloudWatchLogsClient, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs'
import { DescribeFlowLogsCommand, EC2Client } from '@aws-sdk/client-ec2'
import { GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import {
  broken,
  cutOff,
  denied,
  expiredToken,
  failed,
  garbled,
  hungUp,
  otherRegion,
  shortened,
  slow,
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
const nowMs = Date.now()
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

/** A log group with one event. */
async function group(): Promise<void> {
  await make.logGroup(GROUP, 's')
  await make.putEvents(GROUP, 's', [{ timestamp: Date.now(), message: 'one' }])
}

describe('a proxy that misbehaves, spoken to by the AWS SDK', { skip }, () => {
  beforeEach(async () => {
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
      await group()
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
      await group()
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
      await group()
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
      await group()
      proxy.when('*', garbled())
      await assert.rejects(CALLS.FilterLogEvents())
      await assert.rejects(s3.send(new ListObjectsV2Command({ Bucket: 'flows' })))
    })
  })
})
