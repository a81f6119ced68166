/**
 * Zeek's conn.log ("conn.log" and "Zeek Log Formats", Zeek documentation): lines of fields whose names and separator the lines
 * before them tell (#separator, #fields, …), or JSON, in which the ends of the connection stand as `id.orig_h` or as `orig_h`
 * within `id`. A connection is two flows: from the originator, and from the responder.
 */
import { objectOf, MISSING, readDocument, timeOf, UNFIT, wordOf } from './json-values.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { RowValues } from './row-values.ts'
import { ZeekConnection, ZEEK_FIELDS, type ZeekField } from './zeek-connection.ts'

export const zeekConn: LogFormat = {
  name: 'zeek-conn',
  records: 'either',
  recognise: (head) =>
    head.startsWith('{')
      ? /"id\.orig_h"|"id"\s*:\s*\{\s*"orig_h"/.test(head) &&
        /"(conn_state|orig_pkts|orig_bytes)"|"_path"\s*:\s*"conn"/.test(head)
      : head.startsWith('#') && /^#fields.*\bid\.orig_h\b.*\b(conn_state|orig_pkts|orig_bytes)\b/m.test(head),
  open: (context) => new ZeekDecoder(context),
}

/** Fields of a line. Zeek's own are two dozen. */
const MOST_FIELDS = 512
const INDEXES = new Map<string, number>(ZEEK_FIELDS.map((name, i) => [name, i]))
/** Where values of a field go that are none of ZEEK_FIELDS: kept by name. */
const UNKNOWN = -1
const AT = (name: ZeekField): number => INDEXES.get(name) as number
const TS = AT('ts')
const DURATION = AT('duration')
const HASH = 0x23
const OPEN_OBJECT = 0x7b

class ZeekDecoder implements LogDecoder {
  private readonly values: RowValues
  private readonly connection: ZeekConnection
  /** What the record says, by index in ZEEK_FIELDS; undefined where nothing. */
  private readonly said: unknown[] = ZEEK_FIELDS.map(() => undefined)
  private separator = '\t'
  private unset = '-'
  private empty = '(empty)'
  private path = ''
  /** Names of the fields of a line, and where each goes. */
  private names: readonly string[] | null
  private places: readonly number[] = []

  constructor(context: LogContext) {
    this.values = new RowValues(context.row)
    this.connection = new ZeekConnection(this.values)
    this.names = null
    if (context.layout !== null) this.setNames(context.layout)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    if (from === to) return null
    this.said.fill(undefined)
    this.values.begin()
    if (bytes[from] === OPEN_OBJECT) return this.takeDocument(bytes, from, to)
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
    if (bytes[from] !== HASH) return this.takeLine(line)
    this.takeHeader(line)
    return null
  }

  private takeHeader(line: string): void {
    if (line.startsWith('#separator ')) {
      this.separator = unescaped(line.slice('#separator '.length)) || '\t'
      return
    }
    const [name, ...words] = line.split(this.separator, MOST_FIELDS)
    if (name === '#fields') this.setNames(words)
    else if (name === '#unset_field') this.unset = words[0] ?? '-'
    else if (name === '#empty_field') this.empty = words[0] ?? '(empty)'
    else if (name === '#path') this.path = words[0] ?? ''
  }

  private setNames(names: readonly string[]): void {
    this.names = names
    this.places = names.map((name) => INDEXES.get(name) ?? UNKNOWN)
  }

  private takeLine(line: string): Refusal | null {
    const { names, places, said } = this
    if (names === null)
      return { loss: 'log.unknownLayout', reason: 'no line #fields before it, and no layout is configured for it' }
    if (!names.includes('id.orig_h') || !names.includes('id.resp_h'))
      return {
        loss: 'log.unknownLayout',
        reason: `the fields are not those of connections${this.path === '' ? '' : ` (#path ${this.path})`}`,
      }
    const parts = line.split(this.separator, MOST_FIELDS)
    if (parts.length !== names.length) return badRecord(`${parts.length} fields where #fields names ${names.length}`)
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] as string
      if (part === this.unset || part === this.empty || part === '') continue
      const value = part.includes('\\x') ? unescaped(part) : part
      if (places[i] === UNKNOWN) this.values.keep(names[i] as string, value)
      else said[places[i] as number] = value
    }
    return this.takeConnection()
  }

  private takeDocument(bytes: Uint8Array, from: number, to: number): Refusal | null {
    const document = readDocument(bytes, from, to)
    if (typeof document === 'string') return badRecord(document)
    const { _path: log } = document
    const path = wordOf(log)
    if (path !== null && path !== 'conn') return null
    const id = objectOf(document.id)
    for (const name in id) this.say(`id.${name}`, id[name])
    for (const name in document) if (name !== 'id' || id === null) this.say(name, document[name])
    return this.takeConnection()
  }

  private say(name: string, value: unknown): void {
    const index = INDEXES.get(name)
    if (index !== undefined) this.said[index] = value
    else if (!NOT_KEPT.has(name)) this.values.keepAny(name, value)
  }

  private takeConnection(): Refusal | null {
    const { values, said } = this
    const startMs = momentOf(said[TS])
    const lasted = secondsOf(said[DURATION])
    if (startMs < 0) values.refuse('ts', said[TS])
    if (lasted === UNFIT) values.refuse('duration', said[DURATION])
    if (values.refusal === null) this.connection.write(said, startMs, startMs + Math.max(Math.floor(lasted * 1000), 0))
    return values.refusal
  }
}

/** Of JSON: what log it is, and who wrote it when. */
const NOT_KEPT = new Set(['_path', '_write_ts', '_system_name'])

/** Seconds since 1970 with a fraction, the same in milliseconds, or an RFC 3339 time → milliseconds. */
function momentOf(value: unknown): number {
  const seconds = secondsOf(value)
  if (seconds < 0) return typeof value === 'string' ? timeOf(value) : UNFIT
  return seconds < MILLISECONDS_FROM ? Math.floor(Math.round(seconds * 1e6) / 1000) : Math.floor(seconds)
}

/** A number that is not below 0, as such or as text; MISSING where there is none. */
function secondsOf(value: unknown): number {
  if (value === undefined || value === null) return MISSING
  const number = typeof value === 'string' && /^\d{1,16}(\.\d{1,12})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && number >= 0 && number < MOST_SECONDS ? number : UNFIT
}

const MILLISECONDS_FROM = 1e11
const MOST_SECONDS = 1e15

/** With `\x09` and the like as the characters that they stand for. */
function unescaped(text: string): string {
  return text.replaceAll(/\\x([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}
