/**
 * Flow logs in the form of the Open Cybersecurity Schema Framework: class 4001, Network Activity, as Amazon Security Lake
 * writes VPC flow logs. A record is made a line of an AWS flow log, which means the same.
 */
import { isObject, type JsonObject } from './json-values.ts'

/** Network Activity. */
const CLASS = 4001

/** Fields of the line, in their order, and where each stands. */
const FIELDS: readonly (readonly [name: string, from: (event: JsonObject) => unknown])[] = [
  [
    'account-id',
    (event) => at(event, 'cloud', 'account', 'uid') ?? at(event, 'cloud', 'account_uid') ?? event.accountid,
  ],
  ['region', (event) => at(event, 'cloud', 'region') ?? event.region],
  ['az-id', (event) => at(event, 'cloud', 'zone')],
  ['interface-id', (event) => ofEnds(event, 'interface_uid')],
  ['vpc-id', (event) => ofEnds(event, 'vpc_uid')],
  ['subnet-id', (event) => ofEnds(event, 'subnet_uid')],
  ['instance-id', (event) => ofEnds(event, 'instance_uid')],
  ['srcaddr', (event) => between(event, 'src_endpoint')],
  ['dstaddr', (event) => between(event, 'dst_endpoint')],
  ['pkt-srcaddr', (event) => at(event, 'src_endpoint', 'ip')],
  ['pkt-dstaddr', (event) => at(event, 'dst_endpoint', 'ip')],
  ['srcport', (event) => at(event, 'src_endpoint', 'port')],
  ['dstport', (event) => at(event, 'dst_endpoint', 'port')],
  ['pkt-src-aws-service', (event) => at(event, 'src_endpoint', 'svc_name')],
  ['pkt-dst-aws-service', (event) => at(event, 'dst_endpoint', 'svc_name')],
  ['protocol', (event) => at(event, 'connection_info', 'protocol_num')],
  ['tcp-flags', (event) => at(event, 'connection_info', 'tcp_flags')],
  ['type', (event) => at(event, 'connection_info', 'protocol_ver')],
  ['flow-direction', directionOf],
  ['packets', (event) => at(event, 'traffic', 'packets')],
  ['bytes', (event) => at(event, 'traffic', 'bytes')],
  ['start', (event) => momentOf(event.start_time ?? event.start_time_dt ?? event.time)],
  ['end', (event) => momentOf(event.end_time ?? event.end_time_dt ?? event.time)],
  ['action', actionOf],
  ['log-status', (event) => (/^(OK|NODATA|SKIPDATA)$/.test(String(event.status_code)) ? event.status_code : null)],
  ['sublocation-type', (event) => unmapped(event, 'sublocation_type')],
  ['sublocation-id', (event) => unmapped(event, 'sublocation_id')],
]

export const OCSF_LAYOUT: readonly string[] = FIELDS.map(([name]) => name)

export function isOcsf(event: JsonObject): boolean {
  return event.class_uid === CLASS && isObject(event.src_endpoint) && isObject(event.dst_endpoint)
}

/** A line of `OCSF_LAYOUT`. */
export function lineOfOcsf(event: JsonObject): string {
  return FIELDS.map(([, from]) => wordOf(from(event))).join(' ')
}

function wordOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '-'
  return String(value).slice(0, 1000).replaceAll(/\s+/g, '_') || '-'
}

/** What is of the interface stands at the end that the interface is. */
function ofEnds(event: JsonObject, name: string): unknown {
  return known(at(event, 'src_endpoint', name)) ?? known(at(event, 'dst_endpoint', name))
}

/** The interface's address, where it is another than the packet's. */
function between(event: JsonObject, end: string): unknown {
  const addresses = at(event, end, 'intermediate_ips')
  return (Array.isArray(addresses) ? known(addresses[0]) : null) ?? at(event, end, 'ip')
}

function directionOf(event: JsonObject): string | null {
  const direction = at(event, 'connection_info', 'direction_id')
  if (direction === 1) return 'ingress'
  if (direction === 2) return 'egress'
  const [isSrc, isDst] = ['src_endpoint', 'dst_endpoint'].map((end) => known(at(event, end, 'interface_uid')) !== null)
  return isSrc === isDst ? null : isDst ? 'ingress' : 'egress'
}

/** Activity 5 is refuse; action and disposition 1 are allowed, 2 denied or blocked. */
function actionOf(event: JsonObject): string | null {
  const said = event.action_id ?? event.disposition_id
  if (event.activity_id === 5 || said === 2) return 'REJECT'
  if (said === 1) return 'ACCEPT'
  const word = String(event.action ?? event.disposition).toLowerCase()
  return /^(allowed|accept)/.test(word) ? 'ACCEPT' : /^(denied|blocked|reject)/.test(word) ? 'REJECT' : null
}

/** Milliseconds since 1970, or text. */
function momentOf(value: unknown): unknown {
  if (typeof value !== 'string' || /^\d+$/.test(value)) return value
  const timeMs = Date.parse(value)
  return Number.isNaN(timeMs) ? value : timeMs
}

/** An object, or pairs of names and values. */
function unmapped(event: JsonObject, name: string): unknown {
  const { unmapped: rest } = event
  if (isObject(rest)) return rest[name]
  if (!Array.isArray(rest)) return null
  const pair = rest.find((each: unknown) => Array.isArray(each) && each[0] === name) as readonly unknown[] | undefined
  return pair?.[1]
}

function known(value: unknown): unknown {
  return value === '-' || value === '' || value === undefined ? null : value
}

function at(value: JsonObject, ...names: readonly string[]): unknown {
  let inner: unknown = value
  for (const name of names) inner = isObject(inner) ? inner[name] : null
  return inner ?? null
}
