/**
 * The one question that page, command line and API ask. This is its form once the edge has checked it:
 * absolute times, a parsed filter, known fields. A store compiles it; docs/explanation/numbers.md says what the numbers mean.
 */
import type { FieldName } from '../schema/fields.ts'
import type { AnswerKind, JsonValue } from '../schema/kinds.ts'
import type { Unit } from '../schema/units.ts'
import type { Filter } from './filter/ast.ts'
import type { Grouping } from './groups.ts'
import type { Measure } from './measures.ts'
import type { Scope, ScopeStated } from './scope.ts'

export type { Scope } from './scope.ts'

export interface Question {
  /** `[fromMs, toMs)`, epoch milliseconds; a flow that reaches over an end counts with its share. */
  readonly fromMs: number
  readonly toMs: number
  readonly filter: Filter | null
  readonly groupBy: readonly Grouping[]
  readonly measures: readonly Measure[]
  /** Bucket length; null for one total. Buckets start at multiples of it since the epoch. */
  readonly intervalMs: number | null
  /** Other intervals to answer at, for the same groups. */
  readonly furtherMs: readonly (number | null)[]
  /** Base bucket length of statistics such as `bps.max`; divides every interval. */
  readonly overMs: number
  /** How many groups are named; the rest is Other. */
  readonly limit: number
  /** Whether the named groups are those of the whole range, or each bucket's own. */
  readonly topPer: 'range' | 'bucket'
  readonly orderBy: Measure
  readonly descending: boolean
  readonly other: boolean
  /** Whether what all groups are together is answered besides. */
  readonly totals: boolean
  readonly scope: Scope
}

/** What a question asks that says nothing else of it. */
export const PLAIN = {
  furtherMs: [],
  overMs: 60_000,
  topPer: 'range',
  descending: true,
  other: true,
  totals: false,
} as const satisfies Partial<Question>

/** Records whose life touches the range. */
export interface RecordQuestion {
  readonly fromMs: number
  readonly toMs: number
  readonly filter: Filter | null
  readonly fields: readonly FieldName[]
  readonly sort: { readonly field: FieldName; readonly descending: boolean }
  readonly limit: number
  /** As given out with the page before. */
  readonly cursor: string | null
  /** Whether all that match are counted, only for as long as that is quick, or no more than the page needs. */
  readonly count: 'quick' | 'exact' | 'none'
  readonly scope: Scope
}

export interface Column {
  readonly name: string
  readonly kind: AnswerKind
  readonly unit?: Unit | undefined
  /** Of a group that is not a field's values as they are. */
  readonly group?: Exclude<Grouping, FieldName> | undefined
}

/** What an answer's numbers were read from: flows, or sums of them kept by length; `mixed` where it is several. */
export type Resolution = 'raw' | 'minute' | 'hour' | 'day' | 'mixed'

/** What is said of the numbers in an answer. */
export interface AnswerMeta {
  readonly from: number
  readonly to: number
  /** Bucket length in milliseconds, or null. */
  readonly interval: number | null
  /** Base bucket length of statistics, in milliseconds; null without any. */
  readonly over: number | null
  readonly resolution: Resolution
  /** False where the numbers are estimated, or what was asked for is not all there. */
  readonly exact: boolean
  /** True where the numbers were worked out from a part of the flows. */
  readonly estimated: boolean
  /** How far a value may be off at most, as a share of its total (0.01 is 1 %); null where exact, or not known. */
  readonly error: number | null
  /** True where any counted record came from a sampled exporter. */
  readonly sampled: boolean
  /** Which observations were counted, and why. */
  readonly scope: ScopeStated
  /** Start of the oldest flow kept, when that is later than `from`: data before it is gone or never came. */
  readonly dataFrom: number | null
  /** Sums over everything asked, before top-N; what the rows add up to. */
  readonly totals: { readonly bytes: JsonValue; readonly packets: JsonValue; readonly flows: JsonValue }
  /** Index of the first row that stands for what the top N leave out; such rows come last. Null without. */
  readonly otherRow: number | null
  /** How many groups there are in all, where that was worked out. */
  readonly groups: number | null
  /** Sums of the question with its ends swapped, where that is asked for. */
  readonly swapped?: Pick<AnswerMeta, 'totals'> | undefined
  /** The other period, where the question is asked of two: from when on it is kept, and its sums. */
  readonly compare?:
    | (Pick<AnswerMeta, 'dataFrom' | 'totals'> & { readonly from: number; readonly to: number })
    | undefined
  readonly sql?: string | undefined
  readonly tookMs: number
}

/** What the groups are at one interval. */
export interface AnswerLevel {
  /** Bucket length in milliseconds; null for the whole range, where `time` is null. */
  readonly interval: number | null
  readonly rows: readonly (readonly JsonValue[])[]
  /** As in `meta`, of these rows. */
  readonly otherRow: number | null
  /** Each bucket of all groups together: the cells of `time` and the measures. Where totals were asked for. */
  readonly totals?: readonly (readonly JsonValue[])[] | undefined
}

export interface Answer {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly JsonValue[])[]
  /** As in `AnswerLevel`, of `rows`. */
  readonly totals?: AnswerLevel['totals']
  /** The same groups at the other intervals that were asked for, in their order. */
  readonly further?: readonly AnswerLevel[] | undefined
  readonly meta: AnswerMeta
}

export interface RecordAnswer {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly JsonValue[])[]
  /** Asks for the next page; null at the end. */
  readonly cursor: string | null
  readonly meta: {
    readonly from: number
    readonly to: number
    readonly exact: boolean
    /** How many records match in all; at least so many where not all were counted. */
    readonly matched: number
    readonly matchedExact: boolean
    readonly scope: ScopeStated
    /** Start of the oldest flow kept, when that is later than `from`. */
    readonly dataFrom: number | null
    readonly sql?: string | undefined
    readonly tookMs: number
  }
}
