/**
 * A flat column of a Parquet file, page by page ("File Format", parquet.apache.org): what it holds in memory is a page and the
 * dictionary of its row group. hyparquet reads headers, levels and values; values are not copied out of the dictionary.
 */
import { gunzipSync } from 'node:zlib'
import type { ColumnMetaData, Compressors, FileMetaData, SchemaElement } from 'hyparquet'
import type { DataPageHeader, DataPageHeaderV2 } from 'hyparquet/src/types.js'
import { parquetHeader } from 'hyparquet/src/column.js'
import { DEFAULT_PARSERS } from 'hyparquet/src/convert.js'
import { decompressPage, readDataPage } from 'hyparquet/src/datapage.js'
import { readPlain } from 'hyparquet/src/plain.js'
import { getMaxDefinitionLevel, getSchemaPath } from 'hyparquet/src/schema.js'
import { readRuns } from './parquet-runs.ts'

/** A file, or an object, of which any part can be read. */
export interface PartialFile {
  readonly byteLength: number
  slice(start: number, end?: number): Promise<ArrayBuffer>
}

/** Values of one type, as hyparquet reads them: numbers, bigints, octets. */
export type Values = ArrayLike<unknown>

/** Octets read at once; a page that is longer is read whole. */
const WINDOW = 1 << 20
/** Octets of a page, packed and plain, and values in it. Writers make pages of 1 MiB. */
const LARGEST_PAGE = 256 << 20
const MOST_VALUES = 1 << 24

const NONE = new Int32Array(0)

let compressors: Compressors | null = null

/** Loads what unpacks pages. */
export async function loadCompressors(): Promise<void> {
  if (compressors !== null) return
  const { compressors: others } = await import('hyparquet-compressors')
  // zlib is several times faster than its like in JavaScript.
  compressors = { ...others, GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }) }
}

export class ColumnPages {
  /** Of the page that is read. */
  dictionary: Values | null = null
  /** Values of the page, or their places in the dictionary; those that are null are left out. */
  values: Values = []
  /** Whether `values` are places in the dictionary. */
  isCoded = false
  /** Rows of the page, and how many of them were taken. */
  rows = 0
  taken = 0
  /** The page's rows by their level, of which only `full` is a value; empty where all are. */
  private levels: Int32Array = NONE
  /** How many of them are values. */
  private present = 0
  private readonly full: number
  /** The value that is next. */
  private next = 0
  private readonly file: PartialFile
  private readonly meta: ColumnMetaData
  private readonly decoder: Parameters<typeof readDataPage>[2]
  private at: number
  private readonly end: number
  private window: Uint8Array = new Uint8Array(0)
  private windowAt = 0

  constructor(file: PartialFile, { schema }: Pick<FileMetaData, 'schema'>, meta: ColumnMetaData) {
    this.file = file
    this.meta = meta
    const schemaPath = getSchemaPath(schema, meta.path_in_schema)
    const element = schemaPath.at(-1)?.element as SchemaElement
    this.full = getMaxDefinitionLevel(schemaPath)
    const { type, codec, path_in_schema: pathInSchema } = meta
    this.decoder = {
      pathInSchema,
      type,
      element,
      schemaPath,
      codec,
      parsers: DEFAULT_PARSERS,
      ...(compressors ? { compressors } : {}),
    }
    const { dictionary_page_offset: dictionaryAt, data_page_offset: dataAt } = meta
    const begin = dictionaryAt && dictionaryAt < dataAt ? dictionaryAt : dataAt
    this.at = Number(begin)
    this.end = Math.min(file.byteLength, this.at + Number(meta.total_compressed_size))
  }

  /** Goes on to the next page with rows. Throws where the file is damaged. */
  async load(): Promise<void> {
    this.rows = this.taken = this.next = 0
    while (this.rows === 0) {
      if (this.at >= this.end) throw new Error(`column ${this.meta.path_in_schema.join('.')} ends before its rows do`)
      await this.page()
    }
  }

  /** Place in `values` of the next row's value, -1 where it is null. */
  take(): number {
    const row = this.taken++
    return this.levels.length === 0 || this.levels[row] === this.full ? this.next++ : -1
  }

  private async page(): Promise<void> {
    const reader = { view: viewOf(await this.octets(this.at, 64 << 10)), offset: 0 }
    const header = parquetHeader(reader)
    const { compressed_page_size: packed, uncompressed_page_size: plain } = header
    const from = this.at + reader.offset
    if (!isSize(packed) || !isSize(plain) || from + packed > this.end) throw new Error(`a page of ${packed} octets`)
    const bytes = (await this.octets(from, packed)).subarray(0, packed)
    this.at = from + packed
    const { data_page_header: one, data_page_header_v2: two, dictionary_page_header: dictionary } = header
    const count = (one ?? two ?? dictionary)?.num_values ?? 0
    if (!(count >= 0 && count <= MOST_VALUES)) throw new Error(`a page of ${count} values`)
    if (dictionary) {
      const page = decompressPage(bytes, plain, this.meta.codec, compressors ?? undefined)
      this.dictionary = readPlain(
        { view: viewOf(page), offset: 0 },
        this.meta.type,
        count,
        this.decoder.element.type_length,
      )
      return
    }
    if (!one && !two) return
    if (one) this.data(decompressPage(bytes, plain, this.meta.codec, compressors ?? undefined), 0, one)
    else if (two) {
      const { definition_levels_byte_length: forLevels, repetition_levels_byte_length: forLists } = two
      if (forLists > 0) throw new Error('a list where one value belongs')
      const levels = bytes.subarray(0, forLevels)
      const rest = bytes.subarray(forLevels)
      const values =
        two.is_compressed === false
          ? rest
          : decompressPage(rest, plain - forLevels, this.meta.codec, compressors ?? undefined)
      this.readLevels(levels, 0, levels.length, two.num_values)
      this.readValues(values, 0, two)
    }
  }

  /** A page of version 1: levels, with their length before them, and values. */
  private data(page: Uint8Array, from: number, header: DataPageHeader): void {
    if (this.full === 0) {
      this.readLevels(page, from, from, header.num_values)
      this.readValues(page, from, header)
      return
    }
    const length = viewOf(page).getUint32(from, true)
    const at = from + 4
    if (at + length > page.length) throw new Error(`levels of ${length} octets`)
    this.readLevels(page, at, at + length, header.num_values)
    this.readValues(page, at + length, header)
  }

  private readLevels(bytes: Uint8Array, from: number, to: number, rows: number): void {
    this.rows = this.present = rows
    this.levels = NONE
    if (this.full === 0) return
    const levels = new Int32Array(rows)
    readRuns(bytes, from, to, 32 - Math.clz32(this.full), levels)
    this.present = 0
    for (let i = 0; i < rows; i++) if (levels[i] === this.full) this.present++
    if (this.present < rows) this.levels = levels
  }

  private readValues(bytes: Uint8Array, from: number, header: DataPageHeader | DataPageHeaderV2): void {
    const { present } = this
    const { encoding } = header
    this.isCoded = encoding.endsWith('_DICTIONARY')
    if (this.isCoded) {
      if (this.dictionary === null) throw new Error('a page whose dictionary is not there')
      const places = new Int32Array(present)
      if (present > 0) readRuns(bytes, from + 1, bytes.length, bytes[from] ?? 0, places)
      this.values = places
      return
    }
    // Without levels it is what is left of a page; hyparquet knows the other encodings.
    const rest = bytes.subarray(from)
    const plain = { ...header, num_values: present } as DataPageHeader
    this.values = readDataPage(rest, plain, { ...this.decoder, schemaPath: [] }).dataPage as Values
    if (this.values.length < present) throw new Error('a page with too few values')
  }

  /** At least so many octets from there on, or what there is of the column. */
  private async octets(at: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.end, at + length)
    if (at < this.windowAt || end > this.windowAt + this.window.length) {
      this.window = new Uint8Array(await this.file.slice(at, Math.min(this.end, Math.max(end, at + WINDOW))))
      this.windowAt = at
    }
    return this.window.subarray(at - this.windowAt)
  }
}

function isSize(octets: number): boolean {
  return octets >= 0 && octets <= LARGEST_PAGE
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
