/** What routers make of conversations: flow records, cut by the active timeout and thinned by sampling. */
import { NOBODY, type Host } from './company.ts'
import type { Conversation } from './conversation.ts'
import { hops, ROUTERS, type Hop, type Router } from './network.ts'
import type { Random } from './random.ts'

/**
 * As a router reports it; for sFlow a single packet, that was looked at. There is one such object, filled anew for each
 * record: at 300,000 records a second, objects of their own cost five times as much as all else.
 */
export interface FlowRecord {
  router: Router
  source: Host
  destination: Host
  v6: boolean
  protocol: number
  sourcePort: number
  destinationPort: number
  /** type × 256 + code; 0 where it is not ICMP. */
  icmp: number
  tos: number
  flags: number
  startMs: number
  endMs: number
  bytes: number
  packets: number
  input: number
  output: number
  /** As 32 bits; 0 where the destination is attached. */
  nextHop: number
  /** IPFIX element 136. */
  endReason: number
}

/** A flow that goes on is reported so often. */
export const ACTIVE_TIMEOUT_MS = 60_000

const record: FlowRecord = {
  router: ROUTERS[0] as Router,
  source: NOBODY,
  destination: NOBODY,
  v6: false,
  protocol: 0,
  sourcePort: 0,
  destinationPort: 0,
  icmp: 0,
  tos: 0,
  flags: 0,
  startMs: 0,
  endMs: 0,
  bytes: 0,
  packets: 0,
  input: 0,
  output: 0,
  nextHop: 0,
  endReason: 0,
}

const FULL_PACKET = 1500
const IDLE = 1
const ACTIVE = 2
const ENDED = 3

/** How often a conversation is reported by the active timeout. */
export function pieces(conversation: Conversation): number {
  return Math.max(1, Math.ceil((conversation.endMs - conversation.startMs) / ACTIVE_TIMEOUT_MS))
}

/** When the piece of that number is over. */
export function pieceEndMs(conversation: Conversation, piece: number): number {
  return Math.min(conversation.startMs + (piece + 1) * ACTIVE_TIMEOUT_MS, conversation.endMs)
}

/** Gives what the routers report of one piece of a conversation; the record is only good for the duration of the call. */
export function report(
  conversation: Conversation,
  piece: number,
  failedOver: Router | null,
  random: Random,
  take: (record: Readonly<FlowRecord>) => void,
): void {
  const { client, server } = conversation
  if (conversation.upPackets > 0) direction(conversation, true, hops(client, server, failedOver), piece, random, take)
  if (conversation.downPackets > 0)
    direction(conversation, false, hops(server, client, failedOver), piece, random, take)
}

function direction(
  conversation: Conversation,
  up: boolean,
  seenBy: readonly Hop[],
  piece: number,
  random: Random,
  take: (record: Readonly<FlowRecord>) => void,
): void {
  const { client, server, startMs, endMs, protocol, clientPort, serverPort } = conversation
  const from = startMs + piece * ACTIVE_TIMEOUT_MS
  const to = pieceEndMs(conversation, piece)
  const allBytes = up ? conversation.upBytes : conversation.downBytes
  const allPackets = up ? conversation.upPackets : conversation.downPackets
  const before = share(allPackets, from, startMs, endMs)
  const packets = share(allPackets, to, startMs, endMs) - before
  if (packets === 0) return
  const bytes = byteShare(allBytes, allPackets, before + packets) - byteShare(allBytes, allPackets, before)
  const last = to === endMs
  const flags = up ? conversation.upFlags : conversation.downFlags
  const between = (flags >> 8) & 255
  record.source = up ? client : server
  record.destination = up ? server : client
  record.v6 = conversation.v6
  record.protocol = protocol
  record.sourcePort = up ? clientPort : serverPort
  record.destinationPort = up ? serverPort : clientPort
  record.icmp = icmpOf(protocol, up) * 256
  record.tos = conversation.tos
  record.endReason = !last ? ACTIVE : protocol === 6 ? ENDED : IDLE
  for (const hop of seenBy) {
    const { router } = hop
    record.router = router
    record.input = hop.input
    record.output = hop.output
    record.nextHop = hop.nextHop
    if (router.protocol === 'sflow5') {
      record.flags = between
      record.packets = 1
      samples(packets, bytes, from, to, router.sampling, random, take)
      continue
    }
    const looked = router.sampling === 1 ? packets : Math.min(packets, random.poisson(packets / router.sampling))
    if (looked === 0) continue
    const all = looked === packets
    record.flags =
      looked === 1 && !all
        ? between
        : (piece === 0 ? flags >> 16 : 0) | (packets > 1 ? between : 0) | (last ? flags & 255 : 0)
    record.startMs = from
    record.endMs = to
    record.bytes = all ? bytes : Math.round((looked * bytes) / packets)
    record.packets = looked
    take(record)
  }
}

/** Type of an echo request or its reply (RFC 792, RFC 4443 §4). */
function icmpOf(protocol: number, request: boolean): number {
  if (protocol === 1) return request ? 8 : 0
  return protocol === 58 ? (request ? 128 : 129) : 0
}

/** Each packet has the same chance to be looked at. What they weigh together is right on average. */
function samples(
  packets: number,
  bytes: number,
  from: number,
  to: number,
  rate: number,
  random: Random,
  take: (record: Readonly<FlowRecord>) => void,
): void {
  const mean = bytes / packets
  // Of TCP, packets are full or empty; of others, alike.
  const alike = record.protocol !== 6
  const small = Math.min(mean, record.v6 ? 72 : 52)
  // Jumbo frames where the mean says so.
  const full = mean > FULL_PACKET ? Math.max(mean, 9000) : FULL_PACKET
  for (let left = random.poisson(packets / rate); left > 0; left--) {
    record.bytes = Math.round(alike ? mean : random.chance((mean - small) / (full - small)) ? full : small)
    record.startMs = record.endMs = from + random.below(to - from + 1)
    take(record)
  }
}

/** What has passed at a moment, when it goes on evenly. */
function share(total: number, atMs: number, startMs: number, endMs: number): number {
  if (atMs >= endMs) return total
  if (atMs <= startMs) return 0
  return Math.floor((total * (atMs - startMs)) / (endMs - startMs))
}

function byteShare(allBytes: number, allPackets: number, packets: number): number {
  return packets === allPackets ? allBytes : Math.floor(allBytes * (packets / allPackets))
}
