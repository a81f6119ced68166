/** Building filters: flat, with tests of one field made one. */
import type { FieldName } from '../../schema/fields.ts'
import type { Filter, Pattern, Range } from './ast.ts'

export function isIn(field: FieldName, ranges: readonly Range[]): Filter {
  return { op: 'in', field, ranges: union(ranges) }
}

export function isLike(field: FieldName, patterns: readonly Pattern[]): Filter {
  if (patterns.length === 1) return { op: 'like', field, patterns }
  const byText = new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern]))
  return { op: 'like', field, patterns: [...byText.values()] }
}

export function not(of: Filter): Filter {
  return of.op === 'not' ? of.of : { op: 'not', of }
}

export function and(of: readonly Filter[]): Filter {
  if (of.length === 1) return of[0] as Filter
  return { op: 'and', of: of.flatMap((each) => (each.op === 'and' ? each.of : each)) }
}

/** Tests of one field become one test with all their ranges, where the first of them stood. */
export function or(of: readonly Filter[]): Filter {
  if (of.length === 1) return of[0] as Filter
  const ranges = new Map<FieldName, Range[]>()
  const patterns = new Map<FieldName, Pattern[]>()
  const flat: Filter[] = []
  for (const each of of.flatMap((one) => (one.op === 'or' ? one.of : one))) {
    const isNew =
      each.op === 'in'
        ? gather(ranges, each.field, each.ranges)
        : each.op === 'like'
          ? gather(patterns, each.field, each.patterns)
          : true
    if (isNew) flat.push(each)
  }
  const merged = flat.map((each) => {
    if (each.op === 'in') return isIn(each.field, ranges.get(each.field) ?? [])
    return each.op === 'like' ? isLike(each.field, patterns.get(each.field) ?? []) : each
  })
  return merged.length === 1 ? (merged[0] as Filter) : { op: 'or', of: merged }
}

/** How many tests, ranges and patterns there are. */
export function sizeOf(filter: Filter): number {
  switch (filter.op) {
    case 'and':
    case 'or':
      return filter.of.reduce((sum, each) => sum + sizeOf(each), 1)
    case 'not':
      return 1 + sizeOf(filter.of)
    case 'in':
      return 1 + filter.ranges.length
    case 'like':
      return 1 + filter.patterns.length
    default:
      return 1
  }
}

/** Adds to what is known of the field; whether nothing was. */
function gather<T>(all: Map<FieldName, T[]>, field: FieldName, some: readonly T[]): boolean {
  const known = all.get(field)
  if (known) known.push(...some)
  else all.set(field, [...some])
  return known === undefined
}

/** Ascending, apart from each other. */
function union(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length === 1) return ranges
  const out: { low: bigint; high: bigint }[] = []
  for (const { low, high } of ranges.toSorted((a, b) => (a.low < b.low ? -1 : a.low > b.low ? 1 : 0))) {
    const last = out.at(-1)
    if (last && low <= last.high + 1n) {
      if (high > last.high) last.high = high
    } else out.push({ low, high })
  }
  return out
}
