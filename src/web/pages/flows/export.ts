/** Records as files: what is loaded, in the table's order. */
import type { JsonValue } from '../../../shared/schema/kinds.ts'

interface Loaded {
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly JsonValue[])[]
}

/** RFC 4180: commas, CRLF, quotes doubled; an unknown value is an empty cell. */
export function toCsv(loaded: Loaded): string {
  return [loaded.columns.map((column) => column.name), ...loaded.rows]
    .map((cells) => `${cells.map(csvCell).join(',')}\r\n`)
    .join('')
}

/** One object a record, as `weir decode` prints them; unknown values are left out. */
export function toJsonLines(loaded: Loaded): string {
  return loaded.rows
    .map((row) => {
      const entries = loaded.columns.map((column, index) => [column.name, row[index] ?? null] as const)
      return JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== null))) + '\n'
    })
    .join('')
}

/** Hands a text to the browser as a download. */
export function download(name: string, type: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

function csvCell(value: JsonValue): string {
  if (value === null) return ''
  const text = String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
