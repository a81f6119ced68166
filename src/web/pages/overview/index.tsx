/** Overview: is all well, what is happening? */
import { useEffect, useState } from 'react'
import { DEFAULT_VIEW, usePageSearch, useView, type Codec } from '../../app/search.ts'
import { formatInterval } from '../../../shared/query/time.ts'
import { useHealth, useQuestion } from '../../data/hooks.ts'
import { rangeText } from '../../data/times.ts'
import { useWeekBefore } from '../../data/traffic.ts'
import { format, formatDuration } from '../../../shared/schema/units.ts'
import { comparedOf } from '../../data/metrics.ts'
import { exactnessOf, resolutionText } from '../../data/exactness.ts'
import { WithExplanation } from '../../parts/explain/beside.tsx'
import { usePageBasis } from '../../parts/page-basis.tsx'
import { PageHead, useViewHint } from '../../parts/page-head.tsx'
import { toNumber } from '../../data/numbers.ts'
import { TEXTS } from '../../texts.ts'
import { FIGURE_MEASURES, OverviewFigures } from './figures.tsx'
import { FirstRun } from './first-run.tsx'
import { Interfaces } from './interfaces.tsx'
import styles from './overview.module.css'
import { StandsOut } from './stands-out.tsx'
import { texts } from './texts.ts'
import { ChartedTable, TopTable } from './top-table.tsx'
import { CHARTED, Traffic } from './traffic.tsx'
import { Where } from './where.tsx'

export type Metric = 'bps' | 'pps' | 'fps'

const METRICS: readonly Metric[] = ['bps', 'pps', 'fps']
const codec: Codec<{ readonly metric: Metric }> = {
  read: (params) => ({ metric: METRICS.find((metric) => metric === params['metric']) ?? 'bps' }),
  write: ({ metric }) => ({ metric: metric === 'bps' ? undefined : metric }),
}
/** How often an empty store is asked whether flows have come. */
const FIRST_MS = 500
const FIRST_RANGE = 'now-5m'
const TALKERS = ['src.ip'] as const
const SERVICES = ['service'] as const
const PORTS = ['server.port', 'proto'] as const
const ROWS = 9

export function Page() {
  const health = useHealth()
  const [view, setView] = useView()
  const [{ metric }] = usePageSearch(codec)
  const empty = health.data !== undefined && health.data.store.flows === 0
  useHealth(empty ? FIRST_MS : undefined)
  const [wasEmpty, setWasEmpty] = useState(false)
  if (empty && !wasEmpty) setWasEmpty(true)
  const arrived = wasEmpty && !empty
  // In an hour, the first flows would be a sliver at its end.
  useEffect(() => {
    if (arrived && view.from === DEFAULT_VIEW.from) setView({ from: FIRST_RANGE }, true)
    // Only once, when they arrive: later the range is the person's.
    // eslint-disable-next-line react/exhaustive-deps
  }, [arrived])
  return (
    <WithExplanation measure={comparedOf(metric)}>
      <PageHead title={TEXTS.pages.overview} hint={useViewHint()} />
      {empty ? <FirstRun health={health.data} /> : <Panels />}
    </WithExplanation>
  )
}

function Panels() {
  const [{ metric }, set] = usePageSearch(codec)
  const totals = useQuestion({ groupBy: [], measures: [...FIGURE_MEASURES], interval: 'auto' })
  const meta = totals.data?.meta
  const interval = meta?.interval ? formatInterval(meta.interval) : 'auto'
  const weekBefore = useWeekBefore(metric, interval)
  const weekBeforeBits = useWeekBefore('bps', interval)
  usePageBasis(
    meta
      ? {
          parts: [
            rangeText(meta.from, meta.to),
            TEXTS.flowsMatch(format(toNumber(meta.totals.flows), '')),
            resolutionText(meta),
            TEXTS.spread,
            formatDuration(meta.tookMs),
          ],
          exactness: exactnessOf(meta),
        }
      : null,
  )
  return (
    <>
      <OverviewFigures answer={totals.data} weekBefore={weekBeforeBits} settled={totals.isFetched} />
      <div className={styles['first']}>
        <Traffic metric={metric} onMetric={(next) => set({ metric: next })} weekBefore={weekBefore} />
        <StandsOut />
      </div>
      <div className={styles['second']}>
        <Where metric={metric} height={ROWS * 27 + 27} />
        <Interfaces metric={metric} rows={ROWS} />
        <TopTable title={texts.talkers} groupBy={TALKERS} labels={[texts.address]} metric={metric} limit={ROWS - 1} />
      </div>
      <div className={styles['third']}>
        <ChartedTable
          title={texts.services}
          groupBy={SERVICES}
          labels={[texts.service]}
          metric={metric}
          limit={CHARTED}
        />
        <TopTable title={texts.ports} groupBy={PORTS} labels={[texts.port, texts.protocol]} metric={metric} limit={8} />
      </div>
    </>
  )
}
