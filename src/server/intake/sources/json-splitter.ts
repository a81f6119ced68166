/**
 * JSON documents in a stream of octets: one after the other with anything or nothing between them (JSON lines,
 * concatenated), in a list, or in the list `records` of one large document (Azure). Nothing is parsed: depth and strings are
 * followed (RFC 8259 §2, §7), so that memory is bounded by the longest document.
 */

/** Octets of a document. Azure writes all that an interface saw in a minute into one: room for some 160,000 flows. */
export const LONGEST_DOCUMENT = 16 << 20

export interface Documents {
  /** A document, or where one is damaged what stands in its place, in `bytes[from, to)`; not to be kept. */
  document(bytes: Uint8Array, from: number, to: number): void
  /** The beginning of one that is too long. */
  tooLong(bytes: Uint8Array): void
}

export class JsonSplitter {
  private readonly to: Documents
  /** How deep we are in lists and objects; a list around all documents does not count. */
  private depth = 0
  /** How deep documents stand: 0, or 2 within a list `records`; -1 behind such a list. */
  private base = 0
  private within: 'text' | 'string' | 'escape' = 'text'
  /** The last octet of the chunks before that is no white space. */
  private last = 0
  /** Where in the chunk the document begins; -1 where none is under way. */
  private begin = -1
  /** What came of it in chunks before. */
  private pieces: Uint8Array[] = []
  private length = 0
  /** It is too long, and passed over. */
  private skipping = false
  /** All documents so far stood in a line of their own, so that a line's end ends a damaged one. */
  private areLines = true
  private count = 0
  /** There was a list `records`. */
  private hasRecords = false
  /** It is no document, but something that stands between them. */
  private isGarbage = false
  /** The document began at the beginning of a line. */
  private beganLine = false
  /** Where in the chunk each of PLACES stands next, from where it was last looked for; the chunk's length where nowhere. */
  private readonly places = PLACES.map(() => -1)
  /** The chunk before ended with a line. */
  private endedLine = true

  constructor(to: Documents) {
    this.to = to
  }

  /** Takes the next piece of any length; it is not kept. */
  push(chunk: Uint8Array): void {
    if (this.begin >= 0) this.begin = 0
    this.places.fill(-1)
    const { length } = chunk
    let at = 0
    while (at < length) at = this.within === 'text' ? this.text(chunk, at) : this.string(chunk, at)
    this.keep(chunk)
    if (length > 0) this.endedLine = chunk[length - 1] === LINE_END
    this.last = this.lastBefore(chunk, length)
  }

  /** There is no more. What was begun and not ended is handed on as it is. */
  end(): void {
    if (this.begin < 0) return
    this.begin = 0
    this.handOn(NOTHING, 0)
  }

  /** Goes on outside of strings; where it stopped. */
  private text(chunk: Uint8Array, from: number): number {
    const { length } = chunk
    for (let at = from; at < length; at++) {
      const octet = chunk[at] as number
      if (octet === OPEN_OBJECT && this.depth === 0 && this.count > 0 && this.areLines && !this.hasRecords) {
        const end = this.line(chunk, at)
        if (end > at) {
          at = end
          continue
        }
      }
      // Letters, digits, spaces, commas and colons tell nothing within a document.
      if ((TELLING[octet] as number) === 0 && (this.depth > 0 || octet <= SPACE || octet === COMMA)) continue
      if (octet === LINE_END) this.lineEnd(chunk, at)
      else this.structure(octet, chunk, at)
      if (this.within === 'string') return at + 1
    }
    return length
  }

  /**
   * Hands on the line that begins here where all of it is a document, without looking into it (a tenth of the time): so it is
   * where it ends with `}` and no `}{` stands in it. Where it ended; 0 where that is not so.
   */
  private line(chunk: Uint8Array, at: number): number {
    const lineEnd = this.next(0, chunk, at)
    const end = chunk[lineEnd - 1] === RETURN ? lineEnd - 1 : lineEnd
    if (lineEnd === chunk.length || end - at > LONGEST_DOCUMENT || chunk[end - 1] !== CLOSE_OBJECT) return 0
    if (this.next(1, chunk, at) < end || this.next(2, chunk, at) < end || this.begin >= 0) return 0
    this.count++
    this.to.document(chunk, at, end)
    return lineEnd
  }

  /** Where it stands at `at` or behind it. Kept until it is passed, so that a chunk is searched through once for each. */
  private next(which: number, chunk: Uint8Array, at: number): number {
    const before = this.places[which] as number
    if (before >= at) return before
    const found = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).indexOf(PLACES[which] as string, at)
    return (this.places[which] = found < 0 ? chunk.length : found)
  }

  /** Goes on within a string; where it stopped. */
  private string(chunk: Uint8Array, from: number): number {
    const { length } = chunk
    let at = from
    if (this.within === 'escape') {
      this.within = 'string'
      at++
    }
    for (; at < length; at++) {
      const octet = chunk[at] as number
      if (octet > BACKSLASH || (octet !== QUOTE && octet !== BACKSLASH && octet !== LINE_END)) continue
      if (octet === BACKSLASH) {
        if (++at === length) this.within = 'escape'
        continue
      }
      if (octet === QUOTE) this.within = 'text'
      // No string has a line's end in it: here something was cut off.
      else this.damaged(chunk, at)
      return at + 1
    }
    return length
  }

  private structure(octet: number, chunk: Uint8Array, at: number): void {
    switch (octet) {
      case QUOTE:
        if (this.depth === 0) this.garbage(at)
        else this.within = 'string'
        return
      case OPEN_OBJECT:
        if (this.begin < 0 || this.isGarbage || !this.mayOpen(chunk, at)) this.open(chunk, at)
        this.depth++
        return
      case OPEN_LIST:
        if (this.depth === 0) return
        if (this.depth === 1 && this.base === 0 && this.isRecords(chunk, at)) {
          this.base = 2
          this.hasRecords = true
          this.forget()
        }
        this.depth++
        return
      case CLOSE_OBJECT:
      case CLOSE_LIST:
        if (this.depth > 0) this.close(octet, chunk, at)
        return
      default:
        if (this.depth === 0) this.garbage(at)
    }
  }

  private open(chunk: Uint8Array, at: number): void {
    if (this.begin >= 0) this.damaged(chunk, at)
    // A list of documents seemed to end, by what a damaged one left behind.
    else if (this.base < 0 && this.lastBefore(chunk, at) === COMMA) this.depth = this.base = 2
    if (this.depth !== this.base) return
    this.begin = at
    this.beganLine = this.isLineStart(chunk, at)
  }

  private close(octet: number, chunk: Uint8Array, at: number): void {
    if (this.begin >= 0) {
      if (--this.depth > this.base) return
      this.count++
      this.handOn(chunk, at + 1)
    } else if (this.base === 2) {
      // What a damaged document left behind may have more `}`.
      if (octet === CLOSE_OBJECT) return
      this.base = -1
      this.depth = 1
    } else if (--this.depth === 0) this.base = 0
  }

  /**
   * Whether an object may open within the document: they stand behind `[`, `,` or `:`, and nobody writes one at the beginning
   * of a line who began the document so. Elsewhere a new document begins, and the one before is damaged.
   */
  private mayOpen(chunk: Uint8Array, at: number): boolean {
    const last = this.lastBefore(chunk, at)
    if (last !== COLON && last !== COMMA && last !== OPEN_LIST) return false
    return !(this.beganLine && this.isLineStart(chunk, at))
  }

  /** The octet before, other than white space. */
  private lastBefore(chunk: Uint8Array, to: number): number {
    let at = to - 1
    while (at >= 0 && (chunk[at] as number) <= SPACE) at--
    return at < 0 ? this.last : (chunk[at] as number)
  }

  private isLineStart(chunk: Uint8Array, at: number): boolean {
    return at > 0 ? chunk[at - 1] === LINE_END : this.endedLine
  }

  private garbage(at: number): void {
    if (this.begin >= 0) return
    this.begin = at
    this.isGarbage = true
  }

  private lineEnd(chunk: Uint8Array, at: number): void {
    if (this.begin < 0) return
    if (this.isGarbage || (this.areLines && this.count > 0)) this.damaged(chunk, at)
    else this.areLines = false
  }

  /** Ends a document before its end; what comes is looked at afresh. */
  private damaged(chunk: Uint8Array, at: number): void {
    if (this.begin >= 0) this.handOn(chunk, at)
    if (this.base < 0) this.base = 0
    this.depth = this.base
    this.within = 'text'
  }

  /** Whether the list that opens here is that of the key `records`. */
  private isRecords(chunk: Uint8Array, at: number): boolean {
    const here = chunk.subarray(Math.max(this.begin, at - KEY_ROOM), at)
    const before = here.length < KEY_ROOM ? this.pieces.slice(-KEY_ROOM).map((piece) => piece.subarray(-KEY_ROOM)) : []
    return /"records"\s*:\s*$/.test(Buffer.concat([...before, here]).toString('latin1'))
  }

  private handOn(chunk: Uint8Array, to: number): void {
    if (this.skipping) this.skipping = false
    else if (this.length + to - this.begin > LONGEST_DOCUMENT)
      this.to.tooLong(this.pieces[0] ?? chunk.subarray(this.begin))
    else if (this.pieces.length === 0) this.to.document(chunk, this.begin, to)
    else {
      const whole = Buffer.concat([...this.pieces, chunk.subarray(0, to)])
      this.to.document(whole, 0, whole.length)
    }
    this.forget()
  }

  private forget(): void {
    this.begin = -1
    this.pieces = []
    this.length = 0
    this.isGarbage = false
  }

  /** Keeps what there is of a document whose end is to come. */
  private keep(chunk: Uint8Array): void {
    if (this.begin < 0 || this.skipping) return
    const piece = chunk.slice(this.begin)
    this.pieces.push(piece)
    this.length += piece.length
    if (this.length <= LONGEST_DOCUMENT) return
    this.to.tooLong(this.pieces[0] as Uint8Array)
    this.pieces = []
    this.skipping = true
  }
}

const NOTHING = new Uint8Array(0)
/** Octets in which `"records": ` stands, before its list. */
const KEY_ROOM = 64
const SPACE = 0x20
const LINE_END = 0x0a
const RETURN = 0x0d
const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** A line's end, and two documents in one line, or a string that has such in it. */
const PLACES = ['\n', '}{', '} {']

/** By octet: not 0 where it may begin or end something. */
const TELLING = new Uint8Array(256)
for (const octet of [LINE_END, QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT]) TELLING[octet] = 1
