/** Datagrams written out by hand from the sFlow version 5 specification, and what they must say. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { totalsOf } from '../../../../src/server/intake/totals.ts'
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
  type Head,
  xdr,
} from '../../../support/sflow-wire.ts'

describe('sFlow v5 flow sample', () => {
  const { rows, counters, pipeline } = decode(
    datagram([flowSample([rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)])]),
  )

  it('is one row: a packet times the sampling rate, IP octets and frame octets', () => {
    assert.deepEqual(rows, [
      {
        start: NOW,
        end: NOW,
        received: NOW,
        exporter: '10.0.0.254',
        domain: 3,
        'source.type': 'sflow5',
        'src.ip': '10.1.2.3',
        'dst.ip': '10.9.8.7',
        'src.port': 49_153,
        'dst.port': 443,
        proto: 6,
        'ip.version': 4,
        'src.mac': '02:00:00:00:00:01',
        'dst.mac': '02:00:00:00:00:02',
        bytes: 1480 * 512,
        packets: 512,
        'bytes.l2': 1498 * 512,
        'sampling.rate': 512,
        'sampling.source': 'record',
        'tcp.flags': 0x18,
        tos: 0xb8,
        ttl: 62,
        direction: 'ingress',
        'in.if': 5,
        'out.if': 7,
      },
    ])
  })

  it('counts one record, one flow, and the agent as the exporter', () => {
    assert.equal(counters.get('records'), 1)
    assert.equal(counters.get('flows'), 1)
    assert.deepEqual(counters.losses(), {})
    const [exporter] = [...pipeline.exporters]
    assert.equal(exporter?.address, '10.0.0.254')
    assert.equal(exporter?.flows, 1)
    assert.deepEqual(
      [...(exporter?.sflow.sampling() ?? [])],
      [{ domain: 3, source: 5, rate: 512, dropped: 0, missing: 0 }],
    )
  })
})

it('an expanded flow sample says the same', () => {
  const record = rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)
  const expanded = block(3, xdr(99, 0, 5, 512, 10_000, 0, 0, 5, 0, 7, 1, record))
  assert.deepEqual(decode(datagram([expanded])).rows, decode(datagram([flowSample([record])])).rows)
})

it('counter samples and unknown samples are passed over; the flows beside them are kept', () => {
  const { rows, counters } = decode(
    datagram([
      block(2, xdr(1, 5, 1, block(1, Buffer.alloc(88)))),
      block(4, xdr(1, 0, 5, 1, block(1, Buffer.alloc(88)))),
      block(6, Buffer.alloc(64)),
      block((4413 << 12) | 1, Buffer.alloc(12)),
      flowSample([rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)]),
    ]),
  )
  assert.equal(rows.length, 1)
  assert.deepEqual(counters.losses(), {})
})

describe('interfaces and direction', () => {
  const cases: [name: string, head: Head, expected: Record<string, unknown>][] = [
    ['source is the output: egress', { source: 7 }, { 'in.if': 5, 'out.if': 7, direction: 'egress' }],
    ['source is neither', { source: 9 }, { 'in.if': 5, 'out.if': 7 }],
    ['source is both', { source: 5, output: 5 }, { 'in.if': 5, 'out.if': 5 }],
    ['source is a VLAN, not an interface', { source: 0x0100_0005 }, { 'in.if': 5, 'out.if': 7 }],
    [
      '0x3fffffff is the device itself, which is no interface',
      { input: 0x3fff_ffff, output: 7, source: 7 },
      { 'out.if': 7, direction: 'egress' },
    ],
    ['0 is unknown, not 0', { input: 0, output: 0 }, {}],
    ['several outputs', { output: 0x8000_0003 }, { 'in.if': 5, direction: 'ingress' }],
    [
      'dropped for an access list',
      { output: 0x4000_0102 },
      { 'in.if': 5, 'out.if': 0, direction: 'ingress', 'forwarding.status': 129 },
    ],
    [
      'dropped for a reason unknown',
      { output: 0x4000_0100 },
      { 'in.if': 5, 'out.if': 0, direction: 'ingress', 'forwarding.status': 128 },
    ],
  ]
  for (const [name, head, expected] of cases) {
    it(name, () => {
      const [row] = decode(datagram([flowSample([], head)])).rows
      const found = Object.fromEntries(
        ['in.if', 'out.if', 'direction', 'forwarding.status']
          .filter((key) => row?.[key] !== undefined)
          .map((key) => [key, row?.[key]]),
      )
      assert.deepEqual(found, expected)
    })
  }
})

describe('sampling', () => {
  it('a rate of 0 says nothing: the packet is one packet', () => {
    const [row] = decode(
      datagram([flowSample([rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)], { rate: 0 })]),
    ).rows
    assert.equal(row?.['packets'], 1)
    assert.equal(row?.['bytes'], 1480)
    assert.equal(row?.['sampling.rate'], undefined)
    assert.equal(row?.['sampling.source'], 'none')
  })
  it('products are exact to 64 bits', () => {
    const [row] = decode(datagram([flowSample([block(1, xdr(1, 0xffff_fff1, 4, 0))], { rate: 0xffff_ffff })])).rows
    assert.equal(row?.['bytes.l2'], 0xffff_fff1n * 0xffff_ffffn)
    assert.equal(row?.['packets'], 0xffff_ffff)
  })
})

describe('records beside the header', () => {
  const header = rawHeader(1498, `${MACS} 81 00 00 64 08 00 ${ipv4('06')} ${TCP}`)
  const read = (...records: Buffer[]) => decode(datagram([flowSample(records, { rate: 1 })])).rows[0] ?? {}

  it('extended switch: VLANs, before or after the header, known better than the tag', () => {
    const known = block(1001, xdr(10, 0, 20, 0))
    for (const row of [read(known, header), read(header, known)])
      assert.deepEqual([row['vlan'], row['out.vlan']], [10, 20])
    assert.deepEqual(read(header, block(1001, xdr(0, 0, 0xffff_ffff, 0)))['vlan'], 100)
  })
  it('extended router: next hop and prefixes', () => {
    const row = read(header, block(1002, xdr(1, 'c0 00 02 01', 24, 0)))
    assert.deepEqual([row['next.hop'], row['src.mask'], row['dst.mask']], ['192.0.2.1', 24, 0])
    const v6 = read(header, block(1002, xdr(2, '2001 0db8 0000 0000 0000 0000 0000 0001', 48, 64)))
    assert.deepEqual([v6['next.hop'], v6['src.mask'], v6['dst.mask']], ['2001:db8::1', 48, 64])
  })
  it('extended gateway: the source AS, and the last of the path', () => {
    const row = read(
      header,
      block(1003, xdr(1, 'c0 00 02 01', 64_496, 64_497, 64_498, 2, 2, 2, 64_499, 64_500, 1, 1, 64_501, 0, 100)),
    )
    assert.deepEqual([row['src.as'], row['dst.as'], row['next.hop']], [64_497, 64_501, '192.0.2.1'])
  })
  it("extended gateway: without source AS and path it is the router's own", () => {
    const row = read(header, block(1003, xdr(1, 'c0 00 02 01', 64_496, 0, 0, 0, 0, 100)))
    assert.deepEqual([row['src.as'], row['dst.as']], [64_496, 64_496])
  })
  it("the router's next hop before the gateway's", () => {
    const router = block(1002, xdr(1, 'c0 00 02 02', 24, 24))
    const gateway = block(1003, xdr(1, 'c0 00 02 01', 64_496, 0, 0, 0, 0, 100))
    assert.equal(read(header, router, gateway)['next.hop'], '192.0.2.2')
    assert.equal(read(header, gateway, router)['next.hop'], '192.0.2.2')
  })
  it('sampled Ethernet and IPv4 in place of a header', () => {
    const row = read(
      block(2, xdr(1498, '02 00 00 00 00 01 00 00', '02 00 00 00 00 02 00 00', 0x800)),
      block(3, xdr(1480, 6, '0a 01 02 03', '0a 09 08 07', 49_153, 443, 0x18, 0xb8)),
    )
    assert.deepEqual(
      [
        row['src.mac'],
        row['src.ip'],
        row['dst.ip'],
        row['src.port'],
        row['dst.port'],
        row['tcp.flags'],
        row['tos'],
        row['bytes'],
        row['bytes.l2'],
      ],
      ['02:00:00:00:00:01', '10.1.2.3', '10.9.8.7', 49_153, 443, 0x18, 0xb8, 1480, 1498],
    )
  })
  it('sampled IPv6 in place of a header', () => {
    const row = read(
      block(
        4,
        xdr(
          60,
          17,
          '2001 0db8 0000 0000 0000 0000 0000 0001',
          '2001 0db8 0000 0000 0000 0000 0000 0002',
          53,
          53_248,
          0,
          0,
        ),
      ),
    )
    assert.deepEqual(
      [row['src.ip'], row['src.port'], row['bytes'], row['bytes.l2'], row['tcp.flags']],
      ['2001:db8::1', 53, 60, undefined, undefined],
    )
  })
  it('unknown records (1031 and beyond, other enterprises) are passed over', () => {
    const row = read(
      block(1031, Buffer.alloc(36)),
      block((8800 << 12) | 2, Buffer.alloc(20)),
      header,
      block(2100, Buffer.alloc(20)),
    )
    assert.equal(row['dst.port'], 443)
  })
})

describe('agents', () => {
  it('an IPv6 agent is the exporter', () => {
    const { rows } = decode(datagram([flowSample([])], { agent: xdr(2, '2001 0db8 0000 0000 0000 0000 0000 0001') }))
    assert.equal(rows[0]?.['exporter'], '2001:db8::1')
  })
  it('an agent without address is known by its source', () => {
    assert.equal(decode(datagram([flowSample([])], { agent: xdr(0) })).rows[0]?.['exporter'], '192.0.2.1')
    assert.equal(decode(datagram([flowSample([])], { agent: xdr(1, 0) })).rows[0]?.['exporter'], '192.0.2.1')
  })
  it('an agent that also sends NetFlow from its address is one exporter', () => {
    const { pipeline } = decode(datagram([], { agent: xdr(1, 'c0 00 02 01') }), datagram([], { agent: xdr(0) }))
    assert.equal([...pipeline.exporters].length, 1)
  })
  it('sequence: gaps are missing datagrams, for each sub-agent by itself', () => {
    const { pipeline } = decode(
      datagram([], { sequence: 10 }),
      datagram([], { sequence: 500, subAgent: 4 }),
      datagram([], { sequence: 11 }),
      datagram([], { sequence: 15 }),
      datagram([], { sequence: 501, subAgent: 4 }),
    )
    assert.deepEqual([...pipeline.exporters][0]?.sequence, {
      unit: 'datagrams',
      missing: 3,
      resets: 0,
      reordered: 0,
      duplicates: 0,
    })
  })
})

describe('wrong lengths are counted, and what is whole is kept', () => {
  const good = flowSample([rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)])
  const cases: [name: string, bytes: Buffer, rows: number, short: number][] = [
    ['header cut short', datagram([good]).subarray(0, 20), 0, 1],
    ['address cut short', xdr(5, 2, '2001 0db8'), 0, 1],
    ['unknown kind of address', xdr(5, 9, 0, 0, 0, 0, 0, 0), 0, 1],
    ['more samples announced than there are', datagram([good], { count: 7 }), 1, 1],
    ['a sample longer than the datagram', datagram([good, xdr(1, 400, 0)]), 1, 1],
    ['a flow sample too short for its header', datagram([block(1, Buffer.alloc(28)), good]), 1, 1],
    [
      'more records announced than there are',
      datagram([flowSample([rawHeader(1498, `${MACS} 08 00 ${ipv4('06')} ${TCP}`)], { count: 4 }), good]),
      2,
      1,
    ],
    ['a record longer than its sample', datagram([flowSample([xdr(1, 4000, 1, 64)]), good]), 2, 1],
    ['a header longer than its record', datagram([flowSample([block(1, xdr(1, 64, 4, 400, MACS))]), good]), 2, 1],
    [
      'an AS path longer than its record',
      datagram([flowSample([block(1003, xdr(1, 'c0 00 02 01', 1, 2, 3, 0xffff_ffff, 2, 0xffff_ffff))]), good]),
      2,
      1,
    ],
    ['octets after the last sample', Buffer.concat([datagram([good]), Buffer.alloc(13)]), 1, 0],
  ]
  for (const [name, bytes, rows, short] of cases) {
    it(name, () => {
      const collected = decode(bytes)
      assert.equal(collected.rows.length, rows)
      assert.equal(collected.counters.get('decode.short'), short)
    })
  }
})

it('more sub-agents and sampling sources than the limits are not remembered, counted, and decoded', () => {
  const { pipeline, counters, flush } = collect({ limits: { templatesPerExporter: 3, optionsPerExporter: 2 } })
  for (let id = 0; id < 5; id++) pipeline.receive(datagram([flowSample([])], { subAgent: id }), '192.0.2.1', NOW)
  assert.equal(flush().length, 5)
  const [exporter] = [...pipeline.exporters]
  assert.equal(exporter?.domains.size, 3)
  assert.equal([...(exporter?.sflow.sampling() ?? [])].length, 2)
  assert.ok(counters.get('decode.optionsFull') > 0)
})

it('sources of sub-agents that are not remembered took up room for good', () => {
  const { pipeline } = collect({ limits: { templatesPerExporter: 1, optionsPerExporter: 2 } })
  for (let id = 0; id < 5; id++) pipeline.receive(datagram([flowSample([])], { subAgent: id }), '192.0.2.1', NOW)
  const [exporter] = [...pipeline.exporters]
  assert.ok(exporter)
  assert.equal(totalsOf(exporter.shared).options, 1)
})

it('a sub-agent that was not heard of for an hour gives up its place', () => {
  const { pipeline, flush } = collect({ limits: { templatesPerExporter: 2, optionsPerExporter: 2 } })
  const send = (subAgent: number, atMs: number) =>
    pipeline.receive(datagram([flowSample([])], { subAgent }), '192.0.2.1', atMs)
  send(1, NOW)
  send(2, NOW + 3_500_000)
  send(3, NOW + 3_600_001)
  const [exporter] = [...pipeline.exporters]
  assert.deepEqual([...(exporter?.domains ?? [])], [2, 3])
  assert.deepEqual(
    [...(exporter?.sflow.sampling() ?? [])].map(({ domain }) => domain),
    [2, 3],
  )
  assert.equal(flush().length, 3)
})
