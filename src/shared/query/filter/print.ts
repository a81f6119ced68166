/** A value of a field as a test of a filter, in the form that people write: what a click on a value puts into the query bar. */
import { field, type FieldName } from '../../schema/fields.ts'
import type { JsonValue } from '../../schema/kinds.ts'
import { protocolKeyword } from '../../schema/protocols.ts'

/** `src.ip:10.0.0.1` for a value as it stands in an answer; `not vlan:*` where there is none. */
export function printTest(name: FieldName, value: JsonValue): string {
  if (value === null) return `not ${name}:*`
  if (name === 'proto') return `${name}:${protocolKeyword(Number(value)) ?? value}`
  if (field(name).kind === 'time' && typeof value === 'number') return `${name}:${new Date(value).toISOString()}`
  if (field(name).kind === 'keyword') return `${name}:${printText(String(value))}`
  return `${name}:${printValue(String(value))}`
}

/** In quotes unless it is a plain word: signs of operators, and * where the text itself has one. */
function printText(text: string): string {
  const isPlain = /^[\p{L}\p{N}_][\p{L}\p{N}_./:@-]*$/u.test(text) && !/^(and|or|not|in)$/i.test(text)
  return isPlain ? text : `"${text.replace(/["\\*]/g, '\\$&')}"`
}

/** Quoted where it would not be read as one value. */
function printValue(text: string): string {
  const isWord = /^[^\s()",'=<>!]+$/.test(text) && !/^(and|or|not)$/i.test(text)
  return isWord ? text : `"${text.replace(/["\\]/g, '\\$&')}"`
}
