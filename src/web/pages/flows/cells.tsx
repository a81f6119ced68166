/** How a record's fields stand in the table, by column. */
import type { ReactNode } from 'react'
import { field as fieldOf, type FieldName } from '../../../shared/schema/fields.ts'
import { clockText } from '../../data/times.ts'
import { exactText, UNKNOWN, valueText } from '../../data/value-text.ts'
import { toNumber } from '../../data/numbers.ts'
import { NumberText } from '../../parts/number-text.tsx'
import { Value } from '../../parts/value-menu.tsx'
import type { FlowColumn } from './columns.ts'
import styles from './flows.module.css'
import { bracketsOf, type FlowRecord } from './record.ts'

export function Cell({ column, record }: { readonly column: FlowColumn; readonly record: FlowRecord }): ReactNode {
  if (column.id === 'ends') {
    return (
      <span className={styles['pair']}>
        <End record={record} side="src" />
        <span className={styles['arrow']}> → </span>
        <End record={record} side="dst" />
      </span>
    )
  }
  if (column.id === 'path') {
    // A log of a cloud names the interface that saw the flow, and no exporter.
    if ((record.exporter ?? null) === null && (record['interface.id'] ?? null) !== null)
      return <Single record={record} name="interface.id" strong />
    return (
      <>
        <Single record={record} name="exporter" strong />{' '}
        <span className={styles['faint']}>
          <Single record={record} name="in.if" /> → <Single record={record} name="out.if" />
        </span>
      </>
    )
  }
  return <Single record={record} name={column.fields[0] as FieldName} />
}

/** Words for a record as a whole: what is read out, and what stands above its details. */
export function recordText(record: FlowRecord): string {
  const end = (side: 'src' | 'dst'): string => {
    const port = record[`${side}.port`] ?? null
    return `${valueText(`${side}.ip`, record[`${side}.ip`] ?? null)}${port === null ? '' : ` port ${port}`}`
  }
  return `${end('src')} to ${end('dst')}`
}

/** Address and port of one side; the well-known side's port is what people look for. */
function End({ record, side }: { readonly record: FlowRecord; readonly side: 'src' | 'dst' }) {
  const port = record[`${side}.port`] ?? null
  const [open, shut] = bracketsOf(record, side)
  return (
    <span className={styles['end']}>
      <span className={styles['address']}>
        {open}
        <Single record={record} name={`${side}.ip`} strong />
      </span>
      {port === null ? null : (
        <span className={styles['faint']}>
          {shut}:<Single record={record} name={`${side}.port`} />
        </span>
      )}
    </span>
  )
}

function Single({
  record,
  name,
  strong = false,
}: {
  readonly record: FlowRecord
  readonly name: FieldName
  readonly strong?: boolean
}) {
  const value = record[name] ?? null
  if (value === null) return <span className={styles['faint']}>{UNKNOWN}</span>
  const { role, kind, unit } = fieldOf(name)
  if (kind === 'time') return <Time ms={toNumber(value) ?? 0} title={exactText(name, value)} />
  if (role === 'measure' && name !== 'duration') return <NumberText value={value} unit={unit === 'B' ? unit : ''} />
  const text = (
    <span
      title={exactText(name, value)}
      className={
        [name === 'tcp.flags' ? styles['mono'] : '', strong ? styles['strong'] : ''].filter(Boolean).join(' ') ||
        undefined
      }
    >
      {valueText(name, value)}
    </span>
  )
  return role === 'dimension' ? (
    <Value of={[{ field: name, value }]} tabIndex={-1} className={styles['value']}>
      {text}
    </Value>
  ) : (
    text
  )
}

/** Hours and minutes are the same down the column; seconds are what differs. */
function Time({ ms, title }: { readonly ms: number; readonly title: string | undefined }) {
  const [hours = '', minutes = '', seconds = ''] = clockText(ms, true).split(':')
  return (
    <time dateTime={new Date(ms).toISOString()} title={title} className={styles['time']}>
      {hours}:{minutes}:
      <b>
        {seconds}.{String(Math.floor(ms) % 1000).padStart(3, '0')}
      </b>
    </time>
  )
}
