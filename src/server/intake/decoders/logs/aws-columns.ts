/** AWS flow logs in Parquet: columns with the names of the fields, `_` or `-` between their words. */
import type { ColumnPages, Values } from '../../sources/parquet-pages.ts'
import { AWS_FIELDS, awsName } from './aws-fields.ts'
import { ADDRESS, layoutOf, TEXT, type AwsColumn, type AwsLayout } from './aws-layout.ts'
import { AwsRecord } from './aws-record.ts'
import { isMissing, putNumber, putWord } from './aws-values.ts'
import { KnownText } from './known-text.ts'
import { badRecord, type LogContext, type Refusal } from './log-format.ts'
import { decimal } from './octets-text.ts'

/** Whether columns of these names are those of a flow log: of two at least, Weir knows the meaning. */
export function areFlowLog(names: readonly string[]): boolean {
  return names.filter((name) => AWS_FIELDS.has(awsName(name))).length >= 2
}

/** Reads rows of which all columns have a page loaded. */
export class AwsColumns {
  private readonly context: LogContext
  private readonly layout: AwsLayout
  private readonly record: AwsRecord
  private readonly columns: readonly Column[]
  private readonly textAt = (column: number) => this.columns[column]?.text() ?? ''

  constructor(context: LogContext, names: readonly string[]) {
    this.context = context
    this.layout = layoutOf(names)
    this.record = new AwsRecord(context, this.layout)
    this.columns = this.layout.columns.map((column) => new Column(column))
  }

  /** The page of a column is another one than before. */
  loaded(index: number, pages: ColumnPages): void {
    this.columns[index]?.use(pages)
  }

  /** Takes the next row. */
  take(): Refusal | null {
    const { record, columns } = this
    record.begin(null)
    let problem: string | null = null
    // All of them, so that they stay in step.
    for (const column of columns) if (!column.put(record, this.context.row)) problem ??= column.problem()
    if (problem === null) return record.end(this.textAt)
    record.drop()
    return badRecord(problem)
  }

  /** The row that was taken last, as `name=value` with spaces between. */
  text(): string {
    return this.columns.map((column) => `${column.name}=${column.text() || '-'}`).join(' ')
  }
}

/** A column and what stands in its dictionary, or its page. */
class Column {
  private readonly column: AwsColumn
  private pages: ColumnPages | null = null
  private dictionary: Values | null = null
  /** By place in the dictionary, or in the page where it has none. */
  private numbers: ArrayLike<number> = []
  private texts: readonly KnownText[] = []
  /** Where values that stand in the page by themselves are of the row before, nothing is made of them again. */
  private last: KnownText | null = null
  private place = -1

  constructor(column: AwsColumn) {
    this.column = column
  }

  get name(): string {
    return this.column.name
  }

  use(pages: ColumnPages): void {
    this.pages = pages
    if (pages.isCoded && pages.dictionary === this.dictionary) return
    this.dictionary = pages.isCoded ? pages.dictionary : null
    const values = this.dictionary ?? pages.values
    if (this.column.isNumber) this.numbers = numbersOf(values)
    else if (pages.isCoded) this.texts = Array.from(values, textFrom)
  }

  /** Puts the next row's value into the record; whether it can be. */
  put(record: AwsRecord, row: LogContext['row']): boolean {
    const pages = this.pages as ColumnPages
    const next = pages.take()
    this.place = next >= 0 && pages.isCoded ? (pages.values[next] as number) : next
    if (next < 0) return true
    const { column } = this
    if (column.isNumber) {
      const value = this.numbers[this.place] as number
      return Number.isNaN(value) || putNumber(record, column, value)
    }
    const known = pages.isCoded ? this.texts[this.place] : this.ownText(pages.values[next])
    if (known === undefined) return false
    if (known.isMissing) return true
    if (column.kind === TEXT) {
      record.text(column, row.numberOf(known))
      return true
    }
    if (column.kind !== ADDRESS) return putWord(record, column, known.bytes, 0, known.bytes.length)
    const { address } = known
    if (address === null) return false
    record.setAddress(
      column.place,
      address[0] as number,
      address[1] as number,
      address[2] as number,
      address[3] as number,
    )
    return true
  }

  /** Of the value that was put last. */
  text(): string {
    if (this.place < 0) return ''
    if (this.column.isNumber) return String(this.numbers[this.place])
    return String((this.pages as ColumnPages).isCoded ? this.texts[this.place] : this.last)
  }

  problem(): string {
    return `${this.name} cannot be ${JSON.stringify(this.text().slice(0, 100))}`
  }

  private ownText(value: unknown): KnownText {
    const { last } = this
    if (last !== null && value instanceof Uint8Array && Buffer.compare(value, last.bytes) === 0) return last
    return (this.last = textFrom(value))
  }
}

function textFrom(value: unknown): KnownText {
  const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value))
  const text = new KnownText(bytes)
  text.isMissing = isMissing(bytes, 0, bytes.length)
  return text
}

/** NaN where there is no value, negative where it is none. */
function numbersOf(values: Values): ArrayLike<number> {
  if (values instanceof Int32Array) return values
  if (!(values instanceof BigInt64Array)) return Float64Array.from(values, numberFrom)
  const numbers = new Float64Array(values.length)
  const words = new Int32Array(values.buffer, values.byteOffset, 2 * values.length)
  for (let i = 0; i < numbers.length; i++)
    numbers[i] = (words[2 * i + 1] as number) * 0x1_0000_0000 + ((words[2 * i] as number) >>> 0)
  return numbers
}

function numberFrom(value: unknown): number {
  if (!(value instanceof Uint8Array)) return Number(value)
  return isMissing(value, 0, value.length) ? Number.NaN : decimal(value, 0, value.length)
}
