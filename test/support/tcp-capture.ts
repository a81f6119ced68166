/** TCP segments as captures have them (RFC 791 §3.1, RFC 9293 §3.1), from 192.0.2.1:50000 to 198.51.100.7:4739. */
import { u16, u32, type Octets } from './wire.ts'

export const SYN = 2
export const ACK = 16
export const FIN = 1
/** Initial sequence number, so that it soon wraps. */
const START = 0xffff_fff0

/** The segment that has `data` at that offset of the stream; a SYN is at -1. */
export function segment(offset: number, data: Uint8Array, flags = ACK, port = 50_000): Uint8Array {
  return packet(6, [
    ...u16(port),
    ...u16(4739),
    ...u32((START + 1 + offset) >>> 0),
    ...u32(0),
    0x50,
    flags,
    ...u16(8192),
    ...u32(0),
    ...data,
  ])
}

export function packet(protocol: number, transport: Octets): Uint8Array {
  const head = [0x45, 0, ...u16(20 + transport.length), ...u32(0), 64, protocol, 0, 0, 192, 0, 2, 1, 198, 51, 100, 7]
  return Uint8Array.from([...head, ...transport])
}
