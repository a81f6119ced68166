/** A small capture of packets for exporters to make flows of: TCP, UDP and ICMP conversations, always the same. */
import { checksum, encodeFrame, icmpEcho, tcpHeader, udpDatagram } from '../../src/server/intake/encoders/packet.ts'
import { pcapFrame, pcapHeader } from '../../src/server/intake/sources/pcap-writer.ts'
import { formatIp } from '../../src/shared/schema/ip.ts'

const START_MS = Date.UTC(2026, 0, 15, 10, 0, 0)
const SERVER_MAC = Uint8Array.of(2, 0, 0, 0, 1, 1)
const CLIENT_MAC = Uint8Array.of(2, 0, 0, 0, 2, 2)

interface Packet {
  readonly timeMs: number
  readonly up: boolean
  readonly transport: Uint8Array
}

interface Talk {
  readonly client: Uint8Array
  readonly server: Uint8Array
  readonly protocol: number
  readonly packets: readonly Packet[]
}

/** A flow in what exporters and collectors agree on. Of ICMP, type × 256 + code stands where the destination port does. */
export interface PlainFlow {
  readonly source: string
  readonly destination: string
  readonly sourcePort: number
  readonly destinationPort: number
  readonly protocol: number
  readonly packets: number
  readonly bytes: number
  /** TCP flags of all packets together. */
  readonly flags: number
  readonly startMs: number
  readonly endMs: number
}

/** A pcap file: 40 conversations over IPv4, and a few over IPv6 where wanted. */
export function packetCapture(withIpv6: boolean): Uint8Array {
  const frames = trafficFrames(withIpv6).map(({ timeMs, frame }) => pcapFrame(timeMs, frame))
  return Buffer.concat([pcapHeader(), ...frames])
}

/** Its frames, in order of time, without check sequence. */
export function trafficFrames(withIpv6: boolean): { timeMs: number; frame: Uint8Array }[] {
  return talksOf(withIpv6)
    .flatMap((each) => each.packets.map((packet) => ({ timeMs: packet.timeMs, frame: frameOf(each, packet) })))
    .sort((a, b) => a.timeMs - b.timeMs)
}

/**
 * The flows that are in the capture, counted packet by packet. Of TCP and UDP, both directions have the times of the
 * whole conversation, as softflowd and pmacct report them; of ICMP they are flows of their own.
 */
export function trafficFlows(withIpv6: boolean): PlainFlow[] {
  return talksOf(withIpv6).flatMap((each) => [true, false].map((up) => flowOf(each, up)))
}

function flowOf({ client, server, protocol, packets }: Talk, up: boolean): PlainFlow {
  const mine = packets.filter((packet) => packet.up === up)
  const first = mine[0] as Packet
  const transport = Buffer.from(first.transport)
  const ports = protocol === 6 || protocol === 17
  return {
    source: text(up ? client : server),
    destination: text(up ? server : client),
    sourcePort: ports ? transport.readUInt16BE(0) : 0,
    destinationPort: transport.readUInt16BE(ports ? 2 : 0),
    protocol,
    packets: mine.length,
    bytes: mine.reduce((sum, packet) => sum + packet.transport.length + (client.length === 4 ? 20 : 40), 0),
    flags: protocol === 6 ? mine.reduce((all, packet) => all | (packet.transport[13] as number), 0) : 0,
    startMs: (ports ? (packets[0] as Packet) : first).timeMs,
    endMs: ((ports ? packets : mine).at(-1) as Packet).timeMs,
  }
}

function talksOf(withIpv6: boolean): Talk[] {
  const talks = Array.from({ length: 40 }, (_, i) =>
    talk(i, Uint8Array.of(10, 1, i % 4, 10 + i), Uint8Array.of(192, 0, 2, 1 + (i % 7))),
  )
  if (withIpv6) for (let i = 0; i < 6; i++) talks.push(talk(i, v6(0x100 + i), v6(1)))
  return talks
}

function talk(number: number, client: Uint8Array, server: Uint8Array): Talk {
  const startMs = START_MS + number * 130
  const port = 40_000 + number
  const v4 = client.length === 4
  if (number % 5 === 3) return { client, server, protocol: 17, packets: dns(startMs, port, number) }
  if (number % 5 === 4) return { client, server, protocol: v4 ? 1 : 58, packets: echo(startMs, v4, number) }
  return { client, server, protocol: 6, packets: tcp(startMs, port, number % 2 === 0 ? 443 : 22, 2 + number) }
}

/** Handshake, data in both directions, the end. */
function tcp(startMs: number, port: number, serverPort: number, rounds: number): Packet[] {
  const packets: Packet[] = []
  let timeMs = startMs
  const add = (up: boolean, flags: number, payload: number) => {
    const [from, to] = up ? [port, serverPort] : [serverPort, port]
    const segment = Buffer.concat([tcpHeader(from, to, packets.length, packets.length, flags), new Uint8Array(payload)])
    packets.push({ timeMs, up, transport: segment })
    timeMs += 7
  }
  add(true, 2, 0)
  add(false, 18, 0)
  add(true, 16, 0)
  for (let i = 0; i < rounds; i++) {
    add(true, 24, 100 + i)
    add(false, 24, 1200 - i)
  }
  add(true, 17, 0)
  add(false, 17, 0)
  add(true, 16, 0)
  return packets
}

function dns(startMs: number, port: number, number: number): Packet[] {
  return [
    { timeMs: startMs, up: true, transport: udpDatagram(port, 53, new Uint8Array(30 + number)) },
    { timeMs: startMs + 12, up: false, transport: udpDatagram(53, port, new Uint8Array(90 + number)) },
  ]
}

function echo(startMs: number, v4: boolean, number: number): Packet[] {
  return [0, 1, 2].flatMap((i) => [
    {
      timeMs: startMs + i * 1000,
      up: true,
      transport: Buffer.concat([icmpEcho(v4 ? 8 : 128, 0, number, i), new Uint8Array(56)]),
    },
    {
      timeMs: startMs + i * 1000 + 9,
      up: false,
      transport: Buffer.concat([icmpEcho(v4 ? 0 : 129, 0, number, i), new Uint8Array(56)]),
    },
  ])
}

function frameOf(each: Talk, { up, transport }: Packet): Uint8Array {
  const packet = {
    source: up ? each.client : each.server,
    destination: up ? each.server : each.client,
    protocol: each.protocol,
    transport: Uint8Array.from(transport),
  }
  checksum(packet)
  return encodeFrame({
    ...packet,
    sourceMac: up ? CLIENT_MAC : SERVER_MAC,
    destinationMac: up ? SERVER_MAC : CLIENT_MAC,
    vlan: 0,
    tos: up ? 0 : 0x28,
    ttl: 64,
    length: transport.length,
  })
}

function v6(host: number): Uint8Array {
  const address = new Uint8Array(16)
  address.set([0x20, 0x01, 0x0d, 0xb8])
  address.set([host >> 8, host & 255], 14)
  return address
}

function text(address: Uint8Array): string {
  return formatIp(
    address.length === 4
      ? 0xffff_0000_0000n | BigInt(Buffer.from(address).readUInt32BE())
      : BigInt(`0x${Buffer.from(address).toString('hex')}`),
  )
}
