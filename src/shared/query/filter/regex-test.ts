/**
 * Searching with a regular expression, for who looks at texts one by one: all ways through it are gone at once (Thompson's
 * construction), so that no expression makes a text take long.
 */
import { casesOf, readRegex, WORD_LETTERS, type Letters, type Regex } from './regex.ts'

type Step =
  | { readonly is: 'letter'; readonly set: Letters }
  | { readonly is: 'place'; readonly what: 'start' | 'end' | 'boundary' }
  /** Goes on at each of these. */
  | { readonly is: 'fork'; readonly to: number[] }
  | { readonly is: 'found' }

/** Whether the expression, which `readRegex` has read before, is found in a text, whatever its case. */
export function regexTest(expression: string): (text: string) => boolean {
  const regex = readRegex(expression)
  if ('message' in regex) throw new Error(`no expression: ${expression}: ${regex.message}`)
  const steps: Step[] = []
  write(steps, regex)
  steps.push({ is: 'found' })
  return (text) =>
    search(
      steps,
      Array.from(text, (letter) => letter.codePointAt(0) as number),
    )
}

/** Appends the steps; those after it are where it goes on. */
function write(steps: Step[], regex: Regex): void {
  switch (regex.is) {
    case 'letter':
    case 'place':
      steps.push(regex)
      return
    case 'sequence':
      for (const each of regex.of) write(steps, each)
      return
    case 'either': {
      const starts = fork(steps)
      const ends: number[][] = []
      for (const each of regex.of) {
        starts.push(steps.length)
        write(steps, each)
        ends.push(fork(steps))
      }
      for (const end of ends) end.push(steps.length)
      return
    }
    case 'repeat': {
      for (let i = 0; i < regex.least; i++) write(steps, regex.of)
      if (regex.most === null) {
        const again = steps.length
        const ways = fork(steps)
        ways.push(steps.length)
        write(steps, regex.of)
        fork(steps).push(again)
        ways.push(steps.length)
        return
      }
      const ways: number[][] = []
      for (let i = regex.least; i < regex.most; i++) {
        const way = fork(steps)
        way.push(steps.length)
        ways.push(way)
        write(steps, regex.of)
      }
      for (const way of ways) way.push(steps.length)
    }
  }
}

function fork(steps: Step[]): number[] {
  const to: number[] = []
  steps.push({ is: 'fork', to })
  return to
}

function search(steps: readonly Step[], text: readonly number[]): boolean {
  let now = new Set<number>()
  for (let at = 0; at <= text.length; at++) {
    if (enter(steps, 0, text, at, now)) return true
    const letter = text[at]
    if (letter === undefined) return false
    const cases = casesOf(letter)
    const next = new Set<number>()
    for (const place of now) {
      const step = steps[place] as Step
      if (step.is === 'letter' && holds(step.set, cases) && enter(steps, place + 1, text, at + 1, next)) return true
    }
    now = next
  }
  return false
}

/** Adds the step and all that are reached from it without a letter; whether the end is. */
function enter(steps: readonly Step[], first: number, text: readonly number[], at: number, into: Set<number>): boolean {
  const open = [first]
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (into.has(place)) continue
    into.add(place)
    const step = steps[place] as Step
    if (step.is === 'found') return true
    if (step.is === 'fork') open.push(...step.to)
    if (step.is === 'place' && isPlace(step.what, text, at)) open.push(place + 1)
  }
  return false
}

function isPlace(what: 'start' | 'end' | 'boundary', text: readonly number[], at: number): boolean {
  if (what === 'start') return at === 0
  if (what === 'end') return at === text.length
  return isWordLetter(text[at - 1]) !== isWordLetter(text[at])
}

function isWordLetter(code: number | undefined): boolean {
  return code !== undefined && isWithin(WORD_LETTERS, code)
}

function holds({ ranges, not }: Letters, cases: readonly number[]): boolean {
  return cases.some((code) => isWithin(ranges, code)) !== not
}

function isWithin(ranges: Letters['ranges'], code: number): boolean {
  return ranges.some(([first, last]) => first <= code && code <= last)
}
