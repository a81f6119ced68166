/** The answer to a question with that to another beside it: of another period, or with its ends swapped. */
import { addsUp, type Measure } from '../../shared/query/measures.ts'
import { BEFORE, CHANGE, SWAPPED } from '../../shared/query/periods.ts'
import { swapQuestion } from '../../shared/query/swap.ts'
import type { Answer, Column, Question } from '../../shared/query/question.ts'
import type { FieldName } from '../../shared/schema/fields.ts'
import type { Filter } from '../../shared/query/filter/ast.ts'
import type { Names } from '../../shared/query/filter/names.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import { both, clauseFilter, partsOf, type Answerer } from './asking.ts'

type Cells = readonly JsonValue[]

/** Groups by which a question is asked without a filter of them are read up to so many. */
const MOST_GROUPS = 1000

/**
 * `backMs`: how long before the range the other period begins. Groups are those of the question's own period; what they
 * were before is exact. Rejects as `answerer` does.
 */
export async function answerPeriods(
  question: Question,
  backMs: number,
  answerer: Answerer,
  names: Names,
  signal: AbortSignal,
): Promise<Answer> {
  const other = { ...question, fromMs: question.fromMs - backMs, toMs: question.toMs - backMs }
  const { answer, all } = await besideOther(question, other, [BEFORE, CHANGE], answerer, names, signal)
  const { dataFrom, totals } = all.meta
  return { ...answer, meta: { ...answer.meta, compare: { from: other.fromMs, to: other.toMs, dataFrom, totals } } }
}

/** Groups are those of the question as it was asked. Rejects with `badRequest`, or as `answerer` does. */
export async function answerBothWays(
  question: Question,
  answerer: Answerer,
  names: Names,
  signal: AbortSignal,
): Promise<Answer> {
  const { answer, all } = await besideOther(question, swapQuestion(question), [SWAPPED], answerer, names, signal)
  return { ...answer, meta: { ...answer.meta, swapped: { totals: all.meta.totals } } }
}

/** `all` is the other question's answer without groups. */
async function besideOther(
  question: Question,
  other: Question,
  suffixes: readonly string[],
  answerer: Answerer,
  names: Names,
  signal: AbortSignal,
): Promise<{ readonly answer: Answer; readonly all: Answer }> {
  const began = performance.now()
  const { groupBy, measures } = question
  const moved = { ...other, totals: false }
  const [now, all] = await Promise.all([
    answerer.query(question, signal),
    answerer.query({ ...moved, groupBy: [], limit: 1, orderBy: moved.measures[0] as Measure }, signal),
  ])
  const shape: Shape = {
    timed: question.intervalMs !== null,
    groups: groupBy.length,
    measures,
    backMs: question.fromMs - other.fromMs,
    changes: suffixes.includes(CHANGE),
  }
  const named = now.rows.slice(0, now.meta.otherRow ?? now.rows.length)
  const groups =
    groupBy.length === 0
      ? null
      : named.length === 0
        ? { ...now, rows: [] }
        : await answerer.query(groupsBefore(moved, named, shape, names), signal)
  const rows = rowsOf(question, now, all, groups, named, shape)
  const parts = groups ? [now, all, groups] : [now, all]
  const totals = now.totals && beside(now.totals, byKey(all.rows, { ...shape, groups: 0 }), { ...shape, groups: 0 })
  const answer = {
    ...now,
    columns: columnsOf(now.columns, measures, suffixes),
    ...rows,
    ...(totals ? { totals } : {}),
    meta: {
      ...now.meta,
      otherRow: rows.otherRow,
      exact: parts.every(({ meta }) => meta.exact),
      estimated: parts.some(({ meta }) => meta.estimated),
      error: parts.reduce<number | null>(
        (most, { meta }) => (meta.error === null ? most : Math.max(most ?? 0, meta.error)),
        null,
      ),
      sampled: parts.some(({ meta }) => meta.sampled),
      tookMs: performance.now() - began,
    },
  }
  return { answer, all }
}

interface Shape {
  readonly timed: boolean
  readonly groups: number
  readonly measures: readonly Measure[]
  readonly backMs: number
  /** Whether the change is told besides. */
  readonly changes: boolean
}

/** Asks for the groups that the answer names: by a filter where they are fields, else for as many as there may be. */
function groupsBefore(moved: Question, named: readonly Cells[], shape: Shape, names: Names): Question {
  const fields = moved.groupBy.filter((group): group is FieldName => typeof group === 'string')
  const [first, ...more] = fields
  if (first === undefined || fields.length < moved.groupBy.length)
    return { ...moved, limit: Math.max(moved.limit, MOST_GROUPS), other: false }
  const distinct = new Map(named.map((row) => [groupKey(row, shape), row.slice(at(shape), at(shape) + shape.groups)]))
  const tests = [...distinct.values()].map((values) =>
    clauseFilter(partsOf([first, ...more], values), names, moved.toMs),
  )
  const any: Filter = tests.length === 1 ? (tests[0] as Filter) : { op: 'or', of: tests }
  return { ...moved, filter: both(moved.filter, any), limit: Math.max(tests.length, 1), other: false }
}

function rowsOf(
  question: Question,
  now: Answer,
  all: Answer,
  groups: Answer | null,
  named: readonly Cells[],
  shape: Shape,
) {
  if (groups === null) return { rows: beside(now.rows, byKey(all.rows, shape), shape), otherRow: null }
  const before = byKey(groups.rows, shape)
  const known = new Set(named.map((row) => groupKey(row, shape)))
  const mine = new Map([...before].filter(([, row]) => known.has(groupKey(row, shape))))
  const rows = ordered(beside(named, mine, shape), named, shape)
  if (!question.other) return { rows, otherRow: null }
  const others = beside(otherRows(now), othersBefore(all, [...mine.values()], shape), shape)
  return { rows: [...rows, ...others], otherRow: others.length > 0 ? rows.length : null }
}

/** What is left of all when the named groups are taken away, where that can be said. */
function othersBefore(all: Answer, named: readonly Cells[], shape: Shape): Map<string, Cells> {
  const total = byKey(all.rows, { ...shape, groups: 0 })
  const nameless = Array<null>(shape.groups).fill(null)
  return new Map(
    [...total.values()].flatMap((row): [string, Cells][] => {
      const time = row.slice(0, at(shape))
      const parts = named.filter((part) => part[0] === time[0] || !shape.timed)
      const rest = shape.measures.map((measure, i): JsonValue => {
        if (!addsUp(measure)) return null
        const whole = row[at(shape) + i] ?? null
        if (whole === null) return null
        return parts.reduce((left, part) => left - Number(part[at(shape) + shape.groups + i] ?? 0), Number(whole))
      })
      const cells = [...time, ...nameless, ...rest]
      return rest.every((value) => value === null || value === 0) ? [] : [[keyOf(cells, shape), cells]]
    }),
  )
}

function otherRows({ rows, meta }: Answer): readonly Cells[] {
  return meta.otherRow === null ? [] : rows.slice(meta.otherRow)
}

/** Rows with what they were; then what was and is no more, with nothing now. */
function beside(rows: readonly Cells[], before: ReadonlyMap<string, Cells>, shape: Shape): Cells[] {
  const start = at(shape) + shape.groups
  const seen = new Set(rows.map((row) => keyOf(row, { ...shape, backMs: 0 })))
  const gone = [...before]
    .filter(([key]) => !seen.has(key))
    .map(([, row]): Cells => [
      ...movedTime(row, shape),
      ...row.slice(at(shape), start),
      ...shape.measures.map((measure) => (addsUp(measure) ? 0 : null)),
    ])
  return [...rows, ...gone].map((row) => {
    const was = before.get(keyOf(row, { ...shape, backMs: 0 }))
    return [
      ...row.slice(0, start),
      ...shape.measures.flatMap((measure, i): JsonValue[] => {
        const value = row[start + i] ?? null
        const old = was ? (was[start + i] ?? null) : addsUp(measure) ? 0 : null
        return shape.changes ? [value, old, changeOf(value, old)] : [value, old]
      }),
    ]
  })
}

/** Per cent; null where there was nothing, or nothing is known. */
function changeOf(now: JsonValue, before: JsonValue): JsonValue {
  if (now === null || before === null || Number(before) === 0) return null
  return (100 * (Number(now) - Number(before))) / Number(before)
}

/** By time, as each group first came. */
function ordered(rows: readonly Cells[], named: readonly Cells[], shape: Shape): Cells[] {
  const rank = new Map([...new Set(named.map((row) => groupKey(row, shape)))].map((key, i) => [key, i]))
  const place = (row: Cells) => rank.get(groupKey(row, shape)) ?? 0
  return rows.toSorted((a, b) => (shape.timed ? Number(a[0]) - Number(b[0]) : 0) || place(a) - place(b))
}

/** Rows of the other period by what they stand beside. */
function byKey(rows: readonly Cells[], shape: Shape): Map<string, Cells> {
  return new Map(rows.map((row) => [keyOf(row, shape), row]))
}

function keyOf(row: Cells, shape: Shape): string {
  return JSON.stringify([...movedTime(row, shape), ...row.slice(at(shape), at(shape) + shape.groups)])
}

function groupKey(row: Cells, shape: Shape): string {
  return JSON.stringify(row.slice(at(shape), at(shape) + shape.groups))
}

function movedTime(row: Cells, { timed, backMs }: Shape): JsonValue[] {
  return timed ? [Number(row[0]) + backMs] : []
}

/** Where the groups begin. */
function at({ timed }: Shape): number {
  return timed ? 1 : 0
}

function columnsOf(columns: readonly Column[], measures: readonly Measure[], suffixes: readonly string[]): Column[] {
  const first = columns.length - measures.length
  return [
    ...columns.slice(0, first),
    ...columns
      .slice(first)
      .flatMap((column): Column[] => [
        column,
        ...suffixes.map((suffix): Column =>
          suffix === CHANGE
            ? { name: `${column.name}${suffix}`, kind: 'f64', unit: '%' }
            : { ...column, name: `${column.name}${suffix}` },
        ),
      ]),
  ]
}
