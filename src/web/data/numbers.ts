/** Values of answers as numbers, and numbers as people read all of them. */
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { THIN_SPACE, type Unit } from '../../shared/schema/units.ts'

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
