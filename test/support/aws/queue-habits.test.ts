import assert from 'node:assert/strict'
import { after, beforeEach, describe, it } from 'node:test'
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs'
import { localAws } from './local-aws.ts'
import { misbehavingProxy } from './misbehaving-proxy.ts'

const { aws, skip } = await localAws()
const { make, region, credentials } = aws
const proxy = await misbehavingProxy(aws.endpoint)
const sqs = new SQSClient({ endpoint: proxy.endpoint, region, credentials, maxAttempts: 1 })
after(() => sqs.destroy())

describe('SQS through the proxy', { skip }, () => {
  beforeEach(async () => {
    proxy.clear()
    await aws.reset()
  })

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
