/** Text → tree, or what keeps it from being a filter at all: quotes, parentheses, words that lack a partner. */
import type { Tree } from '@lezer/common'
import type { FilterProblem } from './ast.ts'
import { parser } from './parser.generated.ts'
import { regexLength } from './words.ts'

/** Parentheses that may stand within each other. */
const DEPTH = 200
/** Words in a filter, `and` and `or` among them: a list of 9000 values is read within 50 ms of one core. */
const WORDS = 9000
/** Stops at the first thing that does not fit, where the editor's parser looks for a way on. */
const strict = parser.configure({ strict: true })

export function parseTree(text: string): Tree | FilterProblem {
  const problem = unbalanced(text)
  if (problem) return problem
  const parse = strict.startParse(text)
  try {
    for (;;) {
      const tree = parse.advance()
      if (tree) return tree
    }
  } catch (error) {
    if (error instanceof SyntaxError) return misplaced(text, parse.parsedPos)
    throw error
  }
}

function unbalanced(text: string): FilterProblem | null {
  const open: number[] = []
  let wordsSeen = 0
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (letter === '"' || letter === "'") {
      const end = closingQuote(text, i)
      if (end < 0)
        return {
          from: i,
          to: text.length,
          message: `${letter} is not closed; add another ${letter} at the end of the value`,
        }
      i = end
    } else if (letter === '(') {
      open.push(i)
      if (open.length > DEPTH)
        return { from: i, to: i + 1, message: `parentheses stand deeper than ${DEPTH} within each other` }
    } else if (letter === '/' && /[\s(),:=<>!]/.test(text[i - 1] ?? ' ') && regexAt(text, i) > 0) {
      wordsSeen++
      i += regexAt(text, i) - 1
    } else if (/[^\s),]/.test(letter as string) && /[\s(),]/.test(text[i - 1] ?? ' ') && ++wordsSeen > WORDS) {
      return {
        from: i,
        to: text.length,
        message: `the filter has more than ${WORDS} words; name networks instead of single addresses, or ranges instead of single numbers`,
      }
    } else if (letter === ')' && open.pop() === undefined)
      return { from: i, to: i + 1, message: ') closes nothing; remove it, or open ( before it' }
  }
  const last = open.at(-1)
  return last === undefined ? null : { from: last, to: last + 1, message: '( is not closed; add )' }
}

function regexAt(text: string, from: number): number {
  return regexLength((i) => text.charCodeAt(from + i))
}

function closingQuote(text: string, from: number): number {
  for (let i = from + 1; i < text.length; i++) {
    if (text[i] === '\\') i++
    else if (text[i] === text[from]) return i
  }
  return -1
}

/** Says what is missing where the grammar found no way on. */
function misplaced(text: string, at: number): FilterProblem {
  const start = at + (/^\s*/.exec(text.slice(at, at + 100))?.[0].length ?? 0)
  const next = /^(?:[<>=!:]+|[(),]|[^\s()",'=<>!]+|.)/s.exec(text.slice(start, start + 100))?.[0] ?? ''
  const before = text.slice(Math.max(0, at - 100), start).trimEnd()
  const word = /[^\s()]+$/.exec(before)?.[0] ?? ''
  const here = (message: string): FilterProblem => ({ from: start, to: Math.max(start + next.length, start), message })

  if (/[<>=:]$/.test(word)) return here(`${word} needs a value after it, such as port:443, or * for any value`)
  if (/^in$/i.test(word)) return here('in needs a list in parentheses, such as port in (80, 443)')
  if (/^(and|or|not)$/i.test(next) && (before === '' || before.endsWith('(')))
    return here(`${next} needs something before it`)
  if (/^(and|or|not)$/i.test(word)) return here(`${word} needs something after it`)
  if (before.endsWith('(') && next === ')') return here('( ) holds nothing; write a test or a list between them')
  if (/^[<>=!:]/.test(next))
    return here(`${next} needs a field before it, such as port${next.startsWith('!') ? '!=' : ':'}443`)
  if (next === ',') return here('a comma stands between values in parentheses only, such as port:(80, 443)')
  return here(next === '' ? 'something is missing at the end' : `${next} does not fit here`)
}
