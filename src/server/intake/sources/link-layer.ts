/** From a captured frame to the IP packet in it, by the LINKTYPE_ of its capture (tcpdump.org/linktypes.html). */
import { u16 } from '../octets.ts'

const IPV4 = 0x0800
const IPV6 = 0x86dd
const MPLS: ReadonlySet<number> = new Set([0x8847, 0x8848])
const PPPOE_SESSION = 0x8864
/** Below it, the field is a length (IEEE 802.3). */
const FIRST_ETHERTYPE = 0x0600
const VLANS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100])
/** AF_INET everywhere; AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, macOS. */
const FAMILIES: ReadonlySet<number> = new Set([2, 10, 24, 28, 30])
const PPP_IPV4 = 0x0021
const PPP_IPV6 = 0x0057

/** The packet, or null where the frame has none or the link layer is not known. */
export function networkPacket(linkType: number, frame: Uint8Array): Uint8Array | null {
  switch (linkType) {
    case 0: // NULL: the address family in the byte order of the host
    case 108: // LOOP: the same in network order
      return loopback(frame)
    case 1: // EN10MB
      return etherPayload(frame, 12, 14)
    case 9: // PPP, with or without address and control
    case 50: // PPP_HDLC: the same, or Cisco's HDLC
      return frame[0] === 0x0f || frame[0] === 0x8f
        ? etherPayload(frame, 2, 4)
        : pppPayload(frame, frame[0] === 0xff ? 2 : 0)
    case 12:
    case 14:
    case 101: // RAW
    case 228: // IPV4
    case 229: // IPV6
      return frame
    case 51: // PPP_ETHER
      return pppPayload(frame, 6)
    case 104: // C_HDLC: address(1) control(1) EtherType(2)
      return etherPayload(frame, 2, 4)
    case 113: // LINUX_SLL: packet type(2) ARPHRD(2) address length(2) address(8) protocol(2)
      return etherPayload(frame, 14, 16)
    case 276: // LINUX_SLL2: protocol(2) reserved(2) interface(4) ARPHRD(2) packet type(1) address length(1) address(8)
      return etherPayload(frame, 0, 20)
    default:
      return null
  }
}

function loopback(frame: Uint8Array): Uint8Array | null {
  if (frame.length < 4) return null
  const family = u16(frame, 0) === 0 ? u16(frame, 2) : u16(frame, 2) === 0 ? (frame[0] as number) : 0
  return FAMILIES.has(family) ? frame.subarray(4) : null
}

/** What follows an EtherType at `typeAt`, when it is IP; VLAN tags (802.1Q, 802.1ad) and MPLS labels are passed over. */
function etherPayload(frame: Uint8Array, typeAt: number, dataAt: number): Uint8Array | null {
  if (frame.length < dataAt + 1) return null
  let type = u16(frame, typeAt)
  let at = dataAt
  while (VLANS.has(type) && at + 4 <= frame.length) {
    type = u16(frame, at + 2)
    at += 4
  }
  // LLC and SNAP: aa aa 03, organisation 0, EtherType.
  if (type < FIRST_ETHERTYPE && at + 8 <= frame.length && u16(frame, at) === 0xaaaa) {
    type = u16(frame, at + 6)
    at += 8
  }
  if (type === IPV4 || type === IPV6) return frame.subarray(at)
  // PPPoE (RFC 2516 §4): version and type(1) code(1) session(2) length(2)
  if (type === PPPOE_SESSION) return pppPayload(frame, at + 6)
  return MPLS.has(type) ? mplsPayload(frame, at) : null
}

/** Labels of 4 bytes, the last of which is marked (RFC 3032 §2.1); whether IP follows shows in its version. */
function mplsPayload(frame: Uint8Array, first: number): Uint8Array | null {
  let at = first
  while (at + 4 <= frame.length && ((frame[at + 2] as number) & 1) === 0) at += 4
  return frame.length > at + 4 ? frame.subarray(at + 4) : null
}

/** PPP's protocol field: two bytes, or one that is odd (RFC 1661 §2, §6.5). */
function pppPayload(frame: Uint8Array, at: number): Uint8Array | null {
  if (frame.length < at + 2) return null
  const isShort = ((frame[at] as number) & 1) === 1
  const protocol = isShort ? (frame[at] as number) : u16(frame, at)
  return protocol === PPP_IPV4 || protocol === PPP_IPV6 ? frame.subarray(at + (isShort ? 1 : 2)) : null
}
