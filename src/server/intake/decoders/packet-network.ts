/** Network and transport layers of a packet: IPv4, IPv6 and its extension headers, TCP, UDP, SCTP, DCCP, ICMP. */
import type { Batch } from '../batch.ts'
import { markedSlot } from '../marks.ts'
import { enterTunnel, LAYER, packet, type Layer } from './packet-state.ts'
import { layerOfPorts } from './packet-tunnels.ts'

/*
 * RFC 791 §3.1: version (4 bits), header length in 32-bit words (4), type of service (8), total length (16);
 * identification (16), flags (3), fragment offset (13); time to live (8), protocol (8), checksum (16); source (32);
 * destination (32); options.
 */
export function readIpv4(view: DataView, batch: Batch, row: number): Layer {
  const { at, end } = packet
  if (at + 20 > end) return readShortIpv4(view, batch, row)
  const start = view.getUint32(at)
  const headerOctets = (start >>> 22) & 0x3c
  if (start >>> 28 !== 4 || headerOctets < 20) return LAYER.none
  const total = start & 0xffff
  const life = view.getUint16(at + 8)
  const { bytes, words32 } = batch
  packet.networks++
  packet.marks |= IP_VERSION.bit | TOS.bit | TTL.bit | PROTO.bit | SRC_IP.bit | DST_IP.bit
  bytes[(IP_VERSION.first + row) | 0] = 4
  bytes[(TOS.first + row) | 0] = (start >>> 16) & 0xff
  bytes[(TTL.first + row) | 0] = life >>> 8
  bytes[(PROTO.first + row) | 0] = life & 0xff
  const pair = 2 * row
  words32[(SRC_IP.first + pair) | 0] = 0
  words32[(SRC_IP.first + 1 + pair) | 0] = 0
  words32[(SRC_IP.firstLow + pair) | 0] = view.getUint32(at + 12)
  words32[(SRC_IP.firstLow + 1 + pair) | 0] = 0xffff
  words32[(DST_IP.first + pair) | 0] = 0
  words32[(DST_IP.first + 1 + pair) | 0] = 0
  words32[(DST_IP.firstLow + pair) | 0] = view.getUint32(at + 16)
  words32[(DST_IP.firstLow + 1 + pair) | 0] = 0xffff
  // A length of 0 is left to the sender's network card.
  if (total >= headerOctets) {
    packet.ipOctets = total
    if (at + total < end) packet.end = at + total
  }
  packet.at = at + headerOctets
  const laterFragment = (view.getUint16(at + 6) & 0x1fff) !== 0
  return laterFragment ? LAYER.none : readTransport(life & 0xff, view, batch, row)
}

/** An IPv4 header of which the end is missing. */
function readShortIpv4(view: DataView, batch: Batch, row: number): Layer {
  const { at, end } = packet
  if (at + 2 > end || view.getUint8(at) >> 4 !== 4 || (view.getUint8(at) & 15) < 5) return LAYER.none
  const { bytes, words32 } = batch
  packet.networks++
  packet.marks |= IP_VERSION.bit | TOS.bit
  bytes[IP_VERSION.first + row] = 4
  bytes[TOS.first + row] = view.getUint8(at + 1)
  if (at + 4 > end) return LAYER.none
  const total = view.getUint16(at + 2)
  if (total >= 20) packet.ipOctets = total
  if (at + 10 > end) return LAYER.none
  packet.marks |= TTL.bit | PROTO.bit
  bytes[TTL.first + row] = view.getUint8(at + 8)
  bytes[PROTO.first + row] = view.getUint8(at + 9)
  if (at + 16 > end) return LAYER.none
  packet.marks |= SRC_IP.bit
  words32.fill(0, SRC_IP.first + 2 * row, SRC_IP.first + 2 * row + 2)
  words32[SRC_IP.firstLow + 2 * row] = view.getUint32(at + 12)
  words32[SRC_IP.firstLow + 2 * row + 1] = 0xffff
  return LAYER.none
}

/*
 * RFC 8200 §3: version (4 bits), traffic class (8), flow label (20); payload length (16), next header (8), hop limit (8);
 * source (128); destination (128); extension headers.
 */
export function readIpv6(view: DataView, batch: Batch, row: number): Layer {
  const { at, end } = packet
  if (at + 2 > end || view.getUint8(at) >> 4 !== 6) return LAYER.none
  const { bytes } = batch
  packet.networks++
  packet.marks |= IP_VERSION.bit | TOS.bit
  bytes[(IP_VERSION.first + row) | 0] = 6
  bytes[(TOS.first + row) | 0] = (view.getUint16(at) >> 4) & 0xff
  if (at + 8 > end) return LAYER.none
  const payload = view.getUint16(at + 4)
  const next = view.getUint8(at + 6)
  packet.marks |= TTL.bit
  bytes[(TTL.first + row) | 0] = view.getUint8(at + 7)
  // 0 stands for a jumbogram (RFC 2675), or for a packet that the sender's network card is still to cut up.
  if (payload > 0) {
    packet.ipOctets = payload + 40
    if (at + 40 + payload < end) packet.end = at + 40 + payload
  }
  if (at + 24 <= end) {
    packet.marks |= SRC_IP.bit
    writeIpv6(view, at + 8, SRC_IP.first + 2 * row, SRC_IP.firstLow + 2 * row, batch.words32)
  }
  if (at + 40 <= end) {
    packet.marks |= DST_IP.bit
    writeIpv6(view, at + 24, DST_IP.first + 2 * row, DST_IP.firstLow + 2 * row, batch.words32)
  }
  packet.at = at + 40
  if (next === TCP || next === UDP) {
    packet.marks |= PROTO.bit
    bytes[(PROTO.first + row) | 0] = next
    return readTransport(next, view, batch, row)
  }
  return readExtensions(next, view, batch, row)
}

function writeIpv6(view: DataView, at: number, high: number, low: number, words32: Uint32Array): void {
  words32[high | 0] = view.getUint32(at + 4)
  words32[(high + 1) | 0] = view.getUint32(at)
  words32[low | 0] = view.getUint32(at + 12)
  words32[(low + 1) | 0] = view.getUint32(at + 8)
}

/*
 * RFC 8200 §4: next header (8 bits), then mostly length in 8 octets beyond the first 8 (8 bits). Fragment (§4.5) is 8
 * octets with the offset in octets 2 and 3; authentication (RFC 4302 §2.2) counts in 4 octets, less 2. A routing header of
 * type 4 is that of segment routing (RFC 8754 §2).
 */
function readExtensions(first: number, view: DataView, batch: Batch, row: number): Layer {
  const { end } = packet
  let protocol = first
  let { at } = packet
  let laterFragment = false
  let segments = false
  while (isExtension(protocol) && at + 2 <= end && !laterFragment) {
    const here = protocol
    const length = view.getUint8(at + 1)
    protocol = view.getUint8(at)
    if (here === FRAGMENT) laterFragment = at + 4 > end || view.getUint16(at + 2) >> 3 !== 0
    if (here === ROUTING && at + 3 <= end && view.getUint8(at + 2) === 4) segments = true
    at += here === FRAGMENT ? 8 : here === AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8
  }
  packet.at = at
  // The header that says what follows is not there.
  if (isExtension(protocol)) return LAYER.none
  packet.marks |= PROTO.bit
  batch.bytes[PROTO.first + row] = protocol
  if (!laterFragment && segments && (protocol === IPV4 || protocol === IPV6 || protocol === ETHERNET))
    enterTunnel('srv6', -1)
  return laterFragment || at > end ? LAYER.none : readTransport(protocol, view, batch, row)
}

/** Hop-by-hop, routing, fragment, authentication, destination options, mobility, HIP, Shim6. */
function isExtension(protocol: number): boolean {
  return (
    protocol === 0 ||
    protocol === ROUTING ||
    protocol === FRAGMENT ||
    protocol === AUTHENTICATION ||
    protocol === 60 ||
    protocol === 135 ||
    protocol === 139 ||
    protocol === 140
  )
}

/** TCP, UDP, SCTP or DCCP ports, TCP flags, ICMP type and code; or the layer of the tunnel that starts here. */
function readTransport(protocol: number, view: DataView, batch: Batch, row: number): Layer {
  const { at, end } = packet
  switch (protocol) {
    case TCP:
      // RFC 9293 §3.1: data offset (4 bits), 4 reserved bits, 8 control bits, at octets 12 and 13.
      if (at + 14 <= end) {
        packet.marks |= TCP_FLAGS.bit
        batch.words16[(TCP_FLAGS.first + row) | 0] = view.getUint16(at + 12) & 0x0fff
      }
      if (at + 4 <= end) writePorts(view.getUint32(at), batch, row)
      return LAYER.none
    case UDP: {
      if (at + 4 > end) return LAYER.none
      const ports = view.getUint32(at)
      writePorts(ports, batch, row)
      packet.at = at + 8
      return layerOfPorts(ports >>> 16, ports & 0xffff)
    }
    case UDP_LITE:
    case SCTP:
    case DCCP:
      if (at + 4 <= end) writePorts(view.getUint32(at), batch, row)
      return LAYER.none
    case ICMP:
    case ICMPV6:
      if (at + 2 <= end) {
        packet.marks |= ICMP_TYPE.bit | ICMP_CODE.bit
        batch.bytes[(ICMP_TYPE.first + row) | 0] = view.getUint8(at)
        batch.bytes[(ICMP_CODE.first + row) | 0] = view.getUint8(at + 1)
      }
      return LAYER.none
    default:
      return readTunnel(protocol)
  }
}

function writePorts(ports: number, batch: Batch, row: number): void {
  packet.marks |= SRC_PORT.bit | DST_PORT.bit
  batch.words16[(SRC_PORT.first + row) | 0] = ports >>> 16
  batch.words16[(DST_PORT.first + row) | 0] = ports & 0xffff
}

/** RFC 2003, RFC 2473 and RFC 4213, RFC 2784, RFC 3378, RFC 3931, RFC 4023, RFC 8986 §9.1. */
function readTunnel(protocol: number): Layer {
  switch (protocol) {
    case IPV4:
    case IPV6:
      enterTunnel('ip-in-ip', -1)
      return protocol === IPV4 ? LAYER.ipv4 : LAYER.ipv6
    case 47:
      return LAYER.gre
    case 97:
      return LAYER.etherip
    case 115:
      return LAYER.l2tp3
    case 137:
      return LAYER.mpls
    case ETHERNET:
      return LAYER.ethernet
    default:
      return LAYER.none
  }
}

const ICMP = 1
const IPV4 = 4
const TCP = 6
const UDP = 17
const DCCP = 33
const IPV6 = 41
const ROUTING = 43
const FRAGMENT = 44
const AUTHENTICATION = 51
const ICMPV6 = 58
const SCTP = 132
const UDP_LITE = 136
const ETHERNET = 143

const SRC_IP = markedSlot('src.ip')
const DST_IP = markedSlot('dst.ip')
const SRC_PORT = markedSlot('src.port')
const DST_PORT = markedSlot('dst.port')
const PROTO = markedSlot('proto')
const IP_VERSION = markedSlot('ip.version')
const TOS = markedSlot('tos')
const TTL = markedSlot('ttl')
const TCP_FLAGS = markedSlot('tcp.flags')
const ICMP_TYPE = markedSlot('icmp.type')
const ICMP_CODE = markedSlot('icmp.code')

/** Marks of what belongs to the packet whose addresses are the flow's. */
export const OF_NETWORK = [
  SRC_IP,
  DST_IP,
  SRC_PORT,
  DST_PORT,
  PROTO,
  IP_VERSION,
  TOS,
  TTL,
  TCP_FLAGS,
  ICMP_TYPE,
  ICMP_CODE,
].reduce((bits, { bit }) => bits | bit, 0)
