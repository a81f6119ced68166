/** Calls to Weir's own server, typed by the contract. */
import type { AnswerOf, BodyOf, CALLS, CallName } from '../../shared/api/contract.ts'
import type { FormatName } from '../../shared/api/formats.ts'

/** The contract's methods and paths; the contract itself stays on the server, since zod is not for the page. */
const ROUTES: { readonly [C in CallName]: readonly [(typeof CALLS)[C]['method'], (typeof CALLS)[C]['path']] } = {
  health: ['GET', '/api/health'],
  fields: ['GET', '/api/fields'],
  exporters: ['GET', '/api/exporters'],
  query: ['POST', '/api/query'],
  flows: ['POST', '/api/flows'],
  compare: ['POST', '/api/compare'],
  surrounding: ['POST', '/api/surrounding'],
  conversation: ['POST', '/api/conversation'],
  interfaces: ['POST', '/api/interfaces'],
  counters: ['POST', '/api/counters'],
  filter: ['POST', '/api/filter'],
  filters: ['GET', '/api/filters'],
  keepFilter: ['PUT', '/api/filters/:name'],
  dropFilter: ['DELETE', '/api/filters/:name'],
  seen: ['GET', '/api/seen'],
  suggest: ['GET', '/api/suggest'],
  demo: ['POST', '/api/demo'],
  backup: ['POST', '/api/backup'],
  exportFlows: ['POST', '/api/export'],
  importFile: ['POST', '/api/import'],
}

/** What the server, or the way to it, said against a call. */
export class CallError extends Error {
  /** As in `src/shared/api/errors.ts`; `unreachable` where no answer came. */
  readonly code: string
  readonly status: number
  readonly detail: Readonly<Record<string, unknown>>

  constructor(code: string, message: string, status: number, detail: Readonly<Record<string, unknown>> = {}) {
    super(message)
    this.name = 'CallError'
    this.code = code
    this.status = status
    this.detail = detail
  }
}

/** Asks the server; rejects with a `CallError`, or with the signal's reason. `place` is what stands in the path. */
export async function call<C extends CallName>(
  name: C,
  body: BodyOf<C>,
  signal?: AbortSignal,
  place: Readonly<Record<string, string>> = {},
): Promise<AnswerOf<C>> {
  const [method, pattern] = ROUTES[name]
  const path = pattern.replace(/:(\w+)/g, (_, key: string) => encodeURIComponent(place[key] ?? ''))
  const headers = { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
  const asked = method === 'GET' && body !== undefined ? `?${queryText(body as object)}` : ''
  let response: Response
  try {
    response = await fetch(path + asked, {
      method,
      headers,
      ...(method === 'GET' || body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw error
    throw new CallError('unreachable', 'Weir does not answer. Is it running?', 0)
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as AnswerOf<C>
  throw refusal(answer, response.status)
}

/** What a call takes, behind the ? of its address. */
function queryText(of: object): URLSearchParams {
  return new URLSearchParams(Object.entries(of).map(([name, value]) => [name, String(value)]))
}

/** An answer as a file; rejects with a `CallError`. */
export async function callFile<C extends 'query' | 'flows'>(
  name: C,
  format: FormatName,
  body: BodyOf<C>,
): Promise<Blob> {
  const [method, path] = ROUTES[name]
  let response: Response
  try {
    response = await fetch(`${path}?format=${format}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (response.ok) return await response.blob()
  } catch {
    throw new CallError('unreachable', 'Weir does not answer, or broke off in the midst of the answer.', 0)
  }
  throw refusal(await response.json().catch(() => null), response.status)
}

/** The line that asks the same from a shell. */
export function curlLine(name: 'query' | 'flows', body: unknown): string {
  return `curl -s ${location.origin}${ROUTES[name][1]} -H 'content-type: application/json' -d '${JSON.stringify(body).replaceAll("'", `'\\''`)}'`
}

function refusal(answer: unknown, status: number): CallError {
  const error = (answer as { error?: { code?: string; message?: string; detail?: Record<string, unknown> } } | null)
    ?.error
  return new CallError(
    error?.code ?? 'unreachable',
    error?.message ?? `Weir answered ${status} without saying why.`,
    status,
    error?.detail,
  )
}
