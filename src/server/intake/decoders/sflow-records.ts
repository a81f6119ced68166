/** The records of an sFlow version 5 flow sample: the packet's header, and what the device did with the packet. */
import type { Batch } from '../batch.ts'
import { put16, put32, put8, putMac, putProduct, putV4, putV6, slot, u32, type Slot } from '../slots.ts'
import { packet, readPacket, type Link } from './packet.ts'

/*
 * address: 0 (u32) | 1 (u32), IPv4 (4 octets) | 2 (u32), IPv6 (16 octets).
 */
/** Where an address that starts at `at` ends, or -1 where it is none or not all there. */
export function addressEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 4 > end) return -1
  const type = u32(bytes, at)
  const after = type === 0 ? at + 4 : type === 1 ? at + 8 : type === 2 ? at + 20 : -1
  return after <= end ? after : -1
}

/*
 * sample, and record within it: format (u32), length of the content in octets (u32), content.
 */
/** Where a sample or record that starts at `at` ends, or -1 where it is not all there. */
export function blockEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end) return -1
  const length = u32(bytes, at + 4)
  return length <= end - at - 8 ? (at + 8 + length) | 0 : -1
}

/*
 * record: format (enterprise 20 bits, number 12 bits), length in octets (u32), content. Unknown ones are passed over.
 */
/** Reads up to `count` records of a sample into the row; false where they end before their own lengths say. */
export function readRecords(
  bytes: Uint8Array,
  start: number,
  end: number,
  count: number,
  rate: number,
  batch: Batch,
  row: number,
): boolean {
  size.frame = -1
  size.link = 0
  size.ip = -1
  let whole = true
  let header = false
  let at = start
  let switchAt = -1
  let routed = false
  for (let left = count; left > 0; left--) {
    const next = blockEnd(bytes, at, end)
    if (next < 0) {
      whole = false
      break
    }
    const format = u32(bytes, at)
    at += 8
    const length = next - at
    switch (format) {
      case RAW_HEADER:
        if (readRawHeader(bytes, at, next, batch, row)) header = true
        else whole = false
        break
      case SAMPLED_ETHERNET:
        if (length < 24) whole = false
        else if (!header) readSampledEthernet(bytes, at, batch, row)
        break
      case SAMPLED_IPV4:
        if (length < 32) whole = false
        else if (!header) readSampledIp(4, bytes, at, batch, row)
        break
      case SAMPLED_IPV6:
        if (length < 56) whole = false
        else if (!header) readSampledIp(16, bytes, at, batch, row)
        break
      case EXTENDED_SWITCH:
        if (length < 16) whole = false
        else switchAt = at
        break
      case EXTENDED_ROUTER:
        if (readRouter(bytes, at, next, batch, row)) routed = true
        else whole = false
        break
      case EXTENDED_GATEWAY:
        if (!readGateway(bytes, at, next, routed, batch, row)) whole = false
        break
    }
    at = next
  }
  if (switchAt >= 0) readSwitch(bytes, switchAt, batch, row)
  writeSize(rate, batch, row)
  return whole
}

/** Octets of the packet at hand: of its frame, of what comes before and after the network layer, of the IP packet; -1 is unknown. */
const size = { frame: -1, link: 0, ip: -1 }

/**
 * The IP packet's own length, or else the frame's without what is not network layer. A packet that says that it is
 * longer than its frame is not believed.
 */
function writeSize(rate: number, batch: Batch, row: number): void {
  const rest = Math.max(0, size.frame - size.link)
  const believed = size.ip >= 0 && (size.frame <= 0 || size.ip <= size.frame)
  if (believed) putProduct(batch, BYTES, row, size.ip, rate)
  else if (size.frame > 0) putProduct(batch, BYTES, row, rest, rate)
  if (size.frame > 0) putProduct(batch, BYTES_L2, row, size.frame, rate)
}

/*
 * sampled header: protocol (u32: 1 Ethernet, 11 IPv4, 12 IPv6), frame length (u32), octets stripped (u32: frame check
 * sequence and encapsulation), header length (u32), header.
 */
function readRawHeader(bytes: Uint8Array, at: number, end: number, batch: Batch, row: number): boolean {
  if (at + 16 > end) return false
  const link = LINKS[u32(bytes, at)]
  const stripped = u32(bytes, at + 8)
  const headerOctets = u32(bytes, at + 12)
  size.frame = u32(bytes, at + 4)
  size.link = stripped
  size.ip = -1
  if (link !== undefined) {
    readPacket(link, bytes, at + 16, Math.min(end, at + 16 + headerOctets), batch, row)
    size.ip = packet.ipOctets
    size.link += packet.linkOctets
  }
  return at + 16 + headerOctets <= end
}

/** By header protocol. */
const LINKS: Readonly<Record<number, Link>> = { 1: 'ethernet', 11: 'ipv4', 12: 'ipv6' }

/*
 * sampled Ethernet: length (u32, with frame check sequence), source (6 octets and 2 of padding), destination (the same),
 * type (u32).
 */
function readSampledEthernet(bytes: Uint8Array, at: number, batch: Batch, row: number): void {
  size.frame = u32(bytes, at)
  size.link = 18
  putMac(batch, SRC_MAC, row, bytes, at + 4)
  putMac(batch, DST_MAC, row, bytes, at + 12)
}

/*
 * sampled IPv4, IPv6: length (u32), protocol (u32), source, destination (4 or 16 octets), source port (u32),
 * destination port (u32), TCP flags (u32), type of service or traffic class (u32).
 */
function readSampledIp(addressOctets: 4 | 16, bytes: Uint8Array, start: number, batch: Batch, row: number): void {
  const at = start + 8 + 2 * addressOctets
  const protocol = u32(bytes, start + 4) & 0xff
  size.ip = u32(bytes, start)
  put8(batch, IP_VERSION, row, addressOctets === 4 ? 4 : 6)
  put8(batch, PROTO, row, protocol)
  if (addressOctets === 4) {
    putV4(batch, SRC_IP, row, bytes, start + 8)
    putV4(batch, DST_IP, row, bytes, start + 12)
  } else {
    putV6(batch, SRC_IP, row, bytes, start + 8)
    putV6(batch, DST_IP, row, bytes, start + 24)
  }
  if (WITH_PORTS.has(protocol)) {
    put16(batch, SRC_PORT, row, u32(bytes, at))
    put16(batch, DST_PORT, row, u32(bytes, at + 4))
  }
  if (protocol === TCP) put16(batch, TCP_FLAGS, row, u32(bytes, at + 8))
  put8(batch, TOS, row, u32(bytes, at + 12))
}

/*
 * extended switch: VLAN (u32) and priority (u32) on the way in, then on the way out. It knows better than the frame's
 * tag, which the device may have added or taken off before it looked.
 */
function readSwitch(bytes: Uint8Array, at: number, batch: Batch, row: number): void {
  putVlan(batch, VLAN, row, u32(bytes, at))
  putVlan(batch, OUT_VLAN, row, u32(bytes, at + 8))
}

/** 0 is untagged or unknown; what is no VLAN number is unknown. */
function putVlan(batch: Batch, to: Slot, row: number, vlan: number): void {
  if (vlan > 0 && vlan < 4096) put16(batch, to, row, vlan)
}

/*
 * extended router: next hop (address), source and destination prefix length (u32 each).
 */
function readRouter(bytes: Uint8Array, start: number, end: number, batch: Batch, row: number): boolean {
  const at = addressEnd(bytes, start, end)
  if (at < 0 || at + 8 > end) return false
  putNextHop(batch, row, bytes, start)
  putPrefix(batch, SRC_MASK, row, u32(bytes, at))
  putPrefix(batch, DST_MASK, row, u32(bytes, at + 4))
  return true
}

function putNextHop(batch: Batch, row: number, bytes: Uint8Array, at: number): void {
  const type = u32(bytes, at)
  if (type === 1) putV4(batch, NEXT_HOP, row, bytes, at + 4)
  else if (type === 2) putV6(batch, NEXT_HOP, row, bytes, at + 4)
}

function putPrefix(batch: Batch, to: Slot, row: number, length: number): void {
  if (length <= 128) put8(batch, to, row, length)
}

/*
 * extended gateway: next hop (address), AS of the router, of the source and of the source's peer (u32 each), AS path to the
 * destination: number of segments (u32), each with type (u32), number of AS (u32), AS (u32 each); then communities and
 * local preference. A source AS of 0 and an empty path are the router's own AS.
 */
function readGateway(
  bytes: Uint8Array,
  start: number,
  end: number,
  routed: boolean,
  batch: Batch,
  row: number,
): boolean {
  let at = addressEnd(bytes, start, end)
  if (at < 0 || at + 16 > end) return false
  if (!routed) putNextHop(batch, row, bytes, start)
  const own = u32(bytes, at)
  const source = u32(bytes, at + 4) || own
  let destination = own
  if (source !== 0) put32(batch, SRC_AS, row, source)
  let segments = u32(bytes, at + 12)
  at += 16
  for (; segments > 0; segments--) {
    if (at + 8 > end) return false
    const count = u32(bytes, at + 4)
    at += 8 + 4 * count
    if (at > end) return false
    if (count > 0) destination = u32(bytes, at - 4)
  }
  if (destination !== 0) put32(batch, DST_AS, row, destination)
  return true
}

const RAW_HEADER = 1
const SAMPLED_ETHERNET = 2
const SAMPLED_IPV4 = 3
const SAMPLED_IPV6 = 4
const EXTENDED_SWITCH = 1001
const EXTENDED_ROUTER = 1002
const EXTENDED_GATEWAY = 1003

const TCP = 6
/** TCP, UDP, DCCP, SCTP, UDP-Lite. */
const WITH_PORTS = new Set([TCP, 17, 33, 132, 136])

const BYTES = slot('bytes')
const BYTES_L2 = slot('bytes.l2')
const SRC_IP = slot('src.ip')
const DST_IP = slot('dst.ip')
const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const PROTO = slot('proto')
const IP_VERSION = slot('ip.version')
const SRC_MAC = slot('src.mac')
const DST_MAC = slot('dst.mac')
const VLAN = slot('vlan')
const OUT_VLAN = slot('out.vlan')
const TOS = slot('tos')
const TCP_FLAGS = slot('tcp.flags')
const NEXT_HOP = slot('next.hop')
const SRC_MASK = slot('src.mask')
const DST_MASK = slot('dst.mask')
const SRC_AS = slot('src.as')
const DST_AS = slot('dst.as')
