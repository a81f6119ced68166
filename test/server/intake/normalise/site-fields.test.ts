/** A site's own fields in compiled templates: each kind from each length, in sets of many records of fixed length. */
import assert from 'node:assert/strict'
import test from 'node:test'
import { addSiteFields, type SiteField } from '../../../../src/shared/schema/fields.ts'
import { collect } from '../../../support/rows.ts'
import { SENT_MS, ip4, set, template, u32, uint, version10, version9, type Octets } from '../../../support/wire.ts'

const site = (id: number, kind: SiteField['kind']): SiteField => ({
  name: `my.${kind}${id}`,
  element: String(id),
  kind,
  label: '',
  description: '',
})
// None of them is registered; 130 exporterIPv4Address and 258 collectionTimeMilliseconds are.
const FIELDS = [
  site(20_001, 'u8'),
  site(20_002, 'u16'),
  site(20_003, 'u32'),
  site(20_004, 'u64'),
  site(20_005, 'ip'),
  site(20_006, 'mac'),
  site(20_007, 'time'),
  site(20_008, 'time'),
  site(20_009, 'keyword'),
  site(20_010, 'u16'),
  site(130, 'ip'),
  site(258, 'time'),
]
addSiteFields(FIELDS)

const text = (value: string, length: number): Octets => {
  const octets = [...Buffer.from(value)]
  return [...octets, ...Array.from({ length: length - octets.length }, () => 0)]
}
const LENGTHS = [1, 2, 3, 8, 16, 6, 4, 8, 10, 4, 4, 8]
const TEMPLATE = template(
  300,
  [8, 4],
  [1, 4],
  ...FIELDS.map(({ element }, i): [number, number] => [Number(element), LENGTHS[i] as number]),
)
const record = (i: number): Octets => [
  ...ip4('10.0.0.1'),
  ...u32(i),
  ...uint(1, i & 255),
  ...uint(2, 2 * i),
  ...uint(3, 70_000 + i),
  ...uint(8, 2n ** 40n + BigInt(i)),
  ...uint(16, (0x2001_0db8n << 96n) + BigInt(i)),
  ...uint(6, 0x0200_0000_0000 + i),
  ...uint(4, 1_600_000_000 + i),
  ...uint(8, 1_600_000_000_123 + i),
  ...text(`name ${i % 7}`, 10),
  ...uint(4, i % 2 === 0 ? i : 70_000),
  ...ip4('192.0.2.1'),
  ...uint(8, 1_700_000_000_456),
]
const RECORDS = 40
/** Past 4,096 records a template is read by a kernel. */
const SETS = 2 * Math.ceil(4096 / RECORDS)
const expected = (i: number) => ({
  bytes: i,
  'my.u820001': i,
  'my.u1620002': 2 * i,
  'my.u3220003': 70_000 + i,
  'my.u6420004': 2 ** 40 + i,
  'my.ip20005': i === 0 ? '2001:db8::' : `2001:db8::${i.toString(16)}`,
  'my.mac20006': `02:00:00:00:00:${i.toString(16).padStart(2, '0')}`,
  'my.time20007': (1_600_000_000 + i) * 1000,
  'my.time20008': 1_600_000_000_123 + i,
  'my.keyword20009': `name ${i % 7}`,
  // What does not fit is null.
  'my.u1620010': i % 2 === 0 ? i : undefined,
  'my.ip130': '192.0.2.1',
  'my.time258': 1_700_000_000_456,
})

for (const [name, encode, templates] of [
  ['IPFIX', version10, 2],
  ['NetFlow v9', version9, 0],
] as const) {
  test(`${name}: every kind, from the octets that the template says`, () => {
    const { pipeline, flush } = collect()
    const records = Array.from({ length: RECORDS }, (_, i) => record(i))
    pipeline.receive(encode([set(templates, TEMPLATE), set(300, ...records)]), '192.0.2.9', SENT_MS)
    for (let i = 1; i < SETS; i++) pipeline.receive(encode([set(300, ...records)]), '192.0.2.9', SENT_MS)
    const rows = flush()
    assert.equal(rows.length, SETS * RECORDS)
    for (const [i, row] of rows.entries()) {
      const want = expected(i % RECORDS)
      assert.deepEqual(Object.fromEntries(Object.keys(want).map((key) => [key, row[key]])), want)
    }
    assert.deepEqual([...([...pipeline.exporters][0]?.unknownElements ?? [])], [])
  })
}
