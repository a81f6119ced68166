/** Link layers of a packet: VLAN tags, LLC and SNAP, PPP and PPPoE, HDLC, MPLS, wireless frames. */
import type { Batch } from '../batch.ts'
import { markedSlot } from '../marks.ts'
import { enterTunnel, labels, LAYER, layerOfType, MOST_LABELS, packet, type Layer } from './packet-state.ts'

/*
 * IEEE 802.3: destination (6), source (6), type (2);
 * IEEE 802.1Q: a type of 0x8100, 0x88a8 or one of its forerunners is followed by priority (3 bits), drop eligible (1),
 * VLAN (12) and the next type. The outermost VLAN is the one that the device put it in.
 */
export function readEthernet(view: DataView, batch: Batch, row: number): Layer {
  const { at, end } = packet
  if (at + 14 > end) return LAYER.none
  packet.at = at + 14
  if (packet.frames++ === 0) {
    const { words32 } = batch
    const first = view.getUint32(at)
    const middle = view.getUint32(at + 4)
    words32[(DST_MAC.first + 2 * row) | 0] = ((first << 16) | (middle >>> 16)) >>> 0
    words32[(DST_MAC.first + 1 + 2 * row) | 0] = first >>> 16
    words32[(SRC_MAC.first + 2 * row) | 0] = view.getUint32(at + 8)
    words32[(SRC_MAC.first + 1 + 2 * row) | 0] = middle & 0xffff
    packet.marks |= SRC_MAC.bit | DST_MAC.bit
  }
  const type = view.getUint16(at + 12)
  return type === 0x0800 ? LAYER.ipv4 : readTags(type, view, batch, row)
}

/** VLAN tags, and the 802.1ah tag (IEEE 802.1Q §9.7: 4 octets, then the customer's frame). */
function readTags(first: number, view: DataView, batch: Batch, row: number): Layer {
  const { end } = packet
  let type = first
  let { at } = packet
  for (let tags = 0; isVlanTag(type) && at + 4 <= end; tags++) {
    const vlan = view.getUint16(at) & 0xfff
    // VLAN 0 is no VLAN: the tag is there for its priority (802.1Q §9.6).
    if (vlan !== 0 && packet.frames === 1) {
      if (tags === 0) {
        batch.words16[(VLAN.first + row) | 0] = vlan
        packet.marks |= VLAN.bit
      } else if (packet.innerVlan === 0) packet.innerVlan = vlan
    }
    type = view.getUint16(at + 2)
    at += 4
  }
  if (type === 0x88e7) {
    packet.at = at + 4
    return LAYER.ethernet
  }
  packet.at = at
  return layerOfType(type)
}

function isVlanTag(type: number): boolean {
  return type === 0x8100 || type === 0x88a8 || type === 0x9100 || type === 0x9200
}

/*
 * IEEE 802.2: destination (8), source (8), control (8 or 16); IEEE 802 §9.2: 0xaa 0xaa 0x03 is followed by organisation (24)
 * and type (16); 0x06 0x06 0x03 by IPv4 (RFC 948).
 */
export function readLlc(view: DataView): Layer {
  const { at, end } = packet
  if (at + 3 > end) return LAYER.none
  const service = view.getUint16(at)
  if (view.getUint8(at + 2) !== 3) return LAYER.none
  if (service === 0x0606) {
    packet.at = at + 3
    return LAYER.ipv4
  }
  if (service !== 0xaaaa || at + 8 > end) return LAYER.none
  packet.at = at + 8
  return layerOfType(view.getUint16(at + 6))
}

/*
 * RFC 2516 §4: version (4 bits), type (4), code (8), session (16), length (16), then PPP's protocol.
 */
export function readPppoe(view: DataView): Layer {
  const { at, end } = packet
  if (at + 6 > end || view.getUint16(at) !== 0x1100) return LAYER.none
  enterTunnel('pppoe', view.getUint16(at + 2))
  packet.at = at + 6
  return LAYER.ppp
}

/*
 * RFC 1661 §2: protocol (16 bits, or 8 where the first octet is odd); in some places address and control (0xff03, RFC 1662
 * §3.1) come before it.
 */
export function readPpp(view: DataView): Layer {
  let { at } = packet
  const { end } = packet
  if (at + 4 > end) return LAYER.none
  if (view.getUint16(at) === 0xff03) at += 2
  const short = (view.getUint8(at) & 1) === 1
  const protocol = short ? view.getUint8(at) : view.getUint16(at)
  packet.at = at + (short ? 1 : 2)
  switch (protocol) {
    case 0x0021:
      return LAYER.ipv4
    case 0x0057:
      return LAYER.ipv6
    case 0x0281:
    case 0x0283:
      return LAYER.mpls
    default:
      return LAYER.none
  }
}

/*
 * RFC 1662 §3.1: address 0xff, control 0x03, PPP; or Cisco's HDLC: address 0x0f or 0x8f, control 0, type (16).
 */
export function readHdlc(view: DataView): Layer {
  const { at, end } = packet
  if (at + 4 > end) return LAYER.none
  const start = view.getUint16(at)
  if (start !== 0x0f00 && start !== 0x8f00) return LAYER.ppp
  packet.at = at + 4
  return layerOfType(view.getUint16(at + 2))
}

/*
 * RFC 3032 §2.1: label (20 bits), traffic class (3), bottom of stack (1), time to live (8). What follows the last one is
 * known by its first four bits (RFC 4928 §3): IPv4, IPv6, or 0 for the control word of a pseudowire (RFC 4385 §3), mostly of
 * Ethernet (RFC 4448).
 */
export function readMpls(view: DataView): Layer {
  const { end } = packet
  let { at } = packet
  let bottom = false
  if (packet.networks > 0) enterTunnel('mpls', -1)
  for (; !bottom && at + 4 <= end; at += 4) {
    const entry = view.getUint32(at)
    if (packet.labels < MOST_LABELS) labels[packet.labels++] = entry >>> 12
    bottom = (entry & 0x100) !== 0
  }
  packet.at = at
  if (!bottom || at >= end) return LAYER.none
  const nibble = view.getUint8(at) >> 4
  if (nibble === 4) return LAYER.ipv4
  if (nibble === 6) return LAYER.ipv6
  if (nibble !== 0) return LAYER.none
  packet.at = at + 4
  return LAYER.ethernet
}

/*
 * IEEE 802.11 §9.2.3: frame control (16 bits: version 2, type 2, subtype 4; to and from the distribution system, protected,
 * and others), duration (16), three addresses (48 each), sequence (16); a fourth address where it goes to and from; quality of
 * service (16) in subtypes from 8 on, and 4 octets more where the order bit is set; then LLC unless protected.
 */
export function readWifi(view: DataView, batch: Batch, row: number): Layer {
  const { at, end } = packet
  if (at + 24 > end) return LAYER.none
  const kind = view.getUint8(at)
  const flags = view.getUint8(at + 1)
  if ((kind & 0x0c) !== 0x08) return LAYER.none
  const ways = flags & 3
  packet.frames++
  // To: BSS, source, destination. From: destination, BSS, source. Neither: destination, source, BSS.
  writeMac(view, at + (ways === 1 || ways === 3 ? 16 : 4), DST_MAC.first, batch, row)
  writeMac(view, at + (ways === 3 ? 24 : ways === 2 ? 16 : 10), SRC_MAC.first, batch, row)
  packet.marks |= DST_MAC.bit | SRC_MAC.bit
  if (ways !== 3) packet.wifiAt = at + (ways === 1 ? 4 : ways === 2 ? 10 : 16)
  const octets = 24 + (ways === 3 ? 6 : 0) + (kind & 0x80 ? (flags & 0x80 ? 6 : 2) : 0)
  packet.at = at + octets
  // Subtypes with bit 4 bear no data.
  return (flags & 0x40) !== 0 || (kind & 0x40) !== 0 ? LAYER.none : LAYER.llc
}

function writeMac(view: DataView, at: number, first: number, batch: Batch, row: number): void {
  if (at + 6 > packet.end) return
  batch.words32[first + 2 * row] = view.getUint32(at + 2)
  batch.words32[first + 2 * row + 1] = view.getUint16(at)
}

const SRC_MAC = markedSlot('src.mac')
const DST_MAC = markedSlot('dst.mac')
const VLAN = markedSlot('vlan')
