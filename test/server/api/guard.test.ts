/** Only this server's own names, only its own pages. */
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../../support/app.ts'

let server: TestApp
let port: number

describe('who may ask', () => {
  before(async () => {
    server = await createTestApp({ names: ['Flows.Example.org', '192.0.2.50'] })
    await server.app.listen({ host: '127.0.0.1', port: 0 })
    port = (server.app.server.address() as { port: number }).port
  })
  after(() => server.close())

  const own = () => `127.0.0.1:${port}`
  const cases: { what: string; headers: () => Record<string, string>; code: string | null }[] = [
    { what: 'its address', headers: () => ({ host: own() }), code: null },
    { what: 'localhost', headers: () => ({ host: `localhost:${port}` }), code: null },
    { what: 'localhost, whatever the port', headers: () => ({ host: 'LOCALHOST' }), code: null },
    { what: 'IPv6 loopback', headers: () => ({ host: `[::1]:${port}` }), code: null },
    { what: 'a name that was given', headers: () => ({ host: `flows.example.org:${port}` }), code: null },
    { what: 'a name that was given, with the final dot', headers: () => ({ host: 'flows.example.org.' }), code: null },
    { what: 'an address that was given', headers: () => ({ host: '192.0.2.50:3055' }), code: null },
    { what: 'a name that leads here by DNS', headers: () => ({ host: `attacker.example:${port}` }), code: 'wrongHost' },
    {
      what: 'a name that begins like a loopback address',
      headers: () => ({ host: '127.0.0.1.attacker.example' }),
      code: 'wrongHost',
    },
    {
      what: 'a name that ends like one of ours',
      headers: () => ({ host: 'evil-flows.example.org' }),
      code: 'wrongHost',
    },
    { what: 'another address', headers: () => ({ host: '10.0.0.1' }), code: 'wrongHost' },
    { what: 'a name with a path', headers: () => ({ host: 'localhost/x' }), code: 'wrongHost' },
    {
      what: 'its own page',
      headers: () => ({ host: own(), origin: `http://${own()}`, 'sec-fetch-site': 'same-origin' }),
      code: null,
    },
    {
      what: 'its own page behind a proxy with TLS',
      headers: () => ({ host: own(), origin: 'https://flows.example.org' }),
      code: null,
    },
    {
      what: 'a page of another site',
      headers: () => ({ host: own(), origin: 'https://attacker.example' }),
      code: 'wrongOrigin',
    },
    {
      what: 'a page on another port',
      headers: () => ({ host: own(), origin: 'http://127.0.0.1:1' }),
      code: 'wrongOrigin',
    },
    { what: 'a page without origin', headers: () => ({ host: own(), origin: 'null' }), code: 'wrongOrigin' },
    {
      what: 'an image on another site',
      headers: () => ({ host: own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }),
      code: 'wrongOrigin',
    },
    {
      what: 'a script on another port',
      headers: () => ({ host: own(), 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }),
      code: 'wrongOrigin',
    },
    {
      what: 'a link on another site',
      headers: () => ({ host: own(), 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }),
      code: null,
    },
  ]
  for (const { what, headers, code } of cases) {
    it(`${code === null ? 'answers' : 'refuses'} ${what}`, async () => {
      const { status, body, given } = await ask(headers())
      if (code === null) assert.equal(status, 200, body)
      else {
        assert.equal(status, 403)
        assert.equal((JSON.parse(body) as { error: { code: string } }).error.code, code)
      }
      assert.equal(given['access-control-allow-origin'], undefined)
      assert.match(String(given['content-security-policy']), /default-src 'self';.*frame-ancestors 'none'/)
      assert.equal(given['x-content-type-options'], 'nosniff')
      assert.equal(given['referrer-policy'], 'no-referrer')
    })
  }

  it('refuses requests without a name', async () => {
    for (const text of [
      'GET /api/fields HTTP/1.1\r\nHost:\r\n\r\n',
      'GET /api/fields HTTP/1.0\r\n\r\n',
      'GET /api/fields HTTP/1.1\r\n\r\n',
    ]) {
      const said = await new Promise<string>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(text))
        let answer = ''
        socket.on('data', (part) => (answer += part.toString()))
        socket.on('close', () => resolve(answer))
      })
      assert.match(said, /^HTTP\/1\.1 4/)
      assert.doesNotMatch(said, /src\.ip/)
    }
  })

  it('the policy names no other host and nothing unsafe', async () => {
    const { given } = await ask({ host: own() })
    assert.doesNotMatch(String(given['content-security-policy']), /https?:|\*|unsafe/)
  })
})

function ask(
  headers: Record<string, string>,
): Promise<{ status: number; body: string; given: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: '/api/fields', headers, agent: false }, (response) => {
      let body = ''
      response.on('data', (part: Buffer) => (body += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body, given: response.headers }))
    })
    asked.on('error', reject)
    asked.end()
  })
}
