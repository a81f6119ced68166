/** Both directions of a record's conversation over the view's range. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { useView } from '../../app/search.ts'
import { readSeries } from '../../data/answers.ts'
import { call, type CallError } from '../../data/client.ts'
import { useQuestion, useRefreshMs } from '../../data/hooks.ts'
import { clockWithMs, UNKNOWN } from '../../data/value-text.ts'
import { NumberText } from '../../parts/number-text.tsx'
import { intervalText } from '../../data/times.ts'
import { Basis } from '../../parts/basis.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import styles from './record.module.css'
import type { FlowRecord } from './record.ts'
import { texts } from './texts.ts'

const HEIGHT = 118
const UNITS = { bytes: 'B', packets: '', flows: '' } as const
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
      <Directions record={record} />
    </section>
  )
}

const ROWS = ['bytes', 'packets', 'flows', 'first', 'last'] as const

/** Both directions side by side. */
function Directions({ record }: { readonly record: FlowRecord }) {
  const [view] = useView()
  const refetchInterval = useRefreshMs()
  const end = (side: 'src' | 'dst') => {
    const port = record[`${side}.port`]
    return { ip: String(record[`${side}.ip`]), ...(typeof port === 'number' ? { port } : {}) }
  }
  const body = {
    from: view.from,
    to: view.to,
    scope: view.scope,
    src: end('src'),
    dst: end('dst'),
    ...(typeof record.proto === 'number' ? { proto: record.proto } : {}),
    limit: 1,
  }
  const { data } = useQuery<AnswerOf<'conversation'>, CallError>({
    queryKey: ['conversation', body],
    queryFn: ({ signal }) => call('conversation', body, signal),
    placeholderData: keepPreviousData,
    refetchInterval,
  })
  if (!data) return null
  const cell = (way: 'there' | 'back', row: (typeof ROWS)[number]) => {
    const value = data[way][row]
    if (row === 'bytes' || row === 'packets' || row === 'flows') return <NumberText value={value} unit={UNITS[row]} />
    return value === null ? UNKNOWN : clockWithMs(Number(value))
  }
  return (
    <table className={styles['directions']} aria-label={texts.record.directionsLabel}>
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{texts.record.measure}</span>
          </th>
          <th scope="col">
            <Swatch color={COLORS.sent} /> {texts.record.sent}
          </th>
          <th scope="col">
            <Swatch color={COLORS.received} /> {texts.record.received}
          </th>
        </tr>
      </thead>
      <tbody>
        {ROWS.map((row) => (
          <tr key={row}>
            <th scope="row">{texts.record.directions[row]}</th>
            <td>{cell('there', row)}</td>
            <td>{cell('back', row)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
