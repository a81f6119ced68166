/** Values as the database gives them → as answers have them. */
import type { DuckDBValue } from '@duckdb/node-api'
import { field, type FieldName } from '../../../../shared/schema/fields.ts'
import { formatIpHalves, formatMac } from '../../../../shared/schema/ip.ts'
import type { JsonValue } from '../../../../shared/schema/kinds.ts'
import { serviceName } from '../../../registry/services.ts'

const EXACT = 2n ** 53n

/** A number while it is exact, text past 2^53. */
export function jsonNumber(value: bigint | number | null): JsonValue {
  if (typeof value !== 'bigint') return value
  return value <= EXACT ? Number(value) : String(value)
}

/** A field's value from its parts; see `expressions`. */
export function jsonValue(name: FieldName, parts: readonly DuckDBValue[]): JsonValue {
  const { kind, codes } = field(name)
  if (kind === 'keyword') return parts[0] as string | null
  const [first, second] = parts as (bigint | number | null)[]
  if (first === null || first === undefined) return null
  switch (kind) {
    case 'ip':
      return formatIpHalves(BigInt(first), BigInt(second ?? 0))
    case 'mac':
      return formatMac(BigInt(first))
    case 'code':
      return codes?.[Number(first)] ?? String(first)
    case 'service':
      return serviceName(Number(first)) ?? String(first)
    case 'time':
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
      return jsonNumber(first)
  }
}
