/** Which values a field has: what completion asks a store. Quick rather than complete; the answer says what it looked at. */
import type { FieldName } from '../schema/fields.ts'
import type { JsonValue } from '../schema/kinds.ts'
import type { Filter } from './filter/ast.ts'
import type { Scope } from './question.ts'

export interface ValuesQuestion {
  /** Flows whose life touches `[fromMs, toMs)`, epoch milliseconds. */
  readonly fromMs: number
  readonly toMs: number
  readonly scope: Scope
  /** What the flows must fit besides. */
  readonly filter: Filter | null
  /** The field, or both sides of one that means either; with a test of it that the wanted values pass. */
  readonly of: readonly { readonly field: FieldName; readonly wanted: Filter }[]
  readonly limit: number
  /** How long it may take to look further than at the newest flows, in milliseconds. */
  readonly budgetMs: number
}

export interface ValuesAnswer {
  /** Most frequent first. A flow with one value on both sides counts once for each. */
  readonly values: readonly { readonly value: NonNullable<JsonValue>; readonly flows: number }[]
  /** The newest flows of the range, which were looked at. */
  readonly flows: number
  /** Those of them that the filter lets through. */
  readonly matched: number
  /** Whether they are all of the range. */
  readonly complete: boolean
}
