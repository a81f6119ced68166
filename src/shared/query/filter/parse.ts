/** Filter text → what it means, or what is wrong with it. Never throws; the time it takes grows with the length only. */
import type { TreeCursor } from '@lezer/common'
import { nearest } from '../../nearest.ts'
import { findField, type Field } from '../../schema/fields.ts'
import type { Filter, FilterProblem, Pattern } from './ast.ts'
import { and, not, or, sizeOf } from './combine.ts'
import {
  Allowance,
  bareMeaning,
  LONGEST,
  looksLikeMore,
  meaningOf,
  sidedMeaning,
  unknownField,
  type Reading,
  type Refusal,
  type Sign,
  type Word,
} from './meaning.ts'
import type { Names } from './names.ts'
import {
  And,
  AndWord,
  Bare,
  Group,
  InWord,
  Not,
  NotWord,
  Operator,
  Or,
  Regex,
  String as StringTerm,
  Test,
  Value,
  ValueAnd,
  ValueGroup,
  ValueNot,
  ValueOr,
} from './parser.terms.generated.ts'
import { sideWord } from './sides.ts'
import { parseTree } from './syntax.ts'

export interface ParsedFilter {
  /** Null where the text says nothing, or has problems. */
  readonly filter: Filter | null
  readonly problems: readonly FilterProblem[]
}

/** `nowMs` is what `now` means in the text; `name` the name that it is kept under, if any. */
export function parseFilter(text: string, names: Names, nowMs: number, name?: string): ParsedFilter {
  const { filter, problems } = read(text, {
    around: { names, nowMs, allowance: new Allowance() },
    named: new Map(),
    total: { size: 0, letters: text.length },
    within: name === undefined ? [] : [name],
  })
  return { filter, problems }
}

/** Problems that are told of at once. */
const PROBLEMS = 20
/** Tests and their values that named filters may stand for, however often they are named. */
const NAMED_SIZE = 20_000
/** Letters of a text and of the named filters in it, each read once. */
const LETTERS = 49_152
/** Named filters within each other. */
const NAMED_DEPTH = 16
/** Stands where a problem was found; never leaves the reader. */
const NOTHING: Filter = { op: 'or', of: [] }

/** What a text and the named filters in it have in common. */
interface Whole {
  readonly around: Reading
  /** Named filters that were read before. */
  readonly named: Map<string, { readonly meaning: Filter | Refusal; readonly height: number }>
  readonly total: { size: number; letters: number }
  /** Names of the filters that this one stands in, the outermost first. */
  readonly within: readonly string[]
}

function read(text: string, whole: Whole): ParsedFilter & { readonly height: number } {
  const tree = parseTree(text)
  if ('message' in tree) return { filter: null, problems: [tree], height: 0 }
  const reader = new Reader(text, whole)
  const filter = reader.read(tree.cursor())
  const { problems, height } = reader
  return problems.length > 0 ? { filter: null, problems, height } : { filter, problems: [], height }
}

/** A field, or a side of whatever field the value is of; null where it is unknown, which was told of. */
type Subject = Field | NonNullable<ReturnType<typeof sideWord>> | null

class Reader {
  readonly problems: FilterProblem[] = []
  /** How many named filters stand within each other. */
  height = 0
  private readonly known = new Map<string, Filter>()
  private readonly text: string
  private readonly whole: Whole

  constructor(text: string, whole: Whole) {
    this.text = text
    this.whole = whole
  }

  read(cursor: TreeCursor): Filter | null {
    return cursor.firstChild() ? this.expression(cursor) : null
  }

  private expression(cursor: TreeCursor): Filter {
    switch (cursor.type.id) {
      case Or:
        return or(this.parts(cursor, EXPRESSIONS, () => this.expression(cursor)))
      case And:
        return this.conjunction(cursor)
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
        return this.parts(cursor, VALUES, () => this.bare(cursor))[0] ?? NOTHING
    }
  }

  /** Tests side by side, with or without `and` between them. */
  private conjunction(cursor: TreeCursor): Filter {
    const of: Filter[] = []
    let before: { readonly field: Field; readonly value: string; readonly text: string } | null = null
    let isJoined = true
    cursor.firstChild()
    do {
      if (cursor.type.id === AndWord) {
        isJoined = true
        continue
      }
      const next = this.slice(cursor)
      if (
        before &&
        !isJoined &&
        cursor.type.id === Bare &&
        looksLikeMore(before.field, before.value, next, this.whole.around)
      ) {
        const { field, value, text } = before
        of.push(
          this.problem(cursor.from, cursor.to, {
            message: `${text} ${next} could mean either or both; write ${field.name}:(${value} or ${next}) or ${field.name}:(${value} and ${next})`,
          }),
        )
      } else of.push(this.expression(cursor))
      before = cursor.type.id === Test ? this.equality(cursor) : null
      isJoined = false
    } while (cursor.nextSibling())
    cursor.parent()
    return and(of)
  }

  /** Of `field:value` its parts; null for other tests. */
  private equality(
    cursor: TreeCursor,
  ): { readonly field: Field; readonly value: string; readonly text: string } | null {
    const text = this.slice(cursor)
    const { node } = cursor
    const field = findField(this.text.slice(node.firstChild?.from, node.firstChild?.to))
    const value = node.lastChild
    const sign = value?.prevSibling
    return field && value?.type.id === Value && sign && /^[:=]+$/.test(this.text.slice(sign.from, sign.to))
      ? { field, value: this.text.slice(value.from, value.to), text }
      : null
  }

  /** `field operator value`, `field [not] in (values)`. */
  private test(cursor: TreeCursor): Filter {
    cursor.firstChild()
    const name = this.slice(cursor)
    const subject: Subject = findField(name) ?? sideWord(name) ?? null
    if (!subject && this.problems.length < PROBLEMS) {
      if (name.length > LONGEST) this.tooLong(cursor.from, cursor.to)
      else this.problem(cursor.from, cursor.to, { message: unknownField(name) })
    }
    let isNot = false
    let sign: Sign = ':'
    while (
      cursor.nextSibling() &&
      (cursor.type.id === Operator || cursor.type.id === NotWord || cursor.type.id === InWord)
    ) {
      if (cursor.type.id === InWord) continue
      const written = this.slice(cursor)
      isNot ||= cursor.type.id === NotWord || written === '!='
      if (/[<>]/.test(written)) sign = written.replace(':', '') as Sign
      else if (written.includes('=')) sign = '='
    }
    const filter = this.values(cursor, subject, sign)
    cursor.parent()
    return isNot ? not(filter) : filter
  }

  /** A value, or values with `and`, `or`, `not` between them, for one field. */
  private values(cursor: TreeCursor, subject: Subject, sign: Sign): Filter {
    if (!subject) return NOTHING
    const inner = () => this.values(cursor, subject, sign)
    switch (cursor.type.id) {
      case ValueOr:
        return or(this.parts(cursor, VALUES, inner))
      case ValueAnd:
        return and(this.parts(cursor, VALUES, inner))
      case ValueNot:
        return negated(this.count(cursor, NotWord), this.parts(cursor, VALUES, inner))
      case ValueGroup:
        return this.parts(cursor, VALUES, inner)[0] ?? NOTHING
      default: {
        const of = typeof subject === 'string' ? subject : subject.name
        return this.remembered(`${of} ${sign} `, cursor, (word) =>
          typeof subject === 'string'
            ? sidedMeaning(subject, sign, word, this.whole.around)
            : meaningOf(subject, sign, word, this.whole.around),
        )
      }
    }
  }

  private bare(cursor: TreeCursor): Filter {
    return this.remembered('', cursor, (word) =>
      word.is === 'plain' && word.text.startsWith('@') && !findField(word.text)
        ? this.named(word.text.slice(1).toLowerCase())
        : bareMeaning(word, this.whole.around),
    )
  }

  /** The filter that is kept under a name. */
  private named(name: string): Filter | Refusal {
    const { around, named, total, within } = this.whole
    const { filters } = around.names
    if (filters === null) return { message: `named filters are not known here; write what @${name} stands for` }
    const chain = [...within, name]
    if (within.includes(name))
      return {
        message: `@${name} is made of itself: ${chain.map((each) => `@${each}`).join(' → ')}; take one of them out`,
      }
    const text = filters.get(name)
    if (text === undefined) {
      const like = nearest(name, [...filters.keys()])
      return {
        message: `no filter is kept as @${name}; ${like ? `did you mean @${like}?` : 'GET /api/filters lists them'}`,
      }
    }
    let known = named.get(name)
    if (!known && chain.length <= NAMED_DEPTH) {
      total.letters += text.length
      if (total.letters > LETTERS)
        return { message: `@${name}: the filter and the named filters in it have more than ${LETTERS} letters` }
      const { filter, problems, height } = read(text, { ...this.whole, within: chain })
      const meaning = problems[0] ? { message: `@${name}: ${problems[0].message}` } : filter
      known = { meaning: meaning ?? { op: 'and', of: [] }, height: height + 1 }
      named.set(name, known)
    }
    if (!known || known.height > NAMED_DEPTH)
      return { message: `@${name}: named filters stand more than ${NAMED_DEPTH} deep within each other` }
    this.height = Math.max(this.height, known.height)
    const filter = known.meaning
    if ('message' in filter) return filter
    total.size += sizeOf(filter)
    return total.size <= NAMED_SIZE
      ? filter
      : { message: `@${name}: the named filters stand for more than ${NAMED_SIZE} tests and values` }
  }

  /** The same words mean the same, however often they stand there. */
  private remembered(before: string, cursor: TreeCursor, meaning: (word: Word) => Filter | Refusal): Filter {
    const { from, to } = cursor
    const key = before + this.slice(cursor)
    const known = this.known.get(key)
    if (known) return known
    if (this.problems.length >= PROBLEMS) return NOTHING
    const word = this.word(cursor)
    if (word.text.length > LONGEST) return this.tooLong(from, to)
    const found = meaning(word)
    if ('message' in found) return this.problem(from, to, found)
    this.known.set(key, found)
    return found
  }

  private tooLong(from: number, to: number): Filter {
    return this.problem(from, to, {
      message: `no value is ${to - from} letters long; the longest may have ${LONGEST}`,
    })
  }

  private problem(from: number, to: number, { message, at }: Refusal): Filter {
    this.problems.push(
      at === undefined
        ? { from, to, message }
        : { from: Math.min(from + at, to), to: Math.min(from + at + 1, to), message },
    )
    return NOTHING
  }

  /** What `read` makes of each child of those types. */
  private parts(cursor: TreeCursor, types: ReadonlySet<number>, each: () => Filter): Filter[] {
    const out: Filter[] = []
    if (!cursor.firstChild()) return out
    do if (types.has(cursor.type.id)) out.push(each())
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

  private word(cursor: TreeCursor): Word {
    const text = this.slice(cursor)
    if (cursor.type.id === Regex) return { is: 'regex', text: text.slice(1, -1), pieces: [text] }
    const pieces = cursor.type.id === StringTerm ? quotedPieces(text) : (text.split(/\*+/) as [string, ...string[]])
    return { is: cursor.type.id === StringTerm ? 'quoted' : 'plain', text: pieces.join('*'), pieces }
  }
}

const EXPRESSIONS: ReadonlySet<number> = new Set([Or, And, Not, Group, Test, Bare])
const VALUES: ReadonlySet<number> = new Set([ValueOr, ValueAnd, ValueNot, ValueGroup, Value, StringTerm, Regex])

/** What stands between the *, without quotes; several * mean the same as one. Within quotes \* is no wildcard. */
function quotedPieces(text: string): Pattern {
  const pieces: [string, ...string[]] = ['']
  for (const [token] of text.slice(1, -1).matchAll(/\\.|\*+|[^\\*]+/gs)) {
    if (token.startsWith('*')) pieces.push('')
    else pieces[pieces.length - 1] += token.startsWith('\\') ? token.slice(1) : token
  }
  return pieces
}

function negated(times: number, of: readonly Filter[]): Filter {
  const filter = of[0] ?? NOTHING
  return times % 2 === 1 ? not(filter) : filter
}
