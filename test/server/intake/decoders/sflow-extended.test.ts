/** Extended records, discarded packets and settings, written out by hand from sFlow's structure documents. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ExporterSettings } from '../../../../src/server/intake/exporter-settings.ts'
import { exporterStatus } from '../../../../src/server/intake/status.ts'
import { collect } from '../../../support/rows.ts'
import {
  block,
  datagram,
  decode,
  flowSample,
  ipv4,
  MACS,
  NOW,
  rawHeader,
  TCP,
  xdr,
} from '../../../support/sflow-wire.ts'

const header = rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)
const read = (...records: Buffer[]) => decode(datagram([flowSample(records, { rate: 1 })])).rows[0] ?? {}
const pick = (row: Record<string, unknown>, ...names: string[]) => names.map((name) => row[name])

/** Length, octets, filled up to 4. */
const text = (value: string) => {
  const bytes = Buffer.from(value)
  return xdr(bytes.length, bytes, '00'.repeat((4 - (bytes.length % 4)) % 4))
}

describe('extended records', () => {
  const V4 = (address: string) => xdr(1, address)

  it('gateway: BGP next hop, neighbours, and the path as text, sets in braces', () => {
    const gateway = block(
      1003,
      xdr(V4('c0 00 02 01'), 64_496, 64_497, 64_498, 2, 2, 2, 64_499, 64_500, 1, 2, 64_501, 4_200_000_000, 1, 7, 100),
    )
    assert.deepEqual(pick(read(header, gateway), 'bgp.next.hop', 'src.as', 'dst.as', 'prev.as', 'next.as', 'as.path'), [
      '192.0.2.1',
      64_497,
      4_200_000_000,
      64_498,
      64_499,
      '64499 64500 {64501,4200000000}',
    ])
  })
  it('a path of more than 255 characters is cut between numbers', () => {
    const ases = Array.from({ length: 60 }, (_, i) => 64_500 + i)
    const gateway = block(1003, xdr(V4('c0 00 02 01'), 1, 2, 3, 1, 2, ases.length, ...ases, 0, 100))
    const { 'as.path': path, 'dst.as': destination } = read(header, gateway)
    assert.match(String(path), /^64500( \d{5})+$/)
    assert.ok(String(path).length <= 255)
    assert.equal(destination, 64_559)
  })
  it('user: the source, else the destination', () => {
    assert.equal(read(header, block(1004, xdr(106, text('alice'), 106, text('bob'))))['user'], 'alice')
    assert.equal(read(header, block(1004, xdr(106, text(''), 106, text('bob'))))['user'], 'bob')
  })
  it('URL', () => {
    const row = read(header, block(1005, xdr(1, text('/index.html'), text('www.example.com'))))
    assert.deepEqual(pick(row, 'http.url', 'http.host'), ['/index.html', 'www.example.com'])
  })
  it('MPLS: the stack on the way in, unless the header has one', () => {
    const mpls = block(1006, xdr(V4('c0 00 02 01'), 2, 16_004 * 4096, 24_001 * 4096 + 0x1ff, 0))
    assert.deepEqual(pick(read(header, mpls), 'mpls.label', 'mpls.stack'), [16_004, '16004 24001'])
    const labelled = rawHeader(1502, `${MACS} 88 47 00 3e 81 ff ${ipv4('06')} ${TCP}`)
    assert.deepEqual(pick(read(labelled, mpls), 'mpls.label', 'mpls.stack'), [1000, '1000'])
  })
  it('NAT: addresses and ports', () => {
    const row = read(header, block(1007, xdr(V4('c6 33 64 01'), V4('c6 33 64 02'))), block(1020, xdr(40_000, 8443)))
    assert.deepEqual(pick(row, 'src.nat.ip', 'dst.nat.ip', 'src.nat.port', 'dst.nat.port'), [
      '198.51.100.1',
      '198.51.100.2',
      40_000,
      8443,
    ])
  })
  it('VLAN tags that were taken off', () => {
    const row = read(header, block(1012, xdr(2, '88 a8 00 c8', '81 00 00 64')))
    assert.deepEqual(pick(row, 'vlan', 'inner.vlan'), [200, 100])
  })
  it('802.11: network and access point, received and sent', () => {
    const radio = xdr(text('guests'), '02 00 00 00 00 aa 00 00', 4, 6, 0, 54_000_000, 0, 0, 0)
    for (const format of [1014, 1015])
      assert.deepEqual(pick(read(header, block(format, radio)), 'wifi.ssid', 'wifi.ap'), [
        'guests',
        '02:00:00:00:00:aa',
      ])
  })
  it('tunnels that the device puts around the packet or takes off', () => {
    const row = read(header, block(1023, xdr(1550, 47, 'c0 00 02 01', 'c0 00 02 02', 0, 0, 0, 0)))
    assert.deepEqual(pick(row, 'src.ip', 'outer.src.ip', 'outer.dst.ip', 'tunnel'), [
      '10.1.2.3',
      '192.0.2.1',
      '192.0.2.2',
      'gre',
    ])
    const v6 = `2001 0db8 ${'0000'.repeat(5)} 0001 2001 0db8 ${'0000'.repeat(5)} 0002`
    const row6 = read(header, block(1026, xdr(1550, 41, v6, 0, 0, 0, 0)), block(1030, xdr(10_010)))
    assert.deepEqual(pick(row6, 'outer.src.ip', 'outer.dst.ip', 'tunnel', 'tunnel.id'), [
      '2001:db8::1',
      '2001:db8::2',
      'vxlan',
      10_010,
    ])
  })
  it('HTTP requests with their socket: client to server', () => {
    const texts = ['/a?b=c', 'example.com', 'http://ref', 'curl', '10.0.0.9', 'carol', 'text/html'].map(text)
    const request = block(2206, xdr(2, 1001, ...texts, 0, 100, 0, 2000, 1500, 404))
    const socket = block(2100, xdr(6, '0a 09 08 07', '0a 01 02 03', 80, 49_153))
    assert.deepEqual(
      pick(
        read(request, socket),
        'http.method',
        'http.url',
        'http.host',
        'http.status',
        'user',
        'src.ip',
        'src.port',
        'dst.ip',
        'dst.port',
        'proto',
      ),
      ['GET', '/a?b=c', 'example.com', 404, 'carol', '10.1.2.3', 49_153, '10.9.8.7', 80, 6],
    )
    const older = ['/a', 'example.com', '', 'curl', 'carol', 'text/html'].map(text)
    assert.deepEqual(
      pick(read(block(2201, xdr(4, 1001, ...older, 0, 2000, 1500, 201))), 'http.method', 'http.url', 'http.status'),
      ['POST', '/a', 201],
    )
  })
  it('application operations', () => {
    const row = read(block(2202, xdr(text('payment'), text('charge'), text(''), text('OK'), 0, 1, 0, 2, 3, 0)))
    assert.equal(row['app'], 'payment')
  })
  it('what ends too early is counted, whatever it is, and nothing of it is made up', () => {
    const whole = [
      block(1002, xdr(1, 'c0 00 02 01', 24, 16)),
      block(1004, xdr(106, text('alice'), 106, text('bob'))),
      block(1005, xdr(1, text('/index.html'), text('www.example.com'))),
      block(1006, xdr(1, 'c0 00 02 01', 1, 4096, 0)),
      block(1007, xdr(1, 'c0 00 02 01', 1, 'c0 00 02 02')),
      block(1012, xdr(1, 0x8100_0064)),
      block(1014, xdr(text('guests'), '02 00 00 00 00 aa 00 00')),
      block(1020, xdr(1, 2)),
      block(1023, xdr(1550, 47, 'c0 00 02 01', 'c0 00 02 02')),
      block(1029, xdr(1)),
      block(2100, xdr(6, '0a 09 08 07', '0a 01 02 03', 80, 49_153)),
      block(2206, xdr(2, 1001, ...['/a', 'b', '', '', '', '', ''].map(text), 0, 0, 0, 0, 0, 200)),
    ]
    for (const record of whole) {
      const format = record.readUInt32BE(0)
      assert.equal(decode(datagram([flowSample([record])])).counters.get('decode.short'), 0, `${format}`)
      const cut = xdr(format, 4, record.subarray(8, 12))
      if (record.length > 12)
        assert.equal(decode(datagram([flowSample([cut])])).counters.get('decode.short'), 1, `${format} cut`)
    }
  })
})

describe('discarded packets', () => {
  const discarded = (reason: number) => block(5, xdr(1, 0, 5, 0, 5, 7, reason, 1, header))

  it('are rows with the reason that count no packets: the flow samples count them', () => {
    const [row = {}] = decode(datagram([discarded(258)])).rows
    assert.deepEqual(
      pick(row, 'drop.reason', 'forwarding.status', 'action', 'in.if', 'out.if', 'direction', 'src.ip', 'dst.port'),
      [258, 129, 'reject', 5, 7, 'ingress', '10.1.2.3', 443],
    )
    assert.deepEqual(pick(row, 'packets', 'bytes', 'bytes.l2', 'sampling.rate', 'sampling.source'), [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
  it('a reason without a forwarding status of its own is just dropped; unknown is no reason', () => {
    assert.deepEqual(
      pick(decode(datagram([discarded(303)])).rows[0] ?? {}, 'drop.reason', 'forwarding.status'),
      [303, 128],
    )
    assert.deepEqual(pick(decode(datagram([discarded(256)])).rows[0] ?? {}, 'drop.reason', 'forwarding.status'), [
      undefined,
      128,
    ])
  })
  it('a flow sample that was dropped has the reason too', () => {
    const [row = {}] = decode(datagram([flowSample([header], { output: 0x4000_0101 })])).rows
    assert.deepEqual(pick(row, 'drop.reason', 'forwarding.status', 'packets'), [257, 137, 512])
  })
})

describe('sampling', () => {
  const rowWith = (settings: Partial<ExporterSettings>, rate: number) => {
    const { pipeline, flush } = collect({ settings: { '10.0.0.254': settings } })
    pipeline.receive(datagram([flowSample([header], { rate })]), '192.0.2.1', NOW)
    return pick(flush()[0] ?? {}, 'packets', 'bytes', 'sampling.rate', 'sampling.source')
  }
  it('a configured default is for samples that name no rate', () => {
    assert.deepEqual(rowWith({ samplingDefault: 100 }, 0), [100, 148_000, 100, 'configuration'])
    assert.deepEqual(rowWith({ samplingDefault: 100 }, 10), [10, 14_800, 10, 'record'])
  })
  it('a configured override goes before what samples name', () => {
    assert.deepEqual(rowWith({ samplingOverride: 100 }, 10), [100, 148_000, 100, 'configuration'])
  })
  it('what agents leave out, and samples that are missing, are known for each source', () => {
    const sample = (sequence: number, drops: number) => block(1, xdr(sequence, 5, 512, 10_000, drops, 5, 7, 1, header))
    const { pipeline } = decode(datagram([sample(10, 3), sample(11, 3), sample(14, 8)]))
    const [exporter] = [...pipeline.exporters]
    assert.deepEqual(
      [...(exporter?.sflow.sampling() ?? [])],
      [{ domain: 3, source: 5, rate: 512, dropped: 5, missing: 2 }],
    )
  })
})

it('structures that no field keeps are counted by name', () => {
  const { pipeline } = decode(
    datagram([flowSample([header, block(2209, Buffer.alloc(32)), block((8800 << 12) | 2, Buffer.alloc(20))])]),
  )
  const [exporter] = [...pipeline.exporters]
  assert.ok(exporter)
  const unknown = exporterStatus(exporter, 0).unknownElements.map(({ element, records }) => [element, records])
  assert.deepEqual(unknown, [
    ['sFlow extended_tcp_info', 1],
    ['sFlow 8800:2', 1],
  ])
})

it('33 samples in a datagram, and a batch that ends within one, keep their fields', () => {
  const { pipeline, flush } = collect()
  const samples = Array.from({ length: 33 }, (_, i) =>
    flowSample([i % 2 === 0 ? header : rawHeader(64, `${MACS} 08 06`)], { rate: i + 1 }),
  )
  const bytes = datagram(samples)
  for (let n = 0; n < 600; n++) pipeline.receive(bytes, '192.0.2.1', NOW)
  const rows = flush()
  assert.equal(rows.length, 33 * 600)
  rows.forEach((row, i) => {
    const k = i % 33
    assert.deepEqual(pick(row, 'packets', 'start', 'exporter', 'src.ip', 'dst.port'), [
      k + 1,
      NOW,
      '10.0.0.254',
      ...(k % 2 === 0 ? ['10.1.2.3', 443] : [undefined, undefined]),
    ])
  })
})
