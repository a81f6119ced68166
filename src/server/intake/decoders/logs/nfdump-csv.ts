/**
 * What `nfdump -o csv` and `nfdump -o "csv:%…"` print (nfdump(1)): a line of the names of the columns, then a line for each
 * flow, then, before version 1.7.2, a summary. Times stand in the zone that nfdump ran in, and are taken for UTC.
 */
import { DIRECTIONS, SAMPLING_SOURCES, SOURCE_TYPES, TCP_FLAGS } from '../../../../shared/schema/codes.ts'
import { protocolNumber } from '../../../../shared/schema/protocols.ts'
import { slot, type Slot } from '../../slots.ts'
import { isNothing, MISSING, timeOf, UNFIT } from './json-values.ts'
import { badRecord, type LogContext, type LogDecoder, type LogFormat, type Refusal } from './log-format.ts'
import { NFDUMP_FIELDS, type NfdumpField } from './nfdump-fields.ts'
import { RowValues } from './row-values.ts'

export const nfdumpCsv: LogFormat = {
  name: 'nfdump-csv',
  records: 'lines',
  recognise: (head) => isHeader(namesIn(head.split('\n', 1)[0] as string)),
  open: (context) => new NfdumpDecoder(context),
}

/** Columns of a line. nfdump knows some 120. */
const MOST_COLUMNS = 256

function namesIn(line: string): readonly string[] {
  const names = line.split(',', MOST_COLUMNS).map((name) => name.trim())
  // Versions differ in whether a comma stands behind the last.
  return names.at(-1) === '' ? names.slice(0, -1) : names
}

/** Words of which three or more are columns' names, an address among them. */
function isHeader(names: readonly string[]): boolean {
  return (
    names.some((name) => name === 'sa' || name === 'da' || name === 'srcAddr' || name === 'dstAddr') &&
    names.filter((name) => NFDUMP_FIELDS.has(name)).length >= 3 &&
    names.every((name) => /^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
  )
}

interface Column {
  readonly name: string
  readonly field: NfdumpField | undefined
  readonly slot: Slot | null
}

class NfdumpDecoder implements LogDecoder {
  private readonly values: RowValues
  private columns: readonly Column[] | null
  /** Behind the flows, where their sums stand. */
  private isSummary = false
  // Of the record under way: MISSING where it does not say.
  private startMs = MISSING
  private endMs = MISSING
  private durationMs = MISSING
  private proto = MISSING
  private packets = MISSING
  private bytes = MISSING
  private outPackets = MISSING
  private outBytes = MISSING
  private srcPort = ''
  private dstPort = ''

  constructor(context: LogContext) {
    this.values = new RowValues(context.row)
    this.columns = context.layout === null ? null : columnsOf(context.layout)
  }

  take(bytes: Uint8Array, from: number, to: number): Refusal | null {
    const line = Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
    const first = line.charCodeAt(0)
    // Lines of flows begin with a digit, as those of their sums do, or with what a column of text has.
    if (!(first >= DIGIT_0 && first <= DIGIT_9)) {
      if (line.trim() === '' || line === 'No matched flows') return null
      if (line === 'Summary') {
        this.isSummary = true
        return null
      }
      const names = namesIn(line)
      if (isHeader(names)) {
        this.columns = columnsOf(names)
        this.isSummary = false
        return null
      }
    }
    if (this.isSummary) return null
    const { columns } = this
    if (columns === null)
      return {
        loss: 'log.unknownLayout',
        reason: 'no line of column names before it, and no layout is configured for it',
      }
    const parts = line.split(',', MOST_COLUMNS)
    if (parts.length === columns.length + 1 && parts.at(-1) === '') parts.pop()
    if (parts.length !== columns.length)
      return badRecord(`${parts.length} columns where the header names ${columns.length}`)
    return this.takeRow(parts, columns)
  }

  private takeRow(parts: readonly string[], columns: readonly Column[]): Refusal | null {
    const { values } = this
    this.startMs = this.endMs = this.durationMs = this.proto = MISSING
    this.packets = this.bytes = this.outPackets = this.outBytes = MISSING
    this.srcPort = this.dstPort = ''
    values.begin()
    values.row.begin(TYPE)
    for (let i = 0; i < parts.length; i++) {
      const { name, field, slot: at } = columns[i] as Column
      const text = (parts[i] as string).trim()
      if (isNothing(text)) continue
      if (field === undefined) {
        if (!NO_VALUE.test(text)) values.keep(name, text)
      } else this.put(name, field, at, text)
    }
    this.ports()
    this.times()
    this.counts()
    values.row.u32(SAMPLING_RATE, 1)
    values.row.u8(SAMPLING_SOURCE, NEVER_TOLD)
    values.putKept()
    if (values.refusal) values.row.drop()
    else values.row.end()
    return values.refusal
  }

  private put(name: string, field: NfdumpField, at: Slot | null, text: string): void {
    const { values } = this
    switch (field.as) {
      case 'whole': {
        const number = values.whole(name, text, field.most)
        if (number > 0 || (number === 0 && !field.zeroIsNone)) put(values.row, field.most, at as Slot, number)
        break
      }
      case 'ip':
        if (field.to === 'src.ip' || field.to === 'dst.ip' || !/^[0:.]+$/.test(text)) values.ip(at as Slot, name, text)
        break
      case 'mac':
        if (!/^[0:]+$/.test(text)) values.mac(at as Slot, name, text)
        break
      case 'text':
        if (text !== '..' && text !== '<empty>') values.row.string(at as Slot, text)
        break
      case 'start':
        this.startMs = this.moment(name, text)
        break
      case 'end':
        this.endMs = this.moment(name, text)
        break
      case 'duration':
        this.durationMs = durationOf(text)
        if (this.durationMs < 0) values.refuse(name, text)
        break
      case 'proto':
        this.proto = PROTOCOLS[text] ?? protocolNumber(text) ?? values.whole(name, text, 255)
        if (this.proto >= 0) values.row.u8(PROTO, this.proto)
        break
      case 'srcPort':
        this.srcPort = text
        break
      case 'dstPort':
        this.dstPort = text
        break
      case 'flags':
        this.flags(name, text)
        break
      case 'direction':
        // 0 is also what stands where nobody said.
        if (text === '1' || text === 'E' || text === 'I') values.row.u8(DIRECTION, text === 'I' ? INGRESS : EGRESS)
        break
      case 'packets':
      case 'bytes':
      case 'outPackets':
      case 'outBytes':
        this[field.as] = values.whole(name, text)
        break
      case 'flows':
        // Of records that nfdump has put together.
        if (text !== '1') values.keep(name, text)
        break
      case 'label': {
        const label = Number(/^(\d+)-/.exec(text)?.[1] ?? 0)
        if (label > 0) values.row.u32(MPLS_LABEL, label)
        break
      }
      case 'none':
    }
  }

  private moment(name: string, text: string): number {
    const seconds = /^\d{1,12}(\.\d{1,9})?$/.test(text) ? Math.round(Number(text) * 1000) : timeOf(text)
    if (seconds === UNFIT) this.values.refuse(name, text)
    return Math.max(seconds, MISSING)
  }

  /** Times may come in whole seconds, beside a duration that has milliseconds. */
  private times(): void {
    const { startMs, endMs, durationMs, values } = this
    if (startMs < 0 && endMs < 0) values.refuseAll('no time in it')
    else if (durationMs < 0) values.times(startMs, endMs)
    else if (startMs >= 0) values.times(startMs, startMs + durationMs)
    else values.times(endMs - durationMs, endMs)
  }

  /** Of ICMP, type and code stand where the port does: `type.code`, or type × 256 + code. */
  private ports(): void {
    const { values, proto, srcPort, dstPort } = this
    if (proto !== ICMP && proto !== ICMPV6) {
      if (srcPort !== '') values.u16(SRC_PORT, 'source port', srcPort)
      if (dstPort !== '') values.u16(DST_PORT, 'destination port', dstPort)
      return
    }
    const parts = /^(\d{1,3})\.(\d{1,3})$/.exec(dstPort)
    if (parts) {
      values.u8(ICMP_TYPE, 'ICMP type', parts[1])
      values.u8(ICMP_CODE, 'ICMP code', parts[2])
    } else if (dstPort !== '') {
      const both = values.whole('destination port', dstPort, 0xffff)
      if (both < 0) return
      values.row.u8(ICMP_TYPE, both >> 8)
      values.row.u8(ICMP_CODE, both & 0xff)
    }
  }

  /** Counters on the way out are of the same packets, or of the way back: they are taken where nothing else counts, else kept. */
  private counts(): void {
    const { values, packets, bytes, outPackets, outBytes } = this
    const isOut = packets <= 0 && bytes <= 0 && (outPackets > 0 || outBytes > 0)
    if (Math.max(packets, isOut ? outPackets : MISSING) >= 0) values.row.number(PACKETS, isOut ? outPackets : packets)
    if (Math.max(bytes, isOut ? outBytes : MISSING) >= 0) values.row.number(BYTES, isOut ? outBytes : bytes)
    if (isOut) return
    if (outPackets > 0) values.keep('opkt', outPackets)
    if (outBytes > 0) values.keep('obyt', outBytes)
  }

  /** Letters, of which `.` is one that is not set: CEUAPRSF, or UAPRSF of old versions. */
  private flags(name: string, text: string): void {
    const { values } = this
    if (/^0x[0-9a-fA-F]{1,4}$/.test(text)) values.row.u16(TCP_FLAG, Number.parseInt(text, 16))
    else if (/^[.CEUAPRSF]{6,8}$/.test(text)) {
      if (this.proto !== TCP && /^\.+$/.test(text)) return
      let bits = 0
      for (const letter of text) if (letter !== '.') bits |= LETTERS.get(letter) as number
      values.row.u16(TCP_FLAG, bits)
    } else values.refuse(name, text)
  }
}

function put(row: RowValues['row'], most: number, at: Slot, value: number): void {
  if (most <= 0xff) row.u8(at, value)
  else if (most <= 0xffff) row.u16(at, value)
  else if (most <= 0xffff_ffff) row.u32(at, value)
  else row.number(at, value)
}

/** Seconds with a fraction, or `[DAYS d ]HH:MM:SS.mmm`, in milliseconds; UNFIT where it is neither. */
function durationOf(text: string): number {
  const parts = /^(?:(?:(\d{1,6})d )?(\d{1,2}):(\d\d):)?(\d{1,10}(?:\.\d{1,9})?)$/.exec(text)
  if (parts === null) return UNFIT
  const [days = 0, hours = 0, minutes = 0, seconds] = parts.slice(1).map((part) => (part ? Number(part) : 0))
  return Math.round((((days * 24 + hours) * 60 + minutes) * 60 + (seconds as number)) * 1000)
}

function columnsOf(names: readonly string[]): readonly Column[] {
  return names.map((name) => {
    const field = NFDUMP_FIELDS.get(name.replace(/^%/, ''))
    return { name, field, slot: field && 'to' in field ? slot(field.to) : null }
  })
}

/** What stands where there is no value: 0, labels of nothing, no address. */
const NO_VALUE = /^[0:./-]+$/
const DIGIT_0 = 0x30
const DIGIT_9 = 0x39
const TYPE = SOURCE_TYPES.indexOf('nfdump-csv')
const ICMP = 1
const TCP = 6
const ICMPV6 = 58
/** As nfdump writes them, where others do otherwise. */
const PROTOCOLS: Readonly<Record<string, number>> = { ICMP6: ICMPV6, ICMPv6: ICMPV6 }
const LETTERS = new Map(TCP_FLAGS.map((name, i) => [name.charAt(0).toUpperCase(), 1 << i]))
const INGRESS = DIRECTIONS.indexOf('ingress')
const EGRESS = DIRECTIONS.indexOf('egress')
const NEVER_TOLD = SAMPLING_SOURCES.indexOf('none')

const SRC_PORT = slot('src.port')
const DST_PORT = slot('dst.port')
const PROTO = slot('proto')
const ICMP_TYPE = slot('icmp.type')
const ICMP_CODE = slot('icmp.code')
const TCP_FLAG = slot('tcp.flags')
const DIRECTION = slot('direction')
const PACKETS = slot('packets')
const BYTES = slot('bytes')
const MPLS_LABEL = slot('mpls.label')
const SAMPLING_RATE = slot('sampling.rate')
const SAMPLING_SOURCE = slot('sampling.source')
