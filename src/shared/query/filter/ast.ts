/**
 * What a filter means, once names are resolved. Every field is an ordered domain of whole numbers (addresses are
 * 128 bits wide, words are their numbers), so every test on it is one or more inclusive ranges: equality is a range
 * of one, CIDR and wildcards are ranges, a list is several. Besides there are bits by name, texts by pattern, and one
 * field against another. A store compiles these forms and nothing else.
 */
import type { FieldName } from '../../schema/fields.ts'

export type Filter =
  | { readonly op: 'and' | 'or'; readonly of: readonly Filter[] }
  | { readonly op: 'not'; readonly of: Filter }
  /** True where the field has a value within any of the ranges; false, never unknown, where it has none. */
  | { readonly op: 'in'; readonly field: FieldName; readonly ranges: readonly Range[] }
  /** For fields of kind `keyword`: true where the text fits any of the patterns, whatever its case; false where there is none. */
  | { readonly op: 'like'; readonly field: FieldName; readonly patterns: readonly Pattern[] }
  /** For fields of kind `keyword`: true where the expression (regex.ts) is found in the text, whatever its case. */
  | { readonly op: 'match'; readonly field: FieldName; readonly expression: string }
  /** For fields whose bits have names: true where the bits of `mask` are those of `value`. */
  | { readonly op: 'bits'; readonly field: FieldName; readonly mask: bigint; readonly value: bigint }
  /** Two fields of one kind, neither of which means either side: true where both have a value and it compares so. */
  | { readonly op: 'compare'; readonly field: FieldName; readonly is: Relation; readonly other: FieldName }
  /** True where the field has a value. */
  | { readonly op: 'exists'; readonly field: FieldName }

/** Of two values; texts are only ever `=`, whatever their case. */
export type Relation = '=' | '<' | '<='

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
