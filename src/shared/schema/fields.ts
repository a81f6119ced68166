/**
 * The only list of flow fields. Everything else derives from it: the batch's columns, the stores' tables,
 * what the decoders extract, what a filter or a question may name, API types, pickers and the reference page.
 * A field that IPFIX carries is one entry here.
 */
import { CLOUD_FIELDS } from './cloud-fields.ts'
import {
  ACTIONS,
  DIRECTIONS,
  END_REASONS,
  FIREWALL_EVENTS,
  INITIATOR_REASONS,
  NAT_EVENTS,
  SAMPLING_SOURCES,
  SIDES,
  SOURCE_TYPES,
  TCP_FLAGS,
  TUNNELS,
} from './codes.ts'
import { KINDS, type Kind, type Part, type SiteKind } from './kinds.ts'
import type { Unit } from './units.ts'
import { cisco, nprobe } from './vendor-elements.ts'

/** What a field is for in a question. */
export type Role = 'time' | 'dimension' | 'measure'

/** How a field that is not stored follows from stored ones; each store compiles these few forms. */
export type Derived =
  /** Another name for a stored field. */
  | { readonly op: 'same'; readonly of: string }
  /** `(of >> shift) & mask`. */
  | { readonly op: 'bits'; readonly of: string; readonly shift: number; readonly mask: number }
  /** `of - minus`. */
  | { readonly op: 'difference'; readonly of: string; readonly minus: string }
  /** The source's or the destination's value, by who opened the conversation; null where that is not known. */
  | { readonly op: 'side'; readonly side: 'client' | 'server'; readonly src: string; readonly dst: string }

interface Entry {
  readonly name: string
  readonly kind: Kind
  readonly label: string
  readonly role: Role
  readonly unit?: Unit
  /** Words of a `code` field; the index is what is stored. */
  readonly codes?: readonly string[]
  /** Names of the bits of a number, from the lowest. */
  readonly flags?: readonly string[]
  /** Whose names a filter takes instead of values. */
  readonly namesOf?: 'exporter' | 'interface'
  /** NetFlow v9 / IPFIX elements copied into this field as they are, `id` or `enterprise.id`, best first. */
  readonly elements?: readonly string[]
  /** Names that a user may type instead: ECS, IPFIX, VPC and nfdump names. */
  readonly aliases?: readonly string[]
  /** Not stored, but worked out from stored fields. */
  readonly derived?: Derived
  /** Means either of two fields; for filters only. */
  readonly either?: readonly [string, string]
  /** Configured by the site. */
  readonly site?: true
  readonly description: string
}

const entries = [
  // When
  {
    name: 'time',
    kind: 'time',
    label: 'Time',
    role: 'time',
    derived: { op: 'same', of: 'end' },
    aliases: ['@timestamp'],
    description: 'When the flow ended; in an answer with an interval, the start of the bucket.',
  },
  {
    name: 'start',
    kind: 'time',
    label: 'Start',
    role: 'time',
    aliases: ['event.start', 'flowStartMilliseconds', 'ts', 'first'],
    description: 'When the first packet of the flow was seen.',
  },
  {
    name: 'end',
    kind: 'time',
    label: 'End',
    role: 'time',
    aliases: ['event.end', 'flowEndMilliseconds', 'te', 'last'],
    description: 'When the last packet of the flow was seen; the flow is counted here.',
  },
  {
    name: 'received',
    kind: 'time',
    label: 'Received',
    role: 'time',
    aliases: ['event.created', 'tr'],
    description: 'When Weir received the record.',
  },
  {
    name: 'duration',
    kind: 'u64',
    label: 'Duration',
    role: 'measure',
    unit: 'ms',
    derived: { op: 'difference', of: 'end', minus: 'start' },
    aliases: ['event.duration', 'td'],
    description: 'From the first packet to the last.',
  },
  // Who saw it
  {
    name: 'exporter',
    kind: 'ip',
    label: 'Exporter',
    role: 'dimension',
    namesOf: 'exporter',
    aliases: ['observer.ip', 'exporterIPv4Address', 'ra', 'router', 'observer.name', 'observer.hostname'],
    description:
      'The device that reported the flow: the address its datagrams come from; for sFlow the agent address they name.',
  },
  {
    name: 'domain',
    kind: 'u32',
    label: 'Observation domain',
    role: 'dimension',
    aliases: ['observationDomainId', 'eng'],
    description:
      'Observation domain (IPFIX), source id (NetFlow v9), engine (v5) or sub-agent (sFlow) within the exporter.',
  },
  {
    name: 'source.type',
    kind: 'code',
    label: 'Source type',
    role: 'dimension',
    codes: SOURCE_TYPES,
    description: 'The protocol that brought the record.',
  },
  // Ends
  {
    name: 'src.ip',
    kind: 'ip',
    label: 'Source address',
    role: 'dimension',
    elements: ['8', '27', ...cisco(12236), ...cisco(12238), '23867.1'],
    aliases: [
      'source.ip',
      'sourceIPv4Address',
      'sourceIPv6Address',
      'srcaddr',
      'sa',
      'srcip',
      'pkt-srcaddr',
      'source.address',
      'IPV4_SRC_ADDR',
      'IPV6_SRC_ADDR',
    ],
    description: 'Address the packets came from.',
  },
  {
    name: 'dst.ip',
    kind: 'ip',
    label: 'Destination address',
    role: 'dimension',
    elements: ['12', '28', ...cisco(12237), ...cisco(12239), '23867.2'],
    aliases: [
      'destination.ip',
      'destinationIPv4Address',
      'destinationIPv6Address',
      'dstaddr',
      'da',
      'dstip',
      'pkt-dstaddr',
      'destination.address',
      'IPV4_DST_ADDR',
      'IPV6_DST_ADDR',
    ],
    description: 'Address the packets went to.',
  },
  {
    name: 'src.port',
    kind: 'u16',
    label: 'Source port',
    role: 'dimension',
    elements: ['7', '180', '182', ...cisco(12240)],
    aliases: ['source.port', 'sourceTransportPort', 'srcport', 'sp', 'udpSourcePort', 'tcpSourcePort', 'L4_SRC_PORT'],
    description: 'TCP, UDP or SCTP source port.',
  },
  {
    name: 'dst.port',
    kind: 'u16',
    label: 'Destination port',
    role: 'dimension',
    elements: ['11', '181', '183', ...cisco(12241)],
    aliases: [
      'destination.port',
      'destinationTransportPort',
      'dstport',
      'dp',
      'udpDestinationPort',
      'tcpDestinationPort',
      'L4_DST_PORT',
    ],
    description: 'TCP, UDP or SCTP destination port. Null for ICMP, whose type and code have fields of their own.',
  },
  {
    name: 'proto',
    kind: 'u8',
    label: 'Protocol',
    role: 'dimension',
    elements: ['4'],
    aliases: ['network.iana_number', 'protocolIdentifier', 'protocol', 'pr', 'network.transport'],
    description: 'IP protocol number; a filter also takes its name (tcp, udp, icmp …).',
  },
  {
    name: 'ip.version',
    kind: 'u8',
    label: 'IP version',
    role: 'dimension',
    elements: ['60'],
    aliases: ['ipVersion'],
    description: '4 or 6.',
  },
  {
    name: 'src.mask',
    kind: 'u8',
    label: 'Source prefix length',
    role: 'dimension',
    elements: ['9', '29'],
    aliases: ['sourceIPv4PrefixLength', 'sourceIPv6PrefixLength', 'smk'],
    description: 'Length of the routing prefix of the source, as the exporter knows it.',
  },
  {
    name: 'dst.mask',
    kind: 'u8',
    label: 'Destination prefix length',
    role: 'dimension',
    elements: ['13', '30'],
    aliases: ['destinationIPv4PrefixLength', 'destinationIPv6PrefixLength', 'dmk'],
    description: 'Length of the routing prefix of the destination, as the exporter knows it.',
  },
  {
    name: 'src.mac',
    kind: 'mac',
    label: 'Source MAC',
    role: 'dimension',
    elements: ['56', '81'],
    aliases: ['source.mac', 'sourceMacAddress', 'postSourceMacAddress', 'ismc'],
    description: 'Ethernet source address.',
  },
  {
    name: 'dst.mac',
    kind: 'mac',
    label: 'Destination MAC',
    role: 'dimension',
    elements: ['80', '57'],
    aliases: ['destination.mac', 'destinationMacAddress', 'postDestinationMacAddress', 'odmc'],
    description: 'Ethernet destination address.',
  },
  {
    name: 'src.as',
    kind: 'u32',
    label: 'Source AS',
    role: 'dimension',
    elements: ['16'],
    aliases: ['source.as.number', 'bgpSourceAsNumber', 'sas', 'SRC_AS'],
    description: 'Autonomous system of the source, as the exporter reports it.',
  },
  {
    name: 'dst.as',
    kind: 'u32',
    label: 'Destination AS',
    role: 'dimension',
    elements: ['17'],
    aliases: ['destination.as.number', 'bgpDestinationAsNumber', 'das', 'DST_AS'],
    description: 'Autonomous system of the destination, as the exporter reports it.',
  },
  {
    name: 'src.nat.ip',
    kind: 'ip',
    label: 'Source address after NAT',
    role: 'dimension',
    elements: ['225', '281', '40001', '10704.8', '12326.8'],
    aliases: ['source.nat.ip', 'postNATSourceIPv4Address', 'xsa', 'postNATSourceIPv6Address', 'nsa'],
    description: 'What the source address was translated to.',
  },
  {
    name: 'dst.nat.ip',
    kind: 'ip',
    label: 'Destination address after NAT',
    role: 'dimension',
    elements: ['226', '282', '40002', '10704.10', '12326.10'],
    aliases: ['destination.nat.ip', 'postNATDestinationIPv4Address', 'xda', 'postNATDestinationIPv6Address', 'nda'],
    description: 'What the destination address was translated to.',
  },
  {
    name: 'src.nat.port',
    kind: 'u16',
    label: 'Source port after NAT',
    role: 'dimension',
    elements: ['227', '40003', '10704.9', '12326.9'],
    aliases: ['source.nat.port', 'postNAPTSourceTransportPort', 'xsp', 'nsp'],
    description: 'What the source port was translated to.',
  },
  {
    name: 'dst.nat.port',
    kind: 'u16',
    label: 'Destination port after NAT',
    role: 'dimension',
    elements: ['228', '40004', '10704.11', '12326.11'],
    aliases: ['destination.nat.port', 'postNAPTDestinationTransportPort', 'xdp', 'ndp'],
    description: 'What the destination port was translated to.',
  },
  // How much
  {
    name: 'bytes',
    kind: 'u64',
    label: 'Bytes',
    role: 'measure',
    unit: 'B',
    aliases: ['network.bytes', 'octetDeltaCount', 'byt', 'ibyt', 'source.bytes', 'octetTotalCount', 'IN_BYTES'],
    description: "Layer-3 octets (the IP packets' total length), multiplied by the sampling rate once.",
  },
  {
    name: 'packets',
    kind: 'u64',
    label: 'Packets',
    role: 'measure',
    unit: 'packets',
    aliases: ['network.packets', 'packetDeltaCount', 'pkt', 'ipkt', 'source.packets', 'packetTotalCount', 'IN_PKTS'],
    description: 'Packets, multiplied by the sampling rate once.',
  },
  {
    name: 'bytes.l2',
    kind: 'u64',
    label: 'Bytes, layer 2',
    role: 'measure',
    unit: 'B',
    aliases: ['layer2OctetDeltaCount', 'layer2OctetTotalCount'],
    description:
      'Frame octets where the exporter reports them, multiplied by the sampling rate once; comparable with interface counters.',
  },
  {
    name: 'sampling.rate',
    kind: 'u32',
    label: 'Sampling rate',
    role: 'dimension',
    aliases: ['samplingInterval', 'samplingPacketInterval'],
    description: 'One in so many packets was looked at; 1 is every packet.',
  },
  {
    name: 'sampling.source',
    kind: 'code',
    label: 'Sampling rate from',
    role: 'dimension',
    codes: SAMPLING_SOURCES,
    description:
      'Where the sampling rate was learnt; none: it was never announced, and the counts are taken as they are; format: the format says that every packet is counted.',
  },
  // What
  {
    name: 'tcp.flags',
    kind: 'u16',
    label: 'TCP flags',
    role: 'dimension',
    flags: TCP_FLAGS,
    elements: [...nprobe(78), '6'],
    aliases: ['tcpControlBits', 'flg', 'flags', 'tcp-flags', 'TCP_FLAGS'],
    description: 'All TCP flags seen, as bits: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32, ECE 64, CWR 128.',
  },
  {
    name: 'icmp.type',
    kind: 'u8',
    label: 'ICMP type',
    role: 'dimension',
    elements: ['176', '178'],
    aliases: ['icmpTypeIPv4', 'icmpTypeIPv6', 'icmp-type'],
    description: 'ICMP or ICMPv6 type.',
  },
  {
    name: 'icmp.code',
    kind: 'u8',
    label: 'ICMP code',
    role: 'dimension',
    elements: ['177', '179'],
    aliases: ['icmpCodeIPv4', 'icmpCodeIPv6', 'icmp-code'],
    description: 'ICMP or ICMPv6 code.',
  },
  {
    name: 'tos',
    kind: 'u8',
    label: 'Type of service',
    role: 'dimension',
    elements: ['5'],
    aliases: ['ipClassOfService', 'stos', 'SRC_TOS'],
    description: 'The whole octet: DSCP and ECN.',
  },
  {
    name: 'dscp',
    kind: 'u8',
    label: 'DSCP',
    role: 'dimension',
    derived: { op: 'bits', of: 'tos', shift: 2, mask: 0x3f },
    aliases: ['ipDiffServCodePoint'],
    description: 'Differentiated services code point: the upper six bits of the type of service.',
  },
  {
    name: 'ecn',
    kind: 'u8',
    label: 'ECN',
    role: 'dimension',
    derived: { op: 'bits', of: 'tos', shift: 0, mask: 3 },
    description: 'Explicit congestion notification: the lower two bits of the type of service.',
  },
  {
    name: 'ttl',
    kind: 'u8',
    label: 'Time to live',
    role: 'dimension',
    elements: ['192', '52'],
    aliases: ['ipTTL', 'minimumTTL'],
    description: 'IP time to live or hop limit (the smallest seen, where the exporter gives a range).',
  },
  {
    name: 'mpls.label',
    kind: 'u32',
    label: 'MPLS label',
    role: 'dimension',
    aliases: ['mplsTopLabelStackSection', 'mpls1'],
    description: 'Label at the top of the stack.',
  },
  {
    name: 'end.reason',
    kind: 'code',
    label: 'End reason',
    role: 'dimension',
    codes: END_REASONS,
    elements: ['136'],
    aliases: ['flowEndReason'],
    description: 'Why the exporter closed the record.',
  },
  {
    name: 'forwarding.status',
    kind: 'u8',
    label: 'Forwarding status',
    role: 'dimension',
    elements: ['89'],
    aliases: ['forwardingStatus', 'fwd', 'fwdstat'],
    description: 'Upper two bits: 1 forwarded, 2 dropped, 3 consumed; the rest is the reason (RFC 7270 §4.12).',
  },
  // What a firewall or translator did
  {
    name: 'action',
    kind: 'code',
    label: 'Action',
    role: 'dimension',
    codes: ACTIONS,
    aliases: ['event.action'],
    description: 'Whether a firewall let the traffic through.',
  },
  {
    name: 'event',
    kind: 'code',
    label: 'Firewall event',
    role: 'dimension',
    codes: FIREWALL_EVENTS,
    elements: ['233', '40005'],
    aliases: ['firewallEvent', 'evt'],
    description: 'What a firewall reports of the flow.',
  },
  {
    name: 'event.reason',
    kind: 'u16',
    label: 'Firewall event, reason',
    role: 'dimension',
    elements: ['33002', '10704.6', '12326.6'],
    aliases: ['event.reason_code', 'xevt'],
    description: 'Why, as the firewall numbers it (Cisco ASA: extended event).',
  },
  {
    name: 'nat.event',
    kind: 'code',
    label: 'NAT event',
    role: 'dimension',
    codes: NAT_EVENTS,
    elements: ['230'],
    aliases: ['natEvent', 'nevt'],
    description: 'What a translator reports of the flow.',
  },
  {
    name: 'drop.reason',
    kind: 'u16',
    label: 'Drop reason',
    role: 'dimension',
    description: 'Why the device dropped the packet, as sFlow numbers it.',
  },
  // Application
  {
    name: 'app',
    kind: 'keyword',
    label: 'Application',
    role: 'dimension',
    elements: ['96', ...nprobe(119), '56701', '3054.111', '5951.152', '10704.5', '12326.5', '15397.1', '16982.201'],
    aliases: ['applicationName'],
    description: 'Application as the exporter names it.',
  },
  {
    name: 'app.id',
    kind: 'u32',
    label: 'Application id',
    role: 'dimension',
    aliases: ['applicationId'],
    description:
      'Application as the exporter numbers it: classification engine in the upper 8 bits, selector below (RFC 6759 §4).',
  },
  {
    name: 'http.host',
    kind: 'keyword',
    label: 'HTTP host',
    role: 'dimension',
    elements: [
      '460',
      ...nprobe(187),
      '3054.183',
      '5951.142',
      '6871.117',
      '8256',
      '6670',
      '15397.18',
      '16982.501',
      '23867.8',
      '26866.4676',
      '39499.1',
    ],
    aliases: ['httpRequestHost', 'url.domain'],
    description: 'Host that the request names.',
  },
  {
    name: 'http.url',
    kind: 'keyword',
    label: 'HTTP target',
    role: 'dimension',
    elements: [
      '461',
      ...nprobe(180),
      ...cisco(9357),
      '3054.184',
      '5951.130',
      '8257',
      '15397.22',
      '16982.502',
      '16982.105',
      '26866.4745',
      '39499.2',
    ],
    aliases: ['httpRequestTarget', 'url.path'],
    description: 'Target that the request names.',
  },
  {
    name: 'http.method',
    kind: 'keyword',
    label: 'HTTP method',
    role: 'dimension',
    elements: ['459', ...nprobe(360), '5951.141', '8057.200', '15397.19', '26866.2237'],
    aliases: ['httpRequestMethod', 'http.request.method'],
    description: 'Method of the request.',
  },
  {
    name: 'http.status',
    kind: 'u16',
    label: 'HTTP status',
    role: 'dimension',
    elements: ['457', ...nprobe(181), '5951.144', '15397.24', '16982.106', '16982.506', '39499.12'],
    aliases: ['httpStatusCode', 'http.response.status_code'],
    description: 'Status of the answer.',
  },
  {
    name: 'tls.name',
    kind: 'keyword',
    label: 'TLS server name',
    role: 'dimension',
    elements: [
      ...nprobe(188),
      '3054.201',
      '6871.294',
      '8057.808',
      '8057.890',
      '16982.811',
      '26866.112',
      '39499.338',
      '47729.100',
    ],
    aliases: ['tls.client.server_name'],
    description: 'Server name that the client asks for.',
  },
  {
    name: 'dns.name',
    kind: 'keyword',
    label: 'DNS name',
    role: 'dimension',
    elements: [...nprobe(205), '3054.189', '3054.273', '6871.179', '8057.2', '26866.1958', '39499.121', '47729.203'],
    aliases: ['dns.question.name'],
    description: 'Name that was asked for.',
  },
  {
    name: 'dns.type',
    kind: 'u16',
    label: 'DNS type',
    role: 'dimension',
    elements: [...nprobe(207), '3054.272', '6871.175', '8057.3', '39499.122', '47729.215'],
    description: 'Record type that was asked for.',
  },
  {
    name: 'dns.code',
    kind: 'u8',
    label: 'DNS response code',
    role: 'dimension',
    elements: [...nprobe(208), '3054.257', '6871.177', '8057.1', '47729.202'],
    description: 'Response code.',
  },
  {
    name: 'user',
    kind: 'keyword',
    label: 'User',
    role: 'dimension',
    elements: [
      '371',
      '40000',
      '56702',
      ...nprobe(121),
      ...nprobe(242),
      '3054.212',
      '5951.205',
      '5951.250',
      '39499.7232',
      '47729.304',
    ],
    aliases: ['userName', 'user.name', 'uname'],
    description: 'User whom the exporter takes the traffic to be of.',
  },
  // Path
  {
    name: 'direction',
    kind: 'code',
    label: 'Direction',
    role: 'dimension',
    codes: DIRECTIONS,
    elements: ['61'],
    aliases: ['flowDirection', 'dir', 'network.direction', 'flow-direction'],
    description: 'Whether the exporter saw the flow come in or go out.',
  },
  {
    name: 'in.if',
    kind: 'u32',
    label: 'Input interface',
    role: 'dimension',
    namesOf: 'interface',
    elements: ['10', '252'],
    aliases: ['ingressInterface', 'observer.ingress.interface.id', 'ingressPhysicalInterface', 'INPUT_SNMP'],
    description: 'SNMP index of the interface that the flow came in by. Null where unknown.',
  },
  {
    name: 'out.if',
    kind: 'u32',
    label: 'Output interface',
    role: 'dimension',
    namesOf: 'interface',
    elements: ['14', '253'],
    aliases: ['egressInterface', 'observer.egress.interface.id', 'egressPhysicalInterface', 'OUTPUT_SNMP'],
    description: 'SNMP index of the interface that the flow left by. Null where unknown; 0 where it did not leave.',
  },
  {
    name: 'vlan',
    kind: 'u16',
    label: 'VLAN',
    role: 'dimension',
    elements: ['58', '243'],
    aliases: ['network.vlan.id', 'vlanId', 'dot1qVlanId', 'svln', 'observer.ingress.vlan.id'],
    description: 'VLAN on the way in.',
  },
  {
    name: 'out.vlan',
    kind: 'u16',
    label: 'VLAN out',
    role: 'dimension',
    elements: ['59', '254'],
    aliases: ['postVlanId', 'dvln', 'observer.egress.vlan.id', 'postDot1qVlanId'],
    description: 'VLAN on the way out.',
  },
  {
    name: 'inner.vlan',
    kind: 'u16',
    label: 'VLAN, inner',
    role: 'dimension',
    elements: ['245'],
    aliases: ['dot1qCustomerVlanId', 'network.inner.vlan.id'],
    description: 'Customer VLAN where frames bear two tags.',
  },
  {
    name: 'next.hop',
    kind: 'ip',
    label: 'Next hop',
    role: 'dimension',
    elements: ['15', '62', '18', '63'],
    aliases: ['ipNextHopIPv4Address', 'ipNextHopIPv6Address', 'nh'],
    description: 'Router that the packets were handed to.',
  },
  {
    name: 'bgp.next.hop',
    kind: 'ip',
    label: 'BGP next hop',
    role: 'dimension',
    elements: ['18', '63'],
    aliases: ['bgpNextHopIPv4Address', 'bgpNextHopIPv6Address', 'nhb'],
    description: 'Next hop of the route that BGP has.',
  },
  {
    name: 'prev.as',
    kind: 'u32',
    label: 'Previous AS',
    role: 'dimension',
    elements: ['129'],
    aliases: ['bgpPrevAdjacentAsNumber', 'pas'],
    description: 'Neighbouring autonomous system towards the source.',
  },
  {
    name: 'next.as',
    kind: 'u32',
    label: 'Next AS',
    role: 'dimension',
    elements: ['128'],
    aliases: ['bgpNextAdjacentAsNumber', 'nas'],
    description: 'Neighbouring autonomous system towards the destination.',
  },
  {
    name: 'as.path',
    kind: 'keyword',
    label: 'AS path',
    role: 'dimension',
    description: 'Autonomous systems on the way to the destination.',
  },
  {
    name: 'in.vrf',
    kind: 'u32',
    label: 'VRF in',
    role: 'dimension',
    elements: ['234'],
    aliases: ['ingressVRFID', 'ivrf'],
    description: 'Routing table that the flow came in by.',
  },
  {
    name: 'out.vrf',
    kind: 'u32',
    label: 'VRF out',
    role: 'dimension',
    elements: ['235'],
    aliases: ['egressVRFID', 'evrf'],
    description: 'Routing table that the flow left by.',
  },
  {
    name: 'mpls.stack',
    kind: 'keyword',
    label: 'MPLS label stack',
    role: 'dimension',
    description: 'Labels from the top of the stack down.',
  },
  {
    name: 'flow.id',
    kind: 'u64',
    label: 'Flow id',
    role: 'dimension',
    elements: ['148'],
    aliases: ['flowId'],
    description: 'Number that the exporter gives the flow.',
  },
  // Tunnels and radio
  {
    name: 'tunnel',
    kind: 'code',
    label: 'Tunnel',
    role: 'dimension',
    codes: TUNNELS,
    description: 'What the packets were wrapped in.',
  },
  {
    name: 'tunnel.id',
    kind: 'u32',
    label: 'Tunnel id',
    role: 'dimension',
    description: 'Number of the network or session in the tunnel: VNI, GRE key, TEID.',
  },
  {
    name: 'outer.src.ip',
    kind: 'ip',
    label: 'Tunnel source',
    role: 'dimension',
    elements: [...nprobe(114), ...nprobe(396), '6876.881', '6876.883', '16982.400'],
    description: 'Source address of the other headers of a tunnelled packet than those of the flow.',
  },
  {
    name: 'outer.dst.ip',
    kind: 'ip',
    label: 'Tunnel destination',
    role: 'dimension',
    elements: [...nprobe(116), ...nprobe(397), '6876.882', '6876.884', '16982.401'],
    description: 'Destination address of the other headers of a tunnelled packet than those of the flow.',
  },
  {
    name: 'wifi.ssid',
    kind: 'keyword',
    label: 'SSID',
    role: 'dimension',
    elements: ['147'],
    aliases: ['wlanSSID'],
    description: 'Wireless network.',
  },
  {
    name: 'wifi.ap',
    kind: 'mac',
    label: 'Access point',
    role: 'dimension',
    elements: ['367'],
    aliases: ['wtpMacAddress'],
    description: 'Address of the access point.',
  },
  // Clouds, clusters and sensors
  ...CLOUD_FIELDS,
  // Who called whom
  {
    name: 'initiator',
    kind: 'code',
    label: 'Initiator',
    role: 'dimension',
    codes: SIDES,
    description: 'Which side opened the conversation.',
  },
  {
    name: 'initiator.reason',
    kind: 'code',
    label: 'Initiator known by',
    role: 'dimension',
    codes: INITIATOR_REASONS,
    description: 'How the initiator was decided.',
  },
  {
    name: 'client.ip',
    kind: 'ip',
    label: 'Client',
    role: 'dimension',
    derived: { op: 'side', side: 'client', src: 'src.ip', dst: 'dst.ip' },
    aliases: ['client.address'],
    description: 'Address of the side that opened the conversation.',
  },
  {
    name: 'server.ip',
    kind: 'ip',
    label: 'Server',
    role: 'dimension',
    derived: { op: 'side', side: 'server', src: 'src.ip', dst: 'dst.ip' },
    aliases: ['server.address'],
    description: 'Address of the side that was called.',
  },
  {
    name: 'client.port',
    kind: 'u16',
    label: 'Client port',
    role: 'dimension',
    derived: { op: 'side', side: 'client', src: 'src.port', dst: 'dst.port' },
    description: 'Port of the side that opened the conversation.',
  },
  {
    name: 'server.port',
    kind: 'u16',
    label: 'Server port',
    role: 'dimension',
    derived: { op: 'side', side: 'server', src: 'src.port', dst: 'dst.port' },
    description: 'Port of the side that was called.',
  },
  {
    name: 'client.as',
    kind: 'u32',
    label: 'Client AS',
    role: 'dimension',
    derived: { op: 'side', side: 'client', src: 'src.as', dst: 'dst.as' },
    aliases: ['client.as.number'],
    description: 'Autonomous system of the side that opened the conversation.',
  },
  {
    name: 'server.as',
    kind: 'u32',
    label: 'Server AS',
    role: 'dimension',
    derived: { op: 'side', side: 'server', src: 'src.as', dst: 'dst.as' },
    aliases: ['server.as.number'],
    description: 'Autonomous system of the side that was called.',
  },
  {
    name: 'service',
    kind: 'service',
    label: 'Service',
    role: 'dimension',
    aliases: ['network.application', 'network.protocol'],
    description: "Name registered with IANA for the server's port. Null where none is registered.",
  },
  // Either side
  {
    name: 'ip',
    kind: 'ip',
    label: 'Address, either side',
    role: 'dimension',
    either: ['src.ip', 'dst.ip'],
    aliases: ['host'],
    description: 'Source or destination address.',
  },
  {
    name: 'port',
    kind: 'u16',
    label: 'Port, either side',
    role: 'dimension',
    either: ['src.port', 'dst.port'],
    description: 'Source or destination port.',
  },
  {
    name: 'as',
    kind: 'u32',
    label: 'AS, either side',
    role: 'dimension',
    either: ['src.as', 'dst.as'],
    description: 'Source or destination autonomous system.',
  },
  {
    name: 'mac',
    kind: 'mac',
    label: 'MAC, either side',
    role: 'dimension',
    either: ['src.mac', 'dst.mac'],
    description: 'Source or destination Ethernet address.',
  },
  {
    name: 'if',
    kind: 'u32',
    label: 'Interface, either way',
    role: 'dimension',
    namesOf: 'interface',
    either: ['in.if', 'out.if'],
    description: 'Input or output interface.',
  },
] as const satisfies readonly Entry[]

export type FieldName = (typeof entries)[number]['name']
/** Fields that a batch and a store hold as columns. */
export type StoredFieldName = Exclude<
  (typeof entries)[number],
  { readonly derived: Derived } | { readonly either: readonly string[] }
>['name']

export interface Field extends Entry {
  readonly name: FieldName
}
export interface StoredField extends Entry {
  readonly name: StoredFieldName
}

/** A field that a site has configured besides those of the list: an element of NetFlow v9 or IPFIX as it is. */
export interface SiteField {
  /** With a dot in it. */
  readonly name: string
  /** `id` or `enterprise.id`. */
  readonly element: string
  readonly kind: SiteKind
  readonly label: string
  readonly description: string
}

/** Fields of the list, then those that the site has added. */
export const FIELDS: readonly Field[] = [...entries]

/** Fields that are columns, in the order of FIELDS. */
export const STORED_FIELDS: readonly StoredField[] = FIELDS.filter(
  (each): each is StoredField => !('derived' in each) && !('either' in each),
)
/** How many of them are of the list. */
export const BUILT_IN_STORED = STORED_FIELDS.length

const byName = new Map<string, Field>(FIELDS.map((each) => [each.name, each]))
const byAnyName = new Map<string, Field>()
for (const each of FIELDS) addNames(each)

/** The field of that canonical name. */
export function field(name: FieldName): Field {
  const found = byName.get(name)
  if (!found) throw new Error(`no field ${name}`)
  return found
}

/** The field that a user means by a canonical name or an alias (case-insensitive), or undefined. */
export function findField(text: string): Field | undefined {
  return byName.get(text) ?? byAnyName.get(text.toLowerCase())
}

export interface PhysicalColumn {
  /** As in a store's table: `src_ip_hi`, `bytes_l2`. */
  readonly name: string
  readonly field: StoredField
  readonly part: Part
}

/** The physical columns of a field, most significant part first. */
export function columnsOf(of: StoredField): readonly PhysicalColumn[] {
  const name = of.name.replaceAll('.', '_')
  // With its kind: after a change of it, the old column is another one. In small letters, as databases tell no case apart:
  // a field that is written otherwise now goes on with its column.
  const stem = of.site ? `site_${of.kind}_${name.toLowerCase()}` : name
  return KINDS[of.kind].parts.map((part) => ({ name: stem + part.suffix, field: of, part }))
}

/** All physical columns, in the order of STORED_FIELDS. */
export const COLUMNS: readonly PhysicalColumn[] = STORED_FIELDS.flatMap(columnsOf)

/**
 * Adds the site's fields to the list, behind the others: once in each thread and page, before anything is read or asked.
 * They are taken for checked. Their names are no `FieldName` to the compiler; whatever takes fields takes them.
 */
export function addSiteFields(more: readonly SiteField[]): void {
  for (const { name, element, ...rest } of more) {
    const role = rest.kind === 'time' ? 'time' : 'dimension'
    const added: StoredField = { ...rest, name: name as StoredFieldName, role, elements: [element], site: true }
    ;(FIELDS as Field[]).push(added)
    ;(STORED_FIELDS as StoredField[]).push(added)
    ;(COLUMNS as PhysicalColumn[]).push(...columnsOf(added))
    byName.set(name, added)
    addNames(added)
  }
}

/** What is worked out from the list of fields when it is first asked for, and anew after fields were added. */
export function fromFields<T>(make: () => T): () => T {
  let made: { readonly value: T; readonly fields: number } | undefined
  return () => {
    if (made?.fields !== FIELDS.length) made = { value: make(), fields: FIELDS.length }
    return made.value
  }
}

function addNames(of: Field): void {
  for (const name of [of.name, ...(of.aliases ?? [])]) byAnyName.set(name.toLowerCase(), of)
}
