/**
 * What goes wrong at the company, and when. Each incident is a named span of time in which conversations are added, grow,
 * or take another way.
 */
import { v4Text, type Host } from './company.ts'
import { flags, type Conversation } from './conversation.ts'
import { ROUTERS, type Router } from './network.ts'
import type { Random } from './random.ts'
import type { World } from './world.ts'

export type IncidentName = 'port scan' | 'dns amplification' | 'exfiltration' | 'backup tenfold' | 'failover'

export interface Incident {
  readonly name: IncidentName
  readonly fromMs: number
  readonly toMs: number
  /** One line for a person. */
  readonly what: string
}

interface Plan {
  readonly name: IncidentName
  readonly what: string
  /** In a history: minutes after midnight UTC, how long, and every how many days, counted back from the last. */
  readonly at: number
  readonly minutes: number
  readonly everyDays: number
  /** Live: minutes after the start and how long; all of it again every two hours. */
  readonly liveAt: number
  readonly liveMinutes: number
}

const MINUTE = 60_000
const DAY = 86_400_000
const LIVE_ROUND = 120 * MINUTE
const SCANNER = 'build-07'
const VICTIM = 'shop-vip'
const LEAK = 'osk-file1'
const GREW = 'db-main'
const LOST_UPLINK = ROUTERS[0] as Router

const PLANS: readonly Plan[] = [
  {
    name: 'port scan',
    what: `${SCANNER} (10.64.20.26) scans inside dc1: 1,024 ports of many hosts, seen by core-sw1`,
    at: 710,
    minutes: 8,
    everyDays: 1,
    liveAt: 2,
    liveMinutes: 3,
  },
  {
    name: 'dns amplification',
    what: `answers of open resolvers flood ${VICTIM} (198.51.100.80) from UDP port 53, by both edge routers`,
    at: 618,
    minutes: 13,
    everyDays: 1,
    liveAt: 6,
    liveMinutes: 3,
  },
  {
    name: 'failover',
    what: 'hq-rtr1 loses uplink 1; the traffic moves to uplink 2 (interface 2)',
    at: 965,
    minutes: 35,
    everyDays: 1,
    liveAt: 11,
    liveMinutes: 5,
  },
  {
    name: 'exfiltration',
    what: `${LEAK} (10.20.4.31) slowly sends its files to 203.0.113.66 in AS64511, never seen before`,
    at: 822,
    minutes: 190,
    everyDays: 2,
    liveAt: 18,
    liveMinutes: 40,
  },
  {
    name: 'backup tenfold',
    what: `the backup of ${GREW} (10.64.12.10) to backup-01 is ten times as big as on other nights`,
    at: 75,
    minutes: 160,
    everyDays: 5,
    liveAt: 70,
    liveMinutes: 30,
  },
]

/** Incidents of a history, in order of time: those that lie wholly within it. */
export function incidents(fromMs: number, toMs: number): Incident[] {
  return PLANS.flatMap((plan) => {
    const found: Incident[] = []
    // From the last one that is over back, so that even a short history has each once.
    for (
      let at = Math.floor(toMs / DAY) * DAY + plan.at * MINUTE;
      at >= fromMs;
      at -= found.length > 0 ? plan.everyDays * DAY : DAY
    ) {
      const end = at + plan.minutes * MINUTE
      if (end <= toMs) found.push({ name: plan.name, fromMs: at, toMs: end, what: plan.what })
    }
    return found
  }).sort((a, b) => a.fromMs - b.fromMs)
}

/** Incidents of live traffic that starts at `startMs`; the first comes after two minutes, the round is two hours. */
export function liveIncidents(startMs: number, rounds: number): Incident[] {
  return Array.from({ length: rounds }, (_, round) =>
    PLANS.map((plan) => {
      const fromMs = startMs + round * LIVE_ROUND + plan.liveAt * MINUTE
      return { name: plan.name, fromMs, toMs: fromMs + plan.liveMinutes * MINUTE, what: plan.what }
    }),
  ).flat()
}

/** The router that has lost its first uplink at a moment, or null. */
export function failedOver(all: readonly Incident[], timeMs: number): Router | null {
  return all.some((each) => each.name === 'failover' && timeMs >= each.fromMs && timeMs < each.toMs)
    ? LOST_UPLINK
    : null
}

/** Conversations that an incident starts in the second from `timeMs` on, scaled to traffic of so many flows a second. */
export function conversationsOf(
  incident: Incident,
  timeMs: number,
  flowsPerSecond: number,
  world: World,
  random: Random,
): Conversation[] {
  switch (incident.name) {
    case 'port scan':
      return scan(timeMs, flowsPerSecond, world, random)
    case 'dns amplification':
      return amplification(timeMs, flowsPerSecond, world, random)
    case 'exfiltration':
      return exfiltration(incident, timeMs, flowsPerSecond, world)
    case 'backup tenfold':
      return grownBackup(incident, timeMs, flowsPerSecond, world)
    case 'failover':
      return []
  }
}

/** A run over the ports of a host: thousands of SYNs, most of them refused. core-sw1 sees one packet in a thousand. */
function scan(timeMs: number, flowsPerSecond: number, world: World, random: Random): Conversation[] {
  const client = world.company.host(SCANNER)
  const targets = (world.company.sites.get('dc1')?.hosts ?? []).filter(
    (host) => host.role !== 'shop' && host !== client,
  )
  // 25 packets a second for each flow a second: of a thousand packets one is looked at.
  const probes = flowsPerSecond * 25
  return Array.from({ length: random.poisson(probes / 500) }, () => {
    const ends = {
      client,
      server: random.pick(targets),
      v6: false,
      protocol: 6,
      clientPort: random.between(32_768, 60_999),
      serverPort: random.between(1, 1024),
      tos: 0,
    }
    return {
      ...ends,
      startMs: timeMs + random.below(1000),
      endMs: timeMs + 1000,
      upBytes: 500 * 44,
      upPackets: 500,
      upFlags: flags(2, 2, 2),
      downBytes: 480 * 40,
      downPackets: 480,
      downFlags: flags(20, 20, 20),
    }
  })
}

/** Each reflector sends for a while and falls silent; none of it was asked for. */
function amplification(timeMs: number, flowsPerSecond: number, world: World, random: Random): Conversation[] {
  const server = world.company.host(VICTIM)
  const reflectors = world.internet.reflectors.slice(
    0,
    Math.max(40, Math.min(world.internet.reflectors.length, flowsPerSecond * 10)),
  )
  const packetsPerSecond = flowsPerSecond * 120
  return Array.from({ length: random.poisson(reflectors.length / 30) }, () => {
    const client = random.pick(reflectors)
    const packets = Math.max(1, Math.round((packetsPerSecond / reflectors.length) * 30 * (0.5 + random.next())))
    const startMs = timeMs + random.below(1000)
    return {
      client,
      server,
      v6: false,
      protocol: 17,
      clientPort: 53,
      serverPort: random.chance(0.9) ? 53 : random.between(1024, 65_535),
      tos: 0,
      startMs,
      endMs: startMs + random.between(15_000, 45_000),
      upBytes: packets * random.between(1280, 1500),
      upPackets: packets,
      upFlags: 0,
      downBytes: 0,
      downPackets: 0,
      downFlags: 0,
    }
  })
}

/** One connection after the other, each of ten minutes, hardly any answer. */
function exfiltration(incident: Incident, timeMs: number, flowsPerSecond: number, world: World): Conversation[] {
  return everySoOften(incident, timeMs, 600_000, (endMs, number) => {
    const stranger = world.internet.pool('stranger')[0] as Host
    return transfer(
      world.company.host(LEAK),
      stranger,
      443,
      49_152 + number,
      timeMs,
      endMs,
      flowsPerSecond * 6000,
      1448,
    )
  })
}

function grownBackup(incident: Incident, timeMs: number, flowsPerSecond: number, world: World): Conversation[] {
  return everySoOften(incident, timeMs, 1_200_000, (endMs, number) =>
    transfer(
      world.company.host(GREW),
      world.company.host('backup-01'),
      9103,
      50_200 + number,
      timeMs,
      endMs,
      flowsPerSecond * 60_000,
      8948,
    ),
  )
}

/** A conversation at the beginning of the incident and whenever the one before is over. */
function everySoOften(
  incident: Incident,
  timeMs: number,
  lengthMs: number,
  make: (endMs: number, number: number) => Conversation,
): Conversation[] {
  const elapsed = Math.floor((timeMs - incident.fromMs) / 1000) * 1000
  if (elapsed % lengthMs !== 0) return []
  return [make(Math.min(timeMs + lengthMs - 500, incident.toMs), elapsed / lengthMs)]
}

function transfer(
  client: Host,
  server: Host,
  port: number,
  clientPort: number,
  startMs: number,
  endMs: number,
  bytesPerSecond: number,
  segment: number,
): Conversation {
  const payload = Math.round((bytesPerSecond * (endMs - startMs)) / 1000)
  const packets = Math.ceil(payload / segment) + 3
  const answers = Math.ceil(packets / 2)
  return {
    client,
    server,
    v6: false,
    protocol: 6,
    clientPort,
    serverPort: port,
    tos: 0,
    startMs,
    endMs,
    upBytes: payload + packets * 52,
    upPackets: packets,
    upFlags: flags(2, 24, 17),
    downBytes: answers * 52 + 900,
    downPackets: answers,
    downFlags: flags(18, 16, 17),
  }
}

/** One line for a person, with its times in UTC. */
export function describeIncident(incident: Incident): string {
  const text = (ms: number) => new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  return `${text(incident.fromMs)} – ${text(incident.toMs).slice(11)} UTC  ${incident.name}: ${incident.what}`
}

/** The hosts that incidents name, with their addresses. */
export function namedHosts(world: World): ReadonlyMap<string, string> {
  return new Map([SCANNER, VICTIM, LEAK, GREW, 'backup-01'].map((name) => [name, v4Text(world.company.host(name).v4)]))
}
