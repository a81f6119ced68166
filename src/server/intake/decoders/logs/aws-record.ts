/**
 * One record of an AWS flow log on its way into a row: what its values mean together, wherever they were read from. See
 * docs/reference/aws-flow-logs.md.
 */
import {
  ACTIONS,
  DIRECTIONS,
  FLAG_BASES,
  INITIATOR_REASONS,
  SAMPLING_SOURCES,
  SIDES,
  SOURCE_TYPES,
  TRAFFIC_PATHS,
} from '../../../../shared/schema/codes.ts'
import { slot, type Slot } from '../../slots.ts'
import type { AwsColumn, AwsLayout } from './aws-layout.ts'
import { badRecord, type LogContext, type Refusal } from './log-format.ts'

/** Of the text of a column in the record that is being read. */
export type TextAt = (column: number) => string

export const ACCEPT = ACTIONS.indexOf('accept')
export const REJECT = ACTIONS.indexOf('reject')
export const INGRESS = DIRECTIONS.indexOf('ingress')
export const EGRESS = DIRECTIONS.indexOf('egress')

/** Log status. */
export const OK = 1
export const NODATA = 2
export const SKIPDATA = 3

export class AwsRecord {
  /** -1 (status: 0) where the record does not say. */
  proto = -1
  srcPort = -1
  dstPort = -1
  startMs = -1
  endMs = -1
  action = -1
  direction = -1
  path = -1
  flags = -1
  ipVersion = -1
  status = 0
  private timeMs: number | null = null
  /** Four words each, of srcaddr, dstaddr, pkt-srcaddr and pkt-dstaddr; which of them are there, as bits. */
  private readonly addresses = new Uint32Array(16)
  private there = 0
  /** Whether it counts packets or bytes. */
  private counts = false
  private other = ''
  /** Numbers of the texts that are of an end of the flow, -1 where there is none. */
  private readonly ends: Int32Array
  private readonly context: LogContext
  private readonly layout: AwsLayout

  constructor(context: LogContext, layout: AwsLayout) {
    this.context = context
    this.layout = layout
    this.ends = new Int32Array(layout.ends.length)
  }

  /** `timeMs`: when it was, where it does not say. */
  begin(timeMs: number | null): void {
    this.timeMs = timeMs
    this.proto = this.srcPort = this.dstPort = this.startMs = this.endMs = -1
    this.action = this.direction = this.path = this.flags = this.ipVersion = -1
    this.status = this.there = 0
    this.counts = false
    this.other = ''
    this.ends.fill(-1)
    this.context.row.begin(TYPE)
  }

  setAddress(place: number, w0: number, w1: number, w2: number, w3: number): void {
    const { addresses } = this
    const at = 4 * place
    addresses[at] = w0
    addresses[at + 1] = w1
    addresses[at + 2] = w2
    addresses[at + 3] = w3
    this.there |= 1 << place
  }

  count({ to }: AwsColumn, value: number): void {
    this.counts = true
    this.context.row.number(to as Slot, value)
  }

  /** One that is not in the list yet is kept as it is. */
  setPath(code: number): void {
    if (code < TRAFFIC_PATHS.length) this.path = code
    else this.keep('traffic-path', String(code))
  }

  /** A text by its number in the batch. */
  text({ to, place }: AwsColumn, number: number): void {
    this.context.row.u32(to as Slot, number)
    if (place >= 0) this.ends[place] = number
  }

  /** A value that there is no field for. */
  keep(name: string, value: string): void {
    this.other += `${this.other === '' ? '' : ' '}${name}=${value}`
  }

  /** It is all there: ends the row, or drops it where it is no flow. */
  end(textAt: TextAt): Refusal | null {
    if (this.status > OK) return this.covered(textAt)
    const { row } = this.context
    const { layout, there } = this
    if (there === 0 && !this.counts && layout.saysTraffic) {
      row.drop()
      return this.status === OK
        ? badRecord('neither addresses nor packets nor bytes, though its log-status is OK')
        : null
    }
    const problem = this.times()
    if (problem !== null) {
      row.drop()
      return problem
    }
    this.endpoints()
    this.side()
    if (this.proto >= 0) row.u8(PROTO, this.proto)
    // ICMP has no ports; the log has 0 there.
    if (this.proto !== ICMP && this.proto !== ICMPV6) {
      if (this.srcPort >= 0) row.u16(SRC_PORT, this.srcPort)
      if (this.dstPort >= 0) row.u16(DST_PORT, this.dstPort)
    }
    if (this.action >= 0) row.u8(ACTION, this.action)
    if (this.direction >= 0) row.u8(DIRECTION, this.direction)
    if (this.path >= 0) row.u8(TRAFFIC_PATH, this.path)
    if (this.flags >= 0) this.takeFlags()
    if (this.other !== '') row.string(OTHER_FIELDS, this.other)
    row.u32(SAMPLING_RATE, 1)
    row.u8(SAMPLING_SOURCE, BY_FORMAT)
    row.end()
    return null
  }

  /** Lets go of it. */
  drop(): void {
    this.context.row.drop()
  }

  private covered(textAt: TextAt): Refusal | null {
    const { context } = this
    context.row.drop()
    const status = this.status === NODATA ? 'NODATA' : 'SKIPDATA'
    if (this.startMs < 0 || this.endMs < 0) return badRecord(`a ${status} record without start and end`)
    if (this.startMs > this.endMs) return badRecord('its end is before its start')
    const { account, interface: at } = this.layout
    context.covered({
      status,
      account: account < 0 ? '' : textAt(account),
      interface: at < 0 ? '' : textAt(at),
      fromMs: this.startMs,
      toMs: this.endMs,
    })
    return null
  }

  private times(): Refusal | null {
    const { row } = this.context
    if (this.endMs < 0) this.endMs = this.startMs < 0 ? (this.timeMs ?? row.receivedMs) : this.startMs
    if (this.startMs < 0) this.startMs = this.endMs
    if (this.startMs > this.endMs) return badRecord('its end is before its start')
    if (this.startMs < EARLIEST_MS || this.endMs > row.receivedMs + AHEAD_MS)
      return badRecord(`from ${this.startMs} to ${this.endMs} ms since 1970 cannot be`)
    row.number(START, this.startMs)
    row.number(END, this.endMs)
    return null
  }

  private endpoints(): void {
    const { row } = this.context
    const { there, layout } = this
    if (there & SRC) {
      if (layout.packetSrc) this.address(INTERFACE_SRC_IP, 0)
      if (!(there & PKT_SRC)) this.address(SRC_IP, 0)
    }
    if (there & PKT_SRC) this.address(SRC_IP, 2)
    if (there & DST) {
      if (layout.packetDst) this.address(INTERFACE_DST_IP, 1)
      if (!(there & PKT_DST)) this.address(DST_IP, 1)
    }
    if (there & PKT_DST) this.address(DST_IP, 3)
    if (this.ipVersion < 0 && there !== 0)
      this.ipVersion = this.isV4(there & PKT_SRC ? 2 : there & SRC ? 0 : there & PKT_DST ? 3 : 1) ? 4 : 6
    if (this.ipVersion > 0) row.u8(IP_VERSION, this.ipVersion)
  }

  /**
   * What is of the interface is of the end of the flow that is the interface's: that of egress traffic is the source. Where the
   * packet's own address is another than the interface's, the interface is on the way only, and neither end.
   */
  private side(): void {
    if (this.ends.length === 0) return
    // Only traffic that leaves has a path.
    const isSrc = this.direction === EGRESS || (this.direction < 0 && this.path >= 0)
    if (!isSrc && this.direction !== INGRESS) return
    if (isSrc ? this.differs(0, 2) : this.differs(1, 3)) return
    const { ends } = this.layout
    for (let i = 0; i < ends.length; i++) {
      const number = this.ends[i] as number
      if (number >= 0) this.context.row.u32((ends[i] as readonly [Slot, Slot])[isSrc ? 0 : 1], number)
    }
  }

  private takeFlags(): void {
    const { row } = this.context
    row.u16(TCP_FLAGS, this.flags)
    row.u8(FLAGS_BASIS, PARTIAL)
    // The log leaves out lone ACKs, so that ACK is there only of a packet that was SYN and ACK.
    if (this.proto !== TCP || (this.flags & SYN_ACK) !== SYN_ACK) return
    row.u8(INITIATOR, BY_DST)
    row.u8(INITIATOR_REASON, OF_SYN_ACK)
  }

  private address(to: Slot, place: number): void {
    const { addresses } = this
    const at = 4 * place
    this.context.row.address(
      to,
      addresses[at] as number,
      addresses[at + 1] as number,
      addresses[at + 2] as number,
      addresses[at + 3] as number,
    )
  }

  private isV4(place: number): boolean {
    const at = 4 * place
    return this.addresses[at] === 0 && this.addresses[at + 1] === 0 && this.addresses[at + 2] === 0xffff
  }

  /** Whether both are there and are not the same. */
  private differs(one: number, other: number): boolean {
    if (!(this.there & (1 << one)) || !(this.there & (1 << other))) return false
    for (let i = 0; i < 4; i++) if (this.addresses[4 * one + i] !== this.addresses[4 * other + i]) return true
    return false
  }
}

/** Whole seconds or milliseconds since 1970, as milliseconds: one in seconds is below the limit until the year 5138. */
export function moment(value: number): number {
  return value < 1e11 ? value * 1000 : value
}

/** No cloud had flow logs. */
const EARLIEST_MS = Date.UTC(2000, 0, 1)
/** A clock may be wrong by so much. */
const AHEAD_MS = 86_400_000

const ICMP = 1
const TCP = 6
const ICMPV6 = 58
const SYN_ACK = 0x12
const SRC = 1
const DST = 2
const PKT_SRC = 4
const PKT_DST = 8

const TYPE = SOURCE_TYPES.indexOf('aws-flow-log')
const PARTIAL = FLAG_BASES.indexOf('partial')
const BY_FORMAT = SAMPLING_SOURCES.indexOf('format')
const BY_DST = SIDES.indexOf('dst')
const OF_SYN_ACK = INITIATOR_REASONS.indexOf('syn-ack')

const START = slot('start')
const END = slot('end')
const SRC_IP = slot('src.ip')
const DST_IP = slot('dst.ip')
const INTERFACE_SRC_IP = slot('interface.src.ip')
const INTERFACE_DST_IP = slot('interface.dst.ip')
const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const PROTO = slot('proto')
const IP_VERSION = slot('ip.version')
const ACTION = slot('action')
const DIRECTION = slot('direction')
const TRAFFIC_PATH = slot('traffic.path')
const TCP_FLAGS = slot('tcp.flags')
const FLAGS_BASIS = slot('tcp.flags.basis')
const INITIATOR = slot('initiator')
const INITIATOR_REASON = slot('initiator.reason')
const SAMPLING_RATE = slot('sampling.rate')
const SAMPLING_SOURCE = slot('sampling.source')
const OTHER_FIELDS = slot('other.fields')
