/**
 * A filter as SQL. Field names come from the list of fields; values are whole numbers, or texts, which stand in string
 * literals and nowhere else.
 */
import { WeirError } from '../../../../shared/api/errors.ts'
import type { Filter, Pattern, Range, Relation } from '../../../../shared/query/filter/ast.ts'
import { field, type Field, type FieldName } from '../../../../shared/schema/fields.ts'
import { storable } from '../../../intake/texts.ts'
import { columnsRead, expressions, mostOf, sides, type Kept } from './fields.ts'

const HALF = 0xffff_ffff_ffff_ffffn
/** DuckDB refuses expressions deeper than 1000; one level here is at most three there. */
const DEEPEST = 250

/**
 * A condition that is true where the filter holds, and false or null where it does not: `not` turns null into false
 * first, `and` and `or` need not. Over a table of sums where `kept` says what it is kept by.
 */
export function condition(filter: Filter, kept?: Kept, depth = 0): string {
  if (depth > DEEPEST)
    throw new WeirError(
      'badFilter',
      `the filter is nested more than ${DEEPEST} deep; write it flatter, such as src.port:(80 or 443)`,
    )
  switch (filter.op) {
    case 'and':
      return filter.of.length === 0
        ? 'true'
        : `(${filter.of.map((each) => condition(each, kept, depth + 1)).join(' AND ')})`
    case 'or':
      return filter.of.length === 0
        ? 'false'
        : `(${filter.of.map((each) => condition(each, kept, depth + 1)).join(' OR ')})`
    case 'not':
      return `NOT coalesce(${condition(filter.of, kept, depth + 1)}, false)`
    case 'in':
      return within(field(filter.field), filter.ranges, kept)
    case 'like':
      return like(expressions(filter.field, kept)[0] as string, filter.patterns)
    case 'match':
      // In a group, or the database takes simple expressions for patterns of LIKE, and `$.` for "has a letter".
      return `regexp_matches(${expressions(filter.field, kept)[0]}, ${textLiteral(`(${filter.expression})`)}, 'is')`
    case 'bits':
      return `(${expressions(filter.field, kept)[0]} & ${literal(filter.mask)}) = ${literal(filter.value)}`
    case 'compare':
      return compare(filter.field, filter.is, filter.other, kept)
    case 'exists':
      return exists(field(filter.field), kept)
  }
}

/** Physical columns that the condition reads. */
export function filterColumns(filter: Filter): readonly string[] {
  return filterFields(filter).flatMap(columnsRead)
}

/** Fields that the filter names. */
export function filterFields(filter: Filter): readonly FieldName[] {
  switch (filter.op) {
    case 'and':
    case 'or':
      return filter.of.flatMap(filterFields)
    case 'not':
      return filterFields(filter.of)
    case 'in':
    case 'like':
    case 'match':
    case 'bits':
    case 'exists':
      return [filter.field]
    case 'compare':
      return [filter.field, filter.other]
  }
}

function within(of: Field, ranges: readonly Range[], kept?: Kept): string {
  if (of.either) return `(${of.either.map((side) => within(field(side as FieldName), ranges, kept)).join(' OR ')})`
  if (of.derived?.op === 'side' && !kept?.has(of.name)) {
    const { when, src, dst } = sides(of)
    return `("initiator" = ${when.src} AND ${within(field(src), ranges)} OR "initiator" = ${when.dst} AND ${within(field(dst), ranges)})`
  }
  const most = mostOf(of)
  const inside = ranges.flatMap(({ low, high }) => {
    const clipped = { low: low < 0n ? 0n : low, high: high > most ? most : high }
    return clipped.low <= clipped.high ? [clipped] : []
  })
  const [first = '', second] = expressions(of.name, kept)
  return second === undefined ? among(first, inside, most) : addressAmong(first, second, inside)
}

/** One number within ranges. */
function among(value: string, ranges: readonly Range[], most: bigint): string {
  const single = ranges.filter(({ low, high }) => low === high).map(({ low }) => literal(low))
  const wide = ranges.filter(({ low, high }) => low !== high).map((range) => between(value, range, most))
  const tests =
    single.length > 1
      ? [`${value} IN (${single.join(', ')})`, ...wide]
      : [...single.map((one) => `${value} = ${one}`), ...wide]
  return any(tests)
}

function between(value: string, { low, high }: Range, most: bigint): string {
  if (low === 0n && high >= most) return `${value} IS NOT NULL`
  if (low === 0n) return `${value} <= ${literal(high)}`
  if (high >= most) return `${value} >= ${literal(low)}`
  return `${value} BETWEEN ${literal(low)} AND ${literal(high)}`
}

/**
 * An address within ranges. Those within one high half, as all of IPv4 is, are told apart by the low half alone, which comes
 * first: what does not fit it is not looked at any more.
 */
function addressAmong(high: string, low: string, ranges: readonly Range[]): string {
  const lowRanges = new Map<bigint, Range[]>()
  const tests: string[] = []
  for (const range of ranges) {
    const first = range.low >> 64n
    const last = range.high >> 64n
    if (first === last) {
      const of = lowRanges.get(first)
      const part = { low: range.low & HALF, high: range.high & HALF }
      if (of) of.push(part)
      else lowRanges.set(first, [part])
      continue
    }
    const fromStart = (range.low & HALF) === 0n
    const toEnd = (range.high & HALF) === HALF
    const whole = between(high, { low: fromStart ? first : first + 1n, high: toEnd ? last : last - 1n }, HALF)
    const edges = [
      ...(fromStart ? [] : [`(${high} = ${literal(first)} AND ${low} >= ${literal(range.low & HALF)})`]),
      ...(toEnd ? [] : [`(${high} = ${literal(last)} AND ${low} <= ${literal(range.high & HALF)})`]),
    ]
    tests.push(any([whole, ...edges]))
  }
  for (const [half, parts] of lowRanges) tests.push(`(${among(low, parts, HALF)} AND ${high} = ${literal(half)})`)
  return any(tests)
}

/** A text that fits any of the patterns. Both sides are folded by the database, so that they are folded alike. */
function like(value: string, patterns: readonly Pattern[]): string {
  const whole = patterns.flatMap(([first, ...more]) => (more.length === 0 ? [`lower(${textLiteral(first)})`] : []))
  const others = patterns.flatMap((pieces) => (pieces.length > 1 ? [open(`lower(${value})`, pieces)] : []))
  return any([...(whole.length > 0 ? [`lower(${value}) IN (${whole.join(', ')})`] : []), ...others])
}

/**
 * Pieces with anything between them. The database's LIKE takes time that grows with the length only as long as the pattern
 * has no wildcard but % and no escapes; otherwise each further wildcard multiplies it, and a regular expression (RE2) is
 * what is safe.
 */
function open(folded: string, pieces: Pattern): string {
  if (!pieces.some((piece) => /[%_]/.test(piece))) return `${folded} LIKE lower(${textLiteral(pieces.join('%'))})`
  const expression = pieces.map((piece) => piece.replace(/[!-/:-@[-`{-~]/g, '\\$&')).join('.*')
  return `regexp_full_match(${folded}, lower(${textLiteral(expression)}), 's')`
}

/** One field against another; addresses by their high halves, and where these are equal by the low ones. */
function compare(name: FieldName, is: Relation, other: FieldName, kept?: Kept): string {
  const [high, low] = expressions(name, kept)
  const [otherHigh, otherLow] = expressions(other, kept)
  if (field(name).kind === 'keyword') return `lower(${high}) = lower(${otherHigh})`
  if (low === undefined) return `${high} ${is} ${otherHigh}`
  const isLow = `${high} = ${otherHigh} AND ${low} ${is} ${otherLow}`
  return is === '=' ? `(${isLow})` : `(${high} < ${otherHigh} OR ${isLow})`
}

function exists(of: Field, kept?: Kept): string {
  if (of.either) return `(${of.either.map((side) => exists(field(side as FieldName), kept)).join(' OR ')})`
  return `${expressions(of.name, kept)[0]} IS NOT NULL`
}

function any(tests: readonly string[]): string {
  return tests.length === 0 ? 'false' : tests.length === 1 ? (tests[0] as string) : `(${tests.join(' OR ')})`
}

/** Integer literals past 2^63 would be 128 bits wide, and so would the comparison. */
export function literal(value: bigint | string): string {
  if (typeof value === 'string') return textLiteral(value)
  return value >= 1n << 63n ? `${value}::UBIGINT` : String(value)
}

/** A string literal knows no escapes but the doubled quote (SQL-92 §5.3). What the database could not read in one no stored text has. */
function textLiteral(text: string): string {
  return `'${storable(text).replaceAll("'", "''")}'`
}
