/** Answers as files. */
import { csvText } from '../../shared/csv.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'

/** An answer, or what is laid out like one. */
export interface Loaded {
  readonly columns: readonly { readonly name: string }[]
  readonly rows: readonly (readonly JsonValue[])[]
}

export function toCsv({ columns, rows }: Loaded): string {
  return csvText(
    columns.map((column) => column.name),
    rows,
  )
}

/** One object a row, as `weir decode` prints records; unknown values are left out. */
export function toJsonLines({ columns, rows }: Loaded): string {
  return rows
    .map((row) => {
      const entries = columns.map((column, index) => [column.name, row[index] ?? null] as const)
      return `${JSON.stringify(Object.fromEntries(entries.filter(([, value]) => value !== null)))}\n`
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
