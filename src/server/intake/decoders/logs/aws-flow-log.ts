/**
 * AWS flow logs as text: fields with a space between, in the order that the log was made with. Which order that is says the
 * header line that files in S3 begin with, else the configuration or the cloud; a line of exactly the 14 fields of version 2
 * is of the default. Anything else is not guessed at.
 */
import { ACTIONS, DIRECTIONS, FLAG_BASES, SOURCE_TYPES } from '../../../../shared/schema/codes.ts'
import { slot, type Slot } from '../../slots.ts'
import { AWS_DEFAULT, AWS_FIELDS, awsName, type AwsField } from './aws-fields.ts'
import type { LogContext, LogDecoder, LogFormat, Refusal } from './log-format.ts'
import { decimal, readAddress } from './octets-text.ts'

/** Fields of a line. AWS has fewer than a hundred. */
const MOST_FIELDS = 256

export const awsFlowLog: LogFormat = {
  name: 'aws-flow-log',
  records: 'lines',
  recognise: (head) => {
    const words = (head.split('\n', 1)[0] as string).trim().split(' ')
    return isHeader(words) || isDefault(words)
  },
  open: (context) => new AwsDecoder(context),
}

/** Words that are all names of fields, at least two of which Weir knows, or one of a hundred not yet invented would do. */
function isHeader(words: readonly string[]): boolean {
  return (
    words.length >= 2 &&
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

/** A field of the layout, with where its value goes. */
interface Column {
  readonly name: string
  readonly field: AwsField | undefined
  readonly slot: Slot | null
}

class AwsDecoder implements LogDecoder {
  private readonly context: LogContext
  private columns: readonly Column[] | null
  /** Where the words of the line stand. */
  private readonly froms = new Int32Array(MOST_FIELDS)
  private readonly tos = new Int32Array(MOST_FIELDS)
  private readonly words = new Uint32Array(4)

  constructor(context: LogContext) {
    this.context = context
    this.columns = context.layout === null ? null : columnsOf(context.layout)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    const count = this.split(bytes, from, to)
    if (count === 0) return null
    if ((bytes[from] as number) > 0x39 || this.columns === null) {
      const words = textOf(bytes, from, to).trim().split(' ')
      if (isHeader(words)) {
        this.columns = columnsOf(words)
        return null
      }
      if (this.columns === null && !isDefault(words))
        return {
          loss: 'log.unknownLayout',
          reason: `${count} fields without a header line, and no layout is configured for them`,
        }
    }
    return this.takeRow(bytes, count, this.columns ?? DEFAULT)
  }

  private takeRow(bytes: Uint8Array, count: number, columns: readonly Column[]): Refusal | null {
    if (count !== columns.length)
      return { loss: 'log.badRecord', reason: `${count} fields where the layout has ${columns.length}` }
    const { row } = this.context
    const { froms, tos } = this
    const status = this.coverage(bytes, columns)
    if (status !== null) return status === 'covered' ? null : status
    row.begin(TYPE)
    let proto = -1
    let other = ''
    for (let i = 0; i < count; i++) {
      const from = froms[i] as number
      const to = tos[i] as number
      if (isMissing(bytes, from, to)) continue
      const { field, slot: at, name } = columns[i] as Column
      if (field === undefined) {
        other += `${other === '' ? '' : ' '}${name}=${textOf(bytes, from, to)}`
        continue
      }
      if (field.as === 'text') {
        row.text(at as Slot, bytes, from, to)
        continue
      }
      const isFit = this.put(field, at, bytes, from, to)
      if (!isFit) {
        row.drop()
        return { loss: 'log.badRecord', reason: `${name} cannot be ${JSON.stringify(textOf(bytes, from, to))}` }
      }
      if (name === 'protocol') proto = decimal(bytes, from, to)
    }
    if (other !== '') row.string(OTHER, other)
    void proto
    row.end()
    return null
  }

  private put(field: AwsField, at: Slot | null, bytes: Uint8Array, from: number, to: number): boolean {
    const { row } = this.context
    switch (field.as) {
      case 'u8':
      case 'u16':
      case 'u64': {
        const value = decimal(bytes, from, to)
        if (value < 0 || (field.as === 'u8' && value > 255) || (field.as === 'u16' && value > 65_535)) return false
        if (field.as === 'u8') row.u8(at as Slot, value)
        else if (field.as === 'u16') row.u16(at as Slot, value)
        else row.number(at as Slot, value)
        return true
      }
      case 'srcaddr':
      case 'dstaddr':
      case 'pkt-srcaddr':
      case 'pkt-dstaddr': {
        const { words } = this
        if (!readAddress(bytes, from, to, words)) return false
        row.address(at as Slot, words[0] as number, words[1] as number, words[2] as number, words[3] as number)
        return true
      }
      case 'srcport':
      case 'dstport': {
        const value = decimal(bytes, from, to)
        if (value < 0 || value > 65_535) return false
        row.u16(at as Slot, value)
        return true
      }
      case 'start':
      case 'end': {
        const value = decimal(bytes, from, to)
        if (value < 0) return false
        row.number(at as Slot, value < MILLISECONDS_FROM ? value * 1000 : value)
        return true
      }
      case 'tcp-flags': {
        const value = decimal(bytes, from, to)
        if (value < 0 || value > 65_535) return false
        row.u16(at as Slot, value)
        row.u8(FLAGS_BASIS, PARTIAL)
        return true
      }
      case 'traffic-path': {
        const value = decimal(bytes, from, to)
        if (value < 0 || value > 255) return false
        row.u8(at as Slot, value)
        return true
      }
      case 'action': {
        const value = ACTIONS.indexOf(textOf(bytes, from, to).toLowerCase() as (typeof ACTIONS)[number])
        if (value < 0) return false
        row.u8(at as Slot, value)
        return true
      }
      case 'flow-direction': {
        const value = DIRECTIONS.indexOf(textOf(bytes, from, to) as (typeof DIRECTIONS)[number])
        if (value < 0) return false
        row.u8(at as Slot, value)
        return true
      }
      case 'type': {
        const isV6 = textOf(bytes, from, to) === 'IPv6'
        row.u8(at as Slot, isV6 ? 6 : 4)
        return true
      }
      default:
        return true
    }
  }

  /** `covered` where the record says only that nothing was seen, null where it is a flow. */
  private coverage(bytes: Uint8Array, columns: readonly Column[]): Refusal | 'covered' | null {
    const index = columns.findIndex(({ name }) => name === 'log-status')
    if (index < 0) return null
    const status = this.wordOf(bytes, index)
    if (status !== 'NODATA' && status !== 'SKIPDATA') return null
    const word = (name: string) => {
      const at = columns.findIndex((column) => column.name === name)
      return at < 0 ? '' : this.wordOf(bytes, at)
    }
    const time = (name: string) => {
      const value = Number(word(name))
      return value < MILLISECONDS_FROM ? value * 1000 : value
    }
    const fromMs = time('start')
    const toMs = time('end')
    if (!Number.isFinite(fromMs) || !Number.isFinite(toMs))
      return { loss: 'log.badRecord', reason: `a ${status} record without start and end` }
    this.context.covered({ status, account: word('account-id'), interface: word('interface-id'), fromMs, toMs })
    return 'covered'
  }

  private wordOf(bytes: Uint8Array, index: number): string {
    return textOf(bytes, this.froms[index] as number, this.tos[index] as number)
  }

  /** Finds the words of a line; how many there are. */
  private split(bytes: Uint8Array, from: number, to: number): number {
    let count = 0
    let at = from
    while (at < to && count < MOST_FIELDS) {
      while (at < to && (bytes[at] as number) <= SPACE) at++
      if (at === to) break
      this.froms[count] = at
      while (at < to && (bytes[at] as number) > SPACE) at++
      this.tos[count++] = at
    }
    return count
  }
}

const SPACE = 0x20
/** A moment in seconds is below this, one in milliseconds above, between the years 1970 and 5138. */
const MILLISECONDS_FROM = 1e11

const TYPE = SOURCE_TYPES.indexOf('aws-flow-log')
const PARTIAL = FLAG_BASES.indexOf('partial')
const FLAGS_BASIS = slot('tcp.flags.basis')
const OTHER = slot('other.fields')

/** `-`, null and None all mean that there is no value. */
function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from
  if (length === 1) return bytes[from] === 0x2d
  if (length !== 4) return false
  const text = textOf(bytes, from, to)
  return text === 'null' || text === 'None'
}

function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
}

function columnsOf(layout: readonly string[]): readonly Column[] {
  const names = layout.map(awsName)
  const hasPacket = (side: 'src' | 'dst') => names.includes(`pkt-${side}addr`)
  return names.map((name) => {
    const field = AWS_FIELDS.get(name)
    return { name, field, slot: field ? slotFor(field, hasPacket) : null }
  })
}

function slotFor(field: AwsField, hasPacket: (side: 'src' | 'dst') => boolean): Slot | null {
  if ('to' in field) return slot(field.to)
  switch (field.as) {
    case 'srcaddr':
      return slot(hasPacket('src') ? 'interface.src.ip' : 'src.ip')
    case 'dstaddr':
      return slot(hasPacket('dst') ? 'interface.dst.ip' : 'dst.ip')
    case 'pkt-srcaddr':
      return slot('src.ip')
    case 'pkt-dstaddr':
      return slot('dst.ip')
    case 'srcport':
      return slot('src.port')
    case 'dstport':
      return slot('dst.port')
    case 'start':
      return slot('start')
    case 'end':
      return slot('end')
    case 'tcp-flags':
      return slot('tcp.flags')
    case 'action':
      return slot('action')
    case 'flow-direction':
      return slot('direction')
    case 'traffic-path':
      return slot('traffic.path')
    case 'type':
      return slot('ip.version')
    default:
      return null
  }
}

const DEFAULT = columnsOf(AWS_DEFAULT)
