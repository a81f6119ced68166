/**
 * Flows of Cilium's Hubble, as its exporter writes them (`{"flow":{…},"node_name":…,"time":…}`) and as `hubble observe -o jsonpb`
 * prints them (flow.proto in Cilium's source). Each is an event: a packet that was seen or dropped somewhere. It does not
 * say how long the packet was. Events of layer 7 and of sockets tell of packets that other events count, and are passed over.
 */
import { ACTIONS, DIRECTIONS, SOURCE_TYPES } from '../../../../shared/schema/codes.ts'
import { slot } from '../../slots.ts'
import { firstOf, objectOf, readDocument, wordOf, type JsonObject } from './json-values.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { RowValues } from './row-values.ts'

export const hubble: LogFormat = {
  name: 'hubble',
  records: 'json',
  recognise: (head) =>
    (/^\{\s*"flow"\s*:\s*\{/.test(head) && /"(verdict|node_name|is_reply|Type)"\s*:/.test(head)) ||
    /^\{\s*"(node_status|lost_events|agent_event|debug_event)"\s*:\s*\{/.test(head),
  open: (context) => new HubbleDecoder(context),
}

class HubbleDecoder implements LogDecoder {
  private readonly context: LogContext
  private readonly values: RowValues

  constructor(context: LogContext) {
    this.context = context
    this.values = new RowValues(context.row)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    const event = readDocument(bytes, from, to)
    if (typeof event === 'string') return badRecord(event)
    this.values.begin()
    const flow = objectOf(event.flow)
    if (flow !== null) return this.takeFlow(flow, event)
    const lost = objectOf(event.lost_events)
    if (lost !== null) return this.takeLost(event)
    return event.node_status || event.agent_event || event.debug_event ? null : badRecord('no flow in it')
  }

  private takeFlow(flow: JsonObject, event: JsonObject): Refusal | null {
    const type = wordOf(flow.Type ?? flow.type)
    if (type === 'L7' || type === 'SOCK') return null
    const { values } = this
    const { row } = values
    row.begin(TYPE)
    const ip = objectOf(flow.IP)
    const ethernet = objectOf(flow.ethernet)
    // What was dropped may be no IP packet.
    const isThere = ip === null ? ethernet !== null : wordOf(ip.source) !== null && wordOf(ip.destination) !== null
    if (!isThere) values.refuseAll('an address is missing')
    values.ip(SRC.ip, 'IP.source', ip?.source)
    values.ip(DST.ip, 'IP.destination', ip?.destination)
    values.ip(NAT, 'IP.source_xlated', ip?.source_xlated)
    this.layer4(objectOf(flow.l4))
    values.mac(SRC.mac, 'ethernet.source', ethernet?.source)
    values.mac(DST.mac, 'ethernet.destination', ethernet?.destination)
    const atMs = values.time('time', flow.time ?? event.time)
    if (atMs < 0) values.refuse('time', flow.time ?? event.time)
    else values.times(atMs, atMs)
    row.number(PACKETS, 1)
    values.unsampled()
    this.verdict(flow)
    this.conversation(flow)
    this.side(flow, 'source', SRC)
    this.side(flow, 'destination', DST)
    values.text(NODE, flow.node_name ?? event.node_name)
    values.text(CLUSTER, objectOf(flow.source)?.cluster_name ?? objectOf(flow.destination)?.cluster_name)
    values.text(INTERFACE, objectOf(flow.interface)?.name)
    values.keepRest(flow, KNOWN)
    values.putKept()
    if (values.refusal) row.drop()
    else row.end()
    return values.refusal
  }

  private layer4(l4: JsonObject | null): void {
    const { values } = this
    const { row } = values
    for (const name in l4) {
      const proto = LAYER_4[name]
      const of = objectOf(l4[name])
      if (proto === undefined || of === null) {
        values.keepAny(`l4.${name}`, l4[name])
        continue
      }
      row.u8(PROTO, proto)
      if (name.startsWith('ICMP')) {
        // proto3 leaves zeros out.
        values.u8(ICMP_TYPE, 'type', of.type ?? 0)
        values.u8(ICMP_CODE, 'code', of.code ?? 0)
        continue
      }
      values.u16(SRC.port, 'source_port', of.source_port)
      values.u16(DST.port, 'destination_port', of.destination_port)
      const flags = objectOf(of.flags)
      if (name !== 'TCP' || flags === null) continue
      let bits = 0
      FLAGS.forEach((flag, i) => {
        if (flags[flag] === true) bits |= 1 << i
      })
      row.u16(TCP_FLAGS, bits)
    }
  }

  /** Audited traffic is let through, though a policy would have dropped it. */
  private verdict(flow: JsonObject): void {
    const { values } = this
    const verdict = wordOf(flow.verdict)
    const action = VERDICTS[verdict ?? '']
    if (action !== undefined) values.row.u8(ACTION, action)
    if (verdict !== 'FORWARDED' && verdict !== 'DROPPED') values.keep('verdict', verdict)
    const reason = wordOf(flow.drop_reason_desc) ?? wordOf(flow.drop_reason)
    if (reason !== null && reason !== '0' && reason !== 'DROP_REASON_UNKNOWN') values.row.string(REJECT_REASON, reason)
    const isEgress = flow.traffic_direction === 'EGRESS'
    if (isEgress || flow.traffic_direction === 'INGRESS') values.row.u8(DIRECTION, isEgress ? EGRESS : INGRESS)
    const policies = ['egress_denied_by', 'ingress_denied_by', 'egress_allowed_by', 'ingress_allowed_by']
    const policy = policies.map((name) => wordOf(firstOf(flow[name])?.name)).find((name) => name !== null)
    values.text(RULE, policy)
  }

  /** Cilium tracks connections, and knows of each packet whether it answers. */
  private conversation(flow: JsonObject): void {
    const reply = flow.is_reply
    if (typeof reply !== 'boolean') return
    this.values.opened(reply)
  }

  private side(flow: JsonObject, name: 'source' | 'destination', to: typeof SRC): void {
    const { values } = this
    const end = objectOf(flow[name])
    values.text(to.namespace, end?.namespace)
    values.text(to.pod, end?.pod_name)
    values.text(to.workload, firstOf(end?.workloads)?.name ?? objectOf(flow[`${name}_service`])?.name)
    values.keep(`${name}.identity`, end?.identity)
    const names = flow[`${name}_names`]
    if (Array.isArray(names) && names.length > 0) values.keepAny(`${name}_names`, names)
  }

  /** Hubble says that it could not keep up: it was blind for a moment. */
  private takeLost(event: JsonObject): Refusal | null {
    const atMs = this.values.time('time', event.time)
    if (atMs < 0) return badRecord('lost_events without a time')
    this.context.covered({
      status: 'SKIPDATA',
      account: '',
      interface: wordOf(event.node_name) ?? '',
      fromMs: atMs,
      toMs: atMs,
    })
    return null
  }
}

const TYPE = SOURCE_TYPES.indexOf('hubble')
const LAYER_4: Readonly<Record<string, number>> = {
  TCP: 6,
  UDP: 17,
  ICMPv4: 1,
  ICMPv6: 58,
  SCTP: 132,
  VRRP: 112,
  IGMP: 2,
}
/** By the bit of each. */
const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG', 'ECE', 'CWR', 'NS']
const ACCEPT = ACTIONS.indexOf('accept')
const REJECT = ACTIONS.indexOf('reject')
const VERDICTS: Readonly<Record<string, number>> = {
  FORWARDED: ACCEPT,
  REDIRECTED: ACCEPT,
  TRANSLATED: ACCEPT,
  AUDIT: ACCEPT,
  DROPPED: REJECT,
  ERROR: REJECT,
}
const INGRESS = DIRECTIONS.indexOf('ingress')
const EGRESS = DIRECTIONS.indexOf('egress')

const sideOf = (side: 'src' | 'dst') => ({
  ip: slot(`${side}.ip`),
  port: slot(`${side}.port`),
  mac: slot(`${side}.mac`),
  namespace: slot(`${side}.namespace`),
  pod: slot(`${side}.pod`),
  workload: slot(`${side}.workload`),
})
const SRC = sideOf('src')
const DST = sideOf('dst')
const NAT = slot('src.nat.ip')
const PROTO = slot('proto')
const ICMP_TYPE = slot('icmp.type')
const ICMP_CODE = slot('icmp.code')
const TCP_FLAGS = slot('tcp.flags')
const PACKETS = slot('packets')
const ACTION = slot('action')
const REJECT_REASON = slot('reject.reason')
const RULE = slot('rule')
const DIRECTION = slot('direction')
const NODE = slot('node')
const CLUSTER = slot('cluster')
const INTERFACE = slot('interface.id')

/** What is put into fields, follows from others, or tells of the event and not of the packet. */
const KNOWN = new Set(
  `time uuid verdict drop_reason drop_reason_desc ethernet IP l4 l7 source destination Type type node_name node_labels
  source_names destination_names event_type source_service destination_service traffic_direction is_reply reply Summary
  interface egress_allowed_by ingress_allowed_by egress_denied_by ingress_denied_by emitter`.split(/\s+/),
)
