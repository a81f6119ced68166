/** Puts IP fragments together again, bounded in number, size and time. */

/** Datagrams under reassembly at a time; beyond, the oldest is given up. */
const LIMIT = 256
/** RFC 791 §3.2 suggests 15 s, RFC 8200 §4.5 demands 60 s. */
const PATIENCE_MS = 60_000
/** The longest IP datagram. */
const LONGEST = 65_535

interface Parts {
  readonly firstMs: number
  /** By offset. */
  readonly pieces: Map<number, Uint8Array>
  /** Sum of the pieces' lengths. */
  held: number
  /** Length of the whole; -1 until the last fragment came. */
  length: number
}

export class Fragments {
  /** Datagrams that were given up because a part of them did not come. */
  private incomplete = 0
  private readonly waiting = new Map<string, Parts>()

  /** Takes a fragment in; returns the whole datagram's content when this was the last one missing, else null. */
  add(key: string, offset: number, bytes: Uint8Array, more: boolean, nowMs: number): Uint8Array | null {
    this.expire(nowMs)
    let parts = this.waiting.get(key)
    if (!parts) {
      parts = { firstMs: nowMs, pieces: new Map(), held: 0, length: -1 }
      this.waiting.set(key, parts)
    }
    if (parts.pieces.has(offset)) return null
    parts.pieces.set(offset, bytes)
    parts.held += bytes.length
    if (!more) parts.length = offset + bytes.length
    // Pieces that overlap hold more than the whole: an attack or damage (RFC 5722).
    if (parts.held > LONGEST || offset + bytes.length > LONGEST || (parts.length >= 0 && parts.held > parts.length)) {
      this.giveUp(key)
      return null
    }
    if (parts.held !== parts.length) return null
    this.waiting.delete(key)
    return assemble(parts)
  }

  /** At the end of the capture: what still waits is incomplete. Gives how many there were in all. */
  end(): number {
    this.incomplete += this.waiting.size
    this.waiting.clear()
    return this.incomplete
  }

  private expire(nowMs: number): void {
    for (const [key, parts] of this.waiting) {
      if (this.waiting.size < LIMIT && nowMs - parts.firstMs < PATIENCE_MS) return
      this.giveUp(key)
    }
  }

  private giveUp(key: string): void {
    this.waiting.delete(key)
    this.incomplete++
  }
}

/** Null where pieces leave a gap and overlap elsewhere. */
function assemble(parts: Parts): Uint8Array | null {
  const whole = new Uint8Array(parts.length)
  let at = 0
  for (const offset of [...parts.pieces.keys()].sort((a, b) => a - b)) {
    const piece = parts.pieces.get(offset) as Uint8Array
    if (offset !== at) return null
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}
