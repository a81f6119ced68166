/**
 * Apache Arrow's IPC stream (Columnar.rst, `Schema.fbs`, `Message.fbs`, version 5): a schema, a record batch for each page of rows, an
 * end. A message is 0xffffffff, the length of its metadata, the metadata, its body; every buffer of a body begins at a multiple of 8.
 */
import { flatBuffer, type Table, type Value } from './flat-buffer.ts'
import type { Chunk, MakeWriter, Row, TableColumn } from './table-writer.ts'
import { columnType, integerOf, type ColumnType } from './types.ts'

const VERSION_5 = 4
const SCHEMA = 1
const RECORD_BATCH = 3

const LITTLE_ENDIAN = 0
const INT = 2
const FLOATING_POINT = 3
const DOUBLE = 2
const UTF8 = 5
const TIMESTAMP = 10
const MILLISECOND = 1

export const arrow: MakeWriter = (columns, meta) => ({
  begin: () => {
    const schema: Table = [
      ['i16', LITTLE_ENDIAN],
      ['tables', columns.map(fieldOf)],
      [
        'tables',
        [
          [
            ['string', 'weir'],
            ['string', meta],
          ],
        ],
      ],
    ]
    return [message(SCHEMA, schema, 0)]
  },
  page: (rows) => (rows.length === 0 ? [] : recordBatch(columns, rows)),
  end: () => [Buffer.from([0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0])],
})

/** Field { name, nullable, type_type, type, dictionary, children } */
function fieldOf({ name, kind }: TableColumn): Table {
  const [type, details] = typeOf(columnType(kind))
  return [['string', name], ['u8', 1], ['u8', type], ['table', details], null, ['tables', []]]
}

function typeOf(type: ColumnType): [number, Table] {
  switch (type) {
    case 'text':
      return [UTF8, []]
    case 'f64':
      return [FLOATING_POINT, [['i16', DOUBLE]]]
    case 'timestamp':
      return [
        TIMESTAMP,
        [
          ['i16', MILLISECOND],
          ['string', 'UTC'],
        ],
      ]
    default:
      return [INT, [['i32', Number(type.slice(1))]]]
  }
}

/** RecordBatch { length, nodes, buffers }: a column is its validity and its values; a text also where each ends. */
function* recordBatch(columns: readonly TableColumn[], rows: readonly Row[]): Generator<Chunk> {
  const nodes: [number, number][] = []
  const places: [number, number][] = []
  const body: Buffer[] = []
  let at = 0
  for (const [i, column] of columns.entries()) {
    const { nulls, validity } = validityOf(i, rows)
    nodes.push([rows.length, nulls])
    for (const buffer of [validity, ...valuesOf(column, i, rows)]) {
      places.push([at, buffer.length])
      const padded = Buffer.concat([buffer], Math.ceil(buffer.length / 8) * 8)
      at += padded.length
      body.push(padded)
    }
  }
  const head: Table = [
    ['i64', rows.length],
    ['pairs', nodes],
    ['pairs', places],
  ]
  yield message(RECORD_BATCH, head, at)
  yield* body
}

function validityOf(index: number, rows: readonly Row[]): { nulls: number; validity: Buffer } {
  const validity = Buffer.alloc(Math.ceil(rows.length / 8))
  let nulls = 0
  for (const [i, row] of rows.entries()) {
    if (row[index] === null) nulls++
    else validity[i >> 3] = (validity[i >> 3] as number) | (1 << (i & 7))
  }
  return { nulls, validity }
}

function valuesOf({ name, kind }: TableColumn, index: number, rows: readonly Row[]): Buffer[] {
  const number = (row: Row) => Number(row[index] ?? 0)
  const type = columnType(kind)
  switch (type) {
    case 'text': {
      const ends = new Int32Array(rows.length + 1)
      const texts = rows.map((row) => String(row[index] ?? ''))
      for (const [i, text] of texts.entries()) ends[i + 1] = (ends[i] as number) + Buffer.byteLength(text)
      return [Buffer.from(ends.buffer), Buffer.from(texts.join(''))]
    }
    case 'f64':
      return [Buffer.from(Float64Array.from(rows, number).buffer)]
    case 'u8':
      return [Buffer.from(Uint8Array.from(rows, number).buffer)]
    case 'u16':
      return [Buffer.from(Uint16Array.from(rows, number).buffer)]
    case 'u32':
      return [Buffer.from(Uint32Array.from(rows, number).buffer)]
    case 'u64':
    case 'timestamp':
      return [Buffer.from(BigUint64Array.from(rows, (row) => integerOf(name, row[index] ?? null)).buffer)]
  }
}

/** Message { version, header_type, header, bodyLength } */
function message(type: number, header: Table, bodyLength: number): Buffer {
  const fields: Value[] = [
    ['i16', VERSION_5],
    ['u8', type],
    ['table', header],
    ['i64', bodyLength],
  ]
  const metadata = flatBuffer(fields)
  const head = Buffer.alloc(8)
  head.writeUInt32LE(0xffff_ffff)
  head.writeUInt32LE(metadata.length, 4)
  return Buffer.concat([head, metadata])
}
