/** Real exporters make flows of known traffic; Weir, another collector and the traffic itself agree to the unit. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pcapFrame, pcapHeader, udpFrame } from '../../src/server/intake/sources/pcap-writer.ts'
import { missing, nfdumpFlows, record, sfacctdPairs, type Setting } from '../support/exporters.ts'
import { collect, type Row } from '../support/rows.ts'
import { trafficFlows, type PlainFlow } from '../support/traffic.ts'

const NOW_MS = Date.now()

/** The times of these are those of the traffic; the others tell when they read the file. */
const TRUE_TIMES = ['nfprobe 9', 'nfprobe 10']

describe('flow exporters', { concurrency: true }, () => {
  for (const program of ['softflowd', 'nfprobe'] as const) {
    for (const version of [5, 9, 10] as const) {
      const name = `${program} ${version}`
      // v5 has no IPv6.
      const withIpv6 = version !== 5
      it(
        `${name}: same flows as nfdump and as the traffic`,
        { skip: missing(program === 'softflowd' ? 'softflowd' : 'pmacctd', 'nfcapd', 'nfdump') },
        async () => {
          const setting: Setting = { program, version }
          const datagrams = await record(setting, withIpv6)
          const ours = weirFlows(datagrams)
          const times = TRUE_TIMES.includes(name)
          const truth = trafficFlows(withIpv6)
          assert.deepEqual(comparable(ours, times), comparable(truth, times))
          assert.deepEqual(ours.map(durationOf).toSorted(), truth.map(durationOf).toSorted())
          const theirs = await nfdumpFlows(datagrams)
          // nfdump 1.7.1 does not take ICMP's type from nfprobe's v9.
          assert.deepEqual(comparable(ours, times, true), comparable(theirs, times, true))
        },
      )
    }
  }

  it('sfprobe: same samples and octets as sfacctd', { skip: missing('pmacctd', 'sfacctd') }, async () => {
    const samplingRate = 4
    const datagrams = await record({ program: 'sfprobe', samplingRate }, true)
    const capture = Buffer.concat([
      pcapHeader(),
      ...datagrams.map((bytes, i) => pcapFrame(NOW_MS + i, udpFrame(ENDS, bytes))),
    ])
    const pairs = new Map<string, { samples: number; octets: number }>()
    for (const row of rowsOf(datagrams)) {
      assert.equal(row['sampling.rate'], samplingRate)
      const key = `${row['src.ip']} ${row['dst.ip']}`
      const pair = pairs.get(key) ?? { samples: 0, octets: 0 }
      pair.samples += Number(row['packets']) / samplingRate
      pair.octets += Number(row['bytes.l2']) / samplingRate
      pairs.set(key, pair)
    }
    const theirs = await sfacctdPairs(capture)
    assert.ok(theirs.size > 20)
    assert.deepEqual([...pairs].toSorted(byKey), [...theirs].toSorted(byKey))
  })
})

const ENDS = {
  source: Uint8Array.of(192, 0, 2, 9),
  sourcePort: 9000,
  destination: Uint8Array.of(192, 0, 2, 1),
  destinationPort: 6343,
}

function rowsOf(datagrams: readonly Uint8Array[]): Row[] {
  const collected = collect()
  for (const bytes of datagrams) collected.pipeline.receive(bytes, '127.0.0.1', NOW_MS)
  const rows = collected.flush()
  assert.deepEqual(collected.counters.losses(), {})
  assert.equal(collected.counters.get('waitingSets'), 0)
  return rows
}

function weirFlows(datagrams: readonly Uint8Array[]): PlainFlow[] {
  const number = (row: Row, field: string) => Number(row[field] ?? 0)
  return rowsOf(datagrams).map((row) => ({
    source: String(row['src.ip']),
    destination: String(row['dst.ip']),
    sourcePort: number(row, 'src.port'),
    destinationPort: number(row, 'dst.port') || number(row, 'icmp.type') * 256 + number(row, 'icmp.code'),
    protocol: number(row, 'proto'),
    packets: number(row, 'packets'),
    bytes: number(row, 'bytes'),
    flags: number(row, 'tcp.flags'),
    startMs: number(row, 'start'),
    endMs: number(row, 'end'),
  }))
}

/** Sorted lines of what is to be the same. */
function comparable(flows: readonly PlainFlow[], times: boolean, withoutIcmpType = false): string[] {
  return flows
    .map((flow) => {
      const icmp = flow.protocol === 1 || flow.protocol === 58
      const port = icmp && withoutIcmpType ? '-' : flow.destinationPort
      return [
        flow.source,
        flow.destination,
        flow.protocol,
        flow.sourcePort,
        port,
        flow.packets,
        flow.bytes,
        flow.flags,
        ...(times ? [flow.startMs, flow.endMs] : []),
      ].join(' ')
    })
    .toSorted()
}

function durationOf(flow: PlainFlow): string {
  return `${flow.source} ${flow.destination} ${flow.sourcePort} ${flow.endMs - flow.startMs}`
}

function byKey([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1
}
