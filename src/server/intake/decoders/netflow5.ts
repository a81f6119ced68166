import { compileNow } from './compile.ts'
import type { Decoder } from './decoder.ts'
import { runProgram } from './data-sets.ts'
import { openMessage, readHeader } from './message.ts'

const HEADER = 24

/** A record, as the template that it would have in v9: element and length of each field, in the order on the wire. */
const RECORD = [
  [8, 4], // source address
  [12, 4], // destination address
  [15, 4], // next hop
  [10, 2], // input interface
  [14, 2], // output interface
  [2, 4], // packets
  [1, 4], // octets
  [22, 4], // uptime at the first packet
  [21, 4], // uptime at the last packet
  [7, 2], // source port
  [11, 2], // destination port
  [210, 1], // padding
  [6, 1], // TCP flags
  [4, 1], // protocol
  [5, 1], // type of service
  [16, 2], // source AS
  [17, 2], // destination AS
  [9, 1], // source prefix length
  [13, 1], // destination prefix length
  [210, 2], // padding
] as const
const RECORD_LENGTH = RECORD.reduce((sum, [, length]) => sum + length, 0)

const program = compileNow(RECORD.map(([id, length]) => ({ enterprise: 0, id, length })))

/**
 * NetFlow v5 (Cisco): one template that never changes.
 *
 *     version = 5 (u16), count (u16), uptime in ms (u32), seconds (u32), nanoseconds (u32), flows before (u32),
 *     engine type (u8), engine id (u8), sampling mode (2 bits), sampling interval (14 bits), records of 48 bytes
 */
export const netflow5: Decoder = {
  name: 'netflow5',
  decode(bytes, exporter, receivedMs, output) {
    if (bytes.length < HEADER) return exporter.lose('decode.short', 1)
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    const exportMs = view.getUint32(8) * 1000 + Math.floor(view.getUint32(12) / 1e6)
    const message = openMessage(
      view,
      exporter,
      'netflow5',
      view.getUint16(20),
      readHeader(exporter, exportMs, view.getUint32(4), receivedMs),
      output,
    )
    if (!message) return
    const { domain } = message
    domain.setRate(view.getUint16(22) & 0x3fff, 'header')
    const count = view.getUint16(2)
    const complete = Math.min(count, Math.floor((bytes.length - HEADER) / RECORD_LENGTH))
    if (complete < count) exporter.lose('decode.short', 1)
    const { records } = runProgram(message, program, HEADER, HEADER + complete * RECORD_LENGTH)
    domain.sequence.take(view.getUint32(16), records, exporter.sequence, domain.restarted(view.getUint32(4)))
  },
}
