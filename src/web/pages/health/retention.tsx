/** What is kept since when, how fast it grows, and how long the disk will do. */
import { format, formatDuration } from '../../../shared/schema/units.ts'
import type { Health } from '../../data/hooks.ts'
import { DataTable, type DataColumn } from '../../parts/data-table.tsx'
import { NumberText } from '../../parts/number-text.tsx'
import styles from './health.module.css'
import { texts } from './texts.ts'

type Retention = Health['store']['retention']
type Kept = Retention['kept'][number]

const { retention: words } = texts.storage

export function KeptList({ retention }: { readonly retention: Retention }) {
  const kept = retention.kept.filter(({ files }) => files > 0)
  if (kept.length === 0) return null
  return (
    <div className={styles['days']}>
      <h3>{words.title}</h3>
      <DataTable label={words.title} columns={COLUMNS} rows={kept} rowKey={({ name }) => name} />
      <p className={styles['outlook']}>{outlookOf(retention)}</p>
    </div>
  )
}

/** `12 GB a day · room for 300 GB more, about 25 days` */
export function outlookOf({ bytesPerDay, roomBytes, fullInDays, dropped }: Retention): string {
  const room =
    roomBytes === null
      ? []
      : [
          roomBytes < 0
            ? words.noRoom
            : fullInDays === null
              ? words.room(format(roomBytes, 'B'))
              : words.roomFor(format(roomBytes, 'B'), fullInDays),
        ]
  const last = dropped.last.at(-1)
  return [
    bytesPerDay === null ? words.noGrowth : words.growth(format(bytesPerDay, 'B')),
    ...room,
    ...(last ? [words.gone(format(dropped.bytes, 'B'), last.day)] : []),
  ].join(' · ')
}

const COLUMNS: readonly DataColumn<Kept>[] = [
  { id: 'what', label: words.columns.what, cell: ({ label }) => label },
  { id: 'since', label: words.columns.since, cell: ({ fromMs }) => dayOf(fromMs) },
  {
    id: 'age',
    label: words.columns.age,
    cell: ({ ageMs }) => (ageMs === null ? words.forever : formatDuration(ageMs)),
  },
  {
    id: 'next',
    label: words.columns.next,
    wide: true,
    cell: ({ nextDropMs }) => dayOf(nextDropMs),
  },
  {
    id: 'size',
    label: words.columns.size,
    align: 'right',
    cell: ({ bytesOnDisk }) => <NumberText value={bytesOnDisk} unit="B" />,
  },
]

/** Days are UTC days, whatever the zone of the page. */
function dayOf(ms: number | null): string {
  return ms === null ? '–' : new Date(ms).toISOString().slice(0, 10)
}
