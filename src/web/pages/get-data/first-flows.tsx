/** The newest records, as they come in. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { IconArrowRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../../shared/api/contract.ts'
import { call, type CallError } from '../../data/client.ts'
import { clauseOf } from '../../data/clause.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { recordAt, recordKey, type FlowRecord } from '../flows/record.ts'
import styles from './get-data.module.css'
import { texts } from './texts.ts'

const FIELDS = [
  'received',
  'end',
  'start',
  'exporter',
  'src.ip',
  'src.port',
  'dst.ip',
  'dst.port',
  'proto',
  'service',
  'packets',
  'bytes',
] as const
const NEWEST = { from: 'now-10m', to: 'now+10m', sort: '-received', limit: 8, fields: [...FIELDS] }
const EVERY_MS = 3000

const COLUMNS: readonly DataColumn<FlowRecord>[] = [
  {
    id: 'received',
    label: texts.first.columns.end,
    cell: (record) => <FieldValue field="received" value={record.received ?? null} />,
  },
  {
    id: 'src',
    label: texts.first.columns.src,
    cell: (record) => <FieldValue field="src.ip" value={record['src.ip'] ?? null} />,
  },
  {
    id: 'dst',
    label: texts.first.columns.dst,
    cell: (record) => <FieldValue field="dst.ip" value={record['dst.ip'] ?? null} />,
  },
  {
    id: 'service',
    label: texts.first.columns.service,
    wide: true,
    cell: (record) => <FieldValue field="service" value={record.service ?? null} />,
  },
  {
    id: 'packets',
    label: texts.first.columns.packets,
    align: 'right',
    wide: true,
    cell: (record) => <FieldValue field="packets" value={record.packets ?? null} />,
  },
  {
    id: 'bytes',
    label: texts.first.columns.bytes,
    align: 'right',
    cell: (record) => <FieldValue field="bytes" value={record.bytes ?? null} />,
  },
]

export function FirstFlows({ exporter }: { readonly exporter: string | undefined }) {
  const filter = exporter === undefined ? undefined : clauseOf([{ field: 'exporter', value: exporter }])
  const result = useQuery<AnswerOf<'flows'>, CallError>({
    queryKey: ['newest', filter],
    queryFn: ({ signal }) => call('flows', { ...NEWEST, ...(filter === undefined ? {} : { filter }) }, signal),
    refetchInterval: EVERY_MS,
    placeholderData: keepPreviousData,
  })
  const rows = result.data?.rows.map((row) => recordAt(result.data.columns, row)) ?? []
  return (
    <Panel
      title={texts.first.title}
      basis={{ parts: [exporter ?? '', texts.first.newest] }}
      className={styles['first']}
      state={stateOf(result, { is: rows.length === 0, why: texts.first.empty })}
      actions={
        <Link to="/flows" search={filter === undefined ? {} : { pills: filter }}>
          {texts.first.open} <IconArrowRight size={14} aria-hidden style={{ verticalAlign: -2 }} />
        </Link>
      }
    >
      <DataTable label={texts.first.title} columns={COLUMNS} rows={rows} rowKey={recordKey} />
    </Panel>
  )
}
