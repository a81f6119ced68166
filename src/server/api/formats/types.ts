/** The types that columns have in Parquet and Arrow. */
import { WeirError } from '../../../shared/api/errors.ts'
import type { AnswerKind, JsonValue } from '../../../shared/schema/kinds.ts'

/** Unsigned integers, a double, milliseconds since 1970 in UTC, UTF-8. */
export type ColumnType = 'u8' | 'u16' | 'u32' | 'u64' | 'f64' | 'timestamp' | 'text'

export function columnType(kind: AnswerKind): ColumnType {
  switch (kind) {
    case 'time':
      return 'timestamp'
    case 'u8':
    case 'u16':
    case 'u32':
    case 'u64':
    case 'f64':
      return kind
    case 'ip':
    case 'mac':
    case 'code':
    case 'keyword':
    case 'service':
      return 'text'
  }
}

/** As 64 bits. Throws `badRequest` where a sum is larger. */
export function integerOf(name: string, value: JsonValue): bigint {
  const whole = BigInt(value ?? 0)
  if (whole >= 2n ** 64n)
    throw new WeirError(
      'badRequest',
      `${name} has the value ${whole}, for which 64 bits are not enough; ask for json, ndjson or csv`,
    )
  return whole
}
