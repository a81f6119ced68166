import type { Decoder } from './decoder.ts'
import { openMessage, readHeader } from './message.ts'
import { readSets } from './sets.ts'

const HEADER = 20

/**
 * NetFlow v9 (RFC 3954 §5.1). The count is wrong in many exporters and not made use of.
 *
 *     version = 9 (u16), count (u16), uptime in ms (u32), seconds (u32), packets before (u32), source id (u32), FlowSets
 */
export const netflow9: Decoder = {
  name: 'netflow9',
  decode(bytes, exporter, receivedMs, output, view) {
    if (bytes.length < HEADER) return exporter.lose('decode.short', 1)
    const message = openMessage(
      view,
      exporter,
      'netflow9',
      view.getUint32(16),
      readHeader(exporter, view.getUint32(8) * 1000, view.getUint32(4), receivedMs),
      output,
      view.getUint32(12),
    )
    if (!message) return
    readSets(message, 'netflow9', HEADER, bytes.length)
    const { domain } = message
    domain.sequence.take(view.getUint32(12), 1, exporter.sequence, domain.restarted(view.getUint32(4)))
  },
}
