/** The groups of a chart: swatch, name with its menu, volume and share. */
import type { FieldName } from '../../../shared/schema/fields.ts'
import type { Unit } from '../../../shared/schema/units.ts'
import type { TopRow } from '../../data/answers.ts'
import { cellText } from '../../data/traffic.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { FieldValue } from '../../parts/field-value.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import { colorIndexes } from '../../parts/palette.ts'
import { shareText } from '../../parts/share-bar.tsx'
import { Swatch } from '../../parts/swatch.tsx'
import { Value } from '../../parts/value-menu.tsx'
import { field } from '../../../shared/schema/fields.ts'
import { TEXTS } from '../../texts.ts'
import { texts } from './texts.ts'
import styles from './vpc.module.css'

interface GroupTableProps {
  readonly label: string
  readonly groupBy: readonly FieldName[]
  readonly rows: readonly TopRow[]
  readonly heading: string
  readonly unit: Unit
  readonly lit: string | null
  readonly onLight: (key: string | null) => void
}

export function GroupTable({ label, groupBy, rows, heading, unit, lit, onLight }: GroupTableProps) {
  const name = groupBy[0] as FieldName
  const total = rows.reduce((sum, { value }) => sum + value, 0)
  const colors = colorIndexes(
    groupBy.join(','),
    rows.map(({ key }) => key),
  )
  const columns: DataColumn<TopRow>[] = [
    {
      id: 'name',
      label: field(name).label,
      grow: true,
      cell: (row) => (
        <>
          <Swatch color={row.other ? undefined : colors.get(row.key)} />
          {row.other ? TEXTS.other : <GroupName field={name} value={row.cells[0] ?? null} />}
        </>
      ),
    },
    { id: 'value', label: heading, align: 'right', cell: ({ value }) => <NumberText value={value} unit={unit} /> },
    {
      id: 'share',
      label: texts.share,
      align: 'right',
      cell: ({ value }) => shareText(total > 0 ? value / total : null),
    },
  ]
  return <DataTable label={label} columns={columns} rows={rows} rowKey={({ key }) => key} lit={lit} onLight={onLight} />
}

/** A value with its menu; what has none is said in words. */
export function GroupName({
  field: name,
  value,
}: {
  readonly field: FieldName
  readonly value: TopRow['cells'][number]
}) {
  if (value !== null) return <FieldValue field={name} value={value} />
  return (
    <Value of={[{ field: name, value }]} className={styles['faint']}>
      {cellText(name, value)}
    </Value>
  )
}
