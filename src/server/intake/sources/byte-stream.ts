/** Bytes of a file as they come in, looked at from the front. Holds no more than what was asked for and one chunk. */
export class ByteStream {
  /** What has come in and was not taken; a view, so what `take` gave stays as it is. */
  private held: Uint8Array = new Uint8Array(0)
  private readonly chunks: AsyncIterator<Uint8Array>
  private done = false

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.chunks = chunks[Symbol.asyncIterator]()
  }

  /** Whether `n` bytes are there without waiting. */
  has(n: number): boolean {
    return this.held.length >= n
  }

  /** Waits until `n` bytes are there; false where the stream ends before. */
  async fill(n: number): Promise<boolean> {
    const parts = [this.held]
    let length = this.held.length
    while (length < n && !this.done) {
      const next = await this.chunks.next()
      if (next.done) this.done = true
      else {
        parts.push(next.value)
        length += next.value.length
      }
    }
    if (parts.length > 1)
      this.held = this.held.length === 0 && parts.length === 2 ? (parts[1] as Uint8Array) : concat(parts, length)
    return length >= n
  }

  /** The first `n` bytes, which must be there (`has`, `fill`); they stay at the front. */
  peek(n: number): Uint8Array {
    return this.held.subarray(0, n)
  }

  /** Takes the first `n` bytes, which must be there. */
  take(n: number): Uint8Array {
    const taken = this.held.subarray(0, n)
    this.held = this.held.subarray(n)
    return taken
  }

  /** How many bytes are there without waiting. */
  get length(): number {
    return this.held.length
  }
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
