/** What the encoders write, the decoders read: the two were written apart, from the same specifications. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { ByteWriter } from '../../../../src/server/intake/encoders/byte-writer.ts'
import { encodeIpfix } from '../../../../src/server/intake/encoders/ipfix.ts'
import { encodeNetflow5, type Netflow5Record } from '../../../../src/server/intake/encoders/netflow5.ts'
import { encodeNetflow9 } from '../../../../src/server/intake/encoders/netflow9.ts'
import { encodeFrame, tcpHeader, udpDatagram } from '../../../../src/server/intake/encoders/packet.ts'
import { encodeSflow5, type FlowSample } from '../../../../src/server/intake/encoders/sflow5.ts'
import {
  VARIABLE,
  type Template,
  type TemplateField,
  type Value,
} from '../../../../src/server/intake/encoders/template.ts'
import { formatIp, formatMac } from '../../../../src/shared/schema/ip.ts'
import { collect, type Row } from '../../../support/rows.ts'

const SECONDS = 1_790_000_000
const UPTIME = 3_000_000
const RECEIVED = SECONDS * 1000 + 400

const u8 = fc.integer({ min: 0, max: 255 })
const u16 = fc.integer({ min: 0, max: 65_535 })
const u32 = fc.integer({ min: 0, max: 0xffff_ffff })
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

/** Elements that are copied as they are: the field they end up in, their lengths, and what stands in the row. */
const ELEMENTS: readonly {
  element: number
  field: string
  lengths: readonly number[]
  value: fc.Arbitrary<Value>
  row: (value: Value) => number | string
}[] = [
  { element: 5, field: 'tos', lengths: [1], value: u8, row: Number },
  { element: 6, field: 'tcp.flags', lengths: [1, 2], value: u8, row: Number },
  { element: 7, field: 'src.port', lengths: [2], value: u16, row: Number },
  { element: 11, field: 'dst.port', lengths: [2], value: u16, row: Number },
  { element: 10, field: 'in.if', lengths: [2, 4], value: u16, row: Number },
  { element: 14, field: 'out.if', lengths: [2, 4], value: u16, row: Number },
  { element: 16, field: 'src.as', lengths: [3, 4], value: fc.integer({ min: 0, max: 2 ** 24 - 1 }), row: Number },
  { element: 17, field: 'dst.as', lengths: [2, 4], value: u16, row: Number },
  { element: 9, field: 'src.mask', lengths: [1], value: fc.integer({ min: 0, max: 32 }), row: Number },
  { element: 58, field: 'vlan', lengths: [2], value: fc.integer({ min: 0, max: 4095 }), row: Number },
  { element: 56, field: 'src.mac', lengths: [6], value: bytes(6), row: (value) => formatMac(big(value)) },
  {
    element: 225,
    field: 'src.nat.ip',
    lengths: [4],
    value: bytes(4),
    row: (value) => formatIp(0xffff_0000_0000n | big(value)),
  },
  { element: 228, field: 'dst.nat.port', lengths: [2], value: u16, row: Number },
  { element: 1, field: 'bytes', lengths: [5, 8], value: fc.integer({ min: 0, max: 2 ** 40 - 1 }), row: Number },
  { element: 2, field: 'packets', lengths: [4, 8], value: u32, row: Number },
]

const template = fc.subarray([...ELEMENTS], { minLength: 1 }).chain((chosen) =>
  fc.record({
    chosen: fc.shuffledSubarray(chosen, { minLength: chosen.length }),
    pick: fc.array(fc.nat(1), { minLength: chosen.length, maxLength: chosen.length }),
    six: fc.boolean(),
  }),
)

/** A template, and records of it as values and as the rows that they are. */
const exported = template.chain(({ chosen, pick, six }) => {
  const address = six ? 16 : 4
  const fields: TemplateField[] = [
    { element: six ? 27 : 8, length: address },
    { element: six ? 28 : 12, length: address },
    { element: 4, length: 1 },
    ...chosen.map(({ element, lengths }, i) => ({
      element,
      length: lengths[(pick[i] as number) % lengths.length] as number,
    })),
  ]
  const record = fc.tuple(
    bytes(address),
    bytes(address),
    fc.constantFrom(6, 17, 132),
    ...chosen.map(({ value }) => value),
  )
  return fc
    .array(record, { minLength: 1, maxLength: 40 })
    .map((records) => ({ template: { id: 300, fields } satisfies Template, chosen, six, records }))
})

describe('NetFlow v9 and IPFIX', () => {
  for (const [name, encode] of [
    [
      'v9',
      (sets: Parameters<typeof encodeNetflow9>[1]) =>
        encodeNetflow9({ seconds: SECONDS, uptimeMs: UPTIME, sequence: 1, sourceId: 7 }, sets),
    ],
    [
      'IPFIX',
      (sets: Parameters<typeof encodeIpfix>[1]) => encodeIpfix({ seconds: SECONDS, sequence: 0, domain: 7 }, sets),
    ],
  ] as const) {
    it(`${name}: any template, any values`, () => {
      fc.assert(
        fc.property(exported, ({ template: described, chosen, six, records }) => {
          const message = encode([{ templates: [described] }, { template: described, records }])
          const rows = decode(message)
          assert.equal(rows.length, records.length)
          for (const [i, [source, destination, protocol, ...values]] of records.entries()) {
            const row = rows[i] as Row
            assert.equal(row['src.ip'], addressText(source, six))
            assert.equal(row['dst.ip'], addressText(destination, six))
            assert.equal(row['proto'], protocol)
            assert.equal(row['domain'], 7)
            for (const [k, { field, row: expected }] of chosen.entries())
              assert.equal(row[field], expected(values[k] as Value), field)
          }
        }),
        { numRuns: 150 },
      )
    })
  }

  it('IPFIX: values of variable length, and elements of an enterprise, are passed over', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { minLength: 1, maxLength: 8 }), (texts) => {
        const described: Template = {
          id: 400,
          fields: [
            { element: 8, length: 4 },
            { element: 82, length: VARIABLE },
            { element: 12, enterprise: 9, length: 3 },
            { element: 2, length: 4 },
          ],
        }
        const records = texts.map((text, i): Value[] => [0x0a00_0001 + i, text, 5, i + 1])
        const rows = decode(
          encodeIpfix({ seconds: SECONDS, sequence: 0, domain: 0 }, [
            { templates: [described] },
            { template: described, records },
          ]),
        )
        assert.deepEqual(
          rows.map((row) => [row['src.ip'], row['packets']]),
          texts.map((_, i) => [`10.0.0.${1 + i}`, i + 1]),
        )
      }),
      { numRuns: 60 },
    )
  })

  it('a sampler announced in the same message holds for its records', () => {
    const described: Template = {
      id: 256,
      fields: [
        { element: 8, length: 4 },
        { element: 48, length: 1 },
        { element: 2, length: 4 },
      ],
    }
    const sampler: Template = {
      id: 512,
      scopes: 1,
      fields: [
        { element: 1, length: 4 },
        { element: 48, length: 1 },
        { element: 50, length: 4 },
      ],
    }
    const message = encodeNetflow9({ seconds: SECONDS, uptimeMs: UPTIME, sequence: 1, sourceId: 1 }, [
      { templates: [described, sampler] },
      { template: sampler, records: [[1, 3, 250]] },
      { template: described, records: [[0x0a00_0001, 3, 4]] },
    ])
    assert.deepEqual(
      decode(message).map((row) => [row['packets'], row['sampling.rate'], row['sampling.source']]),
      [[1000, 250, 'sampler']],
    )
  })
})

describe('NetFlow v5', () => {
  const record = fc.record({
    source: u32,
    destination: u32,
    nextHop: u32,
    input: u16,
    output: u16,
    packets: u32,
    bytes: u32,
    firstMs: fc.integer({ min: 0, max: 100_000 }),
    lastMs: fc.integer({ min: 100_000, max: UPTIME }),
    sourcePort: u16,
    destinationPort: u16,
    tcpFlags: u8,
    protocol: fc.constantFrom(6, 17),
    tos: u8,
    sourceAs: u16,
    destinationAs: u16,
    sourceMask: fc.integer({ min: 0, max: 32 }),
    destinationMask: fc.integer({ min: 0, max: 32 }),
  }) satisfies fc.Arbitrary<Netflow5Record>

  it('any records, with and without sampling', () => {
    fc.assert(
      fc.property(
        fc.array(record, { minLength: 1, maxLength: 30 }),
        fc.constantFrom(0, 1, 100, 16_383),
        (records, interval) => {
          const header = {
            seconds: SECONDS,
            nanoseconds: 250_000_000,
            uptimeMs: UPTIME,
            sequence: 0,
            engineType: 1,
            engineId: 9,
            samplingMode: interval ? 1 : 0,
            samplingInterval: interval,
          }
          const rows = decode(encodeNetflow5(header, records))
          const bootMs = SECONDS * 1000 + 250 - UPTIME
          const times = interval || 1
          assert.deepEqual(
            rows.map((row) => [
              row['src.ip'],
              row['dst.ip'],
              row['next.hop'],
              row['in.if'],
              row['out.if'],
              row['packets'],
              row['bytes'],
              row['start'],
              row['end'],
              row['src.port'],
              row['dst.port'],
              row['tcp.flags'],
              row['proto'],
              row['tos'],
              row['src.as'],
              row['dst.as'],
              row['src.mask'],
              row['dst.mask'],
            ]),
            records.map((each) => [
              v4Text(each.source),
              v4Text(each.destination),
              v4Text(each.nextHop),
              each.input,
              each.output,
              each.packets * times,
              each.bytes * times,
              bootMs + each.firstMs,
              bootMs + each.lastMs,
              each.sourcePort,
              each.destinationPort,
              each.tcpFlags,
              each.protocol,
              each.tos,
              each.sourceAs,
              each.destinationAs,
              each.sourceMask,
              each.destinationMask,
            ]),
          )
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('sFlow v5', () => {
  const sample = fc
    .record({
      six: fc.boolean(),
      tcp: fc.boolean(),
      vlan: fc.integer({ min: 1, max: 4094 }),
      tos: u8,
      flags: u8,
      ports: fc.tuple(u16, u16),
      payload: fc.integer({ min: 0, max: 1400 }),
      rate: fc.integer({ min: 1, max: 100_000 }),
      input: fc.integer({ min: 1, max: 1000 }),
      output: fc.integer({ min: 1001, max: 2000 }),
      addresses: fc.tuple(bytes(16), bytes(16)),
      masks: fc.tuple(fc.integer({ min: 0, max: 32 }), fc.integer({ min: 0, max: 32 })),
    })
    .map((each) => ({
      ...each,
      addresses: each.addresses.map((address) => (each.six ? address : address.subarray(0, 4))) as [
        Uint8Array,
        Uint8Array,
      ],
    }))

  it('any packets', () => {
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1, maxLength: 6 }), (samples) => {
        const rows = decode(
          encodeSflow5(
            { agent: Uint8Array.of(192, 0, 2, 77), subAgent: 3, sequence: 1, uptimeMs: UPTIME },
            samples.map(flowSample),
          ),
        )
        assert.deepEqual(
          rows.map((row) => [
            row['exporter'],
            row['domain'],
            row['src.ip'],
            row['dst.ip'],
            row['src.port'],
            row['dst.port'],
            row['proto'],
            row['tos'],
            row['tcp.flags'],
            row['vlan'],
            row['in.if'],
            row['out.if'],
            row['packets'],
            row['bytes'],
            row['bytes.l2'],
            row['direction'],
            row['src.mask'],
            row['dst.mask'],
            row['next.hop'],
          ]),
          samples.map((each) => {
            const length = ipLength(each)
            return [
              '192.0.2.77',
              3,
              addressText(each.addresses[0], each.six),
              addressText(each.addresses[1], each.six),
              ...each.ports,
              each.tcp ? 6 : 17,
              each.tos,
              each.tcp ? each.flags : undefined,
              each.vlan,
              each.input,
              each.output,
              each.rate,
              length * each.rate,
              (length + 22) * each.rate,
              'ingress',
              ...each.masks,
              '192.0.2.254',
            ]
          }),
        )
      }),
      { numRuns: 150 },
    )
  })

  type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never

  function ipLength(each: Sample): number {
    return (each.six ? 40 : 20) + (each.tcp ? 20 : 8) + each.payload
  }

  function flowSample(each: Sample): FlowSample {
    const [sourcePort, destinationPort] = each.ports
    const transport = each.tcp
      ? tcpHeader(sourcePort, destinationPort, 1, 2, each.flags)
      : udpDatagram(sourcePort, destinationPort, new Uint8Array(0), each.payload)
    const header = encodeFrame({
      sourceMac: Uint8Array.of(2, 0, 0, 0, 0, 1),
      destinationMac: Uint8Array.of(2, 0, 0, 0, 0, 2),
      vlan: each.vlan,
      source: each.addresses[0],
      destination: each.addresses[1],
      protocol: each.tcp ? 6 : 17,
      tos: each.tos,
      ttl: 64,
      transport,
      length: transport.length + each.payload,
    })
    return {
      sequence: 1,
      sourceId: each.input,
      rate: each.rate,
      pool: each.rate,
      drops: 0,
      input: each.input,
      output: each.output,
      frameLength: ipLength(each) + 22,
      stripped: 4,
      header,
      switch: { inVlan: each.vlan, outVlan: 0 },
      router: { nextHop: Uint8Array.of(192, 0, 2, 254), sourceMask: each.masks[0], destinationMask: each.masks[1] },
    }
  }
})

describe('byte writer', () => {
  it('writes whole numbers of any width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (width, value) => {
        const out = new ByteWriter(1)
        out.number(value, width)
        const expected = (value & (2n ** BigInt(8 * width) - 1n)).toString(16).padStart(2 * width, '0')
        assert.equal(Buffer.from(out.finish()).toString('hex'), expected)
        if (value > BigInt(Number.MAX_SAFE_INTEGER)) return
        out.number(Number(value), width)
        assert.equal(Buffer.from(out.finish()).toString('hex'), expected)
      }),
    )
  })
})

function decode(message: Uint8Array): Row[] {
  const collected = collect()
  collected.pipeline.receive(message, '192.0.2.1', RECEIVED)
  const rows = collected.flush()
  assert.deepEqual(collected.counters.losses(), {})
  return rows
}

function big(value: Value): bigint {
  return value instanceof Uint8Array ? BigInt(`0x${Buffer.from(value).toString('hex')}`) : BigInt(value)
}

function addressText(address: Uint8Array, six: boolean): string {
  return formatIp(six ? big(address) : 0xffff_0000_0000n | big(address))
}

function v4Text(address: number): string {
  return formatIp(0xffff_0000_0000n | BigInt(address))
}
