import { encodeFrame, icmpEcho, tcpHeader, udpDatagram } from '../../intake/encoders/packet.ts'
import { encodeSflow5, type FlowSample, type InterfaceCounters } from '../../intake/encoders/sflow5.ts'
import type { Host } from '../company.ts'
import type { Router } from '../network.ts'
import type { FlowRecord } from '../record.ts'
import { bootMs, DATAGRAM_BYTES, uptime, type Session } from './session.ts'

/** Of frames, so many bytes are sent along at most. */
const HEADER_BYTES = 128
const ETHERNET_WITH_TAG = 18
const CHECK_SEQUENCE = 4
/** A sample with a full header and both extensions; the datagram's own header is 28. */
const SAMPLE_BYTES = 120 + HEADER_BYTES
const SAMPLES = Math.floor((DATAGRAM_BYTES - 28) / SAMPLE_BYTES)
/** An interface's counters with its name. */
const COUNTERS_BYTES = 152
const COUNTER_SAMPLES = Math.floor((DATAGRAM_BYTES - 28) / COUNTERS_BYTES)
/** How often a switch sends the counters of its interfaces. */
const COUNTERS_EVERY_SECONDS = 20
const SPEED = 10e9
/** VLAN between the switch and the edge routers. */
const TRANSIT_VLAN = 900
const NOTHING = new Uint8Array(0)

export class Sflow5Session implements Session {
  private readonly router: Router
  private readonly boot: number
  private readonly agent: Uint8Array
  /** What each interface has counted, by its index. */
  private readonly counted: ReadonlyMap<number, Counted>
  private countersSent = 0
  /** Samples taken at each interface. */
  private readonly taken = new Map<number, number>()
  private samples: FlowSample[] = []
  private sequence = 0

  constructor(router: Router, startMs: number) {
    this.router = router
    this.boot = bootMs(startMs)
    this.agent = addressBytes(router.address)
    const { inside, wan, uplinks } = router
    const indexes = new Set([...Object.values(inside), wan, ...uplinks.map(({ index }) => index)])
    this.counted = new Map(
      [...indexes].map((index) => [index, { index, in: { octets: 0, packets: 0 }, out: { octets: 0, packets: 0 } }]),
    )
  }

  add(record: Readonly<FlowRecord>): void {
    const number = (this.taken.get(record.input) ?? 0) + 1
    this.taken.set(record.input, number)
    const { router, source, destination } = record
    const inVlan = vlanOf(source, router)
    this.count(record)
    this.samples.push({
      sequence: number,
      sourceId: record.input,
      rate: router.sampling,
      pool: (number * router.sampling) >>> 0,
      drops: 0,
      input: record.input,
      output: record.output,
      frameLength: record.bytes + ETHERNET_WITH_TAG + CHECK_SEQUENCE,
      stripped: CHECK_SEQUENCE,
      header: frame(record, inVlan, number).subarray(0, HEADER_BYTES),
      switch: { inVlan, outVlan: vlanOf(destination, router) },
      router: {
        nextHop: addressBytes(record.nextHop),
        sourceMask: record.v6 ? 48 : source.mask,
        destinationMask: record.v6 ? 48 : destination.mask,
      },
    })
  }

  flush(seconds: number): Uint8Array[] {
    const datagrams: Uint8Array[] = []
    for (let at = 0; at < this.samples.length; at += SAMPLES)
      datagrams.push(encodeSflow5(this.header(seconds), this.samples.slice(at, at + SAMPLES)))
    this.samples = []
    if (seconds % COUNTERS_EVERY_SECONDS === 0) {
      const counters = this.counters()
      for (let at = 0; at < counters.length; at += COUNTER_SAMPLES)
        datagrams.push(encodeSflow5(this.header(seconds), [], counters.slice(at, at + COUNTER_SAMPLES)))
    }
    return datagrams
  }

  private header(seconds: number) {
    this.sequence++
    return {
      agent: this.agent,
      subAgent: this.router.domain,
      sequence: this.sequence >>> 0,
      uptimeMs: uptime(seconds * 1000, this.boot),
    }
  }

  /** A frame that is sampled stands for as many as are not. */
  private count({ bytes, input, output }: Readonly<FlowRecord>): void {
    for (const side of [this.counted.get(input)?.in, this.counted.get(output)?.out]) {
      if (!side) continue
      side.octets += (bytes + ETHERNET_WITH_TAG + CHECK_SEQUENCE) * this.router.sampling
      side.packets += this.router.sampling
    }
  }

  private counters(): InterfaceCounters[] {
    this.countersSent++
    return Array.from(this.counted.values(), (one) => ({
      sequence: this.countersSent,
      name: `eth${one.index}`,
      bitsPerSecond: SPEED,
      ...one,
    }))
  }
}

interface Counted {
  readonly index: number
  readonly in: { octets: number; packets: number }
  readonly out: { octets: number; packets: number }
}

/** The packet that was looked at, as far as its headers go. */
function frame(record: Readonly<FlowRecord>, vlan: number, number: number): Uint8Array {
  const { source, destination, router, v6, protocol } = record
  return encodeFrame({
    sourceMac: macOf(source, router),
    destinationMac: macOf(destination, router),
    vlan,
    source: v6 && source.v6 ? source.v6 : addressBytes(source.v4),
    destination: v6 && destination.v6 ? destination.v6 : addressBytes(destination.v4),
    protocol,
    tos: record.tos,
    ttl: source.site === router.site ? 64 : 57,
    id: number & 0xffff,
    transport: transportOf(record, number),
    length: record.bytes - (v6 ? 40 : 20),
  })
}

function transportOf(record: Readonly<FlowRecord>, number: number): Uint8Array {
  const { protocol, sourcePort, destinationPort } = record
  const payload = record.bytes - (record.v6 ? 48 : 28)
  switch (protocol) {
    case 6:
      return tcpHeader(sourcePort, destinationPort, number, number, record.flags)
    case 17:
      return udpDatagram(sourcePort, destinationPort, NOTHING, payload)
    case 1:
    case 58:
      return icmpEcho(record.icmp >> 8, record.icmp & 255, 1, number & 0xffff)
    default:
      return NOTHING
  }
}

function vlanOf(host: Host, router: Router): number {
  return host.site === router.site ? host.vlan : TRANSIT_VLAN
}

/** Of the host itself where it is attached, else of the router on the way to it; locally administered. */
function macOf(host: Host, router: Router): Uint8Array {
  const address = host.site === router.site ? host.v4 : (router.uplinks[host.as % 2] ?? router.uplinks[0]).nextHop
  return Uint8Array.of(2, 0, address >>> 24, address >>> 16, address >>> 8, address)
}

function addressBytes(address: number): Uint8Array {
  return Uint8Array.of(address >>> 24, address >>> 16, address >>> 8, address)
}
