/** What zod has against an input, said so that a person can mend it: the field, the value, what fits. */
import { z } from 'zod'
import { WeirError } from '../shared/api/errors.ts'
import { nearest } from '../shared/nearest.ts'

export interface Issue {
  /** `http.listen`, `groupBy[1]`; empty for the whole. */
  readonly field: string
  readonly message: string
}

/** What a schema makes of an input. Throws `badRequest`, naming field, value and remedy. */
export function checkInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input, { reportInput: true })
  if (parsed.success) return parsed.data
  const { field, message } = describeError(schema, parsed.error)
  throw new WeirError('badRequest', message, { field })
}

/** The first thing that a schema has against an input. To be parsed with `reportInput`. */
export function describeError(schema: z.ZodType, error: z.ZodError): Issue {
  const issue = deepest(error.issues[0] as z.core.$ZodIssue)
  const field = pathText(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const known = keysAt(schema, issue.path)
    const key = issue.keys[0] as string
    const like = nearest(key, known)
    return {
      field: pathText([...issue.path, key]),
      message: `${pathText([...issue.path, key])} is not known; ${like ? `did you mean ${like}?` : `there are ${known.join(', ')}`}`,
    }
  }
  const name = field || 'the whole'
  if (issue.input === undefined && MISSING.has(issue.code))
    return { field, message: `${name} is missing: ${fitting(issue)}` }
  return { field, message: `${name} is ${valueText(issue.input)}: ${fitting(issue)}` }
}

/** What would fit. */
function fitting(issue: z.core.$ZodIssue): string {
  if ('options' in issue && Array.isArray(issue['options'])) return `one of ${issue['options'].join(', ')} is needed`
  if (issue.code === 'invalid_type') return `${NEEDED[issue.expected] ?? `a ${issue.expected}`} is needed`
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')} is needed`
  if (issue.code === 'too_small')
    return `at least ${issue.minimum}${counted(issue.origin)} ${Number(issue.minimum) === 1 ? 'is' : 'are'} needed`
  if (issue.code === 'too_big')
    return `at most ${issue.maximum}${counted(issue.origin)} ${Number(issue.maximum) === 1 ? 'fits' : 'fit'}`
  if (issue.code === 'invalid_key') return `${issue.issues[0]?.message ?? issue.message} is needed`
  return issue.message
}

/** What is said of a value that is not there. */
const MISSING: ReadonlySet<string | undefined> = new Set(['invalid_type', 'invalid_union', 'invalid_value'])

const NEEDED: Readonly<Record<string, string>> = {
  array: 'a list',
  int: 'a whole number',
  object: 'an object',
  record: 'an object',
}

function counted(origin: string): string {
  return origin === 'string' ? ' letters' : origin === 'array' ? ' entries' : ''
}

/** Of a union, what the alternative that got furthest has against it. */
function deepest(issue: z.core.$ZodIssue): z.core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  // Where what tells the alternatives apart is none of theirs, the input is the whole and not that.
  if (issue.errors.length === 0)
    return {
      ...issue,
      input: (issue.input as Readonly<Record<PropertyKey, unknown>>)[issue.path.at(-1) as PropertyKey],
    }
  const inner = issue.errors.flat().toSorted((a, b) => b.path.length - a.path.length)[0]
  return inner && inner.path.length > 0
    ? deepest({ ...inner, path: [...issue.path, ...inner.path] })
    : { ...issue, message: issue.errors.flatMap((errors) => (errors[0] ? [fitting(errors[0])] : [])).join(', or ') }
}

function pathText(path: readonly PropertyKey[]): string {
  return path.map((part, i) => (typeof part === 'number' ? `[${part}]` : `${i > 0 ? '.' : ''}${String(part)}`)).join('')
}

function valueText(value: unknown): string {
  if (Number.isNaN(value)) return 'no number'
  const text = JSON.stringify(value) ?? String(value)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

/** Keys that the object at that path takes. */
function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let at: {
    readonly properties?: Readonly<Record<string, object>>
    readonly anyOf?: readonly object[]
    readonly items?: object
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as object
  for (const part of path) at = (typeof part === 'number' ? at.items : at.properties?.[String(part)]) ?? {}
  const objects = [at, ...(at.anyOf ?? [])] as (typeof at)[]
  return objects.flatMap((each) => Object.keys(each.properties ?? {}))
}
