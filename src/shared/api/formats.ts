/** The forms in which tables are answered: by `?format=NAME`, or by `Accept` with the media type. */

interface Form {
  /** Media type as it is sent. */
  readonly type: string
  /** Other media types by which it may be asked for. */
  readonly also?: readonly string[]
  /** Of files. */
  readonly extension: string
  /** For a menu. */
  readonly label: string
  readonly description: string
}

export const FORMATS = {
  json: {
    type: 'application/json; charset=utf-8',
    extension: 'json',
    label: 'JSON',
    description: 'Columns, rows and what the answer rests on, in one object; records page by page.',
  },
  ndjson: {
    type: 'application/x-ndjson; charset=utf-8',
    also: ['application/jsonl', 'application/x-jsonlines'],
    extension: 'ndjson',
    label: 'JSON lines',
    description: 'An object a row, by the names of the columns; what is not known is left out. Values as in JSON.',
  },
  csv: {
    type: 'text/csv; charset=utf-8; header=present',
    extension: 'csv',
    label: 'CSV',
    description:
      "RFC 4180 with a header line. Values as in JSON, an empty cell for what is not known; texts that a spreadsheet would take for a formula (`=`, `+`, `-` or `@` first, blanks and control characters not counted, or a tab or line break) have a ' before them, whoever sent them: exporters choose texts.",
  },
  parquet: {
    type: 'application/vnd.apache.parquet',
    also: ['application/x-parquet'],
    extension: 'parquet',
    label: 'Parquet',
    description:
      'Apache Parquet, compressed with gzip. Times are timestamps (milliseconds, UTC), counts unsigned integers of their width, addresses and names text.',
  },
  arrow: {
    type: 'application/vnd.apache.arrow.stream',
    extension: 'arrows',
    label: 'Arrow',
    description: 'An Apache Arrow IPC stream, with the types of Parquet.',
  },
} as const satisfies Record<string, Form>

/** Records in one answer of another form than JSON, which are streamed. */
export const MOST_STREAMED = 1_000_000

export type FormatName = keyof typeof FORMATS
export const FORMAT_NAMES = Object.keys(FORMATS) as [FormatName, ...FormatName[]]

/** `text/csv` of `text/csv; charset=utf-8`. */
export function mediaTypes(name: FormatName): readonly string[] {
  const form: Form = FORMATS[name]
  return [form.type.split(';', 1)[0] as string, ...(form.also ?? [])]
}
