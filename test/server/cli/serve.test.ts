import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { netflow5Flows } from '../../support/flows.ts'
import { startServer, until } from '../../support/server.ts'
import { weir } from '../../support/weir.ts'

const folder = mkdtempSync(join(tmpdir(), 'weir-serve-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const usual = ['serve', '--data', join(folder, 'data'), '--http', '127.0.0.1:0', '--listen', 'udp://127.0.0.1:0']

describe('weir serve', () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`${signal} ends it with 0, and the next start finds every flow`, async () => {
      const dataDir = join(folder, signal)
      const first = await startServer({ dataDir })
      await first.send(netflow5Flows(30), netflow5Flows(12))
      await until('datagrams are received', async () => (await first.call('health')).intake.datagrams === 2)
      assert.equal(await first.end(signal), 0)
      const second = await startServer({ dataDir })
      try {
        const { rows, meta } = await second.call('query', { from: 'now-1h' })
        assert.deepEqual(rows, [[42_000, 420, 42]])
        assert.equal(meta.totals.flows, 42)
        assert.equal((await second.call('health')).store.flows, 42)
      } finally {
        await second.stop()
      }
    })
  }

  it('a SIGINT that arrives twice at once, as through npm, loses nothing', async () => {
    const dataDir = join(folder, 'twice')
    const first = await startServer({ dataDir })
    await first.send(netflow5Flows(30))
    await until('the datagram is received', async () => (await first.call('health')).intake.datagrams === 1)
    void first.end('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 5))
    assert.equal(await first.end('SIGINT'), 0)
    const second = await startServer({ dataDir })
    try {
      assert.equal((await second.call('health')).store.flows, 30)
    } finally {
      await second.stop()
    }
  })

  it('a damaged filters.json refused the start', async () => {
    const dataDir = join(folder, 'damaged filters')
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'filters.json'), '{"office": "ip:10.0')
    const server = await startServer({ dataDir })
    try {
      assert.deepEqual(await server.call('filters'), { filters: [] })
      const { findings } = await server.call('health')
      assert.ok(findings.some(({ code }) => code === 'filters.damaged'))
      assert.match(server.log(), /"level":"error".*filters\.json holds no named filters/)
      assert.equal(readFileSync(join(dataDir, 'filters.json.damaged'), 'utf8'), '{"office": "ip:10.0')
    } finally {
      await server.stop()
    }
  })

  it('a flow is there within two seconds, without anybody asking for it', async () => {
    const server = await startServer()
    try {
      await server.send(netflow5Flows(1))
      await until('the flow is stored', async () => (await server.call('health')).store.flows === 1, 2)
    } finally {
      await server.stop()
    }
  })

  it('prints one line for each address, http first', async () => {
    const server = await startServer({
      listen: ['udp://127.0.0.1:0', 'udp://[::1]:0'],
      args: ['--log-level', 'silent'],
    })
    try {
      const health = await server.call('health')
      assert.equal(health.intake.listeners.length, 2)
      assert.equal(server.udp, health.intake.listeners[0]?.url.slice('udp://'.length))
      assert.match(health.intake.listeners[1]?.url ?? '', /^udp:\/\/\[::1\]:[1-9]\d*$/)
      assert.equal(server.log(), '')
    } finally {
      await server.stop()
    }
  })

  it('listens on nothing when told so', async () => {
    const server = await startServer({ listen: ['none'] })
    try {
      assert.deepEqual((await server.call('health')).intake.listeners, [])
    } finally {
      await server.stop()
    }
  })

  it('a port that is taken is one clear error', async () => {
    const http = createServer().listen(0, '127.0.0.1')
    const udp = createSocket('udp4')
    await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve))
    const port = (http.address() as { port: number }).port
    try {
      const taken = await weir(...usual, '--http', `127.0.0.1:${port}`, '--log-level', 'silent')
      assert.deepEqual([taken.code, taken.out], [1, ''])
      assert.equal(
        taken.error,
        `weir: http 127.0.0.1:${port}: address in use; another program listens on port ${port}. Stop it, or choose another: --http 127.0.0.1:${port + 1}\n`,
      )
      const url = `udp://127.0.0.1:${udp.address().port}`
      const busy = await weir(...usual, '--listen', url, '--log-level', 'silent')
      assert.deepEqual([busy.code, busy.out], [1, ''])
      assert.match(busy.error, new RegExp(`^weir: .*${url.replaceAll('.', '\\.')}.*\n$`))
    } finally {
      http.close()
      udp.close()
    }
  })

  it('a folder that another Weir holds is one clear error', async () => {
    const server = await startServer()
    try {
      const second = await weir(...usual, '--data', server.dataDir, '--log-level', 'silent')
      assert.deepEqual([second.code, second.out], [1, ''])
      assert.match(second.error, new RegExp(`^weir: .*${server.pid}.*\n$`))
    } finally {
      await server.stop()
    }
  })

  const wrong: [string, string[], RegExp][] = [
    ['an unknown option', ['--dta', 'x'], /unknown option '--dta' \(Did you mean --data\?\)/],
    ['an option without its value', ['--data'], /'--data <dir>' argument missing/],
    ['a listener without port', ['--listen', 'udp://0.0.0.0'], /--listen 0\.0\.0\.0 is no address; write HOST:PORT/],
    [
      'a TLS listener without a certificate',
      ['--listen', 'tls://127.0.0.1:0', '--log-level', 'silent'],
      /listener tls:\/\/127\.0\.0\.1:0: TLS needs a certificate; name its files in the configuration/,
    ],
    ['a listener of another kind', ['--listen', 'http://0.0.0.0:1'], /is no listener; write udp:\/\/HOST:PORT/],
    ['a port that is none', ['--http', '127.0.0.1:70000'], /--http 127\.0\.0\.1:70000 is no address/],
    [
      'a store that is not there yet',
      ['--store', 'clickhouse://127.0.0.1'],
      /only the embedded store is available yet/,
    ],
    ['a log level that is none', ['--log-level', 'loud'], /Allowed choices are debug, info, warn, error, silent/],
    ['a file that is not there', ['--config', join(folder, 'none.yaml')], /none\.yaml cannot be read/],
    ['a key that is not known', ['--config', 'weir.yaml'], /htttp is not known; did you mean http\?/],
    ['an argument', ['data'], /too many arguments/],
  ]
  for (const [what, args, message] of wrong) {
    it(`${what} ends it with 2 and one line`, async () => {
      const file = join(folder, 'weir.yaml')
      writeFileSync(file, 'htttp: {}\n')
      const { code, out, error } = await weir(...usual, ...args.map((arg) => (arg === 'weir.yaml' ? file : arg)))
      assert.deepEqual([code, out], [2, ''], error)
      assert.match(error, /^weir: [^\n]*\n$/)
      assert.match(error, message)
    })
  }

  it('--help has examples', async () => {
    const { code, out, error } = await weir('serve', '--help')
    assert.deepEqual([code, error], [0, ''])
    assert.match(out, /Examples:\n {2}weir serve/)
  })
})
