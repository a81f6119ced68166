/** What leaves the VPC, by who sends it and the way that it takes. */
import { useMemo } from 'react'
import { estimatedCost, type Priced } from '../../../shared/prices.ts'
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import { field, type FieldName } from '../../../shared/schema/fields.ts'
import { narrowed, usePageSearch, useView } from '../../app/search.ts'
import { readTop } from '../../data/answers.ts'
import { exactnessOf } from '../../data/exactness.ts'
import { useQuestion } from '../../data/hooks.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { Panel, stateOf } from '../../parts/panel.tsx'
import { Segments } from '../../parts/segments.tsx'
import { LEAVES, OUTWARDS } from './clauses.ts'
import { GroupName } from './group-table.tsx'
import { moneyText, usePrices } from './money.tsx'
import { LEAVING_BY, vpcCodec } from './state.ts'
import { texts } from './texts.ts'

interface LeavingRow {
  readonly key: string
  readonly value: JsonValue
  /** Bytes by traffic path. */
  readonly ways: ReadonlyMap<string, number>
  readonly bytes: number
  readonly cost: number | null
}

const SHOWN = 10
const ASKED = 400
/** What each way is charged as, where it is. */
const CHARGED: Readonly<Record<string, Priced>> = {
  'same vpc': 'nat',
  'internet gateway': 'internet',
  'internet or endpoint gateway': 'internet',
  'peering, other region': 'peeringOtherRegion',
}

export function Leaving() {
  const [view] = useView()
  const [{ leaving: by }, set] = usePageSearch(vpcCodec)
  const prices = usePrices()
  const groupBy = useMemo(() => [by, 'traffic.path'] as const satisfies FieldName[], [by])
  const result = useQuestion({
    groupBy: [...groupBy],
    measures: ['bytes'],
    limit: ASKED,
    scope: 'all',
    filter: narrowed(view, `${LEAVES} and traffic.path:* and (not traffic.path:"same vpc" or ${OUTWARDS})`),
  })
  const { data } = result
  const rows = useMemo(() => {
    if (!data) return []
    const found = new Map<string, { value: JsonValue; ways: Map<string, number>; bytes: number; cost: number | null }>()
    for (const { cells, other, value: bytes } of readTop(data, groupBy, 'bytes')) {
      if (other) continue
      const [value = null, path] = cells
      const key = String(value)
      const row = found.get(key) ?? { value, ways: new Map(), bytes: 0, cost: null }
      const charged = CHARGED[String(path)]
      const cost = charged === undefined ? null : estimatedCost(prices, charged, bytes)
      found.set(key, row)
      row.ways.set(String(path), (row.ways.get(String(path)) ?? 0) + bytes)
      row.bytes += bytes
      if (cost !== null) row.cost = (row.cost ?? 0) + cost
    }
    return [...found]
      .map(([key, row]): LeavingRow => ({ key, ...row }))
      .toSorted((a, b) => b.bytes - a.bytes)
      .slice(0, SHOWN)
  }, [data, groupBy, prices])
  const ways = useMemo(() => [...new Set(rows.flatMap((row) => [...row.ways.keys()]))].toSorted(), [rows])
  const columns: DataColumn<LeavingRow>[] = [
    { id: 'name', label: field(by).label, cell: ({ value }) => <GroupName field={by} value={value} /> },
    ...ways.map((way): DataColumn<LeavingRow> => ({
      id: way,
      label: texts.leaving.ways[way as keyof typeof texts.leaving.ways] ?? way,
      align: 'right',
      cell: (row) => <NumberText value={row.ways.get(way) ?? 0} unit="B" />,
    })),
    ...(prices
      ? [
          {
            id: 'cost',
            label: texts.leaving.cost,
            align: 'right',
            cell: ({ cost }: LeavingRow) => moneyText(cost, prices),
          } as const,
        ]
      : []),
  ]
  return (
    <Panel
      title={texts.leaving.title}
      basis={data ? { parts: [texts.leaving.basis], exactness: exactnessOf(data.meta) } : undefined}
      state={stateOf(result, { is: rows.length === 0, why: texts.leaving.none })}
      actions={
        <Segments
          label={texts.leaving.by}
          value={by}
          onChange={(leaving) => set({ leaving })}
          segments={LEAVING_BY.map((value) => ({ value, label: texts.leaving.names[value] }))}
        />
      }
    >
      <DataTable label={texts.leaving.title} columns={columns} rows={rows} rowKey={({ key }) => key} />
    </Panel>
  )
}
