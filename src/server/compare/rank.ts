/** Which differences say most. */
import { isTelling, kinOf, type Difference, type Part } from '../../shared/query/compare.ts'
import { field, type FieldName } from '../../shared/schema/fields.ts'
import { clauseOf, partsOf } from './asking.ts'
import { median, type Line, type Table } from './table.ts'

/** A value that has at least so much of everything, before and after, says nothing. */
const ALL = 0.98
/** The field that means either side must say so much more than one side to stand for it. */
const EITHER_MORE = 1.05
/** What a missing value, 0, or a port that is given out at random, counts beside one that names something. */
const VAGUE = 0.5
/** Linux gives out ports from here on, others from 49152 on (RFC 6335, section 6). */
const FIRST_RANDOM_PORT = 32_768
/** Scores of one twentieth count as alike. */
const STEPS = 20

export interface Totals {
  readonly now: number
  readonly before: number
}

/** Rows of all tables, the most telling first; what says the same of the same value stands in `also`. */
export function ranked(tables: readonly Table[], totals: Totals, limit: number): Difference[] {
  const order = new Map(tables.map(({ dimension }, i) => [dimension.at(-1), i]))
  const rows = tables.flatMap(({ dimension, lines }) =>
    lines
      .map((line) => differenceOf(dimension, line, totals))
      .filter((row) => row.difference !== 0 && !(tables.length > 1 && isAll(row))),
  )
  const largest = Math.max(...rows.map(({ difference }) => Math.abs(difference)))
  const step = ({ score }: Difference) => Math.round(score * STEPS)
  const place = ({ of }: Difference) => order.get(lastField(of)) ?? 0
  return folded(rows.map((row) => ({ ...row, score: scoreOf(row, largest) })))
    .toSorted((a, b) => step(b) - step(a) || place(a) - place(b) || Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, limit)
}

/** Where there was nothing before, or is nothing now, what is all of the other side says something only of the most telling fields. */
function isAll({ of, nowShare, beforeShare }: Difference): boolean {
  if (nowShare === null || beforeShare === null)
    return (nowShare ?? beforeShare ?? 0) >= ALL && !isTelling(lastField(of))
  return nowShare >= ALL && beforeShare >= ALL
}

/**
 * How much of the difference a value makes, times how unlike before its share of everything is, so that what grows with
 * all the rest does not stand out: the square root of its part in the Jensen–Shannon divergence of window and reference,
 * relative to that of a wholly new value.
 */
export function scoreOf(row: Difference, largest: number): number {
  const [now, before] = [row.nowShare ?? 0, row.beforeShare ?? 0]
  const moved = Math.abs(now - before)
  // More, but less of everything: the others grew.
  if (moved === 0 || now > before !== row.difference > 0) return 0
  const part = (share: number) => (share > 0 ? share * Math.log((2 * share) / (now + before)) : 0)
  const unlike = (part(now) + part(before)) / (Math.LN2 * moved)
  const weight = row.of.some(isVague) ? VAGUE : 1
  return weight * (Math.abs(row.difference) / largest) * Math.sqrt(Math.max(0, Math.min(1, unlike)))
}

/** A number of 0 mostly says that there is none: no priority, no VLAN, no AS. */
function isVague({ field: name, value }: Part): boolean {
  return value === null || value === 0 || (kinOf(name) === 'port' && Number(value) >= FIRST_RANDOM_PORT)
}

function differenceOf(dimension: Table['dimension'], { values, now, before: all }: Line, totals: Totals): Difference {
  const before = median(all)
  const difference = now - before
  const total = totals.now - totals.before
  const of = partsOf(dimension, values)
  const share = (amount: number, whole: number) => (whole === 0 ? null : amount / whole)
  return {
    of,
    filter: clauseOf(of),
    now,
    before,
    difference,
    share: share(difference, total),
    nowShare: share(now, totals.now),
    beforeShare: share(before, totals.before),
    change: now === 0 ? 'gone' : all.every((amount) => amount === 0) ? 'new' : difference > 0 ? 'more' : 'less',
    score: 0,
    also: [],
  }
}

/** Fields of the same meaning with the same value, all more or all less, are one row: that of the one which says most. */
function folded(rows: readonly Difference[]): Difference[] {
  const isEither = ({ of }: Difference) => field(lastField(of)).either !== undefined
  const weight = (row: Difference) => Math.abs(row.difference) / (isEither(row) ? EITHER_MORE : 1)
  const kept = new Map<string, Difference>()
  for (const row of rows.toSorted((a, b) => weight(b) - weight(a))) {
    const key = JSON.stringify([
      row.of.length,
      kinOf(lastField(row.of)),
      row.of.map(({ value }) => value),
      row.difference > 0,
    ])
    const one = kept.get(key)
    // An absent value is not the same on one side and on the other.
    if (!one || row.of.some(({ value }) => value === null)) kept.set(one ? clauseOf(row.of) : key, row)
    else if (!isEither(row)) kept.set(key, { ...one, also: [...one.also, lastField(row.of)] })
  }
  return [...kept.values()]
}

function lastField(of: Difference['of']): FieldName {
  return (of.at(-1) as Difference['of'][number]).field
}
