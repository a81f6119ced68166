/** Forms as "Subscription filters with Amazon Data Firehose", "Using Lambda with CloudWatch Logs" and OCSF's schema show them. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { openImport } from '../../../../../src/server/intake/import-file.ts'
import { recogniseLog } from '../../../../../src/server/intake/decoders/logs/index.ts'
import { openFile } from '../../../../../src/server/intake/sources/files.ts'
import { readLog, told } from '../../../../support/logs.ts'
import { temporaryFolder } from '../../../../support/temporary.ts'

const samples = fileURLToPath(new URL('../../../../../../shared/vpc-samples/', import.meta.url))
const noSamples: string | false = existsSync(samples) ? false : 'the samples (../shared/vpc-samples) are not there'

const LINE =
  '2 123456789010 eni-1235b8ca123456789 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK'
const REJECTED = LINE.replace('ACCEPT', 'REJECT')
const subscription = (events: readonly unknown[]) => ({
  messageType: 'DATA_MESSAGE',
  owner: '123456789010',
  logGroup: '/aws/vpc/flowlogs',
  logStream: 'eni-1235b8ca123456789',
  subscriptionFilters: ['flows'],
  logEvents: events,
})
const event = (id: string, message: string) => ({ id, timestamp: 1_418_530_010_000, message })
const packed = (document: unknown) => gzipSync(JSON.stringify(document)).toString('base64')
const base64 = (text: string) => Buffer.from(text).toString('base64')
const TWO = subscription([event('3161', LINE), event('3162', REJECTED)])

/** What each form has in it: the two lines of `TWO`. */
const FORMS: Readonly<Record<string, string>> = {
  'a subscription': JSON.stringify(TWO),
  'several one after the other':
    JSON.stringify(subscription([event('1', LINE)])) + JSON.stringify(subscription([event('2', REJECTED)])),
  'several in lines': [event('1', LINE), event('2', REJECTED)]
    .map((each) => JSON.stringify(subscription([each])))
    .join('\n'),
  'a list of them': JSON.stringify([TWO]),
  'what Lambda gets': JSON.stringify({ awslogs: { data: packed(TWO) } }),
  'what Lambda gets of Kinesis': JSON.stringify({
    Records: [{ kinesis: { data: packed(TWO) }, eventID: 'shardId-0:1' }],
  }),
  'a request of Firehose: lines': JSON.stringify({
    requestId: 'ed4acda5',
    timestamp: 1_578_090_901_599,
    records: [{ data: base64(`${LINE}\n`) }, { data: base64(`${REJECTED}\n`) }],
  }),
  'a request of Firehose: messages': JSON.stringify({
    requestId: 'ed4acda5',
    timestamp: 1_578_090_901_599,
    records: [LINE, REJECTED].map((message) => ({ data: base64(JSON.stringify({ message })) })),
  }),
  'a request of Firehose: a subscription': JSON.stringify({
    requestId: 'a',
    timestamp: 1,
    records: [{ data: packed(TWO) }],
  }),
  'messages in lines': [LINE, REJECTED].map((message) => JSON.stringify({ message })).join('\n'),
  OTLP: JSON.stringify({
    resourceLogs: [
      { resource: {}, scopeLogs: [{ logRecords: [LINE, REJECTED].map((text) => ({ body: { stringValue: text } })) }] },
    ],
  }),
}

describe('records in JSON', () => {
  for (const [form, log] of Object.entries(FORMS))
    it(`${form}: means what the lines mean, whatever the pieces`, () => {
      const expected = readLog(`${LINE}\n${REJECTED}\n`).rows.map(told)
      assert.equal(recogniseLog(log.slice(0, 4096))?.name, 'aws-flow-log')
      for (const sizes of [[1 << 20], [1], [7, 100]]) {
        const { rows, letters } = readLog(log, {}, sizes)
        assert.deepEqual(letters, [])
        assert.deepEqual(rows.map(told), expected)
      }
    })

  for (const [how, pack] of [
    ['as Firehose writes them, gzipped one by one', (parts: Buffer[]) => Buffer.concat(parts)],
    ['and gzipped again by Firehose', (parts: Buffer[]) => gzipSync(Buffer.concat(parts))],
  ] as const)
    it(`in a file, ${how}`, async (test) => {
      const path = join(temporaryFolder(test), 'delivered')
      writeFileSync(
        path,
        pack([event('1', LINE), event('2', REJECTED)].map((each) => gzipSync(JSON.stringify(subscription([each]))))),
      )
      const { chunks } = await openFile(path)
      const pieces: Uint8Array[] = []
      for await (const chunk of chunks) pieces.push(chunk)
      assert.equal(readLog(Buffer.concat(pieces)).rows.length, 2)
    })

  it('an event is known by its id, by whatever way it comes', () => {
    const [one, other] = [FORMS['a subscription'], FORMS['what Lambda gets']].map((log, i) =>
      readLog(log ?? '', { identity: [i, i] }).rows.map((row) => row['record.id']),
    )
    assert.equal(new Set(one).size, 2)
    assert.deepEqual(one, other)
  })

  it('what CloudWatch Logs sends to see whether someone is there is no record', () => {
    const log = JSON.stringify({
      ...subscription([event('', 'CWL CONTROL MESSAGE: Checking health')]),
      messageType: 'CONTROL_MESSAGE',
    })
    assert.equal(recogniseLog(log)?.name, 'aws-flow-log')
    const { rows, letters } = readLog(log)
    assert.deepEqual([rows, letters], [[], []])
  })

  it('the layout of events is that of the configuration', () => {
    const { rows } = readLog(JSON.stringify(subscription([event('1', 'eni-1 10.0.0.1')])), {
      type: 'aws-flow-log',
      layout: ['interface-id', 'srcaddr'],
    })
    assert.equal(rows[0]?.['src.ip'], '10.0.0.1')
  })

  it('a record that does not say when it was has the time of its event', () => {
    const { rows } = readLog(JSON.stringify(subscription([event('1', 'eni-1 10.0.0.1')])), {
      type: 'aws-flow-log',
      layout: ['interface-id', 'srcaddr'],
    })
    assert.deepEqual([rows[0]?.start, rows[0]?.end], [1_418_530_010_000, 1_418_530_010_000])
  })

  it('coverage is told in wrapped records too', () => {
    const { covered } = readLog(
      JSON.stringify({ message: '2 428961148399 eni-0e0bf7be352692297 - - - - - - - 1671029698 1671029728 - NODATA' }),
    )
    assert.equal(covered[0]?.interface, 'eni-0e0bf7be352692297')
  })

  for (const [what, parts, reason] of [
    ['a line', [event('1', LINE), event('2', 'x'), event('3', LINE)], /1 fields without a header line/],
    ['an event', [event('1', LINE), { id: '2' }, event('3', LINE)], /without a message/],
    ['no object', [event('1', LINE), 7, event('3', LINE)], /no object/],
  ] as const)
    it(`of a document with ${what} that is damaged, the rest is taken`, () => {
      const { rows, letters } = readLog(JSON.stringify(subscription(parts)))
      assert.equal(rows.length, 2)
      assert.equal(letters.length, 1)
      assert.match(letters[0]?.reason ?? '', reason)
    })

  for (const [what, document, reason] of [
    ['gzip that is cut short', { awslogs: { data: packed(TWO).slice(0, 80) } }, /cannot be unpacked/],
    [
      'gzip of much more than anyone sends',
      { data: gzipSync(Buffer.alloc(80 << 20)).toString('base64') },
      /cannot be unpacked/,
    ],
    ['JSON of something else', { messageType: 'OTHER' }, /wraps no flow log records/],
    [
      'wrapping without end',
      {
        data: base64(
          JSON.stringify({
            data: base64(
              JSON.stringify({
                data: base64(
                  JSON.stringify({
                    data: base64(JSON.stringify({ data: base64(JSON.stringify({ data: base64(LINE) })) })),
                  }),
                ),
              }),
            ),
          }),
        ),
      },
      /wrapped more than 5 times/,
    ],
  ] as const)
    it(`${what} is a dead letter`, () => {
      const { rows, letters } = readLog(JSON.stringify(document), { type: 'aws-flow-log' })
      assert.deepEqual(rows, [])
      assert.match(letters[0]?.reason ?? '', reason)
    })
})

describe('OCSF', () => {
  const IN = {
    class_uid: 4001,
    class_name: 'Network Activity',
    activity_id: 6,
    action_id: 1,
    status_code: 'OK',
    cloud: { provider: 'AWS', region: 'us-east-1', zone: 'use1-az1', account: { uid: '123456789012' } },
    src_endpoint: { ip: '203.0.113.7', port: 443, svc_name: '-', intermediate_ips: null },
    dst_endpoint: {
      ip: '10.0.0.5',
      port: 51_000,
      interface_uid: 'eni-1',
      vpc_uid: 'vpc-1',
      subnet_uid: 'subnet-1',
      instance_uid: 'i-1',
    },
    connection_info: { protocol_num: 6, tcp_flags: 18, protocol_ver: 'IPv4', direction_id: 1 },
    traffic: { bytes: 1234, packets: 5 },
    time: 1_700_000_000_000,
    start_time: 1_700_000_000_000,
    end_time: 1_700_000_060_000,
    unmapped: [['sublocation_type', 'outpost']],
  }

  it('network activity, in as Security Lake writes it', () => {
    const { rows, letters } = readLog(JSON.stringify(IN))
    assert.deepEqual(letters, [])
    const row = told(rows[0])
    assert.deepEqual(
      Object.fromEntries(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))),
      Object.fromEntries(
        Object.entries({
          'account.id': '123456789012',
          action: 'accept',
          az: 'use1-az1',
          bytes: 1234,
          direction: 'ingress',
          'dst.account.id': '123456789012',
          'dst.az': 'use1-az1',
          'dst.instance.id': 'i-1',
          'dst.interface.id': 'eni-1',
          'dst.ip': '10.0.0.5',
          'dst.port': 51_000,
          'dst.region': 'us-east-1',
          'dst.subnet.id': 'subnet-1',
          'dst.vpc.id': 'vpc-1',
          end: 1_700_000_060_000,
          initiator: 'dst',
          'initiator.reason': 'syn-ack',
          'instance.id': 'i-1',
          'interface.dst.ip': '10.0.0.5',
          'interface.id': 'eni-1',
          'interface.src.ip': '203.0.113.7',
          'ip.version': 4,
          packets: 5,
          proto: 6,
          region: 'us-east-1',
          'src.ip': '203.0.113.7',
          'src.port': 443,
          start: 1_700_000_000_000,
          'sublocation.type': 'outpost',
          'subnet.id': 'subnet-1',
          'tcp.flags': 18,
          'tcp.flags.basis': 'partial',
          'vpc.id': 'vpc-1',
        }).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      ),
    )
  })

  it('refused traffic, times as text, and the address of the interface beside that of the packet', () => {
    const { rows } = readLog(
      JSON.stringify({
        ...IN,
        action_id: 2,
        activity_id: 5,
        src_endpoint: { ip: '10.0.1.5', interface_uid: 'eni-9' },
        dst_endpoint: { ip: '203.0.113.5', intermediate_ips: ['10.0.0.220'] },
        connection_info: { protocol_num: 1 },
        start_time: undefined,
        end_time: undefined,
        start_time_dt: '2023-11-14T22:13:20Z',
        end_time_dt: '2023-11-14T22:14:20Z',
      }),
    )
    const [row] = rows
    assert.deepEqual([row?.action, row?.direction], ['reject', 'egress'])
    assert.deepEqual([row?.['dst.ip'], row?.['interface.dst.ip']], ['203.0.113.5', '10.0.0.220'])
    assert.deepEqual([row?.start, row?.end], [1_700_000_000_000, 1_700_000_060_000])
    assert.equal(row?.['src.interface.id'], 'eni-9')
  })

  it('another class is no flow log', () => {
    const { rows, letters } = readLog(JSON.stringify({ ...IN, class_uid: 4003 }), { type: 'aws-flow-log' })
    assert.equal(rows.length, 0)
    assert.match(letters[0]?.reason ?? '', /wraps no flow log records/)
  })
})

describe('what is made to do harm', () => {
  const reasonOf = (document: unknown): string => {
    const text = typeof document === 'string' ? document : JSON.stringify(document)
    const { letters, rows } = readLog(text, { type: 'aws-flow-log' }, [1 << 20])
    assert.deepEqual([rows.length, letters.length], [0, 1])
    return letters[0]?.reason ?? ''
  }

  it('gzip in gzip, without end where it unpacks to itself, held up everything', () => {
    const thrice = gzipSync(gzipSync(gzipSync(LINE))).toString('base64')
    assert.match(reasonOf({ data: thrice }), /packed more than 2 times/)
  })

  it('many records in one document that unpack to 64 MiB each are together no more than that', () => {
    const data = gzipSync(Buffer.alloc(20 << 20, ' ')).toString('base64')
    const { letters } = readLog(JSON.stringify({ Records: Array.from({ length: 50 }, () => ({ data })) }), {
      type: 'aws-flow-log',
    })
    assert.equal(letters.filter(({ reason }) => reason.includes('becomes more than 67108864 bytes')).length, 47)
  })

  it('lists of records in lists of records, fifty thousand deep, were more than the stack holds', () => {
    const deep = `${'{"records":['.repeat(50_000)}{}${']}'.repeat(50_000)}`
    assert.match(reasonOf(deep), /wrapped more than 5 times/)
  })
})

describe('the samples', { skip: noSamples }, () => {
  for (const name of ['otel-cw-subscription.json', 'firehose-http-request.json'])
    it(`${name} is known for what it is, and read`, async () => {
      assert.equal((await openImport(`${samples}${name}`)).type, 'aws-flow-log')
      const { rows, covered, letters } = readLog(readFileSync(`${samples}${name}`))
      assert.deepEqual(letters, [])
      assert.deepEqual([rows.length, covered.length], name.startsWith('otel') ? [2, 0] : [0, 1])
    })
})
