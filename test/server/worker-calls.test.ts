/** Calls over a real message channel. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { client, clientNow } from '../../src/server/client.ts'
import { WeirError } from '../../src/shared/api/errors.ts'
import { answerCalls, WorkerCalls, type Handlers } from '../../src/server/worker-calls.ts'

interface Calls {
  add: [readonly [number, number], number]
  fail: ['weir' | 'other', undefined]
  hang: [undefined, string]
}

async function between(
  handlers: Partial<Handlers<Calls>>,
  test: (calls: WorkerCalls<Calls>, others: unknown[], worker: MessagePort) => Promise<void>,
): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  const others: unknown[] = []
  answerCalls<Calls>(port2, { add: ([a, b]) => a + b, fail: () => undefined, hang: () => '', ...handlers })
  try {
    await test(new WorkerCalls<Calls>(port1, (message) => others.push(message)), others, port2)
  } finally {
    port1.close()
  }
}

describe('calls between threads', () => {
  it('know who asks on both sides', () =>
    between({ hang: async () => Promise.resolve(clientNow()) }, async (calls) => {
      const asked = ['192.0.2.1', '192.0.2.2'].map((who) => client.run(who, () => calls.call('hang', undefined)))
      assert.deepEqual(await Promise.all([...asked, calls.call('hang', undefined)]), ['192.0.2.1', '192.0.2.2', ''])
    }))

  it('answers each call with its own result, in any order', () =>
    between({ add: async ([a, b]) => new Promise((resolve) => setTimeout(() => resolve(a + b), a)) }, async (calls) => {
      assert.deepEqual(
        await Promise.all([calls.call('add', [20, 1]), calls.call('add', [1, 1]), calls.call('add', [10, 1])]),
        [21, 2, 11],
      )
    }))

  it('passes errors on with code, message and detail; what is no WeirError is internal', () =>
    between(
      {
        fail(which) {
          if (which === 'weir') throw new WeirError('badCursor', 'no such cursor', { field: 'cursor' })
          throw new RangeError('out of bounds')
        },
      },
      async (calls) => {
        await assert.rejects(
          calls.call('fail', 'weir'),
          (error: WeirError) =>
            error.code === 'badCursor' && error.message === 'no such cursor' && error.detail?.['field'] === 'cursor',
        )
        await assert.rejects(
          calls.call('fail', 'other'),
          (error: WeirError) => error.code === 'internal' && error.message === 'out of bounds',
        )
      },
    ))

  it('an aborted call is refused at once and cancelled on the other side', async () => {
    let cancelled = false
    await between(
      {
        hang: (_argument, signal) =>
          new Promise((resolve) => {
            signal.addEventListener('abort', () => {
              cancelled = true
              resolve('too late')
            })
          }),
      },
      async (calls) => {
        const controller = new AbortController()
        const call = calls.call('hang', undefined, controller.signal)
        controller.abort()
        await assert.rejects(call, (error: WeirError) => error.code === 'cancelled')
        await assert.rejects(
          calls.call('hang', undefined, controller.signal),
          (error: WeirError) => error.code === 'cancelled',
        )
        assert.equal(await calls.call('add', [1, 2]), 3)
        assert.equal(cancelled, true)
      },
    )
  })

  it('everything else that the worker says goes to the listener', () =>
    between({}, async (calls, others, worker) => {
      worker.postMessage({ log: { level: 'info', message: 'hello' } })
      await calls.call('add', [1, 1])
      assert.deepEqual(others, [{ log: { level: 'info', message: 'hello' } }])
    }))

  it('when the worker has ended, calls under way and to come are refused', () =>
    between({ hang: () => new Promise(() => {}) }, async (calls) => {
      const call = calls.call('hang', undefined)
      calls.end('the store thread has ended')
      await assert.rejects(
        call,
        (error: WeirError) => error.code === 'storeUnavailable' && error.message === 'the store thread has ended',
      )
      await assert.rejects(calls.call('add', [1, 1]), (error: WeirError) => error.code === 'storeUnavailable')
    }))
})
