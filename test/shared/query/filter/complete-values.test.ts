/** Which values begin with what is typed: every value is asked by its usual text, which a test of its own could not know better. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Filter } from '../../../../src/shared/query/filter/ast.ts'
import { beginning } from '../../../../src/shared/query/filter/complete-values.ts'
import { findField, type Field } from '../../../../src/shared/schema/fields.ts'
import { formatIp, parseIp, parseMac } from '../../../../src/shared/schema/ip.ts'
import { REGISTERED } from '../../../../src/server/registry/names.ts'
import { serviceKeysByName } from '../../../../src/server/registry/services.ts'

const names = REGISTERED

function begins(name: string, typed: string): (value: bigint) => boolean {
  const filter: Filter | null = beginning(findField(name) as Field, typed, names)
  if (filter === null) return () => false
  assert.equal(filter.op, 'in')
  return (value) => filter.op === 'in' && filter.ranges.some(({ low, high }) => low <= value && value <= high)
}

describe('values that begin so', () => {
  it('addresses: those whose text begins so', () => {
    const addresses = [
      '1.2.3.4',
      '10.0.0.0',
      '10.1.0.0',
      '10.1.255.255',
      '10.10.0.1',
      '10.19.1.2',
      '10.100.0.1',
      '10.199.3.4',
      '10.2.0.0',
      '100.64.0.1',
      '192.0.2.1',
      '255.255.255.255',
      '0.0.0.0',
      '2001:db8::1',
      '2001:db8:1::',
      '2001:db8:10::5',
      'fe80::1',
    ]
    const starts = [
      '1',
      '10',
      '10.',
      '10.1',
      '10.1.',
      '10.19',
      '19',
      '25',
      '0',
      '2001:',
      '2001:d',
      '2001:db8:',
      '2001:db8:1',
      'fe8',
      '10.1.255.25',
    ]
    for (const typed of starts) {
      const test = begins('src.ip', typed)
      for (const address of addresses)
        assert.equal(test(parseIp(address) as bigint), address.startsWith(typed), `${address} by ${typed}`)
    }
  })

  it('addresses: within a network or a range that is written', () => {
    assert.ok(begins('src.ip', '10.0.0.0/8')(parseIp('10.9.8.7') as bigint))
    assert.ok(!begins('src.ip', '10.0.0.0/8')(parseIp('11.9.8.7') as bigint))
    assert.ok(begins('src.ip', '10.1.*')(parseIp('10.1.2.3') as bigint))
  })

  it('addresses: behind :: what stands before it', () => {
    assert.ok(begins('src.ip', '2001:db8::')(parseIp('2001:db8::7') as bigint))
    assert.ok(!begins('src.ip', '2001:db8::')(parseIp('2001:db9::7') as bigint))
  })

  it('addresses: none by what begins none', () => {
    for (const typed of ['256', '10.1.2.3.4', '10.x', 'zz', '1.2.3.1000', '12345:', '-', '/'])
      for (const value of [0n, 1n, parseIp('10.1.2.3') as bigint])
        assert.equal(begins('src.ip', typed)(value), false, `${formatIp(value)} by ${typed}`)
  })

  it('numbers: those whose digits begin so, up to the largest', () => {
    for (const typed of ['4', '44', '443', '6553', '0', '9', '65535', '65536']) {
      const test = begins('dst.port', typed)
      for (let port = 0; port < 65_536; port += port < 1000 ? 1 : 37)
        assert.equal(test(BigInt(port)), String(port).startsWith(typed), `${port} by ${typed}`)
    }
  })

  it('autonomous systems with and without AS', () => {
    for (const typed of ['AS151', '151', 'as151']) {
      assert.ok(begins('src.as', typed)(15_169n))
      assert.ok(!begins('src.as', typed)(16_509n))
    }
  })

  it('protocols by name and by number', () => {
    assert.ok(begins('proto', 'tc')(6n))
    assert.ok(begins('proto', 'UD')(17n))
    assert.ok(begins('proto', '1')(17n))
    assert.ok(!begins('proto', 'tc')(17n))
  })

  it('services by name, those that people use too', () => {
    const [https] = serviceKeysByName('https')
    const [domain] = serviceKeysByName('domain')
    assert.ok(begins('service', 'HTT')(BigInt(https as number)))
    assert.ok(begins('service', 'dn')(BigInt(domain as number)))
    assert.ok(!begins('service', 'dn')(BigInt(https as number)))
  })

  it('words and MAC addresses', () => {
    assert.ok(begins('action', 'rej')(1n))
    assert.ok(!begins('action', 'rej')(0n))
    const mac = parseMac('00:50:56:a1:3c:07') as bigint
    for (const typed of ['0', '00:5', '00:50:', '00:50:56:a1:3c:07', '00-50-5', '00:50:*'])
      assert.ok(begins('src.mac', typed)(mac), typed)
    for (const typed of ['1', '00:51', 'x']) assert.ok(!begins('src.mac', typed)(mac), typed)
  })

  it('texts: patterns with anything behind', () => {
    const app = findField('app') as Field
    assert.deepEqual(beginning(app, 'mail', names), { op: 'like', field: 'app', patterns: [['mail', '']] })
    assert.deepEqual(beginning(app, 'm*l', names), { op: 'like', field: 'app', patterns: [['m', 'l', '']] })
    assert.deepEqual(beginning(app, '', names), { op: 'exists', field: 'app' })
  })
})
