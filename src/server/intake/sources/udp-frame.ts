/**
 * From a captured frame to the UDP datagram in it: link layer, IPv4 or IPv6, fragments, UDP. Only what is needed to find
 * flow datagrams; what the frames of flows themselves look like is a decoder's matter.
 */
import { formatIp } from '../../../shared/schema/ip.ts'
import { Fragments } from './fragments.ts'

export interface UdpPayload {
  /** Source address as text. */
  readonly sourceAddress: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly bytes: Uint8Array
  /** The capture holds less of it than was sent. */
  readonly cut: boolean
}

const IPV4 = 0x0800
const IPV6 = 0x86dd
const VLANS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100])
const UDP = 17
const FRAGMENT = 44
/** IPv6 extension headers that may stand before UDP: hop-by-hop, routing, destination options, mobility. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135])
/** Where the headers of Linux cooked captures have the EtherType, and where the packet begins. */
const COOKED: Readonly<Record<number, { type: number; data: number }>> = {
  // LINUX_SLL: packet type(2) ARPHRD(2) address length(2) address(8) protocol(2)
  113: { type: 14, data: 16 },
  // LINUX_SLL2: protocol(2) reserved(2) interface(4) ARPHRD(2) packet type(1) address length(1) address(8)
  276: { type: 0, data: 20 },
}

export class UdpFrames {
  readonly fragments = new Fragments()
  /** Text of the addresses seen, so that it is made once for each exporter; emptied when it grows. */
  private readonly addresses = new Map<string, string>()

  /** The datagram in a frame, or that a frame completes; null where there is none. */
  read(linkType: number, frame: Uint8Array, timeMs: number): UdpPayload | null {
    const packet = networkPacket(linkType, frame)
    if (!packet) return null
    const version = (packet[0] ?? 0) >> 4
    if (version === 4) return this.readV4(packet, timeMs)
    return version === 6 ? this.readV6(packet, timeMs) : null
  }

  /** RFC 791 §3.1. */
  private readV4(packet: Uint8Array, timeMs: number): UdpPayload | null {
    const headerLength = ((packet[0] as number) & 15) * 4
    if (headerLength < 20 || packet.length < headerLength || packet[9] !== UDP) return null
    const source = packet.subarray(12, 16)
    const total = u16(packet, 2)
    // 0 where the sending card cuts the packet up itself (segmentation offload).
    const end = total < headerLength ? packet.length : Math.min(total, packet.length)
    const data = packet.subarray(headerLength, end)
    const fragment = u16(packet, 6)
    const more = (fragment & 0x2000) !== 0
    const offset = (fragment & 0x1fff) * 8
    if (!more && offset === 0) return this.readUdp(source, data)
    const key = `4 ${packet.subarray(12, 20).join('.')} ${u16(packet, 4)}`
    const whole = this.fragments.add(key, offset, data, more, timeMs)
    return whole && this.readUdp(source, whole)
  }

  /** RFC 8200 §3, §4. */
  private readV6(packet: Uint8Array, timeMs: number): UdpPayload | null {
    if (packet.length < 40) return null
    const source = packet.subarray(8, 24)
    const payload = u16(packet, 4)
    const end = payload === 0 ? packet.length : Math.min(40 + payload, packet.length)
    let next = packet[6] as number
    let at = 40
    while (EXTENSIONS.has(next) && at + 8 <= end) {
      next = packet[at] as number
      at += 8 + (packet[at + 1] as number) * 8
    }
    if (next === UDP) return this.readUdp(source, packet.subarray(at, end))
    if (next !== FRAGMENT || at + 8 > end || packet[at] !== UDP) return null
    const more = ((packet[at + 3] as number) & 1) !== 0
    const key = `6 ${packet.subarray(8, 40).join('.')} ${packet.subarray(at + 4, at + 8).join('.')}`
    const whole = this.fragments.add(key, u16(packet, at + 2) & 0xfff8, packet.subarray(at + 8, end), more, timeMs)
    return whole && this.readUdp(source, whole)
  }

  /** RFC 768: source(2) destination(2) length(2) checksum(2). */
  private readUdp(source: Uint8Array, bytes: Uint8Array): UdpPayload | null {
    if (bytes.length < 8) return null
    const length = u16(bytes, 4)
    // 0: a jumbogram (RFC 2675 §4).
    const end = length === 0 ? bytes.length : length
    if (end < 8) return null
    return {
      sourceAddress: this.text(source),
      sourcePort: u16(bytes, 0),
      destinationPort: u16(bytes, 2),
      bytes: bytes.subarray(8, end),
      cut: end > bytes.length,
    }
  }

  private text(address: Uint8Array): string {
    const key = address.join('.')
    if (address.length === 4) return key
    const known = this.addresses.get(key)
    if (known !== undefined) return known
    if (this.addresses.size >= 4096) this.addresses.clear()
    const text = formatIp(BigInt(`0x${Buffer.from(address).toString('hex')}`))
    this.addresses.set(key, text)
    return text
  }
}

/** The IP packet in a frame of that LINKTYPE_, or null. */
function networkPacket(linkType: number, frame: Uint8Array): Uint8Array | null {
  switch (linkType) {
    case 0: // NULL: the address family in the byte order of the host; every family but IP's is another number
    case 108: // LOOP: the same in network order
      return frame.subarray(4)
    case 1: // EN10MB
      return etherPayload(frame, 12, 14)
    case 12:
    case 14:
    case 101: // RAW
    case 228: // IPV4
    case 229: // IPV6
      return frame
    case 113:
    case 276: {
      const cooked = COOKED[linkType] as { type: number; data: number }
      return etherPayload(frame, cooked.type, cooked.data)
    }
    default:
      return null
  }
}

/** What follows an EtherType at `typeAt`, when it is IP; VLAN tags (802.1Q, 802.1ad) are passed over. */
function etherPayload(frame: Uint8Array, typeAt: number, dataAt: number): Uint8Array | null {
  if (frame.length < dataAt + 1) return null
  let type = u16(frame, typeAt)
  let at = dataAt
  while (VLANS.has(type) && at + 4 <= frame.length) {
    type = u16(frame, at + 2)
    at += 4
  }
  return type === IPV4 || type === IPV6 ? frame.subarray(at) : null
}

function u16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) << 8) | (bytes[at + 1] as number)
}
