import { ByteWriter } from './byte-writer.ts'

export interface SflowHeader {
  /** Agent address, 4 or 16 bytes. */
  readonly agent: Uint8Array
  readonly subAgent: number
  /** Datagrams sent before, plus one. */
  readonly sequence: number
  readonly uptimeMs: number
}

/** A packet that was looked at, with what the switch knows of it. */
export interface FlowSample {
  /** Samples of this source taken before, plus one. */
  readonly sequence: number
  /** Interface that the sample was taken at. */
  readonly sourceId: number
  /** One in so many packets. */
  readonly rate: number
  /** Packets that could have been sampled so far. */
  readonly pool: number
  readonly drops: number
  readonly input: number
  readonly output: number
  /** Length of the whole frame, with its check sequence. */
  readonly frameLength: number
  /** Bytes taken off the frame before it was sampled (the check sequence: 4). */
  readonly stripped: number
  /** The beginning of the frame. */
  readonly header: Uint8Array
  readonly switch?: { readonly inVlan: number; readonly outVlan: number }
  readonly router?: { readonly nextHop: Uint8Array; readonly sourceMask: number; readonly destinationMask: number }
}

/** What an interface has counted since the switch started. */
export interface InterfaceCounters {
  /** Counter samples of this source before, plus one. */
  readonly sequence: number
  readonly index: number
  readonly name: string
  readonly bitsPerSecond: number
  readonly in: { readonly octets: number; readonly packets: number }
  readonly out: { readonly octets: number; readonly packets: number }
}

const ETHERNET = 1
const out = new ByteWriter()

/**
 * An sFlow version 5 datagram (sFlow.org, §5).
 *   version(4)=5 agent uptime: address type(4) address(4|16) sub-agent(4) sequence(4) uptime(4) samples(4) sample*
 *   flow sample: format(4)=1 length(4) sequence(4) source(4) rate(4) pool(4) drops(4) input(4) output(4) records(4) record*
 *   counter sample: format(4)=2 length(4) sequence(4) source(4) records(4) record*
 *   record: format(4) length(4) content
 */
export function encodeSflow5(
  header: SflowHeader,
  samples: readonly FlowSample[],
  counters: readonly InterfaceCounters[] = [],
): Uint8Array {
  out.u32(5)
  writeAddress(header.agent)
  out.u32(header.subAgent)
  out.u32(header.sequence)
  out.u32(header.uptimeMs)
  out.u32(samples.length + counters.length)
  for (const sample of samples) writeRecord(1, () => writeSample(sample))
  for (const counted of counters) writeRecord(2, () => writeCounters(counted))
  return out.finish()
}

function writeSample(sample: FlowSample): void {
  out.u32(sample.sequence)
  out.u32(sample.sourceId)
  out.u32(sample.rate)
  out.u32(sample.pool)
  out.u32(sample.drops)
  out.u32(sample.input)
  out.u32(sample.output)
  const { header, switch: vlans, router } = sample
  out.u32(1 + (vlans ? 1 : 0) + (router ? 1 : 0))
  // Raw packet header: protocol(4) frame length(4) stripped(4) header as opaque
  writeRecord(1, () => {
    out.u32(ETHERNET)
    out.u32(sample.frameLength)
    out.u32(sample.stripped)
    out.u32(header.length)
    out.put(header)
    out.pad(4)
  })
  // Extended switch: VLAN in(4) priority in(4) VLAN out(4) priority out(4)
  if (vlans) {
    writeRecord(1001, () => {
      out.u32(vlans.inVlan)
      out.u32(0)
      out.u32(vlans.outVlan)
      out.u32(0)
    })
  }
  // Extended router: next hop, source mask(4), destination mask(4)
  if (router) {
    writeRecord(1002, () => {
      writeAddress(router.nextHop)
      out.u32(router.sourceMask)
      out.u32(router.destinationMask)
    })
  }
}

function writeCounters(counted: InterfaceCounters): void {
  out.u32(counted.sequence)
  out.u32(counted.index)
  out.u32(2)
  // Generic interface counters: index(4) type(4) speed(8) duplex(4) status(4), then octets(8) and six counts(4) in and out
  writeRecord(1, () => {
    out.u32(counted.index)
    out.u32(ETHERNET_INTERFACE)
    out.number(counted.bitsPerSecond, 8)
    out.u32(FULL_DUPLEX)
    out.u32(UP)
    for (const side of [counted.in, counted.out]) {
      out.number(side.octets, 8)
      out.u32(side.packets >>> 0)
      for (let rest = side === counted.in ? 5 : 4; rest > 0; rest--) out.u32(0)
    }
    out.u32(0)
  })
  // Port name: name as string
  writeRecord(1005, () => {
    const name = Buffer.from(counted.name)
    out.u32(name.length)
    out.put(name)
    out.pad(4)
  })
}

/** ifType of IANA. */
const ETHERNET_INTERFACE = 6
const FULL_DUPLEX = 1
/** Meant to be up, and is. */
const UP = 3

/** address type(4): 1 IPv4, 2 IPv6; address. */
function writeAddress(address: Uint8Array): void {
  out.u32(address.length === 4 ? 1 : 2)
  out.put(address)
}

function writeRecord(format: number, content: () => void): void {
  out.u32(format)
  const at = out.length
  out.u32(0)
  content()
  out.setU32(at, out.length - at - 4)
}
