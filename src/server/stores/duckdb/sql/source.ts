/** What a statement reads: a table, and what is known of its rows. */
import { columnsByName, typeOf } from '../schema.ts'
import type { Kept } from './fields.ts'

export interface Source {
  /** As it stands in SQL. */
  readonly table: string
  /** Columns that the table has; the others are null. */
  readonly columns: { has(name: string): boolean }
  /** Rows `[from, to)` by number; all where it is left out. */
  readonly rows?: { readonly from: number; readonly to: number | null }
  /** Of a partition: another one where the rows of these numbers may be others than before. */
  readonly generation?: number
  /** A table with the numbers of rows that do not count: `row_number`. */
  readonly leftOut?: string
  /** True where every flow starts and ends within the range: nothing is to be shared out or left away. */
  readonly inside: boolean
  /** True where sums need 128 bits. */
  readonly wide: boolean
}

export interface Bounds {
  readonly fromMs: number
  readonly toMs: number
}

/** Flows that a question reads, and the part of its range that it reads them for. */
export interface FlowsPart {
  readonly source: Source
  readonly bounds: Bounds
  /** Only flows that lasted longer than this. */
  readonly longerThanMs?: number
  /** Only one vector of rows in so many, which counts for all of them. */
  readonly oneIn?: number
}

/** Sums that a question reads, and for which buckets. */
export interface SumsPart {
  readonly table: string
  readonly kept: Kept
  /** Length of a bucket. */
  readonly levelMs: number
  /** Whole buckets. */
  readonly bounds: Bounds
  /** So many of the table's first rows are of the moment that is asked for: slices only ever add to them. */
  readonly rows: number
}

export type Part = FlowsPart | SumsPart

/** All that the sources have of the range. */
export function flowsParts(sources: readonly Source[], bounds: Bounds): FlowsPart[] {
  return sources.map((source) => ({ source, bounds }))
}

/** The named columns of the source, and all conditions that hold. */
export function relation(
  source: Source,
  columns: readonly string[],
  conditions: readonly string[],
  extra: readonly string[] = [],
): string {
  const list = [...new Set(columns)].map((name) => {
    if (source.columns.has(name)) return `"${name}"`
    if (name === 'rowid') return name
    const column = columnsByName().get(name)
    return `NULL::${column ? typeOf(column).toString() : 'UBIGINT'} AS "${name}"`
  })
  const { rows, leftOut } = source
  const of = [
    ...(rows ? [`rowid >= ${rows.from}${rows.to === null ? '' : ` AND rowid < ${rows.to}`}`] : []),
    ...(leftOut === undefined ? [] : [`rowid NOT IN (SELECT row_number FROM ${leftOut})`]),
  ]
  const numbered = of.length > 0 ? ` WHERE ${of.join(' AND ')}` : ''
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : ''
  return `(SELECT *${extra.map((sql) => `, ${sql}`).join('')} FROM (SELECT ${list.join(', ')} FROM ${source.table}${numbered})${where})`
}

/** A flow touches `[from, to)` when it started before `to` and did not end before `from`. */
export function touching({ fromMs, toMs }: Bounds): string[] {
  return [`"start" < ${toMs}`, `"end" >= ${fromMs}`]
}
