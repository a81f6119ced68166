/** NetFlow v1, v6 and v7. Values of the captures are what tshark 4 shows of them. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { datagramsOf, noCaptures } from '../../../support/captures.ts'
import { collect } from '../../../support/rows.ts'
import { SENT_MS, SENT_S, UPTIME_MS, ip4, u16, u32, u8 } from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'

/** Cisco, NetFlow Export Datagram Format: what v5, v6 and v7 records begin with. */
const record = [
  ...ip4('10.0.0.1'),
  ...ip4('192.0.2.7'),
  ...ip4('10.0.0.254'),
  ...u16(3),
  ...u16(4),
  ...u32(10),
  ...u32(1500),
  ...u32(UPTIME_MS - 5000),
  ...u32(UPTIME_MS - 1000),
  ...u16(51000),
  ...u16(443),
  ...u8(0xff),
  ...u8(0x1b),
  ...u8(6),
  ...u8(0xb8),
  ...u16(64512),
  ...u16(15169),
  ...u8(24),
  ...u8(16),
]
const header = (version: number, count: number, sequence: number) => [
  ...u16(version),
  ...u16(count),
  ...u32(UPTIME_MS),
  ...u32(SENT_S),
  ...u32(0),
  ...u32(sequence),
]

test('v1 has 48 octets a record, the TCP flags last, and no sequence', { skip: noCaptures }, async () => {
  const { pipeline, counters, flush } = collect()
  for (const { payload, timeMs } of await datagramsOf('dpkt-lit-dpkt-netflow-01-v1-test-net-flow-v1-unpack'))
    pipeline.receive(payload, ROUTER, timeMs)
  const rows = flush()
  assert.equal(rows.length, 24)
  assert.deepEqual(counters.losses(), {})
  const [first, second] = rows
  assert.deepEqual(
    [first?.['src.ip'], first?.['dst.ip'], first?.['next.hop'], first?.['in.if'], first?.['out.if']],
    ['172.1.32.87', '192.168.99.247', '10.0.2.1', 3, 10],
  )
  assert.deepEqual([first?.packets, first?.bytes, first?.['src.port'], first?.['dst.port']], [1, 552, 23579, 80])
  assert.deepEqual([first?.proto, first?.tos, first?.['tcp.flags']], [17, 0x2c, 0x10])
  // Sent on 2005-02-02 at 16:13:16.613, 10.768 s after the packet by the uptimes.
  assert.equal(first?.end, Date.UTC(2005, 1, 2, 16, 13, 16, 613) - (1_736_073_532 - 1_736_062_764))
  assert.deepEqual([second?.['dst.ip'], second?.proto, second?.bytes], ['172.24.217.170', 6, 1500])
  assert.deepEqual([second?.domain, second?.['source.type']], [0, 'netflow1'])
  const [exporter] = pipeline.exporters
  assert.deepEqual(exporter?.sequence, { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 })
})

test('v7 has 52 octets a record and no engine', { skip: noCaptures }, async () => {
  const { pipeline, counters, flush } = collect()
  for (const { payload } of await datagramsOf('netflow_parser-lit-tests-02-v7-packet'))
    pipeline.receive(payload, ROUTER, SENT_MS)
  const [row, ...others] = flush()
  assert.equal(others.length, 0)
  assert.deepEqual(counters.losses(), {})
  assert.deepEqual(
    [row?.['src.ip'], row?.['dst.ip'], row?.['next.hop'], row?.['in.if'], row?.['out.if'], row?.packets, row?.bytes],
    ['0.1.2.3', '4.5.6.7', '8.9.0.1', 515, 1029, 101_124_105, 66_051],
  )
  assert.deepEqual(
    [row?.proto, row?.tos, row?.['tcp.flags'], row?.['src.as'], row?.['dst.as'], row?.['src.mask'], row?.['dst.mask']],
    [8, 9, 7, 1, 515, 4, 5],
  )
  assert.deepEqual([row?.domain, row?.['source.type']], [0, 'netflow7'])
})

test('several v7 records, and the flows missing before them', () => {
  const { pipeline, counters, flush } = collect()
  const v7 = [...record, ...u16(0), ...ip4('203.0.113.9')]
  pipeline.receive(Uint8Array.from([...header(7, 2, 100), ...u32(0), ...v7, ...v7]), ROUTER, SENT_MS)
  pipeline.receive(Uint8Array.from([...header(7, 1, 105), ...u32(0), ...v7]), ROUTER, SENT_MS)
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row.bytes, row['dst.mask']]),
    Array.from({ length: 3 }, () => ['10.0.0.1', 1500, 16]),
  )
  assert.deepEqual(counters.losses(), {})
  const [exporter] = pipeline.exporters
  assert.deepEqual(exporter?.sequence, { unit: 'flows', missing: 3, resets: 0, reordered: 0, duplicates: 0 })
})

test('v6 has v5 records and four octets more', () => {
  const { pipeline, counters, flush } = collect()
  const v6 = [...record, ...u8(14), ...u8(18), ...ip4('203.0.113.9')]
  pipeline.receive(
    Uint8Array.from([...header(6, 2, 0), ...u16(0x0102), ...u16((1 << 14) | 10), ...v6, ...v6]),
    ROUTER,
    SENT_MS,
  )
  assert.deepEqual(
    flush().map((row) => [row.domain, row['source.type'], row['src.ip'], row.bytes, row['next.hop'], row['src.as']]),
    Array.from({ length: 2 }, () => [0x0102, 'netflow6', '10.0.0.1', 15_000, '10.0.0.254', 64512]),
  )
  assert.deepEqual(counters.losses(), {})
})

test('a v1 datagram shorter than its header or than its records is a named loss', () => {
  const { pipeline, counters, flush } = collect()
  pipeline.receive(Uint8Array.from([...u16(1), ...u16(1), ...u32(UPTIME_MS)]), ROUTER, SENT_MS)
  pipeline.receive(Uint8Array.from([...header(1, 1, 0).slice(0, 16), ...record]), ROUTER, SENT_MS)
  assert.deepEqual(flush(), [])
  assert.deepEqual(counters.losses(), { 'decode.short': 2 })
})
