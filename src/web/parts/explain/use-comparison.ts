/** Asks the server what is different, under the page's filter and scope. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnswerOf, BodyOf } from '../../../shared/api/contract.ts'
import { useView } from '../../app/search.ts'
import { call, type CallError } from '../../data/client.ts'
import { viewBody } from '../../data/hooks.ts'
import type { ExplainSearch } from './search.ts'

export type Comparison = AnswerOf<'compare'>
export type Difference = Comparison['rows'][number]

export function useComparison(
  { fromMs, toMs }: NonNullable<ExplainSearch['explain']>,
  against: ExplainSearch['against'],
  measure: Comparison['measure'],
) {
  const [view] = useView()
  const { filter, scope } = viewBody(view)
  const body: BodyOf<'compare'> = {
    window: { from: fromMs, to: toMs },
    against,
    measure,
    scope,
    ...(filter === undefined ? {} : { filter }),
  }
  return useQuery<Comparison, CallError>({
    queryKey: ['compare', body],
    queryFn: ({ signal }) => call('compare', body, signal),
    placeholderData: keepPreviousData,
    // What was is not asked for again and again.
    staleTime: 60_000,
    retry: false,
  })
}
