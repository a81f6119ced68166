/** NetFlow versions before templates (Cisco): records of one form, compiled once as if a template had told of it. */
import type { FixedProtocol } from './domain.ts'
import { compileNow, ripen } from './compile.ts'
import { runProgram } from './data-sets.ts'
import type { Decoder } from './decoder.ts'
import { openMessage, readHeader } from './message.ts'

export interface FixedFormat {
  readonly name: FixedProtocol
  /** Octets before the first record. */
  readonly header: number
  /** Element and length of each field, in the order on the wire; PADDING for what says nothing. */
  readonly record: readonly (readonly [element: number, length: number])[]
  /** Where in the header the number of flows before stands (u32), or -1. */
  readonly sequenceAt: number
  /** Where engine type and engine id stand (u16), or -1. */
  readonly engineAt: number
  /** Where sampling mode (2 bits) and interval (14 bits) stand, or -1. */
  readonly samplingAt: number
}

/** Element 210 paddingOctets. */
export const PADDING = 210

export function recordLength({ record }: FixedFormat): number {
  return record.reduce((sum, [, length]) => sum + length, 0)
}

/**
 * What these versions have in common:
 *
 *     version (u16), count (u16), uptime in ms (u32), seconds (u32), nanoseconds (u32), more by version, records
 */
export function fixedDecoder(format: FixedFormat): Decoder {
  const { name, header, record, sequenceAt, engineAt, samplingAt } = format
  const fields = record.map(([id, length]) => ({ enterprise: 0, id, length }))
  const compiled = { fields, program: compileNow(fields), records: 0 }
  const octets = recordLength(format)
  return {
    name,
    decode(bytes, exporter, receivedMs, output, view) {
      if (bytes.length < header) return exporter.lose('decode.short', 1)
      const exportMs = view.getUint32(8) * 1000 + Math.floor(view.getUint32(12) / 1e6)
      const message = openMessage(
        view,
        exporter,
        name,
        engineAt < 0 ? 0 : view.getUint16(engineAt),
        readHeader(exporter, exportMs, view.getUint32(4), receivedMs),
        output,
        sequenceAt < 0 ? -1 : view.getUint32(sequenceAt),
      )
      if (!message) return
      const { domain } = message
      if (samplingAt >= 0) domain.setRate(view.getUint16(samplingAt) & 0x3fff, 'header')
      const count = view.getUint16(2)
      const complete = Math.min(count, Math.floor((bytes.length - header) / octets))
      if (complete < count) exporter.lose('decode.short', 1)
      const { records } = runProgram(message, compiled.program, header, header + complete * octets)
      ripen(compiled, compiled, records, receivedMs)
      if (sequenceAt >= 0)
        domain.sequence.take(
          view.getUint32(sequenceAt),
          records,
          exporter.sequence,
          domain.restarted(view.getUint32(4)),
        )
    },
  }
}
