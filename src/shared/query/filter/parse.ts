/** Filter text → what it means, or what is wrong with it. Never throws; the time it takes grows with the length only. */
import type { TreeCursor } from '@lezer/common'
import { nearest } from '../../nearest.ts'
import { FIELDS, field as fieldOf, findField, fromFields, type Field } from '../../schema/fields.ts'
import { protocolNumber } from '../../schema/protocols.ts'
import type { Filter, FilterProblem, Pattern } from './ast.ts'
import { and, isIn, isLike, not, or } from './combine.ts'
import type { Names } from './names.ts'
import {
  And,
  Bare,
  Group,
  InWord,
  Not,
  NotWord,
  Operator,
  Or,
  String as StringTerm,
  Test,
  Value,
  ValueAnd,
  ValueGroup,
  ValueNot,
  ValueOr,
} from './parser.terms.generated.ts'
import { parseTree } from './syntax.ts'
import {
  addressRanges,
  comparedRanges,
  macRanges,
  rangesOf,
  type Comparison,
  type Meaning,
  type Surroundings,
} from './values.ts'

export interface ParsedFilter {
  /** Null where the text says nothing, or has problems. */
  readonly filter: Filter | null
  readonly problems: readonly FilterProblem[]
}

/** `nowMs` is what `now` means in the text. */
export function parseFilter(text: string, names: Names, nowMs: number): ParsedFilter {
  const tree = parseTree(text)
  if ('message' in tree) return { filter: null, problems: [tree] }
  const reader = new Reader(text, { names, nowMs })
  const filter = reader.read(tree.cursor())
  return reader.problems.length > 0 ? { filter: null, problems: reader.problems } : { filter, problems: [] }
}

/** Problems that are told of at once. */
const PROBLEMS = 20
/** Letters of a value. */
const LONGEST = 256
/** Wildcards over the names of services, each of which looks at all of them. */
const WILDCARDS = 32
/** Stands where a problem was found; never leaves the reader. */
const NOTHING: Filter = { op: 'or', of: [] }

class Reader {
  readonly problems: FilterProblem[] = []
  private wildcards = 0
  private readonly known = new Map<string, Filter>()
  private readonly text: string
  private readonly around: Surroundings

  constructor(text: string, around: Surroundings) {
    this.text = text
    this.around = around
  }

  read(cursor: TreeCursor): Filter | null {
    return cursor.firstChild() ? this.expression(cursor) : null
  }

  private expression(cursor: TreeCursor): Filter {
    switch (cursor.type.id) {
      case Or:
        return or(this.parts(cursor, EXPRESSIONS, () => this.expression(cursor)))
      case And:
        return and(this.parts(cursor, EXPRESSIONS, () => this.expression(cursor)))
      case Not:
        return negated(
          this.count(cursor, NotWord),
          this.parts(cursor, EXPRESSIONS, () => this.expression(cursor)),
        )
      case Group:
        return this.parts(cursor, EXPRESSIONS, () => this.expression(cursor))[0] ?? NOTHING
      case Test:
        return this.test(cursor)
      default:
        return (
          this.parts(cursor, VALUES, () =>
            this.remembered(this.slice(cursor), () => this.bare(this.pieces(cursor), cursor.from, cursor.to)),
          )[0] ?? NOTHING
        )
    }
  }

  /** `field operator value`, `field [not] in (values)`. */
  private test(cursor: TreeCursor): Filter {
    cursor.firstChild()
    const name = this.slice(cursor)
    const field = findField(name)
    if (!field && this.problems.length < PROBLEMS) {
      if (name.length > LONGEST) this.tooLong(cursor.from, cursor.to)
      else this.problem(cursor.from, cursor.to, unknownField(name))
    }
    let isNot = false
    let comparison: Comparison | null = null
    while (
      cursor.nextSibling() &&
      (cursor.type.id === Operator || cursor.type.id === NotWord || cursor.type.id === InWord)
    ) {
      if (cursor.type.id === InWord) continue
      const sign = this.slice(cursor)
      isNot ||= cursor.type.id === NotWord || sign === '!='
      if (/[<>]/.test(sign)) comparison = sign.replace(':', '') as Comparison
    }
    const filter = field ? this.values(cursor, field, comparison) : NOTHING
    cursor.parent()
    return isNot ? not(filter) : filter
  }

  /** A value, or values with `and`, `or`, `not` between them, for one field. */
  private values(cursor: TreeCursor, field: Field, comparison: Comparison | null): Filter {
    const inner = () => this.values(cursor, field, comparison)
    switch (cursor.type.id) {
      case ValueOr:
        return or(this.parts(cursor, VALUES, inner))
      case ValueAnd:
        return and(this.parts(cursor, VALUES, inner))
      case ValueNot:
        return negated(this.count(cursor, NotWord), this.parts(cursor, VALUES, inner))
      case ValueGroup:
        return this.parts(cursor, VALUES, inner)[0] ?? NOTHING
      default:
        return this.remembered(`${field.name} ${comparison ?? ':'} ${this.slice(cursor)}`, () =>
          this.value(field, comparison, this.pieces(cursor), cursor.from, cursor.to),
        )
    }
  }

  /** The same words mean the same, however often they stand there. */
  private remembered(key: string, read: () => Filter): Filter {
    const known = this.known.get(key)
    if (known) return known
    if (this.problems.length >= PROBLEMS) return NOTHING
    const filter = read()
    if (filter !== NOTHING) this.known.set(key, filter)
    return filter
  }

  private value(field: Field, comparison: Comparison | null, pieces: Pattern, from: number, to: number): Filter {
    const text = pieces.join('*')
    if (text.length > LONGEST) return this.tooLong(from, to)
    const sides = field.either ? field.either.map((name) => fieldOf(name as Field['name'])) : [field]
    if (comparison === null && pieces.length === 2 && text === '*')
      return or(sides.map((side): Filter => ({ op: 'exists', field: side.name })))
    if (field.kind === 'keyword' && comparison === null) return or(sides.map((side) => isLike(side.name, [pieces])))
    if (field.kind === 'service' && this.isOneTooMany(text)) return this.tooManyWildcards(from, to)
    const meaning =
      comparison === null ? rangesOf(field, text, this.around) : comparedRanges(field, comparison, text, this.around)
    return this.within(sides, meaning, from, to)
  }

  /** A value without a field: an address is on either side, a number is a port, a word is a protocol or a service. */
  private bare(pieces: Pattern, from: number, to: number): Filter {
    const text = pieces.join('*')
    if (text.length > LONGEST) return this.tooLong(from, to)
    if (/^\d+(-\d+)?$/.test(text)) return this.value(fieldOf('port'), null, pieces, from, to)
    if (/^AS\d+$/i.test(text)) return this.value(fieldOf('as'), null, pieces, from, to)
    if (text !== '*' && addressRanges(text)) return this.value(fieldOf('ip'), null, pieces, from, to)
    if (macRanges(text)) return this.value(fieldOf('mac'), null, pieces, from, to)
    const field = findField(text)
    if (field) return this.problem(from, to, `${text} is a field; write ${text}:VALUE, or ${text}:* for any value`)
    if (text === '*')
      return this.problem(
        from,
        to,
        '* stands for any value of a field, as in service:*; leave the filter empty for everything',
      )
    if (/^in$/i.test(text))
      return this.problem(from, to, 'in needs a field before it and a list after it, such as port in (80, 443)')
    if (text.startsWith(':')) return this.problem(from, from + 1, ': needs a field before it, such as port:443')
    if (this.isOneTooMany(text)) return this.tooManyWildcards(from, to)
    const protocol = protocolNumber(text)
    const keys = this.around.names.serviceKeys(text)
    const tests = [
      ...(protocol === null ? [] : [isIn('proto', [{ low: BigInt(protocol), high: BigInt(protocol) }])]),
      ...(keys.length > 0
        ? [
            isIn(
              'service',
              keys.map((key) => ({ low: BigInt(key), high: BigInt(key) })),
            ),
          ]
        : []),
    ]
    return tests.length > 0 ? or(tests) : this.problem(from, to, unknownWord(text))
  }

  private within(fields: readonly Field[], meaning: Meaning, from: number, to: number): Filter {
    if (typeof meaning === 'string') return this.problem(from, to, meaning)
    return or(fields.map((each) => isIn(each.name, meaning)))
  }

  private tooLong(from: number, to: number): Filter {
    return this.problem(from, to, `no value is ${to - from} letters long; the longest may have ${LONGEST}`)
  }

  private isOneTooMany(text: string): boolean {
    return text.includes('*') && ++this.wildcards > WILDCARDS
  }

  private tooManyWildcards(from: number, to: number): Filter {
    return this.problem(from, to, `a filter may have ${WILDCARDS} names of services with *; name the others in full`)
  }

  private problem(from: number, to: number, message: string): Filter {
    this.problems.push({ from, to, message })
    return NOTHING
  }

  /** What `read` makes of each child of those types. */
  private parts(cursor: TreeCursor, types: ReadonlySet<number>, read: () => Filter): Filter[] {
    const out: Filter[] = []
    if (!cursor.firstChild()) return out
    do if (types.has(cursor.type.id)) out.push(read())
    while (cursor.nextSibling())
    cursor.parent()
    return out
  }

  private count(cursor: TreeCursor, type: number): number {
    let n = 0
    if (!cursor.firstChild()) return n
    do if (cursor.type.id === type) n++
    while (cursor.nextSibling())
    cursor.parent()
    return n
  }

  private slice(cursor: TreeCursor): string {
    return this.text.slice(cursor.from, cursor.to)
  }

  /** What stands between the *, without quotes; several * mean the same as one. Within quotes \* is no wildcard. */
  private pieces(cursor: TreeCursor): Pattern {
    const text = this.slice(cursor)
    if (cursor.type.id !== StringTerm) return text.split(/\*+/) as [string, ...string[]]
    const pieces: [string, ...string[]] = ['']
    for (const [token] of text.slice(1, -1).matchAll(/\\.|\*+|[^\\*]+/gs)) {
      if (token.startsWith('*')) pieces.push('')
      else pieces[pieces.length - 1] += token.startsWith('\\') ? token.slice(1) : token
    }
    return pieces
  }
}

const EXPRESSIONS: ReadonlySet<number> = new Set([Or, And, Not, Group, Test, Bare])
const VALUES: ReadonlySet<number> = new Set([ValueOr, ValueAnd, ValueNot, ValueGroup, Value, StringTerm])

function negated(times: number, of: readonly Filter[]): Filter {
  const filter = of[0] ?? NOTHING
  return times % 2 === 1 ? not(filter) : filter
}

function unknownField(name: string): string {
  const like = nearest(name, allNames())
  return `unknown field ${JSON.stringify(name)}; ${like ? `did you mean ${findField(like)?.name}?` : 'GET /api/fields lists the fields'}`
}

function unknownWord(text: string): string {
  if (/^([kmgtp]?i?b|ms|s|min|h|d)$/i.test(text))
    return `${text} stands alone; write a unit next to its number, as in bytes > 1MB`
  if (/^[\d.]+[/.-]|^[\da-f:]*:[\da-f:./]*$/i.test(text))
    return `${text} is no address; write an address, a network such as 10.0.0.0/8, 10.1.* or 10.0.0.1-10.0.0.9`
  const like = nearest(text, allNames())
  return `${JSON.stringify(text)} is neither an address, a port, a protocol nor a service; ${like ? `did you mean the field, ${findField(like)?.name}:VALUE?` : 'write FIELD:VALUE'}`
}

const allNames = fromFields(() => FIELDS.flatMap((each) => [each.name, ...(each.aliases ?? [])]))
