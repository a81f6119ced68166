/** Values that differ: each with its share before and within, its change as a bar, and the two filters it makes. */
import { IconMinus, IconPlus } from '@tabler/icons-react'
import { scale, type Unit } from '../../../shared/schema/units.ts'
import type { FieldName } from '../../../shared/schema/fields.ts'
import { Button } from '../button.tsx'
import { FieldValue } from '../field-value.tsx'
import { shareText } from '../share-bar.tsx'
import styles from './explain.module.css'
import { texts } from './texts.ts'
import type { Difference } from './use-comparison.ts'

interface RowsProps {
  readonly label: string
  readonly rows: readonly Difference[]
  /** Number of the first. */
  readonly first: number
  /** Shares and bars are drawn against these. */
  readonly largest: number
  readonly rate: (amount: number) => number
  readonly unit: Unit
  readonly onFilter: (clause: string, not: boolean) => void
}

export function Rows({ label, rows, first, largest, rate, unit, onFilter }: RowsProps) {
  return (
    <ol className={styles['rows']} aria-label={label} start={first}>
      {rows.map((row, i) => (
        <li key={row.filter} className={styles['row']} data-rise={row.difference > 0}>
          <span className={styles['number']} aria-hidden="true">
            {first + i}
          </span>
          <span className={styles['top']}>
            <Named row={row} />
            {row.change === 'new' || row.change === 'gone' ? (
              <span className={styles['tag']}>{row.change === 'new' ? texts.isNew : texts.isGone}</span>
            ) : null}
          </span>
          <Shares row={row} />
          <Change row={row} share={Math.abs(row.difference) / largest} value={rate(row.difference)} unit={unit} />
          <span className={styles['acts']}>
            <Button icon small aria-label={texts.keep(row.filter)} onClick={() => onFilter(row.filter, false)}>
              <IconPlus size={14} aria-hidden />
            </Button>
            <Button icon small aria-label={texts.leaveOut(row.filter)} onClick={() => onFilter(row.filter, true)}>
              <IconMinus size={14} aria-hidden />
            </Button>
          </span>
        </li>
      ))}
    </ol>
  )
}

/** `dst.ip = 198.51.100.80`; an interface with its exporter behind it. */
export function Named({ row }: { readonly row: Pick<Difference, 'of'> }) {
  const [last, ...others] = row.of.toReversed()
  if (!last) return null
  return (
    <span className={styles['named']}>
      <span className={styles['field']}>{last.field}</span> = <PartValue part={last} />
      {others.map((part) => (
        <span key={part.field} className={styles['faint']}>
          {' '}
          <PartValue part={part} />
        </span>
      ))}
    </span>
  )
}

function PartValue({ part }: { readonly part: Difference['of'][number] }) {
  return <FieldValue field={part.field as FieldName} value={part.value} />
}

/** Where its share of everything was, and where it is. */
function Shares({ row }: { readonly row: Difference }) {
  const [before, now] = [row.beforeShare ?? 0, row.nowShare ?? 0]
  const place = (share: number) => `${Math.min(1, Math.max(0, share)) * 100}%`
  const [from, to] = [Math.min(before, now), Math.max(before, now)]
  return (
    <span className={styles['shares']}>
      <span className={styles['was']}>
        <span className="visually-hidden">{texts.from} </span>
        {shareText(row.beforeShare)}
      </span>
      <span className={styles['track']} aria-hidden="true">
        <span className={styles['span']} style={{ left: place(from), width: place(to - from) }} />
        <span className={styles['dot']} style={{ left: place(before) }} />
        <span className={`${styles['dot']} ${styles['full']}`} style={{ left: place(now) }} />
      </span>
      <span className={styles['is']}>
        <span className="visually-hidden">{texts.now} </span>
        {shareText(row.nowShare)}
      </span>
    </span>
  )
}

function Change({
  row,
  share,
  value,
  unit,
}: {
  readonly row: Difference
  readonly share: number
  readonly value: number
  readonly unit: Unit
}) {
  const scaled = scale(value, unit)
  return (
    <span className={styles['change']}>
      <span className={styles['bar']} aria-hidden="true">
        <span style={{ width: `${Math.min(1, share) * 100}%` }} />
      </span>
      <span className={styles['amount']}>
        {row.difference > 0 ? '+' : ''}
        {scaled.text} <span className={styles['faint']}>{scaled.unit}</span>
      </span>
    </span>
  )
}
