import assert from 'node:assert/strict'
import test from 'node:test'
import { collect } from '../../../support/rows.ts'
import { SENT_MS, SENT_S, UPTIME_MS, ip4, u16, u32, u8, type Octets } from '../../../support/wire.ts'

interface Options {
  readonly count?: number
  readonly sequence?: number
  readonly sampling?: number
  readonly nanoseconds?: number
  readonly engine?: number
}

/** Cisco, NetFlow Export Datagram Format, table B-3. */
function datagram(
  records: readonly Octets[],
  { count = records.length, sequence = 0, sampling = 0, nanoseconds = 0, engine = 0 }: Options = {},
): Uint8Array {
  return Uint8Array.from([
    ...u16(5),
    ...u16(count),
    ...u32(UPTIME_MS),
    ...u32(SENT_S),
    ...u32(nanoseconds),
    ...u32(sequence),
    ...u16(engine),
    ...u16(sampling),
    ...records.flat(),
  ])
}

interface Times {
  readonly first?: number
  readonly last?: number
  readonly proto?: number
  readonly destinationPort?: number
}

/** Cisco, NetFlow Export Datagram Format, table B-4. */
function record({
  first = UPTIME_MS - 5000,
  last = UPTIME_MS - 1000,
  proto = 6,
  destinationPort = 443,
}: Times = {}): Octets {
  return [
    ...ip4('10.0.0.1'),
    ...ip4('192.0.2.7'),
    ...ip4('10.0.0.254'),
    ...u16(3),
    ...u16(4),
    ...u32(10),
    ...u32(1500),
    ...u32(first),
    ...u32(last),
    ...u16(51000),
    ...u16(destinationPort),
    ...u8(0),
    ...u8(0x1b),
    ...u8(proto),
    ...u8(0xb8),
    ...u16(64512),
    ...u16(15169),
    ...u8(24),
    ...u8(16),
    ...u16(0),
  ]
}

test('a record in all its fields', () => {
  const { pipeline, flush } = collect()
  pipeline.receive(datagram([record()], { engine: 0x0102, nanoseconds: 250_000_000 }), '198.51.100.1', SENT_MS + 400)
  assert.deepEqual(flush(), [
    {
      start: SENT_MS + 250 - 5000,
      end: SENT_MS + 250 - 1000,
      received: SENT_MS + 400,
      exporter: '198.51.100.1',
      domain: 0x0102,
      'source.type': 'netflow5',
      'src.ip': '10.0.0.1',
      'dst.ip': '192.0.2.7',
      'src.port': 51000,
      'dst.port': 443,
      proto: 6,
      'ip.version': 4,
      'src.mask': 24,
      'dst.mask': 16,
      'src.as': 64512,
      'dst.as': 15169,
      bytes: 1500,
      packets: 10,
      'sampling.source': 'none',
      'tcp.flags': 0x1b,
      tos: 0xb8,
      'in.if': 3,
      'out.if': 4,
      'next.hop': '10.0.0.254',
    },
  ])
})

test('the sampling mode in the top 2 bits is no part of the interval', () => {
  const { pipeline, flush } = collect()
  pipeline.receive(datagram([record()], { sampling: (1 << 14) | 100 }), '198.51.100.1', SENT_MS)
  const [row] = flush()
  assert.deepEqual(
    [row?.bytes, row?.packets, row?.['sampling.rate'], row?.['sampling.source']],
    [150_000, 1000, 100, 'header'],
  )
})

test('a count beyond the datagram is a named loss, and what is there is read', () => {
  const { pipeline, counters, flush } = collect()
  pipeline.receive(datagram([record(), record()], { count: 30 }), '198.51.100.1', SENT_MS)
  assert.equal(flush().length, 2)
  assert.deepEqual(counters.losses(), { 'decode.short': 1 })
})

test('what follows the counted records is not read', () => {
  const { pipeline, flush } = collect()
  pipeline.receive(datagram([record(), record()], { count: 1 }), '198.51.100.1', SENT_MS)
  assert.equal(flush().length, 1)
})

test('ICMP: type and code stand in the destination port', () => {
  const { pipeline, flush } = collect()
  pipeline.receive(datagram([record({ proto: 1, destinationPort: 0x0303 })]), '198.51.100.1', SENT_MS)
  const [row] = flush()
  assert.deepEqual(
    [row?.['icmp.type'], row?.['icmp.code'], row?.['src.port'], row?.['dst.port']],
    [3, 3, undefined, undefined],
  )
})

test('an uptime that has wrapped between first and last', () => {
  const { pipeline, flush } = collect()
  const wrapped = datagram([record({ first: 0xffff_ff00, last: 0x100 })])
  wrapped.set(u32(0x200), 4)
  pipeline.receive(wrapped, '198.51.100.1', SENT_MS)
  const [row] = flush()
  assert.deepEqual([row?.start, row?.end], [SENT_MS - 0x300, SENT_MS - 0x100])
})

test('flows missing by the sequence of an engine, which counts flows', () => {
  const { pipeline } = collect()
  const send = (sequence: number, engine: number) =>
    pipeline.receive(datagram([record(), record()], { sequence, engine }), '198.51.100.1', SENT_MS)
  for (const sequence of [100, 102, 110]) send(sequence, 1)
  send(5, 2)
  assert.deepEqual([...pipeline.exporters][0]?.sequence, {
    unit: 'flows',
    missing: 6,
    resets: 0,
    reordered: 0,
    duplicates: 0,
  })
})

test('a header cut short is a named loss', () => {
  const { pipeline, counters, flush } = collect()
  pipeline.receive(datagram([]).subarray(0, 20), '198.51.100.1', SENT_MS)
  assert.deepEqual([flush().length, counters.losses()], [0, { 'decode.short': 1 }])
})
