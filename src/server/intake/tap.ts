/** For those who want the octets beside the flows: told of all that decoders take in, before anything is made of it. */
import type { Protocol } from '../../shared/schema/codes.ts'
import type { Message } from './decoders/message.ts'
import type { Template } from './decoders/template.ts'
import type { Exporter } from './exporter.ts'

export interface Tap {
  /** A datagram of a known protocol, before it is decoded. */
  datagram(protocol: Protocol, bytes: Uint8Array, exporter: Exporter, receivedMs: number): void
  /** Octets `[from, end)` of the message's view: a set of records by that template. `waited`: it came before its template. */
  dataSet(message: Message, from: number, end: number, template: Template, waited: boolean): void
}
