/**
 * kill -9 of the real process: of `weir serve` while datagrams arrive, while it exports and imports, and of `weir import`. No
 * flow has the source of another one, so that each can be missed and be seen twice. `WEIR_KILLS=100` for more of it.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { pcapFrame, pcapHeader, udpFrame } from '../../src/server/intake/sources/pcap-writer.ts'
import { netflow5Flows } from '../support/flows.ts'
import { randoms } from '../support/random.ts'
import { startServer, until, type TestServer } from '../support/server.ts'
import { temporaryFolder } from '../support/temporary.ts'
import { weir } from '../support/weir.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const KILLS = Number(process.env['WEIR_KILLS'] ?? 1)
const SEED = Number(process.env['WEIR_SEED'] ?? 7)
const ALL = { from: 0, to: 'now+1d' } as const
const PER_DATAGRAM = 30
/** A capture that takes an import some hundred milliseconds. */
const CAPTURED = 2000
const timeout = 60_000 + KILLS * 30_000

/** Flows that are there; each is there once, and whole. */
async function flowsOf(server: TestServer): Promise<number> {
  const { rows } = await server.call('query', { ...ALL, measures: ['flows', 'unique(src.ip)', 'bytes', 'packets'] })
  const [flows, sources, bytes, packets] = (rows[0] ?? []).map((value) => Number(value ?? 0))
  assert.deepEqual([sources, bytes, packets], [flows, 1000 * (flows ?? 0), 10 * (flows ?? 0)], 'flows are there twice')
  const { store } = await server.call('health')
  assert.equal(store.flows, flows)
  assert.deepEqual(
    store.partitions.filter(({ state }) => state !== 'ok').map(({ day }) => day),
    [],
  )
  return flows ?? 0
}

/** Everything in the folder reads, and sums are those of the flows. */
async function checkFolder(dataDir: string): Promise<void> {
  const { code, out, error } = await weir('check', '--data', dataDir)
  assert.equal(code, 0, out + error)
}

/** What an export or import that was broken off leaves behind. */
function leftOver(dataDir: string): string[] {
  const folder = join(dataDir, 'tmp')
  return existsSync(folder) ? readdirSync(folder).filter((name) => name.startsWith('upkeep')) : []
}

/** A capture of flows from sources of their own. */
function writeCapture(file: string, first: number): void {
  const ends = {
    source: Uint8Array.of(192, 0, 2, 1),
    sourcePort: 40_000,
    destination: Uint8Array.of(192, 0, 2, 2),
    destinationPort: 2055,
  }
  const frames = Array.from({ length: CAPTURED }, (_, i) =>
    pcapFrame(Date.now(), udpFrame(ends, netflow5Flows(PER_DATAGRAM, 0, first + i * PER_DATAGRAM))),
  )
  writeFileSync(file, Buffer.concat([pcapHeader(), ...frames]))
}

describe('kill -9 of the real process', () => {
  it(
    'while datagrams arrive: what Health called stored is there, each flow once, and sums equal flows',
    { timeout },
    async (test) => {
      const dataDir = temporaryFolder(test)
      const draw = randoms(SEED)
      let sent = 0
      let stored = 0
      for (let kill = 0; kill < KILLS; kill++) {
        const server = await startServer({ dataDir })
        const found = await flowsOf(server)
        assert.ok(found >= stored, `${found} flows are there, ${stored} were stored before kill ${kill}`)
        assert.ok(found <= sent, `${found} flows are there, ${sent} were sent`)
        const socket = createSocket('udp4')
        const [host, port] = server.udp.split(':') as [string, string]
        const sending = setInterval(() => {
          for (let i = 0; i < 4; i++, sent += PER_DATAGRAM)
            socket.send(netflow5Flows(PER_DATAGRAM, 0, sent), Number(port), host)
        }, 5)
        const asking = setInterval(() => {
          void server.call('health').then(
            ({ store }) => (stored = Math.max(stored, store.flows)),
            () => undefined,
          )
        }, 100)
        await until('some are stored', async () => (await server.call('health')).store.flows > found)
        await wait(draw(1500))
        clearInterval(sending)
        clearInterval(asking)
        await server.end('SIGKILL')
        socket.close()
      }
      const server = await startServer({ dataDir })
      const found = await flowsOf(server)
      assert.ok(found >= stored && found <= sent)
      test.diagnostic(`${sent} flows sent, ${stored} known to be stored, ${found} there after ${KILLS} kills`)
      await server.end('SIGTERM')
      await checkFolder(dataDir)
    },
  )

  it(
    'while it exports and imports: no flow twice, no part of a file, and both work afterwards',
    { timeout },
    async (test) => {
      const folder = temporaryFolder(test)
      const dataDir = join(folder, 'data')
      const draw = randoms(SEED + 1)
      const capture = join(folder, 'flows.pcap')
      writeCapture(capture, 0)
      assert.equal((await weir('import', capture, '--data', dataDir)).code, 0)
      let flows = CAPTURED * PER_DATAGRAM
      for (let kill = 0; kill < KILLS; kill++) {
        const server = await startServer({ dataDir })
        assert.deepEqual(leftOver(dataDir), [])
        const found = await flowsOf(server)
        assert.ok(found >= flows, `${found} flows are there, ${flows} were`)
        flows = found
        const out = join(folder, 'out.parquet')
        const more = join(folder, `more-${kill}.pcap`)
        writeCapture(more, (kill + 1) * CAPTURED * PER_DATAGRAM)
        const exporting = weir(
          'export',
          '--from',
          '2000-01-01',
          '--to',
          'now+1d',
          '--server',
          server.http,
          '--out',
          out,
        )
        const importing = fetch(`${server.http}/api/import?again=true`, {
          method: 'POST',
          body: readFileSync(more),
        }).then(
          (response) => response.text(),
          () => null,
        )
        await wait(draw(2500))
        await server.end('SIGKILL')
        await importing
        const { code } = await exporting
        assert.equal(existsSync(out) && code !== 0, false, 'a part of a file was left')
        assert.ok(!existsSync(`${out}.part`))
      }
      const server = await startServer({ dataDir })
      test.diagnostic(`${await flowsOf(server)} flows there after ${KILLS} kills`)
      const file = join(folder, 'whole.parquet')
      assert.equal(
        (await weir('export', '--from', '2000-01-01', '--to', 'now+1d', '--server', server.http, '--out', file)).code,
        0,
      )
      assert.ok(statSync(file).size > 0)
      await server.end('SIGTERM')
      await checkFolder(dataDir)
    },
  )

  it('of weir import: no flow twice, and the file counts as not imported', { timeout }, async (test) => {
    const folder = temporaryFolder(test)
    const draw = randoms(SEED + 2)
    const capture = join(folder, 'flows.pcap')
    writeCapture(capture, 0)
    for (let kill = 0; kill < KILLS; kill++) {
      const dataDir = join(folder, `data-${kill}`)
      const child = spawn(process.execPath, ['bin/weir.mjs', 'import', capture, '--data', dataDir], {
        cwd: root,
        stdio: 'ignore',
      })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      await wait(300 + draw(2000))
      child.kill('SIGKILL')
      await ended
      const server = await startServer({ dataDir })
      const found = await flowsOf(server)
      const done = existsSync(join(dataDir, 'imported.json'))
      assert.ok(found <= CAPTURED * PER_DATAGRAM)
      if (done) assert.equal(found, CAPTURED * PER_DATAGRAM)
      test.diagnostic(`${found} of ${CAPTURED * PER_DATAGRAM} flows came in before kill ${kill}`)
      await server.end('SIGTERM')
      await checkFolder(dataDir)
      const again = await weir('import', capture, '--data', dataDir)
      assert.equal(again.code, done ? 1 : 0, again.error)
    }
  })
})
