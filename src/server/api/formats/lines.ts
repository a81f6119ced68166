/** CSV and JSON lines. */
import { csvText } from '../../../shared/csv.ts'
import type { MakeWriter } from './table-writer.ts'

/** Rows of a chunk of text. */
const ROWS = 500

export const csv: MakeWriter = (columns) => {
  const names = columns.map(({ name }) => name)
  return {
    begin: () => [csvText(names, [])],
    *page(rows) {
      for (let from = 0; from < rows.length; from += ROWS) yield csvText(null, rows.slice(from, from + ROWS))
    },
    end: () => [],
  }
}

export const ndjson: MakeWriter = (columns) => {
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`)
  return {
    begin: () => [],
    *page(rows) {
      for (let from = 0; from < rows.length; from += ROWS) {
        let text = ''
        for (const row of rows.slice(from, from + ROWS)) {
          const parts = row.flatMap((value, i) => (value === null ? [] : [`${keys[i]}${JSON.stringify(value)}`]))
          text += `{${parts.join(',')}}\n`
        }
        yield text
      }
    },
    end: () => [],
  }
}
