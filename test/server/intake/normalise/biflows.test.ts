import assert from 'node:assert/strict'
import test from 'node:test'
import { ENRICHERS } from '../../../../src/server/intake/enrich/index.ts'
import { collect, type Row } from '../../../support/rows.ts'
import {
  SENT_MS,
  ip4,
  set,
  template,
  u16,
  u32,
  u64,
  u8,
  version10,
  version9,
  type Octets,
  type Specifier,
} from '../../../support/wire.ts'

const REVERSE = 29305
const CERT = 6871
const NPROBE = 35632
const CISCO = 9
const ROUTER = '198.51.100.1'

/** A field with its value: element, value, enterprise. */
type Value = readonly [element: number, value: Octets, enterprise?: number]

function specifiersOf(values: readonly Value[]): Specifier[] {
  return values.map(([id, value, enterprise]) =>
    enterprise === undefined ? [id, value.length] : [id, value.length, enterprise],
  )
}

/** Rows of IPFIX (or v9) records that all have the first one's fields. */
function rows(records: readonly (readonly Value[])[], options: { v9?: boolean; enrich?: boolean } = {}): Row[] {
  const { pipeline, flush } = collect({ enrichers: options.enrich ? ENRICHERS : [] })
  const message = options.v9 ? version9 : version10
  pipeline.receive(
    message([
      set(options.v9 ? 0 : 2, template(256, ...specifiersOf(records[0] ?? []))),
      set(256, ...records.map((record) => record.flatMap(([, value]) => value))),
    ]),
    ROUTER,
    SENT_MS,
  )
  return flush()
}

const ENDS: readonly Value[] = [
  [8, ip4('10.0.0.1')],
  [12, ip4('192.0.2.9')],
  [7, u16(40_000)],
  [11, u16(443)],
  [4, u8(6)],
]
const brief = (found: readonly Row[]) =>
  found.map((row) => [row['src.ip'], row['src.port'], row['dst.ip'], row['dst.port'], row.bytes, row.packets])

test('RFC 5103: a biflow becomes two one-way rows, the reverse elements in the second', () => {
  const found = rows([
    [
      ...ENDS,
      [1, u64(1000)],
      [2, u64(10)],
      [1, u64(90_000), REVERSE],
      [2, u64(70), REVERSE],
      [10, u32(3)],
      [14, u32(7)],
      [16, u32(64_500)],
      [17, u32(64_501)],
      [9, u8(8)],
      [13, u8(24)],
      [6, u8(0x1b)],
      [6, u8(0x12), REVERSE],
      [5, u8(0xb8)],
      [136, u8(3)],
      [15, ip4('10.9.9.9')],
    ],
  ])
  assert.deepEqual(brief(found), [
    ['10.0.0.1', 40_000, '192.0.2.9', 443, 1000, 10],
    ['192.0.2.9', 443, '10.0.0.1', 40_000, 90_000, 70],
  ])
  const [forward, back] = found
  for (const [name, wantedForward, wantedBack] of [
    ['in.if', 3, 7],
    ['out.if', 7, 3],
    ['src.as', 64_500, 64_501],
    ['dst.as', 64_501, 64_500],
    ['src.mask', 8, 24],
    ['dst.mask', 24, 8],
    ['tcp.flags', 0x1b, 0x12],
    ['tos', 0xb8, undefined],
    ['next.hop', '10.9.9.9', undefined],
    ['end.reason', 'end of flow', 'end of flow'],
    ['ip.version', 4, 4],
    ['proto', 6, 6],
    ['initiator', undefined, undefined],
  ] as const)
    assert.deepEqual([forward?.[name], back?.[name]], [wantedForward, wantedBack], name)
})

test('a record in which nothing came back has no second row, and the rows of others stay whole', () => {
  const record = (i: number, back: number): Value[] => [
    ...ENDS.slice(0, 3),
    [11, u16(i)],
    [4, u8(i % 2 === 0 ? 6 : 1)],
    [1, u32(100)],
    [2, u32(1)],
    [1, u32(back * 50), REVERSE],
    [2, u32(back), REVERSE],
  ]
  const found = rows(Array.from({ length: 100 }, (_, i) => record(i, i % 3)))
  const back = found.slice(100)
  assert.equal(found.length, 100 + 66)
  assert.deepEqual(
    back.map((row) => [row.packets, row.proto === 6 ? row['src.port'] : 'icmp', row['icmp.type']]),
    Array.from({ length: 100 }, (_, i) => i)
      .filter((i) => i % 3 > 0)
      .map((i) => [i % 3, i % 2 === 0 ? i : 'icmp', undefined]),
  )
  assert.ok(found.every((row) => row['src.ip'] && row.end))
})

test('a record in which something went the way back only has that one row, one without anything its own', () => {
  const record = (forward: number, back: number): Value[] => [
    ...ENDS.slice(0, 2),
    [2, u32(forward)],
    [2, u32(back), REVERSE],
  ]
  const { pipeline, flush, counters } = collect()
  const records = [record(0, 3), record(0, 0), record(1, 0), record(0, 4)]
  pipeline.receive(
    version10([
      set(2, template(256, ...specifiersOf(records[0] ?? []))),
      set(256, ...records.map((each) => each.flatMap(([, value]) => value))),
    ]),
    ROUTER,
    SENT_MS,
  )
  pipeline.receive(version10([], { sequence: 4 }), ROUTER, SENT_MS)
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row.packets]),
    [
      ['10.0.0.1', 0],
      ['10.0.0.1', 1],
      ['192.0.2.9', 3],
      ['192.0.2.9', 4],
    ],
  )
  assert.deepEqual([counters.get('records'), counters.get('flows')], [4, 4])
  assert.equal([...pipeline.exporters][0]?.sequence.missing, 0)
})

test('biflows of more rows than a batch holds, both ways', () => {
  const { pipeline, flush } = collect()
  const fields: readonly Specifier[] = [
    [2, 4],
    [2, 4, REVERSE],
  ]
  pipeline.receive(version10([set(2, template(256, ...fields))]), ROUTER, SENT_MS)
  const records = Array.from({ length: 4000 }, (_, i) => [...u32(1), ...u32(i % 2)])
  for (let i = 0; i < 3; i++) pipeline.receive(version10([set(256, ...records)]), ROUTER, SENT_MS)
  assert.equal(flush().length, 3 * 6000)
})

test('records are counted once, flows as often as there are rows', () => {
  const { pipeline, flush, counters } = collect()
  pipeline.receive(
    version10([set(2, template(256, [2, 4], [2, 4, REVERSE])), set(256, u32(5), u32(6))]),
    ROUTER,
    SENT_MS,
  )
  pipeline.receive(version10([], { sequence: 1 }), ROUTER, SENT_MS)
  flush()
  assert.deepEqual([counters.get('records'), counters.get('flows')], [1, 2])
  assert.deepEqual([...pipeline.exporters][0]?.sequence.missing, 0)
})

test('initiator and responder counters (Cisco ASA) are the two directions, and say who opened the conversation', () => {
  const record: Value[] = [
    ...ENDS,
    [225, ip4('203.0.113.5')],
    [227, u16(50_000)],
    [231, u32(81)],
    [232, u32(763)],
    [298, u32(2)],
    [299, u32(3)],
  ]
  const found = rows([record], { v9: true, enrich: true })
  assert.deepEqual(brief(found), [
    ['10.0.0.1', 40_000, '192.0.2.9', 443, 81, 2],
    ['192.0.2.9', 443, '10.0.0.1', 40_000, 763, 3],
  ])
  assert.deepEqual(
    found.map((row) => [
      row.initiator,
      row['initiator.reason'],
      row['src.nat.ip'],
      row['dst.nat.ip'],
      row['dst.nat.port'],
    ]),
    [
      ['src', 'biflow', '203.0.113.5', undefined, undefined],
      ['dst', 'biflow', undefined, '203.0.113.5', 50_000],
    ],
  )
})

test('responder octets beside a delta of the record itself are not added', () => {
  assert.deepEqual(brief(rows([[...ENDS, [1, u32(10)], [2, u32(1)], [232, u32(99)], [299, u32(9)]]])), [
    ['10.0.0.1', 40_000, '192.0.2.9', 443, 10, 1],
  ])
})

test('biflowDirection: 1 and 2 say which side opened the conversation, 0 and 3 say nothing', () => {
  const record = (direction: number): Value[] => [
    ...ENDS.slice(0, 2),
    [1, u32(1)],
    [1, u32(2), REVERSE],
    [239, u8(direction)],
  ]
  const found = rows([0, 1, 2, 3].map(record))
  assert.deepEqual(
    found.map((row) => row.initiator),
    [undefined, 'src', 'dst', undefined, undefined, 'dst', 'src', undefined],
  )
})

test('Cisco AVC: client and server addresses, layer-3 counters before those of the payload', () => {
  const record: Value[] = [
    [12236, ip4('10.0.0.1'), CISCO],
    [12237, ip4('192.0.2.9'), CISCO],
    [12240, u16(40_000), CISCO],
    [12241, u16(443), CISCO],
    [4, u8(6)],
    [231, u64(60)],
    [232, u64(700)],
    [298, u64(1)],
    [299, u64(2)],
    [8338, u64(100), CISCO],
    [8337, u64(780), CISCO],
  ]
  const wanted = [
    ['10.0.0.1', 40_000, '192.0.2.9', 443, 100, 1],
    ['192.0.2.9', 443, '10.0.0.1', 40_000, 780, 2],
  ]
  assert.deepEqual(brief(rows([record])), wanted)
  const v9 = record.map(([id, value, enterprise]): Value => [enterprise === undefined ? id : id + 0x8000, value])
  assert.deepEqual(brief(rows([v9], { v9: true })), wanted)
})

test('23 and 24 are the way back where the exporter is nProbe, elsewhere the same packets on their way out (FortiGate)', () => {
  const counters: Value[] = [
    [1, u32(100)],
    [2, u32(1)],
    [23, u32(900)],
    [24, u32(9)],
  ]
  assert.deepEqual(brief(rows([[...ENDS, ...counters]])), [['10.0.0.1', 40_000, '192.0.2.9', 443, 100, 1]])
  const wanted = [
    ['10.0.0.1', 40_000, '192.0.2.9', 443, 100, 1],
    ['192.0.2.9', 443, '10.0.0.1', 40_000, 900, 9],
  ]
  assert.deepEqual(brief(rows([[...ENDS, ...counters, [118, u16(7), NPROBE]]])), wanted)
  assert.deepEqual(brief(rows([[...ENDS, ...counters, [57_590, u16(7)]]], { v9: true })), wanted)
})

test('YAF: totals both ways, flags of the first and of the later packets, and how long the answer took', () => {
  const found = rows([
    [
      [152, u64(SENT_MS - 5000)],
      [153, u64(SENT_MS - 1000)],
      ...ENDS,
      [85, u64(172)],
      [86, u64(4)],
      [85, u64(92), REVERSE],
      [86, u64(2), REVERSE],
      [21, u32(250), CERT],
      [14, u8(0xc2), CERT],
      [15, u8(0x11), CERT],
      [14 | 0x4000, u8(0x12), CERT],
      [15 | 0x4000, u8(0x01), CERT],
    ],
  ])
  assert.deepEqual(
    found.map((row) => [
      row.bytes,
      row.packets,
      row['tcp.flags'],
      Number(row.start) - SENT_MS,
      Number(row.end) - SENT_MS,
    ]),
    [
      [172, 4, 0xd3, -5000, -1000],
      [92, 2, 0x13, -4750, -1000],
    ],
  )
})

test('YAF: flags of the first packet alone say who opened the conversation', () => {
  const of = (first: number, back: number) =>
    rows([
      [
        ...ENDS,
        [86, u64(4)],
        [86, u64(2), REVERSE],
        [14, u8(first), CERT],
        [15, u8(0x18), CERT],
        [14 | 0x4000, u8(back), CERT],
        [15 | 0x4000, u8(0x18), CERT],
      ],
    ]).map((row) => [row.initiator, row['initiator.reason']])
  assert.deepEqual(of(0x02, 0x12), [
    ['src', 'syn'],
    ['dst', 'syn-ack'],
  ])
  assert.deepEqual(of(0xc2, 0x52), [
    ['src', 'syn'],
    ['dst', 'syn-ack'],
  ])
  assert.deepEqual(of(0x18, 0x10), [
    [undefined, undefined],
    [undefined, undefined],
  ])
})

test('reverse counters are multiplied by the sampling rate as well, once', () => {
  const found = rows([
    [
      [1, u32(10)],
      [1, u32(20), REVERSE],
      [34, u32(100)],
    ],
  ])
  assert.deepEqual(
    found.map((row) => [row.bytes, row['sampling.rate'], row['sampling.source']]),
    [
      [1000, 100, 'record'],
      [2000, 100, 'record'],
    ],
  )
})
