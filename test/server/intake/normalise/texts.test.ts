import assert from 'node:assert/strict'
import test from 'node:test'
import { collect } from '../../../support/rows.ts'

const u16 = (value: number) => [value >> 8, value & 255]
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)]
const octets = (text: string) => [...new TextEncoder().encode(text)]

/** RFC 7011: a template of applicationName (variable), wlanSSID (33 octets), octetDeltaCount; then records. */
function message(...records: readonly number[][]): Uint8Array {
  const template = [...u16(256), ...u16(3), ...u16(96), ...u16(0xffff), ...u16(147), ...u16(33), ...u16(1), ...u16(4)]
  const data = records.flat()
  const sets = [...u16(2), ...u16(4 + template.length), ...template, ...u16(256), ...u16(4 + data.length), ...data]
  return Uint8Array.from([...u16(10), ...u16(16 + sets.length), ...u32(1_700_000_000), ...u32(0), ...u32(1), ...sets])
}

test('texts of variable and of fixed length, filled up with zeros, empty and repeated', () => {
  const { pipeline, flush } = collect()
  const record = (app: string, ssid: string) => [
    octets(app).length,
    ...octets(app),
    ...octets(ssid),
    ...Array.from({ length: 33 - octets(ssid).length }, () => 0),
    ...u32(7),
  ]
  pipeline.receive(
    message(record('youtube', 'Guest'), record('', 'Büro'), record('youtube', '')),
    '192.0.2.1',
    1_700_000_000_000,
  )
  assert.deepEqual(
    flush().map((row) => [row['app'], row['wifi.ssid'], row['bytes']]),
    [
      ['youtube', 'Guest', 7],
      [undefined, 'Büro', 7],
      ['youtube', undefined, 7],
    ],
  )
})
