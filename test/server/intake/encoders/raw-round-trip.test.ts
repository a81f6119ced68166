/** Any template of the registry's elements, any values: what the encoders write, the raw reader reads, octet for octet. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { encodeIpfix } from '../../../../src/server/intake/encoders/ipfix.ts'
import { encodeNetflow9 } from '../../../../src/server/intake/encoders/netflow9.ts'
import {
  VARIABLE,
  type MessageSet,
  type Template,
  type TemplateField,
} from '../../../../src/server/intake/encoders/template.ts'
import { RawReader } from '../../../../src/server/intake/raw/raw-reader.ts'
import type { RawRecord } from '../../../../src/server/intake/raw/record.ts'
import { collect } from '../../../support/rows.ts'

const SECONDS = 1_790_000_000

interface Element {
  readonly enterprise: number
  readonly id: number
  readonly type: string
}

const ELEMENTS: readonly Element[] = readFileSync(new URL('../../../../registry/elements.tsv', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => line.split('\t'))
  .map(([enterprise, id, , type = '']) => ({ enterprise: Number(enterprise), id: Number(id), type }))
  // NetFlow v9 has no bit for enterprises: its numbers go up to 2^16 - 1; IPFIX's up to 2^15 - 1.
  .filter(({ id }) => id < 0x8000)

const IANA = ELEMENTS.filter(({ enterprise }) => enterprise === 0)

/** Lengths that the type may have on the wire (RFC 7011 §6.1, §6.2). */
function lengthsOf(type: string): fc.Arbitrary<number> {
  const [, kind = type, bits] = /^(unsigned|signed|float)(\d+)$/.exec(type) ?? []
  switch (kind) {
    case 'unsigned':
    case 'signed':
      return fc.integer({ min: 1, max: Number(bits) / 8 })
    case 'float':
      return fc.constantFrom(...(bits === '64' ? [4, 8] : [4]))
    case 'ipv4Address':
    case 'dateTimeSeconds':
      return fc.constant(4)
    case 'ipv6Address':
      return fc.constant(16)
    case 'ipAddress':
      return fc.constantFrom(4, 16)
    case 'macAddress':
      return fc.constant(6)
    case 'boolean':
      return fc.constant(1)
    case 'dateTimeMilliseconds':
    case 'dateTimeMicroseconds':
    case 'dateTimeNanoseconds':
      return fc.constant(8)
    default:
      return fc.oneof(fc.integer({ min: 1, max: 70 }), fc.constant(VARIABLE))
  }
}

const octets = (length: number) =>
  length === VARIABLE
    ? fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ minLength: 250, maxLength: 260 }))
    : fc.uint8Array({ minLength: length, maxLength: length })

/** A template of 1 to 30 fields, of which some may be scopes, and records of it. */
function exported(elements: readonly Element[], variable: boolean) {
  const field = fc.constantFrom(...elements).chain(({ enterprise, id, type }) =>
    lengthsOf(type).map((length): TemplateField => ({
      element: id,
      ...(enterprise > 0 ? { enterprise } : {}),
      length: length === VARIABLE && !variable ? 33 : length,
    })),
  )
  return fc
    .record({
      id: fc.integer({ min: 256, max: 65_535 }),
      fields: fc.array(field, { minLength: 1, maxLength: 30 }),
      scopes: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ scopes, ...rest }): Template =>
      scopes > 0 ? { ...rest, scopes: Math.min(scopes, rest.fields.length) } : rest,
    )
    .chain((template) =>
      fc.record({
        template: fc.constant(template),
        records: fc.array(fc.tuple(...template.fields.map(({ length }) => octets(length))), {
          minLength: 1,
          maxLength: 8,
        }),
      }),
    )
    .filter(({ template, records }) => !isPaddingLike(template, records.length))
}

/** Up to 3 octets fill a set up to a multiple of 4: records as short as that cannot be told from it. */
function isPaddingLike({ fields }: Template, records: number): boolean {
  const shortest = fields.reduce((sum, { length }) => sum + (length === VARIABLE ? 1 : length), 0)
  return shortest < 4 && records > 0
}

function read(message: Uint8Array): RawRecord[] {
  const records: RawRecord[] = []
  const { pipeline, counters } = collect({ tap: new RawReader((record) => records.push(record)) })
  pipeline.receive(message, '192.0.2.1', SECONDS * 1000)
  for (const loss of ['decode.short', 'decode.badTemplate', 'decode.templateUnknown'] as const)
    assert.equal(counters.get(loss), 0, loss)
  return records
}

const FORMS = [
  {
    name: 'NetFlow v9',
    cases: exported(IANA, false),
    encode: (sets: readonly MessageSet[]) =>
      encodeNetflow9({ seconds: SECONDS, uptimeMs: 1000, sequence: 1, sourceId: 7 }, sets),
  },
  {
    name: 'IPFIX',
    cases: exported(ELEMENTS, true),
    encode: (sets: readonly MessageSet[]) => encodeIpfix({ seconds: SECONDS, sequence: 0, domain: 7 }, sets),
  },
]

describe('raw round trip', () => {
  for (const { name, cases, encode } of FORMS) {
    it(`${name}: any template, any values`, () => {
      fc.assert(
        fc.property(cases, ({ template, records }) => {
          const found = read(encode([{ templates: [template] }, { template, records }]))
          assert.deepEqual(
            found.map((record) => [
              record.domain,
              record.template,
              record.kind,
              record.fields.map(({ element, scope = false, hex }) => [element, scope, hex]),
            ]),
            records.map((values) => [
              7,
              template.id,
              template.scopes ? 'options' : 'flow',
              template.fields.map(({ element, enterprise }, i) => [
                enterprise ? `${enterprise}.${element}` : String(element),
                i < (template.scopes ?? 0),
                Buffer.from(values[i] as Uint8Array).toString('hex'),
              ]),
            ]),
          )
        }),
        { numRuns: 300 },
      )
    })
  }
})
