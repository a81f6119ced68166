import type { JsonValue } from '../../shared/schema/kinds.ts'
import { scale, THIN_SPACE, type Unit } from '../../shared/schema/units.ts'
import { exact, toNumber } from '../data/numbers.ts'
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
