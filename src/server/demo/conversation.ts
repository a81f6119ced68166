/** One conversation of two hosts: both directions, from the first packet to the last. */
import type { Host } from './company.ts'
import type { Kind, Spread } from './kinds.ts'
import type { Random } from './random.ts'

/** One direction of a conversation. */
export interface Volume {
  /** Layer 3. */
  readonly bytes: number
  readonly packets: number
  /** TCP flags of the first packet, of those between, of the last. */
  readonly flags: readonly [number, number, number]
}

export interface Conversation {
  readonly client: Host
  readonly server: Host
  readonly v6: boolean
  readonly protocol: number
  readonly clientPort: number
  readonly serverPort: number
  readonly tos: number
  /** Whole milliseconds since 1970. */
  readonly startMs: number
  readonly endMs: number
  readonly up: Volume
  /** Without packets where nobody answered. */
  readonly down: Volume
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
type Flags = readonly [number, number, number]
export const NO_FLAGS: Flags = [0, 0, 0]
const ONLY_SYN: Flags = [SYN, SYN, SYN]
const REFUSAL: Flags = [RST | ACK, RST | ACK, RST | ACK]
const OPEN_CLOSE: Flags = [SYN, ACK | PSH, FIN | ACK]
const OPEN_RESET: Flags = [SYN, ACK | PSH, RST | ACK]
const ACCEPT: Flags = [SYN | ACK, ACK | PSH, ACK]
const ACCEPT_CLOSE: Flags = [SYN | ACK, ACK | PSH, FIN | ACK]
/** Shares of TCP connections, added up: nobody answers, nobody listens, ended by a reset. */
const UNANSWERED = 0.015
const REFUSED = 0.022
const RESET = 0.08
const NOTHING: Volume = { bytes: 0, packets: 0, flags: NO_FLAGS }
/** Of conversations between hosts that both have IPv6. */
const V6_SHARE = 0.4
/** Nothing is further off its median: one in thirty thousand would be. */
const MOST_SIGMAS = 4
/** No host here is faster, so a big transfer takes its time; bytes a millisecond. */
const FASTEST = 40_000

/** A conversation of a kind, as chance will have it. */
export function converse(kind: Kind, client: Host, server: Host, startMs: number, random: Random): Conversation {
  const v6 = client.v6 !== null && server.v6 !== null && random.chance(V6_SHARE)
  const { protocol, port, segment, tos } = kind.transport
  const lasts = draw(kind.lasts, random)
  const seconds = kind.stream ? lasts / 1000 : 1
  const sent = Math.round(draw(kind.up, random) * seconds)
  const answered = Math.round(draw(kind.down, random) * seconds)
  const head = v6 ? 40 : 20
  const course =
    protocol === TCP
      ? tcpCourse(sent, answered, segment, head, random)
      : plainCourse(sent, answered, segment, head, protocol)
  return {
    client,
    server,
    v6,
    protocol: v6 && protocol === ICMP ? ICMPV6 : protocol,
    clientPort: protocol === TCP || protocol === UDP ? clientPort(port, random) : 0,
    serverPort: port,
    tos,
    startMs,
    endMs: startMs + (course.lasts ?? Math.max(1, Math.round(lasts), Math.round((sent + answered) / FASTEST))),
    up: course.up,
    down: course.down,
  }
}

/** What goes forth and back; `lasts` is null where it takes its time, else milliseconds. */
interface Course {
  readonly lasts: number | null
  readonly up: Volume
  readonly down: Volume
}

function tcpCourse(sent: number, answered: number, segment: number, head: number, random: Random): Course {
  const fate = random.next()
  if (fate < UNANSWERED || sent + answered === 0) {
    // A SYN, and twice again after one and three seconds.
    return { lasts: 3000, up: { bytes: 3 * (head + 40), packets: 3, flags: ONLY_SYN }, down: NOTHING }
  }
  if (fate < REFUSED) {
    return {
      lasts: 2,
      up: { bytes: head + 40, packets: 1, flags: ONLY_SYN },
      down: { bytes: head + 20, packets: 1, flags: REFUSAL },
    }
  }
  const upData = Math.ceil(sent / segment)
  const downData = Math.ceil(answered / segment)
  const reset = fate < RESET
  return {
    lasts: null,
    up: tcpVolume(sent, upData + Math.ceil(downData / 2) + 3, head + 32, reset ? OPEN_RESET : OPEN_CLOSE),
    down: tcpVolume(answered, downData + Math.ceil(upData / 2) + 2, head + 32, reset ? ACCEPT : ACCEPT_CLOSE),
  }
}

function plainCourse(sent: number, answered: number, segment: number, head: number, protocol: number): Course {
  const header = head + (protocol === UDP || protocol === ICMP ? 8 : 24)
  return { lasts: null, up: plainVolume(sent, segment, header), down: plainVolume(answered, segment, header) }
}

/** Voice is between even ports, time servers ask from their own port; else one of the ephemeral ones. */
function clientPort(serverPort: number, random: Random): number {
  if (serverPort === 123 && random.chance(0.6)) return 123
  if (serverPort === 5004) return 5004
  return random.between(32_768, 60_999)
}

function tcpVolume(payload: number, packets: number, header: number, flags: Flags): Volume {
  return { bytes: payload + packets * header, packets, flags }
}

function plainVolume(payload: number, segment: number, header: number): Volume {
  if (payload === 0) return NOTHING
  const packets = Math.ceil(payload / segment)
  return { bytes: payload + packets * header, packets, flags: NO_FLAGS }
}

function draw({ median, sigma }: Spread, random: Random): number {
  return median === 0 ? 0 : Math.min(median * Math.exp(MOST_SIGMAS * sigma), random.logNormal(median, sigma))
}
