/**
 * What is different in one window of time against another: the question once the edge has checked it, and its answer.
 * docs/explanation/comparing.md says how differences are found and ranked.
 */
import { FIELDS, field, type FieldName } from '../schema/fields.ts'
import type { JsonValue } from '../schema/kinds.ts'
import type { Question } from './question.ts'

/** What differences are made of. A window's sums are set against reference sums scaled to the window's length. */
export const COMPARED_MEASURES = ['bytes', 'packets', 'flows'] as const
export type ComparedMeasure = (typeof COMPARED_MEASURES)[number]

/** Bounds of one comparison. */
export const COMPARE_LIMITS = {
  rows: 100,
  fields: 48,
  /** Largest values of a dimension that are looked at, in the window and in each reference. */
  values: 250,
  /** Weeks, or days where there is no week, that the usual is taken from. */
  usual: 4,
  /** Questions under way at a time. */
  concurrent: 3,
  /** After so long, what is under way is given up: the dimensions, then what explains the first row. */
  budgetMs: { outer: 8000, inner: 4000 },
} as const

/** Fields whose values name one thing only together. */
export type Dimension = readonly [FieldName, ...FieldName[]]

export interface Span {
  readonly fromMs: number
  readonly toMs: number
}

export interface Comparison {
  readonly window: Span
  /** What it is set against: one window, or the same time of the weeks before. */
  readonly against: Span | 'usual'
  readonly measure: ComparedMeasure
  readonly dimensions: readonly Dimension[]
  readonly limit: number
  /** Filter and scope; the sum of the measure over the window. */
  readonly base: Question
}

export interface Part {
  readonly field: FieldName
  readonly value: JsonValue
}

/** One value and its difference. */
export interface Difference {
  /** One field and its value; an interface has its exporter before it. */
  readonly of: readonly Part[]
  /** A filter that keeps it. */
  readonly filter: string
  readonly now: number
  /** Scaled to the window's length; of several references their median. */
  readonly before: number
  readonly difference: number
  /** Of the total difference; null where that is nothing. Parts may be more than all of it, or negative. */
  readonly share: number | null
  /** Of everything within the window, and of everything before; null where there is nothing. */
  readonly nowShare: number | null
  readonly beforeShare: number | null
  /** `new`: in no reference at all; `gone`: not in the window. */
  readonly change: 'new' | 'gone' | 'more' | 'less'
  /** From 0 to 1, by which rows are ranked. */
  readonly score: number
  /** Other fields that have the same value and say the same. */
  readonly also: readonly FieldName[]
}

/** How many different values there are. */
export interface Distinct {
  readonly field: FieldName
  readonly now: number
  readonly before: number
}

export interface ComparisonAnswer {
  readonly window: { readonly from: number; readonly to: number }
  readonly against: readonly { readonly from: number; readonly to: number }[]
  readonly measure: ComparedMeasure
  readonly total: {
    readonly now: number
    readonly before: number
    readonly difference: number
    /** Relative to before; null where there was nothing. */
    readonly change: number | null
  }
  readonly rows: readonly Difference[]
  /** What explains the first row, within it. */
  readonly within: {
    readonly of: readonly Part[]
    readonly rows: readonly Difference[]
    readonly distinct: readonly Distinct[]
  } | null
  readonly meta: {
    /** What `usual` came to be: the weeks or the days before; null where a window was given. */
    readonly usual: 'weeks' | 'days' | null
    readonly exact: boolean
    readonly sampled: boolean
    /** Start of the oldest flow kept, where a window reaches behind it. */
    readonly dataFrom: number | null
    /** No value that is left out differs by more. */
    readonly bound: number
    readonly compared: readonly FieldName[]
    /** Fields that there was no time for. */
    readonly left: readonly FieldName[]
    readonly flows: { readonly now: number; readonly before: number }
    readonly questions: number
    readonly tookMs: number
  }
}

/** What is most telling comes first: it is compared first, and stands first where differences are alike. */
const FIRST: readonly string[] = [
  'src.ip',
  'dst.ip',
  'server.port',
  'service',
  'dst.port',
  'src.port',
  'proto',
  'app',
  'src.as',
  'dst.as',
  'src.country',
  'dst.country',
  'in.if',
  'out.if',
  'exporter',
  'tcp.flags',
  'action',
]

/** Fields that restate others, tell one flow from another, or tell of the exporter's ways. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'domain',
  'source.type',
  'src.mac',
  'dst.mac',
  'out.vlan',
  'client.ip',
  'server.ip',
  'src.mask',
  'dst.mask',
  'src.nat.port',
  'dst.nat.port',
  'sampling.rate',
  'sampling.source',
  'tos',
  'ttl',
  'app.id',
  'http.url',
  'as.path',
  'mpls.label',
  'mpls.stack',
  'flow.id',
  'next.hop',
  'end.reason',
  'initiator',
  'initiator.reason',
  'inner.vlan',
  'prev.as',
  'next.as',
])

/** Dimensions of a comparison where none are named, the most telling first. */
export function usualDimensions(): Dimension[] {
  const names = FIELDS.filter((each) => each.role === 'dimension' && !each.either && !LEFT_OUT.has(each.name)).map(
    ({ name }) => name,
  )
  const rank = (name: FieldName) => (FIRST.indexOf(name) + FIRST.length + 1) % (FIRST.length + 1)
  return names
    .toSorted((a, b) => rank(a) - rank(b))
    .slice(0, COMPARE_LIMITS.fields)
    .map(dimensionOf)
}

/** Numbers of interfaces are an exporter's own. */
export function dimensionOf(name: FieldName): Dimension {
  return name === 'in.if' || name === 'out.if' ? ['exporter', name] : [name]
}

/** Looked at within the first row: what says most of a host, a service or an interface. */
export function innerDimensions(dimensions: readonly Dimension[]): Dimension[] {
  return dimensions.filter((dimension) => FIRST.includes(dimension.at(-1) as FieldName))
}

/** Whether a value of the field, or of the one that means either side, is worth a word even where it is all there is. */
export function isTelling(name: FieldName): boolean {
  return [name, ...(field(name).either ?? [])].some((each) => FIRST.includes(each))
}

/** The fields that mean the same thing of a flow, on one side or the other, with the field that means either. */
export function kinOf(name: FieldName): string {
  const either = FIELDS.find((each) => each.either?.includes(name))
  if (either) return either.name
  const { derived } = field(name)
  return derived?.op === 'side' ? kinOf(derived.src as FieldName) : name
}
