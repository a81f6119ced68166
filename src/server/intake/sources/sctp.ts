/** IPFIX over SCTP (RFC 7011 §10.2), which is recognised and not read. */

const COMMON_HEADER = 12
const DATA_HEADER = 16
const DATA = 0
/** First and last part of a message. */
const WHOLE = 3

/**
 * How many IPFIX messages an SCTP packet carries (RFC 9260 §3.1, §3.3.1).
 *
 *     header(12) chunk*
 *     chunk:      type(1) flags(1) length(2) ..., padded to 4 bytes
 *     data chunk: type = 0, flags, length, TSN(4) stream(2) sequence(2) protocol(4) content
 */
export function countSctpMessages(packet: Uint8Array): number {
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  let messages = 0
  for (let at = COMMON_HEADER; at + 4 <= packet.length;) {
    const length = view.getUint16(at + 2)
    if (length < 4) break
    const content = at + DATA_HEADER
    const isData = view.getUint8(at) === DATA && length > DATA_HEADER && content + 4 <= packet.length
    // A part in the middle of a message is not counted; the first part is.
    if (isData && (view.getUint8(at + 1) & WHOLE) >= 2 && view.getUint16(content) === 10) messages++
    at += (length + 3) & ~3
  }
  return messages
}
