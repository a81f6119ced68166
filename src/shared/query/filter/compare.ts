/** One field against another: what may be compared, and what a refusal says. */
import { FIELDS, field as fieldOf, findField, type Field } from '../../schema/fields.ts'
import { isNumeric } from '../../schema/kinds.ts'
import type { Filter } from './ast.ts'
import { flagsOf, rangesOf, type Comparison, type Surroundings } from './values.ts'

/**
 * The field that stands in place of a value, as in `src.as = dst.as`: a plain word behind any sign but the colon. What can
 * be read as a value goes before; a text is any word, so there only another text is meant, and services have only names.
 */
export function comparedField(field: Field, word: string): Field | undefined {
  const other = findField(word)
  if (!other || field.kind === 'service' || (field.flags && flagsOf(field.flags, word) !== null)) return undefined
  const isValue = field.kind === 'keyword' ? other.kind !== 'keyword' : typeof rangesOf(field, word, ALONE) !== 'string'
  return isValue ? undefined : other
}

/** Whether there is a sense in comparing the two. */
export function areComparable(field: Field, other: Field): boolean {
  return !field.either && !other.either && sortOf(field) === sortOf(other)
}

/** Values can be told from fields without knowing any names. */
const ALONE: Surroundings = {
  names: { serviceKeys: () => [], exporters: () => [], interfaces: () => new Map(), filters: null },
  nowMs: 0,
}

/** The test, or what is wrong and what fits. */
export function compare(field: Field, sign: '=' | Comparison, other: Field): Filter | string {
  const either = [field, other].find((each) => each.either)
  if (either?.either) {
    const put = (name: string) => (either === field ? `${name} ${sign} ${other.name}` : `${field.name} ${sign} ${name}`)
    return `${either.name} means either side; write ${put(either.either[0])} or ${put(either.either[1])}`
  }
  if (sortOf(field) !== sortOf(other)) {
    const fitting = fittingFields(field)
    return `${field.name} and ${other.name} do not compare; ${fitting.length > 0 ? `${field.name} goes with ${fitting.join(', ')}` : `nothing goes with ${field.name}`}`
  }
  const turned = sign === '>' || sign === '>='
  const is = sign === '>' ? '<' : sign === '>=' ? '<=' : sign
  if (is !== '=' && field.kind !== 'ip' && !isNumeric(field.kind))
    return `${field.name} has no order; write ${field.name} = ${other.name}`
  return { op: 'compare', field: turned ? other.name : field.name, is, other: turned ? field.name : other.name }
}

/** Fields of one sort compare: addresses, times, numbers of the same unit, words of the same list, … */
function sortOf({ kind, codes, unit }: Field): string {
  if (kind === 'code') return `code ${codes?.join()}`
  return isNumeric(kind) && kind !== 'time' ? `number ${unit ?? ''}` : kind
}

/** The first few fields that compare with it: what is the same of the other side before others. */
function fittingFields(field: Field): string[] {
  const last = (name: string) => name.slice(name.lastIndexOf('.') + 1)
  const far = (name: Field['name']) => (last(name) === last(field.name) ? 0 : fieldOf(name).kind === field.kind ? 1 : 2)
  return FIELDS.filter((other) => other !== field && !other.either && sortOf(other) === sortOf(field))
    .map(({ name }) => name)
    .sort((a, b) => far(a) - far(b))
    .slice(0, 4)
}
