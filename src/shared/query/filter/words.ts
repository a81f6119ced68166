/** Tells the words of a filter apart: fields, values, expressions and the words between them. Part of the grammar (filter.grammar). */
import { ExternalTokenizer, type InputStream } from '@lezer/lr'
import { findField } from '../../schema/fields.ts'
import { AndWord, FieldName, InWord, NotWord, OrWord, Regex, Value } from './parser.terms.generated.ts'

const WORDS: Readonly<Record<string, number>> = { and: AndWord, or: OrWord, not: NotWord, in: InWord }

export const words = new ExternalTokenizer(
  (input, stack) => {
    const first = input.next
    if (!isWordLetter(first) || (first === COLON && !stack.canShift(Value))) return
    const regex = first === SLASH ? regexLength((i) => input.peek(i)) : 0
    if (regex > 0 && stack.canShift(Regex)) {
      input.acceptToken(Regex, regex)
      return
    }
    const word = read(input, 0)
    const term = word.length <= 3 ? WORDS[word.toLowerCase()] : undefined
    if (term !== undefined && (term !== InWord || stack.canShift(InWord))) {
      input.acceptToken(term, word.length)
      return
    }
    const name = fieldName(input, word)
    if (name !== null && stack.canShift(FieldName)) input.acceptToken(FieldName, name.length)
    else input.acceptToken(Value, word.length)
  },
  { contextual: true },
)

/**
 * Length of a regular expression with its slashes, or 0 where none begins: no space within, and behind the closing slash
 * the word ends. Other words may begin with a slash as well, as paths do.
 */
export function regexLength(at: (i: number) => number): number {
  if (at(0) !== SLASH) return 0
  for (let i = 1; ; i++) {
    const code = at(i)
    if (!(code > 0x20) || (code > 0x7e && isSpace(code))) return 0
    if (code === BACKSLASH) i++
    else if (code === SLASH) return i > 1 && isEnd(at(i + 1)) ? i + 1 : 0
  }
}

/** Behind a value: the text's end, a space, a comma or a parenthesis. */
function isEnd(code: number): boolean {
  return !(code > 0) || isSpace(code) || code === 0x28 || code === 0x29 || code === 0x2c
}

/** The name at the start of the word if an operator, `in` or `not in` follows it; else null. */
function fieldName(input: InputStream, word: string): string | null {
  const name = /^[a-z_@][\w.@-]*/i.exec(word)?.[0]
  if (name === undefined) return null
  if (name.length < word.length) return word[name.length] === ':' && !isAddress(word, name) ? name : null
  const next = name.length + spaces(input, name.length)
  if (isOperator(input, next)) return name
  if (next === name.length) return null
  const not = isWord(input, next, 'not') ? 3 + spaces(input, next + 3) : 0
  return isWord(input, next + not, 'in') ? name : null
}

/** Whether a word that begins like `name:` is an IPv6 or MAC address: `fe80::1`, `aa:bb:cc:00:11:22`. */
function isAddress(word: string, name: string): boolean {
  return (
    /^[\da-f.*/%-]*(:[\da-f.*/%-]*){2,}$/i.test(word) &&
    (word.startsWith('::', name.length) || findField(name) === undefined)
  )
}

function isOperator(input: InputStream, at: number): boolean {
  const code = input.peek(at)
  return (
    code === COLON || code === 0x3c || code === 0x3d || code === 0x3e || (code === 0x21 && input.peek(at + 1) === 0x3d)
  )
}

function spaces(input: InputStream, at: number): number {
  let n = 0
  while (isSpace(input.peek(at + n))) n++
  return n
}

function isWord(input: InputStream, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if ((input.peek(at + i) | 0x20) !== word.charCodeAt(i)) return false
  return !isWordLetter(input.peek(at + word.length))
}

function read(input: InputStream, at: number): string {
  let text = ''
  for (let i = at, code = input.peek(i); isWordLetter(code); code = input.peek(++i)) text += String.fromCharCode(code)
  return text
}

const COLON = 0x3a
const SLASH = 0x2f
const BACKSLASH = 0x5c
const STOPS = new Set(Array.from(`()",'=<>!`, (letter) => letter.charCodeAt(0)))

/** Anything but spaces, parentheses, commas, quotes and the signs of operators other than the colon. */
function isWordLetter(code: number): boolean {
  return code > 0x20 && !(code < 0x40 ? STOPS.has(code) : code > 0x7e && isSpace(code))
}

/** White space of Unicode, as the grammar's `@whitespace`. */
function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || (code > 0x7e && WIDE_SPACE.test(String.fromCharCode(code)))
}

const WIDE_SPACE = /[\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/
