/** What a chart over time shows, as an ECharts option. */
import type { EChartsCoreOption } from 'echarts/core'
import { clockText, dayText, isMidnight } from '../data/times.ts'
import type { Palette } from './palette.ts'
import { MARGIN, type TimeScale } from './time-scale.ts'

export interface ChartSeries {
  readonly key: string
  readonly label: string
  /** Index of the series colour; undefined is the grey of Other. */
  readonly color: number | undefined
  /** By bucket; null is a gap. */
  readonly values: readonly (number | null)[]
  /** A line to compare with, never stacked. */
  readonly dashed?: boolean
}

export type ChartKind = 'stacked' | 'lines' | 'bars'

interface Drawing {
  readonly kind: ChartKind
  readonly times: readonly number[]
  readonly intervalMs: number
  readonly series: readonly ChartSeries[]
  readonly scale: TimeScale
  readonly palette: Palette
  /** The one that stands out; the others fade. */
  readonly lit: string | null
}

/** Pixels that half of a label takes. */
const HALF_DAY_LABEL = 34
const HALF_CLOCK_LABEL = 24

/** SI power of the axis: 3 for k, 6 for M … */
export function axisPower(top: number): number {
  return top < 1000 ? 0 : Math.min(18, Math.floor(Math.log10(top) / 3) * 3)
}

export function timeChartOption({ kind, times, intervalMs, series, scale, palette, lit }: Drawing): EChartsCoreOption {
  const divisor = 10 ** axisPower(scale.top)
  const seconds = scale.toMs - scale.fromMs <= 300_000
  return {
    animation: false,
    textStyle: { fontFamily: palette.font },
    grid: {
      left: MARGIN.left,
      right: MARGIN.right,
      top: MARGIN.top,
      bottom: MARGIN.bottom,
      containLabel: false,
      outerBoundsMode: 'none',
    },
    xAxis: {
      type: 'time',
      min: scale.fromMs,
      max: scale.toMs,
      axisLine: { lineStyle: { color: palette.lineStrong } },
      axisTick: { lineStyle: { color: palette.lineStrong } },
      splitLine: { show: false },
      axisLabel: {
        color: palette.text3,
        fontSize: 11,
        hideOverlap: true,
        showMinLabel: false,
        showMaxLabel: false,
        formatter: (time: number) => timeLabel(time, scale, seconds),
        rich: { day: { color: palette.text, fontSize: 11, fontWeight: 600 } },
      },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: scale.top,
      interval: scale.step,
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        color: palette.text3,
        fontSize: 11,
        formatter: (value: number) => Number((value / divisor).toPrecision(3)).toString(),
      },
    },
    series: series.map((each) => drawn(each, kind, times, intervalMs, palette, lit !== null && lit !== each.key)),
  }
}

/** Empty where it would be cut off at the right end. */
function timeLabel(time: number, scale: TimeScale, seconds: boolean): string {
  const room = scale.x(scale.toMs) - scale.x(time) + MARGIN.right
  if (isMidnight(time)) return room < HALF_DAY_LABEL ? '' : `{day|${dayText(time)}}`
  return room < HALF_CLOCK_LABEL ? '' : clockText(time, seconds)
}

function drawn(
  series: ChartSeries,
  kind: ChartKind,
  times: readonly number[],
  intervalMs: number,
  palette: Palette,
  faded: boolean,
) {
  const color = series.color === undefined ? palette.other : (palette.series[series.color] ?? palette.other)
  const opacity = faded ? 0.18 : 1
  if (kind === 'bars' && !series.dashed) {
    return {
      type: 'bar',
      name: series.key,
      stack: 'all',
      barCategoryGap: '12%',
      itemStyle: { color: series.color === undefined ? palette.hatch : color, opacity },
      data: times.map((time, i) => [time + intervalMs / 2, series.values[i] ?? 0]),
    }
  }
  const data = points(times, intervalMs, series.values)
  if (series.dashed || kind === 'lines') {
    const style = series.dashed ? { color: palette.text, width: 1.2, type: [4, 3] } : { color, width: 1.6, opacity }
    return {
      type: 'line',
      name: series.key,
      data,
      symbol: 'none',
      lineStyle: style,
      z: series.dashed ? 5 : 3,
      silent: true,
    }
  }
  return {
    type: 'line',
    name: series.key,
    stack: 'all',
    data,
    symbol: 'none',
    silent: true,
    lineStyle: { color: palette.surface, width: 0.6, opacity: opacity * 0.8 },
    areaStyle: { color: series.color === undefined ? palette.hatch : color, opacity: faded ? 0.18 : 0.92 },
  }
}

/** Values stand in the middle of their buckets; where data begins or ends they reach to the bucket's edge. */
function points(
  times: readonly number[],
  intervalMs: number,
  values: readonly (number | null)[],
): [number, number | null][] {
  const out: [number, number | null][] = []
  times.forEach((time, i) => {
    const value = values[i] ?? null
    const begins = (values[i - 1] ?? null) === null
    const ends = (values[i + 1] ?? null) === null
    if (value !== null && begins) out.push([time, value])
    out.push([time + intervalMs / 2, value])
    if (value !== null && ends) out.push([time + intervalMs, value])
  })
  return out
}
