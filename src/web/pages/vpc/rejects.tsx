/** What security groups and network ACLs let not through, over time and by whom. */
import { useMemo } from 'react'
import { usePageSearch, useView, viewParams } from '../../app/search.ts'
import { exactnessOf, resolutionText } from '../../data/exactness.ts'
import { intervalText } from '../../data/times.ts'
import { useTraffic } from '../../data/traffic.ts'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { withPill } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from '../overview/explore-link.tsx'
import { REJECTED } from './clauses.ts'
import { GroupedTraffic } from './grouped-traffic.tsx'
import { REJECTS_BY, vpcCodec } from './state.ts'
import { texts } from './texts.ts'
import styles from './vpc.module.css'

const CHARTED = 8
const HEIGHT = 226

export function Rejects() {
  const [view] = useView()
  const [{ rejects: by }, set] = usePageSearch(vpcCodec)
  const groupBy = useMemo(() => [by], [by])
  const traffic = useTraffic({ groupBy, measure: 'flows', limit: CHARTED, where: REJECTED })
  const { series, data } = traffic
  return (
    <Panel
      title={texts.rejects.title}
      basis={
        data && series
          ? {
              parts: [
                texts.rejects.unit,
                texts.rejects.per(intervalText(series.intervalMs)),
                resolutionText(data.meta),
                TEXTS.topAndOther(CHARTED),
              ],
              exactness: exactnessOf(data.meta),
            }
          : undefined
      }
      state={stateOf(traffic, {
        is: series !== null && series.groups.every(({ total }) => total === 0),
        why: texts.rejects.none,
      })}
      actions={
        <>
          <Segments
            label={texts.rejects.by}
            value={by}
            onChange={(rejects) => set({ rejects })}
            segments={REJECTS_BY.map((value) => ({ value, label: texts.rejects.names[value] }))}
          />
          <ExploreLink
            search={{
              ...viewParams(view, { pills: withPill(view.pills, REJECTED, false) }),
              ...exploreParams({ measure: 'flows', by: [by], top: CHARTED }),
            }}
          />
        </>
      }
    >
      <div className={styles['beside']}>
        <GroupedTraffic
          traffic={traffic}
          label={texts.rejects.title}
          chartLabel={`${texts.rejects.title}, ${texts.rejects.names[by]}`}
          unit="flows"
          height={HEIGHT}
          heading={texts.flows}
          totalUnit="flows"
        />
      </div>
    </Panel>
  )
}
