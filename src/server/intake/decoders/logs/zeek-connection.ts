/** A connection as Zeek tells of it → two flows. */
import { FLAG_BASES, BYTES_BASES, SOURCE_TYPES } from '../../../../shared/schema/codes.ts'
import { countryCode } from '../../../../shared/schema/countries.ts'
import { protocolNumber } from '../../../../shared/schema/protocols.ts'
import { slot } from '../../slots.ts'
import { wordOf } from './json-values.ts'
import type { RowValues } from './row-values.ts'

/** Fields of a connection that Weir has fields for, or that say what the others mean. */
export const ZEEK_FIELDS = [
  'ts',
  'uid',
  'id.orig_h',
  'id.orig_p',
  'id.resp_h',
  'id.resp_p',
  'proto',
  'ip_proto',
  'service',
  'duration',
  'orig_bytes',
  'resp_bytes',
  'conn_state',
  'missed_bytes',
  'history',
  'orig_pkts',
  'orig_ip_bytes',
  'resp_pkts',
  'resp_ip_bytes',
  'vlan',
  'inner_vlan',
  'orig_l2_addr',
  'resp_l2_addr',
  'orig_cc',
  'resp_cc',
  'community_id',
] as const
export type ZeekField = (typeof ZEEK_FIELDS)[number]

const at = (name: ZeekField): number => ZEEK_FIELDS.indexOf(name)

export class ZeekConnection {
  private readonly values: RowValues
  private said: readonly unknown[] = []

  constructor(values: RowValues) {
    this.values = values
  }

  /** `said`: values by index in ZEEK_FIELDS. Writes nothing where one of them cannot be, which `values` then tells. */
  write(said: readonly unknown[], startMs: number, endMs: number): void {
    this.said = said
    const { values } = this
    const missed = values.whole('missed_bytes', said[MISSED])
    if (missed > 0) values.keep('missed_bytes', missed)
    const proto = this.proto()
    const there = this.counts(ORIGINATOR)
    const back = this.counts(RESPONDER)
    const isBack = back.packets > 0 || back.bytes > 0
    if (!isBack || there.packets > 0 || there.bytes > 0) this.flow(ORIGINATOR, RESPONDER, proto, there, startMs, endMs)
    if (isBack) this.flow(RESPONDER, ORIGINATOR, proto, back, startMs, endMs)
  }

  private flow(
    from: Side,
    to: Side,
    proto: number,
    counts: ReturnType<ZeekConnection['counts']>,
    startMs: number,
    endMs: number,
  ): void {
    const { values, said } = this
    if (values.refusal) return
    const { row } = values
    row.begin(TYPE)
    for (const [field, side] of [
      [SRC, from],
      [DST, to],
    ] as const) {
      if (wordOf(said[side.host]) === null) values.refuseAll('an address is missing')
      values.ip(field.ip, side.name.host, said[side.host])
      values.mac(field.mac, side.name.mac, said[side.mac])
      const country = wordOf(said[side.country])
      if (country !== null) row.string(field.country, countryCode(country))
      if (proto !== ICMP && proto !== ICMPV6) values.u16(field.port, side.name.port, said[side.port])
    }
    if (proto >= 0) row.u8(PROTO, proto)
    const isBack = from === RESPONDER
    if (proto === ICMP || proto === ICMPV6) this.icmp(proto, isBack)
    values.times(startMs, endMs)
    if (counts.packets >= 0) row.number(PACKETS, counts.packets)
    if (counts.bytes >= 0) row.number(BYTES, counts.bytes)
    if (counts.isPayload) row.u8(BASIS, PAYLOAD)
    const history = wordOf(said[HISTORY])
    if (history !== null && proto === TCP) this.flags(history, isBack)
    values.opened(isBack)
    values.text(CONN_ID, said[UID])
    values.text(APP, said[SERVICE])
    values.text(STATE, said[CONN_STATE])
    values.text(CONN_HISTORY, history)
    values.text(COMMUNITY, said[COMMUNITY_ID])
    values.u16(VLAN, 'vlan', said[VLAN_ID])
    values.u16(INNER_VLAN, 'inner_vlan', said[INNER_VLAN_ID])
    values.unsampled()
    values.putKept()
    if (values.refusal) row.drop()
    else row.end()
  }

  private proto(): number {
    const { values, said } = this
    const number = values.whole('ip_proto', said[IP_PROTO], 255)
    const word = wordOf(said[PROTO_NAME])
    if (number >= 0 || word === null || word === 'unknown_transport') return number
    if (word === 'icmp') return wordOf(said[ORIGINATOR.host])?.includes(':') ? ICMPV6 : ICMP
    const found = protocolNumber(word)
    if (found === null) values.refuse('proto', word)
    return found ?? number
  }

  /** Octets of IP packets where they were counted, else of what these carried. */
  private counts({ packets, ipBytes, bytes, name }: Side): {
    readonly packets: number
    readonly bytes: number
    readonly isPayload: boolean
  } {
    const { values, said } = this
    const ofPackets = values.whole(name.ipBytes, said[ipBytes])
    const carried = values.whole(name.bytes, said[bytes])
    return {
      packets: values.whole(name.packets, said[packets]),
      bytes: ofPackets >= 0 ? ofPackets : carried,
      isPayload: ofPackets < 0 && carried >= 0,
    }
  }

  /**
   * The port of the originator is the type of its message. That of the responder is the type of the answer where there is
   * one to that type (the code is 0 then), else the code (ICMP4_counterpart, ICMP6_counterpart in Zeek's source).
   */
  private icmp(proto: number, isBack: boolean): void {
    const { values, said } = this
    const type = values.whole('id.orig_p', said[ORIGINATOR.port], 0xff)
    const other = values.whole('id.resp_p', said[RESPONDER.port], 0xff)
    const isAsked = (proto === ICMP ? ICMP_PAIRS : ICMPV6_PAIRS).has(type)
    if (type < 0 || (isBack && !isAsked)) return
    values.row.u8(ICMP_TYPE, isBack ? Math.max(other, 0) : type)
    values.row.u8(ICMP_CODE, isAsked ? 0 : Math.max(other, 0))
  }

  /** Flags that the history has letters for: capitals of the originator, small ones of the responder. */
  private flags(history: string, isBack: boolean): void {
    let flags = 0
    for (const [letter, bits] of LETTERS) if (history.includes(isBack ? letter.toLowerCase() : letter)) flags |= bits
    if (flags === 0) return
    this.values.row.u16(TCP_FLAGS, flags)
    this.values.row.u8(FLAGS_BASIS, PARTIAL)
  }
}

interface Side {
  readonly host: number
  readonly port: number
  readonly packets: number
  readonly bytes: number
  readonly ipBytes: number
  readonly mac: number
  readonly country: number
  readonly name: Readonly<Record<'host' | 'port' | 'packets' | 'bytes' | 'ipBytes' | 'mac', ZeekField>>
}

const sideOf = (side: 'orig' | 'resp'): Side => ({
  host: at(`id.${side}_h`),
  port: at(`id.${side}_p`),
  packets: at(`${side}_pkts`),
  bytes: at(`${side}_bytes`),
  ipBytes: at(`${side}_ip_bytes`),
  mac: at(`${side}_l2_addr`),
  country: at(`${side}_cc`),
  name: {
    host: `id.${side}_h`,
    port: `id.${side}_p`,
    packets: `${side}_pkts`,
    bytes: `${side}_bytes`,
    ipBytes: `${side}_ip_bytes`,
    mac: `${side}_l2_addr`,
  },
})
const ORIGINATOR = sideOf('orig')
const RESPONDER = sideOf('resp')
const UID = at('uid')
const PROTO_NAME = at('proto')
const IP_PROTO = at('ip_proto')
const SERVICE = at('service')
const CONN_STATE = at('conn_state')
const MISSED = at('missed_bytes')
const HISTORY = at('history')
const VLAN_ID = at('vlan')
const INNER_VLAN_ID = at('inner_vlan')
const COMMUNITY_ID = at('community_id')

/** SYN without ACK, SYN with ACK, nothing but ACK, FIN, RST. */
const LETTERS = [
  ['S', 2],
  ['H', 18],
  ['A', 16],
  ['F', 1],
  ['R', 4],
] as const

/** Types that ask or answer. */
const ICMP_PAIRS = new Set([0, 8, 9, 10, 13, 14, 15, 16, 17, 18])
const ICMPV6_PAIRS = new Set([128, 129, 130, 131, 133, 134, 135, 136, 139, 140, 144, 145])

const TYPE = SOURCE_TYPES.indexOf('zeek-conn')
const ICMP = 1
const TCP = 6
const ICMPV6 = 58
const PAYLOAD = BYTES_BASES.indexOf('payload')
const PARTIAL = FLAG_BASES.indexOf('partial')

const fieldsOf = (side: 'src' | 'dst') => ({
  ip: slot(`${side}.ip`),
  port: slot(`${side}.port`),
  mac: slot(`${side}.mac`),
  country: slot(`${side}.country`),
})
const SRC = fieldsOf('src')
const DST = fieldsOf('dst')
const PROTO = slot('proto')
const ICMP_TYPE = slot('icmp.type')
const ICMP_CODE = slot('icmp.code')
const PACKETS = slot('packets')
const BYTES = slot('bytes')
const BASIS = slot('bytes.basis')
const TCP_FLAGS = slot('tcp.flags')
const FLAGS_BASIS = slot('tcp.flags.basis')
const CONN_ID = slot('conn.id')
const APP = slot('app')
const STATE = slot('conn.state')
const CONN_HISTORY = slot('conn.history')
const COMMUNITY = slot('community.id')
const VLAN = slot('vlan')
const INNER_VLAN = slot('inner.vlan')
