/** The busiest interfaces: what came in and went out by each, and its peak. */
import { useMemo } from 'react'
import { useView, viewParams } from '../../app/search.ts'
import { peakIndex } from '../../data/answers.ts'
import { asRate, unitOf } from '../../data/metrics.ts'
import { intervalText } from '../../data/times.ts'
import { useTraffic } from '../../data/traffic.ts'
import { exactnessOf } from '../../parts/basis.tsx'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { ShareBar } from '../../parts/share-bar.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from './explore-link.tsx'
import type { Metric } from './index.tsx'
import styles from './overview.module.css'
import { EmptyRemedies } from './remedies.tsx'
import { texts } from './texts.ts'

interface InterfaceRow {
  readonly key: string
  readonly exporter: string
  readonly index: number
  /** Null where the interface is in that direction not among the largest, and so not known. */
  readonly in: number | null
  readonly out: number | null
  readonly peak: number
}

type Side = Pick<ReturnType<typeof useTraffic>, 'data' | 'series'>

const ASKED = 12

export function Interfaces({ metric, rows: shown }: { readonly metric: Metric; readonly rows: number }) {
  const [view] = useView()
  const incoming = useTraffic({ groupBy: ['exporter', 'in.if'], measure: metric, limit: ASKED })
  const outgoing = useTraffic({ groupBy: ['exporter', 'out.if'], measure: metric, limit: ASKED })
  const { data, series } = incoming
  const { data: outData, series: outSeries } = outgoing
  const rows = useMemo(
    () => merged({ data, series }, { data: outData, series: outSeries }, metric).slice(0, shown),
    [data, series, outData, outSeries, metric, shown],
  )
  const most = Math.max(1, ...rows.map((row) => fuller(row)))
  const unit = unitOf(metric)
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
          <ShareBar share={(row.in ?? 0) / most} color="var(--series-1)" width={52} />
          <ShareBar share={(row.out ?? 0) / most} color="var(--series-2)" width={52} />
        </span>
      ),
    },
    {
      id: 'peak',
      label: texts.peakColumn,
      align: 'right',
      wide: true,
      cell: (row) => <NumberText value={row.peak} unit={unit} />,
    },
  ]
  return (
    <Panel
      title={texts.interfaces}
      basis={
        data && series
          ? {
              parts: [
                TEXTS.average(intervalText(data.meta.to - data.meta.from)),
                texts.peakOf(intervalText(series.intervalMs)),
              ],
              exactness: exactnessOf(data.meta),
            }
          : undefined
      }
      state={stateOf(incoming, {
        is: rows.length === 0 && outgoing.series !== null,
        why: texts.noInterfaces,
        remedy: <EmptyRemedies />,
      })}
      actions={
        <ExploreLink
          search={{ ...viewParams(view), ...exploreParams({ by: ['exporter', 'in.if'], measure: metric }) }}
        />
      }
    >
      <DataTable label={texts.interfaces} columns={columns} rows={rows} rowKey={(row) => row.key} />
    </Panel>
  )
}

/** Interfaces by what they carried in their fuller direction; records that name none are left out. */
function merged(incoming: Side, outgoing: Side, metric: Metric): readonly InterfaceRow[] {
  const rows = new Map<string, InterfaceRow>()
  for (const [side, traffic] of [
    ['in', incoming],
    ['out', outgoing],
  ] as const) {
    const meta = traffic.data?.meta
    if (!meta || !traffic.series) continue
    for (const group of traffic.series.groups) {
      const [exporter, index] = group.cells
      if (group.other || typeof exporter !== 'string' || typeof index !== 'number') continue
      const key = `${exporter} ${index}`
      const row = rows.get(key) ?? { key, exporter, index, in: unnamed(incoming), out: unnamed(outgoing), peak: 0 }
      const peak = group.values[peakIndex(group.values)] ?? 0
      rows.set(key, {
        ...row,
        [side]: asRate(metric, group.total, meta.to - meta.from),
        peak: Math.max(row.peak, peak),
      })
    }
  }
  return [...rows.values()].toSorted((a, b) => fuller(b) - fuller(a))
}

function fuller(row: InterfaceRow): number {
  return Math.max(row.in ?? 0, row.out ?? 0)
}

/** What is known of an interface that an answer does not name: nothing where there is an Other, else that it carried nothing. */
function unnamed(traffic: Side): number | null {
  return !traffic.data || traffic.data.meta.otherRow !== null ? null : 0
}
