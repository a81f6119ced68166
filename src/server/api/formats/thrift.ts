/**
 * Apache Thrift's compact protocol, as much as Parquet's metadata needs (thrift-compact-protocol.md): numbers are zigzag varints,
 * a field's head is the distance to the one before and its type.
 */

/** A field: its number, what it is, its value. In the order of their numbers. */
export type Field =
  | readonly [number, 'bool', boolean]
  | readonly [number, 'i8' | 'i32' | 'i64', number]
  | readonly [number, 'string', string]
  | readonly [number, 'struct', Struct]
  | readonly [number, 'i32s', readonly number[]]
  | readonly [number, 'strings', readonly string[]]
  | readonly [number, 'structs', readonly Struct[]]
export type Struct = readonly Field[]

const TYPES = { i8: 3, i32: 5, i64: 6, string: 8, struct: 12 } as const
const TRUE = 1
const FALSE = 2
const LIST = 9

export class Thrift {
  private readonly bytes: number[] = []

  /** A whole message. */
  struct(fields: Struct): Buffer {
    this.putStruct(fields)
    return Buffer.from(this.bytes)
  }

  private putStruct(fields: Struct): void {
    let last = 0
    for (const field of fields) {
      const [id] = field
      this.bytes.push(((id - last) << 4) | typeOf(field))
      last = id
      this.putValue(field)
    }
    this.bytes.push(0)
  }

  private putValue(field: Field): void {
    switch (field[1]) {
      case 'bool':
        return
      case 'i8':
        this.bytes.push(field[2])
        return
      case 'i32':
      case 'i64':
        return this.putNumber(field[2])
      case 'string':
        return this.putText(field[2])
      case 'struct':
        return this.putStruct(field[2])
      case 'i32s':
        this.putListHead(field[2].length, TYPES.i32)
        for (const value of field[2]) this.putNumber(value)
        return
      case 'strings':
        this.putListHead(field[2].length, TYPES.string)
        for (const value of field[2]) this.putText(value)
        return
      case 'structs':
        this.putListHead(field[2].length, TYPES.struct)
        for (const value of field[2]) this.putStruct(value)
    }
  }

  private putListHead(length: number, type: number): void {
    if (length < 15) this.bytes.push((length << 4) | type)
    else {
      this.bytes.push(0xf0 | type)
      this.putVarint(length)
    }
  }

  private putText(text: string): void {
    const octets = Buffer.from(text)
    this.putVarint(octets.length)
    for (const octet of octets) this.bytes.push(octet)
  }

  /** Zigzag: of numbers that are not negative, twice the number. */
  private putNumber(value: number): void {
    this.putVarint(value * 2)
  }

  private putVarint(value: number): void {
    let rest = value
    for (; rest > 0x7f; rest = Math.floor(rest / 128)) this.bytes.push((rest % 128) | 0x80)
    this.bytes.push(rest)
  }
}

function typeOf(field: Field): number {
  switch (field[1]) {
    case 'bool':
      return field[2] ? TRUE : FALSE
    case 'i32s':
    case 'strings':
    case 'structs':
      return LIST
    default:
      return TYPES[field[1]]
  }
}
