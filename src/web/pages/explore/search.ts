/** Explore's question in the URL: `?measure=bps&by=service,dst.as&top=10&chart=lines&interval=5m`. */
import { field, findField, type FieldName } from '../../../shared/schema/fields.ts'
import { addsUp, MEASURE_NAMES, MEASURES, type Measure } from '../../../shared/query/measures.ts'
import type { Codec, Params } from '../../app/search.ts'
import type { ChartKind } from '../../parts/time-chart-option.ts'

export type ExploreChart = ChartKind | 'table'

export interface ExploreSearch {
  readonly measure: Measure
  readonly by: readonly FieldName[]
  readonly top: number
  readonly chart: ExploreChart
  /** `auto` or a length: `5m`. */
  readonly interval: string
  /** A column of the table, with a minus for descending. */
  readonly sort: string
  /** The period that stands beside it. */
  readonly compare: ExploreCompare
}

export const COMPARED = ['none', '-1d', '-7d'] as const
export type ExploreCompare = (typeof COMPARED)[number]
export const CHARTS: readonly ExploreChart[] = ['stacked', 'lines', 'bars', 'table']
export const TOPS: readonly number[] = [3, 5, 8, 10, 12, 20, 50]
export const INTERVALS: readonly string[] = ['auto', '1s', '10s', '30s', '1m', '5m', '15m', '1h', '6h', '1d']
/** Rates, sums, and what is neither. */
export const EXPLORE_MEASURES: readonly Measure[] = [
  ...MEASURE_NAMES.toSorted((a, b) => Number(MEASURES[b].rate) - Number(MEASURES[a].rate)),
  'bps.max',
  'bps.p95',
  'pps.max',
  'bytes/packet',
  'unique(src.ip)',
  'unique(dst.ip)',
  'unique(dst.port)',
]
const USUAL: ExploreSearch = {
  measure: 'bps',
  by: ['service'],
  top: 8,
  chart: 'stacked',
  interval: 'auto',
  sort: '-total',
  compare: 'none',
}

export const exploreCodec: Codec<ExploreSearch> = {
  read: (params) => ({
    measure: oneOf(params['measure'], EXPLORE_MEASURES, USUAL.measure),
    by: params['by'] === undefined ? USUAL.by : readFields(params['by']),
    top: Number(oneOf(params['top'], TOPS.map(String), String(USUAL.top))),
    chart: oneOf(params['chart'], CHARTS, USUAL.chart),
    interval: oneOf(params['interval'], INTERVALS, USUAL.interval),
    sort: params['sort'] ?? USUAL.sort,
    compare: oneOf(params['compare'], COMPARED, USUAL.compare),
  }),
  write: (search) => ({
    measure: search.measure === USUAL.measure ? undefined : search.measure,
    by: search.by.join(',') === USUAL.by.join(',') ? undefined : search.by.length === 0 ? 'none' : search.by.join(','),
    top: search.top === USUAL.top ? undefined : String(search.top),
    chart: search.chart === USUAL.chart ? undefined : search.chart,
    interval: search.interval === USUAL.interval ? undefined : search.interval,
    sort: search.sort === USUAL.sort ? undefined : search.sort,
    compare: search.compare === USUAL.compare ? undefined : search.compare,
  }),
}

/** Parameters for a link to Explore. */
export function exploreParams(question: Partial<ExploreSearch>): Params {
  return exploreCodec.write({ ...USUAL, ...question })
}

/** Lines, where stacked values would add up what does not. */
export function chartOf({ chart, measure }: ExploreSearch): ExploreChart {
  return chart === 'table' || addsUp(measure) ? chart : 'lines'
}

/** Whether a question may be grouped by the field: dimensions that mean one side. */
export function isGroupable(name: FieldName): boolean {
  const { role, either } = field(name)
  return role === 'dimension' && either === undefined
}

function readFields(text: string): readonly FieldName[] {
  const names = text.split(',').flatMap((name) => findField(name)?.name ?? [])
  return [...new Set(names)].filter(isGroupable).slice(0, 8)
}

function oneOf<T extends string>(text: string | undefined, words: readonly T[], usual: T): T {
  return words.find((word) => word === text) ?? usual
}
