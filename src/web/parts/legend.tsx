/** The series of a chart with one number each; pointing at one shows it in the chart. */
import { format, type Unit } from '../../shared/schema/units.ts'
import styles from './legend.module.css'
import { Swatch } from './swatch.tsx'
import type { ChartSeries } from './time-chart-option.ts'

interface LegendProps {
  readonly series: readonly ChartSeries[]
  readonly values: ReadonlyMap<string, number | null>
  readonly unit: Unit
  readonly lit: string | null
  readonly onLight: (key: string | null) => void
}

export function Legend({ series, values, unit, lit, onLight }: LegendProps) {
  return (
    <ul className={styles['legend']}>
      {series.map((each) => (
        <li key={each.key} className={`${styles['entry']} ${lit === each.key ? styles['lit'] : ''}`} onPointerEnter={() => onLight(each.key)} onPointerLeave={() => onLight(null)}>
          {each.dashed ? <span className={styles['dash']} aria-hidden="true" /> : <Swatch color={each.color} />}
          {each.label}
          {values.has(each.key) ? <span className={styles['value']}>{format(values.get(each.key) ?? null, unit)}</span> : null}
        </li>
      ))}
    </ul>
  )
}
