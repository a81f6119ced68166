/**
 * The packets that most packets are, read in one go: Ethernet with at most one VLAN tag; IPv4 without options, or IPv6 without
 * extension headers; TCP, UDP that is no tunnel, ICMP; with its header all there. packet.ts reads the same fields layer by
 * layer, which takes twice as long (bench/decode.ts).
 */
import type { Batch } from '../batch.ts'
import { markedSlot } from '../marks.ts'
import { LAYER, packet } from './packet-state.ts'
import { layerOfPorts } from './packet-tunnels.ts'

/** Reads the packet of which `[from, end)` is there into the row and returns its marks; 0 where it is no such packet. */
export function readPlain(view: DataView, from: number, end: number, batch: Batch, row: number): number {
  if (((from + 18) | 0) > end) return 0
  let type = view.getUint16((from + 12) | 0)
  let at = (from + 14) | 0
  let vlan = 0
  if (type === 0x8100) {
    const tag = view.getUint32(at)
    type = tag & 0xffff
    vlan = (tag >>> 16) & 0xfff
    at = (at + 4) | 0
  }
  const marks =
    type === 0x0800
      ? readPlainIpv4(view, at, end, batch, row)
      : type === 0x86dd
        ? readPlainIpv6(view, at, end, batch, row)
        : 0
  if (marks === 0) return 0
  packet.linkOctets = (at - from) | 0
  packet.labels = 0

  const { words32, words16 } = batch
  const pair = (2 * row) | 0
  const first = view.getUint32(from)
  const middle = view.getUint32((from + 4) | 0)
  words32[(DST_MAC.first + pair) | 0] = (first << 16) | (middle >>> 16)
  words32[(DST_MAC.first + 1 + pair) | 0] = first >>> 16
  words32[(SRC_MAC.first + pair) | 0] = view.getUint32((from + 8) | 0)
  words32[(SRC_MAC.first + 1 + pair) | 0] = middle & 0xffff
  if (vlan === 0) return marks | SRC_MAC.bit | DST_MAC.bit
  words16[(VLAN.first + row) | 0] = vlan
  return marks | SRC_MAC.bit | DST_MAC.bit | VLAN.bit
}

/** See readIpv4 in packet.ts for what stands where. */
function readPlainIpv4(view: DataView, at: number, end: number, batch: Batch, row: number): number {
  if (((at + 34) | 0) > end) return 0
  const start = view.getUint32(at)
  const total = start & 0xffff
  const life = view.getUint32((at + 6) | 0)
  if (start >>> 24 !== 0x45 || total < 34 || (life & 0x1fff_0000) !== 0) return 0
  const marks = readPlainTransport(life & 0xff, 1, view, (at + 20) | 0, batch, row)
  if (marks === 0) return 0
  packet.ipOctets = total
  const { bytes, words32 } = batch
  const pair = (2 * row) | 0
  bytes[(IP_VERSION.first + row) | 0] = 4
  bytes[(TOS.first + row) | 0] = (start >>> 16) & 0xff
  bytes[(TTL.first + row) | 0] = (life >>> 8) & 0xff
  bytes[(PROTO.first + row) | 0] = life & 0xff
  words32[(SRC_IP.first + pair) | 0] = 0
  words32[(SRC_IP.first + 1 + pair) | 0] = 0
  words32[(SRC_IP.firstLow + pair) | 0] = view.getUint32((at + 12) | 0)
  words32[(SRC_IP.firstLow + 1 + pair) | 0] = 0xffff
  words32[(DST_IP.first + pair) | 0] = 0
  words32[(DST_IP.first + 1 + pair) | 0] = 0
  words32[(DST_IP.firstLow + pair) | 0] = view.getUint32((at + 16) | 0)
  words32[(DST_IP.firstLow + 1 + pair) | 0] = 0xffff
  return marks | NETWORK
}

/** See readIpv6 in packet.ts for what stands where. */
function readPlainIpv6(view: DataView, at: number, end: number, batch: Batch, row: number): number {
  if (((at + 54) | 0) > end) return 0
  const start = view.getUint32(at)
  const length = view.getUint32((at + 4) | 0)
  if (start >>> 28 !== 6 || length >>> 16 < 14) return 0
  const protocol = (length >>> 8) & 0xff
  const marks = readPlainTransport(protocol, 58, view, (at + 40) | 0, batch, row)
  if (marks === 0) return 0
  packet.ipOctets = (length >>> 16) + 40
  const { bytes, words32 } = batch
  const pair = (2 * row) | 0
  bytes[(IP_VERSION.first + row) | 0] = 6
  bytes[(TOS.first + row) | 0] = (start >>> 20) & 0xff
  bytes[(TTL.first + row) | 0] = length & 0xff
  bytes[(PROTO.first + row) | 0] = protocol
  words32[(SRC_IP.first + pair) | 0] = view.getUint32((at + 12) | 0)
  words32[(SRC_IP.first + 1 + pair) | 0] = view.getUint32((at + 8) | 0)
  words32[(SRC_IP.firstLow + pair) | 0] = view.getUint32((at + 20) | 0)
  words32[(SRC_IP.firstLow + 1 + pair) | 0] = view.getUint32((at + 16) | 0)
  words32[(DST_IP.first + pair) | 0] = view.getUint32((at + 28) | 0)
  words32[(DST_IP.first + 1 + pair) | 0] = view.getUint32((at + 24) | 0)
  words32[(DST_IP.firstLow + pair) | 0] = view.getUint32((at + 36) | 0)
  words32[(DST_IP.firstLow + 1 + pair) | 0] = view.getUint32((at + 32) | 0)
  return marks | NETWORK
}

/** `icmp` is the protocol number of ICMP in this version of IP; 14 octets are there. */
function readPlainTransport(
  protocol: number,
  icmp: number,
  view: DataView,
  at: number,
  batch: Batch,
  row: number,
): number {
  const { bytes, words16 } = batch
  const start = view.getUint32(at)
  if (protocol === TCP) {
    words16[(SRC_PORT.first + row) | 0] = start >>> 16
    words16[(DST_PORT.first + row) | 0] = start
    words16[(TCP_FLAGS.first + row) | 0] = view.getUint16((at + 12) | 0) & 0x0fff
    return PORTS | TCP_FLAGS.bit
  }
  if (protocol === UDP) {
    if (layerOfPorts(start >>> 16, start & 0xffff) !== LAYER.none) return 0
    words16[(SRC_PORT.first + row) | 0] = start >>> 16
    words16[(DST_PORT.first + row) | 0] = start
    return PORTS
  }
  if (protocol !== icmp) return 0
  bytes[(ICMP_TYPE.first + row) | 0] = start >>> 24
  bytes[(ICMP_CODE.first + row) | 0] = start >>> 16
  return ICMP_TYPE.bit | ICMP_CODE.bit
}

const TCP = 6
const UDP = 17

const SRC_MAC = markedSlot('src.mac')
const DST_MAC = markedSlot('dst.mac')
const VLAN = markedSlot('vlan')
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

const NETWORK = IP_VERSION.bit | TOS.bit | TTL.bit | PROTO.bit | SRC_IP.bit | DST_IP.bit
const PORTS = SRC_PORT.bit | DST_PORT.bit
