import type { JsonValue } from '../../shared/schema/kinds.ts'
import { scale, THIN_SPACE, type Unit } from '../../shared/schema/units.ts'
import styles from './number-text.module.css'

/** A number as people read it: three digits and a prefix, the exact value on hover; `–` where it is not known. */
export function NumberText({ value, unit = '' }: { readonly value: JsonValue; readonly unit?: Unit | '' }) {
  const number = toNumber(value)
  const { text, unit: suffix } = scale(number, unit)
  return (
    <span title={number === null ? undefined : exact(value, unit)}>
      {text}
      {suffix === '' ? null : <span className={styles['unit']}>{THIN_SPACE + suffix}</span>}
    </span>
  )
}

/** A value of an answer as a number; text past 2^53 loses its last digits. */
export function toNumber(value: JsonValue | undefined): number | null {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value === '') return null
  const number = Number(value)
  return Number.isFinite(number) ? number : null
}

/** All digits, in groups of three, with the unit. */
export function exact(value: JsonValue, unit: Unit | '' = ''): string {
  const text = typeof value === 'number' ? (Number.isInteger(value) ? String(value) : value.toFixed(3)) : String(value)
  const [whole = '', fraction] = text.split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN_SPACE)
  return `${grouped}${fraction ? `.${fraction}` : ''}${unit ? ` ${unit}` : ''}`
}
