/**
 * FlatBuffers (internals.md of the format), as much as Arrow's metadata needs, written from front to back: a table's vtable, the
 * table, then what it refers to. Places are distances forward; numbers stand at multiples of their size.
 */

/** A field of a table; null where it is left out. */
export type Value =
  | readonly ['u8' | 'i16' | 'i32' | 'i64', number]
  | readonly ['string', string]
  | readonly ['table', Table]
  | readonly ['tables', readonly Table[]]
  /** Structs of two 64-bit numbers. */
  | readonly ['pairs', readonly (readonly [number, number])[]]
export type Table = readonly (Value | null)[]

const SIZES = { u8: 1, i16: 2, i32: 4, i64: 8 } as const
const REFERENCE = 4

/** A whole buffer with that root, its length a multiple of 8. */
export function flatBuffer(root: Table): Buffer {
  const writer = new Writer()
  const place = writer.take(REFERENCE, REFERENCE)
  writer.refer(place, writer.table(root))
  writer.take(0, 8)
  return writer.written
}

class Writer {
  private bytes = Buffer.alloc(1024)
  private length = 0

  get written(): Buffer {
    return this.bytes.subarray(0, this.length)
  }

  /** Room for so many bytes at a multiple of `align`, all 0. */
  take(size: number, align: number): number {
    const at = Math.ceil(this.length / align) * align
    this.length = at + size
    while (this.length > this.bytes.length) this.bytes = Buffer.concat([this.bytes, Buffer.alloc(this.bytes.length)])
    return at
  }

  /** Says at `place` where something stands. */
  refer(place: number, target: number): void {
    this.bytes.writeUInt32LE(target - place, place)
  }

  table(fields: Table): number {
    const vtable = this.take(4 + 2 * fields.length, 2)
    const table = this.take(4, 8)
    this.bytes.writeInt32LE(table - vtable, table)
    const places = fields.map((value, i) => {
      if (value === null) return 0
      const size = isNumber(value) ? SIZES[value[0]] : REFERENCE
      const place = this.take(size, size)
      this.bytes.writeUInt16LE(place - table, vtable + 4 + 2 * i)
      return place
    })
    this.bytes.writeUInt16LE(4 + 2 * fields.length, vtable)
    this.bytes.writeUInt16LE(this.length - table, vtable + 2)
    for (const [i, value] of fields.entries()) {
      const place = places[i] as number
      if (value === null) continue
      if (isNumber(value)) this.number(place, value)
      else this.refer(place, this.child(value))
    }
    return table
  }

  private number(place: number, [kind, value]: Extract<Value, readonly [keyof typeof SIZES, number]>): void {
    if (kind === 'i64') this.bytes.writeBigInt64LE(BigInt(value), place)
    else this.bytes.writeUIntLE(value, place, SIZES[kind])
  }

  private child([kind, value]: Exclude<Value, readonly [keyof typeof SIZES, number]>): number {
    switch (kind) {
      case 'table':
        return this.table(value)
      case 'string': {
        const text = Buffer.from(value)
        const place = this.take(4 + text.length + 1, 4)
        this.bytes.writeUInt32LE(text.length, place)
        this.bytes.set(text, place + 4)
        return place
      }
      case 'tables': {
        const place = this.take(4 + REFERENCE * value.length, 4)
        this.bytes.writeUInt32LE(value.length, place)
        for (const [i, table] of value.entries()) this.refer(place + 4 + REFERENCE * i, this.table(table))
        return place
      }
      case 'pairs': {
        // The structs stand at a multiple of 8, their number right before them.
        const place = this.take(4, 8) + 4
        this.take(16 * value.length, 8)
        this.bytes.writeUInt32LE(value.length, place)
        for (const [i, [first, second]] of value.entries()) {
          this.bytes.writeBigInt64LE(BigInt(first), place + 4 + 16 * i)
          this.bytes.writeBigInt64LE(BigInt(second), place + 12 + 16 * i)
        }
        return place
      }
    }
  }
}

function isNumber(value: Value): value is Extract<Value, readonly [keyof typeof SIZES, number]> {
  return value[0] in SIZES
}
