/** Tells the words of a filter apart: fields, values and the words between them. Part of the grammar (filter.grammar). */
import { ExternalTokenizer, type InputStream } from '@lezer/lr'
import { findField } from '../../schema/fields.ts'
import { AndWord, FieldName, InWord, NotWord, OrWord, Value } from './parser.terms.generated.ts'

const WORDS: Readonly<Record<string, number>> = { and: AndWord, or: OrWord, not: NotWord, in: InWord }

export const words = new ExternalTokenizer(
  (input, stack) => {
    const word = read(input, 0, isWordLetter)
    if (word === '') return
    const term = WORDS[word.toLowerCase()]
    if (term !== undefined && (term !== InWord || stack.canShift(InWord))) {
      if (stack.canShift(term)) input.acceptToken(term, word.length)
      return
    }
    const name = stack.canShift(FieldName) ? fieldName(input, word) : null
    if (name !== null) input.acceptToken(FieldName, name.length)
    else if (stack.canShift(Value)) input.acceptToken(Value, word.length)
  },
  { contextual: true },
)

/** The name at the start of the word if an operator, or `in (` or `not in (`, follows it; else null. */
function fieldName(input: InputStream, word: string): string | null {
  const name = /^[a-z_@][\w.@-]*/i.exec(word)?.[0]
  if (name === undefined) return null
  if (name.length < word.length) return word[name.length] === ':' && !isAddress(word, name) ? name : null
  const next = name.length + spaces(input, name.length)
  if (isOperator(input, next)) return name
  if (next === name.length) return null
  const not = next + 3 + spaces(input, next + 3)
  return followedByIn(input, next) || (read(input, next, isWordLetter).toLowerCase() === 'not' && followedByIn(input, not)) ? name : null
}

/** Whether a word that begins like `name:` is an IPv6 or MAC address: `fe80::1`, `aa:bb:cc:00:11:22`. */
function isAddress(word: string, name: string): boolean {
  return /^[\da-f.*/%-]*(:[\da-f.*/%-]*){2,}$/i.test(word) && (word.startsWith('::', name.length) || findField(name) === undefined)
}

function isOperator(input: InputStream, at: number): boolean {
  const code = input.peek(at)
  return code === 0x3a || code === 0x3c || code === 0x3d || code === 0x3e || (code === 0x21 && input.peek(at + 1) === 0x3d)
}

function followedByIn(input: InputStream, at: number): boolean {
  return read(input, at, isWordLetter).toLowerCase() === 'in' && input.peek(at + 2 + spaces(input, at + 2)) === 0x28
}

function spaces(input: InputStream, at: number): number {
  let n = 0
  while (isSpace(input.peek(at + n))) n++
  return n
}

function read(input: InputStream, at: number, fits: (code: number) => boolean): string {
  let text = ''
  for (let i = at; fits(input.peek(i)); i++) text += String.fromCharCode(input.peek(i))
  return text
}

/** Anything but spaces, parentheses, commas, quotes and the signs of operators other than the colon. */
function isWordLetter(code: number): boolean {
  return code > 0x20 && !isSpace(code) && !STOPS.has(code)
}

const STOPS = new Set([...`()",'=<>!`].map((letter) => letter.charCodeAt(0)))

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0x85 || code === 0xa0 || code === 0x1680 || (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f || code === 0x3000
}
