/** When which interface saw no traffic, or was not recorded. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { formatDuration } from '../../../shared/schema/units.ts'
import { useRange, useView } from '../../app/search.ts'
import { call, type CallError } from '../../data/client.ts'
import { useRefreshMs } from '../../data/hooks.ts'
import { rangeText } from '../../data/times.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { texts } from './texts.ts'
import styles from './vpc.module.css'

type Gaps = AnswerOf<'coverage'>['interfaces'][number]
type Spans = Gaps['noData']

const SHOWN = 50

export function Coverage() {
  const [view] = useView()
  const { fromMs, toMs } = useRange()
  const refetchInterval = useRefreshMs()
  const result = useQuery<AnswerOf<'coverage'>, CallError>({
    queryKey: ['coverage', view.from, view.to],
    queryFn: ({ signal }) => call('coverage', { from: view.from, to: view.to, limit: SHOWN }, signal),
    placeholderData: keepPreviousData,
    refetchInterval,
  })
  const rows = result.data?.interfaces ?? []
  const skipped = rows.filter((row) => row.skipped.length > 0).length
  const columns: DataColumn<Gaps>[] = [
    {
      id: 'interface',
      label: texts.coverage.interface,
      cell: (row) => <Value of={[{ field: 'interface.id', value: row.interface }]}>{row.interface}</Value>,
    },
    {
      id: 'strip',
      label: (
        <span className={styles['keys']}>
          {texts.coverage.strip}: <i className={styles['noData']} /> {texts.coverage.legendNoData}{' '}
          <i className={styles['skipped']} /> {texts.coverage.legendSkipped}
        </span>
      ),
      grow: true,
      cell: (row) => <Strip row={row} fromMs={fromMs} toMs={toMs} />,
    },
    {
      id: 'noData',
      label: texts.coverage.noData,
      align: 'right',
      wide: true,
      cell: (row) => lengthText(row.noData),
    },
    {
      id: 'skipped',
      label: texts.coverage.skipped,
      align: 'right',
      cell: (row) => (
        <span className={row.skipped.length > 0 ? styles['warn'] : undefined}>{lengthText(row.skipped)}</span>
      ),
    },
  ]
  return (
    <Panel
      title={texts.coverage.title}
      basis={
        result.data
          ? {
              parts: [
                rangeText(fromMs, toMs),
                texts.coverage.basis(rows.length),
                result.data.leftOut > 0 ? texts.coverage.leftOut(result.data.leftOut) : '',
              ],
            }
          : undefined
      }
      state={stateOf(result, { is: rows.length === 0, why: texts.coverage.none })}
    >
      {skipped > 0 ? (
        <div className={styles['prices']}>
          <Notice level="warn">{texts.coverage.skippedWarning(skipped)}</Notice>
        </div>
      ) : null}
      <DataTable
        label={texts.coverage.table}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${row.source} ${row.account} ${row.interface}`}
        maxHeight={320}
      />
    </Panel>
  )
}

function lengthText(spans: Spans): string {
  return spans.length > 0 ? formatDuration(lengthOf(spans)) : '–'
}

function Strip({ row, fromMs, toMs }: { readonly row: Gaps; readonly fromMs: number; readonly toMs: number }) {
  const place = ([from, to]: Spans[number]) => ({
    left: `${(100 * (Math.max(from, fromMs) - fromMs)) / (toMs - fromMs)}%`,
    width: `${(100 * (Math.min(to, toMs) - Math.max(from, fromMs))) / (toMs - fromMs)}%`,
  })
  return (
    <div
      className={styles['strip']}
      role="img"
      aria-label={texts.coverage.state(formatDuration(lengthOf(row.noData)), formatDuration(lengthOf(row.skipped)))}
    >
      {row.noData.map((span) => (
        <i
          key={span[0]}
          className={styles['noData']}
          style={place(span)}
          title={`${texts.coverage.legendNoData} ${rangeText(...span)}`}
        />
      ))}
      {row.skipped.map((span) => (
        <i
          key={span[0]}
          className={styles['skipped']}
          style={place(span)}
          title={`${texts.coverage.legendSkipped} ${rangeText(...span)}`}
        />
      ))}
    </div>
  )
}

function lengthOf(spans: Spans): number {
  return spans.reduce((sum, [from, to]) => sum + to - from, 0)
}
