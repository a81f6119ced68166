/** What pages and panels ask the server. Answers stay on the screen while the next one is on its way. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import type { AnswerOf, BodyOf } from '../../shared/api/contract.ts'
import { filterOf, useRange, useView, type View } from '../app/search.ts'
import { parseInterval } from '../../shared/query/time.ts'
import { askFirst, call, type CallError } from './client.ts'
import { wholeFrom } from './range.ts'

export type QueryBody = BodyOf<'query'>
export type QueryAnswer = AnswerOf<'query'>
export type Health = AnswerOf<'health'>
export type Exporter = AnswerOf<'exporters'>['exporters'][number]

/** How often the server is asked how it is. */
const HEALTH_MS = 2000

/** The view as the part of a question that all questions share, for buckets of that length or of the usual one. */
export function viewBody(view: View, interval?: string): Pick<QueryBody, 'from' | 'to' | 'filter' | 'scope'> {
  const filter = filterOf(view)
  const from = wholeFrom(view, interval === undefined ? null : parseInterval(interval))
  return { from, to: view.to, scope: view.scope, ...(filter === undefined ? {} : { filter }) }
}

/**
 * Asks about the view: what `part` says beyond it, or instead of it. Where nothing is known yet and the exact answer takes
 * long, an estimate comes first and gives way to it.
 */
export function useQuestion(
  part: Partial<QueryBody>,
  options: { readonly enabled?: boolean } = {},
): UseQueryResult<QueryAnswer, CallError> & { readonly body: QueryBody } {
  const [view] = useView()
  const refetchInterval = useRefreshMs()
  const body: QueryBody = { ...viewBody(view, [part.interval].flat()[0]), ...part }
  const result = useQuery<QueryAnswer, CallError>({
    queryKey: ['query', body],
    queryFn: ({ client, queryKey, signal }) => {
      const known = client.getQueryData<QueryAnswer>(queryKey)
      if (known && !known.meta.estimated) return call('query', body, signal)
      return askFirst(body, (estimate) => client.setQueryData(queryKey, estimate), signal)
    },
    placeholderData: keepPreviousData,
    refetchInterval,
    enabled: options.enabled ?? true,
  })
  return { ...result, body }
}

/** Records of the view, page by page. */
export function useRecords(
  part: Partial<Omit<BodyOf<'flows'>, 'cursor'>>,
  options: { readonly enabled?: boolean; readonly refresh?: boolean } = {},
) {
  const [view] = useView()
  const refreshMs = useRefreshMs()
  const body: BodyOf<'flows'> = { ...viewBody(view), ...part }
  const result = useInfiniteQuery<
    AnswerOf<'flows'>,
    CallError,
    { pages: AnswerOf<'flows'>[] },
    readonly unknown[],
    string | null
  >({
    queryKey: ['flows', body],
    queryFn: ({ signal, pageParam }) =>
      call('flows', pageParam === null ? body : { ...body, cursor: pageParam }, signal),
    initialPageParam: null,
    getNextPageParam: (page) => page.cursor,
    placeholderData: keepPreviousData,
    refetchInterval: options.refresh ? refreshMs : false,
    enabled: options.enabled ?? true,
  })
  return { ...result, body }
}

export function useHealth(everyMs = HEALTH_MS): UseQueryResult<Health, CallError> {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => call('health', undefined, signal),
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
  })
}

export function useExporters(everyMs = 5000, enabled = true): UseQueryResult<readonly Exporter[], CallError> {
  return useQuery({
    queryKey: ['exporters'],
    queryFn: async ({ signal }) => (await call('exporters', undefined, signal)).exporters,
    refetchInterval: everyMs,
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** Starts or stops the demo traffic. */
export function useDemo() {
  const client = useQueryClient()
  return useMutation<AnswerOf<'demo'>, CallError, BodyOf<'demo'>>({
    mutationFn: (body) => call('demo', body),
    onSuccess: () => client.invalidateQueries({ queryKey: ['health'] }),
  })
}

/** Asks everything on the screen again. */
export function useRefresh(): () => void {
  const client = useQueryClient()
  return () => void client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'fields' })
}

/** A view refreshes by itself only while its range ends now. */
export function useRefreshMs(): number | false {
  const [view] = useView()
  const { live } = useRange()
  return live && view.refreshMs > 0 ? view.refreshMs : false
}
