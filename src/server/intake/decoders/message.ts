/** One datagram of NetFlow or IPFIX while it is read. */
import type { Exporter } from '../exporter.ts'
import { plausible } from '../normalise/time.ts'
import type { Output } from './decoder.ts'
import type { Domain } from './domain.ts'

/** What its header says of all its records. */
export interface MessageHeader {
  readonly receivedMs: number
  /** When the exporter sent it, by its clock; `receivedMs` where that cannot be true. */
  readonly exportMs: number
  /** Milliseconds since the exporter's boot at `exportMs` (32 bits, wraps), or -1 where the header does not say. */
  readonly uptimeMs: number
  /** What is to be added to moments by the exporter's clock; 0 where it is not corrected. */
  readonly shiftMs: number
}

export interface Message {
  readonly view: DataView
  readonly exporter: Exporter
  readonly domain: Domain
  readonly header: MessageHeader
  readonly output: Output
  /** Data records read so far, options included. */
  records: number
  /** Whether `records` is all that the message has: false where some wait for their template or cannot be read. */
  exact: boolean
}

/** Takes in the clock of a message; a time that cannot be true is replaced by ours. */
export function readHeader(exporter: Exporter, exportMs: number, uptimeMs: number, receivedMs: number): MessageHeader {
  exporter.sawClock(exportMs, receivedMs)
  if (!plausible(exportMs, receivedMs)) return { receivedMs, exportMs: receivedMs, uptimeMs, shiftMs: 0 }
  return { receivedMs, exportMs, uptimeMs, shiftMs: exporter.clockShiftMs }
}

/**
 * The message, or undefined where the exporter has more domains than the limit. `number` is its sequence number, -1 where
 * it bears none.
 */
export function openMessage(
  view: DataView,
  exporter: Exporter,
  protocol: Domain['protocol'],
  domainId: number,
  header: MessageHeader,
  output: Output,
  number: number,
): Message | undefined {
  const { netflow } = exporter
  let domain = netflow.domain(exporter, protocol, domainId, header.receivedMs)
  if (domain && number >= 0) domain = netflow.follow(exporter, domain, number, header.receivedMs)
  if (!domain) {
    exporter.lose('decode.templatesFull', 1)
    return undefined
  }
  exporter.waiting.expire(header.receivedMs)
  return { view, exporter, domain, header, output, records: 0, exact: true }
}
