/** Names inside the bands of a stack, where each is thickest and only where they fit. */
import type { Palette } from './palette.ts'
import styles from './band-labels.module.css'
import type { ChartSeries } from './time-chart-option.ts'
import { MARGIN, type TimeScale } from './time-scale.ts'

interface BandLabelsProps {
  readonly times: readonly number[]
  readonly intervalMs: number
  readonly series: readonly ChartSeries[]
  readonly scale: TimeScale
  readonly palette: Palette
}

const LINE_PX = 15
const LETTER_PX = 7

export function BandLabels({ times, intervalMs, series, scale, palette }: BandLabelsProps) {
  return (
    <div className={styles['labels']} aria-hidden="true">
      {placed(times, intervalMs, series, scale).map(({ each, x, y }) => (
        <span
          key={each.key}
          className={styles['label']}
          style={{ left: x, top: y, color: inkOn(palette.series[each.color ?? 0] ?? '#000000') }}
        >
          {each.label}
        </span>
      ))}
    </div>
  )
}

function placed(
  times: readonly number[],
  intervalMs: number,
  series: readonly ChartSeries[],
  scale: TimeScale,
): { each: ChartSeries; x: number; y: number }[] {
  const below = times.map(() => 0)
  const pixel = scale.y(0) - scale.y(1)
  const right = scale.x(scale.toMs)
  const out: { each: ChartSeries; x: number; y: number }[] = []
  for (const each of series) {
    if (each.dashed) continue
    const half = (each.label.length * LETTER_PX) / 2 + 4
    let best: { room: number; x: number; y: number } | null = null
    times.forEach((time, i) => {
      const x = scale.x(time + intervalMs / 2)
      if (x - half < MARGIN.left || x + half > right) return
      const [room, y] = roomAround(i, half, below, each.values, times, scale, pixel)
      if (room >= LINE_PX && (!best || room > best.room)) best = { room, x, y }
    })
    if (best !== null && each.color !== undefined)
      out.push({ each, x: (best as { x: number }).x, y: (best as { y: number }).y })
    each.values.forEach((value, i) => (below[i] = (below[i] ?? 0) + (value ?? 0)))
  }
  return out
}

/** Height that a label as wide as `2 × half` has around bucket `i`, and the middle of it, in pixels. */
function roomAround(
  i: number,
  half: number,
  below: readonly number[],
  values: readonly (number | null)[],
  times: readonly number[],
  scale: TimeScale,
  pixel: number,
): [number, number] {
  const reach = Math.ceil(half / Math.max(1, scale.x(times[1] ?? scale.toMs) - scale.x(times[0] ?? 0)))
  let floor = 0
  let ceiling = Number.POSITIVE_INFINITY
  for (let at = Math.max(0, i - reach); at <= Math.min(times.length - 1, i + reach); at++) {
    floor = Math.max(floor, below[at] ?? 0)
    ceiling = Math.min(ceiling, (below[at] ?? 0) + (values[at] ?? 0))
  }
  return [(ceiling - floor) * pixel, scale.y((floor + ceiling) / 2)]
}

/** Black or white, whichever reads better on the colour (WCAG relative luminance). */
function inkOn(hex: string): string {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#0a0f12' : '#ffffff'
}
