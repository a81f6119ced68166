import assert from 'node:assert/strict'
import { it } from 'node:test'
import { protocolKeyword, protocolNumber } from '../../../src/shared/schema/protocols.ts'

it('numbers and keywords of IP protocols (IANA)', () => {
  assert.equal(protocolKeyword(6), 'tcp')
  assert.equal(protocolKeyword(58), 'ipv6-icmp')
  assert.equal(protocolKeyword(200), null)
  assert.equal(protocolNumber('UDP'), 17)
  assert.equal(protocolNumber('icmpv6'), 58)
  assert.equal(protocolNumber('ospf'), 89)
  assert.equal(protocolNumber('constructor'), null)
})
