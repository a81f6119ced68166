/** Lists (RFC 6313), properties in common (RFC 5473) and octets of packets (RFC 5477) in IPFIX records. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { datagramsOf, noCaptures } from '../../../support/captures.ts'
import { collect, type Row } from '../../../support/rows.ts'
import {
  SENT_MS,
  ip4,
  options10,
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

const ROUTER = '198.51.100.1'
const VARIABLE = 65535
const ALL_OF = 3
const ORDERED = 4

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  return {
    counters,
    flush,
    send: (datagram: Uint8Array, from = ROUTER) => pipeline.receive(datagram, from, SENT_MS),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    pick: (...names: string[]) => flush().map((row) => names.map((name) => row[name])),
  }
}

/** A value of variable length (RFC 7011 §7). */
const variable = (...octets: readonly Octets[]): Octets => {
  const content = octets.flat()
  return content.length < 255 ? [content.length, ...content] : [255, ...u16(content.length), ...content]
}
/** RFC 6313 §4.5.1 */
const basicList = (semantic: number, [element, length, enterprise]: Specifier, ...values: readonly Octets[]): Octets =>
  variable([
    semantic,
    ...(enterprise === undefined
      ? [...u16(element), ...u16(length)]
      : [...u16(element | 0x8000), ...u16(length), ...u32(enterprise)]),
    ...values.flat(),
  ])
/** §4.5.2 */
const subTemplateList = (semantic: number, id: number, ...records: readonly Octets[]): Octets =>
  variable([semantic, ...u16(id), ...records.flat()])
/** §4.5.3 */
const subTemplateMultiList = (
  semantic: number,
  ...templates: readonly (readonly [id: number, ...records: Octets[]])[]
): Octets =>
  variable([
    semantic,
    ...templates.flatMap(([id, ...records]) => [...u16(id), ...u16(4 + records.flat().length), ...records.flat()]),
  ])

const FLOW = [
  [8, 4],
  [12, 4],
  [1, 4],
  [2, 4],
] as const satisfies readonly Specifier[]
const flow = (last: number, bytes: number): Octets => [
  ...ip4('10.0.0.1'),
  ...ip4(`192.0.2.${last}`),
  ...u32(bytes),
  ...u32(1),
]

test('values within lists land in fields that the record itself has none for', () => {
  const { send, pick, counters } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [292, VARIABLE], [293, VARIABLE], [291, VARIABLE])),
      set(2, template(400, [56, 6], [80, 6]), template(401, [10, 4], [8, 4])),
      set(
        256,
        flow(1, 100),
        subTemplateList(ALL_OF, 401, [...u32(7), ...ip4('203.0.113.1')], [...u32(8), ...ip4('203.0.113.2')]),
        subTemplateMultiList(ALL_OF, [400, [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 6]]),
        basicList(ALL_OF, [58, 2], u16(100), u16(200)),
        flow(2, 200),
        variable(),
        variable(),
        variable(),
      ),
    ]),
  )
  assert.deepEqual(pick('src.ip', 'dst.ip', 'bytes', 'in.if', 'src.mac', 'dst.mac', 'vlan'), [
    ['10.0.0.1', '192.0.2.1', 100, 7, '00:01:02:03:04:05', '00:01:02:03:04:06', 100],
    ['10.0.0.1', '192.0.2.2', 200, undefined, undefined, undefined, undefined],
  ])
  assert.deepEqual(counters.losses(), {})
})

test('sampling, times and counters of a record with lists follow the same rules as those of any other', () => {
  const { send, pick } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [34, 4], [153, 8], [161, 4], [291, VARIABLE])),
      set(256, flow(1, 100), u32(10), u64(SENT_MS - 1000), u32(500), basicList(ALL_OF, [58, 2], u16(100))),
    ]),
  )
  assert.deepEqual(pick('bytes', 'packets', 'sampling.rate', 'start', 'end'), [
    [1000, 10, 10, SENT_MS - 1500, SENT_MS - 1000],
  ])
})

test('a list of AS numbers is a path, a list of labels a stack', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [291, VARIABLE], [291, VARIABLE])),
      set(
        256,
        flow(1, 100),
        basicList(ORDERED, [17, 4], u32(64512), u32(4_200_000_001), u32(15169)),
        basicList(ORDERED, [70, 3], [0x03, 0xe8, 0x00], [0x05, 0xdc, 0x11]),
      ),
    ]),
  )
  const [row] = flush()
  assert.equal(row?.['as.path'], '64512 4200000001 15169')
  assert.equal(row?.['dst.as'], undefined)
  assert.equal(row?.['mpls.label'], 16_000)
  assert.equal(row?.['mpls.stack'], '16000/24001')
})

test('entries that are flows are rows of their own, with what the record says of all of them', () => {
  const { send, pick, counters, exporter } = listen()
  send(
    version10([
      set(2, template(256, [10, 4], [153, 8], [293, VARIABLE]), template(300, ...FLOW), template(301, [14, 4])),
      set(
        256,
        u32(7),
        u64(SENT_MS - 1000),
        subTemplateMultiList(ALL_OF, [300, flow(1, 100), flow(2, 200)], [301, u32(9)], [300, flow(3, 300)]),
      ),
    ]),
  )
  assert.deepEqual(pick('dst.ip', 'bytes', 'in.if', 'out.if', 'end'), [
    ['192.0.2.1', 100, 7, 9, SENT_MS - 1000],
    ['192.0.2.2', 200, 7, 9, SENT_MS - 1000],
    ['192.0.2.3', 300, 7, 9, SENT_MS - 1000],
  ])
  assert.deepEqual([exporter().records, exporter().flows], [1, 3])
  assert.deepEqual(counters.losses(), {})
})

test('entries with addresses and counters within a flow detail it and are not counted again', () => {
  const { send, pick } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [292, VARIABLE]), template(300, ...FLOW, [10, 4])),
      set(256, flow(1, 300), subTemplateList(ALL_OF, 300, [...flow(2, 100), ...u32(5)], [...flow(3, 200), ...u32(6)])),
    ]),
  )
  assert.deepEqual(pick('dst.ip', 'bytes', 'in.if'), [['192.0.2.1', 300, 5]])
})

test('what a list denies is not taken', () => {
  const { send, pick } = listen()
  send(
    version10([set(2, template(256, ...FLOW, [291, VARIABLE])), set(256, flow(1, 100), basicList(0, [10, 4], u32(5)))]),
  )
  assert.deepEqual(pick('dst.ip', 'in.if'), [['192.0.2.1', undefined]])
})

test('lists in lists: enterprise elements, variable length, and what stands behind them', () => {
  const { send, pick, counters } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [292, VARIABLE]), template(300, [291, VARIABLE], [293, VARIABLE], [14, 4])),
      set(2, template(301, [10, 4])),
      set(
        256,
        flow(1, 100),
        subTemplateList(ALL_OF, 300, [
          ...basicList(ALL_OF, [1, VARIABLE, 6871], variable([1, 2, 3]), variable([])),
          ...subTemplateMultiList(ALL_OF, [301, u32(5)]),
          ...u32(6),
        ]),
        flow(2, 200),
        variable(),
      ),
    ]),
  )
  assert.deepEqual(pick('dst.ip', 'in.if', 'out.if'), [
    ['192.0.2.1', 5, 6],
    ['192.0.2.2', undefined, undefined],
  ])
  assert.deepEqual(counters.losses(), {})
})

test('elements in lists that no field takes are counted as those of records are', () => {
  const { send, flush, exporter } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [291, VARIABLE], [292, VARIABLE]), template(300, [10, 4], [31_998, 4])),
      set(
        256,
        flow(1, 100),
        basicList(ALL_OF, [7, 2, 424_242], u16(1), u16(2)),
        subTemplateList(ALL_OF, 300, [...u32(1), ...u32(2)], [...u32(3), ...u32(4)]),
      ),
    ]),
  )
  flush()
  netflowStatus(exporter())
  assert.deepEqual(
    [...exporter().unknownElements],
    [
      ['424242.7', 1],
      ['31998', 2],
    ],
  )
})

test('lists more than 8 deep are passed over, and counted', () => {
  const { send, pick, counters } = listen()
  let nested: Octets = basicList(ALL_OF, [10, 4], u32(5))
  for (let depth = 2; depth <= 9; depth++) nested = basicList(ALL_OF, [291, VARIABLE], nested)
  send(version10([set(2, template(256, ...FLOW, [291, VARIABLE])), set(256, flow(1, 100), nested)]))
  assert.deepEqual(pick('dst.ip', 'in.if'), [['192.0.2.1', undefined]])
  assert.deepEqual(counters.losses(), { 'decode.badList': 1 })
})

test('lists that are cut short or of unknown templates cost themselves only', () => {
  const { send, pick, counters } = listen()
  const records = [
    [flow(1, 1), variable([ALL_OF, ...u16(291)])],
    [flow(2, 2), variable([ALL_OF, ...u16(10), ...u16(4), ...u32(5), 0])],
    [flow(3, 3), variable([ALL_OF])],
    [flow(4, 4), basicList(ALL_OF, [10, 0])],
    [flow(5, 5), variable([ALL_OF, ...u16(10 | 0x8000), ...u16(4), 0])],
  ].flat(2)
  send(version10([set(2, template(256, ...FLOW, [291, VARIABLE])), set(256, records)]))
  const others = [
    [flow(6, 6), subTemplateMultiList(ALL_OF, [999, u32(1)])],
    [flow(7, 7), variable([ALL_OF, ...u16(256), ...u16(3)])],
    [flow(8, 8), variable([ALL_OF, ...u16(256), ...u16(100), 1])],
  ].flat(2)
  send(version10([set(2, template(257, ...FLOW, [293, VARIABLE])), set(257, others)], { sequence: 5 }))
  assert.deepEqual(
    pick('bytes', 'in.if'),
    [1, 2, 3, 4, 5, 6, 7, 8].map((bytes) => [bytes, bytes === 2 ? 5 : undefined]),
  )
  assert.deepEqual(counters.losses(), { 'decode.badList': 7 })
})

test('a record whose list runs over the end of its set is a named loss', () => {
  const { send, pick, counters } = listen()
  send(
    version10([
      set(2, template(256, ...FLOW, [291, VARIABLE])),
      set(256, flow(1, 1), variable(), flow(2, 2), [200, ALL_OF, 0]),
    ]),
  )
  assert.deepEqual(pick('bytes'), [[1]])
  assert.deepEqual(counters.losses(), { 'decode.short': 1 })
})

test('YAF: the Ethernet addresses stand in a list of another template', { skip: noCaptures }, async () => {
  const { pipeline, flush } = collect()
  for (const { payload, sourceAddress, timeMs } of await datagramsOf('logstash-ipfix-yaf-basic-with-applabel'))
    pipeline.receive(payload, sourceAddress, timeMs)
  const rows = flush()
  const of = (row: Row | undefined) => ['src.ip', 'dst.ip', 'proto', 'src.mac', 'dst.mac'].map((name) => row?.[name])
  const first = (source: string, destination: string) =>
    rows.find((row) => row['src.ip'] === source && row['dst.ip'] === destination)
  assert.deepEqual(of(first('172.16.32.201', '172.16.32.100')), [
    '172.16.32.201',
    '172.16.32.100',
    17,
    '00:0c:29:70:86:09',
    '00:0c:29:8d:af:c3',
  ])
  assert.deepEqual(of(first('172.16.32.100', '172.16.32.201')), [
    '172.16.32.100',
    '172.16.32.201',
    17,
    '00:0c:29:8d:af:c3',
    '00:0c:29:70:86:09',
  ])
  assert.deepEqual(of(first('172.16.32.100', '172.16.32.215')), [
    '172.16.32.100',
    '172.16.32.215',
    6,
    '00:0c:29:8d:af:c3',
    '00:0c:29:a8:6e:2f',
  ])
})

const mac = (hex: string): Octets => [...Buffer.from(hex, 'hex')]

/** Ethernet, 802.1Q with VLAN 30, IPv4 of 1,500 octets, TCP 51000 → 443 with ACK and PSH. */
const TCP_HEADER = [...u16(51000), ...u16(443), ...u32(1), ...u32(1), 0x50, 0x18, ...u16(100), ...u32(0)]
const IP_HEADER = [0x45, 0xb8, ...u16(1500), ...u32(0), 57, 6, ...u16(0), ...ip4('10.0.0.1'), ...ip4('192.0.2.7')]
const FRAME = [
  ...mac('001b21040506'),
  ...mac('001b21010203'),
  ...u16(0x8100),
  ...u16(30),
  ...u16(0x0800),
  ...IP_HEADER,
  ...TCP_HEADER,
]
const PACKET = {
  'src.ip': '10.0.0.1',
  'dst.ip': '192.0.2.7',
  'src.port': 51000,
  'dst.port': 443,
  proto: 6,
  'ip.version': 4,
  tos: 0xb8,
  ttl: 57,
  'tcp.flags': 0x18,
}

function picked(row: Row | undefined, like: Record<string, unknown>) {
  return Object.fromEntries(Object.keys(like).map((name) => [name, row?.[name]]))
}

test('a PSAMP report with a frame is a flow of one packet, times the sampling rate', () => {
  const { send, flush, counters } = listen()
  send(
    version10([
      set(
        3,
        options10(
          512,
          [[302, 4]],
          [
            [305, 4],
            [306, 4],
          ],
        ),
      ),
      set(512, u32(3), u32(1), u32(999)),
      set(2, template(256, [302, 4], [324, 8], [10, 4], [312, 2], [315, VARIABLE])),
      set(256, u32(3), [0, 0, 0, 0, 0, 0, 0, 0], u32(7), u16(1518), variable(FRAME)),
    ]),
  )
  const wanted = {
    ...PACKET,
    'src.mac': '00:1b:21:01:02:03',
    'dst.mac': '00:1b:21:04:05:06',
    vlan: 30,
    'in.if': 7,
    packets: 1000,
    bytes: 1_500_000,
    'bytes.l2': 1_518_000,
    'sampling.rate': 1000,
  }
  const [row, ...others] = flush()
  assert.deepEqual(picked(row, wanted), wanted)
  assert.equal(others.length, 0)
  assert.deepEqual(counters.losses(), {})
})

test('a section of an IP header; what elements say goes before it', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [192, 1], [11, 2], [313, 40])),
      set(256, u8(200), u16(8443), IP_HEADER, TCP_HEADER, u8(201), u16(8444), IP_HEADER, TCP_HEADER),
    ]),
  )
  const rows = flush()
  const wanted = { ...PACKET, 'dst.port': 8443, ttl: 200, packets: 1, bytes: 1500, 'bytes.l2': undefined }
  assert.equal(rows.length, 2)
  assert.deepEqual(picked(rows[0], wanted), wanted)
  assert.equal(rows[1]?.['ttl'], 201)
})

test('a section that begins within the packet is not read as its start, and padding not as packet', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [409, 2], [410, 2], [312, 2], [315, 60])),
      set(
        256,
        [...u16(14), ...u16(58), ...u16(600), ...FRAME, 0, 0],
        [...u16(0), ...u16(38), ...u16(600), ...FRAME, 0, 0],
      ),
    ]),
  )
  const [later, cut] = flush()
  assert.deepEqual(picked(later, { 'src.ip': 0, packets: 0, 'bytes.l2': 0 }), {
    'src.ip': undefined,
    packets: 1,
    'bytes.l2': 600,
  })
  assert.deepEqual(picked(cut, { 'src.ip': 0, 'dst.ip': 0, 'src.port': 0 }), {
    'src.ip': '10.0.0.1',
    'dst.ip': '192.0.2.7',
    'src.port': undefined,
  })
})

test('the section after the IP header gives ports where the record says the protocol', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [8, 4], [12, 4], [4, 1], [224, 8], [314, VARIABLE])),
      set(256, ip4('10.0.0.1'), ip4('192.0.2.7'), u8(6), u64(1500), variable(TCP_HEADER)),
      set(256, ip4('10.0.0.2'), ip4('192.0.2.7'), u8(1), u64(84), variable([8, 0, 1, 2])),
    ]),
  )
  const [tcp, icmp] = flush()
  const wanted = { 'src.port': 51000, 'dst.port': 443, 'tcp.flags': 0x18, bytes: 1500, packets: 1 }
  assert.deepEqual(picked(tcp, wanted), wanted)
  assert.deepEqual(picked(icmp, { 'icmp.type': 0, 'icmp.code': 0, 'src.port': 0, bytes: 0 }), {
    'icmp.type': 8,
    'icmp.code': 0,
    'src.port': undefined,
    bytes: 84,
  })
})

test('a label stack section', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [316, VARIABLE], [317, VARIABLE])),
      set(256, variable([0x03, 0xe8, 0x00, 64, 0x05, 0xdc, 0x11, 63]), variable(IP_HEADER, TCP_HEADER)),
    ]),
  )
  const wanted = { ...PACKET, 'mpls.label': 16_000, 'mpls.stack': '16000/24001', packets: 1, bytes: 1500 }
  assert.deepEqual(picked(flush()[0], wanted), wanted)
})

test('v9: layer 2 section of a flow that counts by itself', () => {
  const { send, flush } = listen()
  send(
    version9([
      set(0, template(256, [1, 4], [2, 4], [102, 2], [103, 2], [104, 64])),
      set(256, u32(9000), u32(6), u16(0), u16(58), FRAME, [0, 0, 0, 0, 0, 0]),
    ]),
  )
  const wanted = { ...PACKET, vlan: 30, bytes: 9000, packets: 6 }
  assert.deepEqual(picked(flush()[0], wanted), wanted)
})
