/**
 * What may stand at the cursor in a filter that is being typed. The grammar's own parser says so: with one more letter at
 * the cursor there is always a word to ask it about, and its recovery copes with whatever is unfinished around.
 */
import type { SyntaxNode } from '@lezer/common'
import { findField, type Field } from '../../schema/fields.ts'
import { sideWord } from './sides.ts'
import { parser } from './parser.generated.ts'
import {
  And,
  Bare,
  FieldName,
  Group,
  InWord,
  Not,
  Operator,
  Or,
  String as StringTerm,
  Test,
  Value,
} from './parser.terms.generated.ts'

export interface FilterContext {
  /** What a choice takes the place of, quotes included; UTF-16 offsets. */
  readonly from: number
  readonly to: number
  /** What of it stands before the cursor, without quotes. */
  readonly typed: string
  readonly place: Place
  /** The parts of the filter that hold whatever is written at the cursor: what it is joined to with `and`. */
  readonly rest: readonly string[]
}

export type Place =
  /** The beginning of a test: a field, a value on its own, `not`; and where a test stands before, `and` and `or`. */
  | { readonly kind: 'test'; readonly follows: boolean }
  /** A field's name that has its operator already. */
  | { readonly kind: 'name' }
  /** Between a field and what it is tested for; after `not`, only `in` fits. */
  | { readonly kind: 'operator'; readonly field: Field; readonly negated: boolean }
  /** A value; in a list, beside others; after a lone `in`, with the parenthesis that is missing. */
  | {
      readonly kind: 'value'
      readonly field: Field
      readonly operator: string
      readonly list: 'no' | 'inside' | 'opens'
    }

/** Which values of which field fit at a place. */
export interface WantedValues {
  readonly field: Field
  /** What they begin with. */
  readonly typed: string
  /** Stands before each of them where the field is not written yet: `service:`. */
  readonly prefix: string
}

/** Letters of a filter up to which it is completed: longer ones take longer to parse than somebody waits between keys. */
export const COMPLETED_LETTERS = 8192

/** Fits into a word wherever it is put in, a name or an address, and makes no `and`, `or`, `not` or `in` of it. */
const LETTER = 'e'

/** Null where nothing can be offered. At most a few milliseconds, whatever the text. */
export function contextAt(text: string, cursor: number): FilterContext | null {
  if (text.length > COMPLETED_LETTERS || cursor < 0 || cursor > text.length) return null
  const quote = openQuote(text, cursor)
  const added = LETTER + (quote?.closes === false ? quote.sign : '')
  const typed = text.slice(0, cursor) + added + text.slice(cursor)
  const word = parser.parse(typed).resolveInner(cursor + 1, -1)
  if (word.from > cursor || word.to <= cursor) return null
  const end = word.to - added.length
  const inQuotes = word.type.id === StringTerm
  const range = {
    from: word.from,
    to: Math.max(cursor, end),
    typed: inQuotes ? text.slice(word.from + 1, cursor).replace(/\\(.)/gs, '$1') : text.slice(word.from, cursor),
  }
  const clause = clauseOf(word)
  if (!clause) return null
  const rest = restOf(clause, typed)
  switch (word.type.id) {
    case FieldName:
      return { ...range, place: { kind: 'name' }, rest }
    case Value:
    case StringTerm:
      return clause.type.id === Test ? inTest(range, clause, word, typed, rest) : onItsOwn(range, clause, typed, rest)
    default:
      return null
  }
}

/** Null where no values fit, or where single ones say little, as of sizes and times. */
export function valuesAt({ place, typed }: FilterContext): WantedValues | null {
  if (place.kind === 'test') {
    const name = fieldOfBare(typed)
    const field = name === null ? undefined : findField(name)
    return field ? { field, typed, prefix: `${field.name}:` } : null
  }
  if (place.kind !== 'value' || place.field.kind === 'time' || place.field.role === 'measure') return null
  return { field: place.field, typed, prefix: '' }
}

/** What a value without a field would be of, as the language reads it: from the second letter on. */
function fieldOfBare(typed: string): 'ip' | 'port' | 'service' | null {
  if (/^\d{2,5}$/.test(typed)) return 'port'
  if (/^(\d{1,3}\.[\d.]*|[\da-f]{1,4}:[\da-f:]*)$/i.test(typed)) return 'ip'
  return /^[a-z][\w-]+$/i.test(typed) ? 'service' : null
}

type Range = Pick<FilterContext, 'from' | 'to' | 'typed'>

function inTest(
  range: Range,
  test: SyntaxNode,
  word: SyntaxNode,
  text: string,
  rest: readonly string[],
): FilterContext | null {
  const field = fieldNamed(test, text, range.typed)
  if (!field) return null
  const operator = test.getChild(Operator)
  const list = word.parent === test ? 'no' : 'inside'
  const sign = operator ? text.slice(operator.from, operator.to) : 'in'
  return { ...range, place: { kind: 'value', field, operator: sign, list }, rest }
}

/** A word without a field: the beginning of a test, or what the word before it lacks to be one. */
function onItsOwn(range: Range, bare: SyntaxNode, text: string, rest: readonly string[]): FilterContext | null {
  const negated = bare.parent?.type.id === Not
  let before = (negated ? bare.parent : bare)?.prevSibling ?? null
  while (before?.type.isError) before = before.prevSibling
  const lone = before?.type.id === Bare ? findField(text.slice(before.from, before.to)) : undefined
  if (before && lone) {
    const from = negated ? range.from : before.to
    const typed = text.slice(from, range.from).trimStart() + range.typed
    return { from, to: range.to, typed, place: { kind: 'operator', field: lone, negated }, rest: [] }
  }
  if (before?.type.id === Test && before.lastChild?.type.isError && before.getChild(InWord)) {
    const field = fieldNamed(before, text, range.typed)
    const others = restOf(before, text).filter((part) => part !== text.slice(bare.from, bare.to))
    return field ? { ...range, place: { kind: 'value', field, operator: 'in', list: 'opens' }, rest: others } : null
  }
  const follows = !negated && before !== null && EXPRESSIONS.has(before.type.id)
  // Right behind a parenthesis or a quote a word would stick to it.
  if (follows && before?.to === range.from) return null
  return { ...range, place: { kind: 'test', follows }, rest }
}

/** The field of a test; for a word that says a side, that side's address or port, as what is typed of it looks like. */
function fieldNamed(test: SyntaxNode, text: string, typed: string): Field | undefined {
  const place = test.getChild(FieldName)
  const name = place ? text.slice(place.from, place.to) : ''
  const side = sideWord(name)
  return findField(side ? `${side}.${fieldOfBare(typed) === 'port' ? 'port' : 'ip'}` : name)
}

const EXPRESSIONS: ReadonlySet<number> = new Set([And, Bare, Group, Not, Or, Test])

/** The test, or the value on its own, that a word belongs to. */
function clauseOf(word: SyntaxNode): SyntaxNode | null {
  for (let node = word.parent; node; node = node.parent) {
    if (node.type.id === Test || node.type.id === Bare) return node
  }
  return null
}

function restOf(clause: SyntaxNode, text: string): string[] {
  const rest: string[] = []
  for (let node = clause; node.parent; node = node.parent) {
    if (node.parent.type.id !== And) continue
    for (let part = node.parent.firstChild; part; part = part.nextSibling) {
      if (part.from !== node.from && EXPRESSIONS.has(part.type.id)) rest.push(text.slice(part.from, part.to))
    }
  }
  return rest
}

/** The quote that the cursor stands within, and whether it is closed behind it. */
function openQuote(text: string, cursor: number): { readonly sign: string; readonly closes: boolean } | null {
  let sign: string | null = null
  for (let i = 0; i < text.length; i++) {
    if (i === cursor && sign === null) return null
    const letter = text[i] as string
    if (sign !== null && letter === '\\') i++
    else if (sign === letter) {
      if (i >= cursor) return { sign, closes: true }
      sign = null
    } else if (sign === null && (letter === '"' || letter === "'")) sign = letter
  }
  return sign === null ? null : { sign, closes: false }
}
