import { ByteWriter } from './byte-writer.ts'

export interface Netflow5Header {
  /** Seconds since 1970, and nanoseconds beyond. */
  readonly seconds: number
  readonly nanoseconds: number
  /** Milliseconds since the exporter's boot, at that time. */
  readonly uptimeMs: number
  /** Flows sent before. */
  readonly sequence: number
  readonly engineType: number
  readonly engineId: number
  /** 0 none, 1 deterministic, 2 random: the top two bits of the sampling field. */
  readonly samplingMode: number
  /** One in so many packets, 14 bits. */
  readonly samplingInterval: number
}

/** Addresses as 32-bit numbers; times in milliseconds since boot. */
export interface Netflow5Record {
  readonly source: number
  readonly destination: number
  readonly nextHop: number
  readonly input: number
  readonly output: number
  readonly packets: number
  readonly bytes: number
  readonly firstMs: number
  readonly lastMs: number
  readonly sourcePort: number
  readonly destinationPort: number
  readonly tcpFlags: number
  readonly protocol: number
  readonly tos: number
  readonly sourceAs: number
  readonly destinationAs: number
  readonly sourceMask: number
  readonly destinationMask: number
}

/** Records that one datagram may hold. */
export const NETFLOW5_RECORDS = 30

const out = new ByteWriter()

/**
 * A NetFlow v5 datagram (Cisco, NetFlow Export Datagram Format).
 *   version(2)=5 count(2) uptime(4) seconds(4) nanoseconds(4) sequence(4) engine type(1) engine id(1) sampling(2) record*
 *   record: source(4) destination(4) next hop(4) input(2) output(2) packets(4) bytes(4) first(4) last(4) ports(2, 2)
 *     0(1) flags(1) protocol(1) tos(1) AS(2, 2) masks(1, 1) 0(2)
 */
export function encodeNetflow5(header: Netflow5Header, records: readonly Netflow5Record[]): Uint8Array {
  out.u16(5)
  out.u16(records.length)
  out.u32(header.uptimeMs)
  out.u32(header.seconds)
  out.u32(header.nanoseconds)
  out.u32(header.sequence)
  out.u8(header.engineType)
  out.u8(header.engineId)
  out.u16((header.samplingMode << 14) | (header.samplingInterval & 0x3fff))
  for (const record of records) {
    out.u32(record.source)
    out.u32(record.destination)
    out.u32(record.nextHop)
    out.u16(record.input)
    out.u16(record.output)
    out.u32(record.packets)
    out.u32(record.bytes)
    out.u32(record.firstMs)
    out.u32(record.lastMs)
    out.u16(record.sourcePort)
    out.u16(record.destinationPort)
    out.u8(0)
    out.u8(record.tcpFlags)
    out.u8(record.protocol)
    out.u8(record.tos)
    out.u16(record.sourceAs)
    out.u16(record.destinationAs)
    out.u8(record.sourceMask)
    out.u8(record.destinationMask)
    out.u16(0)
  }
  return out.finish()
}
