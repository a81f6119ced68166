/** Values from golden flows of Cilium's exporter and from flow.proto in its source. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noSamples, readLog, sample, told, typeOf } from '../../../../support/logs.ts'

const event = {
  flow: {
    time: '2026-11-25T08:00:00.123456789Z',
    uuid: '1d8c8b4f-9d0e-4f0b-8c4d-1f0a3c9a7b11',
    verdict: 'FORWARDED',
    ethernet: { source: '0a:58:0a:00:00:01', destination: '0a:58:0a:00:00:02' },
    IP: { source: '10.0.0.17', destination: '10.0.1.5', ipVersion: 'IPv4' },
    l4: { TCP: { source_port: 41_000, destination_port: 8080, flags: { PSH: true, ACK: true } } },
    source: {
      ID: 1,
      identity: 2345,
      namespace: 'shop',
      labels: ['k8s:app=web'],
      pod_name: 'web-7d9',
      workloads: [{ name: 'web', kind: 'Deployment' }],
      cluster_name: 'prod',
    },
    destination: { identity: 6789, namespace: 'db', pod_name: 'pg-0' },
    Type: 'L3_L4',
    node_name: 'prod/k8s2',
    destination_names: ['pg.example.net'],
    event_type: { type: 4, sub_type: 3 },
    destination_service: { name: 'postgres', namespace: 'db' },
    traffic_direction: 'EGRESS',
    trace_observation_point: 'TO_STACK',
    is_reply: false,
    interface: { index: 12, name: 'lxc1' },
    egress_allowed_by: [{ name: 'allow-db', namespace: 'shop', revision: '7' }],
    Summary: 'TCP Flags: ACK, PSH',
  },
  node_name: 'prod/k8s2',
  time: '2026-11-25T08:00:00.123456789Z',
}

describe('Cilium Hubble', () => {
  it('the sample', { skip: noSamples }, () => {
    const text = sample('hubble-golden.jsonl')
    assert.equal(typeOf(text), 'hubble')
    const { rows, letters } = readLog(text)
    assert.deepEqual(letters, [])
    assert.deepEqual(rows.map(told), [
      {
        'src.ip': '1.1.1.1',
        'dst.ip': '2.2.2.2',
        'src.port': 31_793,
        'dst.port': 8080,
        proto: 6,
        start: 1_234_567,
        end: 1_234_567,
        packets: 1,
        action: 'reject',
        initiator: 'src',
        'initiator.reason': 'biflow',
        node: 'k8s1',
        'other.fields':
          'source.identity=4 destination.identity=12345 ip_trace_id.trace_id=1234 ip_trace_id.ip_option_type=136',
      },
    ])
  })

  it('pods, workloads, namespaces, the node, the policy; one packet, of which nobody says how long it was', () => {
    assert.equal(typeOf(JSON.stringify(event)), 'hubble')
    const { rows } = readLog(JSON.stringify(event))
    assert.deepEqual(told(rows[0]), {
      'src.ip': '10.0.0.17',
      'dst.ip': '10.0.1.5',
      'src.port': 41_000,
      'dst.port': 8080,
      'src.mac': '0a:58:0a:00:00:01',
      'dst.mac': '0a:58:0a:00:00:02',
      proto: 6,
      'tcp.flags': 0x18,
      start: Date.UTC(2026, 10, 25, 8, 0, 0, 123),
      end: Date.UTC(2026, 10, 25, 8, 0, 0, 123),
      packets: 1,
      action: 'accept',
      rule: 'allow-db',
      direction: 'egress',
      initiator: 'src',
      'initiator.reason': 'biflow',
      'src.namespace': 'shop',
      'src.pod': 'web-7d9',
      'src.workload': 'web',
      'dst.namespace': 'db',
      'dst.pod': 'pg-0',
      'dst.workload': 'postgres',
      node: 'prod/k8s2',
      cluster: 'prod',
      'interface.id': 'lxc1',
      'other.fields':
        'source.identity=2345 destination.identity=6789 destination_names=pg.example.net trace_observation_point=TO_STACK',
    })
  })

  it('what was dropped says why; what is only audited was let through; a reply came from the server', () => {
    const { rows } = readLog(
      [
        { ...event.flow, verdict: 'DROPPED', drop_reason: 133, drop_reason_desc: 'POLICY_DENIED' },
        { ...event.flow, verdict: 'AUDIT' },
        { ...event.flow, is_reply: true },
        { ...event.flow, is_reply: null },
      ]
        .map((flow) => JSON.stringify({ flow }))
        .join('\n'),
    )
    assert.deepEqual(
      rows.map((row) => [
        row.action,
        row['reject.reason'],
        row.initiator,
        String(row['other.fields']).includes('AUDIT'),
      ]),
      [
        ['reject', 'POLICY_DENIED', 'src', false],
        ['accept', undefined, 'src', true],
        ['accept', undefined, 'dst', false],
        ['accept', undefined, undefined, false],
      ],
    )
  })

  it('what was dropped and is no IP packet', () => {
    const { rows } = readLog(
      JSON.stringify({ flow: { ...event.flow, verdict: 'DROPPED', IP: undefined, l4: undefined } }),
    )
    assert.deepEqual(
      rows.map((row) => [row['src.ip'], row.proto, row['src.mac'], row.action]),
      [[undefined, undefined, '0a:58:0a:00:00:01', 'reject']],
    )
  })

  it('ICMP, whose zeros are left out, UDP and SCTP', () => {
    const { rows } = readLog(
      [
        { ICMPv4: { type: 8 } },
        { ICMPv6: {} },
        { UDP: { source_port: 1, destination_port: 53 } },
        { SCTP: { source_port: 2, destination_port: 3 } },
      ]
        .map((l4) => JSON.stringify({ flow: { ...event.flow, l4 } }))
        .join('\n'),
    )
    assert.deepEqual(
      rows.map((row) => [row.proto, row['icmp.type'], row['icmp.code'], row['dst.port']]),
      [
        [1, 8, 0, undefined],
        [58, 0, 0, undefined],
        [17, undefined, undefined, 53],
        [132, undefined, undefined, 3],
      ],
    )
  })

  it('events of layer 7 and of sockets count no packet again; lost events are coverage', () => {
    const { rows, letters, covered, records } = readLog(
      [
        { flow: { ...event.flow, Type: 'L7', l7: { type: 'REQUEST', http: { method: 'GET' } } } },
        { flow: { ...event.flow, Type: 'SOCK' } },
        { node_status: { state_change: 'NODE_CONNECTED' }, node_name: 'k8s1' },
        { agent_event: { type: 'AGENT_STARTED' } },
        {
          lost_events: { source: 'HUBBLE_RING_BUFFER', num_events_lost: '12' },
          node_name: 'k8s1',
          time: '2026-11-25T08:00:00Z',
        },
        event,
      ]
        .map((each) => JSON.stringify(each))
        .join('\n'),
    )
    assert.deepEqual([rows.length, letters, records], [1, [], 6])
    const atMs = Date.UTC(2026, 10, 25, 8)
    assert.deepEqual(covered, [{ status: 'SKIPDATA', account: '', interface: 'k8s1', fromMs: atMs, toMs: atMs }])
  })

  it('of a thousand events of which one is damaged, 999 are taken, and the one is named', () => {
    const { flow } = event
    const bad: readonly [string, RegExp][] = [
      [JSON.stringify(event).slice(0, 333), /^no JSON/],
      [
        JSON.stringify({ flow: { ...flow, IP: { source: '10.0.0', destination: '10.0.0.1' } } }),
        /^IP.source cannot be "10.0.0"$/,
      ],
      [JSON.stringify({ flow: { ...flow, IP: undefined, ethernet: undefined } }), /^an address is missing$/],
      [JSON.stringify({ flow: { ...flow, time: 5 } }), /^time cannot be 5$/],
      [JSON.stringify({ flow: { ...flow, l4: { TCP: { source_port: -1 } } } }), /^source_port cannot be -1$/],
      [JSON.stringify({ flow: 7 }), /^no flow in it$/],
    ]
    for (const [damaged, reason] of bad) {
      const lines = Array.from({ length: 1000 }, () => JSON.stringify(event))
      lines[998] = damaged
      const { rows, letters } = readLog(lines.join('\n'))
      assert.equal(rows.length, 999)
      assert.deepEqual(
        letters.map(({ record, loss, text }) => [record, loss, text]),
        [[999, 'log.badRecord', damaged]],
      )
      assert.match(letters[0]?.reason ?? '', reason)
    }
  })
})
