/** Capture files as a source: the datagrams and IPFIX messages of a pcap or pcapng file, as a stream in bounded memory. */
import type { LossName } from '../../../shared/losses.ts'
import type { Counters } from '../../counters.ts'
import type { Session } from '../session.ts'
import { ByteStream } from './byte-stream.ts'
import { captureKind, readPcap, readPcapng, type FrameProblem } from './pcap-frames.ts'
import { FrameReader, type Payload } from './frame-reader.ts'

/** A datagram, or a message out of a connection, as a listener would have received it. */
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
  /** The TCP connection that it came over; null for UDP and files of datagrams. */
  readonly session: Session | null
}

/** What was found in a file, complete once it has been read. */
export interface CaptureSummary extends FrameProblem {
  frames: number
  /** Datagrams and messages found. */
  datagrams: number
  /** Frames that were something else, or part of a datagram or message that others end. */
  otherFrames: number
  /** What was lost on the way to a datagram. */
  readonly lost: Map<LossName, number>
}

export function newSummary(): CaptureSummary {
  return { frames: 0, datagrams: 0, otherFrames: 0, lost: new Map(), problem: null }
}

/** Counts what was lost on the way to a datagram; to be called once, when all is read. */
export function countLost(summary: CaptureSummary, counters: Counters): void {
  for (const [loss, n] of summary.lost) counters.add(loss, n)
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
  const reader = new FrameReader((loss, n) => summary.lost.set(loss, (summary.lost.get(loss) ?? 0) + n))
  let timeMs = 0
  for await (const frame of kind === 'pcap' ? readPcap(stream, summary) : readPcapng(stream, summary)) {
    summary.frames++
    timeMs = frame.timeMs
    const found = reader.read(frame.linkType, frame.bytes, timeMs)
    if (found.length === 0) summary.otherFrames++
    for (const payload of found) yield datagram(payload)
  }
  for (const payload of reader.finish()) yield datagram(payload)

  function datagram({ bytes: payload, ...rest }: Payload): Datagram {
    summary.datagrams++
    return { timeMs, ...rest, payload }
  }
}
