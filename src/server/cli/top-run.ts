/** `weir top`: one question, as a table, CSV or the API's answer. */
import { csvText } from '../../shared/csv.ts'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { addsUp, type Measure } from '../../shared/query/measures.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import type { Frozen } from '../frozen.ts'
import { openAnswers } from './ask.ts'
import { basisOf } from './basis.ts'
import { cellText, heading, tableText } from './format.ts'
import { print, say } from './output.ts'
import { namesOf, rangeOf } from './range-options.ts'
import type { TopOptions } from './top.ts'

type Answer = Frozen<AnswerOf<'query'>>

export async function showTop(fields: readonly string[], options: TopOptions): Promise<void> {
  const groupBy = namesOf(fields)
  const { by, show, order, over, compare, limit } = options
  const measures = [...new Set([by, ...show])]
  const range = rangeOf(options)
  const answers = await openAnswers(options)
  try {
    const answer = await answers.query({
      ...range,
      groupBy,
      measures,
      orderBy: by,
      order,
      limit,
      totals: true,
      ...(over === undefined ? {} : { over }),
      ...(compare === undefined ? {} : { compare }),
    })
    await print(textOf(answer, groupBy.length, options))
    if (options.format === 'table') say(basisOf(answer.meta))
  } finally {
    await answers.close()
  }
}

function textOf(answer: Answer, groups: number, options: TopOptions): string {
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(answer)}\n`
    case 'csv':
      return csvText(
        answer.columns.map((column) => column.name),
        answer.rows.map((row, i) => (isOther(answer, i) ? ['Other', ...row.slice(1)] : row)),
      )
    case 'table':
      return answer.rows.length === 0 ? '' : table(answer, groups, options.by)
  }
}

function table(answer: Answer, groups: number, by: Measure): string {
  const { columns, rows, meta } = answer
  const [totals = []] = answer.totals ?? []
  const place = columns.findIndex((column) => column.name === by)
  const total = Number(totals[place - groups] ?? 0)
  const share = (value: JsonValue | undefined) =>
    total > 0 && value !== null && value !== undefined ? `${((100 * Number(value)) / total).toFixed(1)} %` : '–'
  // What does not add up has no share of a total.
  const shared = addsUp(by)
  const left = meta.groups === null ? '' : ` (${meta.groups - (meta.otherRow ?? rows.length)} more)`
  const cells = (row: readonly JsonValue[], from: number) =>
    row.map((value, k) => cellText(columns[from + k] as Answer['columns'][number], value))
  const lines = rows.map((row, i) => [
    ...(isOther(answer, i) ? [`Other${left}`, ...Array<string>(groups - 1).fill('')] : cells(row.slice(0, groups), 0)),
    ...cells(row.slice(groups), groups),
    ...(shared ? [share(row[place])] : []),
  ])
  const last = [
    'Total',
    ...Array<string>(groups - 1).fill(''),
    ...cells(totals, groups),
    ...(shared ? [share(total)] : []),
  ]
  return tableText(
    [...columns.map(heading), ...(shared ? ['Share'] : [])],
    [...lines, last],
    [...columns.map((_, i) => i >= groups), ...(shared ? [true] : [])],
  )
}

function isOther({ meta }: Answer, row: number): boolean {
  return meta.otherRow !== null && row >= meta.otherRow
}
