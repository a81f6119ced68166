/** Both directions of a record's conversation over the view's range. */
import { useView } from '../../app/search.ts'
import { readSeries } from '../../data/answers.ts'
import { useQuestion } from '../../data/hooks.ts'
import { intervalText } from '../../data/times.ts'
import { Basis } from '../../parts/basis.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import styles from './flows.module.css'
import type { FlowRecord } from './record.ts'
import { texts } from './texts.ts'

const HEIGHT = 118
const COLORS = { sent: 0, received: 1 } as const

export function Conversation({ record, clause }: { readonly record: FlowRecord; readonly clause: string }) {
  const [, setView] = useView()
  const result = useQuestion({
    filter: clause,
    groupBy: ['src.ip'],
    measures: ['bps', 'bytes'],
    interval: 'auto',
    limit: 2,
    other: false,
  })
  if (!result.data || result.data.rows.length === 0) return null
  const series = readSeries(result.data, ['src.ip'], 'bps', 'bytes')
  const directions = series.groups.map((group) => ({
    ...group,
    way: group.cells[0] === record['src.ip'] ? ('sent' as const) : ('received' as const),
  }))
  return (
    <section className={styles['section']}>
      <h3>
        {texts.record.conversationTitle}{' '}
        <Basis parts={[texts.record.conversationBasis(intervalText(series.intervalMs))]} />
      </h3>
      <div className={styles['small']}>
        <TimeChart
          label={texts.record.conversationTitle}
          kind="stacked"
          times={series.times}
          intervalMs={series.intervalMs}
          fromMs={result.data.meta.from}
          toMs={result.data.meta.to}
          series={directions.map((one) => ({
            key: one.key,
            label: texts.record[one.way],
            color: COLORS[one.way],
            values: one.values,
          }))}
          unit="bit/s"
          height={HEIGHT}
          onZoom={(fromMs, toMs) => setView({ from: String(fromMs), to: String(toMs) })}
        />
      </div>
      <ul className={styles['legend']}>
        {directions.map((one) => (
          <li key={one.key}>
            <Swatch color={COLORS[one.way]} />
            {texts.record[one.way]} <strong>{texts.record.bytes(one.total)}</strong>
          </li>
        ))}
      </ul>
    </section>
  )
}
