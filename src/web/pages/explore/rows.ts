/** The table under the chart: a row a series, then Other and Total. */
import { addsUp, type Measure } from '../../../shared/query/measures.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import {
  averageOf,
  OTHER_KEY,
  statsOf,
  totalOf,
  type Before,
  type Group,
  type Series,
  type Stats,
} from '../../data/answers.ts'
import { counterOf } from '../../data/metrics.ts'
import { cellText } from '../../data/traffic.ts'
import type { ChartSeries } from '../../parts/time-chart-option.ts'
import type { Sort } from '../../parts/data-table.tsx'
import { TEXTS } from '../../texts.ts'

export interface ExploreRow extends Stats {
  readonly key: string
  readonly cells: readonly JsonValue[]
  readonly kind: 'group' | 'other' | 'total'
  /** Index of the series colour; undefined where the chart shows it within Other. */
  readonly color: number | undefined
  readonly values: readonly (number | null)[]
  /** Of the counter behind the measure. */
  readonly total: number
  readonly share: number | null
  /** Against another period, in per cent; null where there was nothing, or nothing is compared. */
  readonly change: number | null
}

export const TOTAL_KEY = 'total'
/** A chart names no more series than there are colours. */
const NAMED = 12

export function rowsOf(
  series: Series,
  drawn: readonly ChartSeries[],
  measure: Measure,
  before: Before | null = null,
): { readonly rows: readonly ExploreRow[]; readonly total: ExploreRow } {
  const sum = series.groups.reduce((all, group) => all + group.total, 0)
  const stats = (group: Pick<Group, 'values' | 'total'>) => ({
    ...statsOf(group.values),
    avg: averageOf(measure, group, series),
  })
  const rows = series.groups.map((group, i): ExploreRow => ({
    key: group.key,
    cells: group.cells,
    kind: group.other ? 'other' : 'group',
    color: i < NAMED ? drawn[i]?.color : undefined,
    values: group.values,
    total: group.total,
    share: sum > 0 ? group.total / sum : null,
    change: before ? changeOf(group.total, before.totals.get(group.key) ?? 0) : null,
    ...stats(group),
  }))
  const all = { values: totalOf(series), total: sum }
  return {
    rows,
    total: {
      key: TOTAL_KEY,
      cells: [],
      kind: 'total',
      color: undefined,
      ...all,
      share: sum > 0 ? 1 : null,
      change: before ? changeOf(sum, before.total) : null,
      ...stats(all),
    },
  }
}

function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : (100 * (now - before)) / before
}

/** Groups in the order that is asked for; Other stays last. */
export function sorted(rows: readonly ExploreRow[], sort: Sort, groupBy: readonly FieldName[]): readonly ExploreRow[] {
  const direction = sort.descending ? -1 : 1
  const at = groupBy.indexOf(sort.column as FieldName)
  const of = (row: ExploreRow): number | string =>
    at >= 0
      ? cellText(groupBy[at] as FieldName, row.cells[at] ?? null)
      : (row[sort.column as keyof Stats | 'total' | 'share' | 'change'] ?? -1)
  return rows.toSorted((a, b) => {
    if (a.kind !== b.kind) return a.kind === 'other' ? 1 : -1
    const [x, y] = [of(a), of(b)]
    return (
      direction *
      (typeof x === 'number' && typeof y === 'number'
        ? x - y
        : String(x).localeCompare(String(y), 'en', { numeric: true }))
    )
  })
}

/** What the chart draws: at most as many series as there are colours, the rest within Other where values add up. */
export function chartSeries(drawn: readonly ChartSeries[], measure: Measure): readonly ChartSeries[] {
  const named = drawn.filter((each) => each.key !== OTHER_KEY)
  if (named.length <= NAMED) return drawn
  if (!addsUp(measure)) return named.slice(0, NAMED)
  const rest = [...named.slice(NAMED), ...drawn.filter((each) => each.key === OTHER_KEY)]
  const values = (rest[0]?.values ?? []).map((_, i) =>
    rest.reduce<number | null>(
      (sum, { values: all }) => (typeof all[i] === 'number' ? (sum ?? 0) + all[i] : sum),
      null,
    ),
  )
  return [...named.slice(0, NAMED), { key: OTHER_KEY, label: TEXTS.other, color: undefined, values }]
}

/** The table as rows of text and numbers, for CSV. */
export function tableOf(rows: readonly ExploreRow[], groupBy: readonly FieldName[], measure: Measure) {
  const counter = counterOf(measure)
  const names = ['min', 'avg', 'p95', 'max', 'last'] as const
  return {
    columns: [
      ...(groupBy.length > 0 ? groupBy : ['series']),
      ...names.map((name) => `${measure}.${name}`),
      `${counter}.total`,
      'share',
    ].map((name) => ({ name })),
    rows: rows.map((row): JsonValue[] => [
      ...labels(row, groupBy),
      ...names.map((name) => row[name]),
      row.total,
      row.share,
    ]),
  }
}

/** Every bucket of every series, for CSV. */
export function bucketsOf(series: Series, groupBy: readonly FieldName[], measure: Measure) {
  return {
    columns: ['time', ...(groupBy.length > 0 ? groupBy : ['series']), measure].map((name) => ({ name })),
    rows: series.groups.flatMap((group) =>
      group.values.map((value, i): JsonValue[] => [
        new Date(series.times[i] ?? 0).toISOString(),
        ...labels({ cells: group.cells, kind: group.other ? 'other' : 'group' }, groupBy),
        value,
      ]),
    ),
  }
}

function labels(row: Pick<ExploreRow, 'cells' | 'kind'>, groupBy: readonly FieldName[]): JsonValue[] {
  if (row.kind === 'group' && groupBy.length > 0) return groupBy.map((_, i) => row.cells[i] ?? null)
  const word = row.kind === 'other' ? TEXTS.other : TEXTS.total
  return groupBy.length > 0 ? groupBy.map((_, i) => (i === 0 ? word : null)) : [word]
}
