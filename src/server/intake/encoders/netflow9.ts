import { ByteWriter } from './byte-writer.ts'
import { countRecords, writeSet, type MessageSet } from './template.ts'

export interface Netflow9Header {
  /** Seconds since 1970. */
  readonly seconds: number
  /** Milliseconds since the exporter's boot, at `seconds`. */
  readonly uptimeMs: number
  /** Messages sent before. */
  readonly sequence: number
  readonly sourceId: number
}

const SET_IDS = { templates: 0, optionsTemplates: 1 }
const out = new ByteWriter()

/**
 * A NetFlow v9 message (RFC 3954 §5).
 *   version(2)=9 count(2) uptime(4) seconds(4) sequence(4) source(4) set*
 */
export function encodeNetflow9(header: Netflow9Header, sets: readonly MessageSet[]): Uint8Array {
  out.u16(9)
  out.u16(countRecords(sets, true))
  out.u32(header.uptimeMs)
  out.u32(header.seconds)
  out.u32(header.sequence)
  out.u32(header.sourceId)
  for (const set of sets) {
    // RFC 3954 §6.1: scope length(2) option length(2), in bytes; each field takes 4.
    writeSet(out, set, SET_IDS, ({ scopes = 0, fields }) => {
      out.u16(scopes * 4)
      out.u16((fields.length - scopes) * 4)
    })
  }
  return out.finish()
}
