/**
 * Flow log records that came wrapped in JSON: as CloudWatch Logs hands events to a subscription ("Real-time processing of log
 * data with subscriptions"), as Lambda gets these (`awslogs.data`), as Firehose and Kinesis carry anything (base64 in `data`),
 * as agents wrap a line (`message`), as OpenTelemetry does (OTLP JSON, a log record's `body`), and as Security Lake writes
 * them (OCSF). What is packed may be gzipped, and be one of these again.
 */
import { gunzipSync } from 'node:zlib'
import { identityOf } from '../../identity.ts'
import { isObject, jsonTextOf, type JsonObject } from './json-values.ts'
import { badRecord, type LogContext, type Refusal } from './log-format.ts'
import { isOcsf, lineOfOcsf } from './ocsf.ts'

/** Octets that all that is packed in a document may unpack to: ten times what CloudWatch Logs puts into one. */
const LARGEST = 64 << 20
const TOO_MUCH = `what is packed in it cannot be unpacked: it becomes more than ${LARGEST} bytes`
/** Firehose in Kinesis in Lambda. */
const DEEPEST = 5
/** Times that something is gzipped: by CloudWatch Logs, and by Firehose again. */
const MOST_PACKED = 2
const LONGEST_LINE = 1 << 20

/** What lines are given to. */
export interface Lines {
  /** `timeMs`: when the event was, for records that do not say. */
  line(bytes: Uint8Array, from: number, to: number, timeMs: number | null): Refusal | null
  /** One in OCSF's form, made a line of `OCSF_LAYOUT`. */
  ocsf(bytes: Uint8Array, from: number, to: number): Refusal | null
}

/** Whether a document that begins so wraps flow logs of AWS; `isLines`: whether a text that begins so is one. */
export function isWrapped(head: string, isLines: (head: string) => boolean): boolean {
  if (!/^\s*\{/.test(head)) return false
  if (/"(logEvents|awslogs|kinesis|resourceLogs)"\s*:/.test(head)) return true
  if (/"messageType"\s*:\s*"(DATA|CONTROL)_MESSAGE"/.test(head) || /"class_uid"\s*:\s*4001\b/.test(head)) return true
  const message = /^\s*\{\s*"message"\s*:\s*"([^"\\]*)/.exec(head)?.[1]
  if (message !== undefined) return isLines(message)
  const data = /^\s*\{(?:\s*"requestId"[^]*"records"\s*:\s*\[\s*\{)?\s*"data"\s*:\s*"([A-Za-z0-9+/]+)/.exec(head)?.[1]
  if (data === undefined) return false
  const unpacked = Buffer.from(data, 'base64').toString('latin1')
  // Nobody else gzips what is in base64.
  return unpacked.startsWith('\x1f\x8b') || isLines(unpacked) || isWrapped(unpacked, isLines)
}

export class Unwrapper {
  private readonly context: LogContext
  private readonly to: Lines
  private readonly scratch = Buffer.alloc(LONGEST_LINE)
  /** Octets that may still be unpacked of the document. */
  private left = 0

  constructor(context: LogContext, to: Lines) {
    this.context = context
    this.to = to
  }

  /** Takes the document in `bytes[from, to)`. */
  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    this.left = LARGEST
    const document = parse(textOf(bytes.subarray(from, to)))
    return typeof document === 'string' ? badRecord(document) : this.document(document, 0)
  }

  private document(document: JsonObject, depth: number): Refusal | null {
    const { logEvents, message, data, awslogs, records, Records, resourceLogs, kinesis } = document
    if (document.messageType === 'CONTROL_MESSAGE') return null
    if (Array.isArray(logEvents)) return this.each(logEvents, (event) => this.event(event))
    if (isOcsf(document)) return this.ocsf(document)
    if (typeof message === 'string') return this.lines(message, null)
    if (typeof data === 'string') return this.packed(data, depth)
    if (isObject(awslogs) && typeof awslogs.data === 'string') return this.packed(awslogs.data, depth)
    if (isObject(kinesis) && typeof kinesis.data === 'string') return this.packed(kinesis.data, depth)
    if (Array.isArray(records ?? Records) && depth < DEEPEST)
      return this.each((records ?? Records) as readonly unknown[], (record) => this.document(record, depth + 1))
    if (Array.isArray(resourceLogs))
      return this.each(logRecordsIn(resourceLogs), (record) => this.openTelemetry(record))
    return badRecord(
      depth === DEEPEST ? `wrapped more than ${DEEPEST} times` : 'a JSON document that wraps no flow log records',
    )
  }

  /** Takes all of them; those that are refused are dead letters by themselves. */
  private each(parts: readonly unknown[], take: (part: JsonObject) => Refusal | null): null {
    for (const part of parts) {
      const refusal = isObject(part) ? take(part) : badRecord('no object where one belongs')
      if (refusal !== null) this.context.refused(refusal, jsonTextOf(part))
    }
    return null
  }

  private event({ id, message, timestamp }: JsonObject): Refusal | null {
    if (typeof message !== 'string') return badRecord('an event without a message')
    if (typeof id === 'string') this.context.row.identify(...identityOf(id))
    return this.lines(message, typeof timestamp === 'number' ? timestamp : null)
  }

  private openTelemetry({ body, timeUnixNano }: JsonObject): Refusal | null {
    if (!isObject(body) || typeof body.stringValue !== 'string') return badRecord('a log record whose body is no text')
    const nanoseconds = Number(timeUnixNano)
    return this.lines(body.stringValue, nanoseconds > 0 ? Math.floor(nanoseconds / 1e6) : null)
  }

  private ocsf(document: JsonObject): Refusal | null {
    const line = lineOfOcsf(document)
    const { scratch } = this
    return this.to.ocsf(scratch, 0, scratch.write(line))
  }

  /** Base64, in which a line stands, or JSON, or gzip of either. */
  private packed(data: string, depth: number): Refusal | null {
    if (depth === DEEPEST) return badRecord(`wrapped more than ${DEEPEST} times`)
    let bytes: Uint8Array = Buffer.from(data, 'base64')
    try {
      for (let times = 0; bytes[0] === 0x1f && bytes[1] === 0x8b; times++) {
        if (times === MOST_PACKED) return badRecord(`packed more than ${MOST_PACKED} times`)
        if (this.left === 0) return badRecord(TOO_MUCH)
        bytes = gunzipSync(bytes, { maxOutputLength: this.left })
        this.left -= bytes.length
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
        this.left = 0
        return badRecord(TOO_MUCH)
      }
      return badRecord(`what is packed in it cannot be unpacked: ${(error as Error).message}`)
    }
    const text = textOf(bytes)
    if (!text.trimStart().startsWith('{')) return this.lines(text, null)
    const document = parse(text)
    return typeof document === 'string' ? badRecord(document) : this.document(document, depth + 1)
  }

  private lines(text: string, timeMs: number | null): Refusal | null {
    if (!text.includes('\n')) return this.line(text, timeMs)
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    if (lines.length <= 1) return this.line(lines[0] ?? '', timeMs)
    for (const line of lines) {
      const refusal = this.line(line, timeMs)
      if (refusal !== null) this.context.refused(refusal, line)
    }
    return null
  }

  private line(text: string, timeMs: number | null): Refusal | null {
    if (Buffer.byteLength(text) > LONGEST_LINE) return { loss: 'log.tooLong', reason: 'longer than 1 MiB' }
    return this.to.line(this.scratch, 0, this.scratch.write(text), timeMs)
  }
}

function logRecordsIn(resourceLogs: readonly unknown[]): readonly unknown[] {
  return listsIn(listsIn(resourceLogs, 'scopeLogs'), 'logRecords')
}

function listsIn(objects: readonly unknown[], name: string): readonly unknown[] {
  return objects.flatMap((each) => {
    const list = isObject(each) ? each[name] : null
    return Array.isArray(list) ? (list as unknown[]) : []
  })
}

/** Why it is none, in words, where it is no object. */
function parse(text: string): JsonObject | string {
  try {
    const value = JSON.parse(text) as unknown
    return isObject(value) ? value : 'JSON, but no object'
  } catch (error) {
    return `no JSON: ${(error as Error).message}`
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8')
}
