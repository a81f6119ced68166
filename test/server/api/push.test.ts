import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { startServer, type TestServer } from '../../support/server.ts'

const KEY = 'a key of some length'
const LINE =
  '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1795521600 1795521660 ACCEPT OK'

describe('flow logs that are pushed over HTTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-test-'))
  let server: TestServer
  before(async () => {
    const config = join(folder, 'weir.yaml')
    writeFileSync(config, `sources:\n  - { type: firehose, name: hose, key: ${KEY} }\n`)
    server = await startServer({ dataDir: join(folder, 'data'), args: ['--config', config] })
  })
  after(async () => {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** As Firehose does it, also by a host name that is a proxy's. */
  function push(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
    const { hostname, port } = new URL(server.http)
    const body = JSON.stringify({ requestId: 'r-1', timestamp: 1, records: [{ data: btoa(LINE) }] })
    return new Promise((resolve, reject) => {
      const asked = httpRequest({ hostname, port, path, method: 'POST', headers }, (answer) => {
        let text = ''
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }))
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
  const ofFirehose = {
    'content-type': 'application/json',
    'x-amz-firehose-request-id': 'r-1',
    host: 'flows.example.com',
  }

  it('are stored when they are answered', async () => {
    const answer = await push('/ingest/firehose', { ...ofFirehose, 'x-amz-firehose-access-key': KEY })
    assert.equal(answer.status, 200, answer.body)
    assert.equal((JSON.parse(answer.body) as { requestId: string }).requestId, 'r-1')
    const { store, sources } = await server.call('health')
    assert.equal(store.flows, 1)
    assert.deepEqual(
      sources.map(({ name, state, flows }) => ({ name, state, flows })),
      [{ name: 'hose', state: 'ok', flows: 1 }],
    )
  })

  it('are refused without the key of the source, in the form that Firehose reads', async () => {
    for (const key of [{}, { 'x-amz-firehose-access-key': 'another key' }]) {
      const answer = await push('/ingest/firehose/hose', { ...ofFirehose, ...key })
      assert.equal(answer.status, 401)
      assert.match((JSON.parse(answer.body) as { errorMessage: string }).errorMessage, /key/)
    }
  })

  it(
    'of somebody without the key were read, 64 MiB of them, before they were refused',
    { timeout: 10_000 },
    async () => {
      const { hostname, port } = new URL(server.http)
      const headers = { ...ofFirehose, 'content-length': String(60 * 2 ** 20) }
      const status = await new Promise((resolve, reject) => {
        const asked = httpRequest({ hostname, port, path: '/ingest/firehose', method: 'POST', headers }, (answer) => {
          resolve(answer.statusCode)
          asked.destroy()
        })
        asked.on('error', reject)
        // The body never comes.
        asked.flushHeaders()
      })
      assert.equal(status, 401)
    },
  )

  it('are refused where there is no such source', async () => {
    const answer = await push('/ingest/pubsub', { ...ofFirehose, 'x-amz-firehose-access-key': KEY })
    assert.equal(answer.status, 404)
    assert.equal((JSON.parse(answer.body) as { error: { code: string } }).error.code, 'notFound')
  })
})
