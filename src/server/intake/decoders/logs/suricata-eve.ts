/**
 * Suricata's eve.json ("Eve JSON Format", Suricata User Guide). Of its events, `flow` counts both directions of a conversation,
 * which become two flows, and `netflow` one; the others are passed over. Counts are of frames, with their layer-2 headers
 * (GET_PKT_LEN in Suricata's source).
 */
import { ACTIONS, BYTES_BASES, END_REASONS, SOURCE_TYPES } from '../../../../shared/schema/codes.ts'
import { protocolNumber } from '../../../../shared/schema/protocols.ts'
import { slot } from '../../slots.ts'
import { MISSING, objectOf, readDocument, wordOf, type JsonObject } from './json-values.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { RowValues } from './row-values.ts'

export const suricataEve: LogFormat = {
  name: 'suricata-eve',
  records: 'json',
  recognise: (head) => head.startsWith('{') && /"event_type"\s*:\s*"/.test(head) && /"timestamp"\s*:\s*"/.test(head),
  open: (context) => new SuricataDecoder(context),
}

interface Direction {
  readonly packets: number
  readonly bytes: number
  /** Of the packets of this direction, in hexadecimal digits. */
  readonly flags: unknown
  /** Type and code of the first message of this direction. */
  readonly icmp: readonly [type: unknown, code: unknown]
  /** From the server to the client. */
  readonly isBack: boolean
}

class SuricataDecoder implements LogDecoder {
  private readonly values: RowValues

  constructor(context: LogContext) {
    this.values = new RowValues(context.row)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    const event = readDocument(bytes, from, to)
    if (typeof event === 'string') return badRecord(event)
    const type = event.event_type
    if (type !== 'flow' && type !== 'netflow') return typeof type === 'string' ? null : badRecord('no event_type in it')
    const counts = objectOf(event[type])
    if (counts === null) return badRecord(`no ${type} in it`)
    const { values } = this
    values.begin()
    for (const part of [event, counts, objectOf(event.tcp)]) values.keepRest(part, KNOWN)
    const tcp = objectOf(event.tcp)
    if (type === 'netflow') {
      this.write(event, counts, {
        packets: values.whole('pkts', counts.pkts),
        bytes: values.whole('bytes', counts.bytes),
        flags: tcp?.tcp_flags,
        icmp: [event.icmp_type, event.icmp_code],
        isBack: false,
      })
      return values.refusal
    }
    const there = {
      packets: values.whole('pkts_toserver', counts.pkts_toserver),
      bytes: values.whole('bytes_toserver', counts.bytes_toserver),
    }
    const back = {
      packets: values.whole('pkts_toclient', counts.pkts_toclient),
      bytes: values.whole('bytes_toclient', counts.bytes_toclient),
    }
    const isBack = back.packets > 0 || back.bytes > 0
    if (!isBack || there.packets > 0 || there.bytes > 0)
      this.write(event, counts, {
        ...there,
        flags: tcp?.tcp_flags_ts,
        icmp: [event.icmp_type, event.icmp_code],
        isBack: false,
      })
    if (isBack && !values.refusal)
      this.write(event, counts, {
        ...back,
        flags: tcp?.tcp_flags_tc,
        icmp: [event.response_icmp_type, event.response_icmp_code],
        isBack: true,
      })
    return values.refusal
  }

  private write(event: JsonObject, counts: JsonObject, way: Direction): void {
    const { values } = this
    const { row } = values
    row.begin(TYPE)
    this.ends(event, way)
    values.times(values.time('start', counts.start), values.time('end', counts.end ?? event.timestamp))
    if (way.packets > MISSING) row.number(PACKETS, way.packets)
    if (way.bytes > MISSING) {
      row.number(BYTES, way.bytes)
      row.number(FRAME_BYTES, way.bytes)
      row.u8(BASIS, FRAMES)
    }
    const flags = wordOf(way.flags)
    if (flags !== null && /^[0-9a-fA-F]{1,3}$/.test(flags)) row.u16(TCP_FLAGS, Number.parseInt(flags, 16))
    else if (flags !== null) values.refuse('tcp_flags', flags)
    if (event.event_type === 'flow') {
      values.opened(way.isBack)
    }
    this.rest(event, counts)
    values.unsampled()
    values.putKept()
    if (values.refusal) row.drop()
    else row.end()
  }

  private ends(event: JsonObject, { icmp: [type, code], isBack }: Direction): void {
    const { values } = this
    const name = wordOf(event.proto) ?? ''
    const proto = PROTOCOLS[name] ?? protocolNumber(name) ?? values.whole('proto', event.proto, 255)
    if (proto >= 0) values.row.u8(PROTO, proto)
    const from = isBack ? DST : SRC
    const to = isBack ? SRC : DST
    if (wordOf(event.src_ip) === null || wordOf(event.dest_ip) === null) values.refuseAll('an address is missing')
    values.ip(from.ip, 'src_ip', event.src_ip)
    values.ip(to.ip, 'dest_ip', event.dest_ip)
    if (proto === ICMP || proto === ICMPV6) {
      values.u8(ICMP_TYPE, 'icmp_type', type)
      values.u8(ICMP_CODE, 'icmp_code', code)
    } else {
      values.u16(from.port, 'src_port', event.src_port)
      values.u16(to.port, 'dest_port', event.dest_port)
    }
    const ether = objectOf(event.ether)
    values.mac(from.mac, 'src_mac', ether?.src_mac ?? only(ether?.src_macs))
    values.mac(to.mac, 'dest_mac', ether?.dest_mac ?? only(ether?.dest_macs))
  }

  /** What is the same in both directions. */
  private rest(event: JsonObject, counts: JsonObject): void {
    const { values } = this
    values.u64(FLOW_ID, 'flow_id', event.flow_id)
    const app = wordOf(event.app_proto)
    if (app !== null && app !== 'failed' && app !== 'unknown') values.row.string(APP, app)
    values.text(COMMUNITY, event.community_id)
    values.text(INTERFACE, event.in_iface)
    values.text(NODE, event.host)
    const [vlan, innerVlan] = Array.isArray(event.vlan) ? (event.vlan as readonly unknown[]) : [event.vlan]
    values.u16(VLAN, 'vlan', vlan)
    values.u16(INNER_VLAN, 'vlan', innerVlan)
    values.u8(TTL, 'min_ttl', counts.min_ttl)
    values.text(STATE, counts.state)
    const reason = REASONS[wordOf(counts.reason) ?? '']
    if (reason !== undefined) values.row.u8(END_REASON, reason)
    const action = FATES[wordOf(counts.action) ?? '']
    if (action !== undefined) values.row.u8(ACTION, action)
  }
}

/** The one of a list; null where there are several. */
function only(list: unknown): unknown {
  return Array.isArray(list) && list.length === 1 ? (list as readonly unknown[])[0] : null
}

const TYPE = SOURCE_TYPES.indexOf('suricata-eve')
const ICMP = 1
const ICMPV6 = 58
/** As Suricata writes them, where others do otherwise. */
const PROTOCOLS: Readonly<Record<string, number>> = { 'IPv6-ICMP': ICMPV6, ICMPv6: ICMPV6 }
const REASONS: Readonly<Record<string, number>> = {
  timeout: END_REASONS.indexOf('idle timeout'),
  forced: END_REASONS.indexOf('forced end'),
  shutdown: END_REASONS.indexOf('forced end'),
  tcp_reuse: END_REASONS.indexOf('end of flow'),
}
const FATES: Readonly<Record<string, number>> = {
  accept: ACTIONS.indexOf('accept'),
  pass: ACTIONS.indexOf('accept'),
  drop: ACTIONS.indexOf('reject'),
}
const FRAMES = BYTES_BASES.indexOf('frames')

const sideOf = (side: 'src' | 'dst') => ({
  ip: slot(`${side}.ip`),
  port: slot(`${side}.port`),
  mac: slot(`${side}.mac`),
})
const SRC = sideOf('src')
const DST = sideOf('dst')
const PROTO = slot('proto')
const ICMP_TYPE = slot('icmp.type')
const ICMP_CODE = slot('icmp.code')
const PACKETS = slot('packets')
const BYTES = slot('bytes')
const FRAME_BYTES = slot('bytes.l2')
const BASIS = slot('bytes.basis')
const TCP_FLAGS = slot('tcp.flags')
const FLOW_ID = slot('flow.id')
const APP = slot('app')
const COMMUNITY = slot('community.id')
const INTERFACE = slot('interface.id')
const NODE = slot('node')
const VLAN = slot('vlan')
const INNER_VLAN = slot('inner.vlan')
const TTL = slot('ttl')
const STATE = slot('conn.state')
const END_REASON = slot('end.reason')
const ACTION = slot('action')

/** What is put into fields, follows from others, or says nothing of the flow. */
const KNOWN = new Set(
  `timestamp event_type flow_id in_iface vlan src_ip src_port dest_ip dest_port proto ip_v app_proto community_id host ether
  icmp_type icmp_code response_icmp_type response_icmp_code flow netflow tcp pcap_cnt
  pkts_toserver pkts_toclient bytes_toserver bytes_toclient pkts bytes start end age min_ttl max_ttl state reason action
  tcp_flags tcp_flags_ts tcp_flags_tc syn fin rst psh ack urg ecn cwr ts_max_regions tc_max_regions`.split(/\s+/),
)
