/** Values from "Virtual network flow logs" and "Flow logging for network security groups", Microsoft Learn. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noSamples, readLog, sample, told, typeOf, type ReadLog } from '../../../../support/logs.ts'

const CONVERSATION = [
  '1493763938,185.170.185.105,10.2.0.4,35370,23,6,I,B,NX,,,,',
  '1493695838,185.170.185.105,10.2.0.4,35370,23,6,I,C,NX,1021,588096,8005,4610880',
  '1493696138,185.170.185.105,10.2.0.4,35370,23,6,I,E,NX,52,29952,47,27072',
]
const vnet = (...tuples: unknown[]) => ({
  time: '2022-09-14T09:00:52.5625085Z',
  flowLogVersion: 4,
  macAddress: '00224871C205',
  category: 'FlowLogFlowEvent',
  targetResourceID:
    '/subscriptions/AAAA0000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/front',
  flowRecords: { flows: [{ aclID: 'acl', flowGroups: [{ rule: 'r', flowTuples: tuples }] }] },
})
const sums = ({ rows }: ReadLog) =>
  ['packets', 'bytes'].map((name) => rows.reduce((sum, row) => sum + Number(row[name] ?? 0), 0))

describe('Azure flow logs', () => {
  it('the conversation of the documentation: 9,125 packets and 5,256,000 bytes', () => {
    const log = readLog(JSON.stringify({ records: [vnet(...CONVERSATION)] }))
    assert.deepEqual(sums(log), [9125, 5_256_000])
    assert.deepEqual(
      log.rows.map((row) => [row['flow.state'], row['src.ip'], row.direction, row.initiator, row.packets, row.bytes]),
      [
        ['begin', '185.170.185.105', 'ingress', 'src', undefined, undefined],
        ['continue', '185.170.185.105', 'ingress', 'src', 1021, 588_096],
        ['continue', '10.2.0.4', 'egress', 'dst', 8005, 4_610_880],
        ['end', '185.170.185.105', 'ingress', 'src', 52, 29_952],
        ['end', '10.2.0.4', 'egress', 'dst', 47, 27_072],
      ],
    )
    // Seconds here; a continuing flow is told of every five minutes, and its end counts from there.
    assert.deepEqual(
      log.rows.map(({ start, end }) => [Number(start) / 1000, Number(end) / 1000]),
      [
        [1_493_763_938, 1_493_763_938],
        [1_493_695_538, 1_493_695_838],
        [1_493_695_538, 1_493_695_838],
        [1_493_695_838, 1_493_696_138],
        [1_493_695_838, 1_493_696_138],
      ],
    )
  })

  it('the sample of the conversation, lines by themselves', { skip: noSamples }, () => {
    const text = sample('azure-vnet-conversation.txt')
    assert.equal(typeOf(text), 'azure-flow-log')
    const log = readLog(text)
    assert.deepEqual([sums(log), log.letters], [[9125, 5_256_000], []])
  })

  it('the sample of a virtual network', { skip: noSamples }, () => {
    const text = sample('azure-vnet-v4.json')
    assert.equal(typeOf(text), 'azure-flow-log')
    const log = readLog(text)
    assert.deepEqual([log.letters, log.records], [[], 1])
    // Zeros are zeros, milliseconds are milliseconds.
    assert.deepEqual(told(log.rows[0]), {
      'src.ip': '10.0.0.6',
      'dst.ip': '52.239.184.180',
      'src.port': 23_956,
      'dst.port': 443,
      proto: 6,
      start: 1_663_146_003_599,
      end: 1_663_146_003_599,
      direction: 'egress',
      'src.mac': '00:22:48:71:c2:05',
      'src.vpc.id': 'myVNet',
      initiator: 'src',
      'initiator.reason': 'biflow',
      packets: 0,
      bytes: 0,
      action: 'accept',
      'flow.state': 'begin',
      'encryption.status': 'NX',
      acl: '00000000-1234-abcd-ef00-c1c2c3c4c5c6',
      rule: 'DefaultRule_AllowInternetOutBound',
      'account.id': '00000000-0000-0000-0000-000000000000',
      'vpc.id': 'myVNet',
      'other.fields': 'resourceGroup=myResourceGroup flowLogGUID=abcdef01-2345-6789-0abc-def012345678',
    })
    // What ends counts since it began.
    assert.deepEqual(
      log.rows.slice(1, 3).map((row) => [row['src.ip'], row['dst.mac'], row.start, row.end, row.packets, row.bytes]),
      [
        ['10.0.0.6', undefined, 1_663_146_003_599, 1_663_146_003_606, 3, 767],
        ['52.239.184.180', '00:22:48:71:c2:05', 1_663_146_003_599, 1_663_146_003_606, 2, 1580],
      ],
    )
    assert.deepEqual(sums(log), [3 + 2 + 22 + 33, 767 + 1580 + 2217 + 32_466])
    const denied = log.rows.filter(({ action }) => action === 'reject')
    assert.deepEqual(
      denied.map((row) => [row['src.ip'], row['dst.port'], row.direction, row.rule, row.acl, row['flow.state']]),
      ['101.33.218.153', '192.241.200.164'].map((address, i) => [
        address,
        [22, 119][i],
        'ingress',
        'BlockHighRiskTCPPortsFromInternet',
        '01020304-abcd-ef00-1234-102030405060',
        undefined,
      ]),
    )
  })

  it('the sample of a network security group, version 2', { skip: noSamples }, () => {
    const text = sample('azure-nsg-v2.json')
    assert.equal(typeOf(text), 'azure-flow-log')
    const log = readLog(text)
    assert.deepEqual(log.letters, [])
    assert.deepEqual(sums(log), [1 + 1 + 30 + 24 + 15 + 12, 66 + 66 + 16_978 + 14_008 + 8489 + 7054])
    assert.deepEqual(told(log.rows[0]), {
      'src.ip': '192.0.2.190',
      'dst.ip': '10.5.16.4',
      'src.port': 28_746,
      'dst.port': 443,
      proto: 17,
      start: 1_542_110_402_000,
      end: 1_542_110_402_000,
      direction: 'ingress',
      'dst.mac': '00:0d:3a:f8:78:56',
      initiator: 'src',
      'initiator.reason': 'biflow',
      action: 'reject',
      'flow.state': 'begin',
      acl: 'FABRIAKMVM1-NSG',
      rule: 'DefaultRule_DenyAllInBound',
      'account.id': 'aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e',
      'other.fields': 'resourceGroup=FABRIKAMRG systemId=66aa66aa-bb77-cc88-dd99-00ee00ee00ee',
    })
    assert.deepEqual(
      log.rows
        .slice(3)
        .map((row) => [row['src.ip'], row.proto, row['flow.state'], row.action, row.direction, row.bytes]),
      [
        ['10.5.16.4', 6, 'begin', 'accept', 'egress', undefined],
        ['10.5.16.4', 6, 'end', 'accept', 'egress', 66],
        ['203.0.113.117', 6, 'end', 'accept', 'ingress', 66],
        ['10.5.16.4', 6, 'continue', 'accept', 'egress', 16_978],
        ['203.0.113.115', 6, 'continue', 'accept', 'ingress', 14_008],
        ['10.5.16.4', 6, 'end', 'accept', 'egress', 8489],
        ['198.51.100.225', 6, 'end', 'accept', 'ingress', 7054],
      ],
    )
  })

  it('version 1 of a network security group says neither how much nor what became of the flow', () => {
    const { rows } = readLog('1487282421,42.119.146.95,10.1.0.4,51529,5358,T,I,D\n')
    assert.deepEqual(told(rows[0]), {
      'src.ip': '42.119.146.95',
      'dst.ip': '10.1.0.4',
      'src.port': 51_529,
      'dst.port': 5358,
      proto: 6,
      start: 1_487_282_421_000,
      end: 1_487_282_421_000,
      direction: 'ingress',
      initiator: 'src',
      'initiator.reason': 'biflow',
      action: 'reject',
    })
  })

  it('resources: the subnet that a log is of; rules and lists that are unspecified are none', () => {
    const record = vnet('1663146003599,10.0.0.6,2001:db8::1,0,0,58,O,D,NX_NOT_ACCEPTED,0,0,0,0')
    record.flowRecords.flows = [
      {
        aclID: 'unspecified',
        flowGroups: [{ rule: 'unspecified', flowTuples: ['1663146003599,10.0.0.6,::1,0,0,58,O,D,X,0,0,0,0'] }],
      },
      {
        aclID: '/subscriptions/x/providers/Microsoft.Network/networkSecurityGroups/web',
        flowGroups: record.flowRecords.flows[0]?.flowGroups ?? [],
      },
    ]
    const { rows } = readLog(JSON.stringify(record))
    assert.deepEqual(
      rows.map((row) => [
        row.acl,
        row.rule,
        row['encryption.status'],
        row['src.port'],
        row['subnet.id'],
        row['vpc.id'],
      ]),
      [
        [undefined, undefined, 'X', undefined, 'front', 'net'],
        ['web', 'r', 'NX_NOT_ACCEPTED', undefined, 'front', 'net'],
      ],
    )
    assert.equal(rows[0]?.['account.id'], 'aaaa0000-0000-0000-0000-000000000000')
  })

  it('nothing came back: no second row; something came back only: no first', () => {
    const { rows } = readLog(
      ['1000000000,10.0.0.1,10.0.0.2,1,2,T,O,A,E,5,500,0,0', '1000000000,10.0.0.1,10.0.0.2,1,2,T,O,A,E,0,0,5,500'].join(
        '\n',
      ),
    )
    assert.deepEqual(
      rows.map((row) => [row['src.ip'], row['src.port'], row.bytes]),
      [
        ['10.0.0.1', 1, 500],
        ['10.0.0.2', 2, 500],
      ],
    )
  })

  it('of a thousand flows in a record of which one is damaged, 999 are taken, and the one is named', () => {
    const good = '1663146003599,10.0.0.6,10.0.0.7,1,443,6,O,D,NX,0,0,0,0'
    const bad: readonly [unknown, RegExp][] = [
      [good.replace('10.0.0.7', '10.0.0'), /an address cannot be "10.0.0"/],
      [good.replace('443', '70443'), /a port cannot be "70443"/],
      [good.replace(',O,', ',X,'), /the direction of the flow cannot be "X"/],
      [good.replace(',D,', ',Q,'), /the state of the flow cannot be "Q"/],
      [good.replace('0,0,0,0', '0,0,0,-1'), /a count cannot be "-1"/],
      [good.replace('1663146003599', ''), /the time cannot be missing/],
      [good.slice(0, 30), /3 values where there should be 8 or 13/],
      [17, /no text/],
    ]
    for (const [damaged, reason] of bad) {
      const tuples: unknown[] = Array.from({ length: 1000 }, () => good)
      tuples[500] = damaged
      const { rows, letters } = readLog(JSON.stringify({ records: [vnet(), vnet(...tuples)] }))
      assert.equal(rows.length, 999)
      assert.deepEqual(
        letters.map(({ record, loss, text }) => [record, loss, text]),
        [[2, 'log.badRecord', String(damaged)]],
      )
      assert.match(letters[0]?.reason ?? '', reason)
    }
  })

  it('a blob that is still growing: what is whole is taken', () => {
    const text = JSON.stringify({ records: [vnet(CONVERSATION[0]), vnet(CONVERSATION[1]), vnet(CONVERSATION[2])] })
    const { rows, letters } = readLog(text.slice(0, -30))
    assert.deepEqual([rows.length, letters.map(({ record }) => record)], [3, [3]])
  })
})
