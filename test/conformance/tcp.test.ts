/** IPFIX over TCP: a real exporter at a real listener, and its stream in a capture as another program reads it. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openDatagrams } from '../../src/server/intake/sources/files.ts'
import { pcapFrame, pcapHeader } from '../../src/server/intake/sources/pcap-writer.ts'
import { Random } from './flows.ts'
import { exportTo, missing } from '../support/exporters.ts'
import { startIntake } from '../support/intake.ts'
import { collect, type Row } from '../support/rows.ts'
import { ACK, FIN, SYN, segment } from '../support/tcp-capture.ts'
import { trafficFlows } from '../support/traffic.ts'

describe('IPFIX over TCP', () => {
  it("softflowd: the listener's flows are those of the traffic", { skip: missing('softflowd') }, async () => {
    const intake = await startIntake({ listen: ['tcp://127.0.0.1:0'] })
    await exportTo('tcp', Number(new URL((intake.listeners[0] as { url: string }).url).port))
    await intake.until(() => intake.rows.length >= trafficFlows(true).length)
    assert.deepEqual(ours(intake.rows), theTraffic())
    assert.deepEqual(intake.counters.losses(), {})
    await intake.stop()
  })

  it(
    'softflowd: a capture of its stream is read as tshark reads it',
    { skip: missing('softflowd', 'tshark') },
    async () => {
      const stream = await recordStream()
      const folder = mkdtempSync(join(tmpdir(), 'weir-tcp-'))
      try {
        const file = join(folder, 'stream.pcap')
        writeFileSync(file, captureOf(stream))
        const { datagrams, summary } = await openDatagrams(file)
        const { pipeline, flush } = collect()
        const messages: Uint8Array[] = []
        for await (const { payload, sourceAddress, sourcePort, timeMs, session } of datagrams) {
          messages.push(payload)
          pipeline.receive(payload, sourceAddress, timeMs, sourcePort, session)
        }
        const followed = execFileSync('tshark', ['-n', '-q', '-r', file, '-z', 'follow,tcp,raw,0'], {
          encoding: 'utf8',
          stdio: ['ignore', 'pipe', 'ignore'],
        })
        // Lines of hex between the table's head and foot.
        const theirs = followed
          .split('\n')
          .filter((line) => /^\s*[\da-f]+$/.test(line))
          .map((line) => line.trim())
          .join('')
        assert.equal(Buffer.concat(messages).toString('hex'), theirs)
        assert.equal(theirs, stream.toString('hex'))
        assert.deepEqual(summary.lost, new Map())
        assert.deepEqual(ours(flush()), theTraffic())
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
  )
})

/** Sorted lines of what is to be the same; of ICMP, the type. */
function ours(rows: readonly Row[]): string[] {
  const number = (row: Row, name: string): number => Number(row[name] ?? 0)
  return rows
    .map((row) => {
      const port = number(row, 'dst.port') || number(row, 'icmp.type') * 256 + number(row, 'icmp.code')
      return [row['src.ip'], row['dst.ip'], number(row, 'src.port'), port, row['bytes'], row['packets']].join(' ')
    })
    .toSorted()
}

function theTraffic(): string[] {
  return trafficFlows(true)
    .map((flow) =>
      [flow.source, flow.destination, flow.sourcePort, flow.destinationPort, flow.bytes, flow.packets].join(' '),
    )
    .toSorted()
}

/** All that softflowd sends over a connection. */
async function recordStream(): Promise<Buffer> {
  const parts: Buffer[] = []
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const ended = once(server, 'connection').then(async ([socket]) => {
    ;(socket as Socket).on('data', (bytes: Buffer) => parts.push(bytes))
    await once(socket as Socket, 'close')
  })
  await exportTo('tcp', (server.address() as AddressInfo).port)
  await ended
  server.close()
  return Buffer.concat(parts)
}

/** The stream in segments, of which some overtake others and some are sent twice. */
function captureOf(stream: Buffer): Buffer {
  const random = new Random(5)
  const packets: Uint8Array[] = []
  for (let at = 0; at < stream.length;) {
    const size = 1 + random.below(700)
    const each = segment(at, stream.subarray(at, at + size))
    packets.push(each, ...(random.chance(0.1) ? [each] : []))
    at += size
  }
  for (let i = 1; i + 1 < packets.length; i++) {
    if (!random.chance(0.2)) continue
    const [one, other] = [packets[i] as Uint8Array, packets[i + 1] as Uint8Array]
    packets[i] = other
    packets[i + 1] = one
  }
  const all = [segment(-1, new Uint8Array(0), SYN), ...packets, segment(stream.length, new Uint8Array(0), FIN | ACK)]
  const ethernet = Uint8Array.from([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0])
  return Buffer.concat([
    pcapHeader(),
    ...all.map((each, i) => pcapFrame(1_790_000_000_000 + i, Buffer.concat([ethernet, each]))),
  ])
}
