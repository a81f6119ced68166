/** The largest groups of one question: names, volume, share. */
import { useMemo, type ReactNode } from 'react'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { useView, viewParams } from '../../app/search.ts'
import { readTop, type TopRow } from '../../data/answers.ts'
import { useQuestion, type QueryAnswer } from '../../data/hooks.ts'
import { unitOf } from '../../data/metrics.ts'
import { cellText, useTraffic } from '../../data/traffic.ts'
import { exactnessOf, groupsOf } from '../../data/exactness.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { toNumber } from '../../data/numbers.ts'
import { NumberText } from '../../parts/number-text.tsx'
import { colorIndexes } from '../../parts/palette.ts'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { ShareBar, shareText } from '../../parts/share-bar.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import { exploreParams } from '../explore/search.ts'
import { ExploreLink } from './explore-link.tsx'
import type { Metric } from './index.tsx'
import styles from './overview.module.css'
import { EmptyRemedies } from './remedies.tsx'
import { texts } from './texts.ts'
import { tableCounter } from './traffic.tsx'

interface TopProps {
  readonly title: string
  readonly groupBy: readonly FieldName[]
  readonly labels: readonly string[]
  readonly metric: Metric
  readonly limit: number
}

export function TopTable(props: TopProps) {
  const { groupBy, metric, limit } = props
  const counter = tableCounter(metric)
  const result = useQuestion({ groupBy: [...groupBy], measures: [counter], limit })
  const rows = useMemo(
    () => (result.data ? readTop(result.data, groupBy, counter) : []),
    [result.data, groupBy, counter],
  )
  return <TopPanel {...props} result={result} rows={rows} />
}

/** The same from the chart's answer, whose colours stand beside the names. */
export function ChartedTable(props: TopProps) {
  const traffic = useTraffic({ groupBy: props.groupBy, measure: props.metric, limit: props.limit })
  const { series } = traffic
  const rows = useMemo(
    () => (series ? series.groups.map(({ key, cells, other, total }) => ({ key, cells, other, value: total })) : []),
    [series],
  )
  const colors = colorIndexes(
    props.groupBy.join(','),
    rows.map((row) => row.key),
  )
  return <TopPanel {...props} result={traffic} rows={rows} colors={colors} />
}

interface TopPanelProps extends TopProps {
  readonly result: Parameters<typeof stateOf>[0] & { readonly data: QueryAnswer | undefined }
  readonly rows: readonly TopRow[]
  readonly colors?: ReadonlyMap<string, number>
}

function TopPanel({ title, groupBy, labels, metric, result, rows, colors }: TopPanelProps) {
  const [view] = useView()
  const counter = tableCounter(metric)
  const unit = unitOf(counter)
  const total = toNumber(result.data?.meta.totals[counter] ?? null) ?? 0
  const columns: DataColumn<TopRow>[] = [
    ...groupBy.map((name, i): DataColumn<TopRow> => ({
      id: name,
      label: labels[i] ?? name,
      grow: i === groupBy.length - 1,
      cell: (row) => nameCell(row, name, i, colors),
    })),
    {
      id: 'value',
      label: unit === 'B' ? texts.bytes : TEXTS.counters[counter],
      align: 'right',
      cell: (row) => <NumberText value={row.value} unit={unit} />,
    },
    {
      id: 'bar',
      label: <span className="visually-hidden">{texts.bar}</span>,
      wide: true,
      cell: (row) => (
        <ShareBar
          share={total > 0 ? row.value / total : 0}
          color={row.other ? 'var(--series-other)' : 'var(--accent)'}
        />
      ),
    },
    { id: 'share', label: texts.share, align: 'right', cell: (row) => shareText(total > 0 ? row.value / total : null) },
  ]
  return (
    <Panel
      title={title}
      basis={
        result.data
          ? {
              parts: [texts.top(rows.filter((row) => !row.other).length, groupsOf(result.data.meta))],
              exactness: exactnessOf(result.data.meta),
            }
          : undefined
      }
      state={stateOf(result, { is: total === 0, why: texts.empty, remedy: <EmptyRemedies /> })}
      actions={<ExploreLink search={{ ...viewParams(view), ...exploreParams({ by: groupBy, measure: metric }) }} />}
    >
      <DataTable label={title} columns={columns} rows={rows} rowKey={(row) => row.key} />
    </Panel>
  )
}

function nameCell(row: TopRow, name: FieldName, i: number, colors: ReadonlyMap<string, number> | undefined): ReactNode {
  const value = row.cells[i] ?? null
  const swatch = colors && i === 0 ? <Swatch color={row.other ? undefined : colors.get(row.key)} /> : null
  if (row.other)
    return i === 0 ? (
      <span className={styles['faint']}>
        {swatch}
        {TEXTS.other}
      </span>
    ) : null
  return (
    <>
      {swatch}
      {value === null ? (
        <Value of={[{ field: name, value }]} className={styles['faint']}>
          {cellText(name, value)}
        </Value>
      ) : (
        <FieldValue field={name} value={value} />
      )}
    </>
  )
}
