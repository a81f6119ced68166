/**
 * Sampled packet headers → the fields of a row: Ethernet, 802.1Q and QinQ, IPv4, IPv6, TCP, UDP, SCTP, DCCP, ICMP.
 * A header may be cut short anywhere: what is there is taken, and nothing else.
 */
import type { Batch } from '../batch.ts'
import { put16, put8, putMac, putV4, putV6, slot, u16 } from '../slots.ts'

/** Packets start with: */
export type Link = 'ethernet' | 'ipv4' | 'ipv6'

/** What else was learnt of the packet read last. */
export const packet = {
  /** Octets before the network layer. */
  linkOctets: 0,
  /** Octets of the IP packet, as its header says; -1 where there is no IP header or it does not say. */
  ipOctets: -1,
}

/** Reads the packet of which `[at, end)` is there into the row; the rest is in `packet` until the next call. */
export function readPacket(link: Link, bytes: Uint8Array, at: number, end: number, batch: Batch, row: number): void {
  packet.linkOctets = 0
  packet.ipOctets = -1
  if (link === 'ethernet') readEthernet(bytes, at, end, batch, row)
  else if (link === 'ipv4') readIpv4(bytes, at, end, batch, row)
  else readIpv6(bytes, at, end, batch, row)
}

/** Sets TCP, UDP, SCTP or DCCP ports, TCP flags or ICMP type and code from a transport header. */
function readTransport(protocol: number, bytes: Uint8Array, at: number, end: number, batch: Batch, row: number): void {
  switch (protocol) {
    case TCP:
      // RFC 9293 §3.1: data offset (4 bits), 4 reserved bits, 8 control bits, at octets 12 and 13.
      if (at + 14 <= end) put16(batch, TCP_FLAGS, row, u16(bytes, at + 12) & 0x0fff)
      readPorts(bytes, at, end, batch, row)
      break
    case UDP:
    case UDP_LITE:
    case SCTP:
    case DCCP:
      readPorts(bytes, at, end, batch, row)
      break
    case ICMP:
    case ICMPV6:
      if (at + 2 > end) break
      put8(batch, ICMP_TYPE, row, bytes[at] as number)
      put8(batch, ICMP_CODE, row, bytes[at + 1] as number)
      break
  }
}

function readPorts(bytes: Uint8Array, at: number, end: number, batch: Batch, row: number): void {
  if (at + 4 > end) return
  put16(batch, SRC_PORT, row, u16(bytes, at))
  put16(batch, DST_PORT, row, u16(bytes, at + 2))
}

/*
 * IEEE 802.3: destination (6), source (6), type (2);
 * IEEE 802.1Q: a type of 0x8100, 0x88a8 or one of its forerunners is followed by priority (3 bits), drop eligible (1),
 * VLAN (12) and the next type. The outermost VLAN is the one that the device put it in.
 */
function readEthernet(bytes: Uint8Array, start: number, end: number, batch: Batch, row: number): void {
  let at = start
  if (at + 14 > end) return
  putMac(batch, DST_MAC, row, bytes, at)
  putMac(batch, SRC_MAC, row, bytes, at + 6)
  let type = u16(bytes, at + 12)
  at += 14
  for (let tags = 0; isVlanTag(type) && at + 4 <= end; tags++) {
    const vlan = u16(bytes, at) & 0xfff
    // VLAN 0 is no VLAN: the tag is there for its priority (802.1Q §9.6).
    if (tags === 0 && vlan !== 0) put16(batch, VLAN, row, vlan)
    type = u16(bytes, at + 2)
    at += 4
  }
  packet.linkOctets = at - start
  if (type === 0x0800) readIpv4(bytes, at, end, batch, row)
  else if (type === 0x86dd) readIpv6(bytes, at, end, batch, row)
}

function isVlanTag(type: number): boolean {
  return type === 0x8100 || type === 0x88a8 || type === 0x9100 || type === 0x9200
}

/*
 * RFC 791 §3.1: version (4 bits), header length in 32-bit words (4), type of service (8), total length (16);
 * identification (16), flags (3), fragment offset (13); time to live (8), protocol (8), checksum (16); source (32);
 * destination (32); options.
 */
function readIpv4(bytes: Uint8Array, at: number, end: number, batch: Batch, row: number): void {
  if (at + 2 > end || (bytes[at] as number) >> 4 !== 4) return
  const headerOctets = ((bytes[at] as number) & 15) * 4
  if (headerOctets < 20) return
  put8(batch, IP_VERSION, row, 4)
  put8(batch, TOS, row, bytes[at + 1] as number)
  if (at + 4 > end) return
  const total = u16(bytes, at + 2)
  if (total >= headerOctets) packet.ipOctets = total
  if (at + 10 > end) return
  const protocol = bytes[at + 9] as number
  put8(batch, TTL, row, bytes[at + 8] as number)
  put8(batch, PROTO, row, protocol)
  if (at + 16 <= end) putV4(batch, SRC_IP, row, bytes, at + 12)
  if (at + 20 > end) return
  putV4(batch, DST_IP, row, bytes, at + 16)
  const firstFragment = (u16(bytes, at + 6) & 0x1fff) === 0
  if (firstFragment)
    readTransport(
      protocol,
      bytes,
      at + headerOctets,
      total >= headerOctets ? Math.min(end, at + total) : end,
      batch,
      row,
    )
}

/*
 * RFC 8200 §3: version (4 bits), traffic class (8), flow label (20); payload length (16), next header (8), hop limit (8);
 * source (128); destination (128); extension headers.
 */
function readIpv6(bytes: Uint8Array, at: number, end: number, batch: Batch, row: number): void {
  if (at + 2 > end || (bytes[at] as number) >> 4 !== 6) return
  put8(batch, IP_VERSION, row, 6)
  put8(batch, TOS, row, (u16(bytes, at) >> 4) & 0xff)
  if (at + 8 > end) return
  const payload = u16(bytes, at + 4)
  // 0 stands for a jumbogram (RFC 2675), or for a packet that the sender's network card is still to cut up.
  if (payload > 0) packet.ipOctets = payload + 40
  put8(batch, TTL, row, bytes[at + 7] as number)
  if (at + 24 <= end) putV6(batch, SRC_IP, row, bytes, at + 8)
  if (at + 40 <= end) putV6(batch, DST_IP, row, bytes, at + 24)
  readExtensions(bytes[at + 6] as number, bytes, at + 40, end, batch, row)
}

/*
 * RFC 8200 §4: next header (8 bits), then mostly length in 8 octets beyond the first 8 (8 bits). Fragment (§4.5) is 8
 * octets with the offset in octets 2 and 3; authentication (RFC 4302 §2.2) counts in 4 octets, less 2.
 */
function readExtensions(first: number, bytes: Uint8Array, start: number, end: number, batch: Batch, row: number): void {
  let protocol = first
  let at = start
  let laterFragment = false
  while (isExtension(protocol) && at + 2 <= end && !laterFragment) {
    const here = protocol
    const length = bytes[at + 1] as number
    protocol = bytes[at] as number
    if (here === FRAGMENT) laterFragment = at + 4 > end || u16(bytes, at + 2) >> 3 !== 0
    at += here === FRAGMENT ? 8 : here === AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8
  }
  put8(batch, PROTO, row, protocol)
  if (!laterFragment) readTransport(protocol, bytes, at, end, batch, row)
}

const FRAGMENT = 44
const AUTHENTICATION = 51

/** Hop-by-hop, routing, fragment, authentication, destination options, mobility, HIP, Shim6. */
function isExtension(protocol: number): boolean {
  return (
    protocol === 0 ||
    protocol === 43 ||
    protocol === FRAGMENT ||
    protocol === AUTHENTICATION ||
    protocol === 60 ||
    protocol === 135 ||
    protocol === 139 ||
    protocol === 140
  )
}

const ICMP = 1
const TCP = 6
const UDP = 17
const DCCP = 33
const ICMPV6 = 58
const SCTP = 132
const UDP_LITE = 136

const SRC_IP = slot('src.ip')
const DST_IP = slot('dst.ip')
const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const PROTO = slot('proto')
const IP_VERSION = slot('ip.version')
const SRC_MAC = slot('src.mac')
const DST_MAC = slot('dst.mac')
const VLAN = slot('vlan')
const TOS = slot('tos')
const TTL = slot('ttl')
const TCP_FLAGS = slot('tcp.flags')
const ICMP_TYPE = slot('icmp.type')
const ICMP_CODE = slot('icmp.code')
