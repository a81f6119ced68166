/**
 * Every sFlow capture against independent decodes: the records of its samples as the golden files have them, and sample
 * heads and sampled packets as tshark reads them.
 */
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it, type TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { formatIp, parseIp } from '../../src/shared/schema/ip.ts'
import { pcapFrame, pcapHeader, udpFrame } from '../../src/server/intake/sources/pcap-writer.ts'
import { cases, datagramsOf, noCaptures } from '../support/captures.ts'
import { collect, type Collected, type Row } from '../support/rows.ts'

const folder = fileURLToPath(new URL('../../../shared/captures', import.meta.url))
const noTshark = spawnSync('tshark', ['--version']).status === 0 ? false : 'tshark is not there: apt-get install tshark'

/** A sample as the golden file has it: its records as `[enterprise:format, hex]`. */
interface Sample {
  readonly agent: string
  readonly sub: number
  readonly sample: string
  readonly recs: readonly (readonly [string, string])[]
}

const ENDS = {
  source: Uint8Array.of(192, 0, 2, 1),
  sourcePort: 50_000,
  destination: Uint8Array.of(192, 0, 2, 2),
  destinationPort: 6343,
}
/** Of packets that went on, and of packets that were discarded. */
const FLOW_SAMPLES = new Set(['0:1', '0:3', '0:5'])
/** Datagrams with wrong lengths: Weir counts what it cannot trust as short, where the golden walker reads on. */
const MALFORMED: Record<string, string> = {
  'flowparser-sflow-lit-benches-flow-sample-bench-01-sflow-data': 'the last record is 4 octets longer than its sample',
  'gopacket-lit-sflow-test-05-sflow-sflowtestpacket5': 'the last record is 4 octets longer than its sample',
  'sflow-parser-lit-unit-comprehensive-counters-01-sflow-record-data': 'a flow sample of no length',
}
const names = cases('sflow5').map(({ name }) => name)

async function decode(name: string): Promise<Collected> {
  const collected = collect()
  for (const { payload, sourceAddress, timeMs } of await datagramsOf(name)) {
    collected.pipeline.receive(payload, sourceAddress, timeMs)
  }
  collected.flush()
  return collected
}

function flowSamplesOf(name: string): Sample[] {
  const { records } = JSON.parse(gunzipSync(readFileSync(`${folder}/golden/${name}.json.gz`)).toString()) as {
    records: Sample[]
  }
  return records.filter(({ sample }) => FLOW_SAMPLES.has(sample))
}

/** Whether it has flow samples, and none of discarded packets, which have no sampling rate. */
function plainSamples(name: string): boolean {
  const samples = flowSamplesOf(name)
  return samples.length > 0 && samples.every(({ sample }) => sample !== '0:5')
}

const wordsOf = (hex: string): number[] =>
  Array.from({ length: Math.floor(hex.length / 8) }, (_, i) => Number.parseInt(hex.slice(8 * i, 8 * i + 8), 16))

/** What the records other than packet headers say, read from the specification once more, slowly. */
function expectedOf({ recs }: Sample): Row {
  const expected: Row = {}
  for (const [format, hex] of recs) {
    const words = wordsOf(hex)
    const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words
    if (format === '0:1001') {
      if (w0 > 0 && w0 < 4096) expected['vlan'] = w0
      if (w2 > 0 && w2 < 4096) expected['out.vlan'] = w2
    } else if (format === '0:1002' && w0 === 1) {
      Object.assign(expected, { 'next.hop': formatIp(0xffff_0000_0000n | BigInt(w1)), 'src.mask': w2, 'dst.mask': w3 })
    } else if (format === '0:1003' && w0 === 1) {
      const [, , own = 0, source = 0, , segments = 0, ...path] = words
      let last = own
      for (let left = segments; left > 0; left--) {
        const count = path[1] ?? 0
        last = path[1 + count] ?? last
        path.splice(0, 2 + count)
      }
      Object.assign(expected, { 'src.as': source || own, 'dst.as': last })
    }
  }
  return expected
}

describe('sFlow captures', { skip: noCaptures }, () => {
  it(`flow samples and their records agree with the golden files`, async (t: TestContext) => {
    let samples = 0
    const differing: string[] = []
    for (const name of names) {
      const golden = flowSamplesOf(name)
      const { rows, counters } = await decode(name)
      samples += golden.length
      const wrong: string[] = []
      if (rows.length !== golden.length || counters.get('flows') !== golden.length)
        wrong.push(`${rows.length} rows for ${golden.length} samples`)
      golden.forEach((sample, i) => {
        const expected: Row = {
          ...expectedOf(sample),
          exporter: formatIp(parseIp(sample.agent) ?? 0n),
          domain: sample.sub,
          'source.type': 'sflow5',
        }
        for (const [field, value] of Object.entries(expected))
          if (rows[i]?.[field] !== value) wrong.push(`sample ${i + 1}: ${field} ${rows[i]?.[field]}, golden ${value}`)
      })
      if (wrong.length > 0) differing.push(`${name}: ${wrong.join('; ')}`)
    }
    t.diagnostic(`${names.length - differing.length} of ${names.length} cases agree, ${samples} flow samples`)
    for (const line of differing) t.diagnostic(`${line}; ${MALFORMED[line.split(':')[0] as string] ?? 'not known why'}`)
    assert.deepEqual(
      differing.map((line) => line.split(':')[0]),
      names.filter((name) => name in MALFORMED),
    )
  })

  it('wrong lengths are counted', async () => {
    for (const name of Object.keys(MALFORMED)) assert.ok((await decode(name)).counters.get('decode.short') > 0, name)
  })

  describe('against tshark', { skip: noTshark }, () => {
    let scratch: string
    before(() => {
      scratch = mkdtempSync(join(tmpdir(), 'weir-sflow-'))
    })
    after(() => rmSync(scratch, { recursive: true, force: true }))

    /** One line of tab-separated fields for each frame; several values of a field stand between commas. */
    const tshark = (file: string, fields: readonly string[], ...options: string[]): string[][] =>
      execFileSync(
        'tshark',
        ['-r', file, '-n', '-T', 'fields', ...fields.flatMap((field) => ['-e', field]), ...options],
        { stdio: ['ignore', 'pipe', 'ignore'] },
      )
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.split('\t'))

    it('sampling rates and interfaces', async () => {
      const head = 'sflow.flow_sample'
      const fields = [
        'sflow_245.version',
        `${head}.sampling_rate`,
        `${head}.input_interface`,
        `${head}.input_interface_value`,
        `${head}.output_interface`,
        `${head}.output_interface_value`,
      ]
      const datagrams: Uint8Array[] = []
      for (const name of names.filter((one) => plainSamples(one) && !(one in MALFORMED))) {
        datagrams.push(...(await datagramsOf(name)).map(({ payload }) => payload))
      }
      const file = join(scratch, 'datagrams.pcap')
      writeFileSync(
        file,
        Buffer.concat([pcapHeader(), ...datagrams.map((payload) => pcapFrame(0, udpFrame(ENDS, payload)))]),
      )
      let compared = 0
      tshark(file, ['frame.number', ...fields]).forEach(([, ...cells], i) => {
        const { pipeline, flush } = collect()
        pipeline.receive(datagrams[i] as Uint8Array, '192.0.2.1', 0)
        const rows = flush()
        const [versions = [], rates = [], plainInputs = [], inputs = [], plainOutputs = [], outputs = []] = fields.map(
          (_, f) => (cells[f] ?? '').split(',').filter(Boolean).map(Number),
        )
        // A sampled packet that is sFlow itself: tshark adds its samples to the list.
        if (versions.length > 1) return
        const known = (value: number) => (value > 0 && value < 0x3fff_ffff ? value : undefined)
        assert.deepEqual(
          rows.map((row) => [row['sampling.rate'] ?? 0, row['in.if'], row['out.if']]),
          rates.map((rate, n) => [
            rate,
            known((plainInputs[n] ?? inputs[n]) as number),
            known((plainOutputs[n] ?? outputs[n]) as number),
          ]),
          `datagram ${i + 1}: ${Buffer.from(datagrams[i] as Uint8Array).toString('hex')}`,
        )
        compared += rows.length
      })
      assert.ok(compared > 40, `${compared} samples compared`)
    })

    it('sampled packet headers, whole and cut short', async (t: TestContext) => {
      const frames: Buffer[] = []
      for (const name of names) {
        for (const { recs } of flowSamplesOf(name)) {
          for (const [format, hex] of recs) {
            const [protocol, frameOctets, , octets = 0] = wordsOf(hex)
            if (format !== '0:1' || protocol !== 1 || frameOctets === undefined) continue
            const header = Buffer.from(hex.slice(32, 32 + 2 * octets), 'hex')
            frames.push(header)
            for (const cut of [20, 35, 40, 50, 60]) if (cut < header.length) frames.push(header.subarray(0, cut))
          }
        }
      }
      const file = join(scratch, 'headers.pcap')
      writeFileSync(file, pcapOf(frames))
      const fields = [
        'eth.src',
        'eth.dst',
        'vlan.id',
        'ip.version',
        'ip.src',
        'ip.dst',
        'ip.proto',
        'ip.ttl',
        'ip.dsfield',
        'ip.len',
        'ipv6.src',
        'ipv6.dst',
        'ipv6.nxt',
        'ipv6.hopopts.nxt',
        'ipv6.hlim',
        'ipv6.tclass',
        'ipv6.plen',
        'tcp.srcport',
        'tcp.dstport',
        'tcp.flags',
        'udp.srcport',
        'udp.dstport',
        'icmp.type',
        'icmp.code',
        'icmpv6.type',
        'icmpv6.code',
      ]
      const lines = tshark(
        file,
        ['frame.number', ...fields],
        '-o',
        'ip.defragment:FALSE',
        '-o',
        'ipv6.defragment:FALSE',
        '-E',
        'occurrence=f',
      )
      assert.equal(lines.length, frames.length)
      const differing: string[] = []
      lines.forEach(([, ...cells], i) => {
        const seen = Object.fromEntries(fields.map((field, f) => [field, cells[f] || undefined]))
        const text = (...fieldNames: string[]) =>
          fieldNames.map((field) => seen[field]).find((value) => value !== undefined)
        const number = (...fieldNames: string[]) =>
          text(...fieldNames) === undefined ? undefined : Number(text(...fieldNames))
        const vlan = number('vlan.id')
        const expected: Record<string, unknown> = {
          'src.mac': text('eth.src'),
          'dst.mac': text('eth.dst'),
          vlan: vlan === 0 ? undefined : vlan,
          'src.ip': text('ip.src', 'ipv6.src'),
          'dst.ip': text('ip.dst', 'ipv6.dst'),
          // Where hop-by-hop options (0) are cut, what comes after them is not known.
          proto: number('ip.proto', 'ipv6.hopopts.nxt') ?? (number('ipv6.nxt') || undefined),
          ttl: number('ip.ttl', 'ipv6.hlim'),
          tos: number('ip.dsfield', 'ipv6.tclass'),
          'src.port': number('tcp.srcport', 'udp.srcport'),
          'dst.port': number('tcp.dstport', 'udp.dstport'),
          'tcp.flags': number('tcp.flags'),
          'icmp.type': number('icmp.type', 'icmpv6.type'),
          'icmp.code': number('icmp.code', 'icmpv6.code'),
        }
        const row = rowOfFrame(frames[i] as Buffer)
        // Cut short, tshark gives up on a header as a whole where Weir takes what is there: what tshark knows must agree.
        const whole = (frames[i] as Buffer).length > 60
        for (const [field, value] of Object.entries(expected)) {
          if (row[field] !== value && (whole || value !== undefined))
            differing.push(
              `frame ${i + 1}: ${field} ${row[field]}, tshark ${String(value)} (${frames[i]?.toString('hex')})`,
            )
        }
      })
      t.diagnostic(`${frames.length} headers compared`)
      assert.deepEqual(differing, [])
    })
  })
})

/** The row of a flow sample with that one frame, in a datagram of its own. */
function rowOfFrame(frame: Buffer): Row {
  const padded = Buffer.concat([frame, Buffer.alloc((4 - (frame.length % 4)) % 4)])
  const words = [
    5,
    1,
    0x0a00_0001,
    0,
    1,
    0,
    1,
    1,
    32 + 24 + padded.length,
    1,
    1,
    1,
    1,
    0,
    1,
    2,
    1,
    1,
    16 + padded.length,
    1,
    1514,
    4,
    frame.length,
  ]
  const head = Buffer.alloc(words.length * 4)
  words.forEach((word, i) => head.writeUInt32BE(word, 4 * i))
  const { pipeline, flush } = collect()
  pipeline.receive(Buffer.concat([head, padded]), '192.0.2.1', 0)
  return flush()[0] ?? {}
}

/** A capture of Ethernet frames that were 1,514 octets long before they were cut short. */
function pcapOf(frames: readonly Buffer[]): Buffer {
  const head = Buffer.alloc(24)
  head.writeUInt32LE(0xa1b2c3d4, 0)
  head.writeUInt16LE(2, 4)
  head.writeUInt16LE(4, 6)
  head.writeUInt32LE(65_535, 16)
  head.writeUInt32LE(1, 20)
  return Buffer.concat([
    head,
    ...frames.flatMap((frame) => {
      const packet = Buffer.alloc(16)
      packet.writeUInt32LE(frame.length, 8)
      packet.writeUInt32LE(1514, 12)
      return [packet, frame]
    }),
  ])
}
