/** `weir seen`: the days of an address, as a table, CSV or the API's answer. */
import type { AnswerOf } from '../../shared/api/contract.ts'
import { csvText } from '../../shared/csv.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { formatDuration } from '../../shared/schema/units.ts'
import type { Frozen } from '../frozen.ts'
import { openAnswers } from './ask.ts'
import { timeText } from './basis.ts'
import { cellText, tableText, type AnswerColumn } from './format.ts'
import { print, say } from './output.ts'
import type { SeenOptions } from './seen.ts'

type Seen = Frozen<AnswerOf<'seen'>>

const COLUMNS: readonly (AnswerColumn & { readonly heading: string })[] = [
  { name: 'day', heading: 'Day', kind: 'keyword' },
  { name: 'first', heading: 'First', kind: 'time' },
  { name: 'last', heading: 'Last', kind: 'time' },
  { name: 'sent.flows', heading: 'Flows sent', kind: 'u64', unit: 'flows' },
  { name: 'sent.bytes', heading: 'Bytes sent', kind: 'u64', unit: 'B' },
  { name: 'received.flows', heading: 'Flows received', kind: 'u64', unit: 'flows' },
  { name: 'received.bytes', heading: 'Bytes received', kind: 'u64', unit: 'B' },
]

export async function showSeen(ip: string, options: SeenOptions): Promise<void> {
  const answers = await openAnswers(options)
  try {
    const answer = await answers.seen({ ip, asked: options.as })
    await print(textOf(answer, options.format))
    if (options.format === 'table') say(summary(ip, answer))
  } finally {
    await answers.close()
  }
}

function textOf(answer: Seen, format: SeenOptions['format']): string {
  const rows = answer.days.map(({ day, first, last, sent, received }): JsonValue[] => [
    day,
    first,
    last,
    ...[sent, received].flatMap((side) => [side?.flows ?? null, side?.bytes ?? null]),
  ])
  switch (format) {
    case 'json':
      return `${JSON.stringify(answer)}\n`
    case 'csv':
      return csvText(
        COLUMNS.map(({ name }) => name),
        rows,
      )
    case 'table':
      if (rows.length === 0) return ''
      return tableText(
        COLUMNS.map(({ heading }) => heading),
        rows.map((row) => row.map((value, i) => cellText(COLUMNS[i] as AnswerColumn, value))),
        COLUMNS.map(({ unit }) => unit !== undefined),
      )
  }
}

function summary(ip: string, { first, last, days, notIndexed, dataFrom, tookMs }: Seen): string {
  const parts = [
    first === null || last === null
      ? `${ip} was not seen`
      : `${ip} first seen ${timeText(first)}, last seen ${timeText(last)} UTC, on ${days.length === 1 ? '1 day' : `${days.length} days`}`,
    ...(dataFrom === null ? [] : [`data from ${timeText(dataFrom)} on`]),
    ...(notIndexed.length > 0 ? [`not all addresses are known of ${notIndexed.join(', ')}`] : []),
    formatDuration(tookMs),
  ]
  return parts.join(' · ')
}
