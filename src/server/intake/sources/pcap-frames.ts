/**
 * Frames of a capture file: pcap (draft-ietf-opsawg-pcap, also its nanosecond and byte-swapped forms) and pcapng
 * (draft-ietf-opsawg-pcapng). Each frame is as long as the file says, or the reading ends with a problem.
 */
import type { ByteStream } from './byte-stream.ts'

export interface Frame {
  /** When it was captured, whole milliseconds since 1970. */
  readonly timeMs: number
  /** LINKTYPE_ value. */
  readonly linkType: number
  readonly bytes: Uint8Array
}

/** What is wrong with the file, for the person who gave it; null where all of it was read. */
export interface FrameProblem {
  problem: string | null
}

/** No capture has longer frames (jumbo frames and offloads stay below 256 KiB); a length above is damage. */
const LONGEST_BLOCK = 16 * 1024 * 1024

const PCAP_MAGICS: Readonly<Record<number, { littleEndian: boolean; fraction: number }>> = {
  0xa1b2c3d4: { littleEndian: false, fraction: 1e3 },
  0xd4c3b2a1: { littleEndian: true, fraction: 1e3 },
  0xa1b23c4d: { littleEndian: false, fraction: 1e6 },
  0x4d3cb2a1: { littleEndian: true, fraction: 1e6 },
}
const SECTION_HEADER = 0x0a0d0d0a

/** What the first four bytes of a file say; null where it is no capture. */
export function captureKind(head: Uint8Array): 'pcap' | 'pcapng' | null {
  if (head.length < 4) return null
  const magic = viewOf(head).getUint32(0)
  if (magic === SECTION_HEADER) return 'pcapng'
  return magic in PCAP_MAGICS ? 'pcap' : null
}

/**
 *   file:  magic(4) major(2) minor(2) zone(4) accuracy(4) snaplen(4) linktype(4) frame*
 *   frame: seconds(4) fraction(4) captured(4) original(4) bytes(captured)
 */
export async function* readPcap(stream: ByteStream, state: FrameProblem): AsyncGenerator<Frame> {
  if (!(await stream.fill(24))) {
    state.problem = 'the file header is cut short'
    return
  }
  const head = viewOf(stream.take(24))
  const form = PCAP_MAGICS[head.getUint32(0)]
  if (!form) throw new Error('not a pcap file')
  const { littleEndian, fraction } = form
  // The upper bits hold the length of a frame check sequence, which is not of interest here.
  const linkType = head.getUint32(20, littleEndian) & 0xffff
  for (let number = 1; stream.has(16) || (await stream.fill(16)); number++) {
    const header = viewOf(stream.take(16))
    const captured = header.getUint32(8, littleEndian)
    if (captured > LONGEST_BLOCK) {
      state.problem = `frame ${number} claims ${captured} bytes: the file is damaged from there on`
      return
    }
    if (!stream.has(captured) && !(await stream.fill(captured))) {
      state.problem = `the file ends inside frame ${number}`
      return
    }
    const timeMs = header.getUint32(0, littleEndian) * 1000 + Math.floor(header.getUint32(4, littleEndian) / fraction)
    yield { timeMs, linkType, bytes: stream.take(captured) }
  }
  if (stream.length > 0) state.problem = 'the file ends inside a frame header'
}

interface Interface {
  readonly linkType: number
  /** Ticks a second of its time stamps. */
  readonly ticks: bigint
  readonly offsetMs: number
}

/**
 *   block: type(4) length(4) body length(4)
 * A section header sets the byte order and starts the numbering of interfaces anew.
 */
export async function* readPcapng(stream: ByteStream, state: FrameProblem): AsyncGenerator<Frame> {
  let littleEndian = true
  let interfaces: Interface[] = []
  for (let number = 1; stream.has(12) || (await stream.fill(12)); number++) {
    const head = viewOf(stream.peek(12))
    const section = head.getUint32(0) === SECTION_HEADER
    if (section) {
      littleEndian = head.getUint32(8, true) === 0x1a2b3c4d
      interfaces = []
    }
    const type = head.getUint32(0, littleEndian)
    const length = head.getUint32(4, littleEndian)
    if (
      length < 12 ||
      length % 4 !== 0 ||
      length > LONGEST_BLOCK ||
      (section && !littleEndian && head.getUint32(8) !== 0x1a2b3c4d)
    ) {
      state.problem = `block ${number} claims ${length} bytes: the file is damaged from there on`
      return
    }
    if (!stream.has(length) && !(await stream.fill(length))) {
      state.problem = `the file ends inside block ${number}`
      return
    }
    const body = stream.take(length).subarray(8, length - 4)
    if (!section && type === 1) {
      const described = readInterface(body, littleEndian)
      if (described) interfaces.push(described)
    } else if (!section) {
      const frame = readFrame(type, body, interfaces, littleEndian)
      if (frame) yield frame
    }
  }
  if (stream.length > 0) state.problem = 'the file ends inside a block'
}

/** Interface description: linktype(2) reserved(2) snaplen(4) options; 9 is the time stamps' resolution, 14 their offset. */
function readInterface(body: Uint8Array, littleEndian: boolean): Interface | null {
  if (body.length < 8) return null
  const view = viewOf(body)
  let ticks = 1_000_000n
  let offsetMs = 0
  for (let at = 8; at + 4 <= body.length;) {
    const code = view.getUint16(at, littleEndian)
    const length = view.getUint16(at + 2, littleEndian)
    at += 4
    if (code === 0 || at + length > body.length) break
    if (code === 9 && length >= 1) {
      const resolution = view.getUint8(at)
      ticks = (resolution & 0x80 ? 2n : 10n) ** BigInt(resolution & 0x7f)
    } else if (code === 14 && length >= 8) {
      offsetMs = Number(view.getBigInt64(at, littleEndian)) * 1000
    }
    at += (length + 3) & ~3
  }
  return { linkType: view.getUint16(0, littleEndian), ticks, offsetMs }
}

/**
 *   enhanced packet (6): interface(4) time(4 high, 4 low) captured(4) original(4) bytes options
 *   packet (2, obsolete): interface(2) drops(2) time(8) captured(4) original(4) bytes options
 *   simple packet (3): original(4) bytes; it bears no time, so there is no telling when its flows were
 */
function readFrame(
  type: number,
  body: Uint8Array,
  interfaces: readonly Interface[],
  littleEndian: boolean,
): Frame | null {
  if ((type !== 6 && type !== 2) || body.length < 20) return null
  const view = viewOf(body)
  const from = interfaces[type === 6 ? view.getUint32(0, littleEndian) : view.getUint16(0, littleEndian)]
  if (!from) return null
  const captured = Math.min(view.getUint32(12, littleEndian), body.length - 20)
  const ticks = (BigInt(view.getUint32(4, littleEndian)) << 32n) | BigInt(view.getUint32(8, littleEndian))
  return {
    timeMs: Number((ticks * 1000n) / from.ticks) + from.offsetMs,
    linkType: from.linkType,
    bytes: body.subarray(20, 20 + captured),
  }
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
