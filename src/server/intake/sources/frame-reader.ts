/**
 * From a captured frame to the flow data in it: IPv4 or IPv6, fragments, then the UDP datagram or the IPFIX messages that a
 * TCP segment completes. Only what is needed to find flow data; what the frames of flows themselves look like is a decoder's
 * matter.
 */
import type { LossName } from '../../../shared/losses.ts'
import { formatIp } from '../../../shared/schema/ip.ts'
import { u16 } from '../octets.ts'
import type { Session } from '../session.ts'
import { Fragments } from './fragments.ts'
import { networkPacket } from './link-layer.ts'
import { countSctpMessages } from './sctp.ts'
import { TcpStreams, type Ends } from './tcp-streams.ts'

export interface Payload {
  /** Source address as text. */
  readonly sourceAddress: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly bytes: Uint8Array
  /** The capture holds less of it than was sent. */
  readonly cut: boolean
  /** The TCP connection that it came over; null for UDP. */
  readonly session: Session | null
}

const TCP = 6
const UDP = 17
const SCTP = 132
const FRAGMENT = 44
/** IPv6 extension headers that may stand before: hop-by-hop, routing, destination options, mobility. */
const EXTENSIONS: ReadonlySet<number> = new Set([0, 43, 60, 135])
const NONE: readonly Payload[] = []

export class FrameReader {
  private readonly lose: (loss: LossName, n: number) => void
  private readonly fragments = new Fragments()
  private readonly streams: TcpStreams
  /** Text of the addresses seen, so that it is made once for each exporter; emptied when it grows. */
  private readonly addresses = new Map<string, string>()

  constructor(lose: (loss: LossName, n: number) => void) {
    this.lose = lose
    this.streams = new TcpStreams((loss) => lose(loss, 1))
  }

  /** What is in a frame, or what a frame completes. */
  read(linkType: number, frame: Uint8Array, timeMs: number): readonly Payload[] {
    const packet = networkPacket(linkType, frame)
    if (!packet) return NONE
    const version = (packet[0] ?? 0) >> 4
    if (version === 4) return this.readV4(packet, timeMs)
    return version === 6 ? this.readV6(packet, timeMs) : NONE
  }

  /** At the end of the capture: what can still be read. What waits for the rest of it is lost. */
  finish(): readonly Payload[] {
    const found: Payload[] = []
    this.streams.finish((bytes, ends) => found.push(this.message(bytes, ends)))
    const incomplete = this.fragments.end()
    if (incomplete > 0) this.lose('source.fragments', incomplete)
    return found
  }

  /** RFC 791 §3.1. */
  private readV4(packet: Uint8Array, timeMs: number): readonly Payload[] {
    const headerLength = ((packet[0] as number) & 15) * 4
    if (headerLength < 20 || packet.length < headerLength) return NONE
    const total = u16(packet, 2)
    // 0 where the sending card cuts the packet up itself (segmentation offload).
    const end = total < headerLength ? packet.length : Math.min(total, packet.length)
    const data = packet.subarray(headerLength, end)
    const fragment = u16(packet, 6)
    const more = (fragment & 0x2000) !== 0
    const offset = (fragment & 0x1fff) * 8
    const protocol = packet[9] as number
    const addresses = packet.subarray(12, 20)
    if (!more && offset === 0) return this.readTransport(protocol, addresses, data)
    if (!isTransport(protocol)) return NONE
    const key = `4 ${protocol} ${addresses.join('.')} ${u16(packet, 4)}`
    const whole = this.fragments.add(key, offset, data, more, timeMs)
    return whole ? this.readTransport(protocol, addresses, whole) : NONE
  }

  /** RFC 8200 §3, §4. */
  private readV6(packet: Uint8Array, timeMs: number): readonly Payload[] {
    if (packet.length < 40) return NONE
    const addresses = packet.subarray(8, 40)
    const payload = u16(packet, 4)
    const end = payload === 0 ? packet.length : Math.min(40 + payload, packet.length)
    let next = packet[6] as number
    let at = 40
    while (EXTENSIONS.has(next) && at + 8 <= end) {
      next = packet[at] as number
      at += 8 + (packet[at + 1] as number) * 8
    }
    if (next !== FRAGMENT) return this.readTransport(next, addresses, packet.subarray(at, end))
    const protocol = packet[at] as number
    if (at + 8 > end || !isTransport(protocol)) return NONE
    const more = ((packet[at + 3] as number) & 1) !== 0
    const key = `6 ${protocol} ${addresses.join('.')} ${packet.subarray(at + 4, at + 8).join('.')}`
    const whole = this.fragments.add(key, u16(packet, at + 2) & 0xfff8, packet.subarray(at + 8, end), more, timeMs)
    return whole ? this.readTransport(protocol, addresses, whole) : NONE
  }

  private readTransport(protocol: number, addresses: Uint8Array, bytes: Uint8Array): readonly Payload[] {
    switch (protocol) {
      case UDP:
        return this.readUdp(addresses, bytes)
      case TCP: {
        let found: Payload[] | undefined
        this.streams.add(addresses, bytes, (message, ends) => {
          found ??= []
          found.push(this.message(message, ends))
        })
        return found ?? NONE
      }
      case SCTP: {
        const messages = countSctpMessages(bytes)
        if (messages > 0) this.lose('source.sctp', messages)
        return NONE
      }
      default:
        return NONE
    }
  }

  /** RFC 768: source(2) destination(2) length(2) checksum(2). */
  private readUdp(addresses: Uint8Array, bytes: Uint8Array): readonly Payload[] {
    if (bytes.length < 8) return NONE
    const length = u16(bytes, 4)
    // 0: a jumbogram (RFC 2675 §4).
    const end = length === 0 ? bytes.length : length
    if (end < 8) return NONE
    const cut = end > bytes.length
    if (cut) this.lose('source.truncated', 1)
    return [
      {
        sourceAddress: this.text(addresses.subarray(0, addresses.length / 2)),
        sourcePort: u16(bytes, 0),
        destinationPort: u16(bytes, 2),
        bytes: bytes.subarray(8, end),
        cut,
        session: null,
      },
    ]
  }

  private message(bytes: Uint8Array, { addresses, ...ends }: Ends): Payload {
    return { sourceAddress: this.text(addresses.subarray(0, addresses.length / 2)), ...ends, bytes, cut: false }
  }

  private text(address: Uint8Array): string {
    const key = address.join('.')
    if (address.length === 4) return key
    const known = this.addresses.get(key)
    if (known !== undefined) return known
    if (this.addresses.size >= 4096) this.addresses.clear()
    const text = formatIp(BigInt(`0x${Buffer.from(address).toString('hex')}`))
    this.addresses.set(key, text)
    return text
  }
}

function isTransport(protocol: number): boolean {
  return protocol === UDP || protocol === TCP || protocol === SCTP
}
