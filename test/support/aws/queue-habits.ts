/** SQS as it may be: a message given twice, and one that comes back because its visibility timeout ran out. */
import { jsonAnswer, jsonOf, type Answer, type Call } from './aws-call.ts'
import { hash } from './hash.ts'

export interface QueueHabits {
  /** Chance, 0 to 1, that a message is given again by a later receive, though it may have been deleted. */
  readonly twice?: number
}

interface Message {
  readonly MessageId: string
  readonly ReceiptHandle: string
  readonly Body: string
}

/** AWS: a receive gives at most 10. */
const MOST = 10
const COPY = 'given-again-'

export class Queues {
  habits: QueueHabits = {}
  readonly #seed: number
  /** Messages to be given again, by queue. */
  readonly #copies = new Map<string, Message[]>()
  /** Those that someone has in hand, and how to ask for their queue. */
  readonly #inFlight = new Map<string, { readonly url: string; readonly call: Call }>()
  #given = 0

  constructor(seed: number) {
    this.#seed = seed
  }

  async answer(call: Call, ask: (input: object) => Promise<Answer>): Promise<Answer> {
    const url = String(call.input['QueueUrl'])
    switch (call.action) {
      case 'ReceiveMessage':
        return await this.#receive(call, url, ask)
      case 'DeleteMessage':
      case 'ChangeMessageVisibility': {
        const handle = String(call.input['ReceiptHandle'])
        if (call.action === 'DeleteMessage') this.#inFlight.delete(handle)
        return handle.startsWith(COPY) ? DONE : await ask(call.input)
      }
      case 'DeleteMessageBatch':
      case 'ChangeMessageVisibilityBatch':
        return await this.#batch(call, ask)
      default:
        return await ask(call.input)
    }
  }

  /** What is in hand is in hand no longer, as if its visibility timeout had passed. */
  async expire(ask: (call: Call, action: string, input: object) => Promise<Answer>): Promise<void> {
    for (const [ReceiptHandle, { url, call }] of this.#inFlight) {
      await ask(call, 'ChangeMessageVisibility', { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 })
    }
    this.#inFlight.clear()
  }

  async #receive(call: Call, url: string, ask: (input: object) => Promise<Answer>): Promise<Answer> {
    const most = Math.min(MOST, Number(call.input['MaxNumberOfMessages'] ?? 1))
    const again = (this.#copies.get(url) ?? []).splice(0, most)
    // The real part is not asked to wait where there is something to give.
    const input = { ...call.input, MaxNumberOfMessages: most - again.length, WaitTimeSeconds: 0 }
    const answer = again.length === 0 ? await ask(call.input) : again.length < most ? await ask(input) : DONE
    if (answer.status !== 200) return answer
    const of = jsonOf(answer.body)
    const messages = (of['Messages'] ?? []) as Message[]
    for (const message of messages) {
      this.#inFlight.set(message.ReceiptHandle, { url, call })
      if (hash(this.#seed, `twice ${this.#given++}`) / 2 ** 32 < (this.habits.twice ?? 0)) {
        const copies = this.#copies.get(url) ?? []
        copies.push({ ...message, ReceiptHandle: `${COPY}${message.ReceiptHandle}` })
        this.#copies.set(url, copies)
      }
    }
    return again.length === 0 ? answer : jsonAnswer(answer, { ...of, Messages: [...messages, ...again] })
  }

  async #batch(call: Call, ask: (input: object) => Promise<Answer>): Promise<Answer> {
    const entries = (call.input['Entries'] ?? []) as { Id: string; ReceiptHandle: string }[]
    const isCopy = (entry: { ReceiptHandle: string }) => entry.ReceiptHandle.startsWith(COPY)
    const real = entries.filter((entry) => !isCopy(entry))
    if (call.action === 'DeleteMessageBatch') for (const { ReceiptHandle } of real) this.#inFlight.delete(ReceiptHandle)
    if (real.length === entries.length) return await ask(call.input)
    const answer = real.length > 0 ? await ask({ ...call.input, Entries: real }) : DONE
    const of = jsonOf(answer.body)
    const done = entries.filter(isCopy).map(({ Id }) => ({ Id }))
    return jsonAnswer(answer, { Failed: [], ...of, Successful: [...((of['Successful'] ?? []) as object[]), ...done] })
  }
}

const DONE: Answer = { status: 200, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: Buffer.from('{}') }
