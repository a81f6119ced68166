/**
 * Who opened the conversation (docs/explanation/numbers.md), in order: what the exporter says, SYN without ACK, SYN+ACK, ICMP type,
 * registered port, lower port. Flags add up over a flow, so SYN with ACK says something only of a single packet: a
 * client that sent its SYN and then data has both bits too.
 */
import { INITIATOR_REASONS, SIDES } from '../../../shared/schema/codes.ts'
import { servicesOf } from '../../registry/services.ts'
import { isValid, setValid } from '../batch.ts'
import { bytesOf, maskOf, slot, words16Of, words32Of } from '../slots.ts'
import type { Enricher } from './enricher.ts'

export const initiator: Enricher = {
  name: 'initiator',
  known: 'initiatorKnown',
  run(batch, from, to) {
    const protocols = bytesOf(batch, PROTO)
    const protocolMask = maskOf(batch, PROTO)
    const sourcePorts = words16Of(batch, SRC_PORT)
    const sourcePortMask = maskOf(batch, SRC_PORT)
    const destinationPorts = words16Of(batch, DST_PORT)
    const destinationPortMask = maskOf(batch, DST_PORT)
    const flags = words16Of(batch, TCP_FLAGS)
    const flagMask = maskOf(batch, TCP_FLAGS)
    const packets = words32Of(batch, PACKETS)
    const packetMask = maskOf(batch, PACKETS)
    const rates = words32Of(batch, SAMPLING_RATE)
    const rateMask = maskOf(batch, SAMPLING_RATE)
    const icmpTypes = bytesOf(batch, ICMP_TYPE)
    const icmpMask = maskOf(batch, ICMP_TYPE)
    const sides = bytesOf(batch, INITIATOR)
    const sideMask = maskOf(batch, INITIATOR)
    const reasons = bytesOf(batch, REASON)
    const reasonMask = maskOf(batch, REASON)

    const onePacket = (row: number): boolean =>
      isValid(packetMask, row) &&
      packets[2 * row + 1] === 0 &&
      packets[2 * row] === (isValid(rateMask, row) ? rates[row] : 1)

    let known = 0
    for (let row = from; row < to; row++) {
      if (isValid(sideMask, row)) {
        known++
        continue
      }
      if (!isValid(protocolMask, row)) continue
      const protocol = protocols[row] as number
      let decided = UNDECIDED
      if (protocol === TCP && isValid(flagMask, row)) {
        const seen = (flags[row] as number) & (SYN | ACK)
        if (seen === SYN) decided = BY_SYN
        else if (((flags[row] as number) & ALL_BUT_ECN) === (SYN | ACK) && onePacket(row)) decided = BY_SYN_ACK
      }
      if (decided === UNDECIDED) {
        const ranks = RANKS[protocol]
        if (ranks) {
          if (isValid(sourcePortMask, row) && isValid(destinationPortMask, row))
            decided = byPorts(ranks, sourcePorts[row] as number, destinationPorts[row] as number)
        } else {
          const types = ICMP_ASKERS[protocol]
          if (types && isValid(icmpMask, row)) decided = types[icmpTypes[row] as number] as number
        }
      }
      if (decided === UNDECIDED) continue
      known++
      sides[row] = decided & 1
      setValid(sideMask, row)
      reasons[row] = decided >> 1
      setValid(reasonMask, row)
    }
    return known
  },
}

const PROTO = slot('proto')
const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const TCP_FLAGS = slot('tcp.flags')
const PACKETS = slot('packets')
const SAMPLING_RATE = slot('sampling.rate')
const ICMP_TYPE = slot('icmp.type')
const INITIATOR = slot('initiator')
const REASON = slot('initiator.reason')

const ICMP = 1
const TCP = 6
const UDP = 17
const DCCP = 33
const ICMPV6 = 58
const SCTP = 132
const UDP_LITE = 136

const SYN = 2
const ACK = 16
/** FIN, SYN, RST, PSH, ACK, URG: a SYN+ACK may answer for ECN (RFC 3168 §6.1.1). */
const ALL_BUT_ECN = 0x3f

/** A decision is a side and a reason in one number: reason × 2 + side. */
const SRC = SIDES.indexOf('src')
const DST = SIDES.indexOf('dst')
const UNDECIDED = 255
const BY_SYN = INITIATOR_REASONS.indexOf('syn') * 2 + SRC
const BY_SYN_ACK = INITIATOR_REASONS.indexOf('syn-ack') * 2 + DST
const BY_REGISTERED = INITIATOR_REASONS.indexOf('registered port') * 2
const BY_LOWER = INITIATOR_REASONS.indexOf('lower port') * 2
const BY_ICMP = INITIATOR_REASONS.indexOf('icmp type') * 2

/** Where Linux starts to take ports for clients (ip_local_port_range); IANA's own range starts later, at 49152. */
const EPHEMERAL = 32_768

/**
 * How much a port looks like a server's, 0 to 4. Thousands of user ports are registered, so that a registration says
 * little where clients get their ports from, and less than a system port anywhere.
 */
function rankPorts(registered: Uint32Array): Uint8Array {
  const ranks = new Uint8Array(65_536)
  for (let port = 0; port < ranks.length; port++) {
    if (registered[port] === 0) ranks[port] = port < EPHEMERAL ? 2 : 0
    else ranks[port] = port < 1024 ? 4 : port < EPHEMERAL ? 3 : 1
  }
  return ranks
}

/** Ranks by protocol, for those with ports. UDP-Lite shares UDP's registrations (RFC 3828 §6). */
const RANKS: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, protocol) => {
  const registered =
    protocol === TCP || protocol === UDP || protocol === SCTP || protocol === DCCP || protocol === UDP_LITE
      ? servicesOf(protocol === UDP_LITE ? UDP : protocol)
      : null
  return registered ? rankPorts(registered) : undefined
})

function byPorts(ranks: Uint8Array, source: number, destination: number): number {
  if (source === destination || source === 0 || destination === 0) return UNDECIDED
  const sourceRank = ranks[source] as number
  const destinationRank = ranks[destination] as number
  const better = sourceRank > destinationRank ? sourceRank : destinationRank
  if (sourceRank === destinationRank || better === 2) return BY_LOWER + (source < destination ? DST : SRC)
  return BY_REGISTERED + (sourceRank > destinationRank ? DST : SRC)
}

/** By ICMP type: who sent the first packet of such an exchange; errors, redirects and announcements say nothing. */
function askers(asks: readonly number[], answers: readonly number[]): Uint8Array {
  const sides = new Uint8Array(256).fill(UNDECIDED)
  for (const type of asks) sides[type] = BY_ICMP + SRC
  for (const type of answers) sides[type] = BY_ICMP + DST
  return sides
}

/** Echo, timestamp, information, address mask, router solicitation, extended echo (RFC 792, 950, 1256, 8335). */
const ICMP_TYPES = askers([8, 10, 13, 15, 17, 42], [0, 14, 16, 18, 43])
/** Echo, router and neighbour solicitation, node information, extended echo (RFC 4443, 4861, 4620, 8335). */
const ICMPV6_TYPES = askers([128, 133, 135, 139, 160], [129, 136, 140, 161])
const ICMP_ASKERS: readonly (Uint8Array | undefined)[] = Array.from({ length: 256 }, (_, protocol) =>
  protocol === ICMP ? ICMP_TYPES : protocol === ICMPV6 ? ICMPV6_TYPES : undefined,
)
