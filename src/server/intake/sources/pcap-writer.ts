/** Writes captures: classic pcap, microseconds, little-endian, Ethernet frames. */

const ETHERNET = 1
const FILE_HEADER_BYTES = 24
const FRAME_HEADER_BYTES = 16

/** Where a datagram goes from and to. Addresses are 4 or 16 bytes, both of one length. */
export interface Endpoints {
  readonly source: Uint8Array
  readonly sourcePort: number
  readonly destination: Uint8Array
  readonly destinationPort: number
}

export function pcapHeader(): Uint8Array {
  const bytes = new Uint8Array(FILE_HEADER_BYTES)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, 0xa1b2c3d4, true)
  view.setUint16(4, 2, true)
  view.setUint16(6, 4, true)
  view.setUint32(16, 262_144, true)
  view.setUint32(20, ETHERNET, true)
  return bytes
}

/** A frame with its header. `timeMs` may have a fraction. */
export function pcapFrame(timeMs: number, frame: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(FRAME_HEADER_BYTES + frame.length)
  const view = new DataView(bytes.buffer)
  const seconds = Math.floor(timeMs / 1000)
  view.setUint32(0, seconds, true)
  view.setUint32(4, Math.floor((timeMs - seconds * 1000) * 1000), true)
  view.setUint32(8, frame.length, true)
  view.setUint32(12, frame.length, true)
  bytes.set(frame, FRAME_HEADER_BYTES)
  return bytes
}

/** An Ethernet frame with a UDP datagram in it, checksums and all. */
export function udpFrame(ends: Endpoints, payload: Uint8Array): Uint8Array {
  const length = 8 + payload.length
  const udp = new Uint8Array(length)
  const view = new DataView(udp.buffer)
  view.setUint16(0, ends.sourcePort)
  view.setUint16(2, ends.destinationPort)
  view.setUint16(4, length)
  udp.set(payload, 8)
  // The pseudo header (RFC 768, RFC 8200 §8.1) adds up alike for both versions as long as the length fits 16 bits.
  const sum = addWords(udp, addWords(ends.source, addWords(ends.destination, 17 + length)))
  view.setUint16(6, complement(sum) || 0xffff)
  const header = ends.source.length === 4 ? ipv4Header(ends, length) : ipv6Header(ends, length)
  const frame = new Uint8Array(14 + header.length + length)
  // Locally administered addresses.
  frame.set([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1])
  new DataView(frame.buffer).setUint16(12, header.length === 20 ? 0x0800 : 0x86dd)
  frame.set(header, 14)
  frame.set(udp, 14 + header.length)
  return frame
}

function ipv4Header(ends: Endpoints, length: number): Uint8Array {
  const header = new Uint8Array(20)
  const view = new DataView(header.buffer)
  view.setUint8(0, 0x45)
  view.setUint16(2, 20 + length)
  view.setUint8(8, 64)
  view.setUint8(9, 17)
  header.set(ends.source, 12)
  header.set(ends.destination, 16)
  view.setUint16(10, complement(addWords(header, 0)))
  return header
}

function ipv6Header(ends: Endpoints, length: number): Uint8Array {
  const header = new Uint8Array(40)
  const view = new DataView(header.buffer)
  view.setUint8(0, 0x60)
  view.setUint16(4, length)
  view.setUint8(6, 17)
  view.setUint8(7, 64)
  header.set(ends.source, 8)
  header.set(ends.destination, 24)
  return header
}

/** Internet checksum (RFC 1071): the sum of 16-bit words, carried on. */
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
