/** Whatever is wrong with a request, the answer says what, in one form. */
import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { ERRORS } from '../../../src/shared/api/errors.ts'
import { createTestApp, type TestApp } from '../../support/app.ts'

let server: TestApp

describe('bad requests', () => {
  before(async () => {
    server = await createTestApp()
  })
  after(() => server.close())

  const refused: {
    what: string
    method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
    url: string
    body?: string
    type?: string
    status: number
    code: string
    message: RegExp
  }[] = [
    {
      what: 'an unknown call',
      url: '/api/nothing',
      status: 404,
      code: 'notFound',
      message: /no GET \/api\/nothing; GET \/api\/openapi.json/,
    },
    {
      what: 'an unknown word behind the ? of an address',
      url: '/api/suggest?q=src',
      status: 400,
      code: 'badRequest',
      message: /^q is not known; there are filter, within, cursor, /,
    },
    {
      what: 'a number behind the ? that is none',
      url: '/api/suggest?cursor=x',
      status: 400,
      code: 'badRequest',
      message: /^cursor is no number: a number is needed/,
    },
    {
      what: 'an import of a type that is not built yet, whatever its body',
      method: 'POST',
      url: '/api/import?type=vpc',
      body: '2 123456789010 eni-1',
      type: 'text/plain',
      status: 501,
      code: 'notAvailable',
      message: /there is no type vpc; there are pcap, weir-parquet/,
    },
    {
      what: 'another method',
      url: '/api/query',
      status: 405,
      code: 'wrongMethod',
      message: /\/api\/query takes POST, not GET/,
    },
    {
      what: 'another method on a call that reads',
      method: 'DELETE',
      url: '/api/health',
      status: 405,
      code: 'wrongMethod',
      message: /takes GET/,
    },
    {
      what: 'a body that is no JSON',
      method: 'POST',
      url: '/api/query',
      body: '{"from"',
      status: 400,
      code: 'badRequest',
      message: /cannot be read/,
    },
    {
      what: 'no body',
      method: 'POST',
      url: '/api/query',
      body: '',
      status: 400,
      code: 'badRequest',
      message: /body is empty/,
    },
    {
      what: 'a body of another type',
      method: 'POST',
      url: '/api/query',
      body: 'from=now',
      type: 'text/plain',
      status: 415,
      code: 'wrongType',
      message: /Content-Type: application\/json/,
    },
    {
      what: 'a form',
      method: 'POST',
      url: '/api/demo',
      body: 'run=true',
      type: 'application/x-www-form-urlencoded',
      status: 415,
      code: 'wrongType',
      message: /JSON/,
    },
    {
      what: 'a list for a body',
      method: 'POST',
      url: '/api/query',
      body: '[]',
      status: 400,
      code: 'badRequest',
      message: /an object is needed/,
    },
    {
      what: 'null for a body',
      method: 'POST',
      url: '/api/query',
      body: 'null',
      status: 400,
      code: 'badRequest',
      message: /from is missing/,
    },
    {
      what: 'a missing field',
      method: 'POST',
      url: '/api/query',
      body: '{}',
      status: 400,
      code: 'badRequest',
      message: /^from is missing/,
    },
    {
      what: 'an unknown field',
      method: 'POST',
      url: '/api/query',
      body: '{"from":0,"groupby":["src.ip"]}',
      status: 400,
      code: 'badRequest',
      message: /groupby is not known; did you mean groupBy\?/,
    },
    {
      what: 'an unknown measure',
      method: 'POST',
      url: '/api/query',
      body: '{"from":0,"measures":["octets"]}',
      status: 400,
      code: 'badRequest',
      message: /measures\[0\]: octets is no measure; take bytes, packets/,
    },
    {
      what: 'a number that is too large',
      method: 'POST',
      url: '/api/query',
      body: '{"from":0,"limit":5000}',
      status: 400,
      code: 'tooMany',
      message: /limit: 5000 is more than limits\.question\.groups \(1000\)/,
    },
    {
      what: 'a number of another kind',
      method: 'POST',
      url: '/api/flows',
      body: '{"from":0,"limit":1.5}',
      status: 400,
      code: 'badRequest',
      message: /limit is 1.5: a whole number is needed/,
    },
    {
      what: 'an unknown scope',
      method: 'POST',
      url: '/api/query',
      body: '{"from":0,"scope":"egress"}',
      status: 400,
      code: 'badRequest',
      message: /scope is "egress": one of all, ingress, deduplicated is needed/,
    },
    {
      what: 'a filter with a mistake',
      method: 'POST',
      url: '/api/flows',
      body: '{"from":0,"filter":"src.ip:10.0.0.300"}',
      status: 400,
      code: 'badFilter',
      message: /10\.0\.0\.300 is no address/,
    },
    {
      what: 'a filter that is too long',
      method: 'POST',
      url: '/api/query',
      body: JSON.stringify({ from: 0, filter: 'x'.repeat(70_000) }),
      status: 400,
      code: 'badRequest',
      message: /filter is .*: at most 65536 letters/,
    },
    {
      what: 'too many cells',
      method: 'POST',
      url: '/api/query',
      body: '{"from":"now-30d","groupBy":["src.ip"],"limit":1000,"interval":"1m"}',
      status: 400,
      code: 'tooMany',
      message: /cells/,
    },
    {
      what: 'a body of a megabyte',
      method: 'POST',
      url: '/api/query',
      body: `"${'x'.repeat(2 ** 20)}"`,
      status: 413,
      code: 'tooLarge',
      message: /larger/,
    },
    {
      what: 'prototype pollution',
      method: 'POST',
      url: '/api/query',
      body: '{"__proto__":{"from":0}}',
      status: 400,
      code: 'badRequest',
      message: /./,
    },
    {
      what: 'demo traffic without a listener',
      method: 'POST',
      url: '/api/demo',
      body: '{"run":true}',
      status: 400,
      code: 'badRequest',
      message: /no listener/,
    },
  ]
  for (const { what, method = 'GET', url, body, type = 'application/json', status, code, message } of refused) {
    it(what, async () => {
      const answer = await server.app.inject({
        method,
        url,
        ...(body === undefined ? {} : { payload: body, headers: { 'content-type': type } }),
      })
      const { error } = answer.json<{ error: { code: string; message: string } }>()
      assert.equal(error.code, code, error.message)
      assert.equal(answer.statusCode, status)
      assert.match(error.message, message)
      assert.match(String(answer.headers['content-type']), /^application\/json/)
      assert.equal((ERRORS as Record<string, { status?: number }>)[code]?.status, status)
    })
  }

  it('a mistake in a filter has its place', async () => {
    const answer = await server.app.inject({
      method: 'POST',
      url: '/api/query',
      payload: { from: 0, filter: 'tcp and srcipp:1' },
    })
    const { error } = answer.json<{ error: { detail: { from: number; to: number } } }>()
    assert.deepEqual([error.detail.from, error.detail.to], [8, 14])
  })

  it('an address that cannot be read', async () => {
    const answer = await server.app.inject({ url: '/%E0%A4%A' })
    assert.equal(answer.statusCode, 400)
    assert.equal(answer.json<{ error: { code: string } }>().error.code, 'badRequest')
  })

  it('what is no HTTP at all', async () => {
    await server.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = server.app.server.address() as { port: number }
    const said = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => socket.write('\x05\x00\x00\x00 netflow\r\n\r\n'))
      let text = ''
      socket.on('data', (part) => (text += part.toString()))
      socket.on('close', () => resolve(text))
    })
    assert.match(said, /^HTTP\/1\.1 400 /)
    assert.match(said, /"code":"badRequest"/)
  })
})
