/** The busiest interfaces of a cloud, where flows come from flow logs: they name no exporter. */
import { useMemo } from 'react'
import { useView, viewParams } from '../../app/search.ts'
import { readTop } from '../../data/answers.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { useQuestion } from '../../data/hooks.ts'
import { unitOf } from '../../data/metrics.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from './explore-link.tsx'
import type { Metric } from './index.tsx'
import { EmptyRemedies } from './remedies.tsx'
import { texts } from './texts.ts'
import { tableCounter } from './traffic.tsx'

interface CloudRow {
  readonly id: string
  readonly in: number
  readonly out: number
}

const ASKED = 200
const BY = ['interface.id', 'direction'] as const

export function CloudInterfaces({ metric, rows: shown }: { readonly metric: Metric; readonly rows: number }) {
  const [view] = useView()
  const counter = tableCounter(metric)
  const unit = unitOf(counter)
  const result = useQuestion({ groupBy: [...BY], measures: [counter], limit: ASKED })
  const { data } = result
  const rows = useMemo(() => {
    const found = new Map<string, CloudRow>()
    for (const { cells, other, value } of data ? readTop(data, BY, counter) : []) {
      const [id, direction] = cells
      if (other || typeof id !== 'string' || (direction !== 'ingress' && direction !== 'egress')) continue
      const row = found.get(id) ?? { id, in: 0, out: 0 }
      found.set(id, { ...row, [direction === 'ingress' ? 'in' : 'out']: value })
    }
    return [...found.values()].toSorted((a, b) => Math.max(b.in, b.out) - Math.max(a.in, a.out)).slice(0, shown)
  }, [data, counter, shown])
  const columns: DataColumn<CloudRow>[] = [
    {
      id: 'name',
      label: texts.interfaceName,
      grow: true,
      cell: ({ id }) => <FieldValue field="interface.id" value={id} />,
    },
    { id: 'in', label: texts.in, align: 'right', cell: (row) => <NumberText value={row.in} unit={unit} /> },
    { id: 'out', label: texts.out, align: 'right', cell: (row) => <NumberText value={row.out} unit={unit} /> },
  ]
  return (
    <Panel
      title={texts.interfaces}
      basis={data ? { parts: [unit, texts.fuller], exactness: exactnessOf(data.meta) } : undefined}
      state={stateOf(result, { is: rows.length === 0, why: texts.noInterfaces, remedy: <EmptyRemedies /> })}
      actions={
        <ExploreLink search={{ ...viewParams(view), ...exploreParams({ by: ['interface.id'], measure: metric }) }} />
      }
    >
      <DataTable label={texts.interfaces} columns={columns} rows={rows} rowKey={({ id }) => id} />
    </Panel>
  )
}
