/** Rows of a batch as objects for people and programs: canonical names, words, addresses as text. */
import { STORED_FIELDS, type StoredField } from '../../shared/schema/fields.ts'
import { formatIp, formatMac } from '../../shared/schema/ip.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { serviceName } from '../registry/services.ts'
import { columnIndex, isValid, maskIndex, type Batch, type Words } from './batch.ts'

/** The fields of a row that have a value. Numbers past 2^53 are text, times epoch milliseconds. */
export function flowOf(batch: Batch, row: number): Record<string, JsonValue> {
  const flow: Record<string, JsonValue> = {}
  for (const { field, mask, column } of PLACES) {
    if (isValid(batch.masks[mask] as Uint8Array, row)) flow[field.name] = valueOf(field, batch, column, row)
  }
  return flow
}

const PLACES = STORED_FIELDS.map((field) => ({ field, mask: maskIndex(field.name), column: columnIndex(field.name) }))

function valueOf(field: StoredField, batch: Batch, column: number, row: number): JsonValue {
  const words = batch.columns[column] as Words
  switch (field.kind) {
    case 'ip':
      return formatIp((long(words, row) << 64n) | long(batch.columns[column + 1] as Words, row))
    case 'mac':
      return formatMac(long(words, row))
    case 'service':
      return serviceName(words[row] as number)
    case 'code':
      return field.codes?.[words[row] as number] ?? (words[row] as number)
    case 'time':
    case 'u64':
      return number64(words, row)
    case 'u8':
    case 'u16':
    case 'u32':
      return words[row] as number
  }
}

function number64(words: Words, row: number): number | string {
  const value = (words[2 * row + 1] as number) * 4_294_967_296 + (words[2 * row] as number)
  return value <= Number.MAX_SAFE_INTEGER ? value : long(words, row).toString()
}

function long(words: Words, row: number): bigint {
  return (BigInt(words[2 * row + 1] as number) << 32n) | BigInt(words[2 * row] as number)
}
