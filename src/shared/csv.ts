/**
 * RFC 4180 as text: commas, CRLF, quotes doubled, a header line; an unknown value is an empty cell. A text that a spreadsheet
 * would take for a formula has a ' before it: exporters, or whoever pretends to be one, choose it.
 */
import type { JsonValue } from './schema/kinds.ts'

/** What spreadsheets begin a formula with, also behind what they pass over, and in the wide forms of East Asia. */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|^[\t\r\n]/u

/** Without names, the rows alone. */
export function csvText(names: readonly string[] | null, rows: readonly (readonly JsonValue[])[]): string {
  return [...(names ? [names] : []), ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')
}

function csvCell(value: JsonValue): string {
  const text = value === null ? '' : typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
