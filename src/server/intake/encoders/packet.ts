/** Packets as they stand on the wire: Ethernet, VLAN, IPv4 or IPv6, TCP, UDP, ICMP. */
import { ByteWriter } from './byte-writer.ts'

export interface Packet {
  /** 6 bytes each. */
  readonly sourceMac: Uint8Array
  readonly destinationMac: Uint8Array
  /** 802.1Q tag, or 0 for none. */
  readonly vlan: number
  /** 4 or 16 bytes, both of one length. */
  readonly source: Uint8Array
  readonly destination: Uint8Array
  readonly protocol: number
  readonly tos: number
  readonly ttl: number
  /** IPv4 identification. */
  readonly id?: number
  /** Transport header and what follows it; may be less than `length` promises. */
  readonly transport: Uint8Array
  /** Of transport header and payload together, as it was sent. */
  readonly length: number
}

const out = new ByteWriter()

/** An Ethernet frame, without its check sequence. */
export function encodeFrame(packet: Packet): Uint8Array {
  const v6 = packet.source.length === 16
  out.put(packet.destinationMac)
  out.put(packet.sourceMac)
  if (packet.vlan > 0) {
    out.u16(0x8100)
    out.u16(packet.vlan)
  }
  out.u16(v6 ? 0x86dd : 0x0800)
  if (v6) writeV6(packet)
  else writeV4(packet)
  out.put(packet.transport)
  return out.finish()
}

/** RFC 791 §3.1. */
function writeV4(packet: Packet): void {
  const start = out.length
  out.u8(0x45)
  out.u8(packet.tos)
  out.u16(20 + packet.length)
  out.u16(packet.id ?? 0)
  out.u16(0x4000)
  out.u8(packet.ttl)
  out.u8(packet.protocol)
  out.u16(0)
  out.put(packet.source)
  out.put(packet.destination)
  let sum = 0x8500 + packet.tos + 20 + packet.length + (packet.id ?? 0) + packet.ttl * 256 + packet.protocol
  sum = addWords(packet.source, addWords(packet.destination, sum))
  out.setU16(start + 10, complement(sum))
}

/** RFC 8200 §3. */
function writeV6(packet: Packet): void {
  out.u32(0x6000_0000 + packet.tos * 2 ** 20)
  out.u16(packet.length)
  out.u8(packet.protocol)
  out.u8(packet.ttl)
  out.put(packet.source)
  out.put(packet.destination)
}

/** source(2) destination(2) sequence(4) acknowledgment(4) offset(1) flags(1) window(2) checksum(2) urgent(2); RFC 9293 §3.1. */
export function tcpHeader(
  sourcePort: number,
  destinationPort: number,
  sequence: number,
  acknowledgment: number,
  flags: number,
): Uint8Array {
  out.u16(sourcePort)
  out.u16(destinationPort)
  out.u32(sequence)
  out.u32(acknowledgment)
  out.u8(0x50)
  out.u8(flags)
  out.u16(0xffff)
  out.u32(0)
  return out.finish()
}

/** source(2) destination(2) length(2) checksum(2); RFC 768. `payload` may be less than `payloadLength`. */
export function udpDatagram(
  sourcePort: number,
  destinationPort: number,
  payload: Uint8Array,
  payloadLength = payload.length,
): Uint8Array {
  out.u16(sourcePort)
  out.u16(destinationPort)
  out.u16(8 + payloadLength)
  out.u16(0)
  out.put(payload)
  return out.finish()
}

/** type(1) code(1) checksum(2) identifier(2) sequence(2); RFC 792, RFC 4443 §4. */
export function icmpEcho(type: number, code: number, identifier: number, sequence: number): Uint8Array {
  out.u8(type)
  out.u8(code)
  out.u16(0)
  out.u16(identifier)
  out.u16(sequence)
  return out.finish()
}

/** Where the transport header of a protocol has its checksum; undefined where it has none. */
const CHECKSUM_AT: Readonly<Record<number, number>> = { 1: 2, 6: 16, 17: 6, 58: 2 }

/** Fills in the checksum of a whole transport segment (RFC 1071, RFC 8200 §8.1), which must be 0 before. */
export function checksum(packet: Pick<Packet, 'source' | 'destination' | 'protocol' | 'transport'>): void {
  const at = CHECKSUM_AT[packet.protocol]
  if (at === undefined) return
  // ICMP for IPv4 is the one without a pseudo header.
  const pseudo =
    packet.protocol === 1
      ? 0
      : addWords(packet.source, addWords(packet.destination, packet.protocol + packet.transport.length))
  const sum = complement(addWords(packet.transport, pseudo))
  // RFC 768: a computed zero is sent as all ones.
  new DataView(packet.transport.buffer, packet.transport.byteOffset).setUint16(
    at,
    sum === 0 && packet.protocol === 17 ? 0xffff : sum,
  )
}

function addWords(bytes: Uint8Array, start: number): number {
  let sum = start
  for (let i = 0; i < bytes.length; i += 2) sum += ((bytes[i] as number) << 8) | (bytes[i + 1] ?? 0)
  return sum
}

function complement(sum: number): number {
  let folded = sum
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 65_536)
  return ~folded & 0xffff
}
