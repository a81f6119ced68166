/** Finds a field by its name, its label or any of its other names. */
import { useState, type KeyboardEvent } from 'react'
import { FIELDS, type Field, type FieldName } from '../../../shared/schema/fields.ts'
import { FloatingPanel } from '../../parts/floating-panel.tsx'
import styles from './field-picker.module.css'
import { isGroupable } from './search.ts'
import { texts } from './texts.ts'

interface FieldPickerProps {
  readonly anchor: HTMLElement
  readonly label: string
  readonly taken: readonly FieldName[]
  readonly onPick: (name: FieldName) => void
  readonly onClose: () => void
}

export default function FieldPicker({ anchor, label, taken, onPick, onClose }: FieldPickerProps) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const found = FIELDS.filter(
    (field) => isGroupable(field.name) && !taken.includes(field.name) && fits(field, typed.trim().toLowerCase()),
  )
  const pick = (name: FieldName) => {
    onPick(name)
    onClose()
    anchor.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step !== 0) {
      event.preventDefault()
      const next = Math.min(found.length - 1, Math.max(0, at + step))
      setAt(next)
      document.getElementById(`field-${next}`)?.scrollIntoView({ block: 'nearest' })
    }
    const chosen = found[at]
    if (event.key === 'Enter' && chosen) pick(chosen.name)
  }
  return (
    <FloatingPanel anchor={anchor} label={label} onClose={onClose}>
      <input
        className={styles['find']}
        role="combobox"
        aria-label={texts.find}
        aria-expanded
        aria-controls="field-list"
        aria-activedescendant={found.length > 0 ? `field-${at}` : undefined}
        placeholder={texts.find}
        value={typed}
        data-autofocus
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {found.length === 0 ? <p className={styles['none']}>{texts.noField}</p> : null}
      <div id="field-list" role="listbox" aria-label={label} className={styles['list']}>
        {found.map((field, i) => (
          <div
            key={field.name}
            id={`field-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === at}
            className={styles['field']}
            title={field.description}
            onPointerEnter={() => setAt(i)}
            onClick={() => pick(field.name)}
            onKeyDown={onKeyDown}
          >
            <span className={styles['name']}>{field.name}</span>
            <span className={styles['label']}>{field.label}</span>
          </div>
        ))}
      </div>
    </FloatingPanel>
  )
}

function fits(field: Field, typed: string): boolean {
  return [field.name, field.label, ...(field.aliases ?? [])].some((name) => name.toLowerCase().includes(typed))
}
