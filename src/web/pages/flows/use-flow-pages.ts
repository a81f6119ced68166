/** Records page by page, refreshed only while the newest are in sight. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import { call } from '../../data/client.ts'
import { useRecords, useRefreshMs } from '../../data/hooks.ts'

const PAGE = 100

export interface FlowPages {
  readonly columns: AnswerOf<'flows'>['columns']
  readonly rows: readonly (readonly JsonValue[])[]
  readonly matched: number
  /** False where at least so many match. */
  readonly matchedExact: boolean
  readonly fromMs: number
  readonly toMs: number
}

/** `hold` keeps what is loaded as it is, however live the view. */
export function useFlowPages(fields: readonly FieldName[], sort: string, hold: boolean) {
  const client = useQueryClient()
  const refreshMs = useRefreshMs()
  const result = useRecords({ fields: [...fields], sort, limit: PAGE })
  const { refetch, body } = result
  const key = JSON.stringify(body)
  useEffect(() => {
    if (refreshMs === false || hold) return undefined
    const timer = setInterval(() => {
      // Further pages would be asked for again one after the other; the first is all that is in sight.
      client.setQueryData<{ pages: unknown[]; pageParams: unknown[] }>(['flows', JSON.parse(key)], (old) =>
        old && old.pages.length > 1 ? { pages: old.pages.slice(0, 1), pageParams: old.pageParams.slice(0, 1) } : old,
      )
      void refetch()
    }, refreshMs)
    return () => clearInterval(timer)
  }, [client, key, refetch, refreshMs, hold])

  const pages = result.data?.pages ?? []
  const first = pages[0]
  // The page does not wait for the count. A view that moves on would be counted again and again.
  const counted = useQuery({
    queryKey: ['matched', first?.meta.from, first?.meta.to, body.filter, body.scope],
    queryFn: async ({ signal }) => {
      const { from, to } = first?.meta ?? { from: body.from, to: body.to }
      return (
        await call('flows', { ...body, from, to, fields: ['end'], sort: '-end', limit: 1, count: 'exact' }, signal)
      ).meta.matched
    },
    enabled: first?.meta.matchedExact === false && (refreshMs === false || hold),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const loaded: FlowPages | undefined = first
    ? {
        columns: first.columns,
        rows: pages.flatMap((page) => page.rows),
        matched: counted.data ?? first.meta.matched,
        matchedExact: first.meta.matchedExact || counted.data !== undefined,
        fromMs: first.meta.from,
        toMs: first.meta.to,
      }
    : undefined
  return { ...result, loaded }
}
