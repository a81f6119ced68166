import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { deliver, subscriptionRecord } from './firehose-sender.ts'

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

describe('a sender that delivers as Firehose does', () => {
  let answer: (requestId: string) => Answer
  const got: { headers: IncomingHttpHeaders; body: Buffer }[] = []
  const server = createServer((incoming, outgoing) => {
    void incoming.toArray().then((parts: Buffer[]) => {
      const body = Buffer.concat(parts)
      got.push({ headers: incoming.headers, body })
      const said = answer(String(incoming.headers['x-amz-firehose-request-id']))
      const length = { 'content-length': String(said.body?.length ?? 0) }
      outgoing.writeHead(said.status ?? 200, { ...length, 'content-type': 'application/json', ...said.headers })
      outgoing.end(said.body)
    })
  })
  let url = ''
  before(async () => {
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/ingest/firehose`
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  const good = (requestId: string) => ({ body: JSON.stringify({ requestId, timestamp: 1_578_090_901_599 }) })
  const complaint = async (of: (requestId: string) => Answer) => {
    answer = of
    return (await deliver(url, ['x'], { accessKey: 'key', requestId: 'id' })).complaint
  }

  it('sends headers and records as documented, plain and compressed', async () => {
    answer = good
    for (const gzip of [false, true]) {
      const records = ['one line\n', Uint8Array.of(0, 255)]
      const options = { accessKey: 'key', gzip, commonAttributes: { where: 'here' } }
      assert.equal((await deliver(url, records, options)).accepted, true)
      const { headers, body } = got.at(-1) ?? assert.fail()
      const sent = JSON.parse((gzip ? gunzipSync(body) : body).toString()) as Record<string, unknown>
      assert.equal(headers['content-encoding'], gzip ? 'gzip' : undefined)
      assert.equal(headers['x-amz-firehose-protocol-version'], '1.0')
      assert.equal(headers['x-amz-firehose-access-key'], 'key')
      assert.equal(headers['x-amz-firehose-common-attributes'], '{"commonAttributes":{"where":"here"}}')
      assert.equal(sent['requestId'], headers['x-amz-firehose-request-id'])
      assert.deepEqual(sent['records'], [{ data: 'b25lIGxpbmUK' }, { data: 'AP8=' }])
    }
  })

  it('takes nothing but 200 for a yes', async () => {
    for (const status of [202, 400, 413, 500]) {
      answer = (requestId) => ({ ...good(requestId), status })
      const result = await deliver(url, ['x'], { accessKey: 'key' })
      assert.deepEqual([result.accepted, result.status, result.complaint], [false, status, null])
    }
  })

  it('takes no answer that is not of the documented form', async () => {
    assert.equal(await complaint(good), null)
    assert.equal(
      await complaint((id) => ({ ...good(id), headers: { 'content-type': 'text/plain' } })),
      'content type text/plain, not application/json',
    )
    assert.equal(
      await complaint((id) => ({ ...good(id), headers: { 'content-encoding': 'gzip' } })),
      'content encoding gzip',
    )
    assert.equal(await complaint(() => ({ body: 'OK' })), 'no JSON')
    assert.equal(await complaint(() => good('another')), 'request id "another", not id')
    assert.equal(await complaint(() => ({ body: '{"requestId":"id","timestamp":"now"}' })), 'timestamp "now"')
  })

  it('wraps events as a subscription of CloudWatch Logs does, and its test message', () => {
    const read = (record: Uint8Array) => JSON.parse(gunzipSync(record).toString()) as Record<string, unknown>
    const events = [
      { timestamp: 1_418_530_010_000, message: 'one' },
      { timestamp: 1_418_530_010_000, message: 'two' },
    ]
    const data = read(subscriptionRecord('/vpc/flow', 'eni-1-all', events))
    assert.deepEqual(
      [data['messageType'], data['owner'], data['logGroup']],
      ['DATA_MESSAGE', '123456789012', '/vpc/flow'],
    )
    const logEvents = data['logEvents'] as { id: string; message: string }[]
    assert.equal(new Set(logEvents.map(({ id }) => id)).size, 2)
    assert.equal(read(subscriptionRecord('/vpc/flow', 'eni-1-all', []))['messageType'], 'CONTROL_MESSAGE')
  })
})
