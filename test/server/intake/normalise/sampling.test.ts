import assert from 'node:assert/strict'
import test from 'node:test'
import { collect } from '../../../support/rows.ts'
import {
  SENT_MS,
  options10,
  options9,
  set,
  template,
  u16,
  u32,
  u64,
  u8,
  version10,
  version9,
  type Octets,
  type Specifier,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, flush } = collect(...options)
  let seen = 0
  return {
    send: (datagram: Uint8Array) => pipeline.receive(datagram, ROUTER, SENT_MS),
    /** Octets, rate and where it came from, of the rows since the last time. */
    sampling: () => {
      const rows = flush()
      const fresh = rows.slice(seen)
      seen = rows.length
      return fresh.map((row) => [row.bytes, row['sampling.rate'], row['sampling.source']])
    },
  }
}

function float64(value: number): Octets {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return [...new Uint8Array(view.buffer)]
}

function float32(value: number): Octets {
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  return [...new Uint8Array(view.buffer)]
}

test('forms of the rate in a record: interval, packets taken and left out, size of population, probability', () => {
  for (const [fields, values, rate] of [
    [[[34, 4]], [u32(128)], 128],
    [[[50, 4]], [u32(128)], 128],
    [[[50, 2]], [u16(128)], 128],
    [
      [
        [305, 4],
        [306, 4],
      ],
      [u32(1), u32(999)],
      1000,
    ],
    [
      [
        [309, 4],
        [310, 4],
      ],
      [u32(4), u32(1000)],
      250,
    ],
    [[[311, 8]], [float64(0.001)], 1000],
    [[[311, 4]], [float32(0.25)], 4],
    [[[311, 8]], [float64(0)], undefined],
    [[[311, 8]], [float64(1.5)], undefined],
    [[[311, 8]], [float64(Number.NaN)], undefined],
    [
      [
        [309, 4],
        [310, 4],
      ],
      [u32(0), u32(1000)],
      undefined,
    ],
  ] as const) {
    const { send, sampling } = listen()
    send(version10([set(2, template(256, [1, 4], ...fields)), set(256, u32(10), ...values)]))
    assert.deepEqual(sampling(), [[10 * (rate ?? 1), rate, rate === undefined ? 'none' : 'record']])
  }
})

test('forms of the rate of a selector: probability, and the share of a hash that is selected (RFC 5477 §8.2)', () => {
  for (const [fields, values, rate] of [
    [[[311, 8]], [float64(0.002)], 500],
    [[[311, 4]], [float32(0.125)], 8],
    [
      [
        [329, 8],
        [330, 8],
        [331, 8],
        [332, 8],
      ],
      [u64(0), u64(0xffff_ffff), u64(0), u64(0xff_ffff)],
      256,
    ],
  ] as const) {
    const { send, sampling } = listen()
    send(
      version10([
        set(3, options10(257, [[302, 8]], fields)),
        set(257, u64(5), ...values),
        set(2, template(256, [1, 4], [302, 8])),
        set(256, u32(10), u64(5)),
      ]),
    )
    assert.deepEqual(sampling(), [[10 * rate, rate, 'sampler']])
  }
})

test('sampling by time says nothing of how many packets were left out', () => {
  const { send, sampling } = listen()
  send(
    version10([
      set(
        3,
        options10(
          257,
          [[302, 8]],
          [
            [307, 4],
            [308, 4],
            [398, 8],
          ],
        ),
      ),
      set(257, u64(5), u32(1), u32(99), u64(7)),
      set(2, template(256, [1, 4], [302, 8])),
      set(256, u32(10), u64(5)),
    ]),
  )
  assert.deepEqual(sampling(), [[10, undefined, 'none']])
})

test('a rate of 0 in an option takes back the one told before (it was kept for ever)', () => {
  for (const [scope, id, template9] of [
    [1, 0, [34, 4]],
    [2, 3, [34, 4]],
  ] as const) {
    const { send, sampling } = listen()
    const fields: readonly Specifier[] = [
      [1, 4],
      [10, 4],
    ]
    const data = set(256, u32(10), u32(3))
    send(
      version9([
        set(0, template(256, ...fields)),
        set(1, options9(257, [[scope, 4]], [template9])),
        set(257, u32(id), u32(50)),
        data,
      ]),
    )
    send(version9([set(257, u32(id), u32(0)), data]))
    const [before, after] = sampling()
    assert.equal(before?.[0], 500)
    assert.deepEqual(after, [10, undefined, 'none'])
  }
})

test('a rate that is told together with an interface is that of the interface, be it scope or not', () => {
  const data = set(258, [...u32(10), ...u32(3)], [...u32(10), ...u32(4)])
  const flows = set(2, template(258, [1, 4], [10, 4]))
  for (const options of [
    [
      set(
        3,
        options10(
          257,
          [[149, 4]],
          [
            [10, 4],
            [34, 4],
          ],
        ),
      ),
      set(257, [...u32(1), ...u32(3), ...u32(50)], [...u32(1), ...u32(4), ...u32(70)]),
    ],
    [set(3, options10(257, [[14, 4]], [[34, 4]])), set(257, [...u32(3), ...u32(50)], [...u32(4), ...u32(70)])],
  ]) {
    const { send, sampling } = listen()
    send(version10([...options, flows, data]))
    assert.deepEqual(sampling(), [
      [500, 50, 'interface'],
      [700, 70, 'interface'],
    ])
  }
})

test('a rate told for a line card or for the domain by its name holds for the domain', () => {
  for (const [scope, value] of [
    [141, u32(2)],
    [300, u32(0x6162_6364)],
  ] as const) {
    const { send, sampling } = listen()
    send(
      version10([
        set(3, options10(257, [[scope, 4]], [[34, 4]])),
        set(257, value, u32(50)),
        set(2, template(258, [1, 4])),
        set(258, u32(10)),
      ]),
    )
    assert.deepEqual(sampling(), [[500, 50, 'domain']])
  }
})

test('a sampler whose rate becomes 0 is forgotten, and gives its place free', () => {
  const { send, sampling } = listen({ limits: { optionsPerExporter: 1 } })
  const options = set(
    1,
    options9(
      257,
      [[1, 4]],
      [
        [48, 1],
        [50, 4],
      ],
    ),
  )
  const say = (id: number, rate: number) => set(257, u32(0), u8(id), u32(rate))
  const data = set(256, [...u32(10), ...u8(1)], [...u32(10), ...u8(2)])
  send(version9([set(0, template(256, [1, 4], [48, 1])), options, say(1, 4), data]))
  send(version9([say(1, 0), data]))
  send(version9([say(2, 8), data]))
  assert.deepEqual(sampling(), [
    [40, 4, 'sampler'],
    [10, undefined, 'none'],
    [10, undefined, 'none'],
    [10, undefined, 'none'],
    [10, undefined, 'none'],
    [80, 8, 'sampler'],
  ])
})

test('the rate that is configured as override goes before all that is announced, in records too', () => {
  const { send, sampling } = listen({ settings: { [ROUTER]: { samplingOverride: 7, samplingDefault: 3 } } })
  send(
    version9([
      set(
        0,
        template(256, [1, 4]),
        template(258, [1, 4], [34, 4]),
        template(259, [1, 4], [48, 1]),
        template(260, [1, 4], [10, 4]),
      ),
      set(1, options9(257, [[2, 4]], [[34, 4]]), options9(261, [[1, 4]], [[34, 4]])),
      set(257, u32(3), u32(50)),
      set(261, u32(0), u32(60)),
      set(256, u32(10)),
      set(258, u32(10), u32(100)),
      set(259, u32(10), u8(1)),
      set(260, u32(10), u32(3)),
    ]),
  )
  assert.deepEqual(
    sampling(),
    Array.from({ length: 4 }, () => [70, 7, 'configuration']),
  )
})

/** NetFlow v5 (Cisco): mode in the upper two bits of the last header field, interval below. */
function version5(sampling: number): Uint8Array {
  const record = [...Array<number>(16).fill(0), ...u32(2), ...u32(100), ...Array<number>(24).fill(0)]
  return Uint8Array.from([
    ...u16(5),
    ...u16(1),
    ...u32(1000),
    ...u32(SENT_MS / 1000),
    ...u32(0),
    ...u32(0),
    ...u16(0),
    ...u16(sampling),
    ...record,
  ])
}

test('v5: the sampling mode in the upper two bits is no part of the rate', () => {
  for (const mode of [0, 1, 2, 3]) {
    const { send, sampling } = listen()
    send(version5((mode << 14) | 512))
    assert.deepEqual(sampling(), [[51_200, 512, 'header']])
  }
})

test('v5: override and default of the configuration', () => {
  const override = listen({ settings: { [ROUTER]: { samplingOverride: 9 } } })
  override.send(version5(512))
  assert.deepEqual(override.sampling(), [[900, 9, 'configuration']])
  const fallback = listen({ settings: { [ROUTER]: { samplingDefault: 9 } } })
  fallback.send(version5(0))
  fallback.send(version5(2))
  assert.deepEqual(fallback.sampling(), [
    [900, 9, 'configuration'],
    [200, 2, 'header'],
  ])
})

/** As RouterOS lays its records out: IP version, first, last, packets, octets … */
const ROUTER_OS: readonly Specifier[] = [
  [60, 1],
  [22, 4],
  [21, 4],
  [2, 4],
  [1, 4],
  [34, 4],
]

test('RouterOS sends the rate with the least significant octet first; where it would be right, it is taken as it is', () => {
  const record = (rate: number) => [...u8(4), ...u32(1), ...u32(2), ...u32(1), ...u32(10), ...u32(rate)]
  const { send, sampling } = listen()
  // 1001, 256 and 65535 with their octets the other way round; 1001 as the specification has it.
  send(
    version9([
      set(0, template(256, ...ROUTER_OS)),
      set(256, ...[0xe903_0000, 0x0001_0000, 0xffff_0000, 1001].map(record)),
    ]),
  )
  assert.deepEqual(sampling(), [
    [10_010, 1001, 'record, little-endian'],
    [2560, 256, 'record, little-endian'],
    [655_350, 65_535, 'record, little-endian'],
    [10_010, 1001, 'record'],
  ])
})

test('of other exporters such a rate is what it says', () => {
  const { send, sampling } = listen()
  send(version9([set(0, template(256, [1, 4], [34, 4])), set(256, u32(10), u32(0x0001_0000))]))
  assert.deepEqual(sampling(), [[655_360, 65_536, 'record']])
})
