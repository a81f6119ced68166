/** One conversation of two hosts: both directions, from the first packet to the last. */
import { NOBODY, type Host } from './company.ts'
import type { Kind, Spread } from './kinds.ts'
import type { Random } from './random.ts'

/**
 * There is one such object, filled anew for each conversation that begins or goes on: at 500,000 records a second, objects
 * of their own cost more than all else. Where they are kept is pool.ts.
 */
export interface Conversation {
  client: Host
  server: Host
  v6: boolean
  protocol: number
  clientPort: number
  serverPort: number
  tos: number
  /** Whole milliseconds since 1970. */
  startMs: number
  endMs: number
  /** From client to server; layer 3. */
  upBytes: number
  upPackets: number
  /** See `flags`. */
  upFlags: number
  /** And back; no packets where nobody answered. */
  downBytes: number
  downPackets: number
  downFlags: number
}

/** TCP flags of the first packet of a direction, of those between, of the last. */
export function flags(first: number, between: number, last: number): number {
  return (first << 16) | (between << 8) | last
}

export function noConversation(): Conversation {
  return {
    client: NOBODY,
    server: NOBODY,
    v6: false,
    protocol: 0,
    clientPort: 0,
    serverPort: 0,
    tos: 0,
    startMs: 0,
    endMs: 0,
    upBytes: 0,
    upPackets: 0,
    upFlags: 0,
    downBytes: 0,
    downPackets: 0,
    downFlags: 0,
  }
}

const TCP = 6
const UDP = 17
const ICMP = 1
const ICMPV6 = 58
const FIN = 1
const SYN = 2
const RST = 4
const PSH = 8
const ACK = 16
const ONLY_SYN = flags(SYN, SYN, SYN)
const REFUSAL = flags(RST | ACK, RST | ACK, RST | ACK)
const OPEN_CLOSE = flags(SYN, ACK | PSH, FIN | ACK)
const OPEN_RESET = flags(SYN, ACK | PSH, RST | ACK)
const ACCEPT = flags(SYN | ACK, ACK | PSH, ACK)
const ACCEPT_CLOSE = flags(SYN | ACK, ACK | PSH, FIN | ACK)
/** Shares of TCP connections, added up: nobody answers, nobody listens, ended by a reset. */
const UNANSWERED = 0.015
const REFUSED = 0.022
const RESET = 0.08
/** Of conversations between hosts that both have IPv6. */
const V6_SHARE = 0.4
/** Nothing is further off its median: one in thirty thousand would be. */
const MOST_SIGMAS = 4
/** No host here is faster, so a big transfer takes its time; bytes a millisecond. */
const FASTEST = 40_000

/** Fills `into` with a conversation of a kind, as chance will have it. */
export function converse(
  into: Conversation,
  kind: Kind,
  client: Host,
  server: Host,
  startMs: number,
  random: Random,
): void {
  const v6 = client.v6 !== null && server.v6 !== null && random.chance(V6_SHARE)
  const { protocol, port, segment, tos } = kind.transport
  const lasts = draw(kind.lasts, random)
  const seconds = kind.stream ? lasts / 1000 : 1
  const sent = Math.round(draw(kind.up, random) * seconds)
  const answered = Math.round(draw(kind.down, random) * seconds)
  const head = v6 ? 40 : 20
  into.client = client
  into.server = server
  into.v6 = v6
  into.protocol = v6 && protocol === ICMP ? ICMPV6 : protocol
  into.serverPort = port
  into.tos = tos
  into.startMs = startMs
  into.endMs = startMs + Math.max(1, Math.round(lasts), Math.round((sent + answered) / FASTEST))
  if (protocol === TCP) tcpCourse(into, sent, answered, segment, head, random)
  else plainCourse(into, sent, answered, segment, head + (protocol === UDP || protocol === ICMP ? 8 : 24))
  into.clientPort = protocol === TCP || protocol === UDP ? clientPort(port, random) : 0
}

function tcpCourse(
  into: Conversation,
  sent: number,
  answered: number,
  segment: number,
  head: number,
  random: Random,
): void {
  const fate = random.next()
  if (fate < UNANSWERED || sent + answered === 0) {
    // A SYN, and twice again after one and three seconds.
    into.endMs = into.startMs + 3000
    goesUp(into, 3 * (head + 40), 3, ONLY_SYN)
    comesDown(into, 0, 0, 0)
    return
  }
  if (fate < REFUSED) {
    into.endMs = into.startMs + 2
    goesUp(into, head + 40, 1, ONLY_SYN)
    comesDown(into, head + 20, 1, REFUSAL)
    return
  }
  const upData = Math.ceil(sent / segment)
  const downData = Math.ceil(answered / segment)
  const upPackets = upData + Math.ceil(downData / 2) + 3
  const downPackets = downData + Math.ceil(upData / 2) + 2
  const reset = fate < RESET
  goesUp(into, sent + upPackets * (head + 32), upPackets, reset ? OPEN_RESET : OPEN_CLOSE)
  comesDown(into, answered + downPackets * (head + 32), downPackets, reset ? ACCEPT : ACCEPT_CLOSE)
}

function plainCourse(into: Conversation, sent: number, answered: number, segment: number, header: number): void {
  const upPackets = Math.ceil(sent / segment)
  const downPackets = Math.ceil(answered / segment)
  goesUp(into, sent + upPackets * header, upPackets, 0)
  comesDown(into, answered + downPackets * header, downPackets, 0)
}

function goesUp(into: Conversation, bytes: number, packets: number, ofFlags: number): void {
  into.upBytes = bytes
  into.upPackets = packets
  into.upFlags = ofFlags
}

function comesDown(into: Conversation, bytes: number, packets: number, ofFlags: number): void {
  into.downBytes = bytes
  into.downPackets = packets
  into.downFlags = ofFlags
}

/** Voice is between even ports, time servers ask from their own port; else one of the ephemeral ones. */
function clientPort(serverPort: number, random: Random): number {
  if (serverPort === 123 && random.chance(0.6)) return 123
  if (serverPort === 5004) return 5004
  return random.between(32_768, 60_999)
}

function draw({ median, sigma }: Spread, random: Random): number {
  return median === 0 ? 0 : Math.min(median * Math.exp(MOST_SIGMAS * sigma), random.logNormal(median, sigma))
}
