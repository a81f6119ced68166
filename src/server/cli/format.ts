/** Answers as tables, CSV and JSON. */
import Table from 'cli-table3'
import { WeirError } from '../../shared/api/errors.ts'
import { groupCellText, groupLabel, type Grouping } from '../../shared/query/groups.ts'
import { describeMeasure, isMeasure, readMeasure, type Measure } from '../../shared/query/measures.ts'
import { BEFORE, CHANGE } from '../../shared/query/periods.ts'
import { findField } from '../../shared/schema/fields.ts'
import type { AnswerKind, JsonValue } from '../../shared/schema/kinds.ts'
import { protocolKeyword } from '../../shared/schema/protocols.ts'
import { format, formatDuration, type Unit } from '../../shared/schema/units.ts'

export const FORMATS = ['table', 'json', 'csv'] as const

export interface AnswerColumn {
  readonly name: string
  readonly kind: AnswerKind
  readonly unit?: string | undefined
  /** Of a group that is not a field's values as they are. */
  readonly group?: object | undefined
}

/** Letters of the flags that a record has, the lowest first. */
const FLAG_LETTERS = ['F', 'S', 'R', 'P', 'A', 'U', 'E', 'C']

/** A value for a person: names for numbers that have some, units, times in UTC. */
export function cellText(column: AnswerColumn, value: JsonValue): string {
  if (value === null) return '–'
  const group = column.group as Exclude<Grouping, string> | undefined
  if (group && !('prefix' in group)) return groupCellText(group, value as number | string, column.unit as Unit)
  if (column.kind === 'time') return new Date(Number(value)).toISOString().replace('T', ' ').replace('Z', '')
  if (column.unit === 'ms') return formatDuration(Number(value))
  if (column.unit !== undefined) return format(Number(value), column.unit as Unit)
  if (column.name === 'proto') return protocolKeyword(Number(value)) ?? String(value)
  if (column.name === 'tcp.flags') return FLAG_LETTERS.filter((_, bit) => (Number(value) >> bit) & 1).join('') || '–'
  return String(value)
}

/** Rows of a table that are laid out at once: what that takes grows with their square. */
const LAID_OUT = 16

/** Headings and cells in columns, numbers to the right. */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly boolean[],
): string {
  const colWidths = head.map((title, i) =>
    rows.reduce((width, row) => Math.max(width, widthOf(row[i] ?? '')), widthOf(title)),
  )
  const lines = [head, ...rows]
  let text = ''
  for (let from = 0; from < lines.length; from += LAID_OUT) {
    const table = new Table({
      colWidths,
      colAligns: right.map((each) => (each ? 'right' : 'left')),
      chars: NO_LINES,
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [], compact: true },
    })
    for (const line of lines.slice(from, from + LAID_OUT)) table.push([...line])
    for (const line of table.toString().split('\n')) text += `${line.trimEnd()}\n`
  }
  return text
}

const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
}

/** Places on a terminal that a text takes, at most: letters of East Asia take two. */
function widthOf(text: string): number {
  let width = 0
  for (const letter of text) width += (letter.codePointAt(0) as number) < 0x1100 ? 1 : 2
  return width
}

/** What stands above a column. */
export function heading(column: AnswerColumn): string {
  if (column.group) return groupLabel(column.group as Grouping)
  // Beside a measure's column: what it was, and how it changed.
  if (column.name.endsWith(CHANGE)) return 'Change'
  if (column.name.endsWith(BEFORE)) return 'Before'
  return isMeasure(column.name) ? describeMeasure(column.name).label : (findField(column.name)?.label ?? column.name)
}

/** Option parser of a measure. */
export function measureOption(option: string): (text: string) => Measure {
  return (text) => {
    try {
      return readMeasure(text, option)
    } catch (error) {
      throw error instanceof WeirError ? new WeirError('badOption', error.message) : error
    }
  }
}

/** Option parser of `--format`. */
export function oneOf<T extends string>(option: string, choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => choice === text)
    if (found === undefined)
      throw new WeirError('badOption', `${option} ${text}: one of ${choices.join(', ')} is needed`)
    return found
  }
}
