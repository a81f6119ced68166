/** Columns of a site's own fields. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { elementName } from '../../../src/server/registry/elements.ts'
import {
  FIELDS,
  columnsOf,
  findField,
  type StoredField,
  type StoredFieldName,
} from '../../../src/shared/schema/fields.ts'

const site = (name: string, kind: StoredField['kind']): StoredField => ({
  name: name as StoredFieldName,
  kind,
  role: 'dimension',
  label: name,
  description: '',
  site: true,
})

test('a field of one’s own that was written in other letters lost its values, as its column was there already', () => {
  const names = (name: string, kind: StoredField['kind']) => columnsOf(site(name, kind)).map((column) => column.name)
  assert.deepEqual(names('MY.Vlan', 'u32'), names('my.vlan', 'u32'))
  assert.notDeepEqual(names('my.vlan', 'u32'), names('my.vlan', 'u64'))
})

test('a name means one field', () => {
  const known = new Map<string, string>()
  for (const { name, aliases = [] } of FIELDS) {
    for (const each of [name, ...aliases].map((text) => text.toLowerCase())) {
      assert.equal(known.get(each), undefined, `${each} means ${known.get(each)} and ${name}`)
      known.set(each, name)
    }
  }
})

test('an element of IPFIX that fills a field may be named instead of it', () => {
  for (const { name, elements = [] } of FIELDS) {
    // So far none past 1000 is registered: what devices send there is their own.
    for (const element of elements.filter((each) => /^\d+$/.test(each) && Number(each) < 1000))
      assert.ok(findField(elementName(element)), `add ${elementName(element)} to the aliases of ${name}`)
  }
})
