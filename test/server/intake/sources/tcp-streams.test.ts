/** IPFIX out of captured TCP and SCTP packets. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { LossName } from '../../../../src/shared/losses.ts'
import { FrameReader, type Payload } from '../../../../src/server/intake/sources/frame-reader.ts'
import { FIN, ACK, SYN, packet, segment } from '../../../support/tcp-capture.ts'
import { u16, u32, type Octets } from '../../../support/wire.ts'

const RAW = 101

/** A message of that length with a set of that template, filled so that messages differ. */
function message(length: number, fill = 0): Uint8Array {
  const bytes = new Uint8Array(length).fill(fill)
  bytes.set([...u16(10), ...u16(length)])
  bytes.set([...u16(300), ...u16(length - 16)], 16)
  return bytes
}

function read(packets: readonly Uint8Array[]): { found: Payload[]; lost: Map<LossName, number> } {
  const lost = new Map<LossName, number>()
  const reader = new FrameReader((loss, n) => lost.set(loss, (lost.get(loss) ?? 0) + n))
  const found = packets.flatMap((each) => [...reader.read(RAW, each, 0)])
  found.push(...reader.finish())
  return { found, lost }
}

const syn = segment(-1, new Uint8Array(0), SYN)

describe('IPFIX over TCP in a capture', () => {
  it('is found whatever the segments, their order and their repetitions', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 20, max: 3000 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.integer({ min: 1, max: 1460 }), { minLength: 1, maxLength: 20 }),
        fc.array(fc.nat(7), { minLength: 1, maxLength: 40 }),
        (lengths, sizes, moves) => {
          const messages = lengths.map((length, i) => message(length, i))
          const stream = Buffer.concat(messages)
          const segments: Uint8Array[] = []
          for (let at = 0; at < stream.length;) {
            const size = sizes[segments.length % sizes.length] as number
            segments.push(segment(at, stream.subarray(at, at + size)))
            at += size
          }
          // Some are sent again, with what follows them, and some overtake others.
          const sent = segments.flatMap((each, i) => (i % 5 === 1 ? [each, each] : [each]))
          moves.forEach((by, i) => {
            const from = (i * 3) % sent.length
            const [moved] = sent.splice(from, 1)
            sent.splice(Math.min(sent.length, from + by), 0, moved as Uint8Array)
          })
          const { found, lost } = read([syn, ...sent])
          assert.deepEqual(Buffer.concat(found.map(({ bytes }) => bytes)), stream)
          assert.equal(found.length, messages.length)
          assert.deepEqual(lost, new Map())
        },
      ),
      { numRuns: 100 },
    )
  })

  it('says who sent it, and which connection it is of', () => {
    const other = (offset: number, data: Uint8Array, flags?: number): Uint8Array => segment(offset, data, flags, 50_001)
    const { found } = read([
      syn,
      other(-1, new Uint8Array(0), SYN),
      segment(0, message(40)),
      other(0, message(50)),
      segment(40, message(60)),
    ])
    assert.deepEqual(
      found.map(({ sourceAddress, sourcePort, destinationPort, bytes }) => [
        sourceAddress,
        sourcePort,
        destinationPort,
        bytes.length,
      ]),
      [
        ['192.0.2.1', 50_000, 4739, 40],
        ['192.0.2.1', 50_001, 4739, 50],
        ['192.0.2.1', 50_000, 4739, 60],
      ],
    )
    assert.equal(found[0]?.session, found[2]?.session)
    assert.notEqual(found[0]?.session, found[1]?.session)
  })

  it('the same ports again are another session', () => {
    const { found, lost } = read([
      syn,
      segment(0, message(40)),
      segment(40, new Uint8Array(0), FIN | ACK),
      segment(8999, new Uint8Array(0), SYN),
      segment(9000, message(40)),
    ])
    assert.equal(found.length, 2)
    assert.notEqual(found[0]?.session, found[1]?.session)
    assert.deepEqual(lost, new Map())
  })

  it('a capture that begins within a connection is read from the first message that begins a segment', () => {
    const { found, lost } = read([
      segment(0, message(1000).subarray(500)),
      segment(500, message(100)),
      segment(600, message(200)),
    ])
    assert.deepEqual(
      found.map(({ bytes }) => bytes.length),
      [100, 200],
    )
    assert.deepEqual(lost, new Map())
  })

  it('a segment that the capture lacks is counted, and reading goes on behind it', () => {
    const { found, lost } = read([
      syn,
      segment(0, message(100)),
      segment(300, message(100)),
      segment(400, message(120)),
    ])
    assert.deepEqual(
      found.map(({ bytes }) => bytes.length),
      [100, 100, 120],
    )
    assert.deepEqual(lost, new Map([['stream.gap', 1]]))
  })

  it('holds a bounded number of segments behind one that is missing', () => {
    const packets = [syn, segment(0, message(100))]
    for (let i = 0; i < 3000; i++) packets.push(segment(1000 + i * 100, message(100)))
    const { found, lost } = read(packets)
    assert.equal(found.length, 3001)
    assert.deepEqual(lost, new Map([['stream.gap', 1]]))
  })

  it('other connections are passed over; one that turns into something else is counted', () => {
    const text = Buffer.from('GET / HTTP/1.1\r\nHost: example.org\r\n\r\n')
    assert.deepEqual(read([syn, segment(0, text), segment(text.length, message(40))]), { found: [], lost: new Map() })
    const { found, lost } = read([
      syn,
      segment(0, message(40)),
      segment(40, text),
      segment(40 + text.length, message(40)),
    ])
    assert.equal(found.length, 1)
    assert.deepEqual(lost, new Map([['stream.notIpfix', 1]]))
  })

  it('a connection that ends within a message is counted', () => {
    const { lost } = read([syn, segment(0, message(40)), segment(40, message(40).subarray(0, 30))])
    assert.deepEqual(lost, new Map([['stream.cut', 1]]))
  })

  it('any segments whatever: nothing is thrown', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.integer({ min: -100, max: 5000 }), fc.nat(63), fc.integer({ min: 20, max: 300 }), fc.nat(300)),
          { maxLength: 40 },
        ),
        (parts) => {
          read(parts.map(([at, flags, length, cut]) => segment(at, message(length).subarray(0, cut), flags)))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('IPFIX over SCTP in a capture', () => {
  /** RFC 9260 §3.3.1; flags: 2 begins a message, 1 ends it. */
  const data = (flags: number, content: Octets): Octets => {
    const chunk = [0, flags, ...u16(16 + content.length), ...u32(1), ...u16(0), ...u16(0), ...u32(0), ...content]
    return [...chunk, ...Array.from({ length: (4 - (chunk.length % 4)) % 4 }, () => 0)]
  }
  const common = [...u16(50_000), ...u16(4739), ...u32(1), ...u32(0)]

  it('is counted by name', () => {
    const { found, lost } = read([
      packet(132, [...common, 3, 0, ...u16(16), ...Array.from({ length: 12 }, () => 0), ...data(3, [...message(41)])]),
      packet(132, [
        ...common,
        ...data(3, [...message(40)]),
        ...data(2, [...message(40)]),
        ...data(1, [...message(40)]),
      ]),
      packet(132, [...common, ...data(3, [1, 2, 3, 4, 5])]),
      packet(132, [...common, 0, 3, 0, 0]),
      packet(132, [...common, 0]),
    ])
    assert.deepEqual(found, [])
    assert.deepEqual(lost, new Map([['source.sctp', 3]]))
  })
})
