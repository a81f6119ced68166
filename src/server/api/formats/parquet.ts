/**
 * Apache Parquet (format specification 2.x, `parquet.thrift`): a row group for each page of rows, a data page (version 1) for each
 * column of it, plain values, gzip. Every column is optional: definition levels are its validity, a bit a row.
 */
import { gzipSync } from 'node:zlib'
import { version } from '../../version.ts'
import type { MakeWriter, Row, TableColumn } from './table-writer.ts'
import { Thrift, type Struct } from './thrift.ts'
import { columnType, integerOf, type ColumnType } from './types.ts'

const MAGIC = Buffer.from('PAR1')
const OPTIONAL = 1
const GZIP = 2
const PLAIN = 0
const RLE = 3

/** Physical types, and what they mean: ConvertedType for older readers, LogicalType for newer ones. */
const TYPES: Readonly<Record<ColumnType, { readonly physical: number; readonly converted?: number }>> = {
  timestamp: { physical: 2, converted: 9 },
  u8: { physical: 1, converted: 11 },
  u16: { physical: 1, converted: 12 },
  u32: { physical: 1, converted: 13 },
  u64: { physical: 2, converted: 14 },
  f64: { physical: 5 },
  text: { physical: 6, converted: 0 },
}
const BITS = { u8: 8, u16: 16, u32: 32, u64: 64 } as const

/** A column of a row group, as the footer names it. */
interface ColumnChunk {
  readonly at: number
  readonly compressed: number
  readonly plain: number
}

interface RowGroup {
  readonly rows: number
  readonly chunks: readonly ColumnChunk[]
}

export const parquet: MakeWriter = (columns, meta) => {
  const groups: RowGroup[] = []
  let at = MAGIC.length
  return {
    begin: () => [MAGIC],
    *page(rows) {
      if (rows.length === 0) return
      const chunks: ColumnChunk[] = []
      for (const [i, column] of columns.entries()) {
        const { bytes, plain } = dataPage(column, i, rows)
        chunks.push({ at, compressed: bytes.length, plain })
        at += bytes.length
        yield bytes
      }
      groups.push({ rows: rows.length, chunks })
    },
    end() {
      const footer = footerOf(columns, groups, meta)
      const length = Buffer.alloc(4)
      length.writeUInt32LE(footer.length)
      return [Buffer.concat([footer, length, MAGIC])]
    },
  }
}

/** A page header and its page; `plain` is the size of both before compression. */
function dataPage(column: TableColumn, index: number, rows: readonly Row[]): { bytes: Buffer; plain: number } {
  const page = Buffer.concat([levels(index, rows), values(column, index, rows)])
  const compressed = gzipSync(page, { level: 1 })
  const header = new Thrift().struct([
    [1, 'i32', 0],
    [2, 'i32', page.length],
    [3, 'i32', compressed.length],
    [
      5,
      'struct',
      [
        [1, 'i32', rows.length],
        [2, 'i32', PLAIN],
        [3, 'i32', RLE],
        [4, 'i32', RLE],
      ],
    ],
  ])
  return { bytes: Buffer.concat([header, compressed]), plain: header.length + page.length }
}

/** Hybrid of runs and packed bits (Encodings.md, RLE = 3): one run of packed bits, its length before it. */
function levels(index: number, rows: readonly Row[]): Buffer {
  const groups = Math.ceil(rows.length / 8)
  const head = varint((groups << 1) | 1)
  const bytes = Buffer.alloc(4 + head.length + groups)
  bytes.writeUInt32LE(head.length + groups)
  bytes.set(head, 4)
  const from = 4 + head.length
  for (const [i, row] of rows.entries())
    if (row[index] !== null) bytes[from + (i >> 3)] = (bytes[from + (i >> 3)] as number) | (1 << (i & 7))
  return bytes
}

function values({ name, kind }: TableColumn, index: number, rows: readonly Row[]): Buffer {
  const known = rows.flatMap((row) => row[index] ?? [])
  switch (columnType(kind)) {
    case 'text':
      return plainTexts(known.map(String))
    case 'f64':
      return Buffer.from(Float64Array.from(known, Number).buffer)
    case 'u8':
    case 'u16':
    case 'u32':
      return Buffer.from(Uint32Array.from(known, Number).buffer)
    case 'u64':
    case 'timestamp':
      return Buffer.from(BigUint64Array.from(known, (value) => integerOf(name, value)).buffer)
  }
}

/** Each with its length before it. */
function plainTexts(texts: readonly string[]): Buffer {
  const bytes = Buffer.allocUnsafe(texts.reduce((sum, text) => sum + 4 + Buffer.byteLength(text), 0))
  let at = 0
  for (const text of texts) {
    const length = bytes.write(text, at + 4)
    bytes.writeUInt32LE(length, at)
    at += 4 + length
  }
  return bytes
}

function footerOf(columns: readonly TableColumn[], groups: readonly RowGroup[], meta: string): Buffer {
  const root: Struct = [
    [4, 'string', 'flows'],
    [5, 'i32', columns.length],
  ]
  return new Thrift().struct([
    [1, 'i32', 2],
    [2, 'structs', [root, ...columns.map(schemaElement)]],
    [3, 'i64', groups.reduce((sum, { rows }) => sum + rows, 0)],
    [4, 'structs', groups.map((group) => rowGroup(columns, group))],
    [
      5,
      'structs',
      [
        [
          [1, 'string', 'weir'],
          [2, 'string', meta],
        ],
      ],
    ],
    [6, 'string', `Weir version ${version}`],
  ])
}

function schemaElement({ name, kind }: TableColumn): Struct {
  const type = columnType(kind)
  const { physical, converted } = TYPES[type]
  return [
    [1, 'i32', physical],
    [3, 'i32', OPTIONAL],
    [4, 'string', name],
    ...(converted === undefined ? [] : ([[6, 'i32', converted]] as const)),
    ...(type === 'f64' ? [] : ([[10, 'struct', logicalType(type)]] as const)),
  ]
}

/** The union LogicalType: STRING 1, TIMESTAMP 8 (in UTC, milliseconds), INTEGER 10. */
function logicalType(type: Exclude<ColumnType, 'f64'>): Struct {
  if (type === 'text') return [[1, 'struct', []]]
  if (type === 'timestamp')
    return [
      [
        8,
        'struct',
        [
          [1, 'bool', true],
          [2, 'struct', [[1, 'struct', []]]],
        ],
      ],
    ]
  return [
    [
      10,
      'struct',
      [
        [1, 'i8', BITS[type]],
        [2, 'bool', false],
      ],
    ],
  ]
}

function rowGroup(columns: readonly TableColumn[], { rows, chunks }: RowGroup): Struct {
  return [
    [
      1,
      'structs',
      chunks.map(({ at, compressed, plain }, i): Struct => {
        const { name, kind } = columns[i] as TableColumn
        return [
          [2, 'i64', 0],
          [
            3,
            'struct',
            [
              [1, 'i32', TYPES[columnType(kind)].physical],
              [2, 'i32s', [PLAIN, RLE]],
              [3, 'strings', [name]],
              [4, 'i32', GZIP],
              [5, 'i64', rows],
              [6, 'i64', plain],
              [7, 'i64', compressed],
              [9, 'i64', at],
            ],
          ],
        ]
      }),
    ],
    [2, 'i64', chunks.reduce((sum, { plain }) => sum + plain, 0)],
    [3, 'i64', rows],
  ]
}

function varint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest >>>= 7) bytes.push((rest & 0x7f) | 0x80)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}
