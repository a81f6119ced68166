/**
 * Octets of packets in IPFIX and NetFlow v9 records (PSAMP, RFC 5477 §8.5): read as sFlow's sampled headers are. A record
 * that counts nothing reports one packet.
 */
import type { Batch } from '../batch.ts'
import type { FlatRecord } from './flat-record.ts'
import { markRow } from '../marks.ts'
import { LAYER, packet, readPacket, type Layer } from './packet.ts'
import type { TemplateField } from './template-fields.ts'
import {
  FRAME_SIZE,
  FRAME_TYPE,
  IP_LENGTH,
  IP_PAYLOAD_SECTION,
  IP_SECTIONS,
  LABEL_STACK_SECTION,
  SECTION_OFFSETS,
  SECTION_SIZES,
  walkedField,
  type WalkedField,
} from './walked-fields.ts'

/** Element dataLinkFrameType (IANA): IEEE 802.3, IEEE 802.11. */
const FRAME_TYPES: Readonly<Record<number, Layer>> = { 1: LAYER.ethernet, 2: LAYER.wifi }
const ETHERNET = 1

/** Octets and packets as flows count them, and octets of frames; best first. */
export const OCTET_COUNTERS = [1, 85, 23, 171, 231, 232] as const
export const PACKET_COUNTERS = [2, 86, 24, 172, 298, 299] as const
export const FRAME_COUNTERS = [352, 353, 417, 418] as const

/** Where a section is: the first octet, and the end; none where `from` is -1. */
class Section {
  from = -1
  to = -1
}

export class PacketSections {
  private readonly frame = new Section()
  private readonly ip = new Section()
  private readonly payload = new Section()
  private readonly stack = new Section()
  private readonly all = [this.frame, this.ip, this.payload, this.stack]
  private any = false
  private frameSize = -1
  private frameType = ETHERNET
  private offset = 0
  private exported = -1
  private ipLength = -1
  private source: Uint8Array = new Uint8Array(0)
  private view: DataView = new DataView(this.source.buffer)
  /** What follows from a packet, as elements would give it. */
  private readonly made = new Uint8Array(16)

  clear(): void {
    if (this.any) for (const section of this.all) section.from = -1
    this.any = false
    this.frameSize = -1
    this.frameType = ETHERNET
    this.offset = 0
    this.exported = -1
    this.ipLength = -1
  }

  /** Notes an element of packets: its octets are `[from, to)`, and there are some. */
  take({ kind, id }: WalkedField, source: Uint8Array, view: DataView, from: number, to: number): void {
    if (kind === 'section') {
      const section = this.sectionOf(id)
      if (section.from >= 0) return
      section.from = from
      section.to = to
      this.source = source
      this.view = view
      this.any = true
    } else if (kind === 'beside' && to - from <= 8) {
      let value = 0
      for (let at = from; at < to; at++) value = value * 256 + (source[at] as number)
      this.note(id, value)
    }
  }

  /**
   * Reads the packet into the row, and adds to the record what it does not say itself. The row's values from the record are
   * to be written afterwards: they go before those of the packet.
   */
  read(record: FlatRecord, inner: boolean, batch: Batch, row: number): void {
    if (!this.any) return
    // Fields of a fixed length are filled up with padding.
    if (this.exported >= 0)
      for (const section of this.all) section.to = Math.min(section.to, section.from + this.exported)
    let linkOctets = 0
    let ipOctets = this.ipLength
    if (this.offset === 0) {
      const layer = this.frame.from >= 0 ? (FRAME_TYPES[this.frameType] ?? LAYER.none) : LAYER.none
      const first = layer === LAYER.none && this.ip.from >= 0 ? LAYER.ip : layer
      const { from, to } = first === LAYER.ip ? this.ip : this.frame
      if (first !== LAYER.none) {
        markRow(batch, row, readPacket(first, this.view, from, to, inner, batch, row))
        if (ipOctets < 0) ipOctets = packet.ipOctets
        linkOctets = packet.linkOctets
      }
      if (this.payload.from >= 0) this.addPayload(record, this.payload)
    }
    if (this.stack.from >= 0) this.addLabels(record, this.stack)
    this.addVolume(record, ipOctets, linkOctets)
  }

  private sectionOf(id: number): Section {
    if (id === IP_PAYLOAD_SECTION) return this.payload
    if (id === LABEL_STACK_SECTION) return this.stack
    return (IP_SECTIONS as readonly number[]).includes(id) ? this.ip : this.frame
  }

  private note(id: number, value: number): void {
    if (id === FRAME_SIZE) this.frameSize = value
    else if (id === FRAME_TYPE) this.frameType = value
    else if (id === IP_LENGTH) this.ipLength = value
    else if (SECTION_OFFSETS.has(id)) this.offset = value
    else if (SECTION_SIZES.has(id)) this.exported = value
  }

  /** Ports, TCP flags, ICMP type and code, where the record says which protocol it is. */
  private addPayload(record: FlatRecord, { from, to }: Section): void {
    const { source } = this
    switch (record.number(4)) {
      case TCP:
        if (from + 14 <= to) this.addFlags(record, from + 12)
        this.addPorts(record, from, to)
        break
      case UDP:
      case DCCP:
      case SCTP:
      case UDP_LITE:
        this.addPorts(record, from, to)
        break
      case ICMP:
        if (from + 2 <= to) record.add(ICMP_V4, source, from, from + 2)
        break
      case ICMPV6:
        if (from + 2 <= to) record.add(ICMP_V6, source, from, from + 2)
        break
    }
  }

  /** RFC 9293 §3.1: data offset (4 bits), 4 reserved bits, 8 control bits. */
  private addFlags(record: FlatRecord, at: number): void {
    this.made[12] = (this.source[at] as number) & 0x0f
    this.made[13] = this.source[at + 1] as number
    record.add(FLAGS, this.made, 12, 14)
  }

  private addPorts(record: FlatRecord, from: number, to: number): void {
    if (from + 4 > to) return
    record.add(SOURCE_PORT, this.source, from, from + 2)
    record.add(DESTINATION_PORT, this.source, from + 2, from + 4)
  }

  /** Label stack entries of 4 octets: label(20) traffic class(3) bottom(1) time to live(8) (RFC 3032 §2.1). */
  private addLabels(record: FlatRecord, { from, to }: Section): void {
    let at = from
    for (const field of LABELS) {
      if (at + 4 > to) return
      record.add(field, this.source, at, at + 3)
      if (((this.source[at + 2] as number) & 1) === 1) return
      at += 4
    }
  }

  private addVolume(record: FlatRecord, ipOctets: number, linkOctets: number): void {
    const { frameSize, made } = this
    // A packet that says that it is longer than its frame is not believed.
    const believed = ipOctets >= 0 && (frameSize <= 0 || ipOctets <= frameSize)
    const octets = believed ? ipOctets : frameSize > 0 ? Math.max(0, frameSize - linkOctets) : -1
    if (octets >= 0 && !record.hasAny(OCTET_COUNTERS)) put32(record, OCTETS, made, 0, octets)
    if (frameSize > 0 && !record.hasAny(FRAME_COUNTERS)) put32(record, FRAME_OCTETS, made, 4, frameSize)
    if (!record.hasAny(PACKET_COUNTERS)) put32(record, PACKETS, made, 8, 1)
  }
}

function put32(record: FlatRecord, field: TemplateField, made: Uint8Array, at: number, value: number): void {
  made[at] = value >>> 24
  made[at + 1] = value >>> 16
  made[at + 2] = value >>> 8
  made[at + 3] = value
  record.add(field, made, at, at + 4)
}

const ICMP = 1
const TCP = 6
const UDP = 17
const DCCP = 33
const ICMPV6 = 58
const SCTP = 132
const UDP_LITE = 136

const field = (id: number, length: number): TemplateField => ({ enterprise: 0, id, length })
const OCTETS = field(1, 4)
const PACKETS = field(2, 4)
const FRAME_OCTETS = field(352, 4)
const FLAGS = field(6, 2)
const SOURCE_PORT = field(7, 2)
const DESTINATION_PORT = field(11, 2)
const ICMP_V4 = field(32, 2)
const ICMP_V6 = field(139, 2)
/** mplsTopLabelStackSection and what is below it, as elements of their own. */
export const LABELS: readonly WalkedField[] = Array.from({ length: 10 }, (_, i) => walkedField(field(70 + i, 3)))
