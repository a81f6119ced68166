/** An estimate and the exact answer, over a socket: as JSON lines, compressed, each as soon as it is there. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import type { StoreCalls } from '../../../src/server/messages.ts'
import type { Answer } from '../../../src/shared/query/question.ts'
import { answerCalls } from '../../../src/server/worker-calls.ts'
import { answerMeta } from '../../support/answer-meta.ts'
import { createTestApp } from '../../support/app.ts'

test('a compressed estimate does not wait for the exact answer', { timeout: 20_000 }, async () => {
  const server = await createTestApp()
  let release = (): void => undefined
  const released = new Promise<void>((resolve) => (release = resolve))
  answerCalls<Pick<StoreCalls, 'query' | 'estimate'>>(server.storePort, {
    estimate: () => Promise.resolve(answerOf(true)),
    query: () => released.then(() => answerOf(false)),
  })
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  try {
    const { port } = server.app.server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/api/query`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'accept-encoding': 'gzip' },
      body: JSON.stringify({ from: 'now-1h', first: true }),
    })
    assert.equal(response.headers.get('content-encoding'), 'gzip')
    const reader = (response.body as ReadableStream<Uint8Array>).getReader()
    const decoder = new TextDecoder()
    let text = ''
    while (!text.endsWith('\n')) text += decoder.decode((await reader.read()).value)
    assert.equal((JSON.parse(text) as Answer).meta.estimated, true)
    release()
    text = ''
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) text += decoder.decode(chunk.value)
    assert.equal((JSON.parse(text) as Answer).meta.estimated, false)
  } finally {
    release()
    await server.close()
  }
})

/** Longer than what is too short to be compressed. */
function answerOf(estimated: boolean): Answer {
  return {
    columns: [{ name: 'bytes', kind: 'u64', unit: 'B' }],
    rows: Array.from({ length: 1000 }, (_, i) => [i]),
    meta: answerMeta({ exact: !estimated, estimated, error: estimated ? 0.012 : null }),
  }
}
