/** Which values of several fields differ most between spans, asked of a store at once: one reading of the flows for all of them. */
import type { JsonValue } from '../schema/kinds.ts'
import type { ComparedMeasure, Dimension, Span } from './compare.ts'
import type { Filter } from './filter/ast.ts'
import type { Scope } from './scope.ts'

export interface DifferencesQuestion {
  /** What is explained, then what it is set against; they do not overlap. */
  readonly spans: readonly Span[]
  /** What the amounts of each span are multiplied by to find those that differ most. */
  readonly scales: readonly number[]
  readonly measure: ComparedMeasure
  /** A field that means either of two stands for both together. */
  readonly dimensions: readonly Dimension[]
  readonly filter: Filter | null
  readonly scope: Scope
  /** Values of each dimension. */
  readonly limit: number
}

/** Of one dimension. */
export interface DifferingValues {
  /** Those that differ most, with what they have in each span: whole sums. */
  readonly lines: readonly { readonly values: readonly JsonValue[]; readonly amounts: readonly number[] }[]
  /** No other value differs by more, once scaled. */
  readonly bound: number
  /** How many values there are in each span. */
  readonly groups: readonly number[]
}
