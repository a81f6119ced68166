import assert from 'node:assert/strict'
import test from 'node:test'
import { collect } from '../../../support/rows.ts'
import {
  SENT_MS,
  SENT_S,
  UPTIME_MS,
  options10,
  set,
  template,
  u32,
  u64,
  version10,
  version9,
  type Field,
  type Octets,
} from '../../../support/wire.ts'

const RECEIVED_MS = SENT_MS + 250

/** Start and end of a record of these fields, as milliseconds after the message was sent. */
function times(
  version: typeof version9 | typeof version10,
  fields: readonly Field[],
  header: Parameters<typeof version9>[1] = {},
) {
  const { pipeline, flush } = collect()
  const templateSet = version === version9 ? 0 : 2
  const before = version === version10 ? [set(3, options10(300, [[149, 4]], [[160, 8]]))] : []
  pipeline.receive(
    version(
      [
        ...before,
        set(templateSet, template(256, ...fields.map(([id, length]) => [id, length] as const))),
        set(256, ...fields.map((field) => field[2])),
      ],
      header,
    ),
    '198.51.100.1',
    RECEIVED_MS,
  )
  const [row] = flush()
  return { start: Number(row?.start) - SENT_MS, end: Number(row?.end) - SENT_MS, received: row?.received }
}

/** NTP (RFC 5905 §6): seconds since 1900, and a fraction of 2^32. */
const ntp = (seconds: number, fraction: number): Octets => [...u32(seconds + 2_208_988_800), ...u32(fraction)]

test('v9: 21 is the last packet, 22 the first, both in milliseconds since boot', () => {
  assert.deepEqual(
    times(version9, [
      [21, 4, u32(UPTIME_MS - 1001)],
      [22, 4, u32(UPTIME_MS - 61_500)],
    ]),
    { start: -61_500, end: -1001, received: RECEIVED_MS },
  )
})

test('v9: an uptime that wraps between the flow and its export', () => {
  const { start, end } = times(
    version9,
    [
      [22, 4, u32(0xffff_f000)],
      [21, 4, u32(0xffff_ff00)],
    ],
    { uptime: 0x100 },
  )
  assert.deepEqual([start, end], [-0x1100, -0x200])
})

test('v9: a last packet a little ahead of the header', () => {
  const { start, end } = times(version9, [
    [22, 4, u32(UPTIME_MS - 5)],
    [21, 4, u32(UPTIME_MS + 20)],
  ])
  assert.deepEqual([start, end], [-5, 20])
})

test('v9: uptimes of another clock than the header keep the duration, at the time of export', () => {
  const { start, end } = times(
    version9,
    [
      [22, 4, u32(621_761_700)],
      [21, 4, u32(621_770_700)],
    ],
    { uptime: 20_412_178 },
  )
  assert.deepEqual([start, end], [-9000, 0])
})

test('a start after the end is no negative duration', () => {
  const { start, end } = times(version9, [
    [22, 4, u32(UPTIME_MS - 100)],
    [21, 4, u32(UPTIME_MS - 900)],
  ])
  assert.deepEqual([start, end], [-900, -900])
})

test('IPFIX: seconds, milliseconds, NTP fractions for micro- and nanoseconds', () => {
  const half = 0x8000_0000
  for (const [first, last, wanted] of [
    [
      [150, 4, u32(SENT_S - 9)],
      [151, 4, u32(SENT_S - 3)],
      [-9000, -3000],
    ],
    [
      [152, 8, u64(SENT_MS - 9123)],
      [153, 8, u64(SENT_MS - 3456)],
      [-9123, -3456],
    ],
    [
      [154, 8, ntp(SENT_S - 9, half)],
      [155, 8, ntp(SENT_S - 3, half / 2)],
      [-8500, -2750],
    ],
    [
      [156, 8, ntp(SENT_S - 9, half)],
      [157, 8, ntp(SENT_S - 3, 4_294_967)],
      [-8500, -3000],
    ],
    [
      [156, 8, ntp(SENT_S - 9, half)],
      [157, 8, ntp(SENT_S - 3, 4_294_968)],
      [-8500, -2999],
    ],
  ] as const) {
    const { start, end } = times(version10, [first, last])
    assert.deepEqual([start, end], wanted)
  }
})

test('IPFIX: 158 and 159 count microseconds back from the export', () => {
  const { start, end } = times(version10, [
    [158, 4, u32(2_500_000)],
    [159, 4, u32(1_000_400)],
  ])
  assert.deepEqual([start, end], [-2500, -1001])
})

test('IPFIX: uptimes count from systemInitTimeMilliseconds of the record', () => {
  const { start, end } = times(version10, [
    [160, 8, u64(SENT_MS - 100_000)],
    [22, 4, u32(70_000)],
    [21, 4, u32(90_000)],
  ])
  assert.deepEqual([start, end], [-30_000, -10_000])
})

test('IPFIX: uptimes count from systemInitTimeMilliseconds of an option', () => {
  const { pipeline, flush } = collect()
  const sets = [set(3, options10(300, [[149, 4]], [[160, 8]])), set(300, u32(1), u64(SENT_MS - 100_000))]
  pipeline.receive(
    version10([...sets, set(2, template(256, [22, 4], [21, 4])), set(256, u32(70_000), u32(90_000))]),
    '198.51.100.1',
    RECEIVED_MS,
  )
  assert.deepEqual(
    flush().map((row) => [row.start, row.end]),
    [[SENT_MS - 30_000, SENT_MS - 10_000]],
  )
})

test('IPFIX: uptimes of an exporter that does not say when it booted keep the duration', () => {
  const { start, end } = times(version10, [
    [22, 4, u32(70_000)],
    [21, 4, u32(90_000)],
  ])
  assert.deepEqual([start, end], [-20_000, 0])
})

test('durations stand in for the moment that is missing', () => {
  for (const [fields, wanted] of [
    [
      [
        [153, 8, u64(SENT_MS - 1000)],
        [161, 4, u32(700)],
      ],
      [-1700, -1000],
    ],
    [
      [
        [153, 8, u64(SENT_MS - 1000)],
        [162, 4, u32(700_900)],
      ],
      [-1700, -1000],
    ],
    [
      [
        [152, 8, u64(SENT_MS - 1000)],
        [161, 4, u32(700)],
      ],
      [-1000, -300],
    ],
  ] as const) {
    const { start, end } = times(version10, fields)
    assert.deepEqual([start, end], wanted)
  }
})

test('an event has one moment (NAT and firewall records)', () => {
  const { start, end } = times(version9, [[323, 8, u64(SENT_MS - 77)]])
  assert.deepEqual([start, end], [-77, -77])
})

test('without any time a flow ended when it was exported', () => {
  const { start, end } = times(version10, [[7, 2, [0, 1]]])
  assert.deepEqual([start, end], [0, 0])
})

test('a clock that was never set is replaced by ours', () => {
  const fields = [
    [21, 4, u32(UPTIME_MS - 1000)],
    [22, 4, u32(UPTIME_MS - 3000)],
  ] as const
  const { start, end } = times(version9, fields, { seconds: 7200 })
  assert.deepEqual([start, end], [250 - 3000, 250 - 1000])
})

test('times that cannot be true are replaced by that of the export', () => {
  for (const [fields, wanted] of [
    [
      [
        [152, 8, u64(0)],
        [153, 8, u64(SENT_MS - 5)],
      ],
      [-5, -5],
    ],
    [
      [
        [152, 8, u64(1000)],
        [153, 8, u64(6000)],
      ],
      [-5000, 0],
    ],
    [
      [
        [152, 8, u64(SENT_MS - 5)],
        [153, 8, u64(2n ** 63n)],
      ],
      [0, 0],
    ],
    [
      [
        [152, 8, u64(SENT_MS + 5)],
        [153, 8, u64(SENT_MS - 5)],
      ],
      [-5, -5],
    ],
  ] as const) {
    const { start, end } = times(version10, fields)
    assert.deepEqual([start, end], wanted)
  }
})
