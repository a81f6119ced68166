/** What few packets have, written once the whole packet is read: tunnels, label stacks, inner VLANs, access points. */
import { TUNNELS, type Tunnel } from '../../../shared/schema/codes.ts'
import type { Batch } from '../batch.ts'
import { NumberList } from '../number-list.ts'
import { put16, put32, put8, putAddress, putMac, putV4, putV6, slot, type Slot } from '../slots.ts'
import { labels, packet } from './packet-state.ts'

export function writeRest(view: DataView, batch: Batch, row: number): void {
  if (packet.innerVlan !== 0) put16(batch, INNER_VLAN, row, packet.innerVlan)
  if (packet.labels > 0) writeLabels(batch, row)
  if (packet.wifiAt >= 0) putMac(batch, WIFI_AP, row, view, packet.wifiAt)
  if (packet.tunnel !== null) {
    put8(batch, TUNNEL, row, CODES[packet.tunnel])
    if (packet.tunnelId >= 0) put32(batch, TUNNEL_ID, row, packet.tunnelId)
  }
}

/**
 * Keeps the addresses that are not the flow's. The IP header at `packet.at`, whose addresses are all there, is that within:
 * with `inner` its addresses are about to become the flow's, and those that the row has so far are the others.
 */
export function writeAddresses(octets: 20 | 40, view: DataView, inner: boolean, batch: Batch, row: number): void {
  if (inner) {
    copyAddress(batch, SRC_IP, OTHER_SRC, row)
    copyAddress(batch, DST_IP, OTHER_DST, row)
    return
  }
  const { at } = packet
  if (octets === 20) {
    putV4(batch, OTHER_SRC, row, view, at + 12)
    putV4(batch, OTHER_DST, row, view, at + 16)
  } else {
    putV6(batch, OTHER_SRC, row, view, at + 8)
    putV6(batch, OTHER_DST, row, view, at + 24)
  }
}

function copyAddress(batch: Batch, from: Slot, to: Slot, row: number): void {
  const { words32 } = batch
  const high = from.first + 2 * row
  const low = from.firstLow + 2 * row
  putAddress(
    batch,
    to,
    row,
    words32[high + 1] as number,
    words32[high] as number,
    words32[low + 1] as number,
    words32[low] as number,
  )
}

const list = new NumberList()

function writeLabels(batch: Batch, row: number): void {
  put32(batch, MPLS_LABEL, row, labels[0] as number)
  list.clear()
  for (let i = 0; i < packet.labels; i++) list.add(labels[i] as number)
  put32(batch, MPLS_STACK, row, list.intern(batch.texts))
}

const CODES = Object.fromEntries(TUNNELS.map((tunnel, code) => [tunnel, code])) as Record<Tunnel, number>

const SRC_IP = slot('src.ip')
const DST_IP = slot('dst.ip')
const OTHER_SRC = slot('outer.src.ip')
const OTHER_DST = slot('outer.dst.ip')
const INNER_VLAN = slot('inner.vlan')
const MPLS_LABEL = slot('mpls.label')
const MPLS_STACK = slot('mpls.stack')
const TUNNEL = slot('tunnel')
const TUNNEL_ID = slot('tunnel.id')
const WIFI_AP = slot('wifi.ap')
