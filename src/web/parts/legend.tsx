/** The series of a chart with one number each; pointing at one shows it in the chart. */
import { scale, type Unit } from '../../shared/schema/units.ts'
import styles from './legend.module.css'
import { Swatch } from './swatch.tsx'
import type { ChartSeries } from './time-chart-option.ts'

interface LegendProps {
  readonly series: readonly ChartSeries[]
  readonly values: ReadonlyMap<string, number | null>
  readonly unit: Unit
  /** What the numbers are: `avg`. */
  readonly caption: (unit: string) => string
  readonly lit: string | null
  readonly onLight: (key: string | null) => void
}

export function Legend({ series, values, unit, caption, lit, onLight }: LegendProps) {
  const known = [...values.values()].filter((value) => value !== null)
  const top = Math.max(0, ...known)
  const power = top < 1000 ? 0 : Math.floor(Math.log10(top) / 3) * 3
  return (
    <ul className={styles['legend']}>
      {known.length > 0 ? <li className={styles['caption']}>{caption(scale(10 ** power, unit).unit)}</li> : null}
      {series.map((each) => (
        <li
          key={each.key}
          className={`${styles['entry']} ${lit === each.key ? styles['lit'] : ''}`}
          onPointerEnter={() => onLight(each.key)}
          onPointerLeave={() => onLight(null)}
        >
          {each.dashed ? <span className={styles['dash']} aria-hidden="true" /> : <Swatch color={each.color} />}
          {each.label}
          {values.has(each.key) ? (
            <span className={styles['value']}>{plain(values.get(each.key) ?? null, 10 ** power)}</span>
          ) : null}
        </li>
      ))}
    </ul>
  )
}

/** Numbers of one unit beside each other: as many places as the largest needs. */
function plain(value: number | null, divisor: number): string {
  if (value === null) return '–'
  const scaled = value / divisor
  return scaled >= 100 ? scaled.toFixed(0) : scaled >= 10 ? scaled.toFixed(1) : scaled.toFixed(2)
}
