/**
 * A queue of SQS that is told of new objects. A message is deleted when all of its objects are on disk, and kept from
 * others until then; where nothing can be read, it is given back.
 */
import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SQSClient,
  type Message,
} from '@aws-sdk/client-sqs'
import { awsClient } from '../aws.ts'
import { Backoff } from '../backoff.ts'
import type { SettingsOf } from '../settings.ts'
import type { SourceContext } from '../source.ts'
import { toldBy, type ToldObject } from './events.ts'
import type { Outcome } from './taker.ts'

export interface QueueParts {
  readonly settings: SettingsOf<'s3'>
  readonly queue: string
  readonly context: SourceContext
  /** Takes an object that was told of; null where it is of no concern. */
  readonly take: (object: ToldObject, signal: AbortSignal) => Promise<Outcome | null>
  /** Told what is wrong with the queue, and null when it answers. */
  readonly trouble: (error: unknown) => void
}

/** Messages in hand; AWS gives 10 at a time. */
const MOST_IN_HAND = 40
const AT_A_TIME = 10
const LONG_POLL_SECONDS = 20
/** For so long nobody else gets a message; it is asked for again well before. */
const KEPT_SECONDS = 120
const KEEP_MS = 40_000
/** One that cannot be read now comes back after so long. */
const LATER_SECONDS = 60
/** The body of a message has 256 KiB at most. */
const LONGEST_LETTER = 1 << 16

export class Queue {
  private readonly parts: QueueParts
  private readonly client: SQSClient
  /** By receipt. */
  private readonly inHand = new Map<string, Promise<void>>()
  private toDelete: string[] = []
  private deleting: Promise<void> | null = null
  private roomForMore: (() => void) | null = null

  constructor(parts: QueueParts) {
    this.parts = parts
    const { region, endpoint } = parts.settings
    this.client = new SQSClient({
      ...awsClient({ ...parts.settings, region: regionOf(parts.queue) ?? region }),
      useQueueUrlAsEndpoint: endpoint === undefined,
    })
  }

  /** Resolves when `signal` fires. */
  async run(signal: AbortSignal): Promise<void> {
    const keeping = this.keep(signal)
    const backoff = new Backoff()
    while (!signal.aborted) {
      try {
        const messages = await this.receive(signal)
        this.parts.trouble(null)
        backoff.worked()
        for (const message of messages) this.handle(message, signal)
        if (this.inHand.size > MOST_IN_HAND - AT_A_TIME) await this.room(signal)
      } catch (error) {
        if (signal.aborted) break
        this.parts.trouble(error)
        await this.parts.context.wait(backoff.failed(), signal)
      }
    }
    await Promise.all([keeping, ...this.inHand.values(), this.deleting])
    this.client.destroy()
  }

  private async receive(signal: AbortSignal): Promise<readonly Message[]> {
    const asked = new ReceiveMessageCommand({
      QueueUrl: this.parts.queue,
      MaxNumberOfMessages: AT_A_TIME,
      WaitTimeSeconds: LONG_POLL_SECONDS,
      VisibilityTimeout: KEPT_SECONDS,
    })
    return (await this.client.send(asked, { abortSignal: signal })).Messages ?? []
  }

  private handle({ ReceiptHandle: receipt, Body: body = '' }: Message, signal: AbortSignal): void {
    if (receipt === undefined || this.inHand.has(receipt)) return
    const handling = this.takeAll(body, signal)
      .then(async (isDone) => {
        if (isDone) await this.delete(receipt, signal)
        else await this.show(receipt)
      })
      // It comes again.
      .catch((error: unknown) => {
        if (!signal.aborted) this.parts.trouble(error)
      })
      .finally(() => {
        this.inHand.delete(receipt)
        this.roomForMore?.()
      })
    this.inHand.set(receipt, handling)
  }

  /** Whether the message has done its duty. */
  private async takeAll(body: string, signal: AbortSignal): Promise<boolean> {
    const { take, context, queue } = this.parts
    const objects = toldBy(body)
    if (objects === null) {
      context.intake.refuse({
        source: queue,
        record: 0,
        loss: 'source.notice',
        reason: 'no notice of S3, SNS or EventBridge that tells of objects',
        text: body.slice(0, LONGEST_LETTER),
      })
      await context.intake.durable()
      return true
    }
    const outcomes = await Promise.all(objects.map((object) => take(object, signal)))
    return outcomes.every((outcome) => outcome !== 'later')
  }

  /** Those that are done meanwhile are deleted together. Resolves when it is, or is given up: it comes again then. */
  private async delete(receipt: string, signal: AbortSignal): Promise<void> {
    this.toDelete.push(receipt)
    await (this.deleting ??= this.deleteAll(signal).finally(() => (this.deleting = null)))
  }

  private async deleteAll(signal: AbortSignal): Promise<void> {
    const backoff = new Backoff()
    // Others of this turn come along.
    await Promise.resolve()
    while (this.toDelete.length > 0) {
      const some = this.toDelete.slice(0, AT_A_TIME)
      const Entries = some.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle }))
      try {
        await this.client.send(new DeleteMessageBatchCommand({ QueueUrl: this.parts.queue, Entries }))
        this.toDelete.splice(0, some.length)
        this.parts.trouble(null)
      } catch (error) {
        if (signal.aborted) return
        this.parts.trouble(error)
        await this.parts.context.wait(backoff.failed(), signal)
      }
    }
  }

  private async show(receipt: string): Promise<void> {
    await this.setVisibility([receipt], LATER_SECONDS)
  }

  private async keep(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await this.parts.context.wait(KEEP_MS, signal)
      const receipts = Array.from(this.inHand.keys())
      try {
        for (let at = 0; at < receipts.length && !signal.aborted; at += AT_A_TIME)
          await this.setVisibility(receipts.slice(at, at + AT_A_TIME), KEPT_SECONDS)
      } catch (error) {
        this.parts.trouble(error)
      }
    }
  }

  private async setVisibility(receipts: readonly string[], seconds: number): Promise<void> {
    await this.client.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: this.parts.queue,
        Entries: receipts.map((ReceiptHandle, i) => ({ Id: String(i), ReceiptHandle, VisibilityTimeout: seconds })),
      }),
    )
  }

  private async room(signal: AbortSignal): Promise<void> {
    while (this.inHand.size > MOST_IN_HAND - AT_A_TIME && !signal.aborted)
      await new Promise<void>((resolve) => (this.roomForMore = resolve))
    this.roomForMore = null
  }
}

/** As its address says; undefined where it does not. */
function regionOf(queue: string): string | undefined {
  return /^sqs\.([a-z0-9-]+)\./.exec(new URL(queue).hostname)?.[1]
}
