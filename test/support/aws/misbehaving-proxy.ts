/**
 * Stands in front of a local AWS and does what AWS, or the way to it, does to its callers: on purpose, by rules that a test
 * sets, and the same on every run. Without rules it only makes FilterLogEvents as strict as AWS has it: sorted, pages of
 * at most 1 MB and 10,000 events, tokens that are checked.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import { after } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { randoms } from '../random.ts'
import { readCall, type Answer, type Call } from './aws-call.ts'
import type { Fault } from './faults.ts'
import { LogPages, type LogHabits } from './log-habits.ts'
import { Queues, type QueueHabits } from './queue-habits.ts'

export interface RuleOptions {
  /** Calls that it strikes, at most; without it all of them. */
  readonly times?: number
  /** Calls that pass before it strikes. */
  readonly skip?: number
  /** Chance, 0 to 1, that it strikes, by the seed. */
  readonly chance?: number
  /** Calls that it is for; others do not count. */
  readonly where?: (call: Call) => boolean
}

export interface Rule {
  /** How often it struck. */
  readonly struck: number
  remove(): void
}

export interface SeenCall {
  readonly action: string
  readonly region: string
  readonly accessKeyId: string
  readonly input: Call['input']
  readonly atMs: number
  /** Status of the answer, also of one that was cut off. */
  readonly status: number
}

export interface MisbehavingProxy {
  readonly endpoint: string
  /** Calls in the order of their answers. */
  readonly seen: readonly SeenCall[]
  /** How FilterLogEvents gives events. */
  logs: LogHabits
  /** How SQS gives messages. */
  queues: QueueHabits
  /** Of several rules for one action, the first set is the outermost. `*` is every action. */
  when(action: string, fault: Fault, options?: RuleOptions): Rule
  /** Number of calls of an action so far. */
  calls(action: string): number
  /** Messages in hand come back to their queues, as if their visibility timeout had passed. */
  expireVisibility(): Promise<void>
  /** Forgets rules, habits and calls. */
  clear(): void
  stop(): Promise<void>
}

export interface ProxyOptions {
  readonly seed?: number
  /** What the time is: for events that come late, tokens that run out, and when calls came. */
  readonly nowMs?: () => number
}

/** Starts one and ends it after the file's tests. `upstream` is the endpoint of the real part. */
export async function misbehavingProxy(upstream: string, options: ProxyOptions = {}): Promise<MisbehavingProxy> {
  const proxy = new ProxyServer(upstream, options)
  await proxy.start()
  after(() => proxy.stop())
  return proxy
}

interface StoredRule {
  readonly action: string
  readonly fault: Fault
  readonly strikes: (call: Call) => boolean
}

class ProxyServer implements MisbehavingProxy {
  endpoint = ''
  readonly #upstream: URL
  readonly #seed: number
  readonly #nowMs: () => number
  readonly #server = createServer((incoming, outgoing) => void this.#serve(incoming, outgoing))
  readonly #seen: SeenCall[] = []
  #rules: StoredRule[] = []
  #logs: LogPages
  #queues: Queues

  constructor(upstream: string, { seed = 1, nowMs = Date.now }: ProxyOptions) {
    this.#upstream = new URL(upstream)
    this.#seed = seed
    this.#nowMs = nowMs
    this.#logs = new LogPages(seed, nowMs)
    this.#queues = new Queues(seed)
  }

  get seen(): readonly SeenCall[] {
    return this.#seen
  }

  get logs(): LogHabits {
    return this.#logs.habits
  }

  set logs(habits: LogHabits) {
    this.#logs.habits = habits
  }

  get queues(): QueueHabits {
    return this.#queues.habits
  }

  set queues(habits: QueueHabits) {
    this.#queues.habits = habits
  }

  async start(): Promise<void> {
    // It never ends a connection by itself: a client might be about to use it.
    this.#server.keepAliveTimeout = 0
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    const address = this.#server.address()
    this.endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  when(action: string, fault: Fault, options: RuleOptions = {}): Rule {
    const { times = Infinity, skip = 0, chance = 1, where } = options
    const random = randoms(this.#seed + this.#rules.length)
    let passed = 0
    let struck = 0
    const stored: StoredRule = {
      action,
      fault,
      strikes(call) {
        if (struck >= times || (where && !where(call)) || passed++ < skip) return false
        if (chance < 1 && random(2 ** 32) / 2 ** 32 >= chance) return false
        struck++
        return true
      },
    }
    this.#rules.push(stored)
    return {
      get struck() {
        return struck
      },
      remove: () => {
        this.#rules = this.#rules.filter((rule) => rule !== stored)
      },
    }
  }

  calls(action: string): number {
    return this.#seen.filter((call) => call.action === action).length
  }

  async expireVisibility(): Promise<void> {
    await this.#queues.expire((call, action, input) => {
      const target = `AmazonSQS.${action}`
      return this.#ask({ ...call, headers: { ...call.headers, 'x-amz-target': target }, body: bodyOf(input) })
    })
  }

  clear(): void {
    this.#rules = []
    this.#seen.length = 0
    this.#logs = new LogPages(this.#seed, this.#nowMs)
    this.#queues = new Queues(this.#seed)
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  async #serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    try {
      const parts: Buffer[] = []
      for await (const part of incoming) parts.push(part as Buffer)
      const { method = '', url = '', headers } = incoming
      const call = readCall(method, url, headers, Buffer.concat(parts))
      const answer = await this.#answer(call)
      const { action, region, accessKeyId, input } = call
      this.#seen.push({ action, region, accessKeyId, input, atMs: this.#nowMs(), status: answer.status })
      await deliver(outgoing, answer, method)
    } catch (error) {
      // The client has gone, the real part has, or a rule of the test is wrong.
      if (outgoing.headersSent) outgoing.destroy()
      else outgoing.writeHead(502).end(String(error))
    }
  }

  #answer(call: Call): Promise<Answer> {
    const rules = this.#rules.filter(
      ({ action, strikes }) => (action === '*' || action === call.action) && strikes(call),
    )
    const real = async () => await this.#real(call)
    return rules.reduceRight<() => Promise<Answer>>(
      (next, { fault }) =>
        async () =>
          await fault(call, next),
      real,
    )()
  }

  #real(call: Call): Promise<Answer> {
    const ask = (input: object) => this.#ask({ ...call, body: bodyOf(input) })
    if (call.service === 'logs' && call.action === 'FilterLogEvents') return this.#logs.answer(call, ask)
    if (call.service === 'sqs') return this.#queues.answer(call, ask)
    return this.#ask(call)
  }

  async #ask({ method, path, headers, body }: Call): Promise<Answer> {
    const { hostname, port } = this.#upstream
    const sent = { ...headers, 'content-length': String(body.length) }
    delete sent['transfer-encoding']
    const upstream = request({ hostname, port, method, path, headers: sent })
    upstream.end(body)
    const [response] = (await once(upstream, 'response')) as [IncomingMessage]
    const parts: Buffer[] = []
    for await (const part of response) parts.push(part as Buffer)
    const given = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const)
    return { status: response.statusCode ?? 0, headers: Object.fromEntries(given), body: Buffer.concat(parts) }
  }
}

async function deliver(outgoing: ServerResponse, answer: Answer, method: string): Promise<void> {
  const { status, body, delivery } = answer
  if (delivery?.how === 'hang up') {
    outgoing.socket?.resetAndDestroy()
    return
  }
  const headers: Record<string, string> = { ...answer.headers }
  for (const name of ['connection', 'keep-alive', 'transfer-encoding']) delete headers[name]
  if (method !== 'HEAD') headers['content-length'] = String(body.length)
  outgoing.writeHead(status, headers)
  switch (delivery?.how) {
    case 'reset':
    case 'end':
      await write(outgoing, body.subarray(0, delivery.afterBytes))
      if (delivery.how === 'reset') outgoing.socket?.resetAndDestroy()
      else outgoing.socket?.end()
      return
    case 'slow':
      for (let at = 0; at < body.length && !outgoing.destroyed; at += delivery.pieceBytes) {
        await write(outgoing, body.subarray(at, at + delivery.pieceBytes))
        await wait(delivery.pauseMs)
      }
      outgoing.end()
      return
    case 'stall':
      await write(outgoing, body.subarray(0, delivery.afterBytes))
      await delivery.until
      outgoing.end(body.subarray(delivery.afterBytes))
      return
    case undefined:
      outgoing.end(body)
  }
}

/** Resolves when the bytes are with the system; at once where the client has gone. */
function write(outgoing: ServerResponse, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('close', resolve)
    outgoing.write(bytes, () => resolve())
  })
}

function bodyOf(input: object): Buffer {
  return Buffer.from(JSON.stringify(input))
}
