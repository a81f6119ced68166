/** The page's own part of the URL. */
import { findField } from '../../../shared/schema/fields.ts'
import type { Codec } from '../../app/search.ts'
import type { Sort } from '../../parts/data-table.tsx'
import { DEFAULT_COLUMNS } from './columns.ts'

export const BREAKDOWNS = ['none', 'service', 'proto'] as const
export type Breakdown = (typeof BREAKDOWNS)[number]
export const HISTOGRAM_MEASURES = ['flows', 'bytes'] as const
export type HistogramMeasure = (typeof HISTOGRAM_MEASURES)[number]

export interface FlowsState {
  readonly columns: readonly string[]
  readonly sort: Sort
  readonly by: Breakdown
  readonly measure: HistogramMeasure
  /** Key of the record that is open; empty for none. */
  readonly record: string
}

const DEFAULT_SORT = '-end'

export const flowsCodec: Codec<FlowsState> = {
  read: (params) => ({
    columns: params['cols']?.split(',').filter(Boolean) ?? DEFAULT_COLUMNS,
    sort: readSort(params['sort']),
    by: BREAKDOWNS.find((one) => one === params['by']) ?? 'none',
    measure: HISTOGRAM_MEASURES.find((one) => one === params['bars']) ?? 'flows',
    record: params['record'] ?? '',
  }),
  write: ({ columns, sort, by, measure, record }) => ({
    cols: columns.join() === DEFAULT_COLUMNS.join() ? undefined : columns.join(),
    sort: sortText(sort) === DEFAULT_SORT ? undefined : sortText(sort),
    by: by === 'none' ? undefined : by,
    bars: measure === 'flows' ? undefined : measure,
    record: record || undefined,
  }),
}

/** `-end` for the newest first: as the server takes it. */
export function sortText(sort: Sort): string {
  return `${sort.descending ? '-' : ''}${sort.column}`
}

function readSort(text: string | undefined): Sort {
  const name = findField((text ?? DEFAULT_SORT).replace(/^-/, ''))?.name
  return name === undefined
    ? { column: 'end', descending: true }
    : { column: name, descending: (text ?? DEFAULT_SORT).startsWith('-') }
}
