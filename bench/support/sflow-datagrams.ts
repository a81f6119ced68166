/** Pools of sFlow datagrams as switches send them: seven samples, each with the first 128 octets of a frame. */
import { encodeFrame, icmpEcho, tcpHeader, udpDatagram } from '../../src/server/intake/encoders/packet.ts'
import { encodeSflow5, type FlowSample } from '../../src/server/intake/encoders/sflow5.ts'
import { generator } from './random.ts'

const SAMPLES = 7
const HEADER_OCTETS = 128
const RATE = 1000

/** Mostly TCP, some UDP and ICMP; one in five IPv6, half of them tagged; every second switch names its VLANs beside. */
export function sflow5Datagrams(count: number): Uint8Array[] {
  return sflow5Pool(count).datagrams.map(({ bytes }) => bytes)
}

/** The same with what each stands for: layer-3 octets and packets, times the sampling rate. */
export function sflow5Pool(count: number): {
  samples: number
  datagrams: { bytes: Buffer; octets: number; packets: number }[]
} {
  const random = generator(1)
  const taken = new Map<number, number>()
  const datagrams = Array.from({ length: count }, (_, n) => {
    const samples = Array.from({ length: SAMPLES }, () => sample(taken, n % 2 === 0, random))
    const header = { agent: Uint8Array.of(192, 0, 2, 1), subAgent: 0, sequence: n + 1, uptimeMs: 7_200_000 }
    return {
      bytes: Buffer.from(encodeSflow5(header, samples)),
      octets: samples.reduce((sum, { frameLength, vlan }) => sum + (frameLength - 18 - (vlan > 0 ? 4 : 0)) * RATE, 0),
      packets: SAMPLES * RATE,
    }
  })
  return { samples: SAMPLES, datagrams }
}

/** `taken`: samples so far of each source. */
function sample(
  taken: Map<number, number>,
  named: boolean,
  random: () => number,
): FlowSample & { readonly vlan: number } {
  const whole = (below: number) => Math.floor(random() * below)
  const port = 10_101 + whole(48)
  const sequence = (taken.get(port) ?? 0) + 1
  taken.set(port, sequence)
  const vlan = whole(2) * (100 + whole(16))
  const v6 = whole(5) === 0
  const protocol = [6, 6, 6, 17, 17, 1][whole(6)] as number
  const client = 32_768 + whole(28_000)
  const server = [443, 80, 53, 22, 993][whole(5)] as number
  const length = 40 + whole(1400)
  const payload = Uint8Array.from({ length: HEADER_OCTETS }, () => whole(256))
  const transport =
    protocol === 6
      ? Buffer.concat([tcpHeader(client, server, whole(2 ** 32), whole(2 ** 32), 0x18), payload])
      : protocol === 17
        ? udpDatagram(client, server, payload, length)
        : Buffer.concat([icmpEcho(8, 0, 1, 1), payload])
  const frame = encodeFrame({
    sourceMac: Uint8Array.of(2, 0, 0, 0, whole(4), whole(256)),
    destinationMac: Uint8Array.of(2, 0, 0, 1, 0, whole(4)),
    vlan,
    source: address(v6, whole(50_000)),
    destination: address(v6, whole(150_000)),
    protocol: protocol === 1 && v6 ? 58 : protocol,
    tos: 0,
    ttl: 62,
    transport,
    length,
  })
  const header = frame.subarray(0, HEADER_OCTETS)
  return {
    sequence,
    sourceId: port,
    vlan,
    rate: RATE,
    pool: sequence * RATE,
    drops: 0,
    input: port,
    output: 10_101 + whole(48),
    frameLength: 18 + (vlan > 0 ? 4 : 0) + (v6 ? 40 : 20) + length,
    stripped: 4,
    header,
    ...(named ? { switch: { inVlan: vlan, outVlan: vlan } } : {}),
  }
}

function address(v6: boolean, host: number): Uint8Array {
  const low = [host >>> 16, (host >>> 8) & 255, host & 255]
  return v6 ? Uint8Array.of(0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, ...low) : Uint8Array.of(10, ...low)
}
