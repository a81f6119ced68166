/**
 * What a filter means, once names are resolved. Every field is an ordered domain of whole numbers (addresses are
 * 128 bits wide, words are their numbers), so every test on it is one or more inclusive ranges: equality is a range
 * of one, CIDR and wildcards are ranges, a list is several. Only texts are tested by patterns. A store compiles these
 * forms and nothing else.
 */
import type { FieldName } from '../../schema/fields.ts'

export type Filter =
  | { readonly op: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly op: 'not'; readonly of: Filter }
  /** True where the field has a value within any of the ranges; false, never unknown, where it has none. */
  | { readonly op: 'in'; readonly field: FieldName; readonly ranges: readonly Range[] }
  /** For fields of kind `keyword`: true where the text fits any of the patterns, whatever its case; false where there is none. */
  | { readonly op: 'like'; readonly field: FieldName; readonly patterns: readonly Pattern[] }
  /** True where the field has a value. */
  | { readonly op: 'exists'; readonly field: FieldName }

/** Pieces of a text as they were written, with anything between them: one piece is the whole text. */
export type Pattern = readonly [string, ...string[]]

/** Both ends included. */
export interface Range {
  readonly low: bigint
  readonly high: bigint
}

/** Why a filter text was refused. */
export interface FilterProblem {
  /** Where in the text, as UTF-16 offsets. */
  readonly from: number
  readonly to: number
  /** Names the thing, the value and the remedy. */
  readonly message: string
}
