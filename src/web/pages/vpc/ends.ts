/** Traffic between zones, subnets or VPCs: pairs of ends that both are known. */
import { useMemo } from 'react'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { narrowed, useView } from '../../app/search.ts'
import { readTop } from '../../data/answers.ts'
import { useQuestion } from '../../data/hooks.ts'
import { LEAVES } from './clauses.ts'
import type { Ends } from './state.ts'

export interface Pair {
  readonly from: string
  readonly to: string
  readonly bytes: number
}

const MOST_PAIRS = 400

export function useEnds(ends: Ends) {
  const [view] = useView()
  const groupBy = useMemo(() => [`src.${ends}`, `dst.${ends}`] as const satisfies FieldName[], [ends])
  const known = groupBy.map((name) => `${name}:*`).join(' and ')
  const result = useQuestion({
    groupBy: [...groupBy],
    measures: ['bytes'],
    limit: MOST_PAIRS,
    scope: 'all',
    filter: narrowed(view, `${LEAVES} and ${known}`),
  })
  const { data } = result
  const pairs = useMemo<readonly Pair[]>(
    () =>
      data
        ? readTop(data, groupBy, 'bytes').flatMap(({ cells: [from, to], other, value }) =>
            other || typeof from !== 'string' || typeof to !== 'string' ? [] : [{ from, to, bytes: value }],
          )
        : [],
    [data, groupBy],
  )
  return { ...result, pairs, groupBy }
}

/** Bytes of the pairs whose ends differ. */
export function crossing(pairs: readonly Pair[]): number {
  return pairs.reduce((sum, { from, to, bytes }) => (from === to ? sum : sum + bytes), 0)
}
