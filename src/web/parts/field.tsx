/** Labelled text and choice fields. */
import { useId, useState, type ReactNode } from 'react'
import styles from './field.module.css'

interface FieldProps {
  readonly label: string
  /** A line below, in grey. */
  readonly hint?: ReactNode
  readonly mono?: boolean
  /** The label is read out but not shown; the placeholder says enough. */
  readonly quiet?: boolean
  readonly className?: string | undefined
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly maxLength?: number
  readonly inputMode?: 'text' | 'numeric'
}

export function TextField({
  label,
  hint,
  mono = false,
  quiet = false,
  className,
  value,
  onChange,
  placeholder,
  maxLength = 255,
  inputMode = 'text',
}: TextFieldProps) {
  const id = useId()
  return (
    <div className={`${styles['field']} ${className ?? ''}`}>
      <label className={quiet ? 'visually-hidden' : styles['label']} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        inputMode={inputMode}
        className={`${styles['control']} ${mono ? styles['mono'] : ''}`}
        value={value}
        placeholder={placeholder}
        maxLength={maxLength}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      {hint ? (
        <span id={`${id}-hint`} className={styles['hint']}>
          {hint}
        </span>
      ) : null}
    </div>
  )
}

/** A text field that offers a value where nothing was typed; while one types it may be empty. */
export function ProposedField({ value, proposal, onChange, ...rest }: TextFieldProps & { readonly proposal: string }) {
  const [draft, setDraft] = useState<string>()
  return (
    <div onBlur={() => setDraft(undefined)}>
      <TextField
        {...rest}
        value={draft ?? (value || proposal)}
        onChange={(text) => {
          setDraft(text)
          onChange(text)
        }}
      />
    </div>
  )
}

interface SelectFieldProps<T extends string> extends FieldProps {
  readonly value: T
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly onChange: (value: T) => void
  readonly disabled?: boolean
}

export function SelectField<T extends string>({
  label,
  hint,
  mono = false,
  className,
  value,
  options,
  onChange,
  disabled = false,
}: SelectFieldProps<T>) {
  const id = useId()
  return (
    <div className={`${styles['field']} ${className ?? ''}`}>
      <label className={styles['label']} htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className={`${styles['control']} ${mono ? styles['mono'] : ''}`}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.value as T)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      {hint ? <span className={styles['hint']}>{hint}</span> : null}
    </div>
  )
}
