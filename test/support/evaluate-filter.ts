/** What a filter means, worked out for one flow in the slowest and most obvious way. */
import type { Filter } from '../../src/shared/query/filter/ast.ts'
import type { FieldName } from '../../src/shared/schema/fields.ts'

/** A flow's values as numbers of their domains; a field that it lacks is null. */
export type FlowValues = (field: FieldName) => bigint | null

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
      return value !== null && filter.ranges.some(({ low, high }) => low <= value && value <= high)
    }
  }
}
