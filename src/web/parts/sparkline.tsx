/** A line without axes; null is a gap. */
interface SparklineProps {
  readonly values: readonly (number | null)[]
  readonly width?: number
  readonly height?: number
  /** A CSS colour. */
  readonly color?: string
}

export function Sparkline({ values, width = 54, height = 22, color = 'var(--accent)' }: SparklineProps) {
  const top = Math.max(...values.map((value) => value ?? 0), 0)
  const step = values.length > 1 ? width / (values.length - 1) : width
  const y = (value: number) => (top === 0 ? height - 1 : height - 1 - (value / top) * (height - 3))
  const runs = runsOf(values)
  const line = runs
    .map((run) =>
      run.map(([i, value], at) => `${at === 0 ? 'M' : 'L'}${(i * step).toFixed(1)} ${y(value).toFixed(1)}`).join(''),
    )
    .join('')
  const area = runs
    .filter((run) => run.length > 1)
    .map(
      (run) =>
        `M${((run[0]?.[0] ?? 0) * step).toFixed(1)} ${height}${run.map(([i, value]) => `L${(i * step).toFixed(1)} ${y(value).toFixed(1)}`).join('')}L${((run.at(-1)?.[0] ?? 0) * step).toFixed(1)} ${height}Z`,
    )
    .join('')
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
      <path d={area} fill={color} opacity={0.18} />
      <path d={line} fill="none" stroke={color} strokeWidth={1.2} strokeLinejoin="round" strokeLinecap="round" />
    </svg>
  )
}

/** Stretches of known values, as [index, value]; a lone value is drawn as a short dash. */
function runsOf(values: readonly (number | null)[]): [number, number][][] {
  const runs: [number, number][][] = []
  let run: [number, number][] = []
  values.forEach((value, i) => {
    if (value !== null) run.push([i, value])
    if ((value === null || i === values.length - 1) && run.length > 0) {
      if (run.length === 1) run.push([(run[0] as [number, number])[0] + 0.5, (run[0] as [number, number])[1]])
      runs.push(run)
      run = []
    }
  })
  return runs
}
