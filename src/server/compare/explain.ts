/** Which values of which fields make the difference between two windows. */
import { WeirError } from '../../shared/api/errors.ts'
import {
  COMPARE_LIMITS,
  innerDimensions,
  type Comparison,
  type ComparisonAnswer,
  type Difference,
  type Dimension,
  type Distinct,
} from '../../shared/query/compare.ts'
import type { Names } from '../../shared/query/filter/names.ts'
import { FIELDS, type FieldName } from '../../shared/schema/fields.ts'
import { Asking, both, type Explainer } from './asking.ts'
import { ranked, type Totals } from './rank.ts'
import { referencesOf } from './spans.ts'
import { Draft, eitherTable, median, tableOf, type Frame, type Table } from './table.ts'

/** Dimensions that are read together: 16 in half the time that they take one by one (112,000 flows). */
const AT_ONCE = 16
/** Within the first row, a value is told of that makes so much of its difference. */
const INNER_SHARE = 0.3
const INNER_ROWS = 8
/** Numbers of different values are told of when they are so many times as many, or as few. */
const SPREAD = 2
const SPREAD_LEAST = 10
/** References whose length is this near the window's have as many chances to see different values. */
const LIKE_LENGTH = 0.1

/** Rejects with `badRequest`, `timeLimit`, `cancelled` or what the store says. `signal` ends all of it. */
export async function explain(
  comparison: Comparison,
  answerer: Explainer,
  names: Names,
  signal: AbortSignal,
  budgetMs: Budget = COMPARE_LIMITS.budgetMs,
): Promise<ComparisonAnswer> {
  const began = performance.now()
  const { window, dimensions, base } = comparison
  const asking = new Asking(comparison, answerer, names)
  const { spans, usual } = await referencesOf(comparison, asking, signal)
  const length = window.toMs - window.fromMs
  const frame: Frame = {
    spans: [window, ...spans],
    scales: [1, ...spans.map((span) => length / (span.toMs - span.fromMs))],
    filter: base.filter,
  }
  const { totals, flows } = await totalsOf(frame, asking, signal)
  const { tables, left } = await tablesOf(dimensions, frame, asking, limit(signal, budgetMs.outer))
  if (tables.length === 0 && left.length > 0)
    throw new WeirError(
      'timeLimit',
      `no field could be compared within ${budgetMs.outer / 1000} s; take shorter windows or a narrower filter, or name fewer fields`,
    )
  const rows = ranked(tables, totals, comparison.limit)
  return {
    window: { from: window.fromMs, to: window.toMs },
    against: spans.map(({ fromMs, toMs }) => ({ from: fromMs, to: toMs })),
    measure: comparison.measure,
    total: {
      ...totals,
      difference: totals.now - totals.before,
      change: totals.before === 0 ? null : (totals.now - totals.before) / totals.before,
    },
    rows,
    within: rows[0] ? await within(rows[0], comparison, frame, asking, limit(signal, budgetMs.inner)) : null,
    meta: {
      usual,
      exact: asking.exact,
      sampled: asking.sampled,
      dataFrom: asking.dataFrom,
      bound: Math.max(0, ...tables.map((table) => table.bound)),
      compared: tables.flatMap((table) => (table.groups.length > 0 ? nameOf(table.dimension) : [])),
      left,
      flows,
      questions: asking.questions,
      tookMs: performance.now() - began,
    },
  }
}

/** `signal`: whoever asked has gone away. `budget`: what is under way is given up, and the rest left. */
interface Limited {
  readonly signal: AbortSignal
  readonly budget: AbortSignal
  readonly until: AbortSignal
}

interface Budget {
  readonly outer: number
  readonly inner: number
}

function limit(signal: AbortSignal, ms: number): Limited {
  const budget = AbortSignal.timeout(ms)
  return { signal, budget, until: AbortSignal.any([signal, budget]) }
}

async function totalsOf({ spans, scales, filter }: Frame, asking: Asking, signal: AbortSignal) {
  const all = await Promise.all(spans.map((span) => asking.total(span, filter, signal)))
  const scaled = (of: 'amount' | 'flows') => {
    const [now = 0, ...before] = all.map((each, i) => each[of] * (scales[i] as number))
    return { now, before: median(before) }
  }
  return { totals: scaled('amount') satisfies Totals, flows: scaled('flows') }
}

interface Tables {
  readonly tables: Table[]
  readonly left: FieldName[]
}

/** A table of each dimension, and of addresses on either side. */
async function tablesOf(
  dimensions: readonly Dimension[],
  frame: Frame,
  asking: Asking,
  limited: Limited,
): Promise<Tables> {
  return (await atOnce(dimensions, frame, asking, limited)) ?? oneByOne(dimensions, frame, asking, limited)
}

/** A few readings of the flows, for many dimensions each. Null where there are too many flows for it. */
async function atOnce(
  dimensions: readonly Dimension[],
  frame: Frame,
  asking: Asking,
  limited: Limited,
): Promise<Tables | null> {
  const left: FieldName[] = []
  const isCompared = (name: string) => dimensions.some((dimension) => dimension.length === 1 && dimension[0] === name)
  const hosts: Dimension[][] = HOSTS.either?.every(isCompared) ? [[[HOSTS.name]]] : []
  const found = await inTurn([...chunksOf(dimensions), ...hosts], (chunk) =>
    inTime(limited, left, chunk.map(nameOf), async () => {
      const differing = await asking.differences(chunk, frame, limited.until)
      return differing?.map((each, i) => tableOf(chunk[i] as Dimension, each, frame)) ?? 'tooMany'
    }),
  )
  if (found.includes('tooMany')) return null
  return {
    tables: found.flatMap((tables) => (tables === 'tooMany' ? [] : (tables ?? []))),
    left: left.filter((name) => name !== HOSTS.name),
  }
}

/** The largest values of each dimension and span, each asked for by itself: sums that are kept may answer. */
async function oneByOne(
  dimensions: readonly Dimension[],
  frame: Frame,
  asking: Asking,
  limited: Limited,
): Promise<Tables> {
  const left: FieldName[] = []
  const drafts = new Map<string, Draft>()
  const made = await inTurn(dimensions, (dimension) =>
    inTime(limited, left, [nameOf(dimension)], async () => {
      const draft = await Draft.of(dimension, frame, asking, limited.until)
      drafts.set(nameOf(dimension), draft)
      return draft.table(limited.until)
    }),
  )
  const [a, b] = HOSTS.either?.map((side) => drafts.get(side)) ?? []
  const hosts =
    a && b ? await inTime(limited, left, [HOSTS.name], () => eitherTable(HOSTS.name, [a, b], limited.until)) : null
  return {
    tables: [...made, hosts].filter((table) => table !== null),
    left: left.filter((name) => name !== HOSTS.name),
  }
}

/** Null, and the names among those left, where there was no time for it. */
async function inTime<T>(
  { signal, budget }: Limited,
  left: FieldName[],
  names: readonly FieldName[],
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    budget.throwIfAborted()
    return await work()
  } catch (error) {
    if (signal.aborted || !budget.aborted) throw error
    left.push(...names)
    return null
  }
}

function chunksOf(dimensions: readonly Dimension[]): Dimension[][] {
  return Array.from({ length: Math.ceil(dimensions.length / AT_ONCE) }, (_, i) =>
    dimensions.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  )
}

function nameOf(dimension: Dimension): FieldName {
  return dimension.at(-1) as FieldName
}

/** A few at a time, so that what was begun is done before more is begun. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  let next = 0
  const one = async () => {
    for (let at = next++; at < items.length; at = next++) results[at] = await work(items[at] as T)
  }
  await Promise.all(Array.from({ length: COMPARE_LIMITS.concurrent }, one))
  return results
}

/** What explains a row: the same comparison, of what it keeps. */
async function within(
  row: Difference,
  { dimensions }: Comparison,
  frame: Frame,
  asking: Asking,
  limited: Limited,
): Promise<ComparisonAnswer['within']> {
  const told = new Set<FieldName>([...row.of.map(({ field }) => field), ...row.also])
  const inner = innerDimensions(dimensions).filter((dimension) => !dimension.every((name) => told.has(name)))
  if (inner.length === 0) return null
  const narrowed = { ...frame, filter: both(frame.filter, asking.filterOf(row.of)) }
  const { tables } = await tablesOf(inner, narrowed, asking, limited)
  const own = row.of.map(({ value }) => value)
  const rows = ranked(tables, row, 4 * INNER_ROWS).filter(
    ({ share, of }) => (share ?? 0) >= INNER_SHARE && !of.every(({ value }) => own.includes(value)),
  )
  return { of: row.of, rows: rows.slice(0, INNER_ROWS), distinct: distinctOf(tables, frame) }
}

function distinctOf(tables: readonly Table[], { scales }: Frame): Distinct[] {
  if (scales.some((scale) => Math.abs(scale - 1) > LIKE_LENGTH)) return []
  return tables.flatMap(({ dimension, groups }) => {
    const [now = 0, ...all] = groups
    const before = median(all)
    const [more, less] = [Math.max(now, before), Math.min(now, before)]
    return more >= SPREAD_LEAST && more >= SPREAD * less ? [{ field: nameOf(dimension), now, before }] : []
  })
}

/** An address on either side: what a host sends and gets together. */
const HOSTS = FIELDS.find((each) => each.name === 'ip') as (typeof FIELDS)[number]
