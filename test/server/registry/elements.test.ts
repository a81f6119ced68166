/** The registry's elements, against IANA's and the vendors' lists where these lie beside the project. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { elementKey, elementName, elementType, elementUnit } from '../../../src/server/registry/elements.ts'

const folder = fileURLToPath(new URL('../../../../shared/registry', import.meta.url))
const missing = existsSync(folder) ? false : 'the registries (../shared/registry) are not there'

/** Types as some vendors write them. */
const TYPES: Readonly<Record<string, string>> = {
  unsigned: 'unsigned64',
  packets: 'unsigned64',
  proto: 'unsigned8',
  hex: 'octetArray',
  ip: 'ipAddress',
  ipv6address: 'ipv6Address',
  float: 'float32',
  uint15: 'unsigned16',
}

describe('elements', () => {
  it('name, type and unit of a counter', () => {
    assert.deepEqual(
      [elementName('1'), elementType('1'), elementUnit('1')],
      ['octetDeltaCount', 'unsigned64', 'octets'],
    )
  })

  it('what nobody has registered is named by its number', () => {
    assert.deepEqual([elementName('9.65000'), elementType('9.65000'), elementUnit('9.65000')], ['9.65000', '', ''])
  })

  it('RFC 5103: an element of the reverse direction is known by that of the forward one', () => {
    assert.deepEqual(
      [elementName('29305.2'), elementType('29305.2'), elementUnit('29305.2')],
      ['reversePacketDeltaCount', 'unsigned64', 'packets'],
    )
  })

  it('every element of IANA and of the vendors is known by name, type and unit', { skip: missing }, () => {
    const rows = rowsOf('ipfix-elements.csv')
    for (const { pen, id, name, type = '', units = '' } of rows) {
      const key = elementKey(Number(pen), Number(id))
      assert.equal(elementName(key), name, key)
      const plain = (TYPES[type] ?? type.replace(/^uint(\d+).*/, 'unsigned$1')).replace(/^int(\d+)/, 'signed$1')
      if (plain !== '') assert.equal(elementType(key), plain, key)
      const unit = units === 'none' || units === 'inferred' ? '' : units
      if (unit !== '') assert.equal(elementUnit(key), unit, key)
    }
    assert.ok(rows.length > 2600)
  })

  it('every field type of NetFlow v9 is known by a name', { skip: missing }, () => {
    for (const { id = '' } of rowsOf('netflow-v9-fields.csv')) assert.notEqual(elementName(id), id)
  })
})

/** No cell of these has a comma or a quote in it, but the last. */
function rowsOf(file: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(`${folder}/${file}`, 'utf8').trim().split('\n')
  const names = head.trim().split(',')
  return lines.map((line) => {
    const cells = line.trim().split(',')
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']))
  })
}
