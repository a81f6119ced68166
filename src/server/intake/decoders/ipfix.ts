import type { Decoder } from './decoder.ts'
import { openMessage, readHeader } from './message.ts'
import { readSets } from './sets.ts'

const HEADER = 16
const UPTIME_UNKNOWN = -1

/**
 * IPFIX (RFC 7011 §3.1).
 *
 *     version = 10 (u16), length of the message (u16), seconds (u32), data records before (u32), observation domain (u32),
 *     sets
 */
export const ipfix: Decoder = {
  name: 'ipfix',
  decode(bytes, exporter, receivedMs, output, view) {
    if (bytes.length < HEADER) return exporter.lose('decode.short', 1)
    const length = view.getUint16(2)
    const message = openMessage(
      view,
      exporter,
      'ipfix',
      view.getUint32(12),
      readHeader(exporter, view.getUint32(4) * 1000, UPTIME_UNKNOWN, receivedMs),
      output,
      view.getUint32(8),
    )
    if (!message) return
    if (length > bytes.length) exporter.lose('decode.short', 1)
    readSets(message, 'ipfix', HEADER, Math.min(length, bytes.length))
    const { sequence } = message.domain
    sequence.take(view.getUint32(8), message.records, exporter.sequence)
    if (!message.exact) sequence.forget()
  },
}
