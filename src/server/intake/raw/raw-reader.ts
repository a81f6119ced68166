/** Reads everything there is in flow datagrams, beside the decoders: for `weir decode --raw`. */
import type { Protocol } from '../../../shared/schema/codes.ts'
import { FIXED_FORMATS } from '../decoders/fixed-formats.ts'
import { recordLength, type FixedFormat } from '../decoders/fixed-records.ts'
import type { Message } from '../decoders/message.ts'
import type { Template } from '../decoders/template.ts'
import type { Exporter } from '../exporter.ts'
import type { Tap } from '../tap.ts'
import type { RawField, RawRecord } from './record.ts'
import { readSamples } from './sflow-samples.ts'
import { fieldOf, readRecords, specifierOf } from './template-records.ts'

export class RawReader implements Tap {
  private readonly take: (record: RawRecord) => void

  constructor(take: (record: RawRecord) => void) {
    this.take = take
  }

  datagram(protocol: Protocol, bytes: Uint8Array, exporter: Exporter, receivedMs: number): void {
    const received = new Date(receivedMs).toISOString()
    const format = FIXED.get(protocol)
    if (protocol === 'sflow5') {
      const read = readSamples(bytes)
      for (const { kind, ...sample } of read?.samples ?? [])
        this.take({ exporter: exporter.address, domain: read?.subAgent as number, protocol, kind, received, ...sample })
    } else if (format && bytes.length >= format.header) {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      const domain = format.engineAt < 0 ? 0 : view.getUint16(format.engineAt)
      const octets = recordLength(format)
      for (let left = view.getUint16(2), at = format.header; left > 0 && at + octets <= bytes.length; left--) {
        const fields = fixedFields(format, bytes, at)
        this.take({ exporter: exporter.address, domain, protocol, kind: 'flow', received, fields })
        at += octets
      }
    }
  }

  dataSet(message: Message, from: number, end: number, template: Template, waited: boolean): void {
    const { view, exporter, domain, header } = message
    const common = {
      exporter: exporter.address,
      domain: domain.id,
      protocol: domain.protocol,
      kind: template.isOptions ? 'options' : 'flow',
      received: new Date(header.receivedMs).toISOString(),
      template: template.id,
      ...(waited ? { waited } : {}),
    } as const
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
    const known = { template: (id: number) => domain.template(id), elements: exporter.netflow.elements }
    for (const fields of readRecords(template, bytes, from, end, known)) this.take({ ...common, fields })
  }
}

const FIXED = new Map<Protocol, FixedFormat>(FIXED_FORMATS.map((format) => [format.name, format]))

function fixedFields({ record }: FixedFormat, bytes: Uint8Array, from: number): RawField[] {
  let at = from
  return record.map(([id, length]) => {
    const octets = bytes.subarray(at, (at += length))
    return fieldOf(specifierOf({ enterprise: 0, id, length }), octets)
  })
}
