/**
 * VPC flow logs of a made-up VPC, the same for the same seed, with the exact sums of what is in them: for tests that each
 * line is kept exactly once. Lines come late and out of order, as AWS delivers them, and some tell of no traffic.
 */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { randoms } from '../random.ts'
import { hash } from './hash.ts'
import { ACCOUNT, REGION, type AwsResources } from './resources.ts'

export interface TrafficOptions {
  readonly seed: number
  /** Lines that are flows, about: of traffic inside of the VPC there are two. */
  readonly flows: number
  /** Start of the first aggregation interval; a whole minute. */
  readonly fromMs: number
  readonly durationMs: number
  readonly format?: keyof typeof FORMATS
  /** Network interfaces; 5 where not said. */
  readonly interfaces?: number
  /** A line comes so long after its interval at the latest; 20 minutes where not said. */
  readonly latestMs?: number
  readonly account?: string
  readonly region?: string
}

export interface TrafficEvent {
  /** Its log stream: `eni-…-all`. */
  readonly stream: string
  readonly message: string
  /** Start of its interval: CloudWatch Logs has it as the event's time. */
  readonly timestamp: number
  /** When it can be read. */
  readonly arrivesMs: number
}

export interface Sums {
  flows: number
  bytes: number
  packets: number
}

export interface Traffic {
  /** As DescribeFlowLogs says it: `${version} ${account-id} …`. */
  readonly format: string
  /** As the first line of a file has it: `version account-id …`. */
  readonly header: string
  readonly streams: readonly string[]
  /** In the order in which they arrive. */
  readonly events: readonly TrafficEvent[]
  readonly expected: {
    readonly total: Sums
    /** Of the lines seen at the interface that sent, or was sent to from outside: traffic inside of the VPC once. */
    readonly once: Sums
    /** By the packets' source, in the shortest form of the address. */
    readonly bySource: ReadonlyMap<string, Sums>
    readonly noData: number
    readonly skipData: number
  }
  /** For `LogHabits.lateness`. */
  readonly lateness: (event: { readonly logStreamName: string; readonly message: string }) => number
}

/** Fields in their order: version 2, which has this order only, and one of version 5 that someone chose. */
export const FORMATS = {
  default:
    'version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status',
  custom:
    'region az-id vpc-id subnet-id instance-id interface-id version account-id type pkt-srcaddr pkt-dstaddr srcaddr dstaddr srcport dstport protocol tcp-flags bytes packets start end action flow-direction traffic-path pkt-src-aws-service pkt-dst-aws-service log-status',
} as const

const INTERVAL_MS = 60_000

export function flowLogTraffic(options: TrafficOptions): Traffic {
  const { seed, format = 'default', latestMs = 20 * INTERVAL_MS, fromMs, durationMs } = options
  const random = randoms(seed)
  const vpc = vpcOf(options)
  const header = FORMATS[format]
  const fields = header.split(' ')
  const events: TrafficEvent[] = []
  const total = zero()
  const once = zero()
  const bySource = new Map<string, Sums>()
  const counts = { NODATA: 0, SKIPDATA: 0 }
  const intervals = Math.max(1, Math.floor(durationMs / INTERVAL_MS))

  const add = (seen: Interface, timestamp: number, line: Readonly<Record<string, string>>) => {
    const message = fields.map((field) => line[field] ?? seen.fields[field] ?? '-').join(' ')
    // Most lines come some minutes late, and a few very late.
    const most = random(10) === 0 ? latestMs : Math.min(latestMs, 5 * INTERVAL_MS)
    events.push({ stream: seen.stream, message, timestamp, arrivesMs: timestamp + INTERVAL_MS + random(most + 1) })
  }

  for (let n = 0; total.flows < options.flows; n++) {
    const startMs = fromMs + random(intervals) * INTERVAL_MS
    const flow = flowOf(n, random, vpc)
    for (const { seen, line } of flow.lines) {
      add(seen, startMs, { ...line, ...times(startMs), version: format === 'default' ? '2' : '5', 'log-status': 'OK' })
      sum(total, flow)
      const source = bySource.get(flow.source) ?? zero()
      sum(source, flow)
      bySource.set(flow.source, source)
    }
    sum(once, flow)
  }
  for (const seen of vpc.interfaces) {
    for (let i = 0; i < intervals; i += 1 + random(20)) {
      const startMs = fromMs + i * INTERVAL_MS
      const status = random(4) === 0 ? 'SKIPDATA' : 'NODATA'
      add(seen, startMs, { ...times(startMs), version: format === 'default' ? '2' : '5', 'log-status': status })
      counts[status]++
    }
  }
  // Two that arrive together may come in either order.
  events.sort((a, b) => a.arrivesMs - b.arrivesMs || (a.message < b.message ? -1 : 1))
  const arrival = new Map(
    events.map((event) => [`${event.stream} ${event.message}`, event.arrivesMs - event.timestamp]),
  )
  return {
    format: fields.map((field) => `\${${field}}`).join(' '),
    header,
    streams: vpc.interfaces.map(({ stream }) => stream),
    events,
    expected: { total, once, bySource, noData: counts.NODATA, skipData: counts.SKIPDATA },
    lateness: ({ logStreamName, message }) => arrival.get(`${logStreamName} ${message}`) ?? 0,
  }
}

/** Makes the group and its streams, and puts all of it there. */
export async function putTraffic(make: AwsResources, group: string, traffic: Traffic): Promise<void> {
  await make.logGroup(group, ...traffic.streams)
  for (const stream of traffic.streams) {
    await make.putEvents(
      group,
      stream,
      traffic.events.filter((event) => event.stream === stream),
    )
  }
}

export interface TrafficObject {
  readonly key: string
  /** gzip of a header line and the lines. */
  readonly body: Uint8Array
  /** When it is there: up to some minutes after the time in its name. */
  readonly arrivesMs: number
  readonly lines: number
}

export interface ObjectOptions {
  /** AWS's other kind of path, `hour=` in it. */
  readonly hive?: boolean
  /** Objects with the same time in their names. */
  readonly each?: number
  readonly account?: string
  readonly region?: string
}

const OBJECT_MS = 5 * INTERVAL_MS
const OBJECT_LATE_MS = 3 * INTERVAL_MS

/**
 * The same as AWS puts it into a bucket: some objects for each 5 minutes, in the order in which they arrive. That is not the
 * order of their keys, which end in a hash.
 */
export function trafficObjects(traffic: Traffic, options: ObjectOptions = {}): TrafficObject[] {
  const { hive = false, each = 2, account = ACCOUNT, region = REGION } = options
  const files = new Map<number, string[]>()
  for (const { arrivesMs, message } of traffic.events) {
    // The time and the number of the object in one.
    const file = Math.ceil(arrivesMs / OBJECT_MS) * OBJECT_MS + (hash(0, message) % each)
    const lines = files.get(file)
    if (lines) lines.push(message)
    else files.set(file, [message])
  }
  const objects = [...files].map(([file, lines]) => {
    const time = file - (file % OBJECT_MS)
    const [year, month, day, hour, minute] = new Date(time).toISOString().split(/[-T:]/)
    const text = [traffic.header, ...lines, ''].join('\n')
    const mark = hash(file, text)
    const stamp = `${year}${month}${day}T${hour}${minute}Z_${mark.toString(16).padStart(8, '0')}`
    const name = `${account}_vpcflowlogs_${region}_fl-0123456789abcdef0_${stamp}.log.gz`
    const path = hive
      ? `aws-account-id=${account}/aws-service=vpcflowlogs/aws-region=${region}/year=${year}/month=${month}/day=${day}/hour=${hour}`
      : `${account}/vpcflowlogs/${region}/${year}/${month}/${day}`
    const arrivesMs = time + (hash(1, text) % OBJECT_LATE_MS)
    return { key: `AWSLogs/${path}/${name}`, body: gzipSync(text), arrivesMs, lines: lines.length }
  })
  return objects.sort((a, b) => a.arrivesMs - b.arrivesMs)
}

interface Interface {
  readonly stream: string
  readonly address: string
  readonly address6: string
  /** What each of its lines says, flows or not. */
  readonly fields: Readonly<Record<string, string>>
}

interface Vpc {
  readonly interfaces: readonly Interface[]
  /** Addresses outside. */
  readonly outside: readonly string[]
  readonly outside6: readonly string[]
}

function vpcOf({ seed, interfaces = 5, account = ACCOUNT, region = REGION }: TrafficOptions): Vpc {
  const id = (kind: string, n: number) =>
    `${kind}-0${createHash('sha256').update(`${seed} ${kind} ${n}`).digest('hex').slice(0, 16)}`
  return {
    interfaces: Array.from({ length: interfaces }, (_, n) => {
      const zone = n % 3
      const fields = {
        'interface-id': id('eni', n),
        // The last one is of a NAT gateway: it has no instance.
        'instance-id': n === interfaces - 1 ? '-' : id('i', n),
        'subnet-id': id('subnet', zone),
        'vpc-id': id('vpc', 0),
        'az-id': `use1-az${zone + 1}`,
        'account-id': account,
        region,
      }
      return {
        stream: `${fields['interface-id']}-all`,
        address: `10.0.${zone}.${10 + n}`,
        address6: `2001:db8:0:${zone}::${(10 + n).toString(16)}`,
        fields,
      }
    }),
    outside: Array.from({ length: 20 }, (_, n) => `${n % 2 ? '198.51.100' : '203.0.113'}.${1 + n}`),
    outside6: Array.from({ length: 5 }, (_, n) => `2001:db8:ffff::${1 + n}`),
  }
}

interface Flow {
  /** Where its packets are from. */
  readonly source: string
  readonly bytes: number
  readonly packets: number
  readonly lines: readonly { readonly seen: Interface; readonly line: Readonly<Record<string, string>> }[]
}

/** One flow and its lines: of traffic that stays inside, one of each end; its ports are of no other flow of these addresses. */
function flowOf(n: number, random: (below: number) => number, { interfaces, outside, outside6 }: Vpc): Flow {
  const here = interfaces[random(interfaces.length)] as Interface
  const there = interfaces[random(interfaces.length)] as Interface
  const six = random(10) === 0
  const far = six ? outside6[random(outside6.length)] : outside[random(outside.length)]
  const inside = random(4) === 0 && there !== here
  const outbound = inside || random(2) === 0
  const mine = six ? here.address6 : here.address
  const other = inside ? (six ? there.address6 : there.address) : (far as string)
  const [source, destination] = outbound ? [mine, other] : [other, mine]
  const nat = here === interfaces.at(-1) && !inside && outbound && !six
  // The NAT gateway sends what an instance sent to it.
  const packetSource = nat ? (interfaces[random(interfaces.length - 1)] as Interface).address : source
  const tcp = random(10) > 2
  const packets = 1 + random(random(20) === 0 ? 100_000 : 50)
  const bytes = packets * (40 + random(1460))
  const rejected = random(8) === 0
  const common = {
    type: six ? 'IPv6' : 'IPv4',
    srcaddr: source,
    dstaddr: destination,
    'pkt-srcaddr': packetSource,
    'pkt-dstaddr': destination,
    srcport: String(1024 + (n % 60_000)),
    dstport: String([443, 80, 22, 53, 5432][random(5)]),
    protocol: tcp ? '6' : '17',
    'tcp-flags': tcp ? String([2, 3, 18, 19][random(4)]) : '0',
    packets: String(packets),
    bytes: String(bytes),
    action: rejected ? 'REJECT' : 'ACCEPT',
  }
  const lines = [{ seen: here, line: { ...common, ...way(outbound, inside) } }]
  if (inside) lines.push({ seen: there, line: { ...common, ...way(false, true) } })
  return { source: packetSource, bytes, packets, lines }
}

/** 1 is inside of the VPC, 8 through an internet gateway; only of what goes out. */
function way(outbound: boolean, inside: boolean): Record<string, string> {
  return outbound
    ? { 'flow-direction': 'egress', 'traffic-path': inside ? '1' : '8' }
    : { 'flow-direction': 'ingress', 'traffic-path': '-' }
}

function times(startMs: number): Record<string, string> {
  return { start: String(startMs / 1000), end: String((startMs + INTERVAL_MS) / 1000 - 1) }
}

function zero(): Sums {
  return { flows: 0, bytes: 0, packets: 0 }
}

function sum(sums: Sums, { bytes, packets }: Flow): void {
  sums.flows++
  sums.bytes += bytes
  sums.packets += packets
}
