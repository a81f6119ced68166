/** IPFIX out of captured TCP segments: puts the streams of connections together, bounded in number and size. */
import type { LossName } from '../../../shared/losses.ts'
import { Session } from '../session.ts'
import { IpfixFramer } from './ipfix-framer.ts'

/** Connections that are followed; beyond, the one that has been silent longest is given up. */
const CONNECTIONS = 256
/** Bytes of a connection that wait for a segment before them; beyond, that segment is missing. */
const WAITING_BYTES = 256 * 1024
/** Segments of a connection that wait at most. */
const WAITING_SEGMENTS = 512

const FIN = 1
const SYN = 2
const RST = 4

/** One direction of a connection. */
export interface Ends {
  /** Source, then destination, as they stand in the packet. */
  readonly addresses: Uint8Array
  readonly sourcePort: number
  readonly destinationPort: number
  readonly session: Session
}

interface Stream {
  readonly ends: Ends
  framer: IpfixFramer
  /** Messages so far. */
  messages: number
  /** Sequence number of the byte that comes next; null where that is not known. */
  next: number | null
  /** By sequence number. */
  readonly waiting: Map<number, Uint8Array>
  waitingBytes: number
  /** Whether it carries something else. */
  other: boolean
}

/** Told of each message; the bytes are its own. */
type Give = (message: Uint8Array, ends: Ends) => void

export class TcpStreams {
  private readonly streams = new Map<string, Stream>()
  private readonly lose: (loss: LossName) => void

  constructor(lose: (loss: LossName) => void) {
    this.lose = lose
  }

  /**
   * Takes a segment in (RFC 9293 §3.1), from and to the hosts of `addresses`.
   *
   *     source port(2) destination port(2) sequence(4) acknowledgment(4) header length(4 bits) ... flags(1) ...
   */
  add(addresses: Uint8Array, segment: Uint8Array, give: Give): void {
    if (segment.length < 20) return
    const view = new DataView(segment.buffer, segment.byteOffset, segment.byteLength)
    const key = `${addresses.join('.')} ${view.getUint32(0)}`
    const sequence = view.getUint32(4)
    const flags = view.getUint8(13)
    const data = segment.subarray(Math.max(20, (view.getUint8(12) >> 4) * 4))
    let stream = this.streams.get(key)
    if ((flags & SYN) !== 0) {
      // Sent again, or a new connection between the same ports.
      const first = (sequence + 1) >>> 0
      if (stream?.next === first) return
      if (stream) this.end(key, stream, give)
      this.open(key, addresses, view, first)
      return
    }
    if (data.length > 0) {
      stream ??= this.open(key, addresses, view, null)
      this.streams.delete(key)
      this.streams.set(key, stream)
      if (!stream.other) this.take(stream, sequence, data, give)
    }
    const isEnd = (flags & RST) !== 0 || ((flags & FIN) !== 0 && stream?.next === (sequence + data.length) >>> 0)
    if (stream && isEnd) this.end(key, stream, give)
  }

  /** At the end of the capture: what waits is read as far as it can be. */
  finish(give: Give): void {
    for (const [key, stream] of this.streams) this.end(key, stream, give)
  }

  private open(key: string, addresses: Uint8Array, segment: DataView, next: number | null): Stream {
    const sourcePort = segment.getUint16(0)
    for (const [oldest, stream] of this.streams) {
      if (this.streams.size < CONNECTIONS) break
      this.end(oldest, stream, () => undefined)
    }
    const stream: Stream = {
      ends: {
        addresses: addresses.slice(),
        sourcePort,
        destinationPort: segment.getUint16(2),
        session: new Session(sourcePort, true),
      },
      framer: new IpfixFramer(),
      messages: 0,
      next,
      waiting: new Map(),
      waitingBytes: 0,
      other: false,
    }
    this.streams.set(key, stream)
    return stream
  }

  private end(key: string, stream: Stream, give: Give): void {
    this.streams.delete(key)
    while (stream.waiting.size > 0) this.skip(stream, give)
    if (!stream.other && stream.messages > 0 && stream.framer.waiting > 0) this.lose('stream.cut')
  }

  private take(stream: Stream, sequence: number, data: Uint8Array, give: Give): void {
    if (stream.next === null) {
      // The capture began within the connection, or a segment is missing: a message may begin with this one.
      if (!beginsMessage(data)) return
      stream.next = sequence
    }
    const ahead = (sequence - stream.next) | 0
    if (ahead > 0) {
      this.hold(stream, sequence, data, give)
      return
    }
    // What was there before is sent again.
    if (-ahead >= data.length) return
    this.feed(stream, data.subarray(-ahead), give)
    for (let more = this.following(stream); more; more = this.following(stream)) this.feed(stream, more, give)
  }

  private feed(stream: Stream, data: Uint8Array, give: Give): void {
    stream.next = ((stream.next as number) + data.length) >>> 0
    const isIpfix = stream.framer.push(data, (message) => {
      stream.messages++
      give(message.slice(), stream.ends)
    })
    if (isIpfix) return
    if (stream.messages > 0) this.lose('stream.notIpfix')
    stream.other = true
    stream.waiting.clear()
  }

  private hold(stream: Stream, sequence: number, data: Uint8Array, give: Give): void {
    const before = stream.waiting.get(sequence)
    if (before && before.length >= data.length) return
    stream.waitingBytes += data.length - (before?.length ?? 0)
    // A copy: a view would keep the whole piece of the file that it was read in.
    stream.waiting.set(sequence, data.slice())
    if (stream.waitingBytes > WAITING_BYTES || stream.waiting.size > WAITING_SEGMENTS) this.skip(stream, give)
  }

  /** Takes out the segment that goes on where the stream is, without what is there already; undefined where none does. */
  private following(stream: Stream): Uint8Array | undefined {
    for (const [sequence, data] of stream.waiting) {
      const ahead = (sequence - (stream.next as number)) | 0
      if (ahead > 0) continue
      stream.waiting.delete(sequence)
      stream.waitingBytes -= data.length
      if (-ahead < data.length) return data.subarray(-ahead)
    }
    return undefined
  }

  /** Goes on behind a segment that is missing, with the first message that begins with a segment. */
  private skip(stream: Stream, give: Give): void {
    const from = stream.next as number
    const segments = [...stream.waiting].toSorted(([a], [b]) => ((a - from) | 0) - ((b - from) | 0))
    if (stream.messages > 0 || stream.framer.waiting > 0) this.lose('stream.gap')
    stream.waiting.clear()
    stream.waitingBytes = 0
    stream.framer = new IpfixFramer()
    stream.next = null
    for (const [sequence, data] of segments) if (!stream.other) this.take(stream, sequence, data, give)
  }
}

/** Whether an IPFIX message with a set begins there (RFC 7011 §3.1, §3.3.2). */
function beginsMessage(data: Uint8Array): boolean {
  if (data.length < 20) return false
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength)
  const setId = view.getUint16(16)
  return view.getUint16(0) === 10 && view.getUint16(2) >= 20 && (setId === 2 || setId === 3 || setId >= 256)
}
