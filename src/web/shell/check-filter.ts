import { call, CallError } from '../data/client.ts'

export interface FilterProblem {
  readonly from: number
  readonly to: number
  readonly message: string
}

interface CheckedFilter {
  readonly text: string
  /** The text to keep: with the fields' own names instead of aliases. */
  readonly canonical: string
  readonly problem: FilterProblem | null
}

/** Asks the server whether a filter can be read, and where not. */
export async function checkedFilter(typed: string): Promise<CheckedFilter> {
  const text = typed.trim()
  if (text === '') return { text, canonical: text, problem: null }
  try {
    const { problems, canonical } = await call('filter', { filter: text })
    return { text, canonical, problem: problems[0] ?? null }
  } catch (error) {
    return {
      text,
      canonical: text,
      problem: { from: 0, to: text.length, message: error instanceof CallError ? error.message : String(error) },
    }
  }
}
