/** Every element that fields.ts names, written by the encoder, lands in its field. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { encodeIpfix } from '../../../../src/server/intake/encoders/ipfix.ts'
import { encodeNetflow9 } from '../../../../src/server/intake/encoders/netflow9.ts'
import type { Template, Value } from '../../../../src/server/intake/encoders/template.ts'
import { elementName, elementType } from '../../../../src/server/registry/elements.ts'
import { STORED_FIELDS, type StoredField } from '../../../../src/shared/schema/fields.ts'
import { collect, type Row } from '../../../support/rows.ts'

const SECONDS = 1_790_000_000
const ICMP = new Set(['icmp.type', 'icmp.code'])
/** Small enough for every kind, and of no meaning of its own. */
const NUMBER = 4

interface Sample {
  readonly length: number
  readonly value: Value
  readonly row: string | number | undefined
}

/** A value that the element may have, and what the row must have then; undefined of kinds that are not written as they are. */
function sampleOf(field: StoredField, element: string): Sample | undefined {
  const type = elementType(element)
  switch (field.kind) {
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64': {
      const bits = Number(/^(?:un)?signed(\d+)$/.exec(type)?.[1] ?? 0)
      return bits === 0 ? undefined : { length: bits / 8, value: NUMBER, row: NUMBER }
    }
    case 'code':
      return { length: 1, value: 1, row: field.codes?.[1] }
    case 'ip':
      return type === 'ipv6Address'
        ? { length: 16, value: Buffer.from('20010db8000000000000000000000007', 'hex'), row: '2001:db8::7' }
        : { length: 4, value: Uint8Array.of(192, 0, 2, 7), row: '192.0.2.7' }
    case 'mac':
      return { length: 6, value: Uint8Array.of(2, 0, 0, 0, 0, 7), row: '02:00:00:00:00:07' }
    case 'keyword':
      return type === 'string' ? { length: 8, value: Buffer.from('abc\0\0\0\0\0'), row: 'abc' } : undefined
    case 'time':
    case 'service':
      return undefined
  }
}

describe('elements of fields.ts', () => {
  for (const field of STORED_FIELDS) {
    const samples = (field.elements ?? []).flatMap((element) => {
      const sample = sampleOf(field, element)
      return sample ? [{ element, sample }] : []
    })
    if (samples.length === 0) continue
    it(`${field.name}: ${samples.map(({ element }) => elementName(element)).join(', ')}`, () => {
      for (const { element, sample } of samples)
        assert.equal(rowWith(field, element, sample)[field.name], sample.row, `${element} ${elementName(element)}`)
    })
  }
})

function rowWith(field: StoredField, element: string, { length, value }: Sample): Row {
  const [id = '', enterprise = '0'] = element.split('.').toReversed()
  const template: Template = {
    id: 300,
    fields: [
      { element: Number(id), length, ...(enterprise === '0' ? {} : { enterprise: Number(enterprise) }) },
      ...(element === '4' ? [] : [{ element: 4, length: 1 }]),
      { element: 2, length: 4 },
    ],
  }
  const protocol = ICMP.has(field.name) ? (elementName(element).includes('IPv6') ? 58 : 1) : 6
  const values: Value[] = [value, ...(element === '4' ? [] : [protocol]), 9]
  const { pipeline, flush } = collect()
  const sets = [{ templates: [template] }, { template, records: [values] }]
  // Numbers from 2^15 on are v9's: IPFIX has a bit there.
  const message =
    Number(id) < 0x8000
      ? encodeIpfix({ seconds: SECONDS, sequence: 0, domain: 1 }, sets)
      : encodeNetflow9({ seconds: SECONDS, uptimeMs: 1000, sequence: 1, sourceId: 1 }, sets)
  pipeline.receive(message, '192.0.2.1', SECONDS * 1000)
  const [row] = flush()
  assert.ok(row)
  return row
}
