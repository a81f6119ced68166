/** `weir top`: one question, as a table, CSV or the API's answer. */
import { csvText } from '../../shared/csv.ts'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { MEASURES, type MeasureName } from '../../shared/query/question.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { format } from '../../shared/schema/units.ts'
import type { Frozen } from '../frozen.ts'
import { openAnswers } from './ask.ts'
import { basisOf } from './basis.ts'
import { cellText, heading, tableText } from './format.ts'
import { print, say } from './output.ts'
import { namesOf, rangeOf } from './range-options.ts'
import type { TopOptions } from './top.ts'

type Answer = Frozen<AnswerOf<'query'>>

/** Shown whatever the order is by. */
const ALWAYS: readonly MeasureName[] = ['bytes', 'packets', 'flows']

export async function showTop(fields: readonly string[], options: TopOptions): Promise<void> {
  const groupBy = namesOf(fields)
  const measures = [...new Set([options.by, ...ALWAYS])]
  const range = rangeOf(options)
  const answers = await openAnswers(options)
  try {
    const answer = await answers.query({ ...range, groupBy, measures, orderBy: options.by, limit: options.limit })
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

function table(answer: Answer, groups: number, by: MeasureName): string {
  const { columns, rows, meta } = answer
  const place = columns.findIndex((column) => column.name === by)
  const total = totalOf(answer, by)
  const share = (value: JsonValue) =>
    total !== null && total > 0 && value !== null ? `${((100 * Number(value)) / total).toFixed(1)} %` : '–'
  const left = meta.groups === null ? '' : ` (${meta.groups - (meta.otherRow ?? rows.length)} more)`
  const lines = rows.map((row, i) => [
    ...row
      .slice(0, groups)
      .map((value, k) =>
        isOther(answer, i) ? (k === 0 ? `Other${left}` : '') : cellText(columns[k] as Answer['columns'][number], value),
      ),
    ...row.slice(groups).map((value, k) => cellText(columns[groups + k] as Answer['columns'][number], value)),
    share(row[place] as JsonValue),
  ])
  const measures = columns.slice(groups).map((column) => column.name as MeasureName)
  const totals = [
    'Total',
    ...Array<string>(groups - 1).fill(''),
    ...measures.map((measure) => format(totalOf(answer, measure), MEASURES[measure].unit)),
    share(total),
  ]
  return tableText(
    [...columns.map(heading), 'Share'],
    [...lines, totals],
    [...columns.map((_, i) => i >= groups), true],
  )
}

/** Of all flows asked for, not only of those shown. */
function totalOf({ meta, rows, columns }: Answer, measure: MeasureName): number | null {
  const { of, rate } = MEASURES[measure]
  if (of === 'bytes.l2') {
    const place = columns.findIndex((column) => column.name === measure)
    const known = rows.flatMap((row) => row[place] ?? [])
    return known.length === 0 ? null : known.reduce<number>((sum, value) => sum + Number(value), 0)
  }
  const sum = Number(meta.totals[of] ?? 0)
  if (!rate) return sum
  return ((of === 'bytes' ? 8 : 1) * sum * 1000) / (meta.to - meta.from)
}

function isOther({ meta }: Answer, row: number): boolean {
  return meta.otherRow !== null && row >= meta.otherRow
}
