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
  cloudInterfaces: ['GET', '/api/cloud-interfaces'],
  coverage: ['POST', '/api/coverage'],
  counters: ['POST', '/api/counters'],
  filter: ['POST', '/api/filter'],
  filters: ['GET', '/api/filters'],
  keepFilter: ['PUT', '/api/filters/:name'],
  dropFilter: ['DELETE', '/api/filters/:name'],
  seen: ['GET', '/api/seen'],
  suggest: ['GET', '/api/suggest'],
  letters: ['GET', '/api/letters'],
  readAgain: ['POST', '/api/letters'],
  demo: ['POST', '/api/demo'],
  backup: ['POST', '/api/backup'],
  exportFlows: ['POST', '/api/export'],
  importFile: ['POST', '/api/import'],
}

const NO_ANSWER = 'Weir does not answer. Is it running?'
const BROKEN_OFF = 'Weir broke off in the midst of the answer.'

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
    throw new CallError('unreachable', NO_ANSWER, 0)
  }
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok) return answer as AnswerOf<C>
  throw refusal(answer, response.status)
}

/**
 * Asks, and where the exact answer takes long hands on an estimate of it first. Rejects as `call` does; what breaks off
 * after an estimate as `unreachable`.
 */
export async function askFirst(
  body: BodyOf<'query'>,
  onEstimate: (estimate: AnswerOf<'query'>) => void,
  signal?: AbortSignal,
): Promise<AnswerOf<'query'>> {
  const [method, path] = ROUTES.query
  let last: AnswerOf<'query'> | null = null
  try {
    const response = await fetch(path, {
      method,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, first: true }),
      ...(signal ? { signal } : {}),
    })
    if (!response.ok) throw refusal(await response.json().catch(() => null), response.status)
    for await (const line of linesOf(response)) {
      last = JSON.parse(line) as AnswerOf<'query'>
      if (last.meta.estimated) onEstimate(last)
    }
  } catch (error) {
    if (signal?.aborted || error instanceof CallError) throw error
    throw new CallError('unreachable', last ? BROKEN_OFF : NO_ANSWER, 0)
  }
  if (last && !last.meta.estimated) return last
  throw new CallError('unreachable', BROKEN_OFF, 0)
}

/** The lines of a body as they come; an end without a line break ends one too. */
async function* linesOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  if (!reader) return
  let kept = ''
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const lines = (kept + chunk.value).split('\n')
      kept = lines.pop() ?? ''
      yield* lines
    }
  } finally {
    await reader.cancel().catch(() => undefined)
  }
  if (kept !== '') yield kept
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
