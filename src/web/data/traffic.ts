/** One question over time, read as the series of a chart. */
import { useMemo } from 'react'
import { addsUp, isMeasure, type Measure } from '../../shared/query/measures.ts'
import { BEFORE, CHANGE } from '../../shared/query/periods.ts'
import { parseInterval } from '../../shared/query/time.ts'
import { field, type FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { narrowed, useRange, useView } from '../app/search.ts'
import { colorIndexes } from '../parts/palette.ts'
import type { ChartSeries } from '../parts/time-chart-option.ts'
import { TEXTS } from '../texts.ts'
import { readSeries, totalOf, type Series } from './answers.ts'
import { useHealth, useQuestion, type QueryBody } from './hooks.ts'
import { counterOf } from './metrics.ts'
import { wholeFrom } from './range.ts'
import { valueText } from './value-text.ts'

const WEEK_MS = 604_800_000

interface TrafficQuestion {
  readonly groupBy: readonly FieldName[]
  readonly measure: Measure
  readonly limit: number
  readonly interval?: string
  /** Another period in the same answer: `-7d`. */
  readonly compare?: string | undefined
  /** A filter besides the view's. */
  readonly where?: string
}

/** The answer, its series, and the series as a chart draws them: largest first, Other last. */
export function useTraffic({ groupBy, measure, limit, interval = 'auto', compare, where }: TrafficQuestion) {
  const [view] = useView()
  const counter = counterOf(measure)
  const result = useQuestion({
    groupBy: [...groupBy],
    measures: measure === counter ? [measure] : [measure, counter],
    // What adds up is ordered by its counter, as the table has it.
    orderBy: addsUp(measure) ? counter : measure,
    interval,
    limit,
    ...(addsUp(measure) ? {} : { totals: true }),
    ...(compare === undefined ? {} : { compare }),
    ...(where === undefined ? {} : { filter: narrowed(view, where) }),
  })
  const plain = result.body.filter === undefined && result.body.scope === 'all' && compare === undefined
  const coverage = useQuestion(
    { groupBy: [], measures: ['flows'], interval, scope: 'all', filter: undefined },
    { enabled: !plain },
  )
  // The answer on the screen may still be that to the question before, with other groups.
  const asked = useMemo(
    () => (result.data ? groupsOf(result.data.columns.map((column) => column.name)) : []),
    [result.data],
  )
  const series = useMemo<Series | null>(() => {
    if (!result.data) return null
    const names = result.data.columns.map((column) => column.name)
    const shown = (names.includes(measure) ? measure : names.at(-1)) as Measure
    const everything = plain || coverage.data?.meta.interval !== result.data.meta.interval ? undefined : coverage.data
    return readSeries(result.data, asked, shown, names.includes(counter) ? counter : shown, everything)
  }, [result.data, asked, measure, counter, plain, coverage.data])
  const drawn = useMemo<readonly ChartSeries[]>(() => {
    if (!series) return []
    const colors = colorIndexes(
      asked.join(','),
      series.groups.map((group) => group.key),
    )
    return series.groups.map((group) => ({
      key: group.key,
      label: labelOf(group.cells, asked, group.other),
      color: group.other ? undefined : colors.get(group.key),
      values: group.values,
    }))
  }, [series, asked])
  return { ...result, series, drawn, groupBy: asked }
}

/** What `useTraffic` gives. */
export type Traffic = ReturnType<typeof useTraffic>

/** The same total a week before, bucket by bucket; null where the store does not reach back so far. */
export function useWeekBefore(measure: Measure, interval: string): readonly (number | null)[] | null {
  const [view] = useView()
  const { fromMs } = useRange()
  const health = useHealth()
  const oldest = health.data?.store.oldest ?? null
  const reaches = oldest !== null && oldest < fromMs - WEEK_MS + 60_000
  const body: Partial<QueryBody> = {
    from: weekBefore(wholeFrom(view, parseInterval(interval))),
    to: weekBefore(view.to),
    groupBy: [],
    measures: [measure],
    interval,
  }
  const result = useQuestion(body, { enabled: reaches })
  return useMemo(
    () => (reaches && result.data ? totalOf(readSeries(result.data, [], measure)) : null),
    [reaches, result.data, measure],
  )
}

/** The names of a group's values; what has none is said in words. */
export function labelOf(cells: readonly JsonValue[], groupBy: readonly FieldName[], other: boolean): string {
  if (other) return TEXTS.other
  if (groupBy.length === 0) return TEXTS.total
  return groupBy.map((name, i) => cellText(name, cells[i] ?? null)).join(' · ')
}

export function cellText(name: FieldName, value: JsonValue): string {
  return value === null ? TEXTS.without(field(name).label.toLowerCase()) : valueText(name, value)
}

function groupsOf(columns: readonly string[]): readonly FieldName[] {
  return columns.filter(
    (name) => name !== 'time' && !isMeasure(name) && !name.endsWith(BEFORE) && !name.endsWith(CHANGE),
  ) as FieldName[]
}

/** `now-1h` → `now-1h-7d`, and absolute times moved by as much. */
function weekBefore(time: string): string | number {
  if (!time.startsWith('now')) return (/^\d+$/.test(time) ? Number(time) : Date.parse(time)) - WEEK_MS
  const [math = 'now', rounding] = time.split('/')
  return `${math}-7d${rounding === undefined ? '' : `/${rounding}`}`
}
