/** sFlow version 5 written out by hand from its specification. */
import { collect } from './rows.ts'

export const NOW = Date.UTC(2026, 10, 24, 12)

/** 32-bit words and strings of hex, in network order. */
export function xdr(...parts: (number | string | Buffer)[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part.replaceAll(' ', ''), 'hex')
      if (typeof part !== 'number') return part
      const word = Buffer.alloc(4)
      word.writeUInt32BE(part)
      return word
    }),
  )
}

/** Format or enterprise × 4096 + format, with its length. */
export const block = (format: number, content: Buffer) => xdr(format, content.length, content)

export function datagram(
  samples: Buffer[],
  { sequence = 1, subAgent = 3, count = samples.length, agent = xdr(1, '0a 00 00 fe') } = {},
): Buffer {
  return xdr(5, agent, subAgent, sequence, 123_456, count, ...samples)
}

export interface Head {
  source?: number
  rate?: number
  input?: number
  output?: number
  count?: number
}
export const flowSample = (
  records: Buffer[],
  { source = 5, rate = 512, input = 5, output = 7, count = records.length }: Head = {},
) => block(1, xdr(99, source, rate, 10_000, 0, input, output, count, ...records))

/** Raw header of an Ethernet frame of that length, 4 octets of frame check sequence stripped. */
export const rawHeader = (frameOctets: number, header: string, protocol = 1) => {
  const bytes = xdr(header)
  return block(1, xdr(protocol, frameOctets, 4, bytes.length, bytes, '00'.repeat((4 - (bytes.length % 4)) % 4)))
}

export const MACS = '02 00 00 00 00 02  02 00 00 00 00 01'
/** 10.1.2.3 → 10.9.8.7, 1,480 octets in all, type of service 0xb8, time to live 62. */
export const ipv4 = (protocol: string, { fragment = '40 00', length = '05 c8' } = {}) =>
  `45 b8 ${length} 12 34 ${fragment} 3e ${protocol} 00 00 0a 01 02 03 0a 09 08 07`
export const TCP = 'c0 01 01 bb 00 00 00 01 00 00 00 02 50 18 ff ff 00 00 00 00'

export function decode(...datagrams: Buffer[]) {
  const collected = collect()
  for (const bytes of datagrams) collected.pipeline.receive(bytes, '192.0.2.1', NOW)
  collected.flush()
  return collected
}
