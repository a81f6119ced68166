/** Columns of a site's own fields. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { columnsOf, type StoredField, type StoredFieldName } from '../../../src/shared/schema/fields.ts'

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
