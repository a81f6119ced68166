import assert from 'node:assert/strict'
import test from 'node:test'
import { runtime } from '../../../../src/server/intake/normalise/runtime.ts'
import { datagramsOf, noCaptures } from '../../../support/captures.ts'
import { collect } from '../../../support/rows.ts'
import { set, template, u16, u32, u64, version10, version9, type Field, type Octets } from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'

interface Sent {
  /** When the exporter sent it, in seconds; received in the same moment. */
  readonly seconds: number
  /** v9 with this uptime; else IPFIX. */
  readonly uptime?: number
}

/** Start and end of a record, in milliseconds since 1970. */
function times(fields: readonly Field[], { seconds, uptime }: Sent): [number, number] {
  const { pipeline, flush } = collect()
  const sets = [
    set(uptime === undefined ? 2 : 0, template(256, ...fields.map(([id, length]) => [id, length] as const))),
    set(256, ...fields.map((field) => field[2])),
  ]
  const datagram = uptime === undefined ? version10(sets, { seconds }) : version9(sets, { seconds, uptime })
  pipeline.receive(datagram, ROUTER, seconds * 1000)
  const [row] = flush()
  return [Number(row?.start), Number(row?.end)]
}

const AT = 1_700_000_000

test('v9: first and last are milliseconds, which were added to seconds elsewhere (off by 1000)', () => {
  const fields: Field[] = [
    [22, 4, u32(1_000_000)],
    [21, 4, u32(1_060_000)],
  ]
  assert.deepEqual(times(fields, { seconds: AT, uptime: 1_090_000 }), [(AT - 90) * 1000, (AT - 30) * 1000])
})

/** NetFlow v5 with one record (Cisco, tables B-3 and B-4). */
function version5(uptime: number, seconds: number, nanoseconds: number, first: number, last: number): Uint8Array {
  return Uint8Array.from([
    ...u16(5),
    ...u16(1),
    ...u32(uptime),
    ...u32(seconds),
    ...u32(nanoseconds),
    ...u32(0),
    ...u32(0),
    ...Array<number>(24).fill(0),
    ...u32(first),
    ...u32(last),
    ...Array<number>(16).fill(0),
  ])
}

test('v5: a fraction of the uptime beyond that of the clock borrows a second (was 1 s late elsewhere)', () => {
  const { pipeline, flush } = collect()
  // Sent at AT + 0.1 s, 10.9 s after boot; the flow began 0.95 s after boot and ended 10.2 s after it.
  pipeline.receive(version5(10_900, AT, 100_000_000, 950, 10_200), ROUTER, AT * 1000)
  const [row] = flush()
  const boot = AT * 1000 + 100 - 10_900
  assert.deepEqual([row?.start, row?.end], [boot + 950, boot + 10_200])
})

test('v5: nanoseconds of the header count, and an uptime that has wrapped since the flow began', () => {
  const { pipeline, flush } = collect()
  pipeline.receive(version5(500, AT, 250_000_000, 0xffff_ffff - 999, 400), ROUTER, AT * 1000)
  const [row] = flush()
  assert.deepEqual([row?.start, row?.end], [AT * 1000 + 250 - 1500, AT * 1000 + 250 - 100])
})

test('times in seconds are unsigned: past 2038', () => {
  const seconds = 2_300_000_000
  const fields: Field[] = [
    [150, 4, u32(seconds - 60)],
    [151, 4, u32(seconds - 2)],
  ]
  assert.deepEqual(times(fields, { seconds }), [(seconds - 60) * 1000, (seconds - 2) * 1000])
})

test('seconds in eight octets', () => {
  const fields: Field[] = [
    [150, 8, u64(AT - 60)],
    [151, 8, u64(AT - 2)],
  ]
  assert.deepEqual(times(fields, { seconds: AT }), [(AT - 60) * 1000, (AT - 2) * 1000])
})

/** NTP (RFC 5905 §6): seconds since 1900 modulo 2^32, and a fraction of 2^32. */
const ntp = (seconds: number, fraction: number): Octets => [
  ...u32((seconds + 2_208_988_800) % 2 ** 32),
  ...u32(fraction),
]

test('NTP times after 2036 are of the next era', () => {
  const seconds = 2_100_000_000
  const fields: Field[] = [
    [154, 8, ntp(seconds - 9, 0x8000_0000)],
    [155, 8, ntp(seconds - 1, 0)],
  ]
  assert.deepEqual(times(fields, { seconds }), [(seconds - 9) * 1000 + 500, (seconds - 1) * 1000])
})

test('exporters that count micro- or nanoseconds since 1970 where the specification has NTP', () => {
  for (const uptime of [undefined, 7000]) {
    const sent = { seconds: AT, ...(uptime === undefined ? {} : { uptime }) }
    for (const [start, end, perSecond] of [
      [154, 155, 10n ** 6n],
      [156, 157, 10n ** 9n],
      [154, 155, 10n ** 3n],
    ] as const) {
      const fields: Field[] = [
        [start, 8, u64(BigInt(AT - 9) * perSecond + perSecond / 2n)],
        [end, 8, u64(BigInt(AT - 3) * perSecond)],
      ]
      assert.deepEqual(times(fields, sent), [(AT - 9) * 1000 + 500, (AT - 3) * 1000])
    }
  }
})

test('an NTP time of any second is read as such, whatever a plain count would make of it', () => {
  for (let year = 1971; year < 2036; year++) {
    const seconds = Date.UTC(year, 6, 1) / 1000
    assert.equal(runtime.ntp(seconds + 2_208_988_800, 0x4000_0000, seconds * 1000), seconds * 1000 + 250)
  }
})

test('the end of a flow whose start and duration are known, and the start of one with its end', () => {
  assert.deepEqual(
    times(
      [
        [150, 4, u32(AT - 60)],
        [161, 4, u32(1500)],
      ],
      { seconds: AT },
    ),
    [(AT - 60) * 1000, (AT - 60) * 1000 + 1500],
  )
  assert.deepEqual(
    times(
      [
        [21, 4, u32(6000)],
        [161, 4, u32(1500)],
      ],
      { seconds: AT, uptime: 7000 },
    ),
    [AT * 1000 - 2500, AT * 1000 - 1000],
  )
})

test('events: observation times of every resolution', () => {
  for (const [id, length, value] of [
    [322, 4, u32(AT - 2)],
    [323, 8, u64((AT - 2) * 1000)],
    [324, 8, ntp(AT - 2, 0)],
    [325, 8, ntp(AT - 2, 0)],
  ] as const)
    assert.deepEqual(times([[id, length, value]], { seconds: AT }), [(AT - 2) * 1000, (AT - 2) * 1000])
})

test('ASA: an event that is reported when a flow ends ended then, and began when the flow did', () => {
  const fields: Field[] = [
    [323, 8, u64(AT * 1000 - 40)],
    [152, 8, u64(AT * 1000 - 90_000)],
  ]
  assert.deepEqual(times(fields, { seconds: AT, uptime: 1 }), [AT * 1000 - 90_000, AT * 1000 - 40])
})

test(
  'Citrix NetScaler has microseconds where NTP has a fraction (was up to a second off)',
  { skip: noCaptures },
  async () => {
    const { pipeline, flush } = collect()
    for (const { payload, sourceAddress, timeMs } of await datagramsOf(
      'logstash-ipfix-netscaler-with-variable-length-fields',
    ))
      pipeline.receive(payload, sourceAddress, timeMs)
    // Seconds 0xdbd0336f since 1900; 0x00085f98, 0x00068584 and 0x00086b59 beside.
    const second = (0xdbd0336f - 2_208_988_800) * 1000
    const found = new Set(flush().map((row) => Number(row.start) - second))
    assert.deepEqual(
      [...found].toSorted((a, b) => a - b),
      [427, 548, 551],
    )
  },
)
