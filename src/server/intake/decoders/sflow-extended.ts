/** What an sFlow version 5 sample says beside the packet's header: routes, users, requests, translations, tunnels, radio. */
import { TUNNELS } from '../../../shared/schema/codes.ts'
import type { Batch } from '../batch.ts'
import type { Exporter } from '../exporter.ts'
import { NumberList } from '../number-list.ts'
import { put16, put32, put8, putMac, putV4, putV6, slot, type Slot } from '../slots.ts'
import { packet } from './packet-state.ts'
import { addressEnd, putText, textEnd } from './sflow-blocks.ts'
import { readHttp, readOperation, readSocket } from './sflow-requests.ts'

/** Whether a record of the sample has brought a next hop. */
let routed = false

/** To be called before the first extended record of a sample. */
export function startExtended(): void {
  routed = false
}

/**
 * Reads the record of that format, whose content is `[at, end)`, into the row; `header` says whether a packet's header
 * was read before. False where it ends too early. What is of no
 * known format, or says nothing that a field keeps, is counted by its format.
 */
export function readExtended(
  format: number,
  view: DataView,
  at: number,
  end: number,
  header: boolean,
  exporter: Exporter,
  batch: Batch,
  row: number,
): boolean {
  switch (format) {
    case 1002:
      return readRouter(view, at, end, batch, row)
    case 1003:
      return readGateway(view, at, end, batch, row)
    case 1004:
      return readUser(view, at, end, batch, row)
    case 1005:
      return readUrl(view, at, end, batch, row)
    case 1006:
      return readLabels(view, at, end, header, batch, row)
    case 1007:
      return readNat(view, at, end, batch, row)
    case 1012:
      return readRemovedTags(view, at, end, batch, row)
    case 1014:
    case 1015:
      return readRadio(view, at, end, batch, row)
    case 1020:
      return readNatPorts(view, at, end, batch, row)
    case 1023:
    case 1024:
      return readTunnel(4, view, at, end, batch, row)
    case 1025:
    case 1026:
      return readTunnel(16, view, at, end, batch, row)
    case 1029:
    case 1030:
      return readNetwork(view, at, end, batch, row)
    case 2100:
      return readSocket(4, view, at, end, header, batch, row)
    case 2101:
      return readSocket(16, view, at, end, header, batch, row)
    case 2201:
    case 2206:
      return readHttp(format === 2206, view, at, end, batch, row)
    case 2202:
      return readOperation(view, at, end, batch, row)
    default:
      exporter.sflow.unknownStructure(format)
      return true
  }
}

/*
 * extended router: next hop (address), source and destination prefix length (u32 each).
 */
function readRouter(view: DataView, start: number, end: number, batch: Batch, row: number): boolean {
  const at = addressEnd(view, start, end)
  if (at < 0 || at + 8 > end) return false
  putTypedAddress(NEXT_HOP, view, start, batch, row)
  putPrefix(SRC_MASK, view.getUint32(at), batch, row)
  putPrefix(DST_MASK, view.getUint32(at + 4), batch, row)
  routed = true
  return true
}

function putPrefix(to: Slot, length: number, batch: Batch, row: number): void {
  if (length <= 128) put8(batch, to, row, length)
}

/** The address whose type stands at `at`; nothing where it is none, or 0. */
function putTypedAddress(to: Slot, view: DataView, at: number, batch: Batch, row: number): void {
  const type = view.getUint32(at)
  if (type === 1) putV4(batch, to, row, view, at + 4)
  else if (type === 2) putV6(batch, to, row, view, at + 4)
}

/*
 * extended gateway: next hop (address), AS of the router, of the source and of the source's peer (u32 each), AS path to the
 * destination: number of segments (u32), each with type (u32; 1: a set), number of AS (u32), AS (u32 each); then communities
 * and local preference. A source AS of 0 and an empty path are the router's own AS.
 */
function readGateway(view: DataView, start: number, end: number, batch: Batch, row: number): boolean {
  let at = addressEnd(view, start, end)
  if (at < 0 || at + 16 > end) return false
  putTypedAddress(BGP_NEXT_HOP, view, start, batch, row)
  if (!routed) putTypedAddress(NEXT_HOP, view, start, batch, row)
  const own = view.getUint32(at)
  const source = view.getUint32(at + 4) || own
  const peer = view.getUint32(at + 8)
  let destination = own
  let next = 0
  if (source !== 0) put32(batch, SRC_AS, row, source)
  if (peer !== 0) put32(batch, PREV_AS, row, peer)
  let segments = view.getUint32(at + 12)
  at += 16
  path.clear()
  for (; segments > 0; segments--) {
    if (at + 8 > end) return false
    const set = view.getUint32(at) === 1
    const count = view.getUint32(at + 4)
    at += 8
    if (count > (end - at) >> 2) return false
    for (let i = 0; i < count; i++, at += 4) {
      destination = view.getUint32(at)
      if (next === 0) next = destination
      path.add(destination, set && i > 0 ? COMMA : SPACE, set && i === 0)
    }
    if (set && count > 0) path.character(BRACE_CLOSED)
  }
  if (destination !== 0) put32(batch, DST_AS, row, destination)
  if (next !== 0) {
    put32(batch, NEXT_AS, row, next)
    put32(batch, AS_PATH, row, path.intern(batch.texts))
  }
  return true
}

/*
 * extended user: character set of the source's (u32), user at the source (text), the same for the destination.
 */
function readUser(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  const destination = at + 4 > end ? -1 : textEnd(view, at + 4, end)
  if (destination < 0 || destination + 4 > end || textEnd(view, destination + 4, end) < 0) return false
  if (!putText(USER, view, at + 4, batch, row)) putText(USER, view, destination + 4, batch, row)
  return true
}

/*
 * extended URL: direction (u32), URL (text), host (text).
 */
function readUrl(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  const host = at + 4 > end ? -1 : textEnd(view, at + 4, end)
  if (host < 0 || textEnd(view, host, end) < 0) return false
  putText(HTTP_URL, view, at + 4, batch, row)
  putText(HTTP_HOST, view, host, batch, row)
  return true
}

/*
 * extended MPLS: next hop (address), labels on the way in: number (u32), each as in the packet (u32, RFC 3032 §2.1); labels on
 * the way out. The stack in the packet's header goes before.
 */
function readLabels(view: DataView, start: number, end: number, header: boolean, batch: Batch, row: number): boolean {
  const at = addressEnd(view, start, end)
  if (at < 0 || at + 4 > end) return false
  const count = view.getUint32(at)
  if (count > (end - at - 4) >> 2) return false
  if (count === 0 || (header && packet.labels > 0)) return true
  path.clear()
  for (let i = 0; i < count; i++) path.add(view.getUint32(at + 4 + 4 * i) >>> 12)
  put32(batch, MPLS_LABEL, row, view.getUint32(at + 4) >>> 12)
  put32(batch, MPLS_STACK, row, path.intern(batch.texts))
  return true
}

/*
 * extended NAT: source and destination after the translation (addresses). Ports: source, destination (u32 each).
 */
function readNat(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  const destination = addressEnd(view, at, end)
  if (destination < 0 || addressEnd(view, destination, end) < 0) return false
  putTypedAddress(SRC_NAT_IP, view, at, batch, row)
  putTypedAddress(DST_NAT_IP, view, destination, batch, row)
  return true
}

function readNatPorts(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  if (at + 8 > end) return false
  put16(batch, SRC_NAT_PORT, row, view.getUint32(at))
  put16(batch, DST_NAT_PORT, row, view.getUint32(at + 4))
  return true
}

/*
 * extended VLAN tunnel: tags that were taken off, the outermost first: number (u32), each type (16 bits) and tag (16). The
 * frame's own tags, which the header has, come after these.
 */
function readRemovedTags(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  if (at + 4 > end) return false
  const count = view.getUint32(at)
  if (count > (end - at - 4) >> 2) return false
  if (count === 0) return true
  const outer = view.getUint32(at + 4) & 0xfff
  const inner = count > 1 ? view.getUint32(at + 8) & 0xfff : 0
  if (outer !== 0) put16(batch, VLAN, row, outer)
  if (inner !== 0) put16(batch, INNER_VLAN, row, inner)
  return true
}

/*
 * extended 802.11 receive, transmit: network's name (text), basic service set (6 octets and 2 of padding), then what no field
 * keeps.
 */
function readRadio(view: DataView, start: number, end: number, batch: Batch, row: number): boolean {
  const at = textEnd(view, start, end)
  if (at < 0 || at + 8 > end) return false
  putText(WIFI_SSID, view, start, batch, row)
  putMac(batch, WIFI_AP, row, view, at)
  return true
}

/*
 * extended IPv4, IPv6 tunnel: the header that is put around the packet, or was taken off: length (u32), protocol (u32), source,
 * destination (4 or 16 octets each), ports, flags, type of service.
 */
function readTunnel(octets: 4 | 16, view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  if (at + 8 + 2 * octets > end) return false
  const protocol = view.getUint32(at + 4)
  if (octets === 4) {
    putV4(batch, OUTER_SRC, row, view, at + 8)
    putV4(batch, OUTER_DST, row, view, at + 12)
  } else {
    putV6(batch, OUTER_SRC, row, view, at + 8)
    putV6(batch, OUTER_DST, row, view, at + 24)
  }
  if (protocol === 4 || protocol === 41) put8(batch, TUNNEL, row, IP_IN_IP)
  else if (protocol === 47) put8(batch, TUNNEL, row, GRE)
  return true
}

/** extended VNI: the virtual network's number (u32). */
function readNetwork(view: DataView, at: number, end: number, batch: Batch, row: number): boolean {
  if (at + 4 > end) return false
  put8(batch, TUNNEL, row, VXLAN)
  put32(batch, TUNNEL_ID, row, view.getUint32(at))
  return true
}

const path = new NumberList()
const SPACE = 0x20
const COMMA = 0x2c
const BRACE_CLOSED = 0x7d

const IP_IN_IP = TUNNELS.indexOf('ip-in-ip')
const GRE = TUNNELS.indexOf('gre')
const VXLAN = TUNNELS.indexOf('vxlan')

const NEXT_HOP = slot('next.hop')
const BGP_NEXT_HOP = slot('bgp.next.hop')
const SRC_MASK = slot('src.mask')
const DST_MASK = slot('dst.mask')
const SRC_AS = slot('src.as')
const DST_AS = slot('dst.as')
const PREV_AS = slot('prev.as')
const NEXT_AS = slot('next.as')
const AS_PATH = slot('as.path')
const USER = slot('user')
const HTTP_URL = slot('http.url')
const HTTP_HOST = slot('http.host')
const MPLS_LABEL = slot('mpls.label')
const MPLS_STACK = slot('mpls.stack')
const SRC_NAT_IP = slot('src.nat.ip')
const DST_NAT_IP = slot('dst.nat.ip')
const SRC_NAT_PORT = slot('src.nat.port')
const DST_NAT_PORT = slot('dst.nat.port')
const VLAN = slot('vlan')
const INNER_VLAN = slot('inner.vlan')
const WIFI_SSID = slot('wifi.ssid')
const WIFI_AP = slot('wifi.ap')
const OUTER_SRC = slot('outer.src.ip')
const OUTER_DST = slot('outer.dst.ip')
const TUNNEL = slot('tunnel')
const TUNNEL_ID = slot('tunnel.id')
