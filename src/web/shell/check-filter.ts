import { call, CallError } from '../data/client.ts'

export interface FilterProblem {
  readonly from: number
  readonly to: number
  readonly message: string
}

/** Asks the server whether a filter can be read, and where not. */
export async function checkedFilter(
  typed: string,
): Promise<{ readonly text: string; readonly problem: FilterProblem | null }> {
  const text = typed.trim()
  if (text === '') return { text, problem: null }
  try {
    const { problems } = await call('filter', { filter: text })
    return { text, problem: problems[0] ?? null }
  } catch (error) {
    return {
      text,
      problem: { from: 0, to: text.length, message: error instanceof CallError ? error.message : String(error) },
    }
  }
}
