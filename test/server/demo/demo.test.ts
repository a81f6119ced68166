import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { before, describe, it } from 'node:test'
import { Company, v4Text } from '../../../src/server/demo/company.ts'
import { Demo } from '../../../src/server/demo/demo.ts'
import {
  incidents,
  liveIncidents,
  namedHosts,
  type Incident,
  type IncidentName,
} from '../../../src/server/demo/incidents.ts'
import { ROUTERS } from '../../../src/server/demo/network.ts'
import { activity } from '../../../src/server/demo/rhythm.ts'
import { World } from '../../../src/server/demo/world.ts'
import { parseCidr, parseIp } from '../../../src/shared/schema/ip.ts'
import { collect, type Row } from '../../support/rows.ts'

const DAY = 86_400_000
/** A Tuesday. */
const MIDNIGHT = Date.UTC(2026, 10, 17)
const NOON = MIDNIGHT + 11 * 3_600_000

describe('demo', () => {
  it('the same seed and start give the same datagrams, another seed gives others', () => {
    const fingerprint = (seed: number) => {
      const hash = createHash('sha256')
      const demo = demoOf({ seed })
      for (let i = 0; i < 20; i++)
        for (const { router, timeMs, bytes } of demo.second()) hash.update(`${router.name} ${timeMs} `).update(bytes)
      return hash.digest('hex')
    }
    assert.equal(fingerprint(1), fingerprint(1))
    assert.notEqual(fingerprint(1), fingerprint(2))
  })

  it('has 2,000 hosts, each with an address of its own', () => {
    const { hosts } = new Company(1)
    assert.equal(hosts.length, 2000)
    assert.equal(new Set(hosts.map((host) => host.v4)).size, 2000)
    assert.equal(new Set(hosts.map((host) => host.name)).size, 2000)
  })

  it('people work by day and on weekdays where they are', () => {
    const osaka = (day: number, hour: number) => activity('office', MIDNIGHT + day * DAY + (hour - 9) * 3_600_000, 540)
    assert.ok(osaka(0, 10) > 0.9)
    assert.ok(osaka(0, 3) < 0.1)
    assert.ok(osaka(5, 10) < 0.2)
  })
})

describe('demo traffic of three minutes', () => {
  const SECONDS = 180
  const RATE = 200
  let rows: Row[]
  let collected: ReturnType<typeof collect>

  before(() => {
    collected = collect({ limits: { templatesPerExporter: 64 } })
    rows = run(demoOf({ flowsPerSecond: RATE }), SECONDS, collected)
  })

  it('decodes without loss, from every router by its protocol', () => {
    assert.deepEqual(collected.counters.losses(), {})
    assert.equal(collected.counters.get('waitingSets'), 0)
    const seen = new Set(rows.map((row) => `${row['exporter']} ${row['source.type']}`))
    assert.deepEqual(seen, new Set(ROUTERS.map((router) => `${v4Text(router.address)} ${router.protocol}`)))
    for (const exporter of collected.pipeline.exporters)
      assert.deepEqual(
        { ...exporter.sequence, unit: '' },
        { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 },
        exporter.address,
      )
  })

  it('sampling is announced, and is what the routers do', () => {
    for (const row of rows) {
      const router = ROUTERS.find((each) => v4Text(each.address) === row['exporter'])
      assert.equal(row['sampling.rate'], router?.sampling)
    }
  })

  it('comes at the rate that was asked for', () => {
    const perSecond = rows.length / SECONDS
    assert.ok(perSecond > RATE * 0.7 && perSecond < RATE * 1.4, `${perSecond} a second`)
  })

  it('flows lie before their export, and none is longer than the active timeout', () => {
    for (const row of rows) {
      const [start, end, received] = [Number(row['start']), Number(row['end']), Number(row['received'])]
      assert.ok(start <= end && end <= received && received - end < 3000 && end - start <= 60_000, JSON.stringify(row))
      assert.ok(Number(row['bytes']) >= 20 * Number(row['packets']), JSON.stringify(row))
    }
  })

  it("nothing in it is anybody's address", () => {
    const ours = [
      '10.0.0.0/8',
      '192.0.2.0/24',
      '198.51.100.0/24',
      '203.0.113.0/24',
      '198.18.0.0/15',
      '2001:db8::/32',
    ].map((text) => parseCidr(text) as { low: bigint; high: bigint })
    for (const field of ['src.ip', 'dst.ip', 'next.hop', 'src.nat.ip', 'dst.nat.ip']) {
      for (const text of new Set(rows.map((row) => row[field]))) {
        if (text === undefined || text === '0.0.0.0') continue
        const address = parseIp(String(text)) as bigint
        assert.ok(
          ours.some(({ low, high }) => low <= address && address <= high),
          `${field} ${text}`,
        )
      }
    }
  })

  it('has both directions of conversations', () => {
    const key = (row: Row, back: boolean) =>
      [
        row['exporter'],
        row['proto'],
        ...(back
          ? [row['dst.ip'], row['dst.port'], row['src.ip'], row['src.port']]
          : [row['src.ip'], row['src.port'], row['dst.ip'], row['dst.port']]),
      ].join(' ')
    const https = rows.filter(
      (row) => row['exporter'] === '10.10.0.1' && row['dst.port'] === 443 && row['tcp.flags'] === 27,
    )
    const forth = new Set(rows.map((row) => key(row, false)))
    const answered = https.filter((row) => forth.has(key(row, true)))
    assert.ok(https.length > 100 && answered.length > https.length * 0.95, `${answered.length} of ${https.length}`)
  })

  it('few have most: a tenth of the sources sends more than half', () => {
    const bySource = new Map<unknown, number>()
    for (const row of rows) bySource.set(row['src.ip'], (bySource.get(row['src.ip']) ?? 0) + Number(row['bytes']))
    const sorted = [...bySource.values()].toSorted((a, b) => b - a)
    const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0)
    assert.ok(sum(sorted.slice(0, Math.ceil(sorted.length / 10))) > sum(sorted) / 2)
  })

  it('is varied: names, web, mail, files, databases, voices, pings, IPv6', () => {
    const ports = new Set(rows.flatMap((row) => [row['src.port'], row['dst.port']]))
    for (const port of [53, 80, 443, 993, 25, 445, 22, 5432, 9092, 2049, 3478, 5060, 123, 161, 514, 389])
      assert.ok(ports.has(port), `port ${port}`)
    assert.ok(rows.some((row) => row['icmp.type'] === 8) && rows.some((row) => row['icmp.type'] === 0))
    const six = rows.filter((row) => row['ip.version'] === 6).length / rows.length
    assert.ok(six > 0.03 && six < 0.4)
  })
})

describe('incidents', () => {
  const world = new World(1)
  const scanner = namedHosts(world).get('build-07')

  it('each is there once in any history of two days, twice in none of one', () => {
    for (const toMs of [MIDNIGHT, MIDNIGHT + 3_600_000, NOON, MIDNIGHT + 20 * 3_600_000]) {
      const names = incidents(toMs - 2 * DAY, toMs).map((incident) => incident.name)
      for (const name of [
        'port scan',
        'dns amplification',
        'failover',
        'exfiltration',
        'backup tenfold',
      ] as IncidentName[])
        assert.ok(names.includes(name), `${name} before ${new Date(toMs).toISOString()}`)
      const oneDay = incidents(toMs - DAY, toMs).map((incident) => incident.name)
      assert.equal(new Set(oneDay).size, oneDay.length)
    }
  })

  it('live, a demo of ten minutes shows two', () => {
    const shown = liveIncidents(NOON, 1).filter((incident) => incident.toMs <= NOON + 600_000)
    assert.deepEqual(
      shown.map((incident) => incident.name),
      ['port scan', 'dns amplification'],
    )
  })

  it('the texts give the addresses that the traffic has', () => {
    const texts = liveIncidents(NOON, 1)
      .map((incident) => incident.what)
      .join('\n')
    for (const [name, address] of namedHosts(world))
      if (name !== 'backup-01') assert.ok(texts.includes(`${name} (${address})`), name)
  })

  const during = (name: IncidentName, seconds: number) => {
    const incident: Incident = { name, fromMs: NOON, toMs: NOON + seconds * 1000, what: '' }
    return run(demoOf({ flowsPerSecond: 100, incidents: [incident] }), seconds, collect())
  }

  it('port scan: one host, many ports, SYNs only', () => {
    const probes = during('port scan', 60).filter((row) => row['src.ip'] === scanner && row['tcp.flags'] === 2)
    assert.ok(new Set(probes.map((row) => row['dst.port'])).size > 80)
    assert.ok(new Set(probes.map((row) => row['dst.ip'])).size > 60)
  })

  it('DNS amplification: many sources, large answers from port 53, by both edges', () => {
    const flood = during('dns amplification', 60).filter(
      (row) => row['dst.ip'] === '198.51.100.80' && row['src.port'] === 53,
    )
    assert.ok(new Set(flood.map((row) => row['src.ip'])).size > 300)
    assert.ok(flood.every((row) => Number(row['bytes']) / Number(row['packets']) > 1200))
    assert.deepEqual(
      ['10.64.0.2', '10.64.0.3'].filter((edge) => flood.some((row) => row['exporter'] === edge)),
      ['10.64.0.2', '10.64.0.3'],
    )
  })

  it('exfiltration: a file server to an AS that nobody else talks to', () => {
    const rows = during('exfiltration', 130).filter((row) => row['dst.as'] === 64_511)
    assert.ok(rows.length >= 2)
    assert.ok(rows.every((row) => row['src.ip'] === '10.20.4.31' && row['exporter'] === '10.20.0.1'))
  })

  it('failover: traffic to the Internet leaves by the other uplink', () => {
    const rows = during('failover', 60).filter(
      (row) =>
        row['exporter'] === '10.10.0.1' && row['src.ip'] !== undefined && String(row['dst.ip']).startsWith('198.18.'),
    )
    const uplinks = new Map<unknown, number>()
    for (const row of rows) uplinks.set(row['out.if'], (uplinks.get(row['out.if']) ?? 0) + 1)
    assert.ok(rows.length > 50)
    assert.deepEqual([...uplinks.keys()], [2])
  })

  it('backup tenfold: far more than the other backups', () => {
    const rows = during('backup tenfold', 120)
    const bytes = rows
      .filter((row) => row['src.ip'] === '10.64.12.10' && row['dst.port'] === 9103)
      .reduce((sum, row) => sum + Number(row['bytes']), 0)
    assert.ok(bytes > 100 * 60_000 * 120 * 0.4)
  })
})

function demoOf(options: { seed?: number; flowsPerSecond?: number; incidents?: readonly Incident[] }): Demo {
  return new Demo({
    seed: options.seed ?? 1,
    flowsPerSecond: options.flowsPerSecond ?? 100,
    startMs: NOON,
    averageToMs: NOON + 600_000,
    incidents: options.incidents ?? [],
  })
}

/** Rows of the first seconds, each datagram received when it is sent and from its router's address. */
function run(demo: Demo, seconds: number, collected: ReturnType<typeof collect>): Row[] {
  for (let i = 0; i < seconds; i++)
    for (const { router, timeMs, bytes } of demo.second())
      collected.pipeline.receive(bytes, v4Text(router.address), timeMs)
  return collected.flush()
}
