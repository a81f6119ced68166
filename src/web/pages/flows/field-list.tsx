/** All fields: which stand in the table, and the most frequent values of each. */
import { IconArrowLeft, IconArrowRight, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { FIELDS, type Field } from '../../../shared/schema/fields.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/field.tsx'
import { allColumns, DEFAULT_COLUMNS, recordFields, type FlowColumn } from './columns.ts'
import styles from './flows.module.css'
import { texts } from './texts.ts'
import { TopValues } from './top-values.tsx'

interface FieldListProps {
  readonly columns: readonly FlowColumn[]
  readonly onColumns: (ids: readonly string[]) => void
}

/** Kinds in two letters, beside the name. */
const BADGES: Readonly<Record<string, string>> = {
  time: '◷',
  ip: 'IP',
  mac: 'M',
  code: 'Aa',
  service: 'Aa',
  u8: '12',
  u16: '12',
  u32: '12',
  u64: '12',
}

export function FieldList({ columns, onColumns }: FieldListProps) {
  const [text, setText] = useState('')
  const [opened, setOpened] = useState('')
  const ids = columns.map((column) => column.id)
  const shown = new Set(columns.flatMap((column) => column.fields))
  const hits = (name: string, ...others: readonly string[]): boolean =>
    [name, ...others].some((one) => one.toLowerCase().includes(text.trim().toLowerCase()))
  const rest = recordFields().filter(
    (field) => !ids.includes(field.name) && hits(field.name, field.label, ...(field.aliases ?? [])),
  )
  const joined = allColumns().filter(
    (column) => column.fields.length > 1 && !ids.includes(column.id) && hits(column.label),
  )
  const inTable = columns.filter((column) => hits(column.label, column.id))
  const toggle = (id: string) => setOpened(id === opened ? '' : id)
  return (
    <aside className={styles['fields']} aria-label={texts.fields.title}>
      <TextField label={texts.fields.find} placeholder={texts.fields.find} quiet value={text} onChange={setText} />
      <h2 className={styles['group']}>
        {texts.fields.inTable}
        {ids.join() === DEFAULT_COLUMNS.join() ? null : (
          <Button variant="quiet" small onClick={() => onColumns(DEFAULT_COLUMNS)}>
            {texts.fields.reset}
          </Button>
        )}
      </h2>
      <ul>
        {inTable.map((column) => (
          <ColumnItem
            key={column.id}
            column={column}
            ids={ids}
            onColumns={onColumns}
            opened={opened === column.id}
            onToggle={() => toggle(column.id)}
          />
        ))}
      </ul>
      <h2 className={styles['group']}>{texts.fields.more}</h2>
      {rest.length === 0 && joined.length === 0 && inTable.length === 0 ? (
        <p className={styles['faint']}>{texts.fields.none}</p>
      ) : null}
      <ul>
        {joined.map((column) => (
          <li key={column.id}>
            <div className={styles['field']}>
              <span className={styles['badge']}>+</span>
              <span className={styles['fieldName']}>{column.label}</span>
              <Add id={column.id} label={column.label} ids={ids} onColumns={onColumns} />
            </div>
          </li>
        ))}
        {rest.map((field) => (
          <li key={field.name}>
            <div className={styles['field']}>
              <FieldName
                field={field}
                opened={opened === field.name}
                onToggle={() => toggle(field.name)}
                dim={!shown.has(field.name)}
              />
              <Add id={field.name} label={field.name} ids={ids} onColumns={onColumns} />
            </div>
            {opened === field.name ? <TopValues field={field} /> : null}
          </li>
        ))}
      </ul>
    </aside>
  )
}

interface ColumnItemProps {
  readonly column: FlowColumn
  readonly ids: readonly string[]
  readonly onColumns: (ids: readonly string[]) => void
  readonly opened: boolean
  readonly onToggle: () => void
}

/** A column of the table: moved, taken out, and opened where it is a single field. */
function ColumnItem({ column, ids, onColumns, opened, onToggle }: ColumnItemProps) {
  const at = ids.indexOf(column.id)
  const field = column.fields.length === 1 ? FIELDS.find((one) => one.name === column.id) : undefined
  const move = (step: number) => {
    const next = [...ids]
    next.splice(at, 1)
    next.splice(at + step, 0, column.id)
    onColumns(next)
  }
  return (
    <li>
      <div className={styles['field']}>
        {field ? (
          <FieldName field={field} opened={opened} onToggle={onToggle} dim={false} />
        ) : (
          <>
            <span className={styles['badge']}>+</span>
            <span className={styles['fieldName']}>{column.label}</span>
          </>
        )}
        <span className={styles['tools']}>
          <Button
            icon
            small
            variant="subtle"
            aria-label={texts.fields.up(column.label)}
            disabled={at === 0}
            onClick={() => move(-1)}
          >
            <IconArrowLeft size={14} aria-hidden />
          </Button>
          <Button
            icon
            small
            variant="subtle"
            aria-label={texts.fields.down(column.label)}
            disabled={at === ids.length - 1}
            onClick={() => move(1)}
          >
            <IconArrowRight size={14} aria-hidden />
          </Button>
          <Button
            icon
            small
            variant="subtle"
            aria-label={texts.fields.remove(column.label)}
            disabled={ids.length === 1}
            onClick={() => onColumns(ids.filter((id) => id !== column.id))}
          >
            <IconX size={14} aria-hidden />
          </Button>
        </span>
      </div>
      {opened && field ? <TopValues field={field} /> : null}
    </li>
  )
}

function FieldName({
  field,
  opened,
  onToggle,
  dim,
}: {
  readonly field: Field
  readonly opened: boolean
  readonly onToggle: () => void
  readonly dim: boolean
}) {
  return (
    <button
      type="button"
      className={`${styles['fieldButton']} ${dim ? styles['dim'] : ''}`}
      aria-expanded={opened}
      title={`${field.label}. ${field.description}`}
      onClick={onToggle}
    >
      <span className={styles['badge']} data-kind={field.kind} aria-hidden>
        {BADGES[field.kind] ?? 'Aa'}
      </span>
      <span className={styles['fieldName']}>{field.name}</span>
    </button>
  )
}

function Add({
  id,
  label,
  ids,
  onColumns,
}: {
  readonly id: string
  readonly label: string
  readonly ids: readonly string[]
  readonly onColumns: (ids: readonly string[]) => void
}) {
  return (
    <span className={styles['tools']}>
      <Button icon small variant="subtle" aria-label={texts.fields.add(label)} onClick={() => onColumns([...ids, id])}>
        <IconPlus size={14} aria-hidden />
      </Button>
    </span>
  )
}
