/** The input that is being read, where another thread sees it even while the reader does not come back. */
const LONGEST = 1 << 20

export class InputSlot {
  readonly memory: SharedArrayBuffer
  /** Number of the input, its length in octets. */
  private readonly head: Int32Array
  private readonly octets: Uint8Array

  constructor(memory = new SharedArrayBuffer(8 + LONGEST)) {
    this.memory = memory
    this.head = new Int32Array(memory, 0, 2)
    this.octets = new Uint8Array(memory, 8)
    if (this.head[1] === 0) this.head[0] = -1
  }

  /** -1 before the first. */
  get n(): number {
    return Atomics.load(this.head, 0)
  }

  get bytes(): Uint8Array {
    return this.octets.slice(0, this.head[1])
  }

  put(n: number, bytes: Uint8Array): void {
    const length = Math.min(bytes.length, LONGEST)
    this.octets.set(bytes.subarray(0, length))
    this.head[1] = length
    Atomics.store(this.head, 0, n)
  }
}
