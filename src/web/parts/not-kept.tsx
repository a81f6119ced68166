/** The part of a chart that lies before what is kept. */
import { dateTimeText } from '../data/times.ts'
import { TEXTS } from '../texts.ts'
import styles from './time-chart.module.css'
import { MARGIN, type TimeScale } from './time-scale.ts'

/** Pixels that the text takes. */
const TEXT_WIDTH = 150

/** Nothing where all of the range is kept. */
export function NotKept({ dataFromMs, scale }: { readonly dataFromMs: number | null; readonly scale: TimeScale }) {
  if (dataFromMs === null || dataFromMs <= scale.fromMs) return null
  const left = scale.x(scale.fromMs)
  const width = scale.x(Math.min(dataFromMs, scale.toMs)) - left
  const text = TEXTS.chart.keptSince(dateTimeText(dataFromMs))
  return (
    <div
      className={styles['notKept']}
      style={{ left, width, top: MARGIN.top, bottom: MARGIN.bottom }}
      role="note"
      aria-label={text}
      title={text}
    >
      {width >= TEXT_WIDTH ? <span>{text}</span> : null}
    </div>
  )
}
