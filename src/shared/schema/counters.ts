/**
 * The one list of what devices count of themselves and send as it stands, beside their flows: by structure, in the
 * order on the wire. From it derive the decoder's offsets, the columns of the store, the calls and the reference.
 */
import type { Unit } from './units.ts'

/** How a value stands on the wire. All ones is "unknown", whatever the width; so are a negative float and percentage. */
export type CounterWire = 'u32' | 'u64' | 'f32' | 'percent'

/** A `counter` only grows until it wraps or its device restarts; a `gauge` goes up and down; a `state` is a code. */
export type CounterKind = 'counter' | 'gauge' | 'state'

export interface CounterEntry {
  readonly name: string
  readonly wire: CounterWire
  readonly kind: CounterKind
  readonly unit: Unit | '%' | ''
  readonly description: string
}

interface Structure {
  /** sFlow's data format: enterprise 20 bits, number 12 bits. */
  readonly format: number
  readonly label: string
  /** A number is so many octets that are passed over. */
  readonly content: readonly (CounterEntry | number)[]
}

const count = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u32', kind: 'counter', unit: '', description }) as const
const packets = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u32', kind: 'counter', unit: 'packets', description }) as const
const octets = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u64', kind: 'counter', unit: 'B', description }) as const
const milliseconds = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u32', kind: 'counter', unit: 'ms', description }) as const
const size = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u64', kind: 'gauge', unit: 'B', description }) as const
const gauge = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u32', kind: 'gauge', unit: '', description }) as const
const load = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'f32', kind: 'gauge', unit: '', description }) as const
const percent = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'percent', kind: 'gauge', unit: '%', description }) as const
const state = <N extends string>(name: N, description: string) =>
  ({ name, wire: 'u32', kind: 'state', unit: '', description }) as const

/**
 * sFlow version 5 (sflow.org): standard counters (sflow_version_5.txt), 802.11 (sflow_80211.txt), aggregated links
 * (sflow_lag.txt), hosts (sflow_host.txt).
 */
export const COUNTER_STRUCTURES = [
  {
    format: 1,
    label: 'Interface',
    content: [
      state('if.index', 'Number of the interface (ifIndex).'),
      state('if.type', 'Kind of interface by IANA (ifType): 6 is Ethernet.'),
      { name: 'if.speed', wire: 'u64', kind: 'gauge', unit: 'bit/s', description: 'What it can carry (ifSpeed).' },
      state('if.duplex', '0 unknown, 1 full duplex, 2 half duplex, 3 in only, 4 out only.'),
      state('if.status', 'Bit 0: meant to be up (ifAdminStatus). Bit 1: is up (ifOperStatus).'),
      octets('in.bytes', 'Octets in, of whole frames (ifInOctets).'),
      packets('in.unicast', 'Unicast packets in.'),
      packets('in.multicast', 'Multicast packets in.'),
      packets('in.broadcast', 'Broadcast packets in.'),
      packets('in.discards', 'Packets in that were thrown away without an error, mostly for want of buffers.'),
      packets('in.errors', 'Packets in that had an error.'),
      packets('in.unknown', 'Packets in of a protocol that the device does not know.'),
      octets('out.bytes', 'Octets out, of whole frames (ifOutOctets).'),
      packets('out.unicast', 'Unicast packets out.'),
      packets('out.multicast', 'Multicast packets out.'),
      packets('out.broadcast', 'Broadcast packets out.'),
      packets('out.discards', 'Packets out that were thrown away without an error.'),
      packets('out.errors', 'Packets that could not be sent because of an error.'),
      state('if.promiscuous', '1: takes all frames in, 2: those meant for it.'),
    ],
  },
  {
    format: 2,
    label: 'Ethernet (RFC 3635)',
    content: [
      packets('eth.errors.alignment', 'Frames that are no whole number of octets.'),
      packets('eth.errors.fcs', 'Frames whose check sequence is wrong.'),
      packets('eth.collisions.single', 'Frames sent after one collision.'),
      packets('eth.collisions.multiple', 'Frames sent after several collisions.'),
      count('eth.errors.sqe', 'Signal quality test errors.'),
      packets('eth.deferred', 'Frames that had to wait for the medium.'),
      count('eth.collisions.late', 'Collisions later than one slot time into the frame.'),
      packets('eth.collisions.excessive', 'Frames given up after too many collisions.'),
      packets('eth.errors.transmit', 'Frames not sent because of an error inside the device.'),
      count('eth.errors.carrier', 'Times that the carrier was lost or missing while sending.'),
      packets('eth.errors.long', 'Frames longer than allowed.'),
      packets('eth.errors.receive', 'Frames not received because of an error inside the device.'),
      count('eth.errors.symbol', 'Times that the medium carried no valid symbol.'),
    ],
  },
  {
    format: 5,
    label: 'VLAN',
    content: [
      state('vlan.id', 'Number of the VLAN.'),
      octets('vlan.bytes', 'Octets of the VLAN.'),
      packets('vlan.unicast', 'Unicast packets of the VLAN.'),
      packets('vlan.multicast', 'Multicast packets of the VLAN.'),
      packets('vlan.broadcast', 'Broadcast packets of the VLAN.'),
      packets('vlan.discards', 'Packets of the VLAN that were thrown away.'),
    ],
  },
  {
    format: 6,
    label: 'Wireless (IEEE 802.11)',
    content: [
      packets('wifi.out.fragments', 'Fragments sent and acknowledged.'),
      packets('wifi.out.multicast', 'Multicast frames sent.'),
      packets('wifi.failed', 'Frames given up after too many retries.'),
      packets('wifi.retried', 'Frames sent after one or more retries.'),
      packets('wifi.retried.multiple', 'Frames sent after more than one retry.'),
      packets('wifi.duplicates', 'Frames received twice.'),
      count('wifi.rts.success', 'Requests to send that were answered.'),
      count('wifi.rts.failure', 'Requests to send that were not answered.'),
      count('wifi.ack.failure', 'Acknowledgements that did not come.'),
      packets('wifi.in.fragments', 'Fragments received.'),
      packets('wifi.in.multicast', 'Multicast frames received.'),
      packets('wifi.errors.fcs', 'Frames whose check sequence is wrong.'),
      packets('wifi.out.frames', 'Frames sent.'),
      packets('wifi.undecryptable', 'Frames that could not be decrypted.'),
      packets('wifi.qos.discards', 'Fragments thrown away by quality of service.'),
      gauge('wifi.stations', 'Stations that are associated.'),
      count('wifi.polls.received', 'Polls received.'),
      count('wifi.polls.unused', 'Polls received and not used.'),
      count('wifi.polls.unusable', 'Polls received that could not be used.'),
      count('wifi.polls.lost', 'Polls lost.'),
    ],
  },
  {
    format: 7,
    label: 'Aggregated link (IEEE 802.1AX)',
    content: [
      16,
      state('lag.id', 'Interface of the aggregate that the port belongs to.'),
      state(
        'lag.state',
        'States of the port: actor administrative, actor, partner administrative, partner; an octet each.',
      ),
      count('lag.in.pdus', 'LACP messages in.'),
      count('lag.in.markers', 'Marker messages in.'),
      count('lag.in.responses', 'Marker responses in.'),
      count('lag.in.unknown', 'Slow protocol frames of unknown kind in.'),
      count('lag.in.illegal', 'Illegal slow protocol frames in.'),
      count('lag.out.pdus', 'LACP messages out.'),
      count('lag.out.markers', 'Marker messages out.'),
      count('lag.out.responses', 'Marker responses out.'),
    ],
  },
  {
    format: 1001,
    label: 'Processor',
    content: [
      percent('cpu.5s', 'Use of the processors, average of 5 seconds.'),
      percent('cpu.1m', 'The same of a minute.'),
      percent('cpu.5m', 'The same of 5 minutes.'),
      size('memory.total', 'Memory in all.'),
      size('memory.free', 'Memory that is free.'),
    ],
  },
  {
    format: 2003,
    label: 'Host: processors',
    content: [
      load('host.load.1m', 'Processes that run or wait to, average of a minute.'),
      load('host.load.5m', 'The same of 5 minutes.'),
      load('host.load.15m', 'The same of 15 minutes.'),
      gauge('host.processes.running', 'Processes that run.'),
      gauge('host.processes', 'Processes in all.'),
      gauge('host.cpus', 'Processors.'),
      gauge('host.cpu.mhz', 'Their clock in MHz.'),
      { name: 'host.uptime', wire: 'u32', kind: 'gauge', unit: 's', description: 'Time since the host started.' },
      milliseconds('host.cpu.user', 'Processor time of programs.'),
      milliseconds('host.cpu.nice', 'Processor time of programs of low priority.'),
      milliseconds('host.cpu.system', 'Processor time of the system.'),
      milliseconds('host.cpu.idle', 'Processor time without work.'),
      milliseconds('host.cpu.wait', 'Processor time that waited for disks.'),
      milliseconds('host.cpu.interrupt', 'Processor time of interrupts.'),
      milliseconds('host.cpu.softirq', 'Processor time of soft interrupts.'),
      count('host.interrupts', 'Interrupts.'),
      count('host.switches', 'Changes from one process to another.'),
    ],
  },
  {
    format: 2004,
    label: 'Host: memory',
    content: [
      size('host.memory', 'Memory in all.'),
      size('host.memory.free', 'Memory that is free.'),
      size('host.memory.shared', 'Memory that is shared.'),
      size('host.memory.buffers', 'Memory of buffers.'),
      size('host.memory.cached', 'Memory of cached files.'),
      size('host.swap', 'Swap space in all.'),
      size('host.swap.free', 'Swap space that is free.'),
      count('host.pages.in', 'Pages read from disk.'),
      count('host.pages.out', 'Pages written to disk.'),
      count('host.swap.in', 'Pages read from swap space.'),
      count('host.swap.out', 'Pages written to swap space.'),
    ],
  },
  {
    format: 2005,
    label: 'Host: disks',
    content: [
      size('disk.total', 'Disk space in all.'),
      size('disk.free', 'Disk space that is free.'),
      percent('disk.fullest', 'Use of the fullest partition.'),
      count('disk.reads', 'Reads.'),
      octets('disk.read.bytes', 'Octets read.'),
      milliseconds('disk.read.time', 'Time that reads took.'),
      count('disk.writes', 'Writes.'),
      octets('disk.written.bytes', 'Octets written.'),
      milliseconds('disk.write.time', 'Time that writes took.'),
    ],
  },
  {
    format: 2006,
    label: 'Host: network',
    content: [
      octets('host.in.bytes', 'Octets in, of all its interfaces.'),
      packets('host.in.packets', 'Packets in.'),
      packets('host.in.errors', 'Packets in that had an error.'),
      packets('host.in.drops', 'Packets in that were thrown away.'),
      octets('host.out.bytes', 'Octets out, of all its interfaces.'),
      packets('host.out.packets', 'Packets out.'),
      packets('host.out.errors', 'Packets that could not be sent because of an error.'),
      packets('host.out.drops', 'Packets out that were thrown away.'),
    ],
  },
] as const satisfies readonly Structure[]

type Listed = Exclude<(typeof COUNTER_STRUCTURES)[number]['content'][number], number>
export type CounterName = Listed['name']

/** All of them, in the order of the list. */
export const COUNTERS: readonly (CounterEntry & { readonly name: CounterName })[] = COUNTER_STRUCTURES.flatMap(
  ({ content }) => content.filter((entry): entry is Listed => typeof entry !== 'number'),
)
export const COUNTER_NAMES = COUNTERS.map(({ name }) => name) as [CounterName, ...CounterName[]]

const BY_NAME = new Map(COUNTERS.map((entry) => [entry.name, entry]))

/** The entry of that name. */
export function counter(name: CounterName): CounterEntry {
  return BY_NAME.get(name) as CounterEntry
}

/** What counts, by sFlow's source type: an interface by its number, a VLAN by its, a device or host, a part of one. */
export const COUNTER_SOURCES = ['interface', 'vlan', 'entity', 'logical'] as const
export type CounterSource = (typeof COUNTER_SOURCES)[number]

/** Octets of a value on the wire. */
export function octetsOf(entry: CounterEntry | number): number {
  return typeof entry === 'number' ? entry : entry.wire === 'u64' ? 8 : 4
}

/** Whether a value may have a fraction. */
export function isFraction({ wire }: CounterEntry): boolean {
  return wire === 'f32' || wire === 'percent'
}
