/** Values from "Eve JSON Format", Suricata User Guide, and what Suricata's source says of them. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLog, told, typeOf } from '../../../../support/logs.ts'

/** The flow of the documentation, with what stands before it in every event. */
const flow = {
  timestamp: '2019-05-28T23:36:28.071281+0000',
  flow_id: 1_805_461_738_637_437,
  in_iface: 'enp6s0',
  event_type: 'flow',
  vlan: [10, 20],
  src_ip: '10.9.1.5',
  src_port: 51_826,
  dest_ip: '198.51.100.80',
  dest_port: 80,
  proto: 'TCP',
  app_proto: 'http',
  flow: {
    pkts_toserver: 23,
    pkts_toclient: 21,
    bytes_toserver: 4884,
    bytes_toclient: 7392,
    start: '2019-05-28T23:32:29.025256+0000',
    end: '2019-05-28T23:35:28.071281+0000',
    age: 179,
    bypass: 'local',
    state: 'bypassed',
    reason: 'timeout',
    alerted: false,
  },
  community_id: '1:nA6h5Sd0gB1eUUl0ktTUQ7gnBWE=',
  tcp: {
    tcp_flags: '1b',
    tcp_flags_ts: '1b',
    tcp_flags_tc: '13',
    syn: true,
    fin: true,
    psh: true,
    ack: true,
    state: 'closed',
  },
}
const netflow = {
  timestamp: '2026-11-25T08:00:10.000001+0100',
  event_type: 'netflow',
  src_ip: '2001:db8::1',
  dest_ip: '2001:db8::2',
  proto: 'IPv6-ICMP',
  icmp_type: 128,
  icmp_code: 0,
  netflow: {
    pkts: 3,
    bytes: 354,
    start: '2026-11-25T08:00:00.000001+0100',
    end: '2026-11-25T08:00:02.000001+0100',
    age: 2,
    min_ttl: 63,
    max_ttl: 64,
    tx_cnt: 0,
  },
}

describe('Suricata EVE', () => {
  it('a flow is two: to the server and back', () => {
    assert.equal(typeOf(JSON.stringify(flow)), 'suricata-eve')
    const { rows, letters } = readLog(JSON.stringify(flow))
    assert.deepEqual(letters, [])
    const both = {
      proto: 6,
      start: Date.UTC(2019, 4, 28, 23, 32, 29, 25),
      end: Date.UTC(2019, 4, 28, 23, 35, 28, 71),
      'initiator.reason': 'biflow',
      'flow.id': 1_805_461_738_637_437,
      app: 'http',
      'community.id': '1:nA6h5Sd0gB1eUUl0ktTUQ7gnBWE=',
      'interface.id': 'enp6s0',
      vlan: 10,
      'inner.vlan': 20,
      'conn.state': 'bypassed',
      'end.reason': 'idle timeout',
      'bytes.basis': 'frames',
      'other.fields': 'bypass=local alerted=false',
    }
    assert.deepEqual(rows.map(told), [
      {
        ...both,
        'src.ip': '10.9.1.5',
        'src.port': 51_826,
        'dst.ip': '198.51.100.80',
        'dst.port': 80,
        packets: 23,
        bytes: 4884,
        'bytes.l2': 4884,
        'tcp.flags': 0x1b,
        initiator: 'src',
      },
      {
        ...both,
        'src.ip': '198.51.100.80',
        'src.port': 80,
        'dst.ip': '10.9.1.5',
        'dst.port': 51_826,
        packets: 21,
        bytes: 7392,
        'bytes.l2': 7392,
        'tcp.flags': 0x13,
        initiator: 'dst',
      },
    ])
  })

  it('a netflow event goes one way already', () => {
    const { rows, letters } = readLog(JSON.stringify(netflow))
    assert.deepEqual(letters, [])
    assert.deepEqual(rows.map(told), [
      {
        'src.ip': '2001:db8::1',
        'dst.ip': '2001:db8::2',
        proto: 58,
        'icmp.type': 128,
        'icmp.code': 0,
        start: Date.UTC(2026, 10, 25, 7),
        end: Date.UTC(2026, 10, 25, 7, 0, 2),
        packets: 3,
        bytes: 354,
        'bytes.l2': 354,
        'bytes.basis': 'frames',
        ttl: 63,
        'other.fields': 'tx_cnt=0',
      },
    ])
  })

  it('other events are passed over, and count as nothing', () => {
    const events = ['alert', 'dns', 'http', 'stats', 'tls'].map((type) => ({
      timestamp: flow.timestamp,
      event_type: type,
      flow: flow.flow,
    }))
    const text = [...events, flow].map((each) => JSON.stringify(each)).join('\n')
    assert.equal(typeOf(text), 'suricata-eve')
    const { rows, letters, records } = readLog(text)
    assert.deepEqual([rows.length, letters.length, records], [2, 0, 6])
  })

  it('nothing came back: one flow', () => {
    const { rows } = readLog(JSON.stringify({ ...flow, flow: { ...flow.flow, pkts_toclient: 0, bytes_toclient: 0 } }))
    assert.deepEqual(
      rows.map((row) => [row['src.ip'], row.bytes]),
      [['10.9.1.5', 4884]],
    )
  })

  it('ICMP has types of its own in either direction', () => {
    const { rows } = readLog(
      JSON.stringify({
        ...flow,
        proto: 'ICMP',
        src_port: 0,
        dest_port: 0,
        tcp: undefined,
        icmp_type: 8,
        icmp_code: 0,
        response_icmp_type: 0,
        response_icmp_code: 0,
      }),
    )
    assert.deepEqual(
      rows.map((row) => [row.proto, row['icmp.type'], row['icmp.code'], row['src.port']]),
      [
        [1, 8, 0, undefined],
        [1, 0, 0, undefined],
      ],
    )
  })

  it('what was dropped is rejected; an application that was not found is none; Ethernet addresses', () => {
    const { rows } = readLog(
      JSON.stringify({
        ...flow,
        app_proto: 'failed',
        flow: { ...flow.flow, action: 'drop' },
        ether: { src_macs: ['02:00:00:00:00:01'], dest_macs: ['02:00:00:00:00:02', '02:00:00:00:00:03'] },
      }),
    )
    assert.deepEqual(
      rows.map((row) => [row.action, row.app, row['src.mac'], row['dst.mac']]),
      [
        ['reject', undefined, '02:00:00:00:00:01', undefined],
        ['reject', undefined, undefined, '02:00:00:00:00:01'],
      ],
    )
  })

  it('of a thousand events of which one is damaged, 999 are taken, and the one is named', () => {
    const bad: readonly [string, RegExp][] = [
      [JSON.stringify(flow).slice(0, 200), /^no JSON/],
      [JSON.stringify({ ...flow, src_ip: '10.9.1' }), /^src_ip cannot be "10.9.1"$/],
      [JSON.stringify({ ...flow, dest_ip: undefined }), /^an address is missing$/],
      [JSON.stringify({ ...flow, flow: { ...flow.flow, bytes_toclient: 'x' } }), /^bytes_toclient cannot be "x"$/],
      [JSON.stringify({ ...flow, flow: { ...flow.flow, start: '2019' } }), /^start cannot be "2019"$/],
      [JSON.stringify({ ...flow, flow: 1 }), /^no flow in it$/],
      [JSON.stringify({ ...flow, vlan: [70_000] }), /^vlan cannot be 70000$/],
      [JSON.stringify({ ...flow, proto: 'XYZ' }), /^proto cannot be "XYZ"$/],
      ['{"timestamp":"x"}', /^no event_type in it$/],
    ]
    for (const [damaged, reason] of bad) {
      const lines = Array.from({ length: 1000 }, () => JSON.stringify(netflow))
      lines[10] = damaged
      const { rows, letters } = readLog(lines.join('\n'))
      assert.equal(rows.length, 999)
      assert.deepEqual(
        letters.map(({ record, loss, text }) => [record, loss, text]),
        [[11, 'log.badRecord', damaged]],
      )
      assert.match(letters[0]?.reason ?? '', reason)
    }
  })
})
