/** Traffic by service over time, with the week before as a dashed line. */
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useView, viewParams } from '../../app/search.ts'
import { averageOf } from '../../data/answers.ts'
import { useTraffic } from '../../data/traffic.ts'
import { counterOf, unitOf } from '../../data/metrics.ts'
import { textsOf } from '../../data/range.ts'
import { intervalText } from '../../data/times.ts'
import { exactnessOf, resolutionText } from '../../data/exactness.ts'
import { buttonClass } from '../../parts/button.tsx'
import { useExplained } from '../../parts/explain/beside.tsx'
import { Legend } from '../../parts/legend.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import type { Metric } from './index.tsx'
import { EmptyRemedies } from './remedies.tsx'
import { texts } from './texts.ts'

/** Services that the chart names, and the table beneath it. */
export const CHARTED = 8
const HEIGHT = 268

interface TrafficProps {
  readonly metric: Metric
  readonly onMetric: (metric: Metric) => void
  readonly weekBefore: readonly (number | null)[] | null
}

export function Traffic({ metric, onMetric, weekBefore }: TrafficProps) {
  const [view, setView] = useView()
  const { explained, explain } = useExplained()
  const [lit, setLit] = useState<string | null>(null)
  const traffic = useTraffic({ groupBy: ['service'], measure: metric, limit: CHARTED })
  const { series, drawn, data } = traffic
  const unit = unitOf(metric)
  const shown = useMemo(
    () =>
      weekBefore && drawn.length > 0
        ? [...drawn, { key: 'week', label: texts.weekBefore, color: undefined, values: weekBefore, dashed: true }]
        : drawn,
    [drawn, weekBefore],
  )
  const averages = useMemo(
    () => new Map(series ? series.groups.map((group) => [group.key, averageOf(metric, group, series)]) : []),
    [series, metric],
  )
  const question = { ...viewParams(view), ...exploreParams({ measure: metric, by: ['service'], top: CHARTED }) }
  return (
    <Panel
      title={texts.traffic}
      basis={
        data && series
          ? {
              parts: [
                unit,
                TEXTS.average(intervalText(series.intervalMs)),
                resolutionText(data.meta),
                TEXTS.topAndOther(CHARTED),
              ],
              exactness: exactnessOf(data.meta),
            }
          : undefined
      }
      state={stateOf(traffic, {
        is: series !== null && series.groups.every((group) => group.total === 0),
        why: texts.empty,
        remedy: <EmptyRemedies />,
      })}
      actions={
        <>
          <Segments
            label={texts.show}
            value={metric}
            onChange={onMetric}
            segments={[
              { value: 'bps', label: texts.bits },
              { value: 'pps', label: texts.packetsWord },
              { value: 'fps', label: texts.flowsWord },
            ]}
          />
          <Link
            to="/explore"
            search={question}
            className={buttonClass({ variant: 'quiet', small: true })}
            aria-label={texts.exploreThis}
          >
            {texts.explore} <IconArrowRight size={15} aria-hidden />
          </Link>
        </>
      }
    >
      {series && data ? (
        <>
          <TimeChart
            label={`${texts.traffic}, ${unit}`}
            kind="stacked"
            times={series.times}
            intervalMs={series.intervalMs}
            fromMs={data.meta.from}
            toMs={data.meta.to}
            dataFromMs={data.meta.dataFrom}
            series={shown}
            unit={unit}
            height={HEIGHT}
            named
            lit={lit}
            onLight={setLit}
            onZoom={(fromMs, toMs) => setView(textsOf(fromMs, toMs))}
            onExplain={explain}
            marked={explained}
          />
          <Legend series={shown} values={averages} unit={unit} caption={texts.legend} lit={lit} onLight={setLit} />
        </>
      ) : null}
    </Panel>
  )
}

/** The counter that an Overview's table sums for a rate. */
export function tableCounter(metric: Metric): 'bytes' | 'packets' | 'flows' {
  return counterOf(metric) as 'bytes' | 'packets' | 'flows'
}
