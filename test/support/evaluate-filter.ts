/** What a filter means, worked out for one flow in the slowest and most obvious way. */
import type { Filter, Pattern, Relation } from '../../src/shared/query/filter/ast.ts'
import type { FieldName } from '../../src/shared/schema/fields.ts'

/** A flow's values as numbers of their domains, or texts; a field that it lacks is null. */
export type FlowValues = (field: FieldName) => bigint | string | null

export function evaluate(filter: Filter | null, valueOf: FlowValues): boolean {
  if (filter === null) return true
  switch (filter.op) {
    case 'and':
      return filter.of.every((each) => evaluate(each, valueOf))
    case 'or':
      return filter.of.some((each) => evaluate(each, valueOf))
    case 'not':
      return !evaluate(filter.of, valueOf)
    case 'exists':
      return valueOf(filter.field) !== null
    case 'in': {
      const value = valueOf(filter.field)
      return typeof value === 'bigint' && filter.ranges.some(({ low, high }) => low <= value && value <= high)
    }
    case 'like': {
      const value = valueOf(filter.field)
      return typeof value === 'string' && filter.patterns.some((pattern) => fits(value, pattern))
    }
    case 'match':
      return matches(valueOf(filter.field), filter.expression)
    case 'bits':
      return hasBits(valueOf(filter.field), filter)
    case 'compare':
      return compares(valueOf(filter.field), filter.is, valueOf(filter.other))
  }
}

type Value = bigint | string | null

/** JavaScript's own expressions mean the same as long as they are of the filter language and the text is short. */
export function matches(value: Value, expression: string): boolean {
  return typeof value === 'string' && new RegExp(expression, 'isu').test(value)
}

export function hasBits(
  value: Value,
  { mask, value: wanted }: { readonly mask: bigint; readonly value: bigint },
): boolean {
  return typeof value === 'bigint' && (value & mask) === wanted
}

export function compares(value: Value, is: Relation, other: Value): boolean {
  if (value === null || other === null) return false
  if (typeof value === 'string' || typeof other === 'string')
    return String(value).toLowerCase() === String(other).toLowerCase()
  return is === '=' ? value === other : is === '<' ? value < other : value <= other
}

/** Whether the pieces stand in the text in their order, the first at its start and the last at its end. */
export function fits(text: string, pattern: Pattern): boolean {
  const pieces = pattern.map((piece) => piece.toLowerCase())
  const first = pieces.shift() ?? ''
  const folded = text.toLowerCase()
  if (pieces.length === 0) return folded === first
  if (!folded.startsWith(first)) return false
  const last = pieces.pop() ?? ''
  let at = first.length
  for (const piece of pieces) {
    const found = folded.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return folded.length - last.length >= at && folded.endsWith(last)
}
