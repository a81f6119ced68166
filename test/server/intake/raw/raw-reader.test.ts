/** Octets written out by hand from the specifications, and what they must be read as. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawReader } from '../../../../src/server/intake/raw/raw-reader.ts'
import type { RawField, RawRecord } from '../../../../src/server/intake/raw/record.ts'
import { valueOf } from '../../../../src/server/intake/raw/values.ts'
import { collect } from '../../../support/rows.ts'
import { block, datagram, flowSample, xdr } from '../../../support/sflow-wire.ts'
import {
  SENT_MS,
  ip4,
  options10,
  options9,
  set,
  template,
  u16,
  u32,
  u64,
  u8,
  version10,
  version9,
} from '../../../support/wire.ts'

function read(...datagrams: readonly Uint8Array[]): RawRecord[] {
  const records: RawRecord[] = []
  const { pipeline } = collect({ tap: new RawReader((record) => records.push(record)) })
  for (const bytes of datagrams) pipeline.receive(bytes, '192.0.2.1', SENT_MS)
  return records
}

const brief = (fields: readonly RawField[]) => fields.map(({ element, value, hex }) => [element, value, hex])

describe('records by templates', () => {
  it('IPFIX: elements that are known, of an enterprise, and of variable length', () => {
    const [record] = read(
      version10([
        set(2, template(256, [8, 4], [1, 3], [32_232, 2, 9], [82, 0xffff], [82, 0xffff])),
        set(256, ip4('10.0.0.1'), [0, 5, 220], [1, 2], [3, 0x65, 0x74, 0x68], [255, 0, 1, 0x78]),
      ]),
    )
    assert.deepEqual(record, {
      exporter: '192.0.2.1',
      domain: 1,
      protocol: 'ipfix',
      kind: 'flow',
      received: '2023-11-14T22:13:20.000Z',
      template: 256,
      fields: [
        { element: '8', name: 'sourceIPv4Address', value: '10.0.0.1', hex: '0a000001' },
        { element: '1', name: 'octetDeltaCount', value: 1500, unit: 'octets', hex: '0005dc' },
        { element: '9.32232', name: '9.32232', value: null, hex: '0102' },
        { element: '82', name: 'interfaceName', value: 'eth', hex: '657468' },
        { element: '82', name: 'interfaceName', value: 'x', hex: '78' },
      ],
    })
  })

  it('RFC 3954 §6.1: scopes of v9 have numbers of their own', () => {
    const [record] = read(version9([set(1, options9(257, [[2, 4]], [[50, 4]])), set(257, u32(7), u32(1000))]))
    assert.equal(record?.kind, 'options')
    assert.deepEqual(record?.fields, [
      { element: '2', name: 'Interface', scope: true, value: 7, hex: '00000007' },
      { element: '50', name: 'samplerRandomInterval', value: 1000, hex: '000003e8' },
    ])
  })

  it('RFC 7011 §3.4.2.2: scopes of IPFIX are elements', () => {
    const [record] = read(version10([set(3, options10(258, [[149, 4]], [[34, 4]])), set(258, u32(1), u32(10))]))
    assert.deepEqual(
      record?.fields.map(({ name, scope, value }) => [name, scope, value]),
      [
        ['observationDomainId', true, 1],
        ['samplingInterval', undefined, 10],
      ],
    )
  })

  it('what comes before its template is marked, and read when that comes', () => {
    const data = version10([set(256, ip4('10.0.0.1'))])
    assert.deepEqual(read(data), [])
    assert.deepEqual(
      read(data, version10([set(2, template(256, [8, 4])), set(256, ip4('10.0.0.2'))])).map(({ waited, fields }) => [
        waited,
        fields[0]?.value,
      ]),
      [
        [true, '10.0.0.1'],
        [undefined, '10.0.0.2'],
      ],
    )
  })

  it('a withdrawn template reads nothing more', () => {
    const withdraw = set(2, u16(256), u16(0))
    assert.deepEqual(read(version10([set(2, template(256, [8, 4])), withdraw, set(256, ip4('10.0.0.1'))])), [])
  })

  it('a record of variable length that runs over its set is none, and ends the set', () => {
    const records = read(
      version10([set(2, template(256, [8, 4], [82, 0xffff])), set(256, ip4('10.0.0.1'), [9, 0x78])]),
      version10([set(256, ip4('10.0.0.2'), [1, 0x78])]),
    )
    assert.deepEqual(
      records.map(({ fields }) => fields[0]?.value),
      ['10.0.0.2'],
    )
  })
})

describe('lists (RFC 6313)', () => {
  const values = (field: RawField | undefined) => {
    const { value } = field ?? {}
    assert.ok(typeof value === 'object' && value !== null && 'values' in value)
    return value
  }
  const records = (field: RawField | undefined) => {
    const { value } = field ?? {}
    assert.ok(typeof value === 'object' && value !== null && 'records' in value)
    return value
  }

  it('basicList', () => {
    const list = [3, ...u16(8), ...u16(4), ...ip4('10.0.0.1'), ...ip4('10.0.0.2')]
    const [record] = read(version10([set(2, template(256, [291, 0xffff])), set(256, u8(list.length), list)]))
    const { semantic, values: items } = values(record?.fields[0])
    assert.equal(semantic, 'allOf')
    assert.deepEqual(brief(items), [
      ['8', '10.0.0.1', '0a000001'],
      ['8', '10.0.0.2', '0a000002'],
    ])
  })

  it('basicList of an enterprise, of variable length, its own length in three octets', () => {
    const list = [4, ...u16(0x8000 | 1), ...u16(0xffff), ...u32(9), 1, 0xaa, 255, 0, 2, 0xbb, 0xcc]
    const [record] = read(version10([set(2, template(256, [291, 0xffff])), set(256, [255, ...u16(list.length)], list)]))
    const { semantic, values: items } = values(record?.fields[0])
    assert.equal(semantic, 'ordered')
    assert.deepEqual(
      items.map(({ element, hex }) => [element, hex]),
      [
        ['9.1', 'aa'],
        ['9.1', 'bbcc'],
      ],
    )
  })

  it('subTemplateList and subTemplateMultiList, a list within a list', () => {
    const within = [255, ...u16(300), ...ip4('10.0.0.1'), ...u16(80), ...ip4('10.0.0.2'), ...u16(443)]
    const multi = [
      0,
      ...u16(301),
      ...u16(4 + 1 + within.length),
      within.length,
      ...within,
      ...u16(300),
      ...u16(10),
      ...ip4('10.0.0.3'),
      ...u16(53),
    ]
    const [record] = read(
      version10([
        set(2, template(300, [8, 4], [7, 2]), template(301, [292, 0xffff]), template(302, [293, 0xffff])),
        set(302, u8(multi.length), multi),
      ]),
    )
    const outer = records(record?.fields[0])
    assert.equal(outer.semantic, 'noneOf')
    assert.deepEqual(
      outer.records.map((each) => each.template),
      [301, 300],
    )
    const inner = records(outer.records[0]?.fields[0])
    assert.equal(inner.semantic, 'undefined')
    assert.deepEqual(
      inner.records.map(({ fields }) => fields.map(({ value }) => value)),
      [
        ['10.0.0.1', 80],
        ['10.0.0.2', 443],
      ],
    )
    assert.deepEqual(
      outer.records[1]?.fields.map(({ value }) => value),
      ['10.0.0.3', 53],
    )
  })

  it('a list that lies about its lengths, or of a template that nobody knows, is its octets', () => {
    for (const [element, list] of [
      [291, [3, ...u16(8), ...u16(4), 10, 0, 0]],
      [291, [3, ...u16(8), ...u16(0), 1]],
      [291, [3, 0]],
      [292, [3, ...u16(999), 1, 2, 3]],
      [293, [3, ...u16(256), ...u16(3)]],
      [293, [3, ...u16(256), ...u16(99), 1]],
    ] as const) {
      const [record] = read(version10([set(2, template(256, [element, 0xffff])), set(256, u8(list.length), list)]))
      assert.deepEqual(brief(record?.fields ?? []), [[String(element), null, Buffer.from(list).toString('hex')]])
    }
  })
})

describe('values (RFC 7011 §6.1)', () => {
  const value = (type: string, ...octets: number[]) => valueOf(type, Uint8Array.from(octets))
  it('whole numbers of any length, exact past 2^53', () => {
    assert.equal(value('unsigned64', ...u64(2n ** 53n)), '9007199254740992')
    assert.equal(value('unsigned64', 1, 0, 0), 65_536)
    assert.equal(value('signed32', 255, 254), -2)
    assert.equal(value('unsigned8'), 0)
  })
  it('booleans: 1 is true, 2 is false', () => {
    assert.deepEqual([value('boolean', 1), value('boolean', 2), value('boolean', 3)], [true, false, 3])
  })
  it('floats', () => {
    assert.equal(value('float64', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0), 1.5)
    assert.equal(value('float64', 0x3f, 0xc0, 0, 0), 1.5)
    assert.equal(value('float32', 0x7f, 0x80, 0, 0), 'Infinity')
  })
  it('times: seconds, milliseconds, NTP fractions, and the era after 2036', () => {
    assert.equal(value('dateTimeSeconds', ...u32(1_700_000_000)), '2023-11-14T22:13:20.000Z')
    assert.equal(value('dateTimeMilliseconds', ...u64(1_700_000_000_123)), '2023-11-14T22:13:20.123Z')
    const ntp = u32(1_700_000_000 + 2_208_988_800)
    assert.equal(value('dateTimeMicroseconds', ...ntp, 0x80, 0, 0, 0), '2023-11-14T22:13:20.500000Z')
    assert.equal(value('dateTimeNanoseconds', ...ntp, 0xff, 0xff, 0xff, 0xff), '2023-11-14T22:13:21.000000000Z')
    assert.equal(value('dateTimeMicroseconds', ...u32(0), ...u32(0)), '2036-02-07T06:28:16.000000Z')
  })
  it('texts lose the zeros that fill them up; addresses of either version; what does not fit is null', () => {
    assert.equal(value('string', 0x65, 0x74, 0x68, 0, 0), 'eth')
    assert.equal(value('ipAddress', 10, 0, 0, 1), '10.0.0.1')
    assert.equal(value('macAddress', 0, 0x50, 0x56, 0xa1, 0x3c, 7), '00:50:56:a1:3c:07')
    assert.equal(value('macAddress', 1, 2, 3), null)
    assert.equal(value('octetArray', 1), null)
  })
})

describe('sFlow', () => {
  it('samples with their structures; what is longer than its sample is cut', () => {
    const user = block(1004, xdr(106, 3, '61 62 63 00', 0, 0))
    const [first, second] = read(
      datagram([
        flowSample([user, xdr(1001, 99, 7)], { count: 2 }),
        block(2, xdr(1, 5, 1, block(1005, xdr(4, '65 74 68 30')))),
      ]),
    )
    assert.deepEqual(
      [first?.kind, first?.structure, first?.exporter, first?.domain, first?.records?.map((each) => each.cut)],
      ['flow', '0:1', '10.0.0.254', 3, [undefined, true]],
    )
    assert.equal(first?.fields.find(({ name }) => name === 'sampling_rate')?.value, 512)
    assert.deepEqual(
      first?.records?.[0]?.fields.map(({ name, value }) => [name, value]),
      [
        ['src_charset', 106],
        ['src_user', 'abc'],
        ['dst_charset', 0],
        ['dst_user', ''],
      ],
    )
    assert.deepEqual(second?.records, [
      {
        structure: '0:1005',
        name: 'port_name',
        fields: [{ name: 'name', value: 'eth0', hex: '65746830' }],
        hex: '0000000465746830',
      },
    ])
  })

  it('a sample of a format that nobody has registered is its octets', () => {
    const [record] = read(datagram([block((4300 << 12) | 2, xdr(1, 2))]))
    assert.deepEqual([record?.kind, record?.name, record?.hex], ['unknown', '4300:2', '0000000100000002'])
  })
})
