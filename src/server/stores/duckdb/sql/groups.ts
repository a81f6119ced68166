/** Groups as SQL over the physical columns: as many expressions as the group's value has parts. */
import type { DuckDBValue } from '@duckdb/node-api'
import type { BucketGroup, ClockGroup, Grouping, PrefixGroup } from '../../../../shared/query/groups.ts'
import { field, type FieldName } from '../../../../shared/schema/fields.ts'
import { formatIpHalves } from '../../../../shared/schema/ip.ts'
import type { JsonValue } from '../../../../shared/schema/kinds.ts'
import { jsonNumber, jsonValue } from '../answers/values.ts'
import { columnsRead, expressions, expressionTypes, mostOf, type Kept } from './fields.ts'
import { literal } from './filter.ts'

/** Groups that a flow as a whole belongs to; the time of day or week belongs to parts of it. */
export type FlowGroup = Exclude<Grouping, ClockGroup>

/** Over a table of sums where `kept` says what it is kept by. */
export function groupExpressions(group: FlowGroup, kept?: Kept): readonly string[] {
  if (typeof group === 'string') return expressions(group, kept)
  return 'bucket' in group ? [lowest(group, kept)] : network(group, kept)
}

/** SQL types of the expressions. */
export function groupTypes(group: FlowGroup): readonly string[] {
  if (typeof group === 'string') return expressionTypes(group)
  return 'bucket' in group ? ['UBIGINT'] : expressionTypes(group.field)
}

/** Physical columns that the expressions read. */
export function groupColumns(group: FlowGroup): readonly string[] {
  return columnsRead(fieldOf(group))
}

export function isFlowGroup(group: Grouping): group is FlowGroup {
  return typeof group === 'string' || !('clock' in group)
}

export function fieldOf(group: FlowGroup): FieldName {
  return typeof group === 'string' ? group : group.field
}

/** A group's value from its parts. */
export function groupValue(group: FlowGroup, parts: readonly DuckDBValue[]): JsonValue {
  if (typeof group === 'string') return jsonValue(group, parts)
  const [first, second] = parts as (bigint | number | null)[]
  if (first === null || first === undefined) return null
  if ('bucket' in group) return jsonNumber(BigInt(first))
  const [high, low] = [BigInt(first), BigInt(second ?? 0)]
  return `${formatIpHalves(high, low)}/${isIpv4(high, low) ? group.prefix : group.prefix6}`
}

const ALL_BITS = (1n << 64n) - 1n

/** IPv4 is ::ffff:a.b.c.d: its prefix begins after 96 bits. */
function network({ field: name, prefix, prefix6 }: PrefixGroup, kept?: Kept): string[] {
  const [high, low] = expressions(name, kept) as [string, string]
  const mask = (value: string, bits: number) =>
    bits >= 64 ? value : `(${value} & ${literal(ALL_BITS ^ (ALL_BITS >> BigInt(Math.max(bits, 0))))}::UBIGINT)`
  const isFour = `${high} = 0 AND (${low} >> 32) = 65535`
  // The high half of IPv4 is 0, whatever is left of it.
  return [mask(high, prefix6), `CASE WHEN ${isFour} THEN ${mask(low, prefix + 32)} ELSE ${mask(low, prefix6 - 64)} END`]
}

function isIpv4(high: bigint, low: bigint): boolean {
  return high === 0n && low >> 32n === 0xffffn
}

function lowest({ field: name, bucket }: BucketGroup, kept?: Kept): string {
  const [value] = expressions(name, kept)
  const whole = `${value}::UBIGINT`
  if (bucket !== 'log') return `((${whole}) // ${bucket}::UBIGINT * ${bucket}::UBIGINT)`
  const most = mostOf(field(name))
  const cases: string[] = []
  for (let power = 1n; power <= most; power *= 10n)
    cases.push(`WHEN ${whole} < ${literal(power)}::UBIGINT THEN ${power === 1n ? 0n : literal(power / 10n)}::UBIGINT`)
  const highest = 10n ** BigInt(String(most).length - 1)
  return `CASE WHEN ${value} IS NULL THEN NULL ${cases.join(' ')} ELSE ${literal(highest)}::UBIGINT END`
}
