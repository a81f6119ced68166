/** What one test means: a value of a field, a value alone, a value of a side. */
import { nearest } from '../../nearest.ts'
import { FIELDS, field as fieldOf, findField, fromFields, type Field } from '../../schema/fields.ts'
import { likeField } from '../../schema/like-field.ts'
import { protocolNumber } from '../../schema/protocols.ts'
import type { Filter, Pattern, Range } from './ast.ts'
import { and, isIn, isLike, or } from './combine.ts'
import { areComparable, compare, comparedField } from './compare.ts'
import { readRegex } from './regex.ts'
import { eitherOf, sidedField, sideWord, type SideWord } from './sides.ts'
import { comparedRanges, flagsOf, rangesOf, type Comparison, type Surroundings } from './values.ts'

/** What stands between a field and its value; `in` is `:`. */
export type Sign = ':' | '=' | Comparison

/** A value as it was written. */
export interface Word {
  readonly is: 'plain' | 'quoted' | 'regex'
  /** Without quotes or slashes. */
  readonly text: string
  /** What stands between the wildcards. */
  readonly pieces: Pattern
}

export interface Refusal {
  readonly message: string
  /** Where in the text of the word, if not all of it. */
  readonly at?: number
}

/** What a filter may ask for only so often, counted over all of it and of the named filters in it. */
export class Allowance {
  private wildcards = 0
  private expressions = 0

  /** What is refused, or null. */
  take(what: 'wildcards' | 'expressions'): Refusal | null {
    if (++this[what] <= MOST) return null
    return refuse(
      what === 'wildcards'
        ? `a filter may have ${MOST} names of services with *; name the others in full`
        : `a filter may have ${MOST} regular expressions; join some with |`,
    )
  }
}

export interface Reading extends Surroundings {
  readonly allowance: Allowance
}

/** Letters of a value. */
export const LONGEST = 256
/** Wildcards over the names of services, each of which looks at all of them; and expressions. */
const MOST = 32

/** `field SIGN word`. */
export function meaningOf(field: Field, sign: Sign, word: Word, around: Reading): Filter | Refusal {
  const { text } = word
  const isEqual = sign === ':' || sign === '='
  const sides = field.either ? field.either.map((name) => fieldOf(name as Field['name'])) : [field]
  if (word.is === 'regex') return expression(field, isEqual, text, around)
  if (isEqual && word.pieces.length === 2 && text === '*')
    return anySide(sides, (name) => ({ op: 'exists', field: name }))
  const other =
    word.is === 'plain' && (sign !== ':' || field.kind !== 'keyword') ? comparedField(field, text) : undefined
  if (other && sign !== ':') {
    const filter = compare(field, sign, other)
    return typeof filter === 'string' ? refuse(filter) : filter
  }
  if (field.kind === 'keyword' && isEqual) return anySide(sides, (name) => isLike(name, [word.pieces]))
  if (isEqual && field.flags) {
    const mask = flagsOf(field.flags, text)
    if (mask !== null && sign === ':' && mask > 0n) return { op: 'bits', field: field.name, mask, value: mask }
    if (mask !== null) return isIn(field.name, [{ low: mask, high: mask }])
  }
  const refused = field.kind === 'service' && text.includes('*') ? around.allowance.take('wildcards') : null
  if (refused) return refused
  const meaning = isEqual ? rangesOf(field, text, around) : comparedRanges(field, sign, text, around)
  const named = typeof meaning === 'string' && isEqual ? namedThings(field, sides, text, around) : null
  if (named) return named
  if (other && typeof meaning === 'string' && areComparable(field, other))
    return refuse(`${text} is a field; write ${field.name} = ${other.name} to compare the two`)
  return typeof meaning === 'string' && field.namesOf && isEqual ? refuse(unnamed(field, text)) : within(sides, meaning)
}

/** A value without a field: an address is on either side, a number is a port, a word is a protocol or a service. */
export function bareMeaning(word: Word, around: Reading): Filter | Refusal {
  const { text } = word
  if (word.is === 'regex')
    return refuse('a regular expression needs a field before it, such as http.host:/^www/; a path stands in quotes')
  const either = eitherOf(text)
  if (either) return meaningOf(fieldOf(either), ':', word, around)
  if (findField(text)) return refuse(`${text} is a field; write ${text}:VALUE, or ${text}:* for any value`)
  if (text === '*')
    return refuse('* stands for any value of a field, as in service:*; leave the filter empty for everything')
  const side = sideWord(text)
  if (side) return refuse(`${side} is a side; write ${side}:10.0.0.1, ${side}:443 or ${side}.FIELD:VALUE`)
  if (/^in$/i.test(text)) return refuse('in needs a field before it and a list after it, such as port in (80, 443)')
  if (text.startsWith(':')) return refuse(': needs a field before it, such as port:443', 0)
  const refused = text.includes('*') ? around.allowance.take('wildcards') : null
  if (refused) return refused
  const protocol = protocolNumber(text)
  const keys = around.names.serviceKeys(text)
  const tests = [
    ...(protocol === null ? [] : [isIn('proto', [only(protocol)])]),
    ...(keys.length > 0 ? [isIn('service', keys.map(only))] : []),
  ]
  return tests.length > 0 ? or(tests) : refuse(unknownWord(text))
}

/** `src:10.0.0.0/8`. */
export function sidedMeaning(side: SideWord, sign: Sign, word: Word, around: Reading): Filter | Refusal {
  const field = sidedField(side, word.text)
  if (typeof field === 'string') return refuse(field)
  return sign === ':' || sign === '='
    ? meaningOf(field, sign, word, around)
    : refuse(`write ${field.name} ${sign} ${word.text}`)
}

/**
 * Whether a value that stands behind a test of the field, with nothing between them, looks like one more value of that
 * field: `port:80 443` might mean either of them or both.
 */
export function looksLikeMore(field: Field, first: string, next: string, around: Reading): boolean {
  const isNumber = (text: string) => /^\d/.test(text)
  if (field.kind === 'keyword' || isNumber(first) !== isNumber(next) || next.includes('*')) return false
  return typeof rangesOf(field, next, around) !== 'string'
}

export function unknownField(name: string): string {
  return `unknown field ${JSON.stringify(name)}; ${likeField(name) ?? 'GET /api/fields lists the fields'}`
}

function expression(field: Field, isEqual: boolean, text: string, around: Reading): Filter | Refusal {
  if (field.kind !== 'keyword')
    return refuse(`a regular expression fits texts such as http.host; ${field.name} is none`)
  if (!isEqual) return refuse(`${field.name} has no order; write ${field.name}:/${text}/`)
  const regex = readRegex(text)
  if ('message' in regex) return refuse(regex.message, regex.at + 1)
  return around.allowance.take('expressions') ?? { op: 'match', field: field.name, expression: text }
}

/** Exporters or interfaces that are called so; null where there are none, or the field's values have no names. */
function namedThings(field: Field, sides: readonly Field[], text: string, { names }: Reading): Filter | null {
  if (field.namesOf === 'exporter') {
    const ranges = names.exporters(text)
    return ranges.length > 0 ? isIn(field.name, ranges) : null
  }
  if (field.namesOf !== 'interface') return null
  const found = [...names.interfaces(text)].map(([exporter, indices]) =>
    and([isIn('exporter', [only(exporter)]), anySide(sides, (name) => isIn(name, indices.map(only)))]),
  )
  return found.length > 0 ? or(found) : null
}

/** Sides are other fields each, so there is nothing to make one. */
function anySide(fields: readonly Field[], of: (name: Field['name']) => Filter): Filter {
  const [first, ...others] = fields.map(({ name }) => of(name)) as [Filter, ...Filter[]]
  return others.length === 0 ? first : { op: 'or', of: [first, ...others] }
}

function unnamed({ namesOf }: Field, text: string): string {
  return namesOf === 'exporter'
    ? `${text} is no address, and no exporter is called so; write an address, a network such as 10.0.0.0/8, or a name that GET /api/exporters lists`
    : `${text} is no number, and no interface is called so; write a number, or a name that GET /api/exporters lists`
}

function within(fields: readonly Field[], meaning: readonly Range[] | string): Filter | Refusal {
  return typeof meaning === 'string' ? refuse(meaning) : anySide(fields, (name) => isIn(name, meaning))
}

function only(value: number | bigint): Range {
  return { low: BigInt(value), high: BigInt(value) }
}

function refuse(message: string, at?: number): Refusal {
  return at === undefined ? { message } : { message, at }
}

function unknownWord(text: string): string {
  if (/^([kmgtp]?i?b|ms|s|min|h|d)$/i.test(text))
    return `${text} stands alone; write a unit next to its number, as in bytes > 1MB`
  if (/^[\d.]+[/.-]|^[\da-f:]*:[\da-f:./]*$/i.test(text))
    return `${text} is no address; write an address, a network such as 10.0.0.0/8, 10.1.* or 10.0.0.1-10.0.0.9`
  const like = nearest(text, allNames())
  return `${JSON.stringify(text)} is neither an address, a port, a protocol nor a service; ${like ? `did you mean the field, ${findField(like)?.name}:VALUE?` : 'write FIELD:VALUE, and a text with spaces in quotes'}`
}

const allNames = fromFields(() => FIELDS.flatMap((each) => [each.name, ...(each.aliases ?? [])]))
