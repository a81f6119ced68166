/**
 * The packets that most packets are, read in one go: Ethernet with at most one VLAN tag; IPv4 without options, or IPv6 without
 * extension headers; TCP, UDP that is no tunnel, ICMP; with its header all there. packet.ts reads the same fields layer by
 * layer, which takes twice as long (bench/decode.ts).
 */
import { BATCH_ROWS, type Batch } from '../batch.ts'
import { markedSlot } from '../marks.ts'
import { LAYER, packet } from './packet-state.ts'
import { layerOfPorts } from './packet-tunnels.ts'

/** Reads the packet of which `[from, end)` is there into the row and returns its marks; 0 where it is no such packet. */
export function readPlain(view: DataView, from: number, end: number, batch: Batch, row: number): number {
  // What has a known range is neither checked for overflow nor calculated in 64 bits.
  const start = from & 0xffff
  const r = row & (BATCH_ROWS - 1)
  if (start + 18 > end || end > 0xffff) return 0
  let type = view.getUint16(start + 12)
  let at = start + 14
  let vlan = 0
  if (type === 0x8100) {
    const tag = view.getUint32(at)
    type = tag & 0xffff
    vlan = (tag >>> 16) & 0xfff
    at += 4
  }
  const { bytes, words16, words32 } = batch
  let marks = SRC_MAC.bit | DST_MAC.bit | IP_VERSION.bit | TOS.bit | TTL.bit | PROTO.bit | SRC_IP.bit | DST_IP.bit
  let transportAt = 0
  let protocol = 0
  // For what stands where, see packet-network.ts.
  if (type === 0x0800) {
    if (at + 34 > end) return 0
    const head = view.getUint32(at)
    const life = view.getUint32(at + 6)
    if (head >>> 24 !== 0x45 || (head & 0xffff) < 34 || (life & 0x1fff_0000) !== 0) return 0
    packet.ipOctets = head & 0xffff
    protocol = life & 0xff
    transportAt = at + 20
    bytes[IP_VERSION.first + r] = 4
    bytes[TOS.first + r] = head >>> 16
    bytes[TTL.first + r] = life >>> 8
    words32[SRC_IP.first + 2 * r] = 0
    words32[SRC_IP.first + 1 + 2 * r] = 0
    words32[SRC_IP.firstLow + 2 * r] = view.getUint32(at + 12)
    words32[SRC_IP.firstLow + 1 + 2 * r] = 0xffff
    words32[DST_IP.first + 2 * r] = 0
    words32[DST_IP.first + 1 + 2 * r] = 0
    words32[DST_IP.firstLow + 2 * r] = view.getUint32(at + 16)
    words32[DST_IP.firstLow + 1 + 2 * r] = 0xffff
  } else if (type === 0x86dd) {
    if (at + 54 > end) return 0
    const head = view.getUint32(at)
    const length = view.getUint32(at + 4)
    if (head >>> 28 !== 6 || length >>> 16 < 14) return 0
    packet.ipOctets = (length >>> 16) + 40
    protocol = (length >>> 8) & 0xff
    transportAt = at + 40
    bytes[IP_VERSION.first + r] = 6
    bytes[TOS.first + r] = head >>> 20
    bytes[TTL.first + r] = length
    words32[SRC_IP.first + 2 * r] = view.getUint32(at + 12)
    words32[SRC_IP.first + 1 + 2 * r] = view.getUint32(at + 8)
    words32[SRC_IP.firstLow + 2 * r] = view.getUint32(at + 20)
    words32[SRC_IP.firstLow + 1 + 2 * r] = view.getUint32(at + 16)
    words32[DST_IP.first + 2 * r] = view.getUint32(at + 28)
    words32[DST_IP.first + 1 + 2 * r] = view.getUint32(at + 24)
    words32[DST_IP.firstLow + 2 * r] = view.getUint32(at + 36)
    words32[DST_IP.firstLow + 1 + 2 * r] = view.getUint32(at + 32)
  } else return 0

  const ports = view.getUint32(transportAt)
  if (protocol === TCP || protocol === UDP) {
    words16[SRC_PORT.first + r] = ports >>> 16
    words16[DST_PORT.first + r] = ports
    marks |= SRC_PORT.bit | DST_PORT.bit
    if (protocol === TCP) {
      words16[TCP_FLAGS.first + r] = view.getUint16(transportAt + 12) & 0x0fff
      marks |= TCP_FLAGS.bit
    } else if (layerOfPorts(ports >>> 16, ports & 0xffff) !== LAYER.none) return 0
  } else if (protocol === (type === 0x0800 ? ICMP : ICMPV6)) {
    bytes[ICMP_TYPE.first + r] = ports >>> 24
    bytes[ICMP_CODE.first + r] = ports >>> 16
    marks |= ICMP_TYPE.bit | ICMP_CODE.bit
  } else return 0
  bytes[PROTO.first + r] = protocol

  const first = view.getUint32(start)
  const middle = view.getUint32(start + 4)
  words32[DST_MAC.first + 2 * r] = (first << 16) | (middle >>> 16)
  words32[DST_MAC.first + 1 + 2 * r] = first >>> 16
  words32[SRC_MAC.first + 2 * r] = view.getUint32(start + 8)
  words32[SRC_MAC.first + 1 + 2 * r] = middle & 0xffff
  packet.linkOctets = at - start
  packet.labels = 0
  if (vlan === 0) return marks
  words16[VLAN.first + r] = vlan
  return marks | VLAN.bit
}

const ICMP = 1
const TCP = 6
const UDP = 17
const ICMPV6 = 58

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
