/** Elements that no field takes: some of their values, off the hot path and bounded. */
import assert from 'node:assert/strict'
import test from 'node:test'
import type { Exporter } from '../../../src/server/intake/exporter.ts'
import { exporterStatus } from '../../../src/server/intake/status.ts'
import { totalsOf } from '../../../src/server/intake/totals.ts'
import { collect } from '../../support/rows.ts'
import { SENT_MS, ip4, options10, set, template, u16, u32, u8, version10, type Octets } from '../../support/wire.ts'

const VARIABLE = 0xffff
const padded = (text: string, length: number): Octets => [
  ...Buffer.from(text),
  ...Array.from({ length: length - Buffer.from(text).length }, () => 0),
]
const counted = (octets: Octets): Octets => [...u8(octets.length), ...octets]
const string = (text: string): Octets => [...Buffer.from(text)]

// Of enterprise 4242 nothing is registered; 144 exportingProcessId (unsigned32) and 131 exporterIPv6Address are.
const TEMPLATE = template(
  256,
  [8, 4],
  [1, 4],
  [9999, 8, 4242],
  [9998, 2, 4242],
  [9997, VARIABLE, 4242],
  [9996, 3, 4242],
  [144, 4],
  [131, 4],
)
interface Values {
  readonly text?: string
  readonly number?: number
  readonly octets?: Octets
}
const record = ({ text = 'office', number = 7, octets = [1, 2] }: Values = {}): Octets => [
  ...ip4('10.0.0.1'),
  ...u32(100),
  ...padded(text, 8),
  ...u16(number),
  ...counted(octets),
  ...u8(0),
  ...u16(0xff01),
  ...u32(5),
  ...ip4('192.0.2.1'),
]
const message = (...records: Octets[]) => version10([set(2, TEMPLATE), set(256, ...records)])

function collected() {
  const { pipeline } = collect()
  const exporter = (): Exporter => {
    const [first] = pipeline.exporters
    assert.ok(first)
    return first
  }
  const samplesOf = (element: string) =>
    exporterStatus(exporter(), 0).unknownElements.find((one) => one.element === element)
  return { pipeline, exporter, samplesOf }
}

test('values by the registered type; unregistered ones as text where they can be read, else as octets', () => {
  const { pipeline, samplesOf } = collected()
  pipeline.receive(message(record(), record({ text: 'lab' })), '192.0.2.1', SENT_MS)
  const of = (element: string) => {
    const { name, records, values, kind } = samplesOf(element) ?? {}
    return { name, records, values, kind }
  }
  assert.deepEqual(of('4242.9999'), { name: '4242.9999', records: 2, values: ['office'], kind: 'keyword' })
  assert.deepEqual(of('4242.9998'), { name: '4242.9998', records: 2, values: ['7 (0x0007)'], kind: 'u16' })
  assert.deepEqual(of('4242.9997'), { name: '4242.9997', records: 2, values: ['258 (0x0102)'], kind: 'u16' })
  assert.deepEqual(of('4242.9996'), { name: '4242.9996', records: 2, values: ['65281 (0x00ff01)'], kind: 'u32' })
  assert.deepEqual(of('144'), { name: 'exportingProcessId', records: 2, values: ['5'], kind: 'u32' })
  assert.deepEqual(of('131'), { name: 'exporterIPv6Address', records: 2, values: ['192.0.2.1'], kind: 'ip' })
})

test('what the exporter tells of an element afterwards (RFC 5610) gives it its name, and its values anew', () => {
  const { pipeline, samplesOf } = collected()
  pipeline.receive(message(record()), '192.0.2.1', SENT_MS)
  const types = options10(
    512,
    [
      [346, 4],
      [303, 2],
    ],
    [
      [339, 1],
      [341, VARIABLE],
    ],
  )
  // Data type 2 is unsigned16.
  const told = [...u32(4242), ...u16(9998), ...u8(2), ...counted(string('queueLength'))]
  pipeline.receive(version10([set(3, types), set(512, told)]), '192.0.2.1', SENT_MS)
  pipeline.receive(version10([set(256, record({ number: 9 }))]), '192.0.2.1', SENT_MS + 60_000)
  const { name, type, values, kind } = samplesOf('4242.9998') ?? {}
  assert.deepEqual(
    { name, type, values, kind },
    { name: 'queueLength', type: 'unsigned16', values: ['9'], kind: 'u16' },
  )
})

test('three different values at most, looked for once a minute', () => {
  const { pipeline, samplesOf } = collected()
  const send = (text: string, atMs: number) => pipeline.receive(message(record({ text })), '192.0.2.1', SENT_MS + atMs)
  const values = () => samplesOf('4242.9999')?.values
  send('a-1', 0)
  // The same template once more is none that is new.
  pipeline.receive(version10([set(256, record({ text: 'a-2' }))]), '192.0.2.1', SENT_MS + 59_999)
  assert.deepEqual(values(), ['a-1'])
  pipeline.receive(version10([set(256, record({ text: 'a-1' }))]), '192.0.2.1', SENT_MS + 60_000)
  assert.deepEqual(values(), ['a-1'])
  for (const [i, text] of ['a-3', 'a-4', 'a-5'].entries())
    pipeline.receive(version10([set(256, record({ text }))]), '192.0.2.1', SENT_MS + 120_000 + i * 60_000)
  assert.deepEqual(values(), ['a-1', 'a-3', 'a-4'])
})

test('hostile values are short and without control characters; what exporters take up of the total comes back', () => {
  const { pipeline, exporter, samplesOf } = collected()
  pipeline.receive(message(record({ text: '\u001b[31mX', octets: string('y'.repeat(200)) })), '192.0.2.1', SENT_MS)
  assert.deepEqual(samplesOf('4242.9999')?.values, ['1971225549285621760 (0x1b5b33316d580000)'])
  assert.deepEqual(samplesOf('4242.9997')?.values, [`${'y'.repeat(60)}…`])
  const totals = totalsOf(exporter().shared)
  assert.ok(totals.samples >= 6)
  exporter().forget()
  assert.equal(totals.samples, 0)
})
