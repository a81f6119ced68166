/** The order of docs/explanation/numbers.md; registrations from the IANA registry. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { INITIATOR_REASONS, SIDES } from '../../../../src/shared/schema/codes.ts'
import { initiator } from '../../../../src/server/intake/enrich/initiator.ts'
import { batchOf, rowsOf } from '../../../support/rows.ts'

const SYN = 2
const RST = 4
const PSH = 8
const ACK = 16
const ECE = 64
const FIN = 1

type Case = [name: string, row: Record<string, number>, side: 'src' | 'dst' | undefined, reason?: string]

const tcp = (src: number, dst: number, flags: number, more: Record<string, number> = {}) => ({
  proto: 6,
  'src.port': src,
  'dst.port': dst,
  'tcp.flags': flags,
  ...more,
})
const udp = (src: number, dst: number) => ({ proto: 17, 'src.port': src, 'dst.port': dst })

const cases: Case[] = [
  ['SYN without ACK is the client, whatever the ports', tcp(80, 50000, SYN), 'src', 'syn'],
  ['SYN and RST without ACK is the client', tcp(50000, 9999, SYN | RST), 'src', 'syn'],
  [
    'a single SYN+ACK is the server, although its port is the higher one',
    tcp(50000, 1025, SYN | ACK, { packets: 1 }),
    'dst',
    'syn-ack',
  ],
  [
    'a single sampled SYN+ACK too',
    tcp(50000, 1025, SYN | ACK, { packets: 1000, 'sampling.rate': 1000 }),
    'dst',
    'syn-ack',
  ],
  ['a single SYN+ACK that answers for ECN too', tcp(50000, 1025, SYN | ACK | ECE, { packets: 1 }), 'dst', 'syn-ack'],
  [
    'SYN and ACK of several packets are added up, and say nothing',
    tcp(50000, 443, SYN | ACK, { packets: 3 }),
    'src',
    'registered port',
  ],
  [
    'all flags of a whole conversation say nothing',
    tcp(443, 50000, SYN | ACK | PSH | FIN, { packets: 10 }),
    'dst',
    'registered port',
  ],
  ['ACK alone says nothing', tcp(443, 50000, ACK), 'dst', 'registered port'],
  ['flags of UDP mean nothing', { ...udp(53, 40000), 'tcp.flags': SYN }, 'dst', 'registered port'],
  ['a DNS question', udp(40000, 53), 'src', 'registered port'],
  ['a DNS answer', udp(53, 40000), 'dst', 'registered port'],
  ['a DNS server that asks another from its own port', udp(53, 53), undefined],
  ['a system port before a registered user port', udp(5353, 53), 'src', 'registered port'],
  ['a registered port before an unregistered one below 1024', tcp(1002, 2049, ACK), 'src', 'registered port'],
  [
    'a lower unregistered port before a registered one where clients get theirs',
    tcp(47808, 9977, ACK),
    'src',
    'lower port',
  ],
  [
    'a registered port among those of clients before an unregistered one there',
    udp(47808, 40001),
    'dst',
    'registered port',
  ],
  ['two unregistered ports: the lower one', tcp(60001, 60000, ACK), 'src', 'lower port'],
  ['two registered ports of one kind: the lower one', udp(68, 67), 'src', 'lower port'],
  ["port 0 is nobody's", udp(0, 53), undefined],
  ['one port missing', { proto: 17, 'dst.port': 53 }, undefined],
  ['UDP-Lite as UDP', { proto: 136, 'src.port': 40000, 'dst.port': 53 }, 'src', 'registered port'],
  ['SCTP by its own registrations', { proto: 132, 'src.port': 3868, 'dst.port': 40000 }, 'dst', 'registered port'],
  ['GRE has no ports', { proto: 47, 'src.port': 1, 'dst.port': 2 }, undefined],
  ['ICMP echo request', { proto: 1, 'icmp.type': 8 }, 'src', 'icmp type'],
  ['ICMP echo reply', { proto: 1, 'icmp.type': 0 }, 'dst', 'icmp type'],
  ['ICMP unreachable says nothing', { proto: 1, 'icmp.type': 3 }, undefined],
  ['ICMPv6 echo request', { proto: 58, 'icmp.type': 128 }, 'src', 'icmp type'],
  ['ICMPv6 echo reply', { proto: 58, 'icmp.type': 129 }, 'dst', 'icmp type'],
  ['ICMPv6 packet too big says nothing', { proto: 58, 'icmp.type': 2 }, undefined],
  ['ICMP without a type', { proto: 1 }, undefined],
  ['no protocol', { 'src.port': 40000, 'dst.port': 53 }, undefined],
  [
    'what the exporter said stays',
    { ...udp(40000, 53), initiator: SIDES.indexOf('dst'), 'initiator.reason': INITIATOR_REASONS.indexOf('biflow') },
    'dst',
    'biflow',
  ],
]

describe('initiator', () => {
  for (const [name, values, side, reason] of cases) {
    it(name, () => {
      const batch = batchOf([values])
      const known = initiator.run(batch, 0, 1)
      const [row] = rowsOf(batch)
      assert.equal(row?.['initiator'], side)
      assert.equal(row?.['initiator.reason'], reason)
      assert.equal(known, side === undefined ? 0 : 1)
    })
  }

  it('both directions of a conversation name the same server by ports', () => {
    for (const [a, b] of [
      [53, 40000],
      [2049, 900],
      [8080, 33000],
      [123, 500],
      [5060, 5061],
      [60000, 60001],
    ] as const) {
      const batch = batchOf([udp(a, b), udp(b, a)])
      initiator.run(batch, 0, 2)
      const sides = rowsOf(batch).map((row) => row['initiator'])
      assert.deepEqual(new Set(sides), new Set(['src', 'dst']), `${a} ${b}`)
    }
  })

  it('works on the rows it is given and no others', () => {
    const batch = batchOf([udp(40000, 53), udp(40000, 53), udp(40000, 53)])
    assert.equal(initiator.run(batch, 1, 2), 1)
    assert.deepEqual(
      rowsOf(batch).map((row) => row['initiator']),
      [undefined, 'src', undefined],
    )
  })
})
