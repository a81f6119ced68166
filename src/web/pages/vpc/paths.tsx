/** Which way traffic leaves the interfaces: within the VPC, internet gateway, peering, private gateway. */
import { useState } from 'react'
import { useView, viewParams } from '../../app/search.ts'
import { exactnessOf, resolutionText } from '../../data/exactness.ts'
import { textsOf } from '../../data/range.ts'
import { intervalText } from '../../data/times.ts'
import { useTraffic } from '../../data/traffic.ts'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { TimeChart } from '../../parts/time-chart.tsx'
import { withPill } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from '../overview/explore-link.tsx'
import { LEAVES } from './clauses.ts'
import { GroupTable } from './group-table.tsx'
import { texts } from './texts.ts'

const BY = ['traffic.path'] as const
const CHARTED = 9
const HEIGHT = 168

export function Paths() {
  const [view, setView] = useView()
  const [lit, setLit] = useState<string | null>(null)
  const traffic = useTraffic({ groupBy: BY, measure: 'bps', limit: CHARTED, where: LEAVES })
  const { series, drawn, data } = traffic
  return (
    <Panel
      title={texts.path.title}
      basis={
        data && series
          ? {
              parts: [
                'bit/s',
                TEXTS.average(intervalText(series.intervalMs)),
                resolutionText(data.meta),
                texts.path.basis,
              ],
              exactness: exactnessOf(data.meta),
            }
          : undefined
      }
      state={stateOf(traffic, {
        is: series !== null && series.groups.every(({ cells, total }) => total === 0 || cells[0] === null),
        why: texts.path.none,
      })}
      actions={
        <ExploreLink
          search={{
            ...viewParams(view, { pills: withPill(view.pills, LEAVES, false) }),
            ...exploreParams({ measure: 'bps', by: BY }),
          }}
        />
      }
    >
      {series && data ? (
        <>
          <TimeChart
            label={texts.path.title}
            kind="stacked"
            times={series.times}
            intervalMs={series.intervalMs}
            fromMs={data.meta.from}
            toMs={data.meta.to}
            dataFromMs={data.meta.dataFrom}
            series={drawn}
            unit="bit/s"
            height={HEIGHT}
            lit={lit}
            onLight={setLit}
            onZoom={(fromMs, toMs) => setView(textsOf(fromMs, toMs))}
          />
          <GroupTable
            label={texts.path.title}
            groupBy={traffic.groupBy}
            rows={series.groups.map(({ key, cells, other, total }) => ({ key, cells, other, value: total }))}
            heading={texts.bytes}
            unit="B"
            lit={lit}
            onLight={setLit}
          />
        </>
      ) : null}
    </Panel>
  )
}
