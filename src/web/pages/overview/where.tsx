/** The largest pairs of source and destination, as bands between two columns. */
import { useMemo } from 'react'
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import { useView, viewParams } from '../../app/search.ts'
import { OTHER_KEY, readTop } from '../../data/answers.ts'
import { useQuestion } from '../../data/hooks.ts'
import { unitOf } from '../../data/metrics.ts'
import { toNumber } from '../../data/numbers.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { FlowDiagram } from '../../parts/flow-diagram.tsx'
import type { FlowLink, FlowNode } from '../../parts/flow-layout.ts'
import { colorIndexes } from '../../parts/palette.ts'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { shareText } from '../../parts/share-bar.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from './explore-link.tsx'
import type { Metric } from './index.tsx'
import { EmptyRemedies } from './remedies.tsx'
import { texts } from './texts.ts'
import { tableCounter } from './traffic.tsx'

const PAIRS = 60
const NODES = 8
const GROUP_BY = ['src.ip', 'dst.ip'] as const
const OTHER: FlowNode = { key: OTHER_KEY, label: TEXTS.other }

export function Where({ metric, height }: { readonly metric: Metric; readonly height: number }) {
  const [view] = useView()
  const counter = tableCounter(metric)
  const result = useQuestion({ groupBy: [...GROUP_BY], measures: [counter], limit: PAIRS })
  const links = useMemo(
    () => (result.data ? linksOf(readTop(result.data, GROUP_BY, counter)) : []),
    [result.data, counter],
  )
  const total = toNumber(result.data?.meta.totals[counter] ?? null) ?? 0
  const shown = links.reduce((sum, link) => sum + link.value, 0)
  const colors = colorIndexes('src.ip', [...new Set(links.map((link) => link.from.key))])
  return (
    <Panel
      title={texts.where}
      basis={
        result.data
          ? {
              parts: [texts.pairs(PAIRS, shareText(shown / total))],
              exactness: exactnessOf(result.data.meta),
            }
          : undefined
      }
      state={stateOf(result, { is: links.length === 0, why: texts.empty, remedy: <EmptyRemedies /> })}
      actions={
        <ExploreLink
          search={{
            ...viewParams(view),
            ...exploreParams({ by: [...GROUP_BY], measure: metric, chart: 'table', top: 50 }),
          }}
        />
      }
    >
      <FlowDiagram
        label={texts.where}
        links={links}
        unit={unitOf(counter)}
        height={height}
        color={(key) => (key === OTHER_KEY ? undefined : colors.get(key))}
        labels={{ from: texts.source, to: texts.destination, value: unitOf(counter) }}
        name={(node, side) =>
          node.key === OTHER_KEY ? (
            node.label
          ) : (
            <Value
              of={[
                {
                  field: side === 'from' ? 'src.ip' : 'dst.ip',
                  value: node.label === TEXTS.unknown ? null : node.label,
                },
              ]}
            >
              {node.label}
            </Value>
          )
        }
      />
    </Panel>
  )
}

/** Pairs between the largest sources and destinations; the others among the pairs asked for meet in Other. */
function linksOf(all: ReturnType<typeof readTop>): readonly FlowLink[] {
  const rows = all.filter((row) => !row.other)
  const named = [0, 1].map((side) => {
    const sums = new Map<string, number>()
    for (const row of rows) sums.set(nameOf(row.cells[side]), (sums.get(nameOf(row.cells[side])) ?? 0) + row.value)
    return new Set(
      [...sums]
        .toSorted((a, b) => b[1] - a[1])
        .slice(0, NODES)
        .map(([name]) => name),
    )
  })
  const links = new Map<string, FlowLink>()
  for (const row of rows) {
    const [from = OTHER, to = OTHER] = [0, 1].map((side) => {
      const name = nameOf(row.cells[side])
      return named[side]?.has(name) ? { key: name, label: name } : OTHER
    })
    const key = `${from.key} ${to.key}`
    links.set(key, { from, to, value: (links.get(key)?.value ?? 0) + row.value })
  }
  return [...links.values()]
}

function nameOf(cell: JsonValue | undefined): string {
  return cell === null || cell === undefined ? TEXTS.unknown : String(cell)
}
