/** The busiest interfaces: what came in and went out by each. */
import { useMemo } from 'react'
import { useView, viewParams } from '../../app/search.ts'
import { readTop, type TopRow } from '../../data/answers.ts'
import { useQuestion } from '../../data/hooks.ts'
import { unitOf } from '../../data/metrics.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { ShareBar } from '../../parts/share-bar.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { exploreParams } from '../explore/search.ts'
import { CloudInterfaces } from './cloud-interfaces.tsx'
import { ExploreLink } from './explore-link.tsx'
import type { Metric } from './index.tsx'
import styles from './overview.module.css'
import { EmptyRemedies } from './remedies.tsx'
import { texts } from './texts.ts'
import { tableCounter } from './traffic.tsx'

interface InterfaceRow {
  readonly key: string
  readonly exporter: string
  readonly index: number
  /** Null where the interface is in that direction not among the largest, and so not known. */
  readonly in: number | null
  readonly out: number | null
}

interface Side {
  readonly rows: readonly TopRow[]
  /** Whether interfaces are missing from the rows. */
  readonly cut: boolean
}

const ASKED = 100
const IN = ['exporter', 'in.if'] as const
const OUT = ['exporter', 'out.if'] as const

export function Interfaces({ metric, rows: shown }: { readonly metric: Metric; readonly rows: number }) {
  const [view] = useView()
  const counter = tableCounter(metric)
  const incoming = useQuestion({ groupBy: [...IN], measures: [counter], limit: ASKED })
  const outgoing = useQuestion({ groupBy: [...OUT], measures: [counter], limit: ASKED })
  const { data } = incoming
  const { data: outData } = outgoing
  const rows = useMemo(() => {
    if (!data || !outData) return []
    const sides = {
      in: { rows: readTop(data, IN, counter), cut: data.meta.otherRow !== null },
      out: { rows: readTop(outData, OUT, counter), cut: outData.meta.otherRow !== null },
    }
    return merged(sides).slice(0, shown)
  }, [data, outData, counter, shown])
  if (data && outData && !incoming.isPlaceholderData && rows.length === 0)
    return <CloudInterfaces metric={metric} rows={shown} />
  const most = Math.max(1, ...rows.map((row) => fuller(row)))
  const unit = unitOf(counter)
  const columns: DataColumn<InterfaceRow>[] = [
    {
      id: 'name',
      label: texts.interfaceName,
      grow: true,
      cell: (row) => (
        <>
          <Value of={[{ field: 'exporter', value: row.exporter }]} className={styles['strong']}>
            {row.exporter}
          </Value>{' '}
          <Value
            of={[
              { field: 'exporter', value: row.exporter },
              { field: 'if', value: row.index },
            ]}
            className={styles['mono']}
          >
            {row.index}
          </Value>
        </>
      ),
    },
    { id: 'in', label: texts.in, align: 'right', cell: (row) => <NumberText value={row.in} unit={unit} /> },
    { id: 'out', label: texts.out, align: 'right', cell: (row) => <NumberText value={row.out} unit={unit} /> },
    {
      id: 'bars',
      label: (
        <span className={styles['inOut']}>
          <i className={styles['inMark']} /> {texts.in.toLowerCase()} <i className={styles['outMark']} />{' '}
          {texts.out.toLowerCase()}
        </span>
      ),
      wide: true,
      cell: (row) => (
        <span className={styles['bars']}>
          <ShareBar share={(row.in ?? 0) / most} color="var(--series-1)" width={64} />
          <ShareBar share={(row.out ?? 0) / most} color="var(--series-2)" width={64} />
        </span>
      ),
    },
  ]
  return (
    <Panel
      title={texts.interfaces}
      basis={data ? { parts: [unit, texts.fuller], exactness: exactnessOf(data.meta) } : undefined}
      state={stateOf(incoming, {
        is: rows.length === 0 && outData !== undefined,
        why: texts.noInterfaces,
        remedy: <EmptyRemedies />,
      })}
      actions={<ExploreLink search={{ ...viewParams(view), ...exploreParams({ by: IN, measure: metric }) }} />}
    >
      <DataTable label={texts.interfaces} columns={columns} rows={rows} rowKey={(row) => row.key} />
    </Panel>
  )
}

/** Interfaces by what they carried in their fuller direction; records that name none are left out. */
function merged(sides: { readonly in: Side; readonly out: Side }): readonly InterfaceRow[] {
  const rows = new Map<string, InterfaceRow>()
  for (const side of ['in', 'out'] as const) {
    for (const { cells, other, value } of sides[side].rows) {
      const [exporter, index] = cells
      if (other || typeof exporter !== 'string' || typeof index !== 'number') continue
      const key = `${exporter} ${index}`
      const row = rows.get(key) ?? { key, exporter, index, in: unnamed(sides.in), out: unnamed(sides.out) }
      rows.set(key, { ...row, [side]: value })
    }
  }
  return [...rows.values()].toSorted((a, b) => fuller(b) - fuller(a))
}

function fuller(row: InterfaceRow): number {
  return Math.max(row.in ?? 0, row.out ?? 0)
}

/** What is known of an interface that an answer does not name. */
function unnamed(side: Side): number | null {
  return side.cut ? null : 0
}
