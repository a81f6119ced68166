/** A chart over time: stacked areas, lines or bars, with crosshair, tooltip, selection and keyboard. */
import { useId, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useElementSize } from '@mantine/hooks'
import { format, scale as scaleNumber, type Unit } from '../../shared/schema/units.ts'
import { clockText, rangeText } from '../data/times.ts'
import { TEXTS } from '../texts.ts'
import { BandLabels } from './band-labels.tsx'
import { CanvasChart } from './canvas-chart.tsx'
import { ChartTooltip } from './chart-tooltip.tsx'
import { pointAt, useCrosshair } from './crosshair.ts'
import { NotKept } from './not-kept.tsx'
import { usePalette } from './palette.ts'
import { SelectionBar } from './selection-bar.tsx'
import styles from './time-chart.module.css'
import { axisPower, timeChartOption, type ChartKind, type ChartSeries } from './time-chart-option.ts'
import { MARGIN, timeScale, type TimeScale } from './time-scale.ts'

export interface TimeChartProps {
  /** What it shows, for those who do not see it. */
  readonly label: string
  readonly kind: ChartKind
  /** Starts of the buckets. */
  readonly times: readonly number[]
  readonly intervalMs: number
  readonly fromMs: number
  readonly toMs: number
  /** From the bottom up. */
  readonly series: readonly ChartSeries[]
  readonly unit: Unit | ''
  readonly height: number
  /** Where what is kept begins, if that is within the range. */
  readonly dataFromMs?: number | null
  readonly lit?: string | null
  readonly onLight?: (key: string | null) => void
  readonly onZoom?: (fromMs: number, toMs: number) => void
  /** Where there is it, what was selected stays, to be explained or zoomed into. */
  readonly onExplain?: (fromMs: number, toMs: number) => void
  /** A span that is marked, because something beside the chart is about it. */
  readonly marked?: { readonly fromMs: number; readonly toMs: number } | null
  /** Names inside the bands of a stack. */
  readonly named?: boolean
}

export function TimeChart(props: TimeChartProps) {
  const {
    label,
    kind,
    times,
    intervalMs,
    fromMs,
    toMs,
    series,
    unit,
    height,
    dataFromMs = null,
    lit = null,
    onLight,
    onZoom,
    onExplain,
    marked = null,
    named = false,
  } = props
  const { ref, width } = useElementSize()
  const palette = usePalette()
  const [pointed, setPointed] = useState<string | null>(null)
  const max = useMemo(() => largest(series, times.length, kind), [series, times.length, kind])
  const scale = useMemo(() => timeScale(fromMs, toMs, max, width || 600, height), [fromMs, toMs, max, width, height])
  const faded = lit === pointed ? null : lit
  const option = useMemo(
    () => timeChartOption({ kind, times, intervalMs, series, scale, palette, lit: faded }),
    [kind, times, intervalMs, series, scale, palette, faded],
  )
  const unitText = scaleNumber(10 ** axisPower(scale.top), unit).unit

  return (
    <div ref={ref} className={styles['chart']} style={{ height }}>
      <CanvasChart option={option} height={height} />
      <span className={styles['unit']}>{unitText}</span>
      <NotKept dataFromMs={dataFromMs} scale={scale} />
      {named && kind === 'stacked' && width > 0 ? (
        <BandLabels times={times} intervalMs={intervalMs} series={series} scale={scale} palette={palette} />
      ) : null}
      {width > 0 ? (
        <Pointer
          {...{ label, kind, times, intervalMs, series, unit, height, scale, width, onZoom, onExplain, marked }}
          onNear={(key) => {
            if (pointed === key) return
            setPointed(key)
            onLight?.(key)
          }}
        />
      ) : null}
    </div>
  )
}

interface PointerProps extends Pick<
  TimeChartProps,
  'label' | 'kind' | 'times' | 'intervalMs' | 'series' | 'unit' | 'height'
> {
  readonly onZoom: TimeChartProps['onZoom']
  readonly onExplain: TimeChartProps['onExplain']
  readonly marked: NonNullable<TimeChartProps['marked']> | null
  readonly scale: TimeScale
  readonly width: number
  readonly onNear: (key: string | null) => void
}

/** What lies above the picture and answers to pointer and keys; only this is drawn anew while one moves. */
function Pointer(props: PointerProps) {
  const { label, kind, times, intervalMs, series, unit, height, scale, width, onZoom, onExplain, marked, onNear } =
    props
  const id = useId()
  const crosshair = useCrosshair()
  const [near, setNear] = useState<string | null>(null)
  const [selection, setSelection] = useState<Selection | null>(null)
  const [dragging, setDragging] = useState(false)
  const drag = useRef<number | null>(null)
  const index = crosshair === null ? -1 : bucketAt(times, intervalMs, crosshair.time)
  const mine = crosshair?.chart === id
  const said = index < 0 ? times.length - 1 : index

  const bounds = (event: PointerEvent<HTMLDivElement>) => event.currentTarget.getBoundingClientRect()
  const leave = () => {
    pointAt(null)
    setNear(null)
    onNear(null)
  }
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const box = bounds(event)
    const time = scale.timeAt(event.clientX - box.left)
    const bucket = bucketAt(times, intervalMs, time)
    pointAt({ time, chart: id })
    const key = nearest(series, bucket, scale.valueAt(event.clientY - box.top), kind)
    setNear(key)
    onNear(key)
    if (drag.current !== null && onZoom) setSelection(ordered(drag.current, time))
  }
  /** Ends the selection, and hands its span on, in whole seconds. */
  const take = (range: Selection | null, then: TimeChartProps['onZoom']) => {
    setSelection(null)
    setDragging(false)
    drag.current = null
    if (!range || !then || !isWide(range, scale)) return
    const fromMs = Math.round(range[0] / 1000) * 1000
    then(fromMs, Math.max(fromMs + 1000, Math.round(range[1] / 1000) * 1000))
  }
  const release = () => {
    if (!onExplain || !selection || !isWide(selection, scale)) return take(selection, onZoom)
    setDragging(false)
    drag.current = null
  }
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const from = index < 0 ? times.length - 1 : index
    const to =
      event.key === 'ArrowLeft'
        ? from - 1
        : event.key === 'ArrowRight'
          ? from + 1
          : event.key === 'Home'
            ? 0
            : event.key === 'End'
              ? times.length - 1
              : null
    if (to !== null) {
      const bucket = Math.min(times.length - 1, Math.max(0, index < 0 ? from : to))
      const middle = (times[bucket] ?? 0) + intervalMs / 2
      if (event.shiftKey) {
        drag.current ??= (times[from] ?? 0) + intervalMs / 2
        setSelection(ordered(drag.current, middle))
      } else {
        drag.current = null
        setSelection(null)
      }
      pointAt({ time: middle, chart: id })
    } else if (event.key === 'Enter' && selection) take(selection, onZoom)
    else if (event.key === 'e' && selection && onExplain) take(selection, onExplain)
    else if (event.key === 'Escape' && (selection || index >= 0)) {
      take(null, undefined)
      leave()
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const bar = selection && onExplain && !dragging && isWide(selection, scale) ? selection : null
  const shown = selection ?? (marked ? ([marked.fromMs, marked.toMs] as const) : null)

  return (
    <>
      <div
        className={styles['pointer']}
        role="slider"
        aria-label={`${label}. ${TEXTS.chart.keys}${onExplain ? ` ${TEXTS.chart.explainKey}` : ''}`}
        aria-valuemin={0}
        aria-valuemax={times.length - 1}
        aria-valuenow={said}
        aria-valuetext={spoken(series, said, clockText(times[said] ?? 0, intervalMs < 60_000), unit, kind)}
        tabIndex={0}
        onPointerMove={onPointerMove}
        onPointerLeave={() => (drag.current === null ? leave() : undefined)}
        onPointerDown={(event) => {
          if (event.button !== 0 || !onZoom) return
          event.currentTarget.setPointerCapture(event.pointerId)
          drag.current = scale.timeAt(event.clientX - bounds(event).left)
          setSelection(null)
          setDragging(true)
        }}
        onPointerUp={release}
        onPointerCancel={() => take(null, undefined)}
        onBlur={leave}
        onKeyDown={onKeyDown}
      >
        {shown ? (
          <div
            className={styles['selection']}
            style={{
              left: scale.x(shown[0]),
              width: scale.x(shown[1]) - scale.x(shown[0]),
              top: MARGIN.top,
              bottom: MARGIN.bottom,
            }}
          >
            {selection && !bar ? (
              <span className={styles['selectionText']}>{rangeText(selection[0], selection[1])}</span>
            ) : null}
          </div>
        ) : null}
        {index >= 0 ? (
          <div
            className={styles['line']}
            style={{ left: scale.x((times[index] ?? 0) + intervalMs / 2), top: MARGIN.top, bottom: MARGIN.bottom }}
          />
        ) : null}
        {mine && index >= 0 && !selection ? (
          <ChartTooltip
            {...{ kind, series, unit, index, near, width, height }}
            time={times[index] ?? 0}
            intervalMs={intervalMs}
            x={scale.x((times[index] ?? 0) + intervalMs / 2)}
          />
        ) : null}
      </div>
      {bar ? (
        <SelectionBar
          fromMs={bar[0]}
          toMs={bar[1]}
          x={(scale.x(bar[0]) + scale.x(bar[1])) / 2}
          width={width}
          onExplain={() => take(bar, onExplain)}
          onZoom={() => take(bar, onZoom)}
          onClear={() => take(null, undefined)}
        />
      ) : null}
    </>
  )
}

/** From and to, epoch milliseconds. */
type Selection = readonly [number, number]

/** Wide enough to have been meant. */
function isWide([from, to]: Selection, scale: TimeScale): boolean {
  return scale.x(to) - scale.x(from) >= 4
}

function largest(series: readonly ChartSeries[], buckets: number, kind: ChartKind): number {
  let max = 0
  for (let i = 0; i < buckets; i++) {
    let sum = 0
    for (const each of series) {
      const value = each.values[i] ?? 0
      if (each.dashed || kind === 'lines') max = Math.max(max, value)
      else sum += value
    }
    max = Math.max(max, sum)
  }
  return max
}

function bucketAt(times: readonly number[], intervalMs: number, time: number): number {
  const first = times[0]
  if (first === undefined) return -1
  const at = Math.floor((time - first) / intervalMs)
  return at < 0 || at >= times.length ? -1 : at
}

/** The band that the value lies in, or the line that is nearest to it. */
function nearest(series: readonly ChartSeries[], bucket: number, value: number, kind: ChartKind): string | null {
  if (bucket < 0) return null
  if (kind === 'lines') {
    const known = series.filter((each) => !each.dashed && typeof each.values[bucket] === 'number')
    return (
      known.toSorted((a, b) => Math.abs((a.values[bucket] ?? 0) - value) - Math.abs((b.values[bucket] ?? 0) - value))[0]
        ?.key ?? null
    )
  }
  let sum = 0
  for (const each of series) {
    if (each.dashed) continue
    sum += each.values[bucket] ?? 0
    if (value >= 0 && value <= sum) return each.key
  }
  return null
}

function spoken(
  series: readonly ChartSeries[],
  bucket: number,
  time: string,
  unit: Unit | '',
  kind: ChartKind,
): string {
  const known = series
    .filter((each) => typeof each.values[bucket] === 'number')
    .toSorted((a, b) => (b.values[bucket] ?? 0) - (a.values[bucket] ?? 0))
  if (known.length === 0) return `${time}: ${TEXTS.chart.noData}`
  const total =
    kind === 'lines'
      ? ''
      : ` ${TEXTS.total} ${format(
          known.filter((each) => !each.dashed).reduce((sum, each) => sum + (each.values[bucket] ?? 0), 0),
          unit,
        )};`
  return `${time}:${total} ${known
    .slice(0, 4)
    .map((each) => `${each.label} ${format(each.values[bucket] ?? null, unit)}`)
    .join(', ')}`
}

function ordered(a: number, b: number): Selection {
  return a < b ? [a, b] : [b, a]
}
