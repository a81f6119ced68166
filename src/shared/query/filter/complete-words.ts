/** What can be offered at a place in a filter without asking the flows: fields, operators, words and listed values. */
import { FIELDS, fromFields, type Field } from '../../schema/fields.ts'
import { protocolKeyword } from '../../schema/protocols.ts'
import { areComparable } from './compare.ts'
import type { FilterContext } from './complete.ts'
import { isNumeric, type JsonValue } from '../../schema/kinds.ts'
import { printTest } from './print.ts'

export type OfferKind = 'field' | 'operator' | 'value' | 'word' | 'filter'

/** Something to put in place of what stands at the cursor. */
export interface Offer {
  /** What is put there. */
  readonly text: string
  /** What it is called in a list. */
  readonly label: string
  readonly kind: OfferKind
  /** Beside the label; '' where there is nothing to say. */
  readonly detail: string
  /** More, in a sentence. */
  readonly info?: string
}

/** A value as it is written behind a field and its operator: `tcp`, `10.0.0.1`, `"mail server"`. */
export function written(field: Field, value: NonNullable<JsonValue>): string {
  return printTest(field.name, value).slice(field.name.length + 1)
}

/** Offers at a place, the most fitting first; at most so many. `filters`: the names of those that are kept. */
export function offersAt(context: FilterContext, limit: number, filters: readonly string[] = []): Offer[] {
  const { place, typed } = context
  switch (place.kind) {
    case 'test':
      return [...named(typed, filters), ...words(typed, place.follows), ...fields(typed, opening)].slice(0, limit)
    case 'name':
      return fields(typed, ({ name }) => name).slice(0, limit)
    case 'operator':
      return operators(place.field, place.negated)
        .filter(({ label }) => label.startsWith(typed.toLowerCase()))
        .slice(0, limit)
    case 'value':
      return [...listed(place.field, place.operator), ...others(place.field, place.operator, typed)]
        .filter(({ label }) => label.toLowerCase().startsWith(typed.toLowerCase()))
        .map((offer) => (place.list === 'opens' ? { ...offer, text: `(${offer.text})` } : offer))
        .slice(0, limit)
  }
}

/** What stands after a field's name when it has just been chosen: sizes and times are compared. */
function opening({ name, role }: Field): string {
  return role === 'dimension' ? `${name}:` : `${name} > `
}

/** A field by any of its names, best fit first: the name, an alias, a part of the name, the label, anything. */
function fields(typed: string, textOf: (field: Field) => string): Offer[] {
  const wanted = typed.toLowerCase()
  return inOrder()
    .flatMap((field) => {
      const fit = fitOf(field, wanted)
      return fit ? [{ field, ...fit }] : []
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ field, alias }) => ({
      text: textOf(field),
      label: field.name,
      kind: 'field',
      detail: alias === null ? field.label : `${field.label}, also called ${alias}`,
      info: `${field.description} ${KIND_WORDS[field.kind]}${field.unit ? `, in ${field.unit}` : ''}.`,
    }))
}

/** What people filter by first: what flows differ in, then how much, then when. */
const inOrder = fromFields(() => {
  const rank = { dimension: 0, measure: 1, time: 2 } as const
  return FIELDS.toSorted((a, b) => rank[a.role] - rank[b.role] || Number(!a.either) - Number(!b.either))
})

function fitOf(field: Field, wanted: string): { readonly rank: number; readonly alias: string | null } | null {
  const name = field.name.toLowerCase()
  if (name === wanted) return { rank: 0, alias: null }
  if (name.startsWith(wanted)) return { rank: 1, alias: null }
  const alias = field.aliases?.find((each) => each.toLowerCase().startsWith(wanted)) ?? null
  if (alias !== null) return { rank: alias.length === wanted.length ? 0 : 2, alias }
  if (name.split('.').some((part) => part.startsWith(wanted))) return { rank: 3, alias: null }
  const label = field.label.toLowerCase()
  if (label.split(/[ ,]+/).some((part) => part.startsWith(wanted))) return { rank: 4, alias: null }
  return wanted.length > 2 && (name.includes(wanted) || label.includes(wanted)) ? { rank: 5, alias: null } : null
}

const KIND_WORDS: Readonly<Record<Field['kind'], string>> = {
  time: 'A time',
  u8: 'A number',
  u16: 'A number',
  u32: 'A number',
  u64: 'A number',
  ip: 'An address',
  mac: 'A MAC address',
  code: 'One of a list of words',
  keyword: 'A text',
  service: 'The name of a registered service',
}

/** Named filters, once their @ is written. */
function named(typed: string, filters: readonly string[]): Offer[] {
  const wanted = typed.slice(1).toLowerCase()
  return typed.startsWith('@')
    ? filters
        .filter((name) => name.startsWith(wanted))
        .map((name) => ({ text: `@${name} `, label: `@${name}`, kind: 'filter', detail: 'a named filter' }))
    : []
}

function words(typed: string, follows: boolean): Offer[] {
  const all = follows ? WORDS : WORDS.filter(({ label }) => label === 'not')
  // Between tests words come first; where one begins, fields do, until the word is meant.
  return all.filter(({ label }) => (follows || typed !== '') && label.startsWith(typed.toLowerCase()))
}

const WORDS: readonly Offer[] = [
  { text: 'and ', label: 'and', kind: 'word', detail: 'both hold' },
  { text: 'or ', label: 'or', kind: 'word', detail: 'at least one of them holds' },
  { text: 'not ', label: 'not', kind: 'word', detail: 'what follows does not hold' },
]

function operators(field: Field, negated: boolean): Offer[] {
  const list = [
    { text: negated ? 'in (' : ' in (', label: 'in', detail: 'is one of a list' },
    { text: ' not in (', label: 'not in', detail: 'is none of a list' },
  ]
  const equal = [
    { text: ':', label: ':', detail: 'is' },
    { text: ' != ', label: '!=', detail: 'is not' },
  ]
  const order = [
    { text: ' > ', label: '>', detail: 'is greater than' },
    { text: ' >= ', label: '>=', detail: 'is at least' },
    { text: ' < ', label: '<', detail: 'is less than' },
    { text: ' <= ', label: '<=', detail: 'is at most' },
  ]
  const ordered = field.kind === 'ip' || isNumeric(field.kind)
  const fitting = negated
    ? list.slice(0, 1)
    : field.role === 'dimension'
      ? [...equal, ...list, ...(ordered ? order : [])]
      : [...order, ...equal, ...list]
  return fitting.map((operator) => ({ ...operator, kind: 'operator' }))
}

/** Values that are known without a look at the flows. */
function listed(field: Field, operator: string): Offer[] {
  if (/[<>]/.test(operator)) return examples(field)
  const known = field.codes ?? field.flags ?? (field.name === 'proto' ? protocolNames : [])
  const detail = field.flags ? 'is set' : ''
  const values = known.map((word): Offer => ({ text: written(field, word), label: word, kind: 'value', detail }))
  const any: Offer = {
    text: '*',
    label: '*',
    kind: 'value',
    detail: 'any value',
    info: `Flows that have a value in ${field.name}.`,
  }
  return [...values, ...examples(field), any]
}

/** Fields that this one may be compared with, once one begins. */
function others(field: Field, operator: string, typed: string): Offer[] {
  if (typed === '' || operator === ':' || operator === 'in') return []
  return FIELDS.filter((other) => other !== field && areComparable(field, other)).map((other) => ({
    text: other.name,
    label: other.name,
    kind: 'field',
    detail: other.label,
  }))
}

const protocolNames = Array.from({ length: 256 }, (_, number) => protocolKeyword(number)).filter(
  (name) => name !== null,
)

/** Of fields whose single values say little. */
function examples({ kind, role, unit }: Field): Offer[] {
  const some =
    kind === 'time' ? TIMES : role !== 'measure' ? [] : unit === 'B' ? SIZES : unit === 'ms' ? DURATIONS : COUNTS
  return some.map(([text, detail]) => ({ text, label: text, kind: 'value', detail }))
}

const TIMES = [
  ['now-5m', 'five minutes ago'],
  ['now-1h', 'an hour ago'],
  ['now-24h', 'a day ago'],
  ['now/d', 'the start of today, UTC'],
] as const
const SIZES = [
  ['1KB', '1 000 bytes'],
  ['1MB', '1 000 000 bytes'],
  ['1GB', '1 000 000 000 bytes'],
  ['1KiB', '1 024 bytes'],
] as const
const DURATIONS = [
  ['100ms', 'a tenth of a second'],
  ['1s', 'a second'],
  ['1m', 'a minute'],
  ['1h', 'an hour'],
] as const
const COUNTS = [
  ['1', 'one'],
  ['1K', 'a thousand'],
  ['1M', 'a million'],
] as const
