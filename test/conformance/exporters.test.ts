/** Real exporters make flows of known traffic; Weir, another collector and the traffic itself agree to the unit. */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pcapFrame, pcapHeader, udpFrame } from '../../src/server/intake/sources/pcap-writer.ts'
import {
  missing,
  nfdumpFlows,
  noNamespaces,
  record,
  recordFprobe,
  sfacctdPairs,
  type Setting,
} from '../support/exporters.ts'
import { recordSwitch } from '../support/open-vswitch.ts'
import { collect, type Row } from '../support/rows.ts'
import { trafficFlows, trafficFrames, type PlainFlow } from '../support/traffic.ts'

const NOW_MS = Date.now()

/** The times of these are those of the traffic; the others tell when they read the file. */
const TRUE_TIMES = ['nfprobe 9', 'nfprobe 10']

const RATE = 4
/** Octets of headers. */
const ETHERNET = 14
const IP_AND_UDP = 28

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

  it('softflowd 1: same flows as the traffic', { skip: missing('softflowd') }, async () => {
    const ours = weirFlows(await record({ program: 'softflowd', version: 1 }, false))
    assert.deepEqual(comparable(ours, false), comparable(trafficFlows(false), false))
  })

  it('softflowd 10, bidirectional: same flows as the traffic', { skip: missing('softflowd') }, async () => {
    // It sends replies of ICMP as flows of which only the reverse has packets, and gives those a type of 0.
    const ours = weirFlows(await record({ program: 'softflowd', version: 10, bidirectional: true }, true))
    assert.deepEqual(comparable(ours, false, true), comparable(trafficFlows(true), false, true))
  })

  it('softflowd psamp: each packet by what stands in its frame', { skip: missing('softflowd') }, async () => {
    // A datagram a packet: not more than a socket's buffer takes.
    const rows = rowsOf(await record({ program: 'softflowd', version: 'psamp', filter: 'ip6' }, true))
    const truth = trafficFlows(true).filter(({ source }) => source.includes(':'))
    for (const { source, destination, packets, bytes } of truth) {
      const mine = rows.filter((row) => row['src.ip'] === source && row['dst.ip'] === destination)
      assert.deepEqual([sum(mine, 'packets'), sum(mine, 'bytes')], [packets, bytes], `${source} ${destination}`)
    }
    assert.equal(rows.length, 64)
  })

  for (const version of [5, 9, 10] as const) {
    const withIpv6 = version !== 5
    it(
      `softflowd ${version}, sampling: sums of the packets that it looked at, times the rate`,
      {
        skip: missing('softflowd'),
      },
      async () => {
        const rows = rowsOf(await record({ program: 'softflowd', version, samplingRate: RATE }, withIpv6))
        const seen = trafficFrames(withIpv6).filter((_, i) => i % RATE === 0)
        assert.deepEqual(new Set(rows.map((row) => row['sampling.rate'])), new Set([RATE]))
        assert.equal(sum(rows, 'packets'), RATE * seen.length)
        assert.equal(sum(rows, 'bytes'), RATE * seen.reduce((all, { frame }) => all + frame.length - ETHERNET, 0))
      },
    )

    it(
      `nfprobe ${version}, sampling: same flows as nfdump, times the rate`,
      {
        skip: missing('pmacctd', 'nfcapd', 'nfdump'),
      },
      async () => {
        const datagrams = await record({ program: 'nfprobe', version, samplingRate: RATE }, withIpv6)
        const rows = rowsOf(datagrams)
        assert.deepEqual(new Set(rows.map((row) => row['sampling.rate'])), new Set([RATE]))
        // nfdump 1.7.1 takes the rate from v5's header, but not from nfprobe's options.
        const rate = version === 5 ? 1 : RATE
        const theirs = (await nfdumpFlows(datagrams)).map((flow) => ({
          ...flow,
          packets: flow.packets * rate,
          bytes: flow.bytes * rate,
        }))
        assert.deepEqual(comparable(weirFlows(datagrams), false, true), comparable(theirs, false, true))
      },
    )
  }

  for (const version of [1, 5, 7] as const) {
    it(
      `fprobe ${version}: sums of what went over the interface`,
      { skip: missing('fprobe') || noNamespaces() },
      async () => {
        const traffic = [
          { port: 5001, bytes: 100, count: 10 },
          { port: 5002, bytes: 900, count: 7 },
        ]
        const rows = rowsOf(await recordFprobe(version, traffic))
        for (const { port, bytes, count } of traffic) {
          const mine = rows.filter((row) => row['dst.port'] === port)
          assert.equal(sum(mine, 'packets'), count)
          assert.equal(sum(mine, 'bytes'), count * (bytes + IP_AND_UDP))
        }
        assert.equal(sum(rows, 'packets'), 17)
      },
    )
  }

  describe('Open vSwitch', { skip: missing('ovs-vswitchd') }, () => {
    const ETHERNET_AND_CHECK = ETHERNET + 4
    const truth = trafficFlows(true)
    const octets = truth.reduce((all, { bytes }) => all + bytes, 0)
    const packets = truth.reduce((all, flow) => all + flow.packets, 0)

    it('NetFlow: same flows as the traffic', async () => {
      // Its octets are those of frames; it tells nothing of flows of one packet, nor of IPv6.
      const wanted = trafficFlows(false)
        .filter((flow) => flow.packets > 1)
        .map((flow) => ({ ...flow, bytes: flow.bytes + ETHERNET * flow.packets }))
      assert.deepEqual(comparable(weirFlows(await recordSwitch('netflow')), false), comparable(wanted, false))
    })

    it('sFlow: every packet, in octets of both layers', async () => {
      const rows = rowsOf(await recordSwitch('sflow', 1))
      assert.equal(sum(rows, 'packets'), packets)
      assert.equal(sum(rows, 'bytes'), octets)
      assert.equal(sum(rows, 'bytes.l2'), octets + ETHERNET_AND_CHECK * packets)
    })

    it('sFlow, sampling: each sample times the rate', async () => {
      const datagrams = await recordSwitch('sflow', RATE)
      const rows = rowsOf(datagrams)
      assert.ok(rows.length > 100 && rows.length < packets)
      assert.deepEqual(new Set(rows.map((row) => row['sampling.rate'])), new Set([RATE]))
      assert.equal(sum(rows, 'packets'), RATE * rows.length)
    })

    it('IPFIX: the traffic on the way in, and once more on the way out', async () => {
      const rows = rowsOf(await recordSwitch('ipfix', 1))
      for (const direction of ['ingress', 'egress']) {
        const mine = rows.filter((row) => row['direction'] === direction)
        assert.equal(sum(mine, 'packets'), packets)
        assert.equal(sum(mine, 'bytes'), octets)
        assert.equal(sum(mine, 'bytes.l2'), octets + ETHERNET * packets)
      }
      assert.equal(sum(rows, 'packets'), 2 * packets)
    })

    it('IPFIX, sampling: it has multiplied already, and announces no rate', async () => {
      const rows = rowsOf(await recordSwitch('ipfix', RATE))
      assert.ok(sum(rows, 'packets') > packets)
      for (const row of rows) {
        assert.equal(Number(row['packets']) % RATE, 0)
        assert.equal(row['sampling.rate'], undefined)
      }
    })
  })

  for (const [name, why] of [
    ['yaf', 'it is not in Debian'],
    ['nprobe', 'it is not in Debian'],
    ['hsflowd', 'it is not in Debian'],
    ['ipt-netflow', 'it is a kernel module'],
  ])
    it(`${name}`, { skip: why }, () => {})

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

function sum(rows: readonly Row[], field: string): number {
  return rows.reduce((all, row) => all + Number(row[field] ?? 0), 0)
}

function rowsOf(datagrams: readonly Uint8Array[]): Row[] {
  // Open vSwitch has a template for each kind of packet.
  const collected = collect({ limits: { templatesPerExporter: 1000 } })
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
