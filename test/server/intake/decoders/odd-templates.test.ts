/** Templates as few exporters send them, and as the specifications allow them. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Exporter } from '../../../../src/server/intake/exporter.ts'
import { netflowStatus } from '../../../../src/server/intake/decoders/netflow-status.ts'
import { datagramsOf, noCaptures } from '../../../support/captures.ts'
import { collect } from '../../../support/rows.ts'
import {
  SENT_MS,
  ip4,
  options10,
  options9,
  set,
  template,
  u16,
  u32,
  u8,
  uint,
  version10,
  version9,
  type Octets,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'
const VARIABLE = 65535
const text = (value: string): Octets => [value.length, ...Buffer.from(value)]
const longText = (value: string): Octets => [255, ...u16(value.length), ...Buffer.from(value)]

function listen() {
  const { pipeline, counters, flush } = collect()
  return {
    counters,
    flush,
    send: (datagram: Uint8Array) => pipeline.receive(datagram, ROUTER, SENT_MS),
    exporter: () => [...pipeline.exporters][0] as Exporter,
    pick: (...names: string[]) => flush().map((row) => names.map((name) => row[name])),
  }
}

test('v9 with variable lengths, as H3C and others send it', () => {
  const { send, pick, counters } = listen()
  send(
    version9([
      set(0, template(256, [82, VARIABLE], [8, 4], [460, VARIABLE], [1, 4])),
      set(
        256,
        [...text('eth0'), ...ip4('10.0.0.1'), ...longText('www.example.com'), ...u32(100)],
        [...text(''), ...ip4('10.0.0.2'), ...text('example.org'), ...u32(200)],
      ),
    ]),
  )
  assert.deepEqual(pick('src.ip', 'http.host', 'bytes'), [
    ['10.0.0.1', 'www.example.com', 100],
    ['10.0.0.2', 'example.org', 200],
  ])
  assert.deepEqual(counters.losses(), {})
})

test('v9 from H3C: what stands behind the variable length is read where it is', { skip: noCaptures }, async () => {
  const { pipeline, flush } = collect()
  for (const { payload, sourceAddress, timeMs } of await datagramsOf('logstash-netflow-9-h3c-netstream-with-varstring'))
    pipeline.receive(payload, sourceAddress, timeMs)
  const [row, ...others] = flush()
  assert.equal(others.length, 0)
  assert.deepEqual(
    H3C.map(([name]) => row?.[name]),
    H3C.map(([, value]) => value),
  )
})

/** As tshark 4 shows it, which gives up on the text of variable length behind these. */
const H3C = [
  ['packets', 9],
  ['bytes', 702],
  ['in.if', 17],
  ['out.if', 0],
  ['src.ip', '20.20.20.20'],
  ['dst.ip', '20.20.255.255'],
  ['src.port', 137],
  ['dst.port', 137],
  ['proto', 17],
  ['src.mask', 32],
  ['dst.mask', 32],
  ['direction', 'ingress'],
] as const

/** Elements from 32768 on are Cisco's and others' own; v9 has no enterprise numbers to follow them (RFC 3954 §8). */
test('v9: an element beyond 32767 is followed by its length, and that by the next field', () => {
  const { send, pick, counters, exporter } = listen()
  send(
    version9([
      set(0, template(256, [8, 4], [33_000, 12], [57_590, 2], [1, 4])),
      set(256, ip4('10.0.0.1'), uint(12, 1), u16(7), u32(100)),
    ]),
  )
  assert.deepEqual(pick('src.ip', 'bytes'), [['10.0.0.1', 100]])
  assert.deepEqual(
    netflowStatus(exporter()).templates[0]?.fields.map(({ element }) => element),
    ['8', '33000', '57590', '1'],
  )
  assert.deepEqual(counters.losses(), {})
})

/** RFC 7011 §6.2: any integer may be sent in fewer octets; some exporters send more. */
for (const length of [1, 2, 3, 4, 5, 6, 7, 8, 9, 16]) {
  test(`integers of ${length} octets, in v9 and IPFIX`, () => {
    const elements = {
      bytes: 1,
      packets: 2,
      tos: 5,
      'tcp.flags': 6,
      'src.port': 7,
      'src.mask': 9,
      'in.if': 10,
      'dst.port': 11,
      'out.if': 14,
      'src.as': 16,
      vlan: 58,
      direction: 61,
      'forwarding.status': 89,
      'flow.id': 148,
      ttl: 192,
      'nat.event': 230,
    }
    const fields = [[8, 4], ...Object.values(elements).map((id) => [id, length] as const)] as const
    const record = [...ip4('10.0.0.1'), ...Object.values(elements).flatMap(() => uint(length, 1))]
    // Counters of more than 64 bits are none that there are.
    const wanted = Object.keys(elements).map((name) => {
      if (name === 'direction') return 'egress'
      if (name === 'nat.event') return 'translation create'
      return length > 8 && (name === 'bytes' || name === 'packets' || name === 'flow.id') ? undefined : 1
    })
    const { send, pick, counters } = listen()
    send(version9([set(0, template(256, ...fields)), set(256, record, record)]))
    send(version10([set(2, template(256, ...fields)), set(256, record)]))
    assert.deepEqual(
      pick(...Object.keys(elements)),
      [0, 1, 2].map(() => wanted),
    )
    assert.deepEqual(counters.losses(), {})
  })
}

test('options without any scope', () => {
  const { send, flush, exporter, counters } = listen()
  send(
    version10([
      set(3, options10(512, [], [[34, 4]])),
      set(512, u32(100)),
      set(2, template(256, [8, 4], [1, 4])),
      set(256, ip4('10.0.0.1'), u32(10)),
    ]),
  )
  send(
    version9([
      set(1, options9(512, [], [[34, 4]])),
      set(512, u32(10)),
      set(0, template(256, [8, 4], [1, 4])),
      set(256, ip4('10.0.0.2'), u32(10)),
    ]),
  )
  assert.deepEqual(
    flush().map((row) => [row['src.ip'], row['bytes'], row['sampling.rate']]),
    [
      ['10.0.0.1', 1000, 100],
      ['10.0.0.2', 100, 10],
    ],
  )
  assert.equal(exporter().options, 2)
  assert.deepEqual(counters.losses(), {})
})

test('more scopes than fields: all of them are scopes', () => {
  const { send, flush, exporter } = listen()
  const [high, low] = u16(9)
  const content = options10(512, [[143, 4]], [[34, 4]])
  const lying = [...content.slice(0, 4), high as number, low as number, ...content.slice(6)]
  send(version10([set(3, lying), set(512, u32(1), u32(100))]))
  assert.deepEqual(flush(), [])
  assert.equal(exporter().options, 1)
})

test('several templates of options in one set, with padding of any content between sets of data', () => {
  const { send, pick, counters, exporter } = listen()
  send(
    version9([
      set(1, options9(512, [[1, 4]], [[34, 4]]), options9(513, [[2, 4]], [[82, 8]]), [0, 0]),
      set(513, u32(7), [...Buffer.from('Gi0/0/07')], [0xde, 0xad]),
      set(512, u32(0), u32(50), [0xff, 0xff, 0xff]),
      set(0, template(256, [8, 4], [1, 4]), template(257, [12, 4], [1, 4]), [0, 0]),
      set(257, ip4('192.0.2.1'), u32(2), [1, 2, 3]),
      set(256, ip4('10.0.0.1'), u32(1), u8(255)),
    ]),
  )
  assert.deepEqual(pick('src.ip', 'dst.ip', 'bytes'), [
    [undefined, '192.0.2.1', 100],
    ['10.0.0.1', undefined, 50],
  ])
  assert.equal(exporter().options, 2)
  assert.deepEqual(counters.losses(), {})
})
