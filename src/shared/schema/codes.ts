/**
 * Word lists of `code` fields. A word's index is what batches and stores hold, so words are only ever appended.
 */

/** Protocols of datagrams and streams. */
export const PROTOCOLS = ['netflow5', 'netflow9', 'ipfix', 'sflow5', 'netflow1', 'netflow6', 'netflow7'] as const
export type Protocol = (typeof PROTOCOLS)[number]

/** Formats of flow logs. */
export const LOG_TYPES = [
  'aws-flow-log',
  'gcp-vpc',
  'azure-flow-log',
  'zeek-conn',
  'suricata-eve',
  'hubble',
  'nfdump-csv',
] as const
export type LogType = (typeof LOG_TYPES)[number]

/** What brought a record. */
export const SOURCE_TYPES = [...PROTOCOLS, ...LOG_TYPES] as const
export type SourceType = (typeof SOURCE_TYPES)[number]

/** Where a record's sampling rate was learnt, (docs/explanation/numbers.md). */
export const SAMPLING_SOURCES = [
  'none',
  'record',
  'header',
  'sampler',
  'domain',
  'configuration',
  'interface',
  'record, little-endian',
  'format',
] as const

/** IPFIX element 61 flowDirection. */
export const DIRECTIONS = ['ingress', 'egress'] as const

/** IPFIX element 136 flowEndReason (RFC 5102 §5.11.3); 0 is reserved. */
export const END_REASONS = [
  'reserved',
  'idle timeout',
  'active timeout',
  'end of flow',
  'forced end',
  'lack of resources',
] as const

/** Which side opened the conversation. */
export const SIDES = ['src', 'dst'] as const

/** How the initiator was decided, in order of precedence. */
export const INITIATOR_REASONS = ['biflow', 'syn', 'syn-ack', 'icmp type', 'registered port', 'lower port'] as const

/** TCP control bits from the lowest (RFC 9293 §3.1). Their first letters are what people write together: SA, FPA. */
export const TCP_FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const

/** Whether the traffic was let through. */
export const ACTIONS = ['accept', 'reject'] as const

/** IPFIX element 233 firewallEvent. */
export const FIREWALL_EVENTS = ['ignore', 'created', 'deleted', 'denied', 'alert', 'updated'] as const

/** IPFIX element 230 natEvent. */
export const NAT_EVENTS = [
  'reserved',
  'translation create',
  'translation delete',
  'addresses exhausted',
  'nat44 session create',
  'nat44 session delete',
  'nat64 session create',
  'nat64 session delete',
  'nat44 bib create',
  'nat44 bib delete',
  'nat64 bib create',
  'nat64 bib delete',
  'ports exhausted',
  'quota exceeded',
  'address binding create',
  'address binding delete',
  'port block allocation',
  'port block de-allocation',
  'threshold reached',
] as const

/** What the packets were wrapped in. */
export const TUNNELS = [
  'gre',
  'ip-in-ip',
  'vxlan',
  'geneve',
  'nvgre',
  'l2tp',
  'gtp-u',
  'erspan',
  'srv6',
  'pppoe',
  'mpls',
  'etherip',
] as const
export type Tunnel = (typeof TUNNELS)[number]

/** AWS "Flow log records", traffic-path 1 to 8. */
export const TRAFFIC_PATHS = [
  'unknown',
  'same vpc',
  'internet or endpoint gateway',
  'virtual private gateway',
  'peering, same region',
  'peering, other region',
  'local gateway',
  'endpoint gateway',
  'internet gateway',
] as const

/** Azure "VNet flow logs", flow state B, C, E. */
export const FLOW_STATES = ['begin', 'continue', 'end'] as const

/** What the bytes of a record count. */
export const BYTES_BASES = ['ip packets', 'payload', 'frames'] as const

/** Of which packets the TCP flags of a record are. */
export const FLAG_BASES = ['all', 'partial'] as const
