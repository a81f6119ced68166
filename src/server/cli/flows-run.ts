/** `weir flows`: records page by page, as a table, CSV or the API's answer. */
import { csvText } from '../../shared/csv.ts'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { LIMITS } from '../../shared/api/questions.ts'
import type { FieldName } from '../../shared/schema/fields.ts'
import { isNumeric } from '../../shared/schema/kinds.ts'
import type { Frozen } from '../frozen.ts'
import { openAnswers, type Answers } from './ask.ts'
import { basisOf } from './basis.ts'
import type { FlowsOptions } from './flows.ts'
import { cellText, heading, tableText } from './format.ts'
import { print, say } from './output.ts'
import { namesOf, rangeOf, type RequestRange } from './range-options.ts'

type Page = Frozen<AnswerOf<'flows'>>

/** What a terminal of usual width holds. */
const TABLE_FIELDS: readonly FieldName[] = [
  'end',
  'duration',
  'exporter',
  'src.ip',
  'src.port',
  'dst.ip',
  'dst.port',
  'proto',
  'service',
  'bytes',
  'packets',
]

export async function showFlows(options: FlowsOptions): Promise<void> {
  const range = rangeOf(options)
  const fields = options.fields ? namesOf(options.fields) : options.format === 'table' ? [...TABLE_FIELDS] : undefined
  const answers = await openAnswers(options)
  try {
    const all = await pages(answers, { ...range, sort: options.sort, ...(fields ? { fields } : {}) }, options.limit)
    await print(textOf(all, options.format))
    if (options.format === 'table') say(`${all.rows.length.toLocaleString('en')} of them shown · ${basisOf(all.meta)}`)
  } finally {
    await answers.close()
  }
}

/** As many pages as the limit needs, as one answer. */
async function pages(
  answers: Answers,
  body: RequestRange & { readonly sort: string; readonly fields?: string[] },
  limit: number,
): Promise<Page> {
  const ask = (left: number, cursor: string | null) =>
    answers.flows({ ...body, limit: Math.min(left, LIMITS.records), ...(cursor === null ? {} : { cursor }) })
  let page = await ask(limit, null)
  const rows = [...page.rows]
  const { meta } = page
  while (page.cursor !== null && rows.length < limit) {
    page = await ask(limit - rows.length, page.cursor)
    rows.push(...page.rows)
  }
  return { ...page, rows, meta }
}

function textOf({ columns, rows, ...rest }: Page, format: FlowsOptions['format']): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify({ columns, rows, ...rest })}\n`
    case 'csv':
      return csvText(
        columns.map((column) => column.name),
        rows,
      )
    case 'table':
      if (rows.length === 0) return ''
      return tableText(
        columns.map(heading),
        rows.map((row) => row.map((value, i) => cellText(columns[i] as Page['columns'][number], value))),
        columns.map((column) => isNumeric(column.kind) && column.kind !== 'time'),
      )
  }
}
