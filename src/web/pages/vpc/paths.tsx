/** Which way traffic leaves the interfaces: within the VPC, internet gateway, peering, private gateway. */
import { useView, viewParams } from '../../app/search.ts'
import { exactnessOf, resolutionText } from '../../data/exactness.ts'
import { intervalText } from '../../data/times.ts'
import { useTraffic } from '../../data/traffic.ts'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { withPill } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from '../overview/explore-link.tsx'
import { LEAVES } from './clauses.ts'
import { GroupedTraffic } from './grouped-traffic.tsx'
import { texts } from './texts.ts'

const BY = ['traffic.path'] as const
const CHARTED = 9
const HEIGHT = 168

export function Paths() {
  const [view] = useView()
  const traffic = useTraffic({ groupBy: BY, measure: 'bps', limit: CHARTED, where: LEAVES })
  const { series, data } = traffic
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
      <GroupedTraffic
        traffic={traffic}
        label={texts.path.title}
        unit="bit/s"
        height={HEIGHT}
        heading={texts.bytes}
        totalUnit="B"
      />
    </Panel>
  )
}
