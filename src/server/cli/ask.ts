/** Who answers a command's questions: a running Weir, or a data folder in this process. */
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join, resolve } from 'node:path'
import { CALLS, type AnswerOf, type BodyOf } from '../../shared/api/contract.ts'
import { ERRORS, WeirError, type ErrorCode } from '../../shared/api/errors.ts'
import { resolveComparison } from '../../shared/query/resolve-compare.ts'
import type { Names } from '../../shared/query/filter/names.ts'
import { resolveRecordQuestion } from '../../shared/query/resolve.ts'
import { resolveSeen } from '../../shared/query/seen.ts'
import { answererOf, ask as askStore } from '../compare/ask.ts'
import { CONFIG } from '../config/schema.ts'
import type { Frozen } from '../frozen.ts'
import { httpOfHolder } from '../holder.ts'
import { checkInput } from '../issues.ts'
import { addSiteFieldsOf } from '../stores/site-fields.ts'
import { REGISTERED } from '../registry/names.ts'
import { readNamedFilters } from '../named-filters.ts'
import type { DuckStore } from '../stores/duckdb/store.ts'
import { say } from './output.ts'

export interface Answers {
  query(body: BodyOf<'query'>): Promise<Frozen<AnswerOf<'query'>>>
  flows(body: BodyOf<'flows'>): Promise<Frozen<AnswerOf<'flows'>>>
  seen(query: BodyOf<'seen'>): Promise<Frozen<AnswerOf<'seen'>>>
  compare(body: BodyOf<'compare'>): Promise<Frozen<AnswerOf<'compare'>>>
  close(): Promise<void>
}

export const DEFAULT_SERVER = 'http://127.0.0.1:3055'

/** A folder that a running Weir holds is asked of that Weir. Throws `badOption`, `dataLocked` or `failed`. */
export async function openAnswers({
  server,
  data,
}: {
  readonly server?: string
  readonly data?: string
}): Promise<Answers> {
  if (server !== undefined && data !== undefined)
    throw new WeirError('badOption', 'ask a --server or a --data folder, not both')
  if (data === undefined) return remote(server ?? DEFAULT_SERVER)
  const holder = httpOfHolder(resolve(data))
  return holder === null ? local(data) : remote(holder)
}

function remote(server: string): Answers {
  return {
    query: (body) => ask(server, 'query', body),
    flows: (body) => ask(server, 'flows', body),
    seen: (query) => ask(server, 'seen', query),
    compare: (body) => ask(server, 'compare', body),
    close: async () => undefined,
  }
}

/** The store of a data folder that there is, with the folder's own fields. Rejects with `failed`, `dataLocked` or `dataNewer`. */
export async function openFolder(data: string): Promise<DuckStore> {
  if (!existsSync(join(data, 'weir.json')))
    throw new WeirError(
      'failed',
      `${data}: no data folder of Weir; name one that weir serve, weir import or weir demo has written`,
    )
  addSiteFieldsOf(resolve(data))
  const { DuckStore } = await import('../stores/duckdb/store.ts')
  const { store: settings } = CONFIG.parse({})
  return DuckStore.open({
    dataDir: resolve(data),
    threads: settings.threads || availableParallelism(),
    memoryLimitBytes: settings.memory,
    log: (level, message) => {
      if (level !== 'info') say(`weir: ${message}`)
    },
  })
}

/** The names that a filter over a data folder may use. */
export function namesOfFolder(data: string): Names {
  const { texts, problem } = readNamedFilters(resolve(data))
  if (problem !== null) say(`weir: ${problem}: there are no named filters until it is mended`)
  return { ...REGISTERED, filters: texts }
}

async function local(data: string): Promise<Answers> {
  const store = await openFolder(data)
  const names = namesOfFolder(data)
  const never = new AbortController().signal
  return {
    query: async (body) => askStore(checkInput(CALLS.query.body, body), { names, answerer: answererOf(store) }, never),
    flows: async (body) => store.flows(resolveRecordQuestion(checkInput(CALLS.flows.body, body), names, Date.now())),
    seen: async (query) => store.seen(resolveSeen(checkInput(CALLS.seen.query, query))),
    compare: async (body) => {
      const { explain } = await import('../compare/explain.ts')
      const comparison = resolveComparison(checkInput(CALLS.compare.body, body), names, Date.now())
      return explain(comparison, store, names, never)
    },
    close: () => store.close(),
  }
}

/** A call of the HTTP interface. Rejects with the server's own error, or with `failed` where none answers. */
export async function ask<C extends keyof Omit<Answers, 'close'> | 'health' | 'letters' | 'readAgain'>(
  server: string,
  name: C,
  input: BodyOf<C>,
): Promise<AnswerOf<C>> {
  const call = CALLS[name]
  const url = urlOf(server, call.path)
  const isGet = call.method === 'GET'
  if (isGet) url.search = new URLSearchParams(input as Record<string, string>).toString()
  const response = await fetch(url, {
    method: call.method,
    ...(isGet ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }),
  }).catch((error: unknown) => {
    throw unreachable(server, error)
  })
  const answer: unknown = await response.json().catch(() => null)
  if (response.ok && answer !== null) return answer as AnswerOf<C>
  throw refusalOf(answer, url, response.status)
}

/** What a server's answer that is no success says, as an error of ours. */
export function refusalOf(answer: unknown, url: URL, status: number): WeirError {
  const { error } = (answer ?? {}) as {
    readonly error?: { readonly code: string; readonly message: string; readonly detail?: Record<string, unknown> }
  }
  return error && error.code in ERRORS
    ? new WeirError(error.code as ErrorCode, error.message, error.detail)
    : new WeirError(
        'failed',
        `${url.href} answers with status ${status} and not as Weir does; name the right server with --server URL`,
      )
}

/** There is no Weir, or none that can be reached. */
export function unreachable(server: string, error: unknown): WeirError {
  return new WeirError(
    'failed',
    `no Weir answers at ${server}${reasonOf(error)}; start one with: weir serve, name another, or a folder with --data DIR`,
  )
}

export function urlOf(server: string, path: string): URL {
  const url = URL.canParse(server) ? new URL(server) : null
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new WeirError('badOption', `--server ${server}: a URL such as http://127.0.0.1:3055 is needed`)
  return new URL(`${url.pathname.replace(/\/$/, '')}${path}`, url)
}

function reasonOf(error: unknown): string {
  const { code, cause: { code: cause = code } = {} } = error as { code?: string; cause?: { code?: string } }
  return cause === undefined || cause === 'ECONNREFUSED' ? '' : ` (${cause})`
}
