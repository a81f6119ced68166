import assert from 'node:assert/strict'
import test from 'node:test'
import { noCaptures, datagramsOf } from '../../../support/captures.ts'
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
  uint,
  version10,
  version9,
  type Octets,
  type Specifier,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'

/** A field with its value; element as number, or `[enterprise, element]`. */
type Value = readonly [element: number | readonly [enterprise: number, element: number], value: Octets]

const specifier = ([element, value]: Value): Specifier =>
  typeof element === 'number' ? [element, value.length] : [element[1], value.length, element[0]]

/** The row of an IPFIX record. */
function row(...values: readonly Value[]): Row {
  const { pipeline, flush } = collect()
  pipeline.receive(
    version10([set(2, template(256, ...values.map(specifier))), set(256, ...values.map(([, value]) => value))]),
    ROUTER,
    SENT_MS,
  )
  return flush()[0] as Row
}

/** The row of a v9 record, whose elements have no enterprises. */
function row9(...values: readonly (readonly [element: number, value: Octets])[]): Row {
  const { pipeline, flush } = collect()
  pipeline.receive(
    version9([set(0, template(256, ...values.map(specifier))), set(256, ...values.map(([, value]) => value))]),
    ROUTER,
    SENT_MS,
  )
  return flush()[0] as Row
}

const pick = (of: Row, ...names: readonly string[]) => names.map((name) => of[name])
const text = (value: string, length = value.length): Octets => [
  ...new TextEncoder().encode(value),
  ...Array<number>(length - value.length).fill(0),
]
const mac = (hex: string): Octets => hex.split(':').map((octet) => Number.parseInt(octet, 16))

test('ASA NSEL: event, reason, action, user and the translated ends, by the numbers of old and new releases', () => {
  const common: (readonly [number, Octets])[] = [
    [148, u32(0x2134)],
    [8, ip4('192.168.14.1')],
    [12, ip4('2.2.2.11')],
    [33002, u16(2025)],
    [40000, text('alice', 20)],
  ]
  const wanted = [0x2134, 'deleted', 2025, 'accept', 'alice', '203.0.113.1', '2.2.2.12', 1024, 8080]
  const names = [
    'flow.id',
    'event',
    'event.reason',
    'action',
    'user',
    'src.nat.ip',
    'dst.nat.ip',
    'src.nat.port',
    'dst.nat.port',
  ]
  assert.deepEqual(
    pick(
      row9(
        ...common,
        [40005, u8(2)],
        [40001, ip4('203.0.113.1')],
        [40002, ip4('2.2.2.12')],
        [40003, u16(1024)],
        [40004, u16(8080)],
      ),
      ...names,
    ),
    wanted,
  )
  assert.deepEqual(
    pick(
      row9(
        ...common,
        [233, u8(2)],
        [225, ip4('203.0.113.1')],
        [226, ip4('2.2.2.12')],
        [227, u16(1024)],
        [228, u16(8080)],
      ),
      ...names,
    ),
    wanted,
  )
})

test('what firewalls let through and what they refuse; other events are neither', () => {
  const of = (event: number) => pick(row([233, u8(event)]), 'event', 'action')
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map(of), [
    ['ignore', undefined],
    ['created', 'accept'],
    ['deleted', 'accept'],
    ['denied', 'reject'],
    ['alert', undefined],
    ['updated', 'accept'],
    [undefined, undefined],
  ])
})

test('forwarding status in one octet or four; dropped by an access list is a refusal', () => {
  assert.deepEqual(
    [u8(64), u8(129), u8(130), u8(131), u32(64), u32(130)].map((value) =>
      pick(row([89, value]), 'forwarding.status', 'action'),
    ),
    [
      [64, undefined],
      [129, 'reject'],
      [130, 'reject'],
      [131, undefined],
      [64, undefined],
      [130, 'reject'],
    ],
  )
})

test('CGNAT: NAT events and their moment; port blocks have no field and are counted as unknown', () => {
  const values: Value[] = [
    [230, u8(4)],
    [323, u64(SENT_MS - 5000)],
    [8, ip4('100.64.0.7')],
    [225, ip4('203.0.113.1')],
    [227, u16(4000)],
    [234, u32(7)],
    [361, u16(4000)],
    [362, u16(4999)],
  ]
  const { pipeline, flush } = collect()
  pipeline.receive(
    version10([set(2, template(256, ...values.map(specifier))), set(256, ...values.map(([, value]) => value))]),
    ROUTER,
    SENT_MS,
  )
  assert.deepEqual(
    flush().map((found) => pick(found, 'nat.event', 'end', 'src.ip', 'src.nat.ip', 'src.nat.port', 'in.vrf')),
    [['nat44 session create', SENT_MS - 5000, '100.64.0.7', '203.0.113.1', 4000, 7]],
  )
  const [exporter] = pipeline.exporters
  assert.deepEqual([...(exporter?.netflow.domains() ?? [])][0]?.template(256)?.unknown, ['361', '362'])
})

test('application ids (RFC 6759 §4): engine above, selector below, in any length; an enterprise within goes', () => {
  for (const [octets, wanted] of [
    [u32(0x0300_0050), 0x0300_0050],
    [[0x03, 0x00, 0x50], 0x0300_0050],
    [[0x0d, 0x01], 0x0d00_0001],
    [[0x0d, 0, 0, 0x01, 0xc5], 0x0d00_01c5],
    // Fortinet: engine 20, enterprise 12356, selector 36660.
    [[20, ...u32(12356), ...u32(36_660)], 20 * 2 ** 24 + 36_660],
    [[20, ...u32(9), ...u16(7)], 20 * 2 ** 24 + 7],
    // Not all of the selector fits.
    [[0x0d, 1, 0, 0, 0], undefined],
    [[20, ...u32(9), ...u32(2 ** 25)], undefined],
    // Nothing is said.
    [u32(0), undefined],
    [[3], undefined],
    [[20, 0, 0, 0], undefined],
  ] as const)
    assert.equal(row([95, octets])['app.id'], wanted, JSON.stringify(octets))
})

test('applications that are numbered without an engine (nProbe, YAF, Ixia), where there is no id with one', () => {
  assert.equal(row([[35632, 118], u16(37)])['app.id'], 37)
  assert.equal(row9([57590, u16(37)])['app.id'], 37)
  assert.equal(row([[6871, 33], u16(53)])['app.id'], 53)
  assert.equal(row([[3054, 110], u32(17)])['app.id'], 17)
  assert.equal(row([[35632, 118], u16(0)])['app.id'], undefined)
  assert.equal(row([[35632, 118], u16(37)], [95, u32(0x0d00_0001)])['app.id'], 0x0d00_0001)
})

test('names of applications: of IANA, Palo Alto, nProbe, Ixia, Citrix, Barracuda, Procera', () => {
  const app = 'video-player'
  for (const element of [96, [35632, 119], [3054, 111], [5951, 152], [10704, 5], [15397, 1]] as const)
    assert.equal(row([element, text(app, 20)]).app, app)
  assert.deepEqual(pick(row9([56701, text(app, 32)], [56702, text('bob', 64)]), 'app', 'user'), [app, 'bob'])
  assert.equal(row9([57591, text(app, 16)]).app, app)
})

test('nProbe: HTTP, TLS, DNS, user and AS path, by its numbers in IPFIX and in v9', () => {
  const values: (readonly [number, Octets])[] = [
    [180, text('/index.html', 32)],
    [181, u16(404)],
    [187, text('www.example.com', 32)],
    [188, text('tls.example.com', 32)],
    [205, text('dns.example.com', 32)],
    [207, u16(28)],
    [208, u8(3)],
    [360, text('GET', 10)],
    [121, text('carol', 16)],
    ...[64_500, 64_501, 4_200_000_000, 0, 0].map((as, i) => [300 + i, u32(as)] as const),
  ]
  const names = [
    'http.url',
    'http.status',
    'http.host',
    'tls.name',
    'dns.name',
    'dns.type',
    'dns.code',
    'http.method',
    'user',
    'as.path',
  ]
  const wanted = [
    '/index.html',
    404,
    'www.example.com',
    'tls.example.com',
    'dns.example.com',
    28,
    3,
    'GET',
    'carol',
    '64500 64501 4200000000',
  ]
  assert.deepEqual(pick(row(...values.map(([id, value]): Value => [[35632, id], value])), ...names), wanted)
  assert.deepEqual(pick(row9(...values.map(([id, value]) => [57472 + id, value] as const)), ...names), wanted)
})

test('HTTP of IANA, and status codes that are none stay null', () => {
  const found = row([457, u16(200)], [459, text('POST')], [460, text('example.org')], [461, text('/a?b=c')])
  assert.deepEqual(pick(found, 'http.status', 'http.method', 'http.host', 'http.url'), [
    200,
    'POST',
    'example.org',
    '/a?b=c',
  ])
})

test('Cisco AVC: texts that say what they are, several of one element in a record', () => {
  const detail = (application: number, part: number, value: string): Value => [
    [9, 12235],
    [...u32(application), ...u16(part), ...text(value)],
  ]
  const found = row(
    detail(0x0300_0050, 0x3403, 'curl/8'),
    detail(0x0300_0050, 0x3401, '/portal'),
    detail(0x0300_0050, 0x3402, 'www.example.com'),
    [95, u32(0x0300_0050)],
  )
  assert.deepEqual(pick(found, 'http.host', 'http.url', 'app.id'), ['www.example.com', '/portal', 0x0300_0050])
  assert.deepEqual(
    pick(row9([45003, [...u32(0x0300_0050), ...u16(0x3402), ...text('a.example')]]), 'http.host', 'http.url'),
    ['a.example', undefined],
  )
  // Of another application, too short, or with nothing behind it.
  for (const octets of [
    [...u32(0x0d00_01c5), ...u16(0x3402), ...text('cn')],
    [1, 2, 3],
    [...u32(0x0300_0050), ...u16(0x3402)],
  ])
    assert.equal(row([[9, 12235], octets])['http.host'], undefined)
  // URI statistics: each URI ends with a zero, its count follows.
  assert.equal(
    row([
      [9, 9357],
      [...text('/index'), 0, ...u16(3)],
    ])['http.url'],
    '/index',
  )
})

test('AVC as a router sent it: client, server, host and both directions', { skip: noCaptures }, async () => {
  const { pipeline, flush } = collect()
  for (const { payload, sourceAddress, timeMs } of [
    ...(await datagramsOf('netflow_parser-lit-tests-14-ipfix-template-packet')),
    ...(await datagramsOf('netflow_parser-lit-tests-15-ipfix-data-packet')),
  ])
    pipeline.receive(payload, sourceAddress, timeMs)
  const found = flush().find((one) => one['http.host'] === 'portal.medsigroup.ru')
  assert.deepEqual(pick(found ?? {}, 'src.ip', 'dst.ip', 'dst.port', 'packets', 'http.url', 'initiator', 'app.id'), [
    '10.209.101.66',
    '10.0.0.241',
    80,
    15,
    '/DocLib1',
    'src',
    0x0300_0050,
  ])
})

test('MPLS: the top label, and the stack down to the bottom bit', () => {
  const entry = (label: number, bottom = 0) => uint(3, label * 16 + bottom)
  for (const [entries, label, stack] of [
    [[entry(16_001), entry(24_005), entry(3, 1), entry(9)], 16_001, '16001/24005/3'],
    [[entry(24_002, 1), entry(0), entry(0)], 24_002, '24002'],
    [[entry(16_001), entry(24_005), entry(0)], 16_001, '16001/24005'],
    // Explicit null (RFC 3032 §2.1) is a label; nothing at all is none.
    [[entry(0, 1)], 0, '0'],
    [[entry(16_001), entry(0, 1)], 16_001, '16001/0'],
    [[entry(0), entry(0)], undefined, undefined],
    [
      Array.from({ length: 10 }, (_, i) => entry(1_048_575 - i, i === 9 ? 1 : 0)),
      1_048_575,
      Array.from({ length: 10 }, (_, i) => 1_048_575 - i).join('/'),
    ],
  ] as const) {
    const found = row(...entries.map((value, i): Value => [70 + i, value]))
    assert.deepEqual(pick(found, 'mpls.label', 'mpls.stack'), [label, stack])
  }
})

test('Wi-Fi: SSID and access point; the client is the source of what comes in and the destination of what goes out', () => {
  const of = (direction: number) =>
    row(
      [365, mac('00:11:22:33:44:55')],
      [366, ip4('10.0.0.9')],
      [367, mac('66:77:88:99:aa:bb')],
      [147, text('Guest', 33)],
      [61, u8(direction)],
      [1, u32(500)],
    )
  const names = ['src.mac', 'dst.mac', 'src.ip', 'dst.ip', 'wifi.ap', 'wifi.ssid', 'ip.version']
  assert.deepEqual(pick(of(0), ...names), [
    '00:11:22:33:44:55',
    undefined,
    '10.0.0.9',
    undefined,
    '66:77:88:99:aa:bb',
    'Guest',
    4,
  ])
  assert.deepEqual(pick(of(1), ...names), [
    undefined,
    '00:11:22:33:44:55',
    undefined,
    '10.0.0.9',
    '66:77:88:99:aa:bb',
    'Guest',
    4,
  ])
})

test('VRFs, neighbouring AS, BGP next hop beside the next hop, customer VLAN, flow id', () => {
  const found = row(
    [234, u32(0x6000_0000)],
    [235, u32(0)],
    [128, u32(64_500)],
    [129, u32(64_501)],
    [15, ip4('10.0.0.1')],
    [18, ip4('10.0.0.2')],
    [58, u16(100)],
    [245, u16(200)],
    [59, u16(300)],
    [148, u64(0xffff_0000_0000_0001n)],
  )
  assert.deepEqual(
    pick(
      found,
      'in.vrf',
      'out.vrf',
      'next.as',
      'prev.as',
      'next.hop',
      'bgp.next.hop',
      'vlan',
      'inner.vlan',
      'out.vlan',
      'flow.id',
    ),
    [0x6000_0000, 0, 64_500, 64_501, '10.0.0.1', '10.0.0.2', 100, 200, 300, 0xffff_0000_0000_0001n],
  )
  assert.deepEqual(pick(row([18, ip4('10.0.0.2')]), 'next.hop', 'bgp.next.hop'), ['10.0.0.2', '10.0.0.2'])
  assert.deepEqual(pick(row([15, ip4('0.0.0.0')], [18, ip4('10.0.0.2')]), 'next.hop'), ['10.0.0.2'])
})

test('the AS that the exporter says is kept, in two octets or four', () => {
  assert.deepEqual(pick(row([16, u16(65_001)], [17, u32(4_200_000_000)]), 'src.as', 'dst.as'), [65_001, 4_200_000_000])
})

test('interfaces in 2, 4 and 8 octets; the physical one only where there is no other, 0 among them', () => {
  assert.deepEqual(pick(row([10, u16(0xffff)], [14, u64(77)]), 'in.if', 'out.if'), [0xffff, 77])
  assert.deepEqual(pick(row([10, u64(2 ** 33)], [14, u64(0x3fff_ffff)]), 'in.if', 'out.if'), [undefined, undefined])
  assert.deepEqual(pick(row([252, u32(3)], [253, u32(4)]), 'in.if', 'out.if'), [3, 4])
  assert.deepEqual(pick(row([252, u32(3)], [10, u32(0)], [253, u32(4)], [14, u32(9)]), 'in.if', 'out.if'), [0, 9])
})

test('egress templates say so, and keep both interfaces', () => {
  assert.deepEqual(pick(row([61, u8(1)], [10, u32(3)], [14, u32(4)]), 'direction', 'in.if', 'out.if'), ['egress', 3, 4])
})

test('the type of service is the whole octet (ToS, DSCP and precedence in one field elsewhere); DSCP alone its upper six bits', () => {
  assert.equal(row([5, u8(0xb9)]).tos, 0xb9)
  assert.equal(row([195, u8(46)]).tos, 0xb8)
  assert.equal(row([195, u8(64)]).tos, undefined)
  assert.equal(row([195, u8(10)], [5, u8(0xb9)]).tos, 0xb9)
  assert.equal(row([196, u8(5)]).tos, undefined)
})

test('tunnels: network of a segment (VXLAN, NVGRE), GRE key, TEID, and the addresses of the other headers', () => {
  const segment = (type: number, id: number): Octets => [type, 0, 0, 0, ...u32(id)]
  for (const [values, tunnel, id] of [
    [[[351, segment(1, 5001)]], 'vxlan', 5001],
    [[[351, segment(2, 5002)]], 'nvgre', 5002],
    [[[351, segment(0, 0)]], undefined, undefined],
    [[[296, u32(77)]], 'gre', 77],
    [[[296, u32(0)]], undefined, undefined],
    [[[507, u32(0xdead_beef)]], 'gtp-u', 0xdead_beef],
    [[[[35632, 106], u32(12)]], undefined, 12],
  ] as const)
    assert.deepEqual(pick(row(...(values as readonly Value[])), 'tunnel', 'tunnel.id'), [tunnel, id])
  const vmware = row(
    [8, ip4('172.16.0.1')],
    [12, ip4('172.16.0.2')],
    [[6876, 881], ip4('10.0.0.1')],
    [[6876, 882], ip4('10.0.0.2')],
  )
  assert.deepEqual(pick(vmware, 'src.ip', 'dst.ip', 'outer.src.ip', 'outer.dst.ip'), [
    '172.16.0.1',
    '172.16.0.2',
    '10.0.0.1',
    '10.0.0.2',
  ])
})

test('a record with addresses of both versions keeps the second pair beside; where one is nothing, there is no tunnel', () => {
  const six = (last: number): Octets => [0x20, 0x01, 0x0d, 0xb8, ...Array<number>(11).fill(0), last]
  const of = (v6: (last: number) => Octets, a: string, b: string) =>
    pick(row([27, v6(1)], [28, v6(2)], [8, ip4(a)], [12, ip4(b)]), 'src.ip', 'dst.ip', 'outer.src.ip', 'outer.dst.ip')
  assert.deepEqual(of(six, '10.0.0.1', '10.0.0.2'), ['2001:db8::1', '2001:db8::2', '10.0.0.1', '10.0.0.2'])
  assert.deepEqual(of(six, '0.0.0.0', '0.0.0.0'), ['2001:db8::1', '2001:db8::2', undefined, undefined])
  const nothing = (): Octets => Array<number>(16).fill(0)
  assert.deepEqual(of(nothing, '10.0.0.1', '10.0.0.2'), ['10.0.0.1', '10.0.0.2', undefined, undefined])
})

test('Barracuda: service, reason and the addresses that it binds and connects to', () => {
  const found = row(
    [[10704, 5], text('https')],
    [[10704, 6], u32(12)],
    [[10704, 8], ip4('213.208.150.99')],
    [[10704, 9], u16(64_238)],
    [[10704, 10], ip4('64.235.151.76')],
    [[10704, 11], u16(443)],
  )
  assert.deepEqual(pick(found, 'app', 'event.reason', 'src.nat.ip', 'src.nat.port', 'dst.nat.ip', 'dst.nat.port'), [
    'https',
    12,
    '213.208.150.99',
    64_238,
    '64.235.151.76',
    443,
  ])
})

test('what was dropped, what came before, and the same on the way out are not added', () => {
  const found = row(
    [1, u32(100)],
    [2, u32(1)],
    [85, u64(900)],
    [86, u64(9)],
    [23, u32(100)],
    [24, u32(1)],
    [132, u64(50)],
    [133, u64(1)],
    [352, u64(118)],
  )
  assert.deepEqual(pick(found, 'bytes', 'packets', 'bytes.l2'), [100, 1, 118])
})

test('counters of layer 2: deltas, totals, on the way out; frames are packets where nothing else counts them', () => {
  assert.equal(row([353, u64(200)])['bytes.l2'], 200)
  assert.equal(row([417, u64(300)])['bytes.l2'], 300)
  assert.equal(row([353, u64(200)], [352, u64(100)])['bytes.l2'], 100)
  assert.deepEqual(pick(row([352, u64(1140)], [430, u64(10)]), 'packets', 'bytes', 'bytes.l2'), [10, 1000, 1140])
})
