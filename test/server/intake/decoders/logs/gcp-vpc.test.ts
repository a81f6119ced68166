/** Values from "VPC Flow Logs record format" and its samples, Google Cloud documentation. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noSamples, readLog, sample, told, typeOf } from '../../../../support/logs.ts'

const record = {
  connection: { src_ip: '10.0.0.2', src_port: 40_000, dest_ip: '198.51.100.7', dest_port: 443, protocol: 6 },
  bytes_sent: '1500',
  packets_sent: '3',
  start_time: '2026-11-25T08:00:00.123456789Z',
  end_time: '2026-11-25T08:00:05Z',
  reporter: 'SRC',
}
const entry = (payload: object, log = 'compute.googleapis.com%2Fvpc_flows') => ({
  insertId: 'a1',
  jsonPayload: payload,
  logName: `projects/p/logs/${log}`,
  resource: { type: 'gce_subnetwork', labels: { project_id: 'p', location: 'europe-west1-b', subnetwork_name: 's' } },
  timestamp: '2026-11-25T08:00:06Z',
})

describe('Google Cloud VPC flow logs', () => {
  it('the samples of the documentation', { skip: noSamples }, () => {
    const text = sample('gcp-vpcflow-jsonPayload.jsonl')
    assert.equal(typeOf(text), 'gcp-vpc')
    const { rows, letters } = readLog(text)
    assert.deepEqual(letters, [])
    assert.equal(rows.length, 4)
    assert.deepEqual(told(rows[0]), {
      'src.ip': '198.51.100.75',
      'src.port': 49_444,
      'dst.ip': '192.0.2.2',
      'dst.port': 3389,
      proto: 6,
      bytes: 491,
      packets: 4,
      'bytes.basis': 'payload',
      start: Date.UTC(2018, 3, 3, 13, 47, 37, 301),
      end: Date.UTC(2018, 3, 3, 13, 47, 38, 401),
      rtt: 61,
      direction: 'ingress',
      'src.country': 'US',
      'src.city': 'Santa Teresa',
      'account.id': 'yoyodyne-102010',
      region: 'us-west1',
      az: 'us-west1-a',
      'vpc.id': 'yoyo-vpc-1',
      'subnet.id': 'yoyo-vpc-1',
      'instance.id': 'vm-instance-01',
      'dst.account.id': 'yoyodyne-102010',
      'dst.region': 'us-west1',
      'dst.az': 'us-west1-a',
      'dst.vpc.id': 'yoyo-vpc-1',
      'dst.subnet.id': 'yoyo-vpc-1',
      'dst.instance.id': 'vm-instance-01',
      'other.fields': 'src_location.continent=America src_location.region=California',
    })
    assert.deepEqual(
      rows.map((row) => [row['src.ip'], row.direction, row['instance.id'], row.bytes, row.packets]),
      [
        ['198.51.100.75', 'ingress', 'vm-instance-01', 491, 4],
        ['192.0.2.2', 'egress', 'vm-instance-01', 756, 6],
        ['192.0.2.2', 'egress', 'vm-instance-01', 1020, 20],
        ['192.0.2.2', 'egress', 'vm-instance-01', 1020, 20],
      ],
    )
    assert.equal(rows[2]?.['dst.instance.id'], 'vm-instance-02')
    // ICMP, without ports; and a record that does not say when it began.
    assert.equal(rows[3]?.proto, 1)
    for (const name of ['src.port', 'dst.port']) assert.equal(rows[3]?.[name], undefined)
    assert.deepEqual([rows[3]?.start, rows[3]?.end], Array(2).fill(Date.UTC(2018, 3, 3, 13, 48, 33, 937)))
  })

  it('log entries of both logs, and those of other logs are passed over', () => {
    const entries = [
      entry(record),
      entry(record, 'networkmanagement.googleapis.com%2Fvpc_flows'),
      entry({ message: 'hello' }, 'cloudaudit.googleapis.com%2Factivity'),
    ]
    const text = entries.map((each) => JSON.stringify(each)).join('\n')
    assert.equal(typeOf(text), 'gcp-vpc')
    const { rows, letters, records } = readLog(text)
    assert.deepEqual([rows.length, letters.length, records], [2, 0, 3])
    // What the record leaves out says the resource of the entry.
    assert.deepEqual([rows[0]?.['account.id'], rows[0]?.az, rows[0]?.['subnet.id']], ['p', 'europe-west1-b', 's'])
    assert.equal(typeOf(JSON.stringify(entries, null, 2)), 'gcp-vpc')
    assert.equal(readLog(JSON.stringify(entries, null, 2)).rows.length, 2)
  })

  it('messages of Pub/Sub, as they are pushed and as they are pulled', () => {
    const data = Buffer.from(JSON.stringify(entry(record))).toString('base64')
    for (const message of [
      { message: { data, messageId: '1' }, subscription: 'projects/p/subscriptions/s' },
      { data },
    ]) {
      assert.equal(typeOf(JSON.stringify(message)), 'gcp-vpc')
      assert.equal(readLog(JSON.stringify(message)).rows[0]?.bytes, 1500)
    }
  })

  it('times with nanoseconds are taken to the millisecond', () => {
    const { rows } = readLog(JSON.stringify(record))
    assert.deepEqual(
      [rows[0]?.start, rows[0]?.end],
      [Date.UTC(2026, 10, 25, 8, 0, 0, 123), Date.UTC(2026, 10, 25, 8, 0, 5)],
    )
  })

  it('Kubernetes, gateways, services of Google, the way out and DSCP', () => {
    const { rows } = readLog(
      JSON.stringify({
        ...record,
        reporter: 'SRC_GATEWAY',
        src_gateway: {
          type: 'VPN_TUNNEL',
          name: 'tunnel-1',
          project_id: 'p',
          location: 'us-east1',
          vpc: { vpc_name: 'v' },
        },
        dest_gke_details: {
          cluster: { cluster_name: 'c1', cluster_location: 'us-east1' },
          pod: {
            pod_name: 'web-7',
            pod_namespace: 'shop',
            pod_workload: { workload_name: 'web', workload_type: 'DEPLOYMENT' },
          },
          service: [{ service_name: 'web-svc', service_namespace: 'shop' }],
        },
        src_google_service: {
          type: 'GOOGLE_API',
          service_name: 'storage.googleapis.com',
          connectivity: 'PRIVATE_GOOGLE_ACCESS',
        },
        dest_location: { country: 'deu', asn: 3320 },
        internet_routing_details: { egress_as_path: [{ as_details: [{ asn: 15_169 }, { asn: 3320 }] }] },
        network_service: { dscp: 46 },
      }),
    )
    const { start: _start, end: _end, ...row } = told(rows[0])
    assert.deepEqual(row, {
      'src.ip': '10.0.0.2',
      'src.port': 40_000,
      'dst.ip': '198.51.100.7',
      'dst.port': 443,
      proto: 6,
      bytes: 1500,
      packets: 3,
      'bytes.basis': 'payload',
      tos: 184,
      'as.path': '15169 3320',
      direction: 'egress',
      'account.id': 'p',
      region: 'us-east1',
      cluster: 'c1',
      'resource.type': 'VPN_TUNNEL',
      'resource.id': 'tunnel-1',
      'src.account.id': 'p',
      'src.region': 'us-east1',
      'src.cloud.service': 'storage.googleapis.com',
      'dst.namespace': 'shop',
      'dst.pod': 'web-7',
      'dst.workload': 'web',
      'dst.country': 'DE',
      'dst.as': 3320,
      'other.fields':
        'src_google_service.type=GOOGLE_API src_google_service.connectivity=PRIVATE_GOOGLE_ACCESS src_gateway.vpc.vpc_name=v',
    })
  })

  it('what is missing is null, and a record with a value that cannot be is refused with its number and reason', () => {
    const { rows } = readLog(JSON.stringify({ ...record, bytes_sent: null, packets_sent: '-', rtt_msec: undefined }))
    assert.deepEqual([rows[0]?.bytes, rows[0]?.packets, rows[0]?.rtt], [undefined, undefined, undefined])
    const bad: readonly [object, RegExp][] = [
      [{ ...record, bytes_sent: '-5' }, /^bytes_sent cannot be "-5"$/],
      [{ ...record, bytes_sent: 1.5 }, /^bytes_sent cannot be 1.5$/],
      [{ ...record, connection: { ...record.connection, src_port: 70_000 } }, /^src_port cannot be 70000$/],
      [{ ...record, connection: { ...record.connection, src_ip: '10.0.0.256' } }, /^src_ip cannot be "10.0.0.256"$/],
      [{ ...record, connection: { ...record.connection, dest_ip: undefined } }, /without both addresses/],
      [{ ...record, connection: 'none' }, /no connection in it/],
      [{ ...record, end_time: 'yesterday' }, /^end_time cannot be "yesterday"$/],
      [{ ...record, start_time: undefined, end_time: undefined }, /neither start_time nor end_time/],
    ]
    for (const [damaged, reason] of bad) {
      const lines = Array.from({ length: 5 }, () => JSON.stringify(record))
      lines[2] = JSON.stringify(damaged)
      const { rows: good, letters } = readLog(lines.join('\n'), { type: 'gcp-vpc' })
      assert.equal(good.length, 4)
      assert.deepEqual([letters.length, letters[0]?.record, letters[0]?.loss], [1, 3, 'log.badRecord'])
      assert.match(letters[0]?.reason ?? '', reason)
      assert.equal(letters[0]?.text, lines[2])
    }
  })

  it('of a thousand lines of which one is cut off, 999 are flows', () => {
    const line = JSON.stringify(record)
    const lines = Array.from({ length: 1000 }, () => line)
    lines[499] = line.slice(0, 77)
    const { rows, letters } = readLog(lines.join('\n'))
    assert.equal(rows.length, 999)
    assert.deepEqual(
      letters.map(({ record: number, text }) => [number, text]),
      [[500, line.slice(0, 77)]],
    )
    assert.match(letters[0]?.reason ?? '', /^no JSON/)
  })
})
