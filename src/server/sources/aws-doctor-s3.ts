/** Permissions of sources of S3: the bucket, and the queue that is told of its objects. */
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { awsClient, faultOf } from './aws.ts'
import type { AwsCheck } from './aws-doctor.ts'
import { queueArn } from './aws-policy.ts'
import type { SettingsOf } from './settings.ts'

type S3Settings = SettingsOf<'s3'>

/** A key that there is none of: who may read it is told so, who may not is refused. */
const NO_KEY = 'weir-doctor/there-is-no-such-object'
/** No receipt is like it: who may use one is told so, who may not is refused. */
const NO_RECEIPT = 'there-is-no-such-receipt'

export function bucketChecks(source: S3Settings): AwsCheck[] {
  const { bucket: Bucket, prefix } = source
  const thing = `bucket ${Bucket}`
  const client = new S3Client({ ...awsClient(source), forcePathStyle: source.pathStyle, followRegionRedirects: true })
  const firstKey = async (): Promise<string | undefined> => {
    const asked = { Bucket, MaxKeys: 10, ...(prefix === '' ? {} : { Prefix: prefix }) }
    const { Contents = [] } = await client.send(new ListObjectsV2Command(asked))
    return Contents.find(({ Size = 0 }) => Size > 0)?.Key
  }
  return [
    {
      permission: { actions: ['s3:ListBucket'], resources: [`arn:aws:s3:::${Bucket}`] },
      thing,
      call: async () => {
        const key = await firstKey()
        if (key !== undefined) return `${thing} can be listed; the first object is ${key}`
        const hint = `${thing} can be listed; nothing there begins with ${JSON.stringify(prefix)}`
        return { hint, remedy: `Look at what does: aws s3 ls s3://${Bucket}/ --recursive | head` }
      },
    },
    {
      permission: { actions: ['s3:GetObject'], resources: [`arn:aws:s3:::${Bucket}/${prefix}*`] },
      thing: `objects of ${thing}`,
      call: async () => {
        const Key = (await firstKey().catch(() => undefined)) ?? `${prefix}${NO_KEY}`
        try {
          const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, Range: 'bytes=0-0' }))
          await Body?.transformToByteArray()
          return `${Key} can be read`
        } catch (error) {
          if ((error as Error).name !== 'NoSuchKey') throw error
          return 'objects can be read; there is none yet'
        }
      },
    },
  ]
}

export function queueChecks(source: S3Settings, QueueUrl: string): AwsCheck[] {
  const arn = queueArn(QueueUrl)
  const region = arn.split(':')[3]
  const client = new SQSClient({
    ...awsClient({ ...source, region: region === '*' ? source.region : region }),
    useQueueUrlAsEndpoint: source.endpoint === undefined,
  })
  const check = (action: string, call: AwsCheck['call']): AwsCheck => ({
    permission: { actions: [`sqs:${action}`], resources: [arn] },
    thing: `queue ${QueueUrl}`,
    call,
  })
  return [
    check('GetQueueAttributes', async () => {
      const asked = { QueueUrl, AttributeNames: ['ApproximateNumberOfMessages' as const, 'RedrivePolicy' as const] }
      const { Attributes = {} } = await client.send(new GetQueueAttributesCommand(asked))
      const found = `${Attributes['ApproximateNumberOfMessages']} messages wait`
      if (Attributes['RedrivePolicy'] !== undefined) return found
      return {
        hint: `${found}; the queue has no dead-letter queue, so that a message which cannot be taken comes again for days`,
        remedy: 'Give it one: `aws sqs set-queue-attributes` with RedrivePolicy.',
      }
    }),
    check('ReceiveMessage', async () => {
      // It is there for others again at once.
      const asked = { QueueUrl, MaxNumberOfMessages: 1, VisibilityTimeout: 0, WaitTimeSeconds: 0 }
      await client.send(new ReceiveMessageCommand(asked))
      return 'messages can be received'
    }),
    check('ChangeMessageVisibility', () =>
      allowed('messages can be kept for longer', () =>
        client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: NO_RECEIPT, VisibilityTimeout: 0 })),
      ),
    ),
    check('DeleteMessage', () =>
      allowed('messages can be deleted', () =>
        client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: NO_RECEIPT })),
      ),
    ),
  ]
}

/** A call that is refused for its receipt was allowed. */
async function allowed(said: string, call: () => Promise<unknown>): Promise<string> {
  try {
    await call()
  } catch (error) {
    const isOfReceipt = /Receipt|InvalidParameterValue|InvalidIdFormat/i.test((error as Error).name)
    if (faultOf(error) === 'denied' || !isOfReceipt) throw error
  }
  return said
}
