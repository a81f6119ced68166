/** Elements by what they are good for, where it takes more than a copy; and those that hold for the reverse direction. */
import type { StoredFieldName } from '../../../shared/schema/fields.ts'
import { cisco, nprobe } from '../../../shared/schema/vendor-elements.ts'
import type { ElementKey } from '../../registry/elements.ts'

/** Elements for each purpose, best first. */
export const SPECIAL = {
  // The last packet: absolute times, then the moment of an event (NAT and firewall records have nothing else).
  end: ['157', '155', '153', '151', '325', '324', '323', '322'],
  start: ['156', '154', '152', '150'],
  endDelta: ['159'],
  startDelta: ['158'],
  endUptime: ['21'],
  startUptime: ['22'],
  systemInit: ['160'],
  durationMs: ['161'],
  durationMicros: ['162'],
  // Deltas, running totals, counters on the way out, the client's (layer 3; its v9 number), the initiator's (layer 4).
  bytes: ['1', '85', '23', '171', ...cisco(8338), '231', '23867.5'],
  packets: ['2', '86', '24', '172', '298', '23867.6', '430', '431'],
  bytesL2: ['352', '353', '417', '420'],
  rate: ['34', '50'],
  packetInterval: ['305'],
  packetSpace: ['306'],
  size: ['309'],
  population: ['310'],
  probability: ['311'],
  sampler: ['302', '48'],
  // YAF's: those of the first packet, and those of all others.
  initialFlags: ['6871.14'],
  laterFlags: ['6871.15'],
  icmpTypeAndCode: ['32', '139'],
  dscp: ['195'],
  applicationId: ['95'],
  // Of probes that number applications without an engine: nProbe (nDPI), YAF, Ixia.
  applicationNumber: ['35632.118', '57590', '6871.300', '6871.33', '3054.110'],
  // Cisco's: application (u32), which part of it (u16), text.
  applicationDetail: cisco(12235),
  labels: ['70', '71', '72', '73', '74', '75', '76', '77', '78', '79'],
  biflowDirection: ['239'],
  // What a wireless controller says of the client: with the direction, it is the source or the destination.
  stationMac: ['365'],
  stationIp: ['366'],
  // nProbe's, nearest first.
  asPath: Array.from({ length: 10 }, (_, i) => nprobe(300 + i)).flat(),
  segment: ['351'],
  greKey: ['296'],
  teid: ['507'],
  tunnelId: [...nprobe(106), ...nprobe(120)],
  // YAF's: how long after the first packet the first one back came, in milliseconds.
  reverseDelay: ['6871.21'],
  padding: ['210'],
  // What is read in structured.ts: lists, properties in common, octets of packets and what is told of these.
  structure: [
    '291',
    '292',
    '293',
    '137',
    '104',
    '313',
    '314',
    '315',
    '316',
    '317',
    '102',
    '103',
    '312',
    '408',
    '409',
    '410',
  ],
} as const satisfies Record<string, readonly ElementKey[]>
export type Purpose = keyof typeof SPECIAL
export const PURPOSES = Object.keys(SPECIAL) as Purpose[]

/** Counters whose other direction has an element of its own: RFC 5103 has one for every element, these are besides. */
export const REVERSE_COUNTERS: Readonly<Record<ElementKey, readonly ElementKey[]>> = {
  '1': ['3054.176'],
  '2': ['3054.177'],
  '231': ['232'],
  '298': ['299'],
  '9.8338': ['9.8337'],
  '41106': ['41105'],
  '23867.5': ['23867.3'],
  '23867.6': ['23867.4'],
}

/** What nProbe counts from the destination to the source under numbers that elsewhere are counters on the way out. */
export const NPROBE_COUNTERS: Readonly<Record<ElementKey, readonly ElementKey[]>> = { '1': ['23'], '2': ['24'] }

/** Counters of which the registry says that they are those of the side that opened the conversation. */
export const INITIATOR_COUNTERS: ReadonlySet<ElementKey> = new Set(['231', '298'])

/** Fields that change places when a flow is seen from its other end. */
const SIDES: readonly (readonly [StoredFieldName, StoredFieldName])[] = [
  ['src.ip', 'dst.ip'],
  ['src.port', 'dst.port'],
  ['src.mask', 'dst.mask'],
  ['src.mac', 'dst.mac'],
  ['src.as', 'dst.as'],
  ['src.nat.ip', 'dst.nat.ip'],
  ['src.nat.port', 'dst.nat.port'],
  ['outer.src.ip', 'outer.dst.ip'],
  ['in.if', 'out.if'],
  ['vlan', 'out.vlan'],
  ['in.vrf', 'out.vrf'],
  ['prev.as', 'next.as'],
]
export const OTHER_SIDE: ReadonlyMap<StoredFieldName, StoredFieldName> = new Map(
  SIDES.flatMap(([a, b]) => [
    [a, b],
    [b, a],
  ]),
)

/** What holds for one direction only: nothing is known of the other unless there is an element for it. */
export const ONE_WAY_FIELDS: ReadonlySet<StoredFieldName> = new Set([
  'tcp.flags',
  'icmp.type',
  'icmp.code',
  'tos',
  'ttl',
  'forwarding.status',
  'direction',
  'next.hop',
  'bgp.next.hop',
])
export const ONE_WAY_PURPOSES: ReadonlySet<Purpose> = new Set([
  'initialFlags',
  'laterFlags',
  'icmpTypeAndCode',
  'dscp',
  'labels',
  'asPath',
  'stationMac',
  'stationIp',
])

const REVERSE = '29305.'
const CERT = '6871.'
const CERT_REVERSE_BIT = 0x4000
/** nProbe's flags of the client and of the server. */
const OTHERS: Readonly<Record<ElementKey, ElementKey>> = { '35632.78': '35632.79', '57550': '57551' }

/** The element that says for the other direction what `key` says (RFC 5103 §6.1; of YAF's own, bit 14 set). */
export function reverseOf(key: ElementKey): ElementKey | undefined {
  if (OTHERS[key]) return OTHERS[key]
  if (!key.includes('.')) return `${REVERSE}${key}`
  return key.startsWith(CERT) ? `${CERT}${Number(key.slice(CERT.length)) + CERT_REVERSE_BIT}` : undefined
}

export function isReverse(key: ElementKey): boolean {
  return key.startsWith(REVERSE)
}
