/**
 * AWS flow logs as text: fields with a space between, in the order that the log was made with. Which order that is says the
 * header line that files in S3 begin with, else the configuration or the cloud; a line of exactly the 14 fields of version 2
 * is of the default. Anything else is not guessed at.
 */
import { AWS_DEFAULT, AWS_FIELDS } from './aws-fields.ts'
import { ADDRESS, DEFAULT_LAYOUT, layoutOf, TEXT, type AwsColumn, type AwsLayout } from './aws-layout.ts'
import { AwsRecord } from './aws-record.ts'
import { isMissing, putNumber, putWord, textOf } from './aws-values.ts'
import { LastText } from './last-text.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { OCSF_LAYOUT } from './ocsf.ts'
import { decimal, readAddress } from './octets-text.ts'
import { isWrapped, Unwrapper } from './wrapped.ts'

/** Fields of a line. AWS has fewer than a hundred. */
const MOST_FIELDS = 256

export const awsFlowLog: LogFormat = {
  name: 'aws-flow-log',
  records: 'either',
  recognise: (head) => isLines(head) || isWrapped(head, isLines),
  open: (context) => new AwsDecoder(context),
}

function isLines(head: string): boolean {
  const words = (head.split('\n', 1)[0] as string).trim().split(' ')
  return isHeader(words) || isDefault(words)
}

/** Words that are all names of fields, of which Weir knows two: the others may be of a version to come. */
function isHeader(words: readonly string[]): boolean {
  return (
    words.length >= 2 &&
    words.length <= MOST_FIELDS &&
    words.every((word) => /^[a-z][a-z0-9-]*$/.test(word)) &&
    words.filter((word) => AWS_FIELDS.has(word)).length >= 2
  )
}

function isDefault(words: readonly string[]): boolean {
  return (
    words.length === AWS_DEFAULT.length &&
    words[0] === '2' &&
    /^(OK|NODATA|SKIPDATA)$/.test(words[13] as string) &&
    /^(\d{12}|unknown)$/.test(words[1] as string)
  )
}

class AwsDecoder implements LogDecoder {
  private readonly context: LogContext
  private layout: AwsLayout | null = null
  private record: AwsRecord
  private lasts: readonly LastText[] = []
  /** Where the words of the line stand. */
  private readonly froms = new Int32Array(MOST_FIELDS)
  private readonly tos = new Int32Array(MOST_FIELDS)
  private readonly words = new Uint32Array(4)
  private bytes: Uint8Array = new Uint8Array(0)
  private timeMs: number | null = null
  private readonly textAt = (column: number) => this.wordAt(column)

  private unwrapper: Unwrapper | null = null

  constructor(context: LogContext) {
    this.context = context
    this.record = new AwsRecord(context, DEFAULT_LAYOUT)
    if (context.layout !== null) this.use(layoutOf(context.layout))
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    if (from < to && bytes[from] === OPEN_OBJECT) return this.unwrap(bytes, from, to)
    return this.takeLine(bytes, from, to, null)
  }

  private unwrap(bytes: Uint8Array, from: number, to: number): Refusal | null {
    if (this.unwrapper === null) {
      const ofOcsf = new AwsDecoder({ ...this.context, layout: OCSF_LAYOUT })
      this.unwrapper = new Unwrapper(this.context, {
        line: (...line) => this.takeLine(...line),
        ocsf: (...line) => ofOcsf.takeLine(...line, null),
      })
    }
    return this.unwrapper.take(bytes, from, to)
  }

  /** `timeMs`: when a record was that does not say it. */
  private takeLine(bytes: Uint8Array, from: number, to: number, timeMs: number | null): Refusal | null {
    this.bytes = bytes
    this.timeMs = timeMs
    const count = this.split(bytes, from, to)
    if (count === 0) return null
    // Records begin with a number or an id, and ids have digits; most headers can be told by their first letter.
    if (this.layout === null || isLetter(bytes[this.froms[0] as number] as number)) {
      const words = Array.from({ length: count }, (_, column) => this.wordAt(column))
      if (isHeader(words)) {
        this.use(layoutOf(words))
        return null
      }
      if (this.layout === null) {
        if (!isDefault(words))
          return {
            loss: 'log.unknownLayout',
            reason: `${count} fields without a header line, and no layout is configured for them`,
          }
        return this.takeRow(bytes, count, this.useDefault())
      }
    }
    return this.takeRow(bytes, count, this.layout)
  }

  private use(layout: AwsLayout): void {
    this.layout = layout
    this.setUp(layout)
  }

  /** For the lines without a header that are of the default: those that come after them may be of another. */
  private useDefault(): AwsLayout {
    if (this.lasts.length === 0) this.setUp(DEFAULT_LAYOUT)
    return DEFAULT_LAYOUT
  }

  private setUp(layout: AwsLayout): void {
    this.record = new AwsRecord(this.context, layout)
    this.lasts = layout.columns.map(() => new LastText())
  }

  private takeRow(bytes: Uint8Array, count: number, layout: AwsLayout): Refusal | null {
    const { columns } = layout
    if (count !== columns.length) return badRecord(`${count} fields where the layout has ${columns.length}`)
    const { record, froms, tos } = this
    record.begin(this.timeMs)
    for (let i = 0; i < count; i++) {
      const from = froms[i] as number
      const to = tos[i] as number
      if (isMissing(bytes, from, to)) continue
      const column = columns[i] as AwsColumn
      if (column.kind === TEXT) record.text(column, this.context.row.intern(this.lasts[i] as LastText, bytes, from, to))
      else if (!this.put(column, bytes, from, to)) {
        record.drop()
        return badRecord(`${column.name} cannot be ${JSON.stringify(this.wordAt(i).slice(0, 100))}`)
      }
    }
    return record.end(this.textAt)
  }

  /** Whether the value can be. */
  private put(column: AwsColumn, bytes: Uint8Array, from: number, to: number): boolean {
    const { record, words } = this
    if (column.kind === ADDRESS) {
      if (!readAddress(bytes, from, to, words)) return false
      record.setAddress(column.place, words[0] as number, words[1] as number, words[2] as number, words[3] as number)
      return true
    }
    return column.isNumber
      ? putNumber(record, column, decimal(bytes, from, to))
      : putWord(record, column, bytes, from, to)
  }

  private wordAt(column: number): string {
    return textOf(this.bytes, this.froms[column] as number, this.tos[column] as number)
  }

  /** Finds the words of a line; how many there are, at most one more than a line may have. */
  private split(bytes: Uint8Array, from: number, to: number): number {
    const { froms, tos } = this
    let count = 0
    let at = from
    while (at < to) {
      while (at < to && (bytes[at] as number) <= SPACE) at++
      if (at === to) break
      if (count === MOST_FIELDS) return count + 1
      froms[count] = at
      while (at < to && (bytes[at] as number) > SPACE) at++
      tos[count++] = at
    }
    return count
  }
}

const SPACE = 0x20
const OPEN_OBJECT = 0x7b

function isLetter(octet: number): boolean {
  return octet >= 0x61 && octet <= 0x7a
}
