import assert from 'node:assert/strict'
import test from 'node:test'
import { collect } from '../../../support/rows.ts'
import {
  SENT_MS,
  ip4,
  options10,
  options9,
  set,
  template,
  u16,
  u32,
  u64,
  u8,
  uint,
  version10,
  version9,
  type Field,
  type Octets,
  type Specifier,
} from '../../../support/wire.ts'

const ROUTER = '198.51.100.1'

function listen(...options: Parameters<typeof collect>) {
  const { pipeline, counters, flush } = collect(...options)
  return {
    counters,
    send: (datagram: Uint8Array, from = ROUTER) => pipeline.receive(datagram, from, SENT_MS),
    volumes: () => flush().map((flow) => [flow.bytes, flow.packets, flow['sampling.rate'], flow['sampling.source']]),
    flush,
  }
}

/** The row of one record of these fields. */
function row(...fields: readonly Field[]) {
  const { send, flush } = listen()
  send(
    version10([
      set(2, template(256, ...fields.map(([id, length]) => [id, length] as const))),
      set(256, ...fields.map((field) => field[2])),
    ]),
  )
  return flush()[0]
}

const COUNTS = template(256, [1, 4], [2, 4])
const counts = (bytes: number, packets: number): Octets => [...u32(bytes), ...u32(packets)]

test('integers of any length, up to 64 bits', () => {
  for (const length of [1, 2, 3, 4, 5, 6, 7, 8]) {
    const value = (1n << BigInt(8 * length)) - 2n
    assert.equal(BigInt(row([1, length, uint(length, value)])?.bytes ?? -1), value, `${length} octets`)
  }
})

test('counts above 2^63', () => {
  assert.equal(row([1, 8, u64(0xffff_0000_0000_0001n)])?.bytes, 0xffff_0000_0000_0001n)
})

test('octets by delta, else in total (Juniper SRX), else on the way out, else those of the initiator (Cisco ASA)', () => {
  assert.deepEqual(
    [row([85, 8, u64(5)], [1, 4, u32(6)], [23, 4, u32(7)])?.bytes, row([86, 8, u64(5)], [2, 4, u32(6)])?.packets],
    [6, 6],
  )
  assert.deepEqual(
    [row([23, 4, u32(7)], [85, 8, u64(5)])?.bytes, row([24, 4, u32(7)], [86, 8, u64(5)])?.packets],
    [5, 5],
  )
  assert.deepEqual(
    [row([231, 4, u32(8)], [232, 4, u32(9)], [23, 4, u32(7)])?.bytes, row([298, 8, u64(8)], [24, 4, u32(7)])?.packets],
    [7, 7],
  )
  assert.deepEqual(
    [row([232, 4, u32(9)], [231, 4, u32(8)])?.bytes, row([299, 8, u64(9)], [298, 8, u64(8)])?.packets],
    [8, 8],
  )
})

test('what is missing is null and not 0', () => {
  const nothing = row([8, 4, ip4('10.0.0.1')])
  for (const field of [
    'bytes',
    'packets',
    'sampling.rate',
    'src.port',
    'proto',
    'in.if',
    'vlan',
    'tcp.flags',
    'dst.ip',
  ])
    assert.equal(nothing?.[field], undefined, field)
})

test('frames beside layer 3; where only frames are counted, without their headers', () => {
  assert.deepEqual(
    [row([1, 4, u32(100)], [352, 8, u64(128)])?.bytes, row([1, 4, u32(100)], [352, 8, u64(128)])?.['bytes.l2']],
    [100, 128],
  )
  assert.equal(row([352, 8, u64(1280)], [2, 4, u32(10)])?.bytes, 1140)
  assert.equal(row([352, 8, u64(1280)], [2, 4, u32(10)], [58, 2, u16(7)])?.bytes, 1100)
  assert.equal(row([352, 8, u64(1280)], [2, 4, u32(10)], [58, 2, u16(0)])?.bytes, 1140)
  assert.equal(row([352, 8, u64(1280)])?.bytes, undefined)
})

test('a product is exact up to 2^64 - 1 and stays there', () => {
  const product = (bytes: bigint, rate: number) => row([1, 8, u64(bytes)], [34, 4, u32(rate)])?.bytes
  assert.equal(product(9_007_199_254_740_993n, 1), 9_007_199_254_740_993n)
  assert.equal(product(9_007_199_254_740_991n, 3), 27_021_597_764_222_973n)
  assert.equal(product(4_294_967_297n, 4_294_967_295), 4_294_967_297n * 4_294_967_295n)
  assert.equal(product(2n ** 63n, 2), 2n ** 64n - 1n)
  assert.equal(product(2n ** 64n - 1n, 4_294_967_295), 2n ** 64n - 1n)
})

test('every counter is multiplied, once', () => {
  const sampled = row([1, 4, u32(100)], [2, 4, u32(2)], [352, 4, u32(128)], [34, 4, u32(50)])
  assert.deepEqual(
    [sampled?.bytes, sampled?.packets, sampled?.['bytes.l2'], sampled?.['sampling.rate'], sampled?.['sampling.source']],
    [5000, 100, 6400, 50, 'record'],
  )
})

test('1 packet taken and 999 left out is 1 in 1000 (Nokia)', () => {
  const { send, volumes } = listen()
  send(
    version10([
      set(2, template(256, [1, 4], [2, 4], [305, 4], [306, 4])),
      set(256, counts(100, 2), u32(1), u32(999), counts(100, 2), u32(10), u32(90)),
    ]),
  )
  assert.deepEqual(volumes(), [
    [100_000, 2000, 1000, 'record'],
    [1000, 20, 10, 'record'],
  ])
})

test('a rate of 0 in the record is none', () => {
  assert.equal(row([1, 4, u32(100)], [34, 4, u32(0)])?.['sampling.source'], 'none')
})

test('two samplers in one domain, told of in the same packet as the data', () => {
  const { send, volumes, counters } = listen()
  send(
    version9([
      set(0, template(256, [1, 4], [2, 4], [48, 1])),
      set(
        1,
        options9(
          257,
          [[1, 4]],
          [
            [48, 1],
            [49, 1],
            [50, 4],
          ],
        ),
      ),
      set(257, [...u32(0), ...u8(1), ...u8(2), ...u32(100)], [...u32(0), ...u8(2), ...u8(2), ...u32(1000)]),
      set(256, [...counts(10, 1), 1], [...counts(10, 1), 2], [...counts(10, 1), 3]),
    ]),
  )
  assert.deepEqual(volumes(), [
    [1000, 100, 100, 'sampler'],
    [10_000, 1000, 1000, 'sampler'],
    [10, 1, undefined, 'none'],
  ])
  assert.equal(counters.get('options'), 2)
})

test('IPFIX selectors: the rate as interval and space, or as size and population', () => {
  for (const [fields, values] of [
    [
      [
        [305, 4],
        [306, 4],
      ],
      [u32(1), u32(499)],
    ],
    [
      [
        [309, 4],
        [310, 4],
      ],
      [u32(2), u32(1000)],
    ],
    [[[305, 4]], [u32(500)]],
    [[[34, 4]], [u32(500)]],
  ] as const) {
    const { send, volumes } = listen()
    send(
      version10([
        set(3, options10(257, [[302, 8]], fields)),
        set(257, u64(9), ...values),
        set(2, template(256, [1, 4], [302, 8])),
        set(256, u32(10), u64(9)),
      ]),
    )
    assert.deepEqual(volumes(), [[5000, undefined, 500, 'sampler']])
  }
})

test('a rate for the whole domain holds in that domain of that exporter', () => {
  const { send, volumes } = listen()
  const data = [set(0, COUNTS), set(256, counts(10, 1))]
  send(
    version9([
      set(
        1,
        options9(
          257,
          [[1, 4]],
          [
            [34, 4],
            [35, 1],
          ],
        ),
      ),
      set(257, u32(0), u32(64), u8(2)),
      ...data,
    ]),
  )
  send(version9(data, { domain: 2 }))
  send(version9(data), '198.51.100.2')
  assert.deepEqual(volumes(), [
    [640, 64, 64, 'domain'],
    [10, 1, undefined, 'none'],
    [10, 1, undefined, 'none'],
  ])
})

test('rates by interface hold where all are one (softflowd)', () => {
  for (const [rates, wanted] of [
    [[64], [640, 64, 64, 'sampler']],
    [
      [64, 64],
      [640, 64, 64, 'sampler'],
    ],
    [
      [64, 32],
      [10, 1, undefined, 'none'],
    ],
  ] as const) {
    const { send, volumes } = listen()
    send(
      version9([
        set(1, options9(257, [[2, 4]], [[34, 4]])),
        set(257, ...rates.map((rate, i) => [...u32(i), ...u32(rate)])),
        set(0, COUNTS),
        set(256, counts(10, 1)),
      ]),
    )
    assert.deepEqual(volumes(), [wanted])
  }
})

test('records that name no sampler are of the only one', () => {
  const { send, volumes } = listen()
  const sampler = (id: number, rate: number) => set(257, u32(0), u8(id), u32(rate))
  const data = set(256, counts(10, 1))
  send(
    version9([
      set(0, COUNTS),
      set(
        1,
        options9(
          257,
          [[1, 4]],
          [
            [48, 1],
            [50, 4],
          ],
        ),
      ),
      sampler(1, 100),
      data,
      sampler(2, 100),
      data,
      sampler(3, 7),
      data,
    ]),
  )
  assert.deepEqual(volumes(), [
    [1000, 100, 100, 'sampler'],
    [1000, 100, 100, 'sampler'],
    [10, 1, undefined, 'none'],
  ])
})

test('the record goes before the sampler, the sampler before the domain, the domain before the configuration', () => {
  const { send, volumes } = listen({ settings: { [ROUTER]: { samplingDefault: 2 } } })
  const fields: readonly Specifier[] = [
    [1, 4],
    [34, 4],
    [48, 1],
  ]
  const record = (rate: number, sampler: number): Octets => [...u32(10), ...u32(rate), ...u8(sampler)]
  const data = set(256, record(5, 1), record(0, 1), record(0, 9))
  send(version9([set(0, template(256, ...fields)), data]))
  send(
    version9([
      set(
        1,
        options9(
          257,
          [[1, 4]],
          [
            [48, 1],
            [50, 4],
          ],
        ),
        options9(258, [[1, 4]], [[34, 4]]),
      ),
      set(257, u32(0), u8(1), u32(4)),
      set(258, u32(0), u32(3)),
      data,
    ]),
  )
  const [withoutOptions, withOptions] = [volumes().slice(0, 3), volumes().slice(3)]
  assert.deepEqual(withoutOptions, [
    [50, undefined, 5, 'record'],
    [20, undefined, 2, 'configuration'],
    [20, undefined, 2, 'configuration'],
  ])
  assert.deepEqual(withOptions, [
    [50, undefined, 5, 'record'],
    [40, undefined, 4, 'sampler'],
    [30, undefined, 3, 'domain'],
  ])
})

test('samplers are bounded per exporter, as a named loss', () => {
  const { send, counters } = listen({ limits: { optionsPerExporter: 2 } })
  send(
    version9([
      set(
        1,
        options9(
          257,
          [[1, 4]],
          [
            [48, 1],
            [50, 4],
          ],
        ),
      ),
      set(257, ...[1, 2, 3, 1, 2].map((id) => [...u32(0), ...u8(id), ...u32(10)])),
    ]),
  )
  assert.deepEqual(counters.losses(), { 'decode.optionsFull': 1 })
})

test('records that name no sampler have the rate of their interface, in before out (rates by interface were ignored)', () => {
  const { send, volumes } = listen({ settings: { [ROUTER]: { samplingDefault: 3 } } })
  const record = (inIf: number, outIf: number): Octets => [...u32(10), ...u32(inIf), ...u32(outIf), ...u32(1)]
  const data = set(256, record(1, 9), record(2, 1), record(9, 2), record(9, 9))
  send(
    version9([
      set(0, template(256, [1, 4], [10, 4], [14, 4], [2, 4])),
      data,
      set(1, options9(257, [[2, 4]], [[34, 4]])),
      set(257, u32(1), u32(100), u32(2), u32(1000)),
      data,
    ]),
  )
  assert.deepEqual(volumes(), [
    ...Array.from({ length: 4 }, () => [30, 3, 3, 'configuration']),
    [1000, 100, 100, 'interface'],
    [10_000, 1000, 1000, 'interface'],
    [10_000, 1000, 1000, 'interface'],
    [30, 3, 3, 'configuration'],
  ])
})

test('a record of an interface without a rate has none, and one whose sampler is not known that of its interface', () => {
  const { send, volumes } = listen()
  send(
    version9([
      set(1, options9(257, [[2, 4]], [[34, 4]])),
      set(257, u32(1), u32(100), u32(2), u32(1000)),
      set(0, template(256, [1, 4], [10, 4], [2, 4]), template(258, [1, 4], [10, 4], [2, 4], [48, 1])),
      set(256, u32(10), u32(1), u32(1), u32(10), u32(5), u32(1)),
      set(258, u32(10), u32(2), u32(1), u8(0)),
    ]),
  )
  assert.deepEqual(volumes(), [
    [1000, 100, 100, 'interface'],
    [10, 1, undefined, 'none'],
    [10_000, 1000, 1000, 'interface'],
  ])
})
