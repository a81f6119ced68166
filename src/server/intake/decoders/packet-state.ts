/** What the readers of a packet's layers tell one another, and what they have learnt of the packet. */
import type { Tunnel } from '../../../shared/schema/codes.ts'

/** What a layer is followed by; `none` where the rest is not read. */
export const LAYER = {
  none: 0,
  ethernet: 1,
  /** IPv4 or IPv6, as the first four bits say. */
  ip: 2,
  ipv4: 3,
  ipv6: 4,
  mpls: 5,
  llc: 6,
  /** PPP as in PPPoE: the protocol first. */
  ppp: 7,
  pppoe: 8,
  /** PPP or Cisco's HDLC in their frames: address and control first. */
  hdlc: 9,
  wifi: 10,
  gre: 11,
  erspan2: 12,
  erspan3: 13,
  vxlan: 14,
  vxlanGpe: 15,
  geneve: 16,
  gtp: 17,
  l2tp: 18,
  l2tp3: 19,
  etherip: 20,
} as const
export type Layer = (typeof LAYER)[keyof typeof LAYER]

/** Labels of an MPLS stack that are read; more do not fit into 128 octets beside a packet. */
export const MOST_LABELS = 16

export const packet = {
  /** Where the layer begins, and where the packet ends that it is in, as far as it is there. */
  at: 0,
  end: 0,
  /** Of the fields that stand in the row. See marks.ts. */
  marks: 0,
  /** Octets before the network layer. */
  linkOctets: 0,
  /** Octets of the IP packet whose addresses are the flow's, as its header says; -1 where there is none or it does not say. */
  ipOctets: -1,
  /** Ethernet headers and IP headers read so far. */
  frames: 0,
  networks: 0,
  /** Second VLAN of a frame, 0 for none. */
  innerVlan: 0,
  labels: 0,
  /** The outermost tunnel, its number where it has one. */
  tunnel: null as Tunnel | null,
  tunnelId: -1,
  /** Basic service set of a wireless frame: offset, or -1. */
  wifiAt: -1,
}

/** The labels of the MPLS stack, the top first. */
export const labels = new Uint32Array(MOST_LABELS)

export function startPacket(at: number, end: number): void {
  packet.at = at
  packet.end = end
  packet.marks = 0
  packet.linkOctets = 0
  packet.ipOctets = -1
  packet.frames = 0
  packet.networks = 0
  packet.innerVlan = 0
  packet.labels = 0
  packet.tunnel = null
  packet.tunnelId = -1
  packet.wifiAt = -1
}

/** Notes the tunnel that the rest of the packet is in; of several the outermost. */
export function enterTunnel(tunnel: Tunnel, id: number): void {
  if (packet.tunnel !== null) return
  packet.tunnel = tunnel
  packet.tunnelId = id
}

/** The layer that an EtherType stands for (IEEE 802 numbers; RFC 2516, RFC 3032, RFC 5332). */
export function layerOfType(type: number): Layer {
  switch (type) {
    case 0x0800:
      return LAYER.ipv4
    case 0x86dd:
      return LAYER.ipv6
    case 0x8847:
    case 0x8848:
      return LAYER.mpls
    case 0x8864:
      return LAYER.pppoe
    case 0x6558:
      return LAYER.ethernet
    case 0x880b:
      return LAYER.ppp
    default:
      return type < 0x600 ? LAYER.llc : LAYER.none
  }
}
