/** Tunnel headers: what kind of tunnel, its number, and what the packet in it starts with. */
import { enterTunnel, LAYER, layerOfType, packet, type Layer } from './packet-state.ts'

/*
 * RFC 2784 §2.1, RFC 2890 §2: checksum (1 bit), routing (RFC 1701), key, sequence, …, version (3), type (16); 4 octets each for
 * what is present of checksum and offset, key and sequence. RFC 2637 §4.1, version 1: key and sequence, and an
 * acknowledgment where bit 8 says so; the lower half of the key is the call.
 */
export function readGre(view: DataView): Layer {
  const { at, end } = packet
  if (at + 4 > end) return LAYER.none
  const flags = view.getUint16(at)
  const type = view.getUint16(at + 2)
  let next = at + 4
  if ((flags & 0xc000) !== 0) next += 4
  let key = -1
  if ((flags & 0x2000) !== 0) {
    if (next + 4 <= end) key = view.getUint32(next)
    next += 4
  }
  const numbered = (flags & 0x1000) !== 0
  if (numbered) next += 4
  if ((flags & 7) === 1) {
    if ((flags & 0x80) !== 0) next += 4
    if (key >= 0) key &= 0xffff
  }
  packet.at = next
  if (type === 0x88be || type === 0x22eb) {
    // ERSPAN type I has neither a header of its own nor sequence numbers.
    if (numbered) return type === 0x88be ? LAYER.erspan2 : LAYER.erspan3
    enterTunnel('erspan', -1)
    return LAYER.ethernet
  }
  enterTunnel('gre', key)
  // The source routes of RFC 1701 are of any length.
  return (flags & 0x4000) !== 0 ? LAYER.none : layerOfType(type)
}

/*
 * draft-foschiano-erspan §4.2: version (4 bits), VLAN (12), class (3), encapsulation (2), truncated (1), session (10), then 4
 * octets. §4.3, type III: the same, then timestamp (32), and 4 octets of which the last bit announces 8 more.
 */
export function readErspan(view: DataView, type3: boolean): Layer {
  const { at, end } = packet
  const octets = type3 ? 12 : 8
  if (at + 4 > end) return LAYER.none
  enterTunnel('erspan', view.getUint16(at + 2) & 0x3ff)
  if (at + octets > end) return LAYER.none
  packet.at = at + octets + (type3 && (view.getUint8(at + 11) & 1) !== 0 ? 8 : 0)
  return LAYER.ethernet
}

/*
 * RFC 7348 §5: flags (8 bits, 0x08: the identifier is valid), reserved (24), identifier (24), reserved (8).
 * draft-ietf-nvo3-vxlan-gpe §3: the same with the next protocol in the octet before the identifier (flag 0x04).
 */
export function readVxlan(view: DataView, gpe: boolean): Layer {
  const { at, end } = packet
  if (at + 8 > end) return LAYER.none
  const flags = view.getUint8(at)
  if ((flags & 0x08) === 0) return LAYER.none
  enterTunnel('vxlan', view.getUint32(at + 4) >>> 8)
  packet.at = at + 8
  if (!gpe || (flags & 0x04) === 0) return LAYER.ethernet
  const protocol = view.getUint8(at + 3)
  return protocol === 1 ? LAYER.ipv4 : protocol === 2 ? LAYER.ipv6 : protocol === 3 ? LAYER.ethernet : LAYER.none
}

/*
 * RFC 8926 §3.4: version (2 bits), options length in 4 octets (6), flags (8), type (16), identifier (24), reserved (8), options.
 */
export function readGeneve(view: DataView): Layer {
  const { at, end } = packet
  if (at + 8 > end || view.getUint8(at) >> 6 !== 0) return LAYER.none
  enterTunnel('geneve', view.getUint32(at + 4) >>> 8)
  packet.at = at + 8 + 4 * (view.getUint8(at) & 0x3f)
  return layerOfType(view.getUint16(at + 2))
}

/*
 * 3GPP TS 29.281 §5.1: version = 1 (3 bits), protocol type = 1, reserved, extensions (0x04), sequence (0x02), N-PDU (0x01);
 * message type (8; 255: a user's packet), length (16), tunnel endpoint (32); where any of the three is set, sequence (16),
 * N-PDU (8), next extension (8). §5.2, extension: length in 4 octets (8), content, next extension (8).
 */
export function readGtp(view: DataView): Layer {
  const { at, end } = packet
  if (at + 8 > end) return LAYER.none
  const flags = view.getUint8(at)
  if (flags >> 4 !== 3 || view.getUint8(at + 1) !== 255) return LAYER.none
  enterTunnel('gtp-u', view.getUint32(at + 4))
  let next = at + 8
  if ((flags & 7) !== 0) {
    next += 4
    while (next <= end && view.getUint8(next - 1) !== 0) {
      const octets = next < end ? 4 * view.getUint8(next) : 0
      if (octets === 0) return LAYER.none
      next += octets
    }
  }
  packet.at = next
  return LAYER.ip
}

/*
 * RFC 2661 §3.1: control (1 bit), length present, 2 reserved, sequence present, reserved, offset present, priority, …, version
 * (4): 2; length (16), tunnel (16), session (16), sequence (32), offset (16) and as many octets; PPP. RFC 3931 §4.1.2, version 3
 * over UDP: flags and version, reserved (16), then as over IP.
 */
export function readL2tp(view: DataView): Layer {
  const { at, end } = packet
  if (at + 8 > end) return LAYER.none
  const flags = view.getUint16(at)
  if ((flags & 0x8000) !== 0) return LAYER.none
  if ((flags & 15) === 3) {
    packet.at = at + 4
    return LAYER.l2tp3
  }
  if ((flags & 15) !== 2) return LAYER.none
  let next = at + ((flags & 0x4000) !== 0 ? 4 : 2)
  if (next + 4 > end) return LAYER.none
  enterTunnel('l2tp', view.getUint16(next + 2))
  next += (flags & 0x0800) !== 0 ? 8 : 4
  if ((flags & 0x0200) !== 0) {
    if (next + 2 > end) return LAYER.none
    next += 2 + view.getUint16(next)
  }
  packet.at = next
  return LAYER.ppp
}

/*
 * RFC 3931 §4.1.1: session (32 bits; 0: control), cookie (0, 32 or 64), sublayer. How long the cookie is, only the two ends
 * know, so what follows is not read.
 */
export function readL2tp3(view: DataView): Layer {
  const { at, end } = packet
  if (at + 4 > end) return LAYER.none
  const session = view.getUint32(at)
  if (session !== 0) enterTunnel('l2tp', session)
  return LAYER.none
}

/** RFC 3378 §3: version (4 bits), reserved (12), then an Ethernet frame. */
export function readEtherIp(): Layer {
  enterTunnel('etherip', -1)
  packet.at += 2
  return LAYER.ethernet
}

/** Answers of L2TP come from its port, and need not go to it (RFC 2661 §8.1). */
export const TUNNEL_SOURCE_PORT = 1701

/** What UDP to a port bears (RFC 7348, 8926, 2661, 7510; TS 29.281). 8472 is Linux's, before there was a registered port. */
const LAYER_OF_PORT: ReadonlyMap<number, Layer> = new Map<number, Layer>([
  [4789, LAYER.vxlan],
  [8472, LAYER.vxlan],
  [4790, LAYER.vxlanGpe],
  [6081, LAYER.geneve],
  [2152, LAYER.gtp],
  [TUNNEL_SOURCE_PORT, LAYER.l2tp],
  [6635, LAYER.mpls],
])
export const TUNNEL_PORTS: readonly number[] = [...LAYER_OF_PORT.keys()]

/** The layer that a UDP datagram between these ports bears. */
export function layerOfPorts(source: number, destination: number): Layer {
  return LAYER_OF_PORT.get(destination) ?? (source === TUNNEL_SOURCE_PORT ? LAYER.l2tp : LAYER.none)
}
