/** Writes captures: classic pcap, microseconds, little-endian, Ethernet frames. */
import { checksum, encodeFrame, udpDatagram } from '../encoders/packet.ts'

const ETHERNET = 1
const FILE_HEADER_BYTES = 24
const FRAME_HEADER_BYTES = 16
/** Locally administered. */
const SOURCE_MAC = Uint8Array.of(2, 0, 0, 0, 0, 1)
const DESTINATION_MAC = Uint8Array.of(2, 0, 0, 0, 0, 2)

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
  const transport = udpDatagram(ends.sourcePort, ends.destinationPort, payload)
  const packet = { ...ends, protocol: 17, transport }
  checksum(packet)
  return encodeFrame({
    ...packet,
    sourceMac: SOURCE_MAC,
    destinationMac: DESTINATION_MAC,
    vlan: 0,
    tos: 0,
    ttl: 64,
    length: transport.length,
  })
}
