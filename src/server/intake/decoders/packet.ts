/**
 * Packet headers → the fields of a row, for sFlow's raw headers and for packet sections of IPFIX. A header may be cut short
 * anywhere: what is there is taken, and nothing else.
 */
import type { Batch } from '../batch.ts'
import { readEthernet, readHdlc, readLlc, readMpls, readPpp, readPppoe, readWifi } from './packet-link.ts'
import { OF_NETWORK, readIpv4, readIpv6 } from './packet-network.ts'
import { readPlain } from './packet-plain.ts'
import { writeAddresses, writeRest } from './packet-rest.ts'
import { LAYER, packet, startPacket, type Layer } from './packet-state.ts'
import {
  readErspan,
  readEtherIp,
  readGeneve,
  readGre,
  readGtp,
  readL2tp,
  readL2tp3,
  readVxlan,
} from './packet-tunnels.ts'

export { LAYER, packet, type Layer } from './packet-state.ts'

/** A packet has fewer layers than this, or it is made up. */
const MOST_LAYERS = 24

/**
 * Reads the packet that starts with that layer, and of which `[from, end)` is there, into the row; of a tunnelled packet the
 * flow's addresses are those of the tunnel's ends, or with `inner` those within. Returns the row's marks, which the caller
 * has to set; the rest is in `packet` until the next call.
 */
export function readPacket(
  first: Layer,
  view: DataView,
  from: number,
  end: number,
  inner: boolean,
  batch: Batch,
  row: number,
): number {
  if (first === LAYER.ethernet) {
    const marks = readPlain(view, from, end, batch, row)
    if (marks !== 0) return marks
  }
  startPacket(from, end)
  let layer = first
  for (let left = MOST_LAYERS; layer !== LAYER.none && left > 0; left--) {
    if (packet.networks === 0) packet.linkOctets = packet.at - from
    layer = readLayer(layer, view, inner, from, batch, row)
  }
  if (packet.networks === 0) packet.linkOctets = Math.min(packet.at, end) - from
  writeRest(view, batch, row)
  return packet.marks
}

function readLayer(layer: Layer, view: DataView, inner: boolean, from: number, batch: Batch, row: number): Layer {
  switch (layer) {
    case LAYER.none:
      return LAYER.none
    case LAYER.ethernet:
      return readEthernet(view, batch, row)
    case LAYER.ip:
      return packet.at >= packet.end ? LAYER.none : view.getUint8(packet.at) >> 4 === 6 ? LAYER.ipv6 : LAYER.ipv4
    case LAYER.ipv4:
      return packet.networks === 0 || enterNetwork(20, view, inner, from, batch, row)
        ? readIpv4(view, batch, row)
        : LAYER.none
    case LAYER.ipv6:
      return packet.networks === 0 || enterNetwork(40, view, inner, from, batch, row)
        ? readIpv6(view, batch, row)
        : LAYER.none
    case LAYER.mpls:
      return readMpls(view)
    case LAYER.llc:
      return readLlc(view)
    case LAYER.ppp:
      return readPpp(view)
    case LAYER.pppoe:
      return readPppoe(view)
    case LAYER.hdlc:
      return readHdlc(view)
    case LAYER.wifi:
      return readWifi(view, batch, row)
    case LAYER.gre:
      return readGre(view)
    case LAYER.erspan2:
      return readErspan(view, false)
    case LAYER.erspan3:
      return readErspan(view, true)
    case LAYER.vxlan:
      return readVxlan(view, false)
    case LAYER.vxlanGpe:
      return readVxlan(view, true)
    case LAYER.geneve:
      return readGeneve(view)
    case LAYER.gtp:
      return readGtp(view)
    case LAYER.l2tp:
      return readL2tp(view)
    case LAYER.l2tp3:
      return readL2tp3(view)
    case LAYER.etherip:
      return readEtherIp()
  }
}

/**
 * An IP header within an IP packet: makes room for it where its addresses shall be the flow's; false where the flow stays as it
 * is, also because the header is not all there.
 */
function enterNetwork(
  octets: 20 | 40,
  view: DataView,
  inner: boolean,
  from: number,
  batch: Batch,
  row: number,
): boolean {
  const { at } = packet
  if (at + octets > packet.end || view.getUint8(at) >> 4 !== (octets === 20 ? 4 : 6)) return false
  if (packet.networks === 1) writeAddresses(octets, view, inner, batch, row)
  if (!inner) return false
  packet.marks &= ~OF_NETWORK
  packet.ipOctets = -1
  packet.linkOctets = at - from
  return true
}
