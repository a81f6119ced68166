/** The real thread with real sockets on loopback. */
import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { startIntake, type Intake } from '../../support/intake.ts'

/** NetFlow is tested elsewhere: an sFlow datagram with one sample of an empty list of records is one row. */
function sflow(sequence: number, samples = 1): Buffer {
  const words = [5, 1, 0x0a00_0001, 0, sequence, 0, samples]
  for (let i = 0; i < samples; i++) words.push(1, 32, i, 5, 100, 0, 0, 5, 7, 0)
  const bytes = Buffer.alloc(words.length * 4)
  words.forEach((word, i) => bytes.writeUInt32BE(word, 4 * i))
  return bytes
}

async function send(to: string, datagrams: readonly Buffer[], type: 'udp4' | 'udp6' = 'udp4'): Promise<void> {
  const { hostname, port } = new URL(to)
  const socket = createSocket(type)
  for (const bytes of datagrams)
    await new Promise<void>((resolve, reject) =>
      socket.send(bytes, Number(port), hostname.replace(/[[\]]/g, ''), (error) => (error ? reject(error) : resolve())),
    )
  const closed = once(socket, 'close')
  socket.close()
  await closed
}

const urlOf = (intake: Intake, n = 0): string => (intake.listeners[n] as { url: string }).url

describe('intake thread', () => {
  it('listens on a free port, says which, and hands rows to the store without a full batch', async () => {
    const intake = await startIntake()
    assert.match(urlOf(intake), /^udp:\/\/127\.0\.0\.1:[1-9]\d+$/)
    await send(urlOf(intake), [sflow(1), sflow(2), sflow(3)])
    await intake.until(() => intake.rows.length === 3)
    assert.equal(intake.counters.get('datagrams'), 3)
    assert.equal(intake.counters.get('bytes'), 3 * sflow(1).length)
    assert.equal(intake.counters.get('flows'), 3)
    assert.equal(intake.counters.get('enriched'), 3)
    await intake.until(() => intake.counters.get('queuedBatches') === 0)
    assert.deepEqual(intake.counters.losses(), {})
    const [exporter] = await intake.calls.call('exporters', undefined)
    assert.equal(exporter?.address, '10.0.0.1')
    assert.deepEqual(exporter?.protocols, ['sflow5'])
    assert.equal(exporter?.flows, 3)
    assert.deepEqual(exporter?.sampling, [
      { domain: 0, sampler: 'source 5', rate: 100, source: 'record', dropped: 0, missing: 0 },
    ])
    assert.ok(
      intake.log.some(
        ({ level, message }) => level === 'info' && message.startsWith(`listening on ${urlOf(intake)}, receive buffer`),
      ),
    )
    await intake.stop()
  })

  it('hands on at stop what has arrived', async () => {
    const intake = await startIntake()
    await send(
      urlOf(intake),
      Array.from({ length: 50 }, (_, i) => sflow(i + 1, 20)),
    )
    await intake.stop()
    assert.equal(intake.rows.length, 1000)
  })

  it('IPv6 and IPv4 on one wildcard socket; IPv4 exporters are known by their IPv4 address', async () => {
    const intake = await startIntake({ listen: ['udp://[::]:0'] })
    const port = new URL(urlOf(intake)).port
    const v8 = Buffer.alloc(24)
    v8.writeUInt16BE(8, 0)
    await send(`udp://127.0.0.1:${port}`, [sflow(1)])
    await send(`udp://[::1]:${port}`, [sflow(2)], 'udp6')
    await send(`udp://127.0.0.1:${port}`, [v8])
    await intake.until(() => intake.rows.length === 2 && intake.counters.get('decode.unsupportedVersion') === 1)
    await intake.until(() =>
      intake.log.some(({ message }) => message.startsWith('decode.unsupportedVersion from 127.0.0.1: ')),
    )
    await intake.stop()
  })

  it('[::] and 0.0.0.0 may share a port', async () => {
    const first = await startIntake({ listen: ['udp://0.0.0.0:0'] })
    const { port } = new URL(urlOf(first))
    await first.stop()
    const both = await startIntake({ listen: [`udp://0.0.0.0:${port}`, `udp://[::]:${port}`] })
    assert.deepEqual(
      both.listeners.map(({ url }) => url),
      [`udp://0.0.0.0:${port}`, `udp://[::]:${port}`],
    )
    await both.stop()
  })

  it('a port that is taken is one clear error, and leaves nothing open', async () => {
    const taken = createSocket('udp4').bind(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address()
    await assert.rejects(
      startIntake({ listen: ['udp://127.0.0.1:0', `udp://127.0.0.1:${port}`] }),
      (error: { code: string; message: string }) => {
        assert.equal(error.code, 'portTaken')
        assert.match(
          error.message,
          new RegExp(
            `^listener udp://127\\.0\\.0\\.1:${port}: address in use; another collector is running, or choose --listen udp://127\\.0\\.0\\.1:\\d+$`,
          ),
        )
        return true
      },
    )
    taken.close()
  })

  it("an address that is not this machine's is one clear error", async () => {
    await assert.rejects(
      startIntake({ listen: ['udp://192.0.2.77:0'] }),
      (error: { code: string; message: string }) =>
        error.code === 'badOption' && error.message.includes('no such address'),
    )
  })

  it('none: no listener', async () => {
    const intake = await startIntake({ listen: ['none'] })
    assert.deepEqual(intake.listeners, [])
    await intake.stop()
  })

  it('a store that does not keep up costs rows by name, never more', async () => {
    const intake = await startIntake()
    intake.take(false)
    // A datagram of 140 samples; 8192 rows a batch, four batches under way.
    const datagrams = Math.ceil((8192 * 6) / 140)
    for (let sent = 0; sent < datagrams; sent += 20) {
      await send(
        urlOf(intake),
        Array.from({ length: Math.min(20, datagrams - sent) }, (_, i) => sflow(sent + i + 1, 140)),
      )
      await intake.until(() => intake.counters.get('datagrams') === Math.min(datagrams, sent + 20))
    }
    await intake.until(() => intake.counters.get('queue.full') > 0)
    assert.equal(intake.counters.get('queuedBatches'), 4)
    intake.take(true)
    await intake.until(() => intake.counters.get('queuedBatches') === 0)
    await send(urlOf(intake), [sflow(datagrams + 1)])
    await intake.until(
      () =>
        intake.counters.get('flows') === datagrams * 140 + 1 &&
        intake.rows.length + intake.counters.get('queue.full') === datagrams * 140 + 1,
    )
    await intake.stop()
  })

  it('garbage is counted and logged once, with its sender', async () => {
    const intake = await startIntake()
    await send(
      urlOf(intake),
      Array.from({ length: 200 }, () => Buffer.from('GET / HTTP/1.1\r\n\r\n')),
    )
    await send(urlOf(intake), [Buffer.alloc(0), sflow(1)])
    await intake.until(() => intake.counters.get('decode.notFlowData') === 201 && intake.rows.length === 1)
    await intake.until(() =>
      intake.log.some(({ message }) => message.startsWith('decode.notFlowData from 127.0.0.1: ')),
    )
    assert.equal(intake.log.filter(({ message }) => message.startsWith('decode.notFlowData')).length, 1)
    await intake.stop()
  })
})
