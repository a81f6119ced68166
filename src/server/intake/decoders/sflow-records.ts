/** The records of an sFlow version 5 sample: the packet's header, and what the device knows and did with the packet. */
import type { Batch } from '../batch.ts'
import type { Exporter } from '../exporter.ts'
import { markedSlot, type MarkedSlot } from '../marks.ts'
import { LAYER, packet, readPacket, type Layer } from './packet.ts'
import { blockEnd } from './sflow-blocks.ts'
import { readExtended, startExtended } from './sflow-extended.ts'

/*
 * number of records (u32), records. record: format (enterprise 20 bits, number 12 bits), length in octets (u32), content.
 */
/**
 * Reads the records from `start` on, before which stands their number, into the row, and returns its marks. A rate of 0 counts
 * no octets.
 */
export function readRecords(
  view: DataView,
  start: number,
  end: number,
  rate: number,
  exporter: Exporter,
  batch: Batch,
  row: number,
): number {
  // Octets of the frame, 0 is unknown; of what comes before and after the network layer; of the IP packet, -1 is unknown.
  let frame = 0
  let link = 0
  let ip = -1
  let marks = 0
  let whole = true
  let header = false
  let extended = false
  let switchAt = -1
  let at = start
  for (let left = Math.min(view.getUint32((start - 4) | 0), MOST_RECORDS); left > 0; left--) {
    const next = blockEnd(view, at, end)
    if (next < 0) {
      whole = false
      break
    }
    const format = view.getUint32(at)
    at = (at + 8) | 0
    const length = (next - at) | 0
    if (format === RAW_HEADER) {
      if (length >= 16) {
        const octets = Math.min(view.getUint32((at + 12) | 0), 0x7fff_ffff)
        if (octets > ((length - 16) | 0)) whole = false
        frame = view.getUint32((at + 4) | 0)
        link = Math.min(view.getUint32((at + 8) | 0), 0xffff)
        ip = -1
        header = true
        const protocol = view.getUint32(at)
        const layer = protocol === 1 ? LAYER.ethernet : (LAYERS[protocol] ?? LAYER.none)
        if (layer !== LAYER.none) {
          const from = (at + 16) | 0
          const to = octets > ((length - 16) | 0) ? next : (from + octets) | 0
          marks |= readPacket(layer, view, from, to, exporter.settings.tunnels === 'inner', batch, row)
          ip = packet.ipOctets
          link = (link + packet.linkOctets) | 0
        }
      } else whole = false
    } else if (format === EXTENDED_SWITCH) {
      if (length >= 16) switchAt = at
      else whole = false
    } else if (format === SAMPLED_ETHERNET) {
      if (length < 24) whole = false
      else if (!header) {
        frame = view.getUint32(at)
        link = 18
        marks |= readSampledEthernet(view, at, batch, row)
      }
    } else if (format === SAMPLED_IPV4 || format === SAMPLED_IPV6) {
      if (length < (format === SAMPLED_IPV4 ? 32 : 56)) whole = false
      else if (!header) {
        ip = view.getUint32(at) | 0
        marks |= readSampledIp(format === SAMPLED_IPV4 ? 4 : 16, view, at, batch, row)
      }
    } else {
      if (!extended) startExtended()
      extended = true
      if (!readExtended(format, view, at, next, header, exporter, batch, row)) whole = false
    }
    at = next
  }
  if (!whole) exporter.lose('decode.short', 1)
  if (switchAt >= 0) marks |= readSwitch(view, switchAt, batch, row)
  return rate > 0 ? marks | writeSize(frame, link, ip, rate, batch, row) : marks
}

/**
 * The IP packet's own length, or else the frame's without what is not network layer. A packet that says that it is
 * longer than its frame is not believed.
 */
function writeSize(frame: number, link: number, ip: number, rate: number, batch: Batch, row: number): number {
  if (ip >= 0 && (frame === 0 || ip <= frame)) writeProduct(BYTES, ip, rate, batch, row)
  else if (frame > 0) writeProduct(BYTES, Math.max(0, frame - link), rate, batch, row)
  else return 0
  if (frame === 0) return BYTES.bit
  writeProduct(BYTES_L2, frame, rate, batch, row)
  return BYTES.bit | BYTES_L2.bit
}

/** The product of two 32-bit numbers, exact to 64 bits. */
function writeProduct(to: MarkedSlot, a: number, b: number, batch: Batch, row: number): void {
  const place = (to.first + 2 * row) | 0
  const { words32 } = batch
  if ((a | b) >>> 16 === 0) {
    words32[place] = Math.imul(a, b)
    words32[(place + 1) | 0] = 0
    return
  }
  const product = a * b
  if (product <= 0xffff_ffff) {
    words32[place] = product
    words32[place + 1] = 0
    return
  }
  const lower = a * (b & 0xffff)
  const upper = a * (b >>> 16) + Math.floor(lower / 0x1_0000)
  words32[place] = (upper % 0x1_0000) * 0x1_0000 + (lower % 0x1_0000)
  words32[place + 1] = Math.floor(upper / 0x1_0000)
}

/*
 * sampled header: protocol (u32), frame length (u32), octets stripped (u32: frame check sequence and encapsulation), header
 * length (u32), header.
 */
/** By header protocol: PPP, IPv4, IPv6, MPLS, packet over SONET (RFC 1662, RFC 2615), IEEE 802.11. */
const LAYERS: Readonly<Record<number, Layer>> = {
  7: LAYER.ppp,
  11: LAYER.ipv4,
  12: LAYER.ipv6,
  13: LAYER.mpls,
  14: LAYER.hdlc,
  15: LAYER.wifi,
}

/*
 * sampled Ethernet: length (u32, with frame check sequence), source (6 octets and 2 of padding), destination (the same),
 * type (u32).
 */
function readSampledEthernet(view: DataView, at: number, batch: Batch, row: number): number {
  writeMac(SRC_MAC, view, at + 4, batch, row)
  writeMac(DST_MAC, view, at + 12, batch, row)
  return SRC_MAC.bit | DST_MAC.bit
}

function writeMac(to: MarkedSlot, view: DataView, at: number, batch: Batch, row: number): void {
  batch.words32[to.first + 2 * row] = view.getUint32(at + 2)
  batch.words32[to.first + 2 * row + 1] = view.getUint16(at)
}

/*
 * sampled IPv4, IPv6: length (u32), protocol (u32), source, destination (4 or 16 octets), source port (u32),
 * destination port (u32), TCP flags (u32), type of service or traffic class (u32).
 */
function readSampledIp(addressOctets: 4 | 16, view: DataView, start: number, batch: Batch, row: number): number {
  const at = start + 8 + 2 * addressOctets
  const protocol = view.getUint32(start + 4) & 0xff
  const { bytes, words16 } = batch
  let marks = IP_VERSION.bit | PROTO.bit | TOS.bit
  bytes[IP_VERSION.first + row] = addressOctets === 4 ? 4 : 6
  bytes[PROTO.first + row] = protocol
  bytes[TOS.first + row] = view.getUint32(at + 12)
  marks |= writeAddress(SRC_IP, addressOctets, view, start + 8, batch, row)
  marks |= writeAddress(DST_IP, addressOctets, view, start + 8 + addressOctets, batch, row)
  if (WITH_PORTS.has(protocol)) {
    words16[SRC_PORT.first + row] = view.getUint32(at)
    words16[DST_PORT.first + row] = view.getUint32(at + 4)
    marks |= SRC_PORT.bit | DST_PORT.bit
  }
  if (protocol === TCP) {
    words16[TCP_FLAGS.first + row] = view.getUint32(at + 8)
    marks |= TCP_FLAGS.bit
  }
  return marks
}

function writeAddress(to: MarkedSlot, octets: 4 | 16, view: DataView, at: number, batch: Batch, row: number): number {
  const { words32 } = batch
  const high = to.first + 2 * row
  const low = to.firstLow + 2 * row
  words32[high] = octets === 4 ? 0 : view.getUint32(at + 4)
  words32[high + 1] = octets === 4 ? 0 : view.getUint32(at)
  words32[low] = view.getUint32(at + octets - 4)
  words32[low + 1] = octets === 4 ? 0xffff : view.getUint32(at + 8)
  return to.bit
}

/*
 * extended switch: VLAN (u32) and priority (u32) on the way in, then on the way out. It knows better than the frame's
 * tag, which the device may have added or taken off before it looked.
 */
function readSwitch(view: DataView, at: number, batch: Batch, row: number): number {
  const vlan = view.getUint32(at)
  const outVlan = view.getUint32(at + 8)
  const { words16 } = batch
  let marks = 0
  // 0 is untagged or unknown; what is no VLAN number is unknown.
  if (vlan > 0 && vlan < 4096) {
    words16[(VLAN.first + row) | 0] = vlan
    marks = VLAN.bit
  }
  if (outVlan > 0 && outVlan < 4096) {
    words16[(OUT_VLAN.first + row) | 0] = outVlan
    marks |= OUT_VLAN.bit
  }
  return marks
}

/** More than a datagram can hold. */
const MOST_RECORDS = 0xffff

const RAW_HEADER = 1
const SAMPLED_ETHERNET = 2
const SAMPLED_IPV4 = 3
const SAMPLED_IPV6 = 4
const EXTENDED_SWITCH = 1001

const TCP = 6
/** TCP, UDP, DCCP, SCTP, UDP-Lite. */
const WITH_PORTS = new Set([TCP, 17, 33, 132, 136])

const BYTES = markedSlot('bytes')
const BYTES_L2 = markedSlot('bytes.l2')
const SRC_IP = markedSlot('src.ip')
const DST_IP = markedSlot('dst.ip')
const SRC_PORT = markedSlot('src.port')
const DST_PORT = markedSlot('dst.port')
const PROTO = markedSlot('proto')
const IP_VERSION = markedSlot('ip.version')
const SRC_MAC = markedSlot('src.mac')
const DST_MAC = markedSlot('dst.mac')
const VLAN = markedSlot('vlan')
const TOS = markedSlot('tos')
const TCP_FLAGS = markedSlot('tcp.flags')
const OUT_VLAN = markedSlot('out.vlan')
