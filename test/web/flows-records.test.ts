/** Records on the Flows page: columns, sections, keys, files. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { FIELDS } from '../../src/shared/schema/fields.ts'
import { toCsv, toJsonLines } from '../../src/web/data/files.ts'
import { tcpFlagLetters, valueText } from '../../src/web/data/value-text.ts'
import { allColumns, columnsOf, DEFAULT_COLUMNS, fieldsFor, KEY_FIELDS } from '../../src/web/pages/flows/columns.ts'
import {
  bracketsOf,
  conversationOf,
  orderedEntries,
  otherFields,
  parseRecordKey,
  recordAt,
  recordKey,
  RECORD_SECTIONS,
} from '../../src/web/pages/flows/record.ts'
import { flowsCodec, sortText } from '../../src/web/pages/flows/state.ts'

describe('columns', () => {
  test('every field that a record has can stand in the table and stands in the drawer', () => {
    const recordFields = FIELDS.filter((field) => !('either' in field) && field.name !== 'time').map(
      (field) => field.name,
    )
    assert.deepEqual(
      recordFields.filter((name) => !allColumns().some((column) => column.id === name)),
      [],
    )
    const named = new Set([...RECORD_SECTIONS.flatMap((section) => section.fields), ...otherFields()])
    assert.deepEqual(
      recordFields.filter((name) => !named.has(name)),
      [],
    )
  })

  test('a page of records brings the columns’ fields and the key, each once', () => {
    const fields = fieldsFor(columnsOf(['ends', 'bytes', 'src.ip']))
    assert.deepEqual(fields, [...KEY_FIELDS, 'bytes'])
  })

  test('the URL takes aliases, leaves out what it does not know, and never leaves no column', () => {
    assert.deepEqual(
      columnsOf(['srcaddr', 'nonsense', 'src.ip']).map((column) => column.id),
      ['src.ip'],
    )
    assert.deepEqual(
      columnsOf(['nonsense']).map((column) => column.id),
      DEFAULT_COLUMNS,
    )
  })
})

describe('state in the URL', () => {
  test('defaults leave no trace', () => {
    assert.deepEqual(
      Object.values(flowsCodec.write(flowsCodec.read({}))).filter((value) => value !== undefined),
      [],
    )
  })

  test('what was chosen comes back', () => {
    const state = {
      columns: ['end', 'bytes'],
      sort: { column: 'bytes', descending: false },
      by: 'proto' as const,
      measure: 'bytes' as const,
      record: '',
    }
    assert.deepEqual(flowsCodec.read(flowsCodec.write(state)), state)
    assert.equal(sortText(flowsCodec.read({ sort: '-packets' }).sort), '-packets')
    assert.equal(sortText(flowsCodec.read({ sort: '-no.such' }).sort), '-end')
  })
})

describe('records', () => {
  const columns = [...KEY_FIELDS, 'bytes', 'service'].map((name) => ({ name }))
  const row = [1_000_500, 1_000_000, '192.0.2.1', '10.0.0.1', 52_114, '2001:db8::1', 443, 6, 1500, null]
  const record = recordAt(columns, row)

  test('a key names a record and gives its values back', () => {
    const parts = parseRecordKey(recordKey(record))
    assert.equal(parts?.get('dst.ip'), '2001:db8::1')
    assert.equal(parts?.get('end'), '1000500')
    assert.equal(parseRecordKey('no key'), undefined)
    assert.equal(parseRecordKey('x~x~x~x~x~x~x~x'), undefined)
  })

  test('a port that is not there is an empty part of the key', () => {
    const icmp = recordAt(columns, [5, 5, '192.0.2.1', '10.0.0.1', null, '10.0.0.2', null, 1, 84, null])
    assert.equal(parseRecordKey(recordKey(icmp))?.get('src.port'), '')
  })

  test('the conversation is the same from both sides', () => {
    assert.equal(conversationOf(record), 'ip:10.0.0.1 and ip:2001:db8::1 and port:52114 and port:443 and proto:tcp')
    assert.equal(
      conversationOf({ 'src.ip': '10.0.0.1', 'dst.ip': '10.0.0.2', proto: 1, 'src.port': null, 'dst.port': null }),
      'ip:10.0.0.1 and ip:10.0.0.2 and proto:icmp',
    )
    assert.equal(conversationOf({ 'src.ip': null, 'dst.ip': '10.0.0.2' }), undefined)
  })

  test('a copy holds what is known, in the order of the list of fields', () => {
    assert.deepEqual(
      orderedEntries(record).map(([name]) => name),
      ['start', 'end', 'exporter', 'src.ip', 'dst.ip', 'src.port', 'dst.port', 'proto', 'bytes'],
    )
  })

  test('CSV as in RFC 4180: unknown values are empty, quotes are doubled', () => {
    const text = toCsv({
      columns: [{ name: 'a' }, { name: 'b' }],
      rows: [
        [1, null],
        ['x,"y"', 'line\nbreak'],
      ],
    })
    assert.equal(text, 'a,b\r\n1,\r\n"x,""y""","line\nbreak"\r\n')
  })

  test('JSON lines: one object a record, unknown values left out', () => {
    assert.equal(
      toJsonLines({ columns: [{ name: 'bytes' }, { name: 'vlan' }], rows: [['18446744073709551615', null]] }),
      '{"bytes":"18446744073709551615"}\n',
    )
  })
})

describe('values', () => {
  test('TCP flags stand in the order of the header', () => {
    assert.equal(tcpFlagLetters(0), '······')
    assert.equal(tcpFlagLetters(2), '····S·')
    assert.equal(tcpFlagLetters(27), '·AP·SF')
    assert.equal(tcpFlagLetters(194), 'CE····S·')
  })

  test('a value is said in its own way, and what is missing is never 0', () => {
    assert.equal(valueText('proto', 17), 'udp')
    assert.equal(valueText('proto', 200), '200')
    assert.equal(valueText('dst.port', 443), '443')
    assert.equal(valueText('bytes', null), '–')
    assert.equal(valueText('bytes', '18446744073709551615'), '18.4\u2009EB')
    assert.equal(valueText('sampling.rate', 1000), '1 in 1000')
  })
})

test('an IPv6 address and its port ran into each other', () => {
  const record = { 'src.ip': '2001:db8::c0b', 'src.port': 5432, 'dst.ip': '192.0.2.1', 'dst.port': 443 }
  assert.deepEqual(bracketsOf(record, 'src'), ['[', ']'])
  assert.deepEqual(bracketsOf(record, 'dst'), ['', ''])
  assert.deepEqual(bracketsOf({ ...record, 'src.port': null }, 'src'), ['', ''])
})
