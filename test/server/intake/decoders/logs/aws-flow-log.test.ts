/**
 * Values are those of the records in "Flow log records" and "Flow log record examples" (Amazon VPC User Guide) and "Transit
 * Gateway Flow Log records", and what these say of them.
 */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { TRAFFIC_PATHS } from '../../../../../src/shared/schema/codes.ts'
import { STORED_FIELDS } from '../../../../../src/shared/schema/fields.ts'
import { AWS_FIELDS } from '../../../../../src/server/intake/decoders/logs/aws-fields.ts'
import { readLog, RECEIVED_MS, told } from '../../../../support/logs.ts'
import type { Row } from '../../../../support/rows.ts'

const samples = fileURLToPath(new URL('../../../../../../shared/vpc-samples/', import.meta.url))
const noSamples: string | false = existsSync(samples) ? false : 'the samples (../shared/vpc-samples) are not there'

const V2 =
  'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status'
const SSH =
  '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK'
const SSH_ROW = {
  'account.id': '123456789010',
  'interface.id': 'eni-1235b8ca123456789',
  'src.ip': '172.31.16.139',
  'dst.ip': '172.31.16.21',
  'src.port': 20_641,
  'dst.port': 22,
  proto: 6,
  'ip.version': 4,
  packets: 20,
  bytes: 4249,
  start: 1_418_530_010_000,
  end: 1_418_530_070_000,
  action: 'accept',
}

/** The flow of a log with these fields, in alphabetical order as well as in this. */
function flowOf(fields: Readonly<Record<string, string>>): Row {
  const names = Object.keys(fields)
  const [row, sorted] = [names, names.toSorted()].map((order) => {
    const { rows, letters } = readLog(`${order.join(' ')}\n${order.map((name) => fields[name]).join(' ')}\n`)
    assert.deepEqual(letters, [])
    return told(rows[0])
  }) as [Row, Row]
  assert.deepEqual(sorted, row, 'in another order it means the same')
  return row
}

describe('AWS flow logs of version 2', () => {
  it('accepted SSH traffic: with a header, or known by its 14 fields', () => {
    for (const log of [`${V2}\n${SSH}\n`, `${SSH}\n`, SSH]) {
      const { rows, letters } = readLog(log)
      assert.deepEqual(letters, [])
      assert.deepEqual(rows.map(told), [SSH_ROW])
    }
  })

  it('says what brought it and that nothing was left out by sampling', () => {
    const [row] = readLog(SSH).rows
    assert.equal(row?.['source.type'], 'aws-flow-log')
    assert.equal(row?.['source.name'], 'test')
    assert.equal(row?.received, RECEIVED_MS)
    assert.equal(row?.['sampling.rate'], 1)
    assert.equal(row?.['sampling.source'], 'format')
  })

  it('rejected RDP traffic', () => {
    const { rows } = readLog(
      '2 123456789010 eni-1235b8ca123456789 172.31.9.69 172.31.9.12 49761 3389 6 20 4249 1418530010 1418530070 REJECT OK',
    )
    assert.equal(rows[0]?.action, 'reject')
    assert.equal(rows[0]?.['dst.port'], 3389)
  })

  it('NODATA and SKIPDATA are no flows: they say what was not seen', () => {
    const { rows, covered, letters } = readLog(
      [
        '2 123456789010 eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA',
        '2 123456789010 eni-11111111aaaaaaaaa - - - - - - - 1431280876 1431280934 - SKIPDATA',
        '2 unknown eni-1235b8ca123456789 - - - - - - - 1431280876 1431280934 - NODATA',
      ].join('\n'),
    )
    assert.deepEqual([rows, letters], [[], []])
    const times = { fromMs: 1_431_280_876_000, toMs: 1_431_280_934_000 }
    assert.deepEqual(covered, [
      { status: 'NODATA', account: '123456789010', interface: 'eni-1235b8ca123456789', ...times },
      { status: 'SKIPDATA', account: '123456789010', interface: 'eni-11111111aaaaaaaaa', ...times },
      { status: 'NODATA', account: 'unknown', interface: 'eni-1235b8ca123456789', ...times },
    ])
  })

  it('where the log has no log-status, a record without addresses and counts is no flow either', () => {
    const { rows, letters } = readLog(
      'interface-id srcaddr dstaddr bytes start end\neni-1 - - - 1431280876 1431280934\n',
    )
    assert.deepEqual([rows, letters], [[], []])
  })

  it('ICMP has no ports, though the log has 0 there', () => {
    const { rows } = readLog(
      [
        '2 123456789010 eni-1235b8ca123456789 203.0.113.12 172.31.16.139 0 0 1 4 336 1432917027 1432917142 ACCEPT OK',
        '2 123456789010 eni-1235b8ca123456789 2001:db8::1 2001:db8::2 0 0 58 4 336 1432917027 1432917142 ACCEPT OK',
      ].join('\n'),
    )
    for (const row of rows) assert.deepEqual([row['src.port'], row['dst.port']], [undefined, undefined])
    assert.deepEqual(
      rows.map(({ proto }) => proto),
      [1, 58],
    )
  })

  it('IPv6', () => {
    const { rows } = readLog(
      '2 123456789010 eni-1235b8ca123456789 2001:db8:1234:a100:8d6e:3477:df66:f105 2001:db8:1234:a102:3304:8879:34cf:4071 34892 22 6 54 8855 1477913708 1477913820 ACCEPT OK',
    )
    assert.equal(rows[0]?.['src.ip'], '2001:db8:1234:a100:8d6e:3477:df66:f105')
    assert.equal(rows[0]?.['dst.ip'], '2001:db8:1234:a102:3304:8879:34cf:4071')
    assert.equal(rows[0]?.['ip.version'], 6)
  })

  it('start and end may be in milliseconds', () => {
    const row = flowOf({ srcaddr: '10.0.0.1', dstaddr: '10.0.0.2', start: '1616729292123', end: '1616729349456' })
    assert.deepEqual([row.start, row.end], [1_616_729_292_123, 1_616_729_349_456])
  })

  it('a record without times ended when it was received; one with one of them lasted no time', () => {
    const none = flowOf({ srcaddr: '10.0.0.1', dstaddr: '10.0.0.2' })
    assert.deepEqual([none.start, none.end], [RECEIVED_MS, RECEIVED_MS])
    const one = flowOf({ srcaddr: '10.0.0.1', start: '1616729292' })
    assert.deepEqual([one.start, one.end], [1_616_729_292_000, 1_616_729_292_000])
  })

  for (const missing of ['-', 'null', 'None'])
    it(`${missing} is no value`, () => {
      const row = flowOf({
        srcaddr: '10.0.0.1',
        'vpc-id': missing,
        bytes: missing,
        srcport: missing,
        'tcp-flags': missing,
      })
      for (const name of ['vpc.id', 'bytes', 'src.port', 'tcp.flags', 'tcp.flags.basis'])
        assert.equal(row[name], undefined)
    })
})

describe('AWS flow logs of versions 3 to 11', () => {
  it('endpoints are those of the packet; those of the interface stand beside', () => {
    // Through a NAT gateway, as the gateway's interface sees the request.
    const row = flowOf({
      'instance-id': '-',
      'interface-id': 'eni-1235b8ca123456789',
      srcaddr: '10.0.1.5',
      dstaddr: '10.0.0.220',
      'pkt-srcaddr': '10.0.1.5',
      'pkt-dstaddr': '203.0.113.5',
    })
    assert.deepEqual([row['src.ip'], row['dst.ip']], ['10.0.1.5', '203.0.113.5'])
    assert.deepEqual([row['interface.src.ip'], row['interface.dst.ip']], ['10.0.1.5', '10.0.0.220'])
  })

  it('where pkt-srcaddr is -, srcaddr is the endpoint', () => {
    const row = flowOf({ srcaddr: '10.0.1.5', dstaddr: '10.0.0.220', 'pkt-srcaddr': '-', 'pkt-dstaddr': 'null' })
    assert.deepEqual([row['src.ip'], row['dst.ip']], ['10.0.1.5', '10.0.0.220'])
    assert.deepEqual([row['interface.src.ip'], row['interface.dst.ip']], ['10.0.1.5', '10.0.0.220'])
  })

  it('flags are partial, and SYN with ACK says that the client is the destination', () => {
    const [request, reply] = ['2', '18'].map((flags) =>
      flowOf({ srcaddr: '10.0.0.62', dstaddr: '52.213.180.42', protocol: '6', 'tcp-flags': flags }),
    ) as [Row, Row]
    assert.deepEqual([request['tcp.flags'], request['tcp.flags.basis'], request.initiator], [2, 'partial', undefined])
    assert.deepEqual([reply['tcp.flags'], reply['tcp.flags.basis'], reply.initiator], [18, 'partial', 'dst'])
    assert.equal(reply['initiator.reason'], 'syn-ack')
  })

  const OWN = {
    'account-id': '123456789012',
    'vpc-id': 'vpc-abcdefab012345678',
    'subnet-id': 'subnet-aaaaaaaa012345678',
    'instance-id': 'i-0c50d5961bcb2d47b',
    'interface-id': 'eni-1235b8ca123456789',
    region: 'ap-southeast-2',
    'az-id': 'apse2-az3',
  }
  const TCP = { version: '5', srcport: '80', dstport: '34210', protocol: '6', packets: '14', bytes: '15044' }
  const TIMES = { start: '1616729292', end: '1616729349' }
  const ends = (side: 'src' | 'dst') => ({
    [`${side}.account.id`]: '123456789012',
    [`${side}.vpc.id`]: 'vpc-abcdefab012345678',
    [`${side}.subnet.id`]: 'subnet-aaaaaaaa012345678',
    [`${side}.instance.id`]: 'i-0c50d5961bcb2d47b',
    [`${side}.interface.id`]: 'eni-1235b8ca123456789',
    [`${side}.region`]: 'ap-southeast-2',
    [`${side}.az`]: 'apse2-az3',
  })
  const sided = (row: Row) =>
    Object.fromEntries(
      Object.entries(row).filter(
        ([name]) => /^(src|dst)\.\w+\.?\w*$/.test(name) && !/\.(ip|port|cloud\.service)$/.test(name),
      ),
    )

  it('traffic in: the interface is the destination', () => {
    const row = flowOf({
      ...TCP,
      ...TIMES,
      ...OWN,
      srcaddr: '52.95.128.179',
      dstaddr: '10.0.0.71',
      type: 'IPv4',
      'sublocation-type': '-',
      'sublocation-id': '-',
      action: 'ACCEPT',
      'tcp-flags': '19',
      'pkt-srcaddr': '52.95.128.179',
      'pkt-dstaddr': '10.0.0.71',
      'pkt-src-aws-service': 'S3',
      'pkt-dst-aws-service': '-',
      'traffic-path': '-',
      'flow-direction': 'ingress',
      'log-status': 'OK',
    })
    assert.equal(row.direction, 'ingress')
    assert.equal(row['src.cloud.service'], 'S3')
    assert.equal(row['dst.cloud.service'], undefined)
    assert.equal(row['traffic.path'], undefined)
    assert.deepEqual(sided(row), ends('dst'))
  })

  it('traffic out: the interface is the source, and the way is known', () => {
    const row = flowOf({
      ...TCP,
      ...TIMES,
      ...OWN,
      srcaddr: '10.0.0.71',
      dstaddr: '52.95.128.179',
      'pkt-srcaddr': '10.0.0.71',
      'pkt-dstaddr': '52.95.128.179',
      'pkt-dst-aws-service': 'S3',
      'traffic-path': '8',
      'flow-direction': 'egress',
    })
    assert.equal(row.direction, 'egress')
    assert.equal(row['dst.cloud.service'], 'S3')
    assert.equal(row['traffic.path'], 'internet gateway')
    assert.deepEqual(sided(row), ends('src'))
  })

  it('where the direction is not said, only a path says that the interface is the source', () => {
    const addresses = { srcaddr: '10.0.0.71', dstaddr: '52.95.128.179' }
    assert.deepEqual(sided(flowOf({ ...OWN, ...addresses })), {})
    assert.deepEqual(sided(flowOf({ ...OWN, ...addresses, 'traffic-path': '-' })), {})
    assert.deepEqual(sided(flowOf({ ...OWN, ...addresses, 'traffic-path': '2' })), ends('src'))
  })

  it('a NAT gateway that the traffic comes by is no end of it', () => {
    const row = flowOf({
      ...OWN,
      srcaddr: '10.0.1.5',
      dstaddr: '10.0.0.220',
      'pkt-srcaddr': '10.0.1.5',
      'pkt-dstaddr': '203.0.113.5',
      'flow-direction': 'ingress',
    })
    assert.deepEqual(sided(row), {})
    assert.equal(row['vpc.id'], 'vpc-abcdefab012345678')
  })

  it('all ways have their names, and one that comes later keeps its number', () => {
    for (const [code, name] of TRAFFIC_PATHS.entries())
      assert.equal(
        flowOf({ srcaddr: '10.0.0.1', dstaddr: '10.0.0.2', 'traffic-path': String(code) })['traffic.path'],
        name,
      )
    const later = flowOf({ srcaddr: '10.0.0.1', dstaddr: '10.0.0.2', 'traffic-path': '9' })
    assert.equal(later['traffic.path'], undefined)
    assert.equal(later['other.fields'], 'traffic-path=9')
  })

  it('ECS (version 7) and what came after it (version 11)', () => {
    const row = flowOf({
      srcaddr: '10.0.0.71',
      dstaddr: '52.95.128.179',
      'ecs-cluster-name': 'my-cluster',
      'ecs-task-arn': 'arn:aws:ecs:us-east-1:123456789012:task/my-cluster/abcd',
      'ecs-second-container-id': '-',
      'reject-reason': 'BPA',
      'resource-id': 'nat-0c50d5961bcb2d47b',
      'encryption-status': '1',
      'instance-tag': 'web',
      'interface-type': 'nat_gateway',
      'next-hop-vpc-id': 'vpc-abcdefab012345678',
    })
    assert.equal(row['ecs.cluster.name'], 'my-cluster')
    assert.equal(row['ecs.task.arn'], 'arn:aws:ecs:us-east-1:123456789012:task/my-cluster/abcd')
    assert.equal(row['ecs.second.container.id'], undefined)
    assert.equal(row['reject.reason'], 'BPA')
    assert.equal(row['resource.id'], 'nat-0c50d5961bcb2d47b')
    assert.equal(row['encryption.status'], '1')
    assert.equal(row['instance.tag'], 'web')
    assert.equal(row['interface.type'], 'nat_gateway')
    assert.equal(row['next.vpc.id'], 'vpc-abcdefab012345678')
  })

  it('fields not yet invented are kept by their name', () => {
    const row = flowOf({
      srcaddr: '10.0.0.1',
      dstaddr: '10.0.0.2',
      'a-new-field': 'x',
      'another-one': '-',
      'then-this': '7',
    })
    assert.equal(row['other.fields'], 'a-new-field=x then-this=7')
  })
})

describe('transit gateways', () => {
  it('both ends are of the record, and the gateway’s own account is of neither', () => {
    const row = flowOf({
      version: '6',
      'account-id': '123456789012',
      'tgw-id': 'tgw-0abc12345def67890',
      'tgw-attachment-id': 'tgw-attach-0abc12345def67890',
      'tgw-src-vpc-account-id': '210987654321',
      'tgw-src-vpc-id': 'vpc-0abc12345def67890',
      'tgw-dst-vpc-id': 'vpc-0def12345abc67890',
      'tgw-src-eni': 'eni-0abc12345def67890',
      'tgw-dst-az-id': 'use1-az2',
      'tgw-pair-attachment-id': 'tgw-attach-0def12345abc67890',
      srcaddr: '10.0.0.1',
      dstaddr: '10.0.1.1',
      'packets-lost-no-route': '1',
      'packets-lost-ttl-expired': '4',
      'flow-direction': 'ingress',
      region: 'us-east-1',
    })
    assert.equal(row['tgw.id'], 'tgw-0abc12345def67890')
    assert.equal(row['tgw.attachment.id'], 'tgw-attach-0abc12345def67890')
    assert.equal(row['tgw.pair.attachment.id'], 'tgw-attach-0def12345abc67890')
    assert.deepEqual([row['src.vpc.id'], row['dst.vpc.id']], ['vpc-0abc12345def67890', 'vpc-0def12345abc67890'])
    assert.deepEqual([row['src.interface.id'], row['dst.az']], ['eni-0abc12345def67890', 'use1-az2'])
    assert.deepEqual([row['lost.no.route'], row['lost.ttl']], [1, 4])
    assert.deepEqual(
      [row['account.id'], row['src.account.id'], row['dst.account.id']],
      ['123456789012', '210987654321', undefined],
    )
    assert.deepEqual([row.region, row['dst.region']], ['us-east-1', undefined])
  })
})

describe('the layout of an AWS flow log', () => {
  const CUSTOM = 'interface-id srcaddr dstaddr bytes'
  const LINE = 'eni-1 10.0.0.1 10.0.0.2 100'

  it('is never guessed: lines without a header are dead letters', () => {
    const { rows, letters, lost } = readLog(`${LINE}\n${LINE} x\n`)
    assert.deepEqual(rows, [])
    assert.deepEqual(lost, { 'log.unknownLayout': 2 })
    assert.deepEqual(
      letters.map(({ record, text, loss }) => [record, text, loss]),
      [
        [1, LINE, 'log.unknownLayout'],
        [2, `${LINE} x`, 'log.unknownLayout'],
      ],
    )
  })

  it('14 fields of another order are not those of version 2', () => {
    const words = SSH.split(' ')
    const { rows, lost } = readLog(`${[...words.slice(7), ...words.slice(0, 7)].join(' ')}\n`)
    assert.deepEqual([rows, lost], [[], { 'log.unknownLayout': 1 }])
  })

  for (const layout of [
    CUSTOM.split(' '),
    ['${interface-id}', '${srcaddr}', '${dstaddr}', '${bytes}'],
    ['interface_id', 'srcaddr', 'dstaddr', 'bytes'],
  ])
    it(`is what the configuration says: ${layout.join(' ')}`, () => {
      const { rows } = readLog(LINE, { type: 'aws-flow-log', layout })
      assert.deepEqual([rows[0]?.['interface.id'], rows[0]?.['dst.ip'], rows[0]?.bytes], ['eni-1', '10.0.0.2', 100])
    })

  it('is that of the header, whatever the configuration says, and changes where another comes', () => {
    const { rows, letters } = readLog(`${CUSTOM}\n${LINE}\ndstaddr srcaddr\n10.0.0.3 10.0.0.4\n${V2}\n${SSH}\n`, {
      type: 'aws-flow-log',
      layout: V2.split(' '),
    })
    assert.deepEqual(letters, [])
    assert.deepEqual(
      rows.map((row) => row['src.ip']),
      ['10.0.0.1', '10.0.0.4', '172.31.16.139'],
    )
  })

  it('of an unknown layout, lines of the default are taken all the same', () => {
    const { rows, letters } = readLog(`${SSH}\n${LINE}\n${SSH}\n`)
    assert.equal(rows.length, 2)
    assert.deepEqual(
      letters.map(({ record }) => record),
      [2],
    )
  })
})

describe('damage in an AWS flow log', () => {
  const DAMAGE: readonly (readonly [what: string, line: string, reason: RegExp])[] = [
    ['cut short', SSH.slice(0, 60), /5 fields where the layout has 14/],
    ['two lines in one', `${SSH} ${SSH}`, /28 fields where the layout has 14/],
    ['an address that is none', SSH.replace('172.31.16.139', '172.31.16.256'), /srcaddr cannot be "172\.31\.16\.256"/],
    ['a port that is none', SSH.replace(' 22 ', ' 65536 '), /dstport cannot be "65536"/],
    ['a protocol that is none', SSH.replace(' 6 ', ' 256 '), /protocol cannot be "256"/],
    ['a count with a sign', SSH.replace(' 4249 ', ' -4249 '), /bytes cannot be "-4249"/],
    ['a count that is too large', SSH.replace(' 4249 ', ' 18446744073709551616 '), /bytes cannot be/],
    ['words in the place of numbers', SSH.replace(' 20 ', ' twenty '), /packets cannot be "twenty"/],
    ['a time that is none', SSH.replace('1418530010', '14185x0010'), /start cannot be/],
    ['an end before its start', SSH.replace('1418530070', '1418530009'), /its end is before its start/],
    ['a time long before', SSH.replaceAll('14185300', '00000000'), /cannot be/],
    ['a time years ahead', SSH.replaceAll('14185300', '24185300'), /cannot be/],
    ['another action', SSH.replace('ACCEPT', 'ACCEPTED'), /action cannot be "ACCEPTED"/],
    ['another status', SSH.replace('OK', 'KO'), /log-status cannot be "KO"/],
    ['octets of no text', SSH.replace('ACCEPT', '\u0000\u{fffd}'), /action cannot be/],
    [
      'nothing but its status',
      '2 123456789010 eni-1 - - - - - - - 1431280876 1431280934 - OK',
      /neither addresses nor/,
    ],
    ['a longer one than any can be', `${SSH} ${'x'.repeat(1 << 20)}`, /longer than 1 MiB/],
    ['more fields than any can have', 'x '.repeat(1000), /257 fields where the layout has 14/],
    ['JSON', '{"srcaddr":"10.0.0.1"}', /wraps no flow log records/],
  ]

  it('of 1,000 lines, those that are whole are flows, and each other one is a dead letter with its number and reason', () => {
    const lines = Array.from({ length: 1000 }, () => SSH)
    for (const [n, [, line]] of DAMAGE.entries()) lines[17 + 50 * n] = line
    const { rows, letters, lost, records } = readLog(`${V2}\r\n${lines.join('\r\n')}\r\n`, {}, [1 << 16, 1000, 1])
    assert.equal(records, 1001)
    assert.equal(rows.length, 1000 - DAMAGE.length)
    for (const row of rows) assert.deepEqual(told(row), SSH_ROW)
    assert.deepEqual(
      letters.map(({ record }) => record),
      DAMAGE.map((_, n) => 19 + 50 * n),
    )
    for (const [n, [what, line, reason]] of DAMAGE.entries()) {
      assert.match(letters[n]?.reason ?? '', reason, what)
      assert.equal(letters[n]?.text, line.slice(0, 1 << 16), what)
    }
    assert.deepEqual(lost, { 'log.badRecord': DAMAGE.length - 1, 'log.tooLong': 1 })
  })

  it('one damaged line costs nothing but itself, whatever it is', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 200 }), (damage, size) => {
        const line = damage.filter((octet) => octet !== 0x0a)
        // One that is a header is no damage: it changes what those after it mean.
        fc.pre(!/^[a-z -]*$/.test(Buffer.from(line).toString('latin1')))
        const log = Buffer.concat([Buffer.from(`${V2}\n${SSH}\n`), line, Buffer.from(`\n${SSH}\n`)])
        const { rows } = readLog(log, {}, [size])
        assert.ok(rows.length >= 2)
        assert.deepEqual(told(rows[0]), SSH_ROW)
        assert.deepEqual(told(rows.at(-1)), SSH_ROW)
      }),
    )
  })

  it('an empty file, empty lines and no end of the last line are no damage', () => {
    for (const log of ['', '\n\n', `\n${V2}\n\n${SSH}`]) assert.deepEqual(readLog(log).letters, [])
  })

  it('the identity of a flow is that of the log and its place among the flows', () => {
    const { rows } = readLog(`${V2}\n${SSH}\nx\n${SSH}\n`, { identity: [7, 0xffff_ffff] })
    assert.deepEqual(
      rows.map((row) => row['record.id']),
      [(7n << 32n) | 0xffff_ffffn, 8n << 32n].map((id) => (id <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(id) : id)),
    )
  })
})

describe('every field of AWS', () => {
  it('is also a name that a user may type for where it goes', () => {
    const names = new Set(STORED_FIELDS.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])]))
    const missing = [...AWS_FIELDS.keys()].filter((name) => !names.has(name))
    assert.deepEqual(missing, ['version', 'log-status', 'type'], 'add the name to the aliases of its field')
  })
})

describe('the samples', { skip: noSamples }, () => {
  const lines = (name: string) =>
    readFileSync(`${samples}${name}`, 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))

  it('each record of each layout says what its words say', () => {
    let checked = 0
    for (const line of lines('vpc-formats-and-records.tsv')) {
      const [layout = '', record = ''] = line.split('\t')
      checked += check(layout.split(' '), record)
    }
    for (const name of ['s3-text-v3.log', 's3-text-v4.log', 's3-text-v6-tgw.log', 'otel-tgw.log']) {
      const [header = '', ...records] = lines(name)
      for (const record of records) checked += check(header.split(' '), record)
    }
    assert.ok(checked >= 35, `${checked} records`)
  })

  /** Every word that is none of those that mean more is in the field that has its name. */
  function check(layout: readonly string[], record: string): number {
    const { rows, letters, covered } = readLog(record, { type: 'aws-flow-log', layout })
    assert.deepEqual(letters, [], record)
    if (/ (NODATA|SKIPDATA)/.test(record)) return assert.equal(covered.length, 1) ?? 1
    const words = record.split(' ')
    assert.equal(words.length, layout.length)
    for (const [i, column] of layout.entries()) {
      const name = column.replaceAll('_', '-')
      const word = words[i] as string
      if (word === '-' || /^(version|log-status|(src|dst)addr|type)$/.test(name)) continue
      if (/^(src|dst)port$/.test(name) && rows[0]?.proto === 1) continue
      const field = STORED_FIELDS.find((each) => each.name === name || each.aliases?.includes(name))
      const value = String(rows[0]?.[field?.name ?? name])
      const said =
        name === 'traffic-path'
          ? TRAFFIC_PATHS[Number(word)]
          : /^(start|end)$/.test(name)
            ? `${word}000`
            : name === 'action'
              ? word.toLowerCase()
              : word
      assert.equal(value, said, `${name} of ${record}`)
    }
    return 1
  }
})
