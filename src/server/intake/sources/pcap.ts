/** Capture files as a source: the UDP datagrams of a pcap or pcapng file, as a stream in bounded memory. */
import { ByteStream } from './byte-stream.ts'
import { captureKind, readPcap, readPcapng, type FrameProblem } from './pcap-frames.ts'
import { UdpFrames } from './udp-frame.ts'

/** A datagram as a listener would have received it. */
export interface Datagram {
  /** When it was captured, whole milliseconds since 1970. */
  readonly timeMs: number
  /** As text: IPv4 dotted, IPv6 by RFC 5952. */
  readonly sourceAddress: string
  readonly sourcePort: number
  readonly destinationPort: number
  /** A view that nobody writes to; it keeps the chunk that it was read in alive. */
  readonly payload: Uint8Array
  /** The capture holds less of it than was sent (its snap length was too small). */
  readonly cut: boolean
}

/** What was found in a file, complete once it has been read. */
export interface CaptureSummary extends FrameProblem {
  frames: number
  /** Frames that gave a datagram. */
  datagrams: number
  /** Frames that were something else, or part of a fragmented datagram. */
  otherFrames: number
  /** Datagrams that the capture holds only the beginning of. */
  cutDatagrams: number
  /** Fragmented datagrams of which a part is missing. */
  incompleteDatagrams: number
}

export function newSummary(): CaptureSummary {
  return { frames: 0, datagrams: 0, otherFrames: 0, cutDatagrams: 0, incompleteDatagrams: 0, problem: null }
}

/**
 * Datagrams of a capture, in its order. Reads what is there: where the file is cut short or damaged, it ends and
 * `summary.problem` says so. Throws where the stream is no capture at all.
 */
export async function* readCapture(
  chunks: AsyncIterable<Uint8Array>,
  summary: CaptureSummary = newSummary(),
): AsyncGenerator<Datagram> {
  const stream = new ByteStream(chunks)
  await stream.fill(4)
  const kind = captureKind(stream.peek(4))
  if (!kind) throw new Error('neither a pcap nor a pcapng file')
  const udp = new UdpFrames()
  for await (const frame of kind === 'pcap' ? readPcap(stream, summary) : readPcapng(stream, summary)) {
    summary.frames++
    const found = udp.read(frame.linkType, frame.bytes, frame.timeMs)
    if (!found) {
      summary.otherFrames++
      continue
    }
    summary.datagrams++
    if (found.cut) summary.cutDatagrams++
    const { bytes: payload, ...rest } = found
    yield { timeMs: frame.timeMs, ...rest, payload }
  }
  udp.fragments.end()
  summary.incompleteDatagrams = udp.fragments.incomplete
}
