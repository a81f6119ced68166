import { encodeNetflow5, NETFLOW5_RECORDS, type Netflow5Record } from '../../intake/encoders/netflow5.ts'
import type { Router } from '../network.ts'
import type { FlowRecord } from '../record.ts'
import { bootMs, uptime, type Session } from './session.ts'

/** AS_TRANS (RFC 6793 §9) stands for AS numbers that 16 bits do not hold. */
const AS_TRANS = 23_456

export class Netflow5Session implements Session {
  private readonly router: Router
  private readonly boot: number
  private records: Netflow5Record[] = []
  private sequence = 0

  constructor(router: Router, startMs: number) {
    this.router = router
    this.boot = bootMs(startMs)
  }

  add(record: Readonly<FlowRecord>): void {
    if (record.v6) return
    const { source, destination } = record
    this.records.push({
      source: source.v4,
      destination: destination.v4,
      nextHop: record.nextHop,
      input: record.input,
      output: record.output,
      packets: record.packets,
      bytes: record.bytes,
      firstMs: uptime(record.startMs, this.boot),
      lastMs: uptime(record.endMs, this.boot),
      sourcePort: record.sourcePort,
      // ICMP's type and code stand here.
      destinationPort: record.icmp || record.destinationPort,
      tcpFlags: record.flags,
      protocol: record.protocol,
      tos: record.tos,
      sourceAs: source.as > 65_535 ? AS_TRANS : source.as,
      destinationAs: destination.as > 65_535 ? AS_TRANS : destination.as,
      sourceMask: source.mask,
      destinationMask: destination.mask,
    })
  }

  flush(seconds: number): Uint8Array[] {
    const datagrams: Uint8Array[] = []
    for (let at = 0; at < this.records.length; at += NETFLOW5_RECORDS) {
      const records = this.records.slice(at, at + NETFLOW5_RECORDS)
      const header = {
        seconds,
        nanoseconds: 0,
        uptimeMs: uptime(seconds * 1000, this.boot),
        sequence: this.sequence >>> 0,
      }
      datagrams.push(
        encodeNetflow5(
          {
            ...header,
            engineType: 0,
            engineId: this.router.domain & 255,
            samplingMode: 1,
            samplingInterval: this.router.sampling,
          },
          records,
        ),
      )
      this.sequence += records.length
    }
    this.records = []
    return datagrams
  }
}
