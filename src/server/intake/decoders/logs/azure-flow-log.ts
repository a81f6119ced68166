/**
 * Flow logs of Azure: network security groups, versions 1 and 2 ("Flow logging for network security groups"), and virtual
 * networks, version 4 ("Virtual network flow logs", Microsoft Learn). A record holds the flows of an interface as lists of
 * texts, in what deciding rules they went by:
 *
 *     time,source,destination,source port,destination port,protocol,I|O,…
 *     version 1: A|D
 *     version 2: A|D,B|C|E,packets sent,bytes sent,packets received,bytes received
 *     version 4: B|C|E|D,encryption,packets sent,bytes sent,packets received,bytes received
 *
 * Counters are since the text before of the same flow. Such texts are also read by themselves, a line each.
 */
import { ACTIONS, DIRECTIONS, FLOW_STATES, SOURCE_TYPES } from '../../../../shared/schema/codes.ts'
import { slot } from '../../slots.ts'
import { azureResource, type AzureResource } from './azure-resource.ts'
import { jsonTextOf, MISSING, objectOf, readDocument, wordOf, type JsonObject } from './json-values.ts'
import { LastSeen } from './last-seen.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { RowValues } from './row-values.ts'

const TUPLE = /^\d{9,16},[0-9a-fA-F:.]+,[0-9a-fA-F:.]+,\d*,\d*,([TU]|\d{1,3}),[IO],[ABCDE]\b/

export const azureFlowLog: LogFormat = {
  name: 'azure-flow-log',
  records: 'either',
  recognise: (head) =>
    head.startsWith('{')
      ? /"flowTuples"\s*:\s*\[|"(FlowLog|NetworkSecurityGroup)FlowEvents?"/.test(head)
      : TUPLE.test(head),
  open: (context) => new AzureDecoder(context),
}

/** Of how many flows it is known when they were last told of: those of a busy interface of an hour. */
const MOST_FLOWS = 65_536
/** Parts of a text with flows in it. */
const MOST_PARTS = 16
const OPEN_OBJECT = 0x7b
const HASH = 0x23

/** What holds for all flows of a list. */
interface Group {
  readonly resource: AzureResource
  readonly mac: string | null
  readonly acl: string | null
  readonly rule: string | null
}

class AzureDecoder implements LogDecoder {
  private readonly context: LogContext
  private readonly values: RowValues
  private readonly lastSeen = new LastSeen(MOST_FLOWS)

  constructor(context: LogContext) {
    this.context = context
    this.values = new RowValues(context.row)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    if (bytes[from] !== OPEN_OBJECT) return this.takeLine(bytes, from, to)
    const record = readDocument(bytes, from, to)
    if (typeof record === 'string') return badRecord(record)
    const category = wordOf(record.category)
    if (category !== null && !/FlowEvent/i.test(category)) return null
    const flows = objectOf(record.flowRecords)?.flows ?? objectOf(record.properties)?.flows
    if (!Array.isArray(flows)) return badRecord('neither flowRecords.flows nor properties.flows in it')
    const resource = azureResource(wordOf(record.targetResourceID) ?? wordOf(record.resourceId), record)
    for (const each of flows as readonly unknown[]) this.takeFlows(objectOf(each), resource, wordOf(record.macAddress))
    return null
  }

  private takeLine(bytes: Uint8Array, from: number, to: number): Refusal | null {
    if (from === to || bytes[from] === HASH) return null
    const tuple = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('latin1')
    return this.takeTuple(tuple, { resource: azureResource(null, null), mac: null, acl: null, rule: null })
  }

  /** Of a rule of a network security group, or of an access list of a virtual network. */
  private takeFlows(flows: JsonObject | null, resource: AzureResource, ofRecord: string | null): void {
    const acl = said(flows?.aclID)?.replace(/^.*\//, '') ?? resource.acl
    for (const each of listOf(flows?.flowGroups ?? flows?.flows)) {
      const group = objectOf(each)
      const mac = wordOf(group?.mac) ?? ofRecord
      const rule = said(group?.rule ?? flows?.rule)
      for (const tuple of listOf(group?.flowTuples)) {
        const refusal =
          typeof tuple === 'string'
            ? this.takeTuple(tuple, { resource, mac, acl, rule })
            : badRecord('no text, but an object')
        if (refusal) this.context.refused(refusal, typeof tuple === 'string' ? tuple : jsonTextOf(tuple))
      }
    }
  }

  private takeTuple(tuple: string, group: Group): Refusal | null {
    const parts = tuple.split(',', MOST_PARTS)
    if (parts.length !== 8 && parts.length !== 13)
      return badRecord(`${parts.length} values where there should be 8 or 13`)
    const { values } = this
    values.begin()
    const isGroup = parts.length === 8 || /^[BCE]?$/.test(parts[8] as string)
    const state = parts.length === 8 ? '' : (parts[isGroup ? 8 : 7] as string)
    const isDenied = parts[7] === 'D'
    if (!(isGroup ? /^[AD]$/ : /^[BCED]$/).test(parts[7] as string)) values.refuse('the state of the flow', parts[7])
    if (!/^[IO]$/.test(parts[6] as string)) values.refuse('the direction of the flow', parts[6])
    const time = values.whole('the time', parts[0])
    if (time < 0) values.refuse('the time', parts[0])
    const counts = [9, 10, 11, 12].map((i) => values.whole('a count', parts[i]))
    if (values.refusal) return values.refusal
    const endMs = time < MILLISECONDS_FROM ? time * 1000 : time
    const startMs = this.startOf(tuple, parts, state, endMs)
    const encryption = isGroup ? '' : (parts[8] as string)
    const write = (packets: number, bytes: number, isBack: boolean): void => {
      this.ends(parts, group, startMs, endMs, isBack)
      if (packets >= 0) values.row.number(PACKETS, packets)
      if (bytes >= 0) values.row.number(BYTES, bytes)
      this.rest(state, encryption, isDenied, group)
      if (values.refusal) values.row.drop()
      else values.row.end()
    }
    const [packets = MISSING, bytes = MISSING, packetsBack = MISSING, bytesBack = MISSING] = counts
    const isBack = packetsBack > 0 || bytesBack > 0
    if (!isBack || packets > 0 || bytes > 0) write(packets, bytes, false)
    if (isBack && !values.refusal) write(packetsBack, bytesBack, true)
    return values.refusal
  }

  /** Since when the flow is counted: since it was told of before, else for the time that a continuing flow is told of. */
  private startOf(tuple: string, parts: readonly string[], state: string, endMs: number): number {
    if (state === '' || state === 'D') return endMs
    const key = tuple.slice((parts[0] as string).length, parts.slice(0, 7).join(',').length)
    const beforeMs = state === 'E' ? this.lastSeen.forget(key) : this.lastSeen.note(key, endMs)
    if (state === 'B') return endMs
    if (beforeMs !== undefined && beforeMs <= endMs && endMs - beforeMs <= LONGEST_SILENCE_MS) return beforeMs
    return state === 'C' ? Math.max(endMs - EVERY_MS, 0) : endMs
  }

  /** Who talks to whom, and when; `isBack`: from the destination to the source of the conversation. */
  private ends(
    parts: readonly string[],
    { mac, resource }: Group,
    startMs: number,
    endMs: number,
    isBack: boolean,
  ): void {
    const { values } = this
    const { row } = values
    row.begin(TYPE)
    const from = isBack ? DST : SRC
    const to = isBack ? SRC : DST
    for (const [side, address] of [
      [from, parts[1]],
      [to, parts[2]],
    ] as const)
      if (address === '') values.refuseAll('an address is missing')
      else values.ip(side.ip, 'an address', address)
    const proto = PROTOCOLS[parts[5] as string] ?? values.whole('the protocol', parts[5], 255)
    if (proto >= 0) row.u8(PROTO, proto)
    if (proto !== ICMP && proto !== ICMPV6) {
      values.u16(from.port, 'a port', parts[3])
      values.u16(to.port, 'a port', parts[4])
    }
    values.times(startMs, endMs)
    const isInbound = parts[6] === 'I'
    row.u8(DIRECTION, isInbound === isBack ? EGRESS : INGRESS)
    // The interface that tells of it is the destination of what comes in.
    const near = isInbound ? to : from
    values.mac(near.mac, 'the MAC address', mac)
    if (resource.network !== null) row.string(near.vpc, resource.network)
    if (resource.subnet !== null) row.string(near.subnet, resource.subnet)
    values.opened(isBack)
  }

  private rest(state: string, encryption: string, isDenied: boolean, { resource, acl, rule }: Group): void {
    const { row } = this.values
    this.values.unsampled()
    row.u8(ACTION, isDenied ? REJECT : ACCEPT)
    const code = STATES[state]
    if (code !== undefined) row.u8(STATE, code)
    this.values.text(ENCRYPTION, encryption)
    this.values.text(ACL, acl)
    this.values.text(RULE, rule)
    this.values.text(ACCOUNT, resource.account)
    this.values.text(VPC, resource.network)
    this.values.text(SUBNET, resource.subnet)
    this.values.text(INTERFACE, resource.interface)
    this.values.text(OTHER, resource.other)
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : []
}

/** What was denied because it was not encrypted went by no rule. */
function said(value: unknown): string | null {
  const text = wordOf(value)
  return text === 'unspecified' ? null : text
}

/** A moment in seconds is below this, one in milliseconds above. */
const MILLISECONDS_FROM = 1e11
/** How often a flow that goes on is told of. */
const EVERY_MS = 300_000
/** Of a flow that was last told of longer ago, something was lost on the way. */
const LONGEST_SILENCE_MS = 3_600_000

const TYPE = SOURCE_TYPES.indexOf('azure-flow-log')
const PROTOCOLS: Readonly<Record<string, number>> = { T: 6, U: 17 }
const STATES: Readonly<Record<string, number>> = {
  B: FLOW_STATES.indexOf('begin'),
  C: FLOW_STATES.indexOf('continue'),
  E: FLOW_STATES.indexOf('end'),
}
const ICMP = 1
const ICMPV6 = 58
const ACCEPT = ACTIONS.indexOf('accept')
const REJECT = ACTIONS.indexOf('reject')
const INGRESS = DIRECTIONS.indexOf('ingress')
const EGRESS = DIRECTIONS.indexOf('egress')

const sideOf = (side: 'src' | 'dst') => ({
  ip: slot(`${side}.ip`),
  port: slot(`${side}.port`),
  mac: slot(`${side}.mac`),
  vpc: slot(`${side}.vpc.id`),
  subnet: slot(`${side}.subnet.id`),
})
const SRC = sideOf('src')
const DST = sideOf('dst')
const PROTO = slot('proto')
const PACKETS = slot('packets')
const BYTES = slot('bytes')
const DIRECTION = slot('direction')
const ACTION = slot('action')
const STATE = slot('flow.state')
const ENCRYPTION = slot('encryption.status')
const ACL = slot('acl')
const RULE = slot('rule')
const ACCOUNT = slot('account.id')
const VPC = slot('vpc.id')
const SUBNET = slot('subnet.id')
const INTERFACE = slot('interface.id')
const OTHER = slot('other.fields')
