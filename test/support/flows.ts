/** NetFlow v5 datagrams for tests that need flows and do not mind which. */
import { encodeNetflow5 } from '../../src/server/intake/encoders/netflow5.ts'

/**
 * A datagram of `count` (up to 30) flows that ended `agoMs` ago: 10.0.0.x → 198.51.100.1:443, 1000 bytes and 10 packets each.
 * `first` others have come before from as many hosts: the sources go on from there.
 */
export function netflow5Flows(count: number, agoMs = 0, first = 0): Uint8Array {
  const nowMs = Date.now() - agoMs
  const header = {
    seconds: Math.floor(nowMs / 1000),
    nanoseconds: (nowMs % 1000) * 1_000_000,
    uptimeMs: 3_600_000,
    sequence: 0,
    engineType: 0,
    engineId: 0,
    samplingMode: 0,
    samplingInterval: 0,
  }
  const records = Array.from({ length: count }, (_, i) => ({
    source: 0x0a00_0001 + first + i,
    destination: 0xc633_6401,
    nextHop: 0,
    input: 1,
    output: 2,
    packets: 10,
    bytes: 1000,
    firstMs: 3_599_000,
    lastMs: 3_599_500,
    sourcePort: 50_000 + i,
    destinationPort: 443,
    tcpFlags: 0x1b,
    protocol: 6,
    tos: 0,
    sourceAs: 0,
    destinationAs: 64_500,
    sourceMask: 24,
    destinationMask: 24,
  }))
  return encodeNetflow5(header, records).slice()
}
