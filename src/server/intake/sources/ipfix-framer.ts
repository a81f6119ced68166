/** Cuts a stream of bytes, in whatever slices it comes, into IPFIX messages. */

/**
 * What a message starts with: version = 10 (u16), length of the whole message (u16); the header is 16 bytes
 * (RFC 7011 §3.1).
 */
const HEADER = 16
const PREFIX = 4
const VERSION = 10

export class IpfixFramer {
  /** The beginning of a message that the rest has not come of; at most one message, 65,535 bytes. */
  private held: Uint8Array = new Uint8Array(PREFIX)
  private have = 0

  /**
   * Gives every message that is whole now to `take`: a view, valid until `take` returns. False where what comes is no
   * IPFIX message: its version is not 10 or its length below that of the header. There is no finding the next one then,
   * and the stream is of no more use.
   */
  push(chunk: Uint8Array, take: (message: Uint8Array) => void): boolean {
    let at = 0
    while (this.have > 0 && at < chunk.length) {
      const wanted = this.have < PREFIX ? PREFIX : lengthOf(this.held)
      const until = Math.min(chunk.length, at + wanted - this.have)
      this.hold(chunk.subarray(at, until), wanted)
      at = until
      if (this.have < PREFIX) return true
      const length = lengthOf(this.held)
      if (length < HEADER) return false
      if (this.have < length) continue
      this.have = 0
      take(this.held.subarray(0, length))
    }
    while (chunk.length - at >= PREFIX) {
      const length = lengthOf(chunk.subarray(at, at + PREFIX))
      if (length < HEADER) return false
      if (at + length > chunk.length) break
      take(chunk.subarray(at, at + length))
      at += length
    }
    if (at < chunk.length) this.hold(chunk.subarray(at), chunk.length - at)
    return true
  }

  /** Bytes of a message that is not whole. */
  get waiting(): number {
    return this.have
  }

  private hold(bytes: Uint8Array, size: number): void {
    if (this.held.length < this.have + bytes.length) {
      // Doubled, so that a message that comes byte by byte is not copied byte by byte.
      const larger = new Uint8Array(Math.max(size, this.held.length * 2))
      larger.set(this.held.subarray(0, this.have))
      this.held = larger
    }
    this.held.set(bytes, this.have)
    this.have += bytes.length
  }
}

/** Length of the message, 0 where it is none. */
function lengthOf(prefix: Uint8Array): number {
  const version = ((prefix[0] as number) << 8) | (prefix[1] as number)
  return version === VERSION ? ((prefix[2] as number) << 8) | (prefix[3] as number) : 0
}
