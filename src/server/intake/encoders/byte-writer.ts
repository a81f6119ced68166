/** What is finished stands there one after the other: memory of its own for each would cost more than writing it. */
const SHELF_BYTES = 65_536
/** Up to so many octets, copying one by one is faster than `set`. */
const SHORT = 16
let shelf = new Uint8Array(0)

/** Writes big-endian numbers and bytes one after the other, into a buffer that is used again for the next message. */
export class ByteWriter {
  length = 0
  private bytes: Uint8Array
  private view: DataView

  constructor(capacity = 2048) {
    this.bytes = new Uint8Array(capacity)
    this.view = new DataView(this.bytes.buffer)
  }

  u8(value: number): void {
    if (this.length + 1 > this.bytes.length) this.grow(1)
    this.view.setUint8(this.length, value)
    this.length += 1
  }

  u16(value: number): void {
    if (this.length + 2 > this.bytes.length) this.grow(2)
    this.view.setUint16(this.length, value)
    this.length += 2
  }

  u32(value: number): void {
    if (this.length + 4 > this.bytes.length) this.grow(4)
    this.view.setUint32(this.length, value)
    this.length += 4
  }

  u64(value: number): void {
    if (this.length + 8 > this.bytes.length) this.grow(8)
    this.view.setUint32(this.length, Math.floor(value / 4_294_967_296))
    this.view.setUint32(this.length + 4, value % 4_294_967_296)
    this.length += 8
  }

  /** A whole number in `width` bytes, 1 to 8; what does not fit is cut off at the top. */
  number(value: number | bigint, width: number): void {
    if (typeof value === 'bigint')
      this.words(Number((value >> 32n) & 0xffff_ffffn), Number(value & 0xffff_ffffn), width)
    else if (width === 4) this.u32(value)
    else if (width === 2) this.u16(value)
    else if (width === 1) this.u8(value)
    else this.words(Math.floor(value / 4_294_967_296), value % 4_294_967_296, width)
  }

  put(bytes: Uint8Array): void {
    if (this.length + bytes.length > this.bytes.length) this.grow(bytes.length)
    if (bytes.length > SHORT) this.bytes.set(bytes, this.length)
    else for (let i = 0; i < bytes.length; i++) this.bytes[this.length + i] = bytes[i] as number
    this.length += bytes.length
  }

  zeros(count: number): void {
    if (this.length + count > this.bytes.length) this.grow(count)
    this.bytes.fill(0, this.length, this.length + count)
    this.length += count
  }

  /** Zeros up to a multiple of `size` after `start`. */
  pad(size: number, start = 0): void {
    this.zeros((size - ((this.length - start) % size)) % size)
  }

  /** Overwrites two bytes that were written before. */
  setU16(at: number, value: number): void {
    this.view.setUint16(at, value)
  }

  /** Overwrites four bytes that were written before. */
  setU32(at: number, value: number): void {
    this.view.setUint32(at, value)
  }

  /** A copy of what was written; the writer is empty again. */
  finish(): Uint8Array {
    if (shelf.length < this.length) shelf = new Uint8Array(Math.max(SHELF_BYTES, this.length))
    const message = shelf.subarray(0, this.length)
    message.set(this.bytes.subarray(0, this.length))
    shelf = shelf.subarray(this.length)
    this.length = 0
    return message
  }

  private words(high: number, low: number, width: number): void {
    if (this.length + 8 > this.bytes.length) this.grow(8)
    this.view.setUint32(this.length, high)
    this.view.setUint32(this.length + 4, low)
    this.bytes.copyWithin(this.length, this.length + 8 - width, this.length + 8)
    this.length += width
  }

  private grow(count: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.length + count))
    bytes.set(this.bytes.subarray(0, this.length))
    this.bytes = bytes
    this.view = new DataView(bytes.buffer)
  }
}
