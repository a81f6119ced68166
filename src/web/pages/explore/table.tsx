/** Legend and table in one: each row is a series of the chart above. */
import { useMemo } from 'react'
import type { Measure } from '../../../shared/query/measures.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { counterOf, unitOf } from '../../data/metrics.ts'
import { cellText } from '../../data/traffic.ts'
import { THIN_SPACE } from '../../../shared/schema/units.ts'
import { DataTable, type DataColumn, type Sort } from '../../parts/data-table.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { cssColor } from '../../parts/palette.ts'
import { ShareBar, shareText } from '../../parts/share-bar.tsx'
import { Sparkline } from '../../parts/sparkline.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { TEXTS } from '../../texts.ts'
import type { ExploreRow } from './rows.ts'
import styles from './explore.module.css'
import { texts } from './texts.ts'

interface ExploreTableProps {
  readonly label: string
  readonly rows: readonly ExploreRow[]
  readonly total: ExploreRow
  readonly groupBy: readonly FieldName[]
  readonly measure: Measure
  readonly groups: number | null
  /** The period that the last column is against; null without. */
  readonly compared: string | null
  readonly sort: Sort
  readonly onSort: (sort: Sort) => void
  readonly lit: string | null
  readonly onLight: (key: string | null) => void
}

export function ExploreTable({
  label,
  rows,
  total,
  groupBy,
  measure,
  groups,
  compared,
  sort,
  onSort,
  lit,
  onLight,
}: ExploreTableProps) {
  const unit = unitOf(measure)
  const counterUnit = unitOf(counterOf(measure))
  const named = rows.filter((row) => row.kind === 'group').length
  const columns = useMemo<readonly DataColumn<ExploreRow>[]>(() => {
    const stat = (name: 'min' | 'avg' | 'p95' | 'max' | 'last'): DataColumn<ExploreRow> => ({
      id: name,
      label: texts.columns[name],
      align: 'right',
      sortable: true,
      wide: name === 'min' || name === 'last' || name === 'p95',
      cell: (row) => (
        <span className={name === 'avg' ? styles['strong'] : undefined}>
          <NumberText value={row[name]} unit={unit} />
        </span>
      ),
    })
    const names: DataColumn<ExploreRow>[] =
      groupBy.length === 0
        ? [
            {
              id: 'series',
              label: texts.group,
              cell: (row) =>
                row.kind === 'total' ? (
                  TEXTS.total
                ) : (
                  <Named row={row} first>
                    {TEXTS.total}
                  </Named>
                ),
            },
          ]
        : groupBy.map((name, i) => ({
            id: name,
            label: name,
            sortable: true,
            wide: i > 1,
            cell: (row) => nameCell(row, name, i, groupBy.length, named, groups),
          }))
    return [
      ...names,
      {
        id: 'course',
        label: texts.columns.course,
        wide: true,
        cell: (row) => (
          <Sparkline
            values={row.values}
            width={96}
            height={20}
            color={row.kind === 'total' ? 'var(--accent)' : cssColor(row.color)}
          />
        ),
      },
      stat('min'),
      stat('avg'),
      stat('p95'),
      stat('max'),
      stat('last'),
      {
        id: 'total',
        label: texts.columns.total,
        align: 'right',
        sortable: true,
        cell: (row) => (
          <span className={styles['strong']}>
            <NumberText value={row.total} unit={counterUnit} />
          </span>
        ),
      },
      {
        id: 'bar',
        label: <span className="visually-hidden">{texts.columns.bar}</span>,
        wide: true,
        cell: (row) => (
          <ShareBar share={row.share ?? 0} color={row.kind === 'total' ? 'var(--line-strong)' : cssColor(row.color)} />
        ),
      },
      { id: 'share', label: texts.columns.share, align: 'right', sortable: true, cell: (row) => shareText(row.share) },
      ...(compared === null
        ? []
        : [
            {
              id: 'change',
              label: texts.columns.change(compared),
              align: 'right' as const,
              sortable: true,
              cell: (row: ExploreRow) => <Change percent={row.change} isNew={row.total > 0} />,
            },
          ]),
    ]
  }, [groupBy, unit, counterUnit, groups, compared, named])
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={groupBy.length === 0 ? [] : rows}
      total={total}
      rowKey={(row) => row.key}
      sort={sort}
      onSort={onSort}
      lit={lit}
      onLight={onLight}
    />
  )
}

/** `▲ 11 %`; where there was nothing before, that it is new. */
function Change({ percent, isNew }: { readonly percent: number | null; readonly isNew: boolean }) {
  if (percent === null) return <span className={styles['faint']}>{isNew ? texts.isNew : '–'}</span>
  const digits = Math.abs(percent) < 10 ? 1 : 0
  const [mark, look] = percent > 0 ? ['▲', styles['rise']] : percent < 0 ? ['▼', styles['fall']] : ['', undefined]
  return (
    <span className={look}>
      {mark} {percent > 9999 ? '> 9999' : Math.abs(percent).toFixed(digits)}
      {THIN_SPACE}%
    </span>
  )
}

/** How many groups there are stands in the second column, or beside the first where there is no second. */
function nameCell(row: ExploreRow, name: FieldName, i: number, columns: number, named: number, groups: number | null) {
  if (row.kind === 'group') {
    const value = row.cells[i] ?? null
    return (
      <Named row={row} first={i === 0}>
        {value === null ? (
          <Value of={[{ field: name, value }]} className={styles['faint']}>
            {cellText(name, value)}
          </Value>
        ) : (
          <FieldValue field={name} value={value} />
        )}
      </Named>
    )
  }
  const words = groups === null ? null : row.kind === 'total' ? texts.values(groups) : texts.more(groups - named)
  const count =
    words !== null && i === Math.min(1, columns - 1) ? <span className={styles['faint']}>{words}</span> : null
  if (i > 0) return count
  return (
    <Named row={row} first={row.kind === 'other'}>
      {row.kind === 'total' ? TEXTS.total : TEXTS.other}
      {count ? <>&ensp;{count}</> : null}
    </Named>
  )
}

function Named({
  row,
  first,
  children,
}: {
  readonly row: ExploreRow
  readonly first: boolean
  readonly children: React.ReactNode
}) {
  return (
    <span className={styles['named']}>
      {first ? <Swatch color={row.color} /> : null}
      {children}
    </span>
  )
}
