/** IPFIX over real TCP and TLS sockets on loopback, through the real intake thread. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createConnection, createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls'
import fc from 'fast-check'
import type { StreamSettings } from '../../../../src/server/messages.ts'
import { TlsFiles } from '../../../../src/server/intake/sources/tls-files.ts'
import { startIntake, type Intake } from '../../../support/intake.ts'
import { set, u16, u32, version10, type Octets } from '../../../support/wire.ts'

const STREAMS: StreamSettings = { connections: 16, idleMs: 60_000, tls: null }
/** Template 300 of a source address and an octet count, and one record of it. */
const template = set(2, [...u16(300), ...u16(2), ...u16(8), ...u16(4), ...u16(1), ...u16(4)])
const record = (last: number, bytes: number): Octets => [10, 0, 0, last, ...u32(bytes)]
const first = version10([template, set(300, record(1, 100))])
const second = version10([set(300, record(2, 200))], { sequence: 1 })

function portOf(intake: Intake, n = 0): number {
  return Number(new URL((intake.listeners[n] as { url: string }).url).port)
}

async function connect(intake: Intake, host = '127.0.0.1'): Promise<Socket> {
  const socket = createConnection(portOf(intake), host)
  await once(socket, 'connect')
  // What Weir ends in an unfriendly way is a reset here.
  socket.on('error', () => undefined)
  return socket
}

async function connectionsOf(intake: Intake): Promise<number | null | undefined> {
  return (await intake.calls.call('listeners', undefined))[0]?.connections
}

describe('IPFIX over TCP', () => {
  it('one listener serves many exporters; messages come in any slices', async () => {
    const intake = await startIntake({ listen: ['tcp://127.0.0.1:0'] })
    assert.match((intake.listeners[0] as { url: string }).url, /^tcp:\/\/127\.0\.0\.1:[1-9]\d+$/)
    let expected = 0
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }), async (sizes) => {
        const sockets = [await connect(intake), await connect(intake)]
        const bytes = Buffer.concat([first, second])
        for (const socket of sockets) {
          socket.setNoDelay(true)
          for (let at = 0, i = 0; at < bytes.length; i++) {
            const size = sizes[i % sizes.length] as number
            await new Promise((sent) => socket.write(bytes.subarray(at, at + size), sent))
            at += size
          }
        }
        expected += 4
        await intake.until(() => intake.rows.length === expected)
        for (const socket of sockets) socket.end()
      }),
      { numRuns: 5 },
    )
    assert.deepEqual(intake.counters.losses(), {})
    assert.deepEqual(
      [...new Set(intake.rows.map((row) => `${row['src.ip']} ${row['bytes']} ${row['exporter']}`))],
      ['10.0.0.1 100 127.0.0.1', '10.0.0.2 200 127.0.0.1'],
    )
    await intake.stop()
  })

  it('what is no IPFIX ends its connection, counted by name and logged once; others go on', async () => {
    const intake = await startIntake({ listen: ['tcp://127.0.0.1:0'] })
    const good = await connect(intake)
    good.write(first)
    await intake.until(() => intake.rows.length === 1)
    const version9 = Buffer.alloc(40)
    version9.writeUInt16BE(9, 0)
    const short = Buffer.from([0, 10, 0, 15, 0, 0])
    for (const bad of [version9, short, Buffer.from('GET / HTTP/1.1\r\n\r\n')]) {
      const socket = await connect(intake)
      const closed = once(socket, 'close')
      socket.write(bad)
      await closed
    }
    await intake.until(() => intake.counters.get('stream.notIpfix') === 3)
    await intake.until(() => intake.log.some(({ message }) => message.startsWith('stream.notIpfix from 127.0.0.1: ')))
    good.write(second)
    await intake.until(() => intake.rows.length === 2)
    assert.equal(await connectionsOf(intake), 1)
    good.destroy()
    await intake.stop()
  })

  it('a message that the end of its connection cuts is counted', async () => {
    const intake = await startIntake({ listen: ['tcp://127.0.0.1:0'] })
    const socket = await connect(intake)
    socket.end(Buffer.concat([first, second.subarray(0, 17)]))
    await intake.until(() => intake.rows.length === 1 && intake.counters.get('stream.cut') === 1)
    await intake.stop()
  })

  it('more connections than the limit are refused and counted; idle ones are closed', async () => {
    const intake = await startIntake({
      listen: ['tcp://127.0.0.1:0'],
      streams: { ...STREAMS, connections: 2, idleMs: 300 },
    })
    const [one, two] = [await connect(intake), await connect(intake)]
    const refused = await connect(intake)
    await once(refused, 'close')
    await intake.until(() => intake.counters.get('stream.full') === 1)
    assert.equal(await connectionsOf(intake), 2)
    await Promise.all([once(one, 'close'), once(two, 'close')])
    const again = await connect(intake)
    again.write(first)
    await intake.until(() => intake.rows.length === 1)
    again.destroy()
    await intake.stop()
  })

  it('while the store is busy an exporter has to wait, and nothing is lost', async () => {
    const intake = await startIntake({ listen: ['tcp://127.0.0.1:0'] })
    intake.take(false)
    const socket = await connect(intake)
    socket.write(first)
    const many = version10([set(300, ...Array.from({ length: 2000 }, (_, i) => record(i & 255, i)))])
    // 100 messages of 2,000 flows; of the four batches of 8,192 flows that may be under way, two.
    const sent = Array.from({ length: 100 }, () => new Promise((done) => socket.write(many, done)))
    await intake.until(() => intake.counters.get('queuedBatches') >= 2)
    intake.take(true)
    await Promise.all(sent)
    await intake.until(() => intake.rows.length === 200_001)
    assert.equal(intake.counters.get('queue.full'), 0)
    socket.destroy()
    await intake.stop()
  })

  it('stops while connections are open', async () => {
    const intake = await startIntake({ listen: ['tcp://127.0.0.1:0', 'tls://127.0.0.1:0'], streams: withTls() })
    const socket = await connect(intake)
    // A handshake that never ends.
    const silent = createConnection(portOf(intake, 1), '127.0.0.1')
    silent.on('error', () => undefined)
    await once(silent, 'connect')
    socket.write(first)
    await intake.until(() => intake.rows.length === 1)
    await intake.stop()
  })

  it('a port that is taken is one clear error', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    await assert.rejects(
      startIntake({ listen: [`tcp://127.0.0.1:${port}`] }),
      (error: { code: string; message: string }) =>
        error.code === 'portTaken' && error.message.startsWith(`listener tcp://127.0.0.1:${port}: address in use`),
    )
    taken.close()
  })
})

const folder = mkdtempSync(join(tmpdir(), 'weir-test-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const path = (name: string): string => join(folder, name)

/** A root, a server's certificate for 127.0.0.1 and a client's, made by openssl. */
const openssl = (() => {
  const run = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(stderr)
  }
  if (spawnSync('openssl', ['version']).status !== 0) return false
  const root = ['-CA', 'root.pem', '-CAkey', 'root.key']
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  run('req', '-x509', ...key, '-keyout', 'root.key', '-out', 'root.pem', '-subj', '/CN=Test root')
  run(
    'req',
    '-x509',
    ...root,
    ...key,
    '-keyout',
    'server.key',
    '-out',
    'server.pem',
    '-subj',
    '/CN=collector',
    '-addext',
    'subjectAltName=IP:127.0.0.1',
  )
  run('req', '-x509', ...root, ...key, '-keyout', 'client.key', '-out', 'client.pem', '-subj', '/CN=exporter')
  return true
})()
const noOpenssl = openssl ? false : 'openssl is missing: apt-get install -y openssl'

function withTls(clientCa?: string): StreamSettings {
  return { ...STREAMS, tls: { certificate: path('server.pem'), key: path('server.key'), clientCa } }
}

async function connectTo(intake: Intake, options: ConnectionOptions = {}): Promise<TLSSocket> {
  const socket = connectTls({
    host: '127.0.0.1',
    port: portOf(intake),
    ca: readFileSync(path('root.pem')),
    ...options,
  })
  // With TLS 1.3, a client learns that it is refused after its handshake.
  socket.on('error', () => undefined)
  await once(socket, 'secureConnect')
  return socket
}

describe('IPFIX over TLS', { skip: noOpenssl }, () => {
  it('messages come in', async () => {
    const intake = await startIntake({ listen: ['tls://127.0.0.1:0'], streams: withTls() })
    assert.match((intake.listeners[0] as { url: string }).url, /^tls:\/\/127\.0\.0\.1:/)
    const socket = await connectTo(intake)
    assert.equal(socket.authorized, true)
    for (const byte of first) socket.write(Uint8Array.of(byte))
    await intake.until(() => intake.rows.length === 1)
    assert.equal(intake.rows[0]?.['exporter'], '127.0.0.1')
    assert.equal(await connectionsOf(intake), 1)
    socket.destroy()
    await intake.stop()
  })

  it('with clientCa, only exporters with a certificate signed by it come in', async () => {
    const intake = await startIntake({ listen: ['tls://127.0.0.1:0'], streams: withTls(path('root.pem')) })
    const known = await connectTo(intake, {
      cert: readFileSync(path('client.pem')),
      key: readFileSync(path('client.key')),
    })
    known.write(first)
    await intake.until(() => intake.rows.length === 1)
    void connectTo(intake).catch(() => undefined)
    await intake.until(() => intake.counters.get('stream.tlsFailed') === 1)
    known.destroy()
    await intake.stop()
  })

  it('what is not TLS is counted', async () => {
    const intake = await startIntake({ listen: ['tls://127.0.0.1:0'], streams: withTls() })
    const socket = await connect(intake)
    socket.write(first)
    await intake.until(() => intake.counters.get('stream.tlsFailed') === 1)
    assert.equal(intake.rows.length, 0)
    await intake.stop()
  })

  it('connections that never began a handshake stayed, until the listener was full', async () => {
    const intake = await startIntake({ listen: ['tls://127.0.0.1:0'], streams: { ...withTls(), idleMs: 300 } })
    const silent = await connect(intake)
    await once(silent, 'close')
    assert.equal(intake.counters.get('stream.tlsFailed'), 1)
    let connections: number | null | undefined
    await intake.until(() => {
      void connectionsOf(intake).then((now) => (connections = now))
      return connections === 0
    })
    await intake.stop()
  })

  it('files that change are read again; what does not fit leaves the certificate of before in use', async () => {
    const settings = { certificate: path('changing.pem'), key: path('changing.key') }
    copyFileSync(path('server.pem'), settings.certificate)
    copyFileSync(path('server.key'), settings.key)
    const files = TlsFiles.open('tls://127.0.0.1:0', settings, 5)
    const told = new EventEmitter()
    files.onChange(
      'tls://127.0.0.1:0',
      (level, message) => told.emit(level, message),
      ({ cert }) => told.emit('used', cert),
    )
    const warned = once(told, 'warn')
    // Another certificate, whose key is not there yet.
    copyFileSync(path('client.pem'), settings.certificate)
    assert.match(
      String((await warned)[0]),
      /no PEM certificate with its key.*; the certificate of before stays in use$/,
    )
    const used = once(told, 'used')
    copyFileSync(path('client.key'), settings.key)
    assert.deepEqual((await used)[0], readFileSync(path('client.pem')))
    files.close()
  })

  it('no certificate, a missing file or one of another key: an error that says what to do', async () => {
    const refused = async (tls: StreamSettings['tls'], wanted: RegExp): Promise<void> => {
      await assert.rejects(
        startIntake({ listen: ['tls://127.0.0.1:0'], streams: { ...STREAMS, tls } }),
        (error: { code: string; message: string }) => {
          assert.equal(error.code, 'badOption')
          assert.match(error.message, wanted)
          return true
        },
      )
    }
    await refused(
      null,
      /^listener tls:\/\/127\.0\.0\.1:0: TLS needs a certificate; name its files in the configuration/,
    )
    await refused(
      { certificate: path('none.pem'), key: path('server.key') },
      /^tls\.certificate .*none\.pem: no such file$/,
    )
    await refused({ certificate: path('server.pem'), key: path('client.key') }, /are no PEM certificate with its key/)
  })
})
