/** Values of an AWS flow log's fields, as they stand in octets: the same in a line and in a dictionary. */
import type { AwsColumn } from './aws-layout.ts'
import {
  ACTION,
  COUNT,
  DIRECTION,
  DSTPORT,
  END,
  FLAGS,
  OTHER,
  PATH,
  PROTOCOL,
  SRCPORT,
  START,
  STATUS,
  TYPE,
} from './aws-layout.ts'
import { ACCEPT, EGRESS, INGRESS, moment, NODATA, OK, REJECT, SKIPDATA, type AwsRecord } from './aws-record.ts'

/** Gives the record a number; whether it can be one of that field. */
export function putNumber(record: AwsRecord, column: AwsColumn, value: number): boolean {
  if (!(value >= 0)) return false
  switch (column.kind) {
    case COUNT:
      record.count(column, value)
      return true
    case SRCPORT:
      record.srcPort = value
      return value <= 65_535
    case DSTPORT:
      record.dstPort = value
      return value <= 65_535
    case PROTOCOL:
      record.proto = value
      return value <= 255
    case FLAGS:
      record.flags = value
      return value <= 65_535
    case START:
      record.startMs = moment(value)
      return true
    case END:
      record.endMs = moment(value)
      return true
    case PATH:
      record.setPath(value)
      return value <= 255
    default:
      return true
  }
}

/** Gives the record a word; whether it can be one of that field. */
export function putWord(record: AwsRecord, column: AwsColumn, bytes: Uint8Array, from: number, to: number): boolean {
  switch (column.kind) {
    case ACTION:
      record.action = isWord(bytes, from, to, 'ACCEPT') ? ACCEPT : isWord(bytes, from, to, 'REJECT') ? REJECT : -1
      return record.action >= 0
    case STATUS:
      record.status = isWord(bytes, from, to, 'OK')
        ? OK
        : isWord(bytes, from, to, 'NODATA')
          ? NODATA
          : isWord(bytes, from, to, 'SKIPDATA')
            ? SKIPDATA
            : 0
      return record.status > 0
    case DIRECTION:
      record.direction = isWord(bytes, from, to, 'ingress') ? INGRESS : isWord(bytes, from, to, 'egress') ? EGRESS : -1
      return record.direction >= 0
    case TYPE:
      if (isWord(bytes, from, to, 'IPv4')) record.ipVersion = 4
      else if (isWord(bytes, from, to, 'IPv6')) record.ipVersion = 6
      else record.keep(column.name, textOf(bytes, from, to))
      return true
    case OTHER:
      record.keep(column.name, textOf(bytes, from, to))
      return true
    default:
      return true
  }
}

/** `-`, null and None all mean that there is no value. */
export function isMissing(bytes: Uint8Array, from: number, to: number): boolean {
  const length = to - from
  if (length <= 1) return length === 0 || bytes[from] === 0x2d
  return length === 4 && (isWord(bytes, from, to, 'null') || isWord(bytes, from, to, 'None'))
}

export function textOf(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
}

function isWord(bytes: Uint8Array, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false
  for (let i = 0; i < word.length; i++) if (bytes[from + i] !== word.charCodeAt(i)) return false
  return true
}
