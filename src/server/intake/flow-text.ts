/** Rows of a batch as JSON for people and programs: canonical names, words, addresses as text. */
import { STORED_FIELDS, fromFields, type StoredField } from '../../shared/schema/fields.ts'
import { formatIp, formatMac } from '../../shared/schema/ip.ts'
import { serviceName } from '../registry/services.ts'
import { columnIndex, isValid, maskIndex, type Batch, type Words } from './batch.ts'

/**
 * The fields of a row that have a value, as a JSON object. Numbers past 2^53 are text, times epoch milliseconds.
 * Written piece by piece: an object for JSON.stringify takes three times as long.
 */
export function flowJson(batch: Batch, row: number): string {
  let text = ''
  for (const { prefix, mask, read } of places()) {
    if (isValid(batch.masks[mask] as Uint8Array, row)) text += (text === '' ? '{' : ',') + prefix + read(batch, row)
  }
  return text === '' ? '{}' : `${text}}`
}

/** A value as it stands in JSON. */
type Read = (batch: Batch, row: number) => string

const places = fromFields(() =>
  STORED_FIELDS.map((field) => ({
    prefix: `${JSON.stringify(field.name)}:`,
    mask: maskIndex(field.name),
    read: reader(field, columnIndex(field.name)),
  })),
)

function reader(field: StoredField, column: number): Read {
  const words = (batch: Batch): Words => batch.columns[column] as Words
  switch (field.kind) {
    case 'ip':
      return (batch, row) => `"${address(words(batch), batch.columns[column + 1] as Words, row)}"`
    case 'mac':
      return (batch, row) => `"${formatMac(long(words(batch), row))}"`
    case 'keyword':
      return (batch, row) => JSON.stringify(batch.texts.text(words(batch)[row] as number))
    case 'service':
      return (batch, row) => JSON.stringify(serviceName(words(batch)[row] as number))
    case 'code': {
      const texts = (field.codes ?? []).map((word) => JSON.stringify(word))
      return (batch, row) => texts[words(batch)[row] as number] ?? String(words(batch)[row])
    }
    case 'time':
    case 'u64':
      return (batch, row) => number64(words(batch), row)
    case 'u8':
    case 'u16':
    case 'u32':
      return (batch, row) => String(words(batch)[row])
  }
}

/** IPv4 goes the short way. */
function address(high: Words, low: Words, row: number): string {
  if (high[2 * row] === 0 && high[2 * row + 1] === 0 && low[2 * row + 1] === 0xffff) {
    const v4 = low[2 * row] as number
    return `${v4 >>> 24}.${(v4 >>> 16) & 255}.${(v4 >>> 8) & 255}.${v4 & 255}`
  }
  return formatIp((long(high, row) << 64n) | long(low, row))
}

function number64(words: Words, row: number): string {
  const value = (words[2 * row + 1] as number) * 4_294_967_296 + (words[2 * row] as number)
  return value <= Number.MAX_SAFE_INTEGER ? String(value) : `"${long(words, row)}"`
}

function long(words: Words, row: number): bigint {
  return (BigInt(words[2 * row + 1] as number) << 32n) | BigInt(words[2 * row] as number)
}
