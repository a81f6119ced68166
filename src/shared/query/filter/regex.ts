/**
 * Regular expressions of the filter language: what RE2, which the database searches with, and people's habits have in
 * common. Whatever is read here means the same there; nothing takes more time than length of expression × length of text.
 *
 *     alternatives = sequence { "|" sequence }
 *     sequence     = { atom [ "*" | "+" | "?" | "{" n [ "," [ m ] ] "}" ] [ "?" ] }
 *     atom         = "." | "^" | "$" | "(" [ "?:" ] alternatives ")" | "[" [ "^" ] { item } "]" | escape | letter
 *     item         = class | letter [ "-" letter ]
 *     escape       = class | "\b" | letter
 *     class        = "\d" | "\D" | "\w" | "\W" | "\s" | "\S"
 *     letter       = any but those that mean something | "\" any of them | "\t" | "\n" | "\r" | "\x" hex hex
 */

export type Regex =
  | { readonly is: 'letter'; readonly set: Letters }
  | { readonly is: 'place'; readonly what: 'start' | 'end' | 'boundary' }
  | { readonly is: 'sequence' | 'either'; readonly of: readonly Regex[] }
  /** `most` is null where there is no end to it. */
  | { readonly is: 'repeat'; readonly of: Regex; readonly least: number; readonly most: number | null }

/** Code points, both ends included; `not`: all others. */
export interface Letters {
  readonly ranges: readonly (readonly [number, number])[]
  readonly not: boolean
}

export interface RegexProblem {
  /** Where in the expression, as UTF-16 offset. */
  readonly at: number
  /** What is wrong and what to write. */
  readonly message: string
}

/** Letters, with all repetitions written out. */
const LARGEST = 1000
const MOST_TIMES = 100

/** What stands between the slashes. */
export function readRegex(expression: string): Regex | RegexProblem {
  const reader = new Reader(expression)
  try {
    const regex = reader.alternatives()
    if (reader.at < expression.length) return { at: reader.at, message: ') closes nothing; write \\) for the letter' }
    return sizeOf(regex) <= LARGEST
      ? regex
      : { at: 0, message: `the expression stands for more than ${LARGEST} letters; repeat less` }
  } catch (error) {
    if (error instanceof Refused) return { at: error.at, message: error.message }
    throw error
  }
}

class Refused extends Error {
  readonly at: number

  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

class Reader {
  at = 0
  private readonly text: string

  constructor(text: string) {
    this.text = text
  }

  alternatives(): Regex {
    const of = [this.sequence()]
    while (this.take('|')) of.push(this.sequence())
    return of.length === 1 ? (of[0] as Regex) : { is: 'either', of }
  }

  private sequence(): Regex {
    const of: Regex[] = []
    while (this.at < this.text.length && !this.sees('|') && !this.sees(')')) of.push(this.repeated())
    return of.length === 1 ? (of[0] as Regex) : { is: 'sequence', of }
  }

  private repeated(): Regex {
    const start = this.at
    const of = this.atom()
    const times = this.times()
    if (!times) return of
    if (of.is === 'place')
      throw new Refused(start, 'a place in the text cannot be repeated; remove what stands behind it')
    this.take('?')
    const behind = this.at
    if (this.times()) throw new Refused(behind, 'this repeats a repetition; put the first into parentheses')
    return { is: 'repeat', of, ...times }
  }

  private times(): { readonly least: number; readonly most: number | null } | null {
    if (this.take('*')) return { least: 0, most: null }
    if (this.take('+')) return { least: 1, most: null }
    if (this.take('?')) return { least: 0, most: 1 }
    if (!this.sees('{')) return null
    const [all, from = '', comma, to = ''] = /^\{(\d{1,4})(,(\d{1,4})?)?\}/.exec(this.text.slice(this.at)) ?? []
    if (all === undefined)
      throw new Refused(this.at, '{ is not followed by a count such as {2} or {1,3}; write \\{ for the letter')
    const least = Number(from)
    const most = comma === undefined ? least : to === '' ? null : Number(to)
    if (Math.max(least, most ?? 0) > MOST_TIMES)
      throw new Refused(this.at, `${all} repeats more than ${MOST_TIMES} times`)
    if (most !== null && most < least) throw new Refused(this.at, `${all} is empty; the smaller count comes first`)
    this.at += all.length
    return { least, most }
  }

  private atom(): Regex {
    const at = this.at
    if (this.take('.')) return { is: 'letter', set: { ranges: [], not: true } }
    if (this.take('^')) return { is: 'place', what: 'start' }
    if (this.take('$')) return { is: 'place', what: 'end' }
    if (this.take('(')) {
      if (this.sees('?') && !this.sees('?:'))
        throw new Refused(at, '(? is not known here but as (?:…); a filter joins tests with and, or and not instead')
      this.take('?:')
      const inner = this.alternatives()
      if (!this.take(')')) throw new Refused(at, '( is not closed; add ), or write \\( for the letter')
      return inner.is === 'place' ? { is: 'sequence', of: [inner] } : inner
    }
    if (this.take('[')) return { is: 'letter', set: this.list(at) }
    if (this.take('\\b')) return { is: 'place', what: 'boundary' }
    if (/^[*+?{]/.test(this.text.slice(at, at + 1)))
      throw new Refused(at, `${this.text[at]} has nothing before it to repeat; write \\${this.text[at]} for the letter`)
    const set = this.letterClass()
    return { is: 'letter', set: set ?? { ranges: folded(this.letter()), not: false } }
  }

  /** What stands in brackets. */
  private list(at: number): Letters {
    const not = this.take('^')
    const ranges: (readonly [number, number])[] = []
    const start = this.at
    while (!this.take(']')) {
      if (this.at >= this.text.length) throw new Refused(at, '[ is not closed; add ], or write \\[ for the letter')
      if (this.sees('[:')) throw new Refused(this.at, '[: is not known here; write letters, or \\d, \\w, \\s')
      const set = this.letterClass()
      if (set) {
        ranges.push(...(set.not ? outside(set.ranges) : set.ranges))
        continue
      }
      const from = this.at
      if (this.sees('-') && from !== start && this.text[from + 1] !== ']')
        throw new Refused(from, '- stands between two letters, or first or last; write \\- for the letter')
      const first = this.letter()
      if (!this.sees('-') || this.text[this.at + 1] === ']') {
        ranges.push(...folded(first))
        continue
      }
      this.take('-')
      const last = this.at < this.text.length && !this.letterClass() ? this.letter() : -1
      if (last < first)
        throw new Refused(from, `${this.text.slice(from, this.at)} is empty; the smaller letter comes first`)
      ranges.push([first, last])
    }
    if (ranges.length === 0) throw new Refused(at, '[] holds nothing; write \\] for the letter ]')
    return { ranges, not }
  }

  private letterClass(): Letters | null {
    const set = CLASSES[this.text.slice(this.at, this.at + 2)]
    if (!set) return null
    this.at += 2
    return set
  }

  private letter(): number {
    const at = this.at
    if (!this.take('\\')) return this.next()
    const hex = /^x([\da-f]{2})/i.exec(this.text.slice(this.at))?.[1]
    if (hex !== undefined) {
      this.at += 3
      return Number.parseInt(hex, 16)
    }
    const escaped = this.text[this.at] ?? ''
    const control = CONTROLS[escaped]
    if (control === undefined && !/^[!-/:-@[-`{-~ ]$/.test(escaped))
      throw new Refused(at, `\\${escaped} is not known here; \\d, \\w, \\s, \\b and escaped signs such as \\. are`)
    const letter = this.next()
    return control ?? letter
  }

  private next(): number {
    const code = this.text.codePointAt(this.at) as number
    this.at += code > 0xffff ? 2 : 1
    return code
  }

  private sees(what: string): boolean {
    return this.text.startsWith(what, this.at)
  }

  private take(what: string): boolean {
    if (!this.sees(what)) return false
    this.at += what.length
    return true
  }
}

const CONTROLS: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13 }
const DIGITS: Letters['ranges'] = [[0x30, 0x39]]
export const WORD_LETTERS: Letters['ranges'] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
]
const SPACES: Letters['ranges'] = [
  [0x09, 0x0a],
  [0x0c, 0x0d],
  [0x20, 0x20],
]
const CLASSES: Readonly<Record<string, Letters>> = {
  '\\d': { ranges: DIGITS, not: false },
  '\\D': { ranges: DIGITS, not: true },
  '\\w': { ranges: WORD_LETTERS, not: false },
  '\\W': { ranges: WORD_LETTERS, not: true },
  '\\s': { ranges: SPACES, not: false },
  '\\S': { ranges: SPACES, not: true },
}

/** All that are in none of the ranges, which are in ascending order. */
function outside(ranges: Letters['ranges']): Letters['ranges'] {
  const starts = [0, ...ranges.map(([, last]) => last + 1)]
  const ends = [...ranges.map(([first]) => first - 1), 0x10_ffff]
  return starts.map((start, i) => [start, ends[i] as number] as const).filter(([start, end]) => start <= end)
}

function folded(code: number): Letters['ranges'] {
  return casesOf(code).map((each) => [each, each])
}

/** The letter itself and the same letter in capitals and small. */
export function casesOf(code: number): readonly number[] {
  const letter = String.fromCodePoint(code)
  const upper = letter.toUpperCase()
  const all = [letter, letter.toLowerCase(), upper, upper.toLowerCase()]
  return [...new Set(all.filter((each) => Array.from(each).length === 1).map((each) => each.codePointAt(0) as number))]
}

function sizeOf(regex: Regex): number {
  switch (regex.is) {
    case 'letter':
    case 'place':
      return 1
    case 'sequence':
    case 'either':
      return regex.of.reduce((sum, each) => sum + sizeOf(each), 1)
    case 'repeat':
      return 1 + sizeOf(regex.of) * Math.max(1, regex.most ?? regex.least + 1)
  }
}
