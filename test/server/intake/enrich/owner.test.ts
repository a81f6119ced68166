/** Whose the other end of a flow is, learnt from the records of other interfaces. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ownerBy } from '../../../../src/server/intake/enrich/owner.ts'
import { AddressOwners, ownerAt } from '../../../../src/server/intake/enrich/owners.ts'
import { openLog } from '../../../support/logs.ts'
import type { Row } from '../../../support/rows.ts'

const HEADER =
  'version account-id vpc-id subnet-id instance-id az-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action flow-direction log-status'
const HOUR = 3600
const T = 1_763_000_000
const A = { address: '10.0.0.1', interface: 'eni-a', az: 'az1' }
const B = { address: '10.0.0.2', interface: 'eni-b', az: 'az2' }
type End = typeof A

const sees = (at: End, src: string, dst: string, way: 'ingress' | 'egress', seconds = T, vpc = 'vpc-1') =>
  `5 1 ${vpc} subnet-${at.az} i-${at.interface} ${at.az} ${at.interface} ${src} ${dst} 1000 443 6 1 100 ${seconds} ${seconds + 1} ACCEPT ${way} OK`

function read(lines: readonly string[], known = new AddressOwners()): Row[] {
  const { reader, end } = openLog({}, [ownerBy(known)])
  reader.push(Buffer.from(`${[HEADER, ...lines].join('\n')}\n`))
  reader.end()
  return end().rows
}

const ends = (row: Row | undefined) => [row?.['src.interface.id'], row?.['dst.interface.id']]

describe('owners of addresses', () => {
  test('the other end is filled in, whichever record comes first', () => {
    const rows = read([
      sees(A, A.address, B.address, 'egress'),
      sees(B, A.address, B.address, 'ingress'),
      sees(B, B.address, A.address, 'egress'),
    ])
    assert.deepEqual(rows.map(ends), [
      ['eni-a', 'eni-b'],
      ['eni-a', 'eni-b'],
      ['eni-b', 'eni-a'],
    ])
    assert.equal(rows[0]?.['dst.az'], 'az2')
    assert.equal(rows[0]?.['dst.instance.id'], 'i-eni-b')
    assert.equal(rows[0]?.['dst.subnet.id'], 'subnet-az2')
    assert.equal(rows[0]?.['dst.vpc.id'], 'vpc-1')
    assert.equal(rows[0]?.['az'], 'az1')
  })

  test('the same address in another VPC is somebody else’s', () => {
    const [first] = read([
      sees(A, A.address, B.address, 'egress'),
      sees(B, A.address, B.address, 'ingress', T, 'vpc-2'),
    ])
    assert.deepEqual(ends(first), ['eni-a', undefined])
  })

  test('what two interfaces have at that time is nobody’s', () => {
    const rows = read([
      sees(A, A.address, B.address, 'egress'),
      sees(B, A.address, B.address, 'ingress'),
      sees({ ...B, interface: 'eni-c' }, A.address, B.address, 'ingress', T + 60),
    ])
    assert.deepEqual(ends(rows[0]), ['eni-a', undefined])
  })

  test('an address that goes to another interface is each one’s at its time', () => {
    const rows = read([
      sees(B, A.address, B.address, 'ingress', T),
      sees({ ...B, interface: 'eni-c' }, A.address, B.address, 'ingress', T + 10 * HOUR),
      sees(A, A.address, B.address, 'egress', T),
      sees(A, A.address, B.address, 'egress', T + 10 * HOUR),
      sees(A, A.address, B.address, 'egress', T + 5 * HOUR),
    ])
    assert.deepEqual(rows.slice(2).map(ends), [
      ['eni-a', 'eni-b'],
      ['eni-a', 'eni-c'],
      ['eni-a', undefined],
    ])
  })

  test('is known after a restart, and a damaged file is no harm', () => {
    const before = new AddressOwners()
    read([sees(B, A.address, B.address, 'ingress')], before)
    const after = new AddressOwners()
    after.load(JSON.parse(JSON.stringify(before.saved())))
    const [row] = read([sees(A, A.address, B.address, 'egress')], after)
    assert.deepEqual(ends(row), ['eni-a', 'eni-b'])
    for (const damaged of [
      null,
      7,
      [7],
      [['key', [7, [1, 2, 'too few']]]],
      [['key', [['x', 2, ...Array(7).fill('')]]]],
    ])
      new AddressOwners().load(damaged)
  })

  test('of one address so many interfaces are remembered', () => {
    const known = new AddressOwners()
    const owners = known.make('key')
    for (let i = 0; i < 20; i++) known.learn(owners, [`eni-${i}`], i * 1e9, i * 1e9)
    assert.equal(owners.length, 8)
    assert.equal(ownerAt(owners, 19e9, 19e9)?.values[0], 'eni-19')
    assert.equal(ownerAt(owners, 0, 0), null)
  })
})
