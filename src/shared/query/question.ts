/**
 * The one question that page, command line and API ask. This is its form once the edge has checked it:
 * absolute times, a parsed filter, known fields. A store compiles it; docs/explanation/numbers.md says what the numbers mean.
 */
import type { FieldName } from '../schema/fields.ts'
import type { AnswerKind, JsonValue } from '../schema/kinds.ts'
import type { Unit } from '../schema/units.ts'
import type { Filter } from './filter/ast.ts'

/** What a question may measure. Rates are over the bucket, or over the range where there is no interval. */
export const MEASURES = {
  bytes: { label: 'Bytes', unit: 'B', of: 'bytes', rate: false },
  packets: { label: 'Packets', unit: 'packets', of: 'packets', rate: false },
  flows: { label: 'Flows', unit: 'flows', of: 'flows', rate: false },
  'bytes.l2': { label: 'Bytes, layer 2', unit: 'B', of: 'bytes.l2', rate: false },
  bps: { label: 'Bits per second', unit: 'bit/s', of: 'bytes', rate: true },
  pps: { label: 'Packets per second', unit: 'packets/s', of: 'packets', rate: true },
  fps: { label: 'Flows per second', unit: 'flows/s', of: 'flows', rate: true },
} as const satisfies Record<
  string,
  { label: string; unit: Unit; of: 'bytes' | 'packets' | 'flows' | 'bytes.l2'; rate: boolean }
>

export type MeasureName = keyof typeof MEASURES
export const MEASURE_NAMES = Object.keys(MEASURES) as [MeasureName, ...MeasureName[]]

/** Which observations count (docs/explanation/numbers.md). */
export type Scope = 'all' | 'ingress' | { readonly exporter: string }

export interface Question {
  /** `[fromMs, toMs)`, epoch milliseconds; a flow that reaches over an end counts with its share. */
  readonly fromMs: number
  readonly toMs: number
  readonly filter: Filter | null
  readonly groupBy: readonly FieldName[]
  readonly measures: readonly MeasureName[]
  /** Bucket length; null for one total. Buckets start at multiples of it since the epoch. */
  readonly intervalMs: number | null
  /** How many groups are named, chosen over the whole range; the rest is Other. */
  readonly limit: number
  readonly orderBy: MeasureName
  readonly other: boolean
  readonly scope: Scope
}

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
  readonly scope: Scope
}

export interface Column {
  readonly name: string
  readonly kind: AnswerKind
  readonly unit?: Unit | undefined
}

/** What is said of the numbers in an answer. */
export interface AnswerMeta {
  readonly from: number
  readonly to: number
  /** Bucket length in milliseconds, or null. */
  readonly interval: number | null
  /** What the answer was read from. */
  readonly resolution: 'raw'
  readonly exact: boolean
  /** True where any counted record came from a sampled exporter. */
  readonly sampled: boolean
  /** Start of the oldest flow kept, when that is later than `from`: data before it is gone or never came. */
  readonly dataFrom: number | null
  /** Sums over everything asked, before top-N; what the rows add up to. */
  readonly totals: { readonly bytes: JsonValue; readonly packets: JsonValue; readonly flows: JsonValue }
  /** Index of the first row that stands for what the top N leave out; such rows come last. Null without. */
  readonly otherRow: number | null
  /** How many groups there are in all, where that was worked out. */
  readonly groups: number | null
  readonly sql?: string | undefined
  readonly tookMs: number
}

export interface Answer {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly JsonValue[])[]
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
    /** How many records match in all. */
    readonly matched: number
    readonly sql?: string | undefined
    readonly tookMs: number
  }
}
