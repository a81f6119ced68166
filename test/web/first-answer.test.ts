/** Answers that come as lines: an estimate first, then what is exact. */
import assert from 'node:assert/strict'
import { createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import { askFirst, CallError } from '../../src/web/data/client.ts'
import type { QueryAnswer } from '../../src/web/data/hooks.ts'
import { exactnessOf, exactnessText } from '../../src/web/data/exactness.ts'
import { answerMeta } from '../support/answer-meta.ts'
import { noBrowser, startBrowser, violations, type TestBrowser } from '../support/browser.ts'
import { netflow5Flows } from '../support/flows.ts'
import { startServer, until, type TestServer } from '../support/server.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const EXACT: QueryAnswer = {
  columns: [{ name: 'bytes', kind: 'u64', unit: 'B' }],
  rows: [[1000]],
  meta: answerMeta(),
}

describe('an answer in lines', () => {
  let server: Server
  let handle: Handler = () => undefined
  const fetchHere = globalThis.fetch
  before(async () => {
    server = await listening((request, response) => handle(request, response))
    const base = originOf(server)
    globalThis.fetch = (path, init) => fetchHere(`${base}${path as string}`, init)
  })
  after(() => {
    globalThis.fetch = fetchHere
    server.close()
    server.closeAllConnections()
  })
  const seen = async (signal?: AbortSignal) => {
    const estimates: QueryAnswer[] = []
    const last = await askFirst({ from: 'now-1h' }, (estimate) => estimates.push(estimate), signal)
    return { estimates, last }
  }

  test('hands the estimate on, and answers what is exact, wherever the pieces are cut', async () => {
    const estimate = estimateOf({ ...EXACT, rows: [['ō']] })
    const bytes = Buffer.from(`${JSON.stringify(estimate)}\n${JSON.stringify(EXACT)}\n`)
    const middle = bytes.indexOf('ō') + 1
    handle = (_, response) => {
      response.write(bytes.subarray(0, middle), () => response.end(bytes.subarray(middle)))
    }
    assert.deepEqual(await seen(), { estimates: [estimate], last: EXACT })
  })

  test('of one line is exact at once', async () => {
    handle = (_, response) => response.end(JSON.stringify(EXACT))
    assert.deepEqual(await seen(), { estimates: [], last: EXACT })
  })

  test('that breaks off after the estimate is an error, not an answer', async () => {
    for (const cut of [
      (response: ServerResponse) => response.end(),
      (response: ServerResponse) => response.destroy(),
      (response: ServerResponse) => response.end(JSON.stringify(EXACT).slice(0, -9)),
    ]) {
      handle = (_, response) => response.write(`${JSON.stringify(estimateOf(EXACT))}\n`, () => cut(response))
      await assert.rejects(seen(), (error) => error instanceof CallError && error.code === 'unreachable')
    }
  })

  test('that is a refusal says why', async () => {
    handle = (_, response) => {
      response.statusCode = 400
      response.end(JSON.stringify({ error: { code: 'badFilter', message: 'no' } }))
    }
    await assert.rejects(seen(), (error) => error instanceof CallError && error.code === 'badFilter')
  })

  test('that nobody waits for any more is let go of', async () => {
    const leaving = new AbortController()
    const gone = new Promise<void>((resolve) => {
      handle = (_, response) => {
        response.once('close', resolve)
        response.write(`${JSON.stringify(estimateOf(EXACT))}\n`)
      }
    })
    const asked = askFirst({ from: 'now-1h' }, () => leaving.abort(), leaving.signal)
    await assert.rejects(asked, { name: 'AbortError' })
    await gone
  })
})

describe('what numbers are, in words', () => {
  const meta = EXACT.meta
  const cases: readonly (readonly [Partial<QueryAnswer['meta']>, string])[] = [
    [{}, 'exact'],
    [{ sampled: true }, 'sampled'],
    [{ exact: false }, 'not all there'],
    [{ exact: false, error: 0.000_121 }, 'exact to 0.013 %'],
    [{ exact: false, error: 0.000_001 }, 'exact to < 0.001 %'],
    [{ exact: false, estimated: true, error: 0.012 }, 'estimated, ± 1.2 %'],
    [{ exact: false, estimated: true, error: 0.2301, sampled: true }, 'estimated, ± 24 %'],
    [{ exact: false, estimated: true }, 'estimated'],
  ]
  for (const [part, words] of cases)
    test(words, () => assert.equal(exactnessText(exactnessOf({ ...meta, ...part })).replaceAll('\u2009', ' '), words))
})

describe('a panel with an estimate', { skip: noBrowser }, () => {
  let weir: TestServer
  let slow: Server
  let browser: TestBrowser
  /** Lets the exact answers go, when they are held back. */
  let release = (): void => undefined
  before(async () => {
    weir = await startServer()
    browser = await startBrowser()
    slow = await listening(slowly(weir.http, new Promise((resolve) => (release = resolve))))
    await weir.send(netflow5Flows(30, 60_000))
    await until('all flows are stored', async () => (await weir.call('health')).store.flows === 30)
  })
  after(async () => {
    await browser.close()
    slow.close()
    slow.closeAllConnections()
    await weir.stop()
  })

  test('shows it at once and marked, and gives way to what is exact', async () => {
    const page = await browser.open(`${originOf(slow)}/explore?by=src.ip&refresh=off`)
    const panel = page.getByRole('region', { name: /by src\.ip/ })
    await panel.getByText('estimated, ± 1.2\u2009%').waitFor()
    await page.locator('canvas').first().waitFor({ state: 'visible' })
    assert.equal(await panel.getAttribute('aria-busy'), 'true')
    assert.deepEqual(await violations(page), [])
    release()
    await panel.getByText('● exact').waitFor()
    assert.equal(await panel.getByText('estimated').count(), 0)
    assert.equal(await panel.getAttribute('aria-busy'), 'false')
    await page.close()
    assert.deepEqual(browser.faults, [])
  })
})

/** A Weir with so much to read that it answers first from a sample: this one's answers, marked, and then held back. */
function slowly(weir: string, exact: Promise<void>): Handler {
  return (request, response) => {
    const headers = { ...request.headers, 'accept-encoding': 'identity' }
    const on = ask(`${weir}${request.url ?? '/'}`, { method: request.method, headers }, (answer) => {
      const isLines = (answer.headers['content-type'] ?? '').includes('ndjson')
      if (!isLines) {
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(response)
        return
      }
      response.writeHead(200, { 'content-type': answer.headers['content-type'] })
      let line = ''
      answer.setEncoding('utf8')
      answer.on('data', (text: string) => (line += text))
      answer.once('end', () => {
        response.write(`${JSON.stringify(estimateOf(JSON.parse(line) as QueryAnswer))}\n`)
        void exact.then(() => response.end(line))
      })
    })
    on.once('error', () => response.destroy())
    request.pipe(on)
  }
}

function estimateOf(answer: QueryAnswer): QueryAnswer {
  return { ...answer, meta: { ...answer.meta, exact: false, estimated: true, error: 0.012 } }
}

async function listening(handler: Handler): Promise<Server> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return server
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
