/** The questions that a comparison takes, a few at a time, and what is to be said of their answers. */
import { WeirError } from '../../shared/api/errors.ts'
import { COMPARE_LIMITS, type Comparison, type Dimension, type Part, type Span } from '../../shared/query/compare.ts'
import type { DifferencesQuestion, DifferingValues } from '../../shared/query/differences.ts'
import type { Filter } from '../../shared/query/filter/ast.ts'
import type { Names } from '../../shared/query/filter/names.ts'
import { parseFilter } from '../../shared/query/filter/parse.ts'
import { printTest } from '../../shared/query/filter/print.ts'
import type { Answer, Question } from '../../shared/query/question.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'

/** What answers: `Questions`, or a store. */
export interface Answerer {
  query(question: Question, signal: AbortSignal): Promise<Answer>
}

/** What says at once how many fields differ, where it can. */
export interface Explainer extends Answerer {
  differences(question: DifferencesQuestion, signal: AbortSignal): Promise<readonly DifferingValues[] | null>
}

/** The largest values of a dimension in a span. */
export interface Values {
  readonly amounts: Map<string, Amount>
  /** How many values there are. */
  readonly groups: number
  /** No value that is not among them has more. */
  readonly least: number
}

export interface Amount {
  readonly values: readonly JsonValue[]
  readonly amount: number
}

export class Asking {
  questions = 0
  exact = true
  sampled = false
  dataFrom: number | null = null
  private readonly comparison: Comparison
  private readonly answerer: Explainer
  private readonly names: Names
  private underWay = 0
  private readonly waiting: (() => void)[] = []

  constructor(comparison: Comparison, answerer: Explainer, names: Names) {
    this.comparison = comparison
    this.answerer = answerer
    this.names = names
  }

  /** Everything within a span: the amount that is compared, and flows. */
  async total(span: Span, filter: Filter | null, signal: AbortSignal): Promise<{ amount: number; flows: number }> {
    const { meta } = await this.ask(this.question(span, [], filter, 1), signal)
    return { amount: Number(meta.totals[this.comparison.measure] ?? 0), flows: Number(meta.totals.flows ?? 0) }
  }

  /** Whether flows were kept through the whole span. */
  async isCovered(span: Span, signal: AbortSignal): Promise<boolean> {
    const { meta } = await this.send(this.question(span, [], null, 1), signal)
    return meta.dataFrom === null && Number(meta.totals.flows ?? 0) > 0
  }

  /** The largest values. */
  async values(span: Span, dimension: Dimension, filter: Filter | null, signal: AbortSignal): Promise<Values> {
    const answer = await this.ask(this.question(span, dimension, filter, COMPARE_LIMITS.values), signal)
    const amounts = amountsOf(answer, dimension)
    const last = answer.meta.otherRow === null ? undefined : [...amounts.values()].at(-1)
    return { amounts, groups: answer.meta.groups ?? amounts.size, least: last?.amount ?? 0 }
  }

  /** What some values have. Those that have nothing are not among the result. */
  async some(
    span: Span,
    dimension: Dimension,
    filter: Filter | null,
    wanted: readonly (readonly JsonValue[])[],
    signal: AbortSignal,
  ): Promise<Map<string, Amount>> {
    const tests = wanted.map((values) => this.filterOf(partsOf(dimension, values)))
    const any: Filter = tests.length === 1 ? (tests[0] as Filter) : { op: 'or', of: tests }
    // Texts are tested whatever their case, so that more groups than those wanted may come.
    const most = Math.max(COMPARE_LIMITS.values, wanted.length)
    return amountsOf(await this.ask(this.question(span, dimension, both(filter, any), most), signal), dimension)
  }

  /** The values of some dimensions that differ most. Null where they are to be asked for one dimension after the other. */
  differences(
    dimensions: readonly Dimension[],
    frame: Pick<DifferencesQuestion, 'spans' | 'scales' | 'filter'>,
    signal: AbortSignal,
  ): Promise<readonly DifferingValues[] | null> {
    const { measure, base } = this.comparison
    const question = { ...frame, dimensions, measure, scope: base.scope, limit: COMPARE_LIMITS.rows }
    return this.inTurn(signal, () => this.answerer.differences(question, signal))
  }

  filterOf(parts: readonly Part[]): Filter {
    return clauseFilter(parts, this.names, this.comparison.window.toMs)
  }

  private question(span: Span, groupBy: Question['groupBy'], filter: Filter | null, limit: number): Question {
    return { ...this.comparison.base, ...span, groupBy, filter, limit }
  }

  private async ask(question: Question, signal: AbortSignal): Promise<Answer> {
    const answer = await this.send(question, signal)
    this.exact &&= answer.meta.exact
    this.sampled ||= answer.meta.sampled
    this.dataFrom ??= answer.meta.dataFrom
    return answer
  }

  private send(question: Question, signal: AbortSignal): Promise<Answer> {
    return this.inTurn(signal, () => this.answerer.query(question, signal))
  }

  private async inTurn<T>(signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
    if (this.underWay >= COMPARE_LIMITS.concurrent) await new Promise<void>((resolve) => this.waiting.push(resolve))
    this.underWay++
    try {
      signal.throwIfAborted()
      this.questions++
      return await ask()
    } finally {
      this.underWay--
      this.waiting.shift()?.()
    }
  }
}

export function both(a: Filter | null, b: Filter): Filter {
  return a === null ? b : { op: 'and', of: [a, b] }
}

export function partsOf(dimension: Dimension, values: readonly JsonValue[]): Part[] {
  return dimension.map((field, i) => ({ field, value: values[i] ?? null }))
}

/** A filter that keeps the values. */
export function clauseFilter(parts: readonly Part[], names: Names, nowMs: number): Filter {
  const { filter, problems } = parseFilter(clauseOf(parts), names, nowMs)
  if (!filter) throw new WeirError('internal', `the filter of a value cannot be read: ${problems[0]?.message}`)
  return filter
}

/** The same as text. */
export function clauseOf(parts: readonly Part[]): string {
  return parts.map(({ field, value }) => printTest(field, value)).join(' and ')
}

/** By key: the values as JSON. */
function amountsOf({ rows, meta }: Answer, dimension: Dimension): Map<string, Amount> {
  const named = meta.otherRow === null ? rows : rows.slice(0, meta.otherRow)
  return new Map(
    named.map((row) => {
      const values = row.slice(0, dimension.length)
      return [JSON.stringify(values), { values, amount: Number(row[dimension.length] ?? 0) }]
    }),
  )
}
