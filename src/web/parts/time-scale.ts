/** Where times and values stand in a chart over time: the same sums for what ECharts paints and for what lies above it. */

export const MARGIN = { left: 46, right: 10, top: 26, bottom: 24 } as const

export interface TimeScale {
  readonly fromMs: number
  readonly toMs: number
  readonly top: number
  /** Between two grid lines. */
  readonly step: number
  x(time: number): number
  y(value: number): number
  /** The inverse of `x`, held within the range. */
  timeAt(x: number): number
  valueAt(y: number): number
}

/** Three to five lines above zero. */
export function timeScale(fromMs: number, toMs: number, max: number, width: number, height: number): TimeScale {
  const step = niceStep(max)
  const top = Math.max(step, Math.ceil(max / step) * step)
  const plotWidth = Math.max(1, width - MARGIN.left - MARGIN.right)
  const plotHeight = Math.max(1, height - MARGIN.top - MARGIN.bottom)
  const span = Math.max(1, toMs - fromMs)
  return {
    fromMs,
    toMs,
    top,
    step,
    x: (time) => MARGIN.left + ((time - fromMs) / span) * plotWidth,
    y: (value) => MARGIN.top + (1 - value / top) * plotHeight,
    timeAt: (x) => fromMs + Math.min(1, Math.max(0, (x - MARGIN.left) / plotWidth)) * span,
    valueAt: (y) => (1 - (y - MARGIN.top) / plotHeight) * top,
  }
}

function niceStep(max: number): number {
  if (!(max > 0)) return 1
  const rough = max / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = [1, 2, 2.5, 5, 10].find((each) => each * power >= rough) ?? 10
  return factor * power
}
