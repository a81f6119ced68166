/** Answers as files. */
import type { BodyOf } from '../../shared/api/contract.ts'
import { FORMATS, type FormatName } from '../../shared/api/formats.ts'
import { csvText } from '../../shared/csv.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { notify } from '../parts/notify.ts'
import { callFile } from './client.ts'

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
  save(name, new Blob([text], { type }))
}

/** Asks the server for an answer in a form, and hands it to the browser as a download. What goes wrong is said. */
export async function downloadAnswer<C extends 'query' | 'flows'>(
  call: C,
  format: FormatName,
  body: BodyOf<C>,
  name: string,
): Promise<void> {
  try {
    save(`${name}.${FORMATS[format].extension}`, await callFile(call, format, body))
  } catch (error) {
    notify(error instanceof Error ? error.message : String(error))
  }
}

function save(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
