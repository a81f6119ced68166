import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { createTestApp, type TestApp } from '../../support/app.ts'

const folder = new URL('../../../dist/web/', import.meta.url)
let server: TestApp

describe(
  'the page',
  { skip: existsSync(new URL('index.html', folder)) ? false : 'it is not built; npm run build builds it' },
  () => {
    before(async () => {
      server = await createTestApp()
    })
    after(() => server.close())

    it('answers to every path that is no file and no call', async () => {
      for (const url of ['/', '/flows', '/explore?from=now-1h', '/a/b/', '/%2e%2e/package.json', '/index.html']) {
        const answer = await server.app.inject({ url })
        assert.equal(answer.statusCode, 200, url)
        assert.match(answer.body, /<div id="root">/, url)
        assert.equal(answer.headers['cache-control'], 'no-cache')
      }
      assert.equal((await server.app.inject({ method: 'HEAD', url: '/flows' })).statusCode, 200)
    })

    it('is not what a missing file or call answers', async () => {
      for (const url of ['/assets/gone-12345678.js', '/assets/', '/api/', '/api', '/api/gone', '/metrics/x'])
        assert.equal((await server.app.inject({ url })).statusCode, 404, url)
      assert.equal((await server.app.inject({ method: 'POST', url: '/flows', payload: {} })).statusCode, 404)
    })

    it('its files come compressed, and may be kept where their name has a hash', async () => {
      const file = readdirSync(new URL('assets/', folder)).find((name) => name.endsWith('.js'))
      for (const encoding of ['br', 'gzip', 'identity']) {
        const { statusCode, headers } = await server.app.inject({
          url: `/assets/${file}`,
          headers: { 'accept-encoding': encoding },
        })
        assert.equal(statusCode, 200)
        assert.equal(headers['content-encoding'] ?? 'identity', encoding)
        assert.match(String(headers['content-type']), /^(text|application)\/javascript/)
        assert.match(String(headers['cache-control']), /immutable/)
        assert.match(String(headers.vary), /accept-encoding/i)
      }
    })
  },
)
