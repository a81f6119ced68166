/** The values of a dimension with what they have in the window and in each reference. */
import { COMPARE_LIMITS, type Dimension, type Span } from '../../shared/query/compare.ts'
import type { DifferingValues } from '../../shared/query/differences.ts'
import type { Filter } from '../../shared/query/filter/ast.ts'
import { field, type FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'
import type { Asking, Values } from './asking.ts'

/** A value's amounts: in the window, and in each reference, scaled to the window's length. */
export interface Line {
  readonly values: readonly JsonValue[]
  readonly now: number
  readonly before: readonly number[]
}

export interface Table {
  readonly dimension: Dimension
  /** No value that is not in it differs by more. */
  readonly bound: number
  readonly lines: readonly Line[]
  /** How many values there are in the window, and in each reference. */
  readonly groups: readonly number[]
}

/** Spans are the window, then the references; amounts are multiplied by the scale of their span. */
export interface Frame {
  readonly spans: readonly Span[]
  readonly scales: readonly number[]
  readonly filter: Filter | null
}

/**
 * A value can only differ much where it has much on one side or the other, so the largest of each span are enough. Those
 * that seem to differ most, and are small in one of the spans, are asked for by name there: their sums are exact.
 */
export class Draft {
  readonly dimension: Dimension
  private readonly frame: Frame
  private readonly asking: Asking
  private readonly spans: readonly Values[]

  private constructor(dimension: Dimension, frame: Frame, asking: Asking, spans: readonly Values[]) {
    this.dimension = dimension
    this.frame = frame
    this.asking = asking
    this.spans = spans
  }

  static async of(dimension: Dimension, frame: Frame, asking: Asking, signal: AbortSignal): Promise<Draft> {
    const spans = await Promise.all(frame.spans.map((span) => asking.values(span, dimension, frame.filter, signal)))
    return new Draft(dimension, frame, asking, spans)
  }

  get bound(): number {
    return Math.max(...this.spans.map(({ least }, i) => least * (this.frame.scales[i] as number)))
  }

  get groups(): readonly number[] {
    return this.spans.map(({ groups }) => groups)
  }

  /** Values by key. */
  get values(): ReadonlyMap<string, readonly JsonValue[]> {
    return new Map(this.spans.flatMap(({ amounts }) => [...amounts].map(([key, { values }]) => [key, values] as const)))
  }

  /** What is known of a value; nothing counts where it is not. */
  line(key: string, values: readonly JsonValue[]): Line {
    const [now = 0, ...before] = this.spans.map(
      ({ amounts }, i) => (amounts.get(key)?.amount ?? 0) * (this.frame.scales[i] as number),
    )
    return { values, now, before }
  }

  /** Asks for what is not known of the values. */
  async settle(wanted: ReadonlyMap<string, readonly JsonValue[]>, signal: AbortSignal): Promise<void> {
    await Promise.all(
      this.spans.map(async ({ amounts, least }, i) => {
        const unknown = least === 0 ? [] : [...wanted].filter(([key]) => !amounts.has(key))
        if (unknown.length === 0) return
        const { spans, filter } = this.frame
        const found = await this.asking.some(
          spans[i] as Span,
          this.dimension,
          filter,
          unknown.map(([, values]) => values),
          signal,
        )
        for (const [key, values] of unknown) amounts.set(key, found.get(key) ?? { values, amount: 0 })
      }),
    )
  }

  async table(signal: AbortSignal): Promise<Table> {
    const wanted = mostDifferent([...this.values], ([key, values]) => this.line(key, values))
    await this.settle(new Map(wanted), signal)
    return {
      dimension: this.dimension,
      bound: this.bound,
      groups: this.groups,
      lines: wanted.map(([key, values]) => this.line(key, values)),
    }
  }
}

/** A table of what two drafts say of the same value on either side. */
export async function eitherTable(
  either: FieldName,
  sides: readonly [Draft, Draft],
  signal: AbortSignal,
): Promise<Table> {
  const line = ([key, values]: readonly [string, readonly JsonValue[]]): Line => {
    const [a, b] = [sides[0].line(key, values), sides[1].line(key, values)]
    return { values, now: a.now + b.now, before: a.before.map((amount, i) => amount + (b.before[i] as number)) }
  }
  const every = new Map([...sides[0].values, ...sides[1].values])
  const wanted = mostDifferent([...every], line)
  await Promise.all(sides.map((side) => side.settle(new Map(wanted), signal)))
  return { dimension: [either], bound: sides[0].bound + sides[1].bound, groups: [], lines: wanted.map(line) }
}

/** A table of what a store says of a dimension at once. */
export function tableOf(dimension: Dimension, { lines, bound, groups }: DifferingValues, { scales }: Frame): Table {
  const isEither = field(dimension[0]).either !== undefined
  return {
    dimension,
    bound,
    groups: isEither ? [] : groups,
    lines: lines.map(({ values, amounts }) => {
      const [now = 0, ...before] = amounts.map((amount, i) => amount * (scales[i] as number))
      return { values, now, before }
    }),
  }
}

/** The middle one; of an even number the mean of the two in the middle. */
export function median(amounts: readonly number[]): number {
  const sorted = amounts.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2
}

function mostDifferent<T>(all: readonly T[], line: (of: T) => Line): T[] {
  return all
    .map((of) => {
      const { now, before } = line(of)
      return { of, size: Math.abs(now - median(before)) }
    })
    .toSorted((a, b) => b.size - a.size)
    .slice(0, COMPARE_LIMITS.rows)
    .map(({ of }) => of)
}
