/** `weir compare`: one comparison, as a table with bars, CSV or the API's answer. */
import type { AnswerOf, BodyOf } from '../../shared/api/contract.ts'
import { csvText } from '../../shared/csv.ts'
import { MEASURES } from '../../shared/query/measures.ts'
import { format, formatDuration } from '../../shared/schema/units.ts'
import type { Frozen } from '../frozen.ts'
import { openAnswers } from './ask.ts'
import type { CompareOptions } from './compare.ts'
import { tableText } from './format.ts'
import { print, say } from './output.ts'
import { namesOf, rangeOf } from './range-options.ts'

type Comparison = Frozen<AnswerOf<'compare'>>
type Row = Comparison['rows'][number]

const BAR = 12
const FULL = '█'
const EIGHTHS = ' ▏▎▍▌▋▊▉'

export async function showComparison(fields: readonly string[], options: CompareOptions): Promise<void> {
  const { from, to, ...rest } = rangeOf(options)
  const names = namesOf(fields)
  const answers = await openAnswers(options)
  try {
    const answer = await answers.compare({
      window: { from, to },
      against: againstOf(options.against),
      ...rest,
      measure: options.by,
      limit: options.limit,
      ...(names.length > 0 ? { fields: names } : {}),
    })
    await print(textOf(answer, options.format))
    if (options.format === 'table') say(basis(answer))
  } finally {
    await answers.close()
  }
}

/** `FROM/TO` is a window; everything else is said as it stands. */
function againstOf(text: string): NonNullable<BodyOf<'compare'>['against']> {
  const [from, to, ...more] = text.split('/')
  // Date math has a slash of its own: now-1d/d.
  return from && to && more.length === 0 && /\d{4}/.test(to) ? { from, to } : text
}

function textOf(answer: Comparison, as: CompareOptions['format']): string {
  switch (as) {
    case 'json':
      return `${JSON.stringify(answer)}\n`
    case 'csv':
      return csvText(
        ['filter', 'now', 'before', 'difference', 'share', 'change', 'score'],
        answer.rows.map((row) => [row.filter, row.now, row.before, row.difference, row.share, row.change, row.score]),
      )
    case 'table':
      return table(answer)
  }
}

function table(answer: Comparison): string {
  const { rows, total, within, measure } = answer
  const unit = MEASURES[measure].unit
  const amount = (value: number) => format(value, unit)
  const signed = (value: number) => (value > 0 ? `+${amount(value)}` : amount(value))
  const largest = Math.max(...rows.map(({ difference }) => Math.abs(difference)))
  const line = (row: Row) => [
    row.filter,
    amount(row.before),
    amount(row.now),
    signed(row.difference),
    wordOf(row),
    sharesText(row),
    bar(Math.abs(row.difference) / largest),
  ]
  const all = [
    'Total',
    amount(total.before),
    amount(total.now),
    signed(total.difference),
    changeText(total.change),
    '',
    '',
  ]
  const head = ['Value', 'Before', 'Now', 'Difference', 'Change', 'Share', '']
  const lines = tableText(head, [...rows.map(line), all], [false, true, true, true, true, true, false])
  if (!within || rows.length === 0) return lines
  const clause = rows[0]?.filter ?? ''
  const inner = within.rows.map((row) => `${row.filter}, ${percent(row.share)} of it`)
  const spread = within.distinct.map(
    ({ field, now, before }) => `${field} ${before.toLocaleString('en')} → ${now.toLocaleString('en')} values`,
  )
  const told = [...inner, ...spread]
  return told.length === 0 ? lines : `${lines}\nWithin ${clause}:\n${told.map((text) => `  ${text}\n`).join('')}`
}

function wordOf({ change, now, before }: Row): string {
  return change === 'new' || change === 'gone' ? change : changeText(before === 0 ? null : (now - before) / before)
}

function changeText(change: number | null): string {
  if (change === null) return '–'
  return change > 99.99 ? `× ${format(1 + change, '')}` : `${change > 0 ? '+' : ''}${percent(change)}`
}

/** Of everything before, and of everything now. */
function sharesText({ beforeShare, nowShare }: Row): string {
  return `${percent(beforeShare)} → ${percent(nowShare)}`
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1).replace('-', '−')} %`
}

function bar(share: number): string {
  const eighths = Math.max(1, Math.round(share * BAR * 8))
  return FULL.repeat(Math.floor(eighths / 8)) + (eighths % 8 > 0 ? EIGHTHS[eighths % 8] : '')
}

function basis({ window, against, meta }: Comparison): string {
  const span = ({ from, to }: { readonly from: number; readonly to: number }) => `${timeText(from)} – ${timeText(to)}`
  const reference =
    meta.usual === null
      ? against.map(span).join()
      : `median of ${against.length} ${meta.usual} before (${against.map(({ from }) => timeText(from).slice(0, 10)).join(', ')})`
  return [
    `${span(window)} UTC against ${reference}`,
    ...(meta.dataFrom === null ? [] : [`data from ${timeText(meta.dataFrom)} on`]),
    ...(meta.sampled ? ['some of it sampled'] : []),
    ...(meta.exact ? [] : ['estimated']),
    ...(meta.left.length === 0 ? [] : [leftText(meta.left)]),
    formatDuration(meta.tookMs),
  ].join(' · ')
}

function leftText(fields: readonly string[]): string {
  const [first] = fields
  const which = fields.length === 1 ? first : `${fields.length} fields, ${first} first`
  return `no time for ${which}; name the fields that matter`
}

function timeText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace('T', ' ')
}
