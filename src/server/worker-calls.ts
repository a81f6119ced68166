/** Calls between threads: a request, its reply, and cancelling, over a message port. See messages.ts for what is called. */
import { WeirError } from '../shared/api/errors.ts'
import { client, clientNow } from './client.ts'
import type { Reply } from './messages.ts'

/** Method name → [argument, result]. */
type CallTable<T> = { [K in keyof T]: [unknown, unknown] }

/** What both `Worker` and `parentPort` offer. */
export interface Port {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: unknown) => void): unknown
}

interface Asked {
  readonly id: number
  readonly call: string
  readonly argument: unknown
  /** See `client`. */
  readonly client: string
}

/** What a worker does for each call. `signal` fires when the caller no longer wants the answer. */
export type Handlers<Calls extends CallTable<Calls>> = {
  readonly [K in keyof Calls]: (argument: Calls[K][0], signal: AbortSignal) => Promise<Calls[K][1]> | Calls[K][1]
}

/** Worker side: answers calls until the port closes. An error that is not a WeirError is answered as `internal`. */
export function answerCalls<Calls extends CallTable<Calls>>(port: Port, handlers: Handlers<Calls>): void {
  const running = new Map<number, AbortController>()
  port.on('message', (message) => {
    const request = message as Asked | { readonly cancel: number }
    if ('cancel' in request) {
      running.get(request.cancel)?.abort()
      return
    }
    const controller = new AbortController()
    running.set(request.id, controller)
    const handler = handlers[request.call as keyof Calls]
    Promise.resolve()
      .then(() => client.run(request.client, () => handler(request.argument as never, controller.signal)))
      .then(
        (result) => port.postMessage({ id: request.id, result } satisfies Reply),
        (error: unknown) => port.postMessage({ id: request.id, error: describe(error) } satisfies Reply),
      )
      .finally(() => running.delete(request.id))
  })
}

/** Main side: makes calls of one worker and takes in everything else that it says. */
export class WorkerCalls<Calls extends CallTable<Calls>> {
  private readonly port: Port
  private readonly waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  private nextId = 1
  private gone: WeirError | null = null

  /** `other` gets every message that is not a reply to a call: log lines, ready, failed. */
  constructor(port: Port, other: (message: Exclude<Reply, { readonly id: number }>) => void) {
    this.port = port
    port.on('message', (message) => {
      const reply = message as Reply
      if (!('id' in reply)) {
        other(reply)
        return
      }
      const call = this.waiting.get(reply.id)
      this.waiting.delete(reply.id)
      if ('error' in reply) call?.reject(new WeirError(reply.error.code, reply.error.message, reply.error.detail))
      else call?.resolve(reply.result as never)
    })
  }

  /** Rejects with the worker's WeirError, or with `cancelled` as soon as `signal` fires. */
  call<K extends keyof Calls>(call: K, argument: Calls[K][0], signal?: AbortSignal): Promise<Calls[K][1]> {
    if (this.gone) return Promise.reject(this.gone)
    if (signal?.aborted) return Promise.reject(new WeirError('cancelled', 'the client went away'))
    const id = this.nextId++
    return new Promise<Calls[K][1]>((resolve, reject) => {
      const abort = () => {
        this.waiting.delete(id)
        this.port.postMessage({ cancel: id })
        reject(new WeirError('cancelled', 'the client went away'))
      }
      signal?.addEventListener('abort', abort, { once: true })
      const settle =
        <V>(then: (value: V) => void) =>
        (value: V) => {
          signal?.removeEventListener('abort', abort)
          then(value)
        }
      this.waiting.set(id, { resolve: settle(resolve), reject: settle(reject) })
      this.port.postMessage({ id, call, argument, client: clientNow() })
    })
  }

  /** The worker has ended: every call under way and to come is refused with this. */
  end(reason: string): void {
    this.gone = new WeirError('storeUnavailable', reason)
    for (const call of this.waiting.values()) call.reject(this.gone)
    this.waiting.clear()
  }
}

function describe(error: unknown): Extract<Reply, { readonly error: unknown }>['error'] {
  if (error instanceof WeirError) return { code: error.code, message: error.message, detail: error.detail }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error) }
}
