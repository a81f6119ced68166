import assert from 'node:assert/strict'
import { once } from 'node:events'
import { afterEach, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../support/app.ts'

let server: TestApp

describe('a question that takes long', () => {
  afterEach(() => server.close())

  it('is ended in the store at the time limit, and the client is told', async () => {
    server = await createTestApp({ timeLimitMs: 50 })
    const said = messages()
    const answer = await server.app.inject({ method: 'POST', url: '/api/query', payload: { from: 'now-1h' } })
    assert.equal(answer.statusCode, 504)
    const { error } = answer.json<{ error: { code: string; message: string } }>()
    assert.equal(error.code, 'timeLimit')
    assert.match(error.message, /longer than 0\.05 s.*narrow the range or the filter/)
    await said.until((all) => all.length >= 2)
    assert.deepEqual(said.all[1], { cancel: (said.all[0] as { id: number }).id })
  })

  it('is ended in the store when its client goes away', async () => {
    server = await createTestApp()
    const said = messages()
    await server.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.app.server.address() as { port: number }
    const gone = new AbortController()
    const asked = fetch(`http://127.0.0.1:${port}/api/flows`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"from":"now-1h"}',
      signal: gone.signal,
    })
    asked.catch(() => undefined)
    await said.until((all) => all.length >= 1)
    gone.abort()
    await said.until((all) => all.length >= 2)
    assert.deepEqual(said.all[1], { cancel: (said.all[0] as { id: number }).id })
    await assert.rejects(asked, { name: 'AbortError' })
  })
})

/** What the store thread is told. */
function messages() {
  const all: unknown[] = []
  server.storePort.on('message', (message) => all.push(message))
  return {
    all,
    until: async (holds: (all: readonly unknown[]) => boolean) => {
      while (!holds(all)) await once(server.storePort, 'message')
    },
  }
}
