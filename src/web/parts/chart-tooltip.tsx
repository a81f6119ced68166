/** All values at one time, largest first, with their total; it keeps to the side of the pointer where there is room. */
import { format, type Unit } from '../../shared/schema/units.ts'
import { clockText, dateTimeText } from '../data/times.ts'
import { TEXTS } from '../texts.ts'
import styles from './chart-tooltip.module.css'
import { Swatch } from './swatch.tsx'
import type { ChartKind, ChartSeries } from './time-chart-option.ts'

interface ChartTooltipProps {
  readonly kind: ChartKind
  readonly series: readonly ChartSeries[]
  readonly unit: Unit | ''
  readonly index: number
  readonly time: number
  readonly intervalMs: number
  readonly near: string | null
  readonly x: number
  readonly width: number
  readonly height: number
}

export function ChartTooltip({
  kind,
  series,
  unit,
  index,
  time,
  intervalMs,
  near,
  x,
  width,
  height,
}: ChartTooltipProps) {
  const known = series
    .filter((each) => typeof each.values[index] === 'number')
    .toSorted((a, b) => (b.values[index] ?? 0) - (a.values[index] ?? 0))
  const stacked = known.filter((each) => !each.dashed)
  const left = x > width / 2
  const seconds = intervalMs < 60_000
  return (
    <div
      className={styles['tooltip']}
      style={{
        ...(left ? { right: width - x + 14 } : { left: x + 14 }),
        top: 8,
        maxHeight: Math.max(height - 16, 240),
      }}
      aria-hidden="true"
    >
      <div className={styles['time']}>
        {dateTimeText(time, seconds)} – {clockText(time + intervalMs, seconds)}
      </div>
      {known.length === 0 ? <div className={styles['none']}>{TEXTS.chart.noData}</div> : null}
      <table className={styles['rows']}>
        <tbody>
          {known.map((each) => (
            <tr key={each.key} className={each.key === near ? styles['near'] : undefined}>
              <td>
                {each.dashed ? <span className={styles['dash']} /> : <Swatch color={each.color} />}
                {each.label}
              </td>
              <td className={styles['number']}>{format(each.values[index] ?? null, unit)}</td>
            </tr>
          ))}
          {kind !== 'lines' && stacked.length > 1 ? (
            <tr className={styles['total']}>
              <td>{TEXTS.total}</td>
              <td className={styles['number']}>
                {format(
                  stacked.reduce((sum, each) => sum + (each.values[index] ?? 0), 0),
                  unit,
                )}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}
