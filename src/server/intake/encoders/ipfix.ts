import { ByteWriter } from './byte-writer.ts'
import { writeSet, type MessageSet } from './template.ts'

export interface IpfixHeader {
  /** Seconds since 1970. */
  readonly seconds: number
  /** Data records sent before, in this domain. */
  readonly sequence: number
  readonly domain: number
}

const SET_IDS = { templates: 2, optionsTemplates: 3 }
const out = new ByteWriter()

/**
 * An IPFIX message (RFC 7011 §3.1).
 *   version(2)=10 length(2) seconds(4) sequence(4) domain(4) set*
 */
export function encodeIpfix(header: IpfixHeader, sets: readonly MessageSet[]): Uint8Array {
  out.u16(10)
  out.u16(0)
  out.u32(header.seconds)
  out.u32(header.sequence)
  out.u32(header.domain)
  for (const set of sets) {
    // RFC 7011 §3.4.2.2: field count(2) scope field count(2).
    writeSet(out, set, SET_IDS, ({ scopes = 0, fields }) => {
      out.u16(fields.length)
      out.u16(scopes)
    })
  }
  out.setU16(2, out.length)
  return out.finish()
}
