import assert from 'node:assert/strict'
import test from 'node:test'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { collect } from '../../../support/rows.ts'
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
  type Field,
  type Octets,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'
const VARIABLE = 65535
const text = (value: string): Octets => [value.length, ...Buffer.from(value)]
const longText = (value: string): Octets => [255, ...u16(value.length), ...Buffer.from(value)]

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  return {
    counters,
    flush,
    send: (datagram: Uint8Array, from = ROUTER) => pipeline.receive(datagram, from, SENT_MS),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    sources: () => flush().map((row) => row['src.ip']),
  }
}

test('a record with every field that IPFIX gives as it is', () => {
  const { send, flush } = listen()
  const fields: readonly Field[] = [
    [27, 16, hexV6('20010db8000000000000000000000001')],
    [28, 16, hexV6('20010db8000000000000000000000002')],
    [7, 2, u16(51000)],
    [11, 2, u16(443)],
    [4, 1, u8(6)],
    [60, 1, u8(6)],
    [29, 1, u8(48)],
    [30, 1, u8(64)],
    [56, 6, [0, 0x1b, 0x21, 1, 2, 3]],
    [80, 6, [0, 0x1b, 0x21, 4, 5, 6]],
    [16, 4, u32(4_200_000_001)],
    [17, 4, u32(15169)],
    [227, 2, u16(4000)],
    [228, 2, u16(5000)],
    [225, 4, ip4('203.0.113.1')],
    [226, 4, ip4('203.0.113.2')],
    [1, 8, u64(1500)],
    [2, 8, u64(3)],
    [352, 8, u64(1554)],
    [6, 2, u16(0x01c2)],
    [5, 1, u8(0xb8)],
    [192, 1, u8(57)],
    [70, 3, [0x05, 0xdc, 0x11]],
    [136, 1, u8(3)],
    [89, 1, u8(0x40)],
    [61, 1, u8(1)],
    [10, 4, u32(10101)],
    [14, 4, u32(0)],
    [58, 2, u16(100)],
    [59, 2, u16(200)],
    [62, 16, hexV6('20010db80000000000000000000000fe')],
    [152, 8, u64(SENT_MS - 3000)],
    [153, 8, u64(SENT_MS - 1000)],
  ]
  send(
    version10([
      set(2, template(256, ...fields.map(([id, length]) => [id, length] as const))),
      set(256, ...fields.map((field) => field[2])),
    ]),
  )
  assert.deepEqual(flush(), [
    {
      start: SENT_MS - 3000,
      end: SENT_MS - 1000,
      received: SENT_MS,
      exporter: ROUTER,
      domain: 1,
      'source.type': 'ipfix',
      'src.ip': '2001:db8::1',
      'dst.ip': '2001:db8::2',
      'src.port': 51000,
      'dst.port': 443,
      proto: 6,
      'ip.version': 6,
      'src.mask': 48,
      'dst.mask': 64,
      'src.mac': '00:1b:21:01:02:03',
      'dst.mac': '00:1b:21:04:05:06',
      'src.as': 4_200_000_001,
      'dst.as': 15169,
      'src.nat.ip': '203.0.113.1',
      'dst.nat.ip': '203.0.113.2',
      'src.nat.port': 4000,
      'dst.nat.port': 5000,
      bytes: 1500,
      packets: 3,
      'bytes.l2': 1554,
      'sampling.source': 'none',
      'tcp.flags': 0x01c2,
      tos: 0xb8,
      ttl: 57,
      'mpls.label': 24001,
      'mpls.stack': '24001',
      'end.reason': 'end of flow',
      'forwarding.status': 0x40,
      direction: 'egress',
      'in.if': 10101,
      'out.if': 0,
      vlan: 100,
      'out.vlan': 200,
      'next.hop': '2001:db8::fe',
    },
  ])
})

test('fields of variable length, short and long, empty and at either end of the record', () => {
  const { send, flush, counters } = listen()
  const records = [
    [text('eth0'), ip4('10.0.0.1'), longText('x'.repeat(300)), u32(1), text('')],
    [text(''), ip4('10.0.0.2'), text('y'), u32(2), longText('z')],
  ]
  send(
    version10([
      set(2, template(256, [82, VARIABLE], [8, 4], [83, VARIABLE], [1, 4], [96, VARIABLE])),
      set(256, ...records.flat()),
    ]),
  )
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row.bytes]),
    [
      ['10.0.0.1', 1],
      ['10.0.0.2', 2],
    ],
  )
  assert.deepEqual(counters.losses(), {})
})

test('a template of nothing but variable lengths', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [82, VARIABLE], [83, VARIABLE])),
      set(256, text('a'), text('b'), text('c'), text('d')),
    ]),
  )
  assert.equal(flush().length, 2)
})

test('a variable length that reaches beyond its set is a named loss, and the records before it stand', () => {
  for (const cut of [
    [...ip4('10.0.0.2'), 200, 1, 2],
    [...ip4('10.0.0.2'), 255, 1],
    [...ip4('10.0.0.2'), 255, 1, 0, 9],
  ]) {
    const { send, sources, counters } = listen()
    send(
      version10([
        set(2, template(256, [8, 4], [82, VARIABLE])),
        set(256, ip4('10.0.0.1'), text('eth0'), cut),
        set(256, ip4('10.0.0.3'), text('')),
      ]),
    )
    assert.deepEqual([sources(), counters.losses()], [['10.0.0.1', '10.0.0.3'], { 'decode.short': 1 }])
  }
})

test('a number of variable length', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [8, 4], [58, VARIABLE])),
      set(
        256,
        [...ip4('10.0.0.1'), 1, 7],
        [...ip4('10.0.0.2'), 2, 1, 0],
        [...ip4('10.0.0.3'), 0],
        [...ip4('10.0.0.4'), 3, 1, 0, 0],
      ),
    ]),
  )
  assert.deepEqual(
    flush().map((row) => row.vlan),
    [7, 256, undefined, undefined],
  )
})

test('the template of a withdrawal is gone, and what comes after it waits (an endless loop elsewhere)', () => {
  const { send, sources, counters } = listen()
  send(version10([set(2, template(256, [8, 4]), template(257, [8, 4])), set(256, ip4('10.0.0.1'))]))
  send(version10([set(2, template(256)), set(256, Array<number>(24).fill(1)), set(257, ip4('10.0.0.2'))]))
  assert.deepEqual([sources(), counters.get('waitingSets'), counters.losses()], [['10.0.0.1', '10.0.0.2'], 1, {}])
})

test('all templates of a kind are withdrawn by the id of their set', () => {
  const { send, exporter } = listen()
  const ids = () => netflowStatus(exporter()).templates.map(({ id }) => id)
  send(version10([set(2, template(256, [8, 4]), template(257, [8, 4])), set(3, options10(258, [[149, 4]], [[34, 4]]))]))
  send(version10([set(2, template(2))]))
  assert.deepEqual(ids(), [258])
  send(version10([set(2, template(256, [8, 4])), set(3, template(3))]))
  assert.deepEqual(ids(), [256])
})

test('withdrawing what is not known is no fault', () => {
  const { send, counters } = listen()
  send(version10([set(2, template(300)), set(3, template(301))]))
  assert.deepEqual(counters.losses(), {})
})

test('enterprise elements, in templates of options too, are told from those of IANA', () => {
  const { send, flush, exporter, counters } = listen()
  send(
    version10([
      set(2, template(256, [8, 4, 9], [8, 4], [1, 8, 4242])),
      set(256, ip4('9.9.9.9'), ip4('10.0.0.1'), u64(77)),
      set(
        3,
        options10(
          257,
          [
            [149, 4],
            [34, 4, 9],
          ],
          [[82, 4, 4242]],
        ),
      ),
      set(257, u32(1), u32(1000), u32(0)),
    ]),
  )
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row.bytes, row['sampling.rate']]),
    [['10.0.0.1', undefined, undefined]],
  )
  const { templates, sampling } = netflowStatus(exporter())
  assert.deepEqual(
    [...exporter().unknownElements],
    [
      ['9.8', 1],
      ['4242.1', 1],
    ],
  )
  assert.deepEqual(
    templates[1]?.fields.map(({ element }) => element),
    ['149', '9.34', '4242.82'],
  )
  assert.deepEqual([sampling, counters.get('options')], [[], 1])
})

test('an element that stands twice counts where it stands first', () => {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, [8, 4], [7, 2], [8, 4], [7, 2])),
      set(256, ip4('10.0.0.1'), u16(1), ip4('10.0.0.2'), u16(2)),
    ]),
  )
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row['src.port']]),
    [['10.0.0.1', 1]],
  )
})

test('a message length beyond the datagram is a named loss, and what is there is read', () => {
  const { send, sources, counters } = listen()
  const datagram = version10([set(2, template(256, [8, 4])), set(256, ip4('10.0.0.1'))])
  datagram.set(u16(datagram.length + 10), 2)
  send(datagram)
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], { 'decode.short': 1 }])
})

test('what follows the message in the datagram is not read', () => {
  const { send, sources } = listen()
  send(
    Uint8Array.from([
      ...version10([set(2, template(256, [8, 4])), set(256, ip4('10.0.0.1'))]),
      ...set(256, ip4('10.0.0.2')),
    ]),
  )
  assert.deepEqual(sources(), ['10.0.0.1'])
})

test('set ids that are reserved are named losses', () => {
  const { send, sources, counters } = listen()
  send(
    version10([
      set(2, template(256, [8, 4])),
      set(0, u32(1)),
      set(1, u32(1)),
      set(255, u32(1)),
      set(256, ip4('10.0.0.1')),
    ]),
  )
  assert.deepEqual([sources(), counters.losses()], [['10.0.0.1'], { 'decode.badTemplate': 3 }])
})

test('records missing by sequence number, which counts data records, options among them', () => {
  const { send, exporter } = listen()
  const sets = [set(256, ip4('10.0.0.1'), ip4('10.0.0.2')), set(257, u32(1), u32(10))]
  send(
    version10([set(2, template(256, [8, 4])), set(3, options10(257, [[149, 4]], [[34, 4]])), ...sets], { sequence: 0 }),
  )
  send(version10(sets, { sequence: 3 }))
  send(version10(sets, { sequence: 10 }))
  assert.deepEqual(exporter().sequence, { unit: 'records', missing: 4, resets: 0, reordered: 0, duplicates: 0 })
})

test('a message whose records could not be counted is no loss on the way', () => {
  const { send, exporter } = listen()
  send(version10([set(256, ip4('10.0.0.1'))], { sequence: 0 }))
  send(version10([set(2, template(256, [8, 4])), set(256, ip4('10.0.0.2'))], { sequence: 1 }))
  assert.equal(exporter().sequence.missing, 0)
})

test('rows go on in the next batch where one is full', () => {
  const { send, sources } = listen()
  send(version10([set(2, template(256, [8, 4], [82, VARIABLE]), template(257, [8, 4]))]))
  const count = 10_000
  const addresses = Array.from({ length: count }, (_, i) => `10.1.${i >> 8}.${i & 255}`)
  send(version10([set(257, ...addresses.map(ip4))]))
  send(version10([set(256, ...addresses.map((address) => [...ip4(address), 0]))]))
  assert.deepEqual(sources(), [...addresses, ...addresses])
})

function hexV6(digits: string): Octets {
  return [...Buffer.from(digits, 'hex')]
}
