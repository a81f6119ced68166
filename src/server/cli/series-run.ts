/** `weir series`: one question with an interval, drawn, or as table, CSV or the API's answer. */
import { csvText } from '../../shared/csv.ts'
import type { AnswerOf } from '../../shared/api/contract.ts'
import { describeMeasure } from '../../shared/query/measures.ts'
import { autoInterval, formatInterval, parseInterval, parseTime } from '../../shared/query/time.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import type { Frozen } from '../frozen.ts'
import { openAnswers } from './ask.ts'
import { basisOf } from './basis.ts'
import { barChart, sparkline } from './chart.ts'
import { cellText, heading, tableText } from './format.ts'
import { print, say } from './output.ts'
import { namesOf, rangeOf, type RequestRange } from './range-options.ts'
import type { SeriesOptions } from './series.ts'

type Answer = Frozen<AnswerOf<'query'>>

const HEIGHT = 10
const DEFAULT_WIDTH = 80
/** Room for the axis at the left of the chart. */
const MARGIN = 14
/** Of a group's line, what is not its name, figures and spaces. */
const LEAST_LINE = 20
const DAY_MS = 86_400_000
const OTHER = 'Other'

export async function showSeries(fields: readonly string[], options: SeriesOptions): Promise<void> {
  const range = rangeOf(options)
  const width = Math.max(40, process.stdout.columns || DEFAULT_WIDTH)
  const interval = options.interval ?? fittingInterval(range, width - MARGIN)
  const groupBy = namesOf(fields)
  const answers = await openAnswers(options)
  try {
    const answer = await answers.query({
      ...range,
      interval,
      groupBy,
      measures: [options.by],
      limit: options.limit,
      totals: true,
      ...(options.over === undefined ? {} : { over: options.over }),
    })
    await print(textOf(answer, groupBy.length, options, width))
    if (options.format === 'chart' || options.format === 'table')
      say(
        `${heading({ name: options.by, kind: 'u64' })} by ${formatInterval(answer.meta.interval ?? DAY_MS)} · ${basisOf(answer.meta)}`,
      )
  } finally {
    await answers.close()
  }
}

function textOf(answer: Answer, groups: number, options: SeriesOptions, width: number): string {
  const { columns, rows } = answer
  switch (options.format) {
    case 'json':
      return `${JSON.stringify(answer)}\n`
    case 'csv':
      return csvText(
        columns.map((column) => column.name),
        named(answer, groups),
      )
    case 'table':
      if (rows.length === 0) return ''
      return tableText(
        columns.map(heading),
        named(answer, groups).map((row) =>
          row.map((value, i) => cellText(columns[i] as Answer['columns'][number], value)),
        ),
        columns.map((_, i) => i > groups),
      )
    case 'chart':
      return rows.length === 0 ? '' : `${chart(answer, groups, options, width).join('\n')}\n`
  }
}

/** Rows with Other called so. */
function named({ rows, meta }: Answer, groups: number): (readonly JsonValue[])[] {
  return rows.map((row, i) =>
    meta.otherRow !== null && i >= meta.otherRow && groups > 0 ? [row[0] as JsonValue, OTHER, ...row.slice(2)] : row,
  )
}

/** As many buckets as there are columns; what the server makes of it where the range cannot be read here. */
function fittingInterval({ from, to }: RequestRange, columns: number): string {
  const nowMs = Date.now()
  const [fromMs, toMs] = [parseTime(from, nowMs), parseTime(to, nowMs)]
  return fromMs === null || toMs === null || toMs <= fromMs
    ? 'auto'
    : formatInterval(autoInterval(toMs - fromMs, columns - 1))
}

interface Line {
  readonly name: string
  readonly values: (number | null)[]
}

function chart(answer: Answer, groups: number, { by }: SeriesOptions, width: number): string[] {
  const { meta, columns } = answer
  const interval = meta.interval ?? parseInterval('1m') ?? 1
  const first = Math.floor(meta.from / interval)
  const count = Math.min(width - MARGIN, Math.ceil(meta.to / interval) - first)
  const lines = new Map<string, Line>()
  const total: (number | null)[] = Array<number | null>(count).fill(null)
  for (const row of named(answer, groups)) {
    const at = Math.floor(Number(row[0]) / interval) - first
    const value = row[groups + 1] ?? null
    if (at < 0 || at >= count || value === null) continue
    const name =
      row[1] === OTHER
        ? OTHER
        : row
            .slice(1, groups + 1)
            .map((cell, i) => cellText(columns[i + 1] as Answer['columns'][number], cell))
            .join('  ')
    const line = lines.get(name) ?? { name, values: Array<number | null>(count).fill(null) }
    lines.set(name, line)
    line.values[at] = Number(value)
  }
  for (const [time, value] of answer.totals ?? []) {
    const at = Math.floor(Number(time) / interval) - first
    if (at >= 0 && at < count && value !== null) total[at] = Number(value)
  }
  const { unit, kind } = describeMeasure(by)
  const label = (value: number) => cellText({ name: by, kind, unit }, value)
  const drawn = barChart(total, HEIGHT, { label, ticks: ticks(first, count, interval) })
  return groups === 0 ? drawn : [...drawn, '', ...groupLines(ranked([...lines.values()]), label, width)]
}

/** The largest first, Other last. */
function ranked(lines: readonly Line[]): Line[] {
  const sum = ({ name, values }: Line) =>
    name === OTHER ? -1 : values.reduce<number>((all, value) => all + (value ?? 0), 0)
  return lines.toSorted((a, b) => sum(b) - sum(a))
}

/** A line for each group: name, course, average and most. */
function groupLines(lines: readonly Line[], label: (value: number) => string, width: number): string[] {
  const top = Math.max(...lines.flatMap((line) => line.values.map((value) => value ?? 0)))
  const figures = lines.map(({ values }) => {
    const known = values.filter((value) => value !== null)
    const sum = known.reduce((all, value) => all + value, 0)
    return `${label(sum / values.length)} average, ${label(Math.max(...known))} most`
  })
  const nameWidth = Math.min(40, Math.max(...lines.map((line) => line.name.length)))
  const figureWidth = Math.max(...figures.map((text) => text.length))
  const room = Math.max(LEAST_LINE, width - nameWidth - figureWidth - 4)
  return lines.map(
    ({ name, values }, i) =>
      `${name.slice(0, nameWidth).padEnd(nameWidth)}  ${sparkline(squeeze(values, room), top)}  ${figures[i]}`,
  )
}

/** So many values at most, each the largest of those that it stands for. */
function squeeze(values: readonly (number | null)[], room: number): (number | null)[] {
  if (values.length <= room) return [...values]
  return Array.from({ length: room }, (_, i) => {
    const part = values
      .slice(Math.floor((i * values.length) / room), Math.floor(((i + 1) * values.length) / room))
      .filter((value) => value !== null)
    return part.length === 0 ? null : Math.max(...part)
  })
}

/** About every fifteen columns a time; the date where a day begins. */
function ticks(first: number, count: number, interval: number): { column: number; text: string }[] {
  const step = autoInterval(count * interval, Math.max(2, Math.floor(count / 15)))
  const found = []
  let day = interval < DAY_MS ? Math.floor((first * interval) / DAY_MS) : -1
  for (let column = 0; column < count; column++) {
    const ms = (first + column) * interval
    if (ms % step >= interval) continue
    const today = Math.floor(ms / DAY_MS)
    const text = new Date(ms).toISOString()
    found.push({ column, text: today === day ? text.slice(11, interval < 60_000 ? 19 : 16) : text.slice(5, 10) })
    day = today
  }
  return found
}
