/** Values from "conn.log" (Zeek documentation) and from baselines of Zeek's own tests. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noSamples, readLog, sample, told, typeOf } from '../../../../support/logs.ts'

/** The first two connections of the documentation. */
const DOCUMENTED = [
  '{"ts":1591367999.305988,"uid":"CMdzit1AMNsmfAIiQc","id.orig_h":"192.168.4.76","id.orig_p":36844,"id.resp_h":"192.168.4.1","id.resp_p":53,"proto":"udp","service":"dns","duration":0.06685185432434082,"orig_bytes":62,"resp_bytes":141,"conn_state":"SF","missed_bytes":0,"history":"Dd","orig_pkts":2,"orig_ip_bytes":118,"resp_pkts":2,"resp_ip_bytes":197}',
  '{"ts":1591367999.430166,"uid":"C5bLoe2Mvxqhawzqqd","id.orig_h":"192.168.4.76","id.orig_p":46378,"id.resp_h":"31.3.245.133","id.resp_p":80,"proto":"tcp","service":"http","duration":0.25411510467529297,"orig_bytes":77,"resp_bytes":295,"conn_state":"SF","missed_bytes":0,"history":"ShADadFf","orig_pkts":6,"orig_ip_bytes":397,"resp_pkts":4,"resp_ip_bytes":511}',
]

const FIELDS =
  'ts uid id.orig_h id.orig_p id.resp_h id.resp_p proto duration orig_bytes resp_bytes conn_state history orig_pkts orig_ip_bytes resp_pkts resp_ip_bytes'
const GOOD = '1521911721.255387 C8 10.164.94.120 39681 10.47.3.155 3389 tcp 0.004266 97 19 RSTR ShADTdtr 10 730 6 342'
const tsv = (...lines: string[]) =>
  [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\tconn',
    `#fields ${FIELDS}`,
    ...lines,
    '#close 2026-11-25-00-00-00',
  ]
    .join('\n')
    .replaceAll(/^(?!#separator).*$/gm, (line) => line.replaceAll(' ', '\t'))
const icmp = (address: string, type: number, other: number) =>
  `1.5 C1 ${address} ${type} ${address} ${other} icmp 0.1 10 10 OTH - 1 84 1 84`

describe('Zeek conn.log', () => {
  it('JSON of the documentation', () => {
    const text = DOCUMENTED.join('\n')
    assert.equal(typeOf(text), 'zeek-conn')
    const { rows, letters } = readLog(text)
    assert.deepEqual(letters, [])
    assert.deepEqual(told(rows[0]), {
      'src.ip': '192.168.4.76',
      'dst.ip': '192.168.4.1',
      'src.port': 36_844,
      'dst.port': 53,
      proto: 17,
      start: 1_591_367_999_305,
      end: 1_591_367_999_371,
      packets: 2,
      bytes: 118,
      initiator: 'src',
      'initiator.reason': 'biflow',
      'conn.id': 'CMdzit1AMNsmfAIiQc',
      app: 'dns',
      'conn.state': 'SF',
      'conn.history': 'Dd',
    })
    assert.deepEqual(
      rows
        .slice(1)
        .map((row) => [row['src.ip'], row['src.port'], row['dst.ip'], row.packets, row.bytes, row.initiator]),
      [
        ['192.168.4.1', 53, '192.168.4.76', 2, 197, 'dst'],
        ['192.168.4.76', 46_378, '31.3.245.133', 6, 397, 'src'],
        ['31.3.245.133', 80, '192.168.4.76', 4, 511, 'dst'],
      ],
    )
    // S, A and F of one side, h (SYN with ACK), a and f of the other.
    assert.deepEqual(
      rows.map((row) => [row['tcp.flags'], row['tcp.flags.basis']]),
      [
        [undefined, undefined],
        [undefined, undefined],
        [19, 'partial'],
        [19, 'partial'],
      ],
    )
  })

  it('JSON with the ends in an object, with times in milliseconds or as text, and with what marks its log', () => {
    for (const ts of [1_591_367_999_305, '2020-06-05T14:39:59.305988Z']) {
      const text = JSON.stringify({
        _path: 'conn',
        ts,
        uid: 'C1',
        id: { orig_h: '::1', orig_p: 1, resp_h: '::2', resp_p: 2 },
        proto: 'udp',
        conn_state: 'S0',
        orig_pkts: 1,
        orig_ip_bytes: 49,
        resp_pkts: 0,
        resp_ip_bytes: 0,
      })
      assert.equal(typeOf(text), 'zeek-conn')
      const { rows } = readLog(`${text}\n{"_path":"dns","ts":1,"id.orig_h":"::1"}\n`)
      assert.deepEqual(
        rows.map((row) => [row['src.ip'], row['dst.port'], row.start, row.end, row.bytes]),
        [['::1', 2, 1_591_367_999_305, 1_591_367_999_305, 49]],
      )
    }
  })

  it('the sample: lines of the fields that #fields names', { skip: noSamples }, () => {
    const text = sample('zeek-conn.tsv')
    assert.equal(typeOf(text), 'zeek-conn')
    const { rows, letters } = readLog(text.replaceAll('XXXXXXXXXX.XXXXXX', '1300475167.096535'))
    assert.deepEqual(letters, [])
    assert.deepEqual(told(rows[0]), {
      'src.ip': '66.59.111.190',
      'dst.ip': '172.28.2.3',
      'src.port': 40_264,
      'dst.port': 22,
      proto: 6,
      start: 1_300_475_167_096,
      end: 1_300_475_170_253,
      packets: 12,
      bytes: 1584,
      'tcp.flags': 19,
      'tcp.flags.basis': 'partial',
      initiator: 'src',
      'initiator.reason': 'biflow',
      'conn.id': 'CtPZjS20MLrsMUOJi2',
      app: 'ssh',
      'conn.state': 'SF',
      'conn.history': 'ShAdDaFf',
      'other.fields': 'local_orig=F local_resp=T tunnel_parents=CHhAvVGS1DHFjwGM9',
    })
    assert.deepEqual(
      rows.map((row) => [row['src.ip'], row['src.port'], row['icmp.type'], row['icmp.code'], row.packets, row.bytes]),
      [
        ['66.59.111.190', 40_264, undefined, undefined, 12, 1584],
        ['172.28.2.3', 22, undefined, undefined, 10, 2199],
        // Nothing came back.
        ['66.59.111.190', 37_675, undefined, undefined, 2, 122],
        ['66.59.111.190', 123, undefined, undefined, 1, 76],
        ['18.26.4.105', 123, undefined, undefined, 1, 76],
        ['66.59.111.190', 123, undefined, undefined, 1, 76],
        ['66.59.111.182', 123, undefined, undefined, 1, 76],
        ['66.59.111.190', 123, undefined, undefined, 1, 76],
        ['129.170.17.4', 123, undefined, undefined, 1, 76],
        // Echo and its answer; port unreachable.
        ['66.59.111.190', undefined, 8, 0, 4, 336],
        ['172.28.2.3', undefined, 0, 0, 4, 336],
        ['172.28.2.3', undefined, 3, 3, 2, 178],
      ],
    )
  })

  it('a time that was blotted out is refused, not made up', { skip: noSamples }, () => {
    const { rows, letters } = readLog(sample('zeek-conn.tsv'))
    assert.deepEqual([rows.length, letters.length], [0, 7])
    assert.equal(letters[0]?.reason, 'ts cannot be "XXXXXXXXXX.XXXXXX"')
  })

  it('the port of an ICMP responder is the type of the answer where there is one, and else the code', () => {
    const { rows } = readLog(tsv(icmp('10.0.0.1', 13, 14), icmp('::1', 128, 129), icmp('::1', 1, 4)))
    assert.deepEqual(
      rows.map((row) => [row.proto, row['icmp.type'], row['icmp.code'], row['src.port']]),
      [
        [1, 13, 0, undefined],
        [1, 14, 0, undefined],
        [58, 128, 0, undefined],
        [58, 129, 0, undefined],
        [58, 1, 4, undefined],
        [58, undefined, undefined, undefined],
      ],
    )
  })

  it('another separator, other marks of what is not there, fields in another order, and new ones', () => {
    const text = [
      '#separator \\x7c',
      '#unset_field|n/a',
      '#empty_field|nothing',
      '#path|conn',
      '#fields|id.resp_h|id.orig_h|proto|orig_pkts|orig_bytes|orig_ip_bytes|resp_bytes|vlan|inner_vlan|orig_l2_addr|resp_cc|community_id|note|ts|service|ip_proto',
      '10.0.0.2|10.0.0.1|unknown_transport|3|n/a|300|n/a|10|20|02:00:00:00:00:01|DE|1:abc=|a\\x7cb|1591367999.9|nothing|47',
    ].join('\n')
    assert.equal(typeOf(text), 'zeek-conn')
    const { rows, letters } = readLog(text)
    assert.deepEqual(letters, [])
    assert.deepEqual(told(rows[0]), {
      'src.ip': '10.0.0.1',
      'dst.ip': '10.0.0.2',
      'src.mac': '02:00:00:00:00:01',
      'dst.country': 'DE',
      proto: 47,
      start: 1_591_367_999_900,
      end: 1_591_367_999_900,
      packets: 3,
      bytes: 300,
      vlan: 10,
      'inner.vlan': 20,
      initiator: 'src',
      'initiator.reason': 'biflow',
      'community.id': '1:abc=',
      'other.fields': 'note=a|b',
    })
  })

  it('bytes that were only counted as payload say so', () => {
    const { rows } = readLog(
      '{"ts":1.5,"id.orig_h":"10.0.0.1","id.resp_h":"10.0.0.2","proto":"tcp","orig_bytes":7,"resp_bytes":9,"conn_state":"SF"}',
    )
    assert.deepEqual(
      rows.map((row) => [row.bytes, row['bytes.basis'], row.packets]),
      [
        [7, 'payload', undefined],
        [9, 'payload', undefined],
      ],
    )
  })

  it('of a thousand lines of which one is damaged, 999 are taken, and the one is named', () => {
    const bad: readonly [string, RegExp][] = [
      [GOOD.slice(0, 60), /^7 fields where #fields names 16$/],
      [GOOD.replace('10.47.3.155', '10.47.3'), /^id.resp_h cannot be "10.47.3"$/],
      [GOOD.replace('39681', '396810'), /^id.orig_p cannot be "396810"$/],
      [GOOD.replace('1521911721.255387', '-'), /^ts cannot be missing$/],
      [GOOD.replace('1521911721.255387', '99999999999.5'), /^its end, .* is still to come$/],
      [GOOD.replace('0.004266', '-3'), /^duration cannot be "-3"$/],
      [GOOD.replace(' 342', ' many'), /^resp_ip_bytes cannot be "many"$/],
      [GOOD.replace('tcp', 'tpc'), /^proto cannot be "tpc"$/],
    ]
    for (const [damaged, reason] of bad) {
      const lines = Array.from({ length: 1000 }, () => GOOD)
      lines[700] = damaged
      const { rows, letters } = readLog(tsv(...lines))
      assert.equal(rows.length, 1998, damaged)
      assert.deepEqual(
        letters.map(({ record, loss }) => [record, loss]),
        [[707, 'log.badRecord']],
      )
      assert.match(letters[0]?.reason ?? '', reason)
    }
  })

  it('lines without #fields before them, or of another log, are kept until the layout is known', () => {
    const line = GOOD.replaceAll(' ', '\t')
    const without = readLog(line, { type: 'zeek-conn' })
    assert.deepEqual([without.rows.length, without.lost['log.unknownLayout']], [0, 1])
    assert.equal(readLog(line, { type: 'zeek-conn', layout: FIELDS.split(' ') }).rows.length, 2)
    const other = readLog('#path\tdns\n#fields\tts\tquery\n1\tx\n', { type: 'zeek-conn' })
    assert.match(other.letters[0]?.reason ?? '', /not those of connections \(#path dns\)/)
  })
})
