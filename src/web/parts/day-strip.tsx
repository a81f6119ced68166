/** A small bar for each of the last days, as high as what it stands for; a day without anything is a line. */
import styles from './day-strip.module.css'

interface DayStripProps {
  readonly label: string
  /** Oldest first. */
  readonly days: readonly { readonly day: string; readonly value: number; readonly title: string }[]
}

/** Days differ a thousandfold: the bars are as high as the logarithm, from a fifth on. */
export function DayStrip({ label, days }: DayStripProps) {
  const most = Math.log1p(Math.max(0, ...days.map(({ value }) => value)))
  return (
    <div className={styles['strip']} role="img" aria-label={label}>
      {days.map(({ day, value, title }) => (
        <i
          key={day}
          title={title}
          className={value === 0 ? styles['none'] : undefined}
          style={value === 0 ? undefined : { height: `${20 + (80 * Math.log1p(value)) / most}%` }}
        />
      ))}
    </div>
  )
}
