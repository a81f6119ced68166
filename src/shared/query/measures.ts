/** What a question may measure, by name: sums and rates, statistics over buckets, unique counts, ratios, durations. */
import { nearest } from '../nearest.ts'
import type { AnswerKind } from '../schema/kinds.ts'
import type { Unit } from '../schema/units.ts'
import { groupLabel, groupText, readGroup, type ClockGroup, type Grouping } from './groups.ts'
import { bad } from './refuse.ts'

/** Sums. Rates are over the bucket, or over the range where there is no interval. */
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

/** Of the values that a sum or rate has in base buckets (`over`). Percentiles are of the nearest rank: values that were there. */
export const STATISTICS = {
  min: { label: 'least' },
  avg: { label: 'average' },
  max: { label: 'peak' },
  p50: { label: 'median' },
  p95: { label: '95th percentile' },
  p99: { label: '99th percentile' },
  last: { label: 'last' },
} as const satisfies Record<string, { label: string }>

export type Statistic = keyof typeof STATISTICS
export const STATISTIC_NAMES = Object.keys(STATISTICS) as [Statistic, ...Statistic[]]

/** Of the flows that ended in the bucket. */
const DURATIONS = { avg: 'average', min: 'shortest', max: 'longest', sum: 'all together' } as const
type DurationOf = keyof typeof DURATIONS

/** The name of a measure, as it stands in questions and above columns. */
export type Measure =
  | MeasureName
  | `${MeasureName}.${Statistic}`
  | `${Counted}.share`
  | 'bytes/packet'
  | `duration.${DurationOf}`
  | `unique(${string})`

/** What is counted rather than a rate. */
type Counted = 'bytes' | 'packets' | 'flows' | 'bytes.l2'
const COUNTED = ['bytes', 'packets', 'flows', 'bytes.l2'] as const satisfies Counted[]

/** A measure taken apart. */
export type MeasureParts =
  | { readonly kind: 'sum'; readonly of: MeasureName }
  | { readonly kind: 'statistic'; readonly of: MeasureName; readonly statistic: Statistic }
  | { readonly kind: 'share'; readonly of: Counted }
  | { readonly kind: 'ratio' }
  | { readonly kind: 'duration'; readonly of: DurationOf }
  | { readonly kind: 'unique'; readonly of: Exclude<Grouping, ClockGroup> }

const durations = Object.keys(DURATIONS) as DurationOf[]
const fixed = new Map<string, MeasureParts>([
  ...MEASURE_NAMES.map((of): [Measure, MeasureParts] => [of, { kind: 'sum', of }]),
  ...MEASURE_NAMES.flatMap((of) =>
    STATISTIC_NAMES.map((statistic): [Measure, MeasureParts] => [
      `${of}.${statistic}`,
      { kind: 'statistic', of, statistic },
    ]),
  ),
  ...COUNTED.map((of): [Measure, MeasureParts] => [`${of}.share`, { kind: 'share', of }]),
  ['bytes/packet', { kind: 'ratio' }],
  ...durations.map((of): [Measure, MeasureParts] => [`duration.${of}`, { kind: 'duration', of }]),
])

/** Measures that name no field, for pickers and completion; `unique(FIELD)` comes besides. */
export const FIXED_MEASURES = [...fixed.keys()] as readonly Measure[]

/** A measure under its canonical name. Throws `badRequest`. */
export function readMeasure(text: string, at: string): Measure {
  if (fixed.has(text)) return text as Measure
  const found = /^unique\(([^()]+)\)$/.exec(text)
  if (found) return `unique(${groupText(uniqueOf(found[1] as string, at))})`
  const like = nearest(text, FIXED_MEASURES)
  throw bad(
    at,
    text,
    `is no measure; ${like ? `did you mean ${like}?` : `take ${MEASURE_NAMES.join(', ')}, one of these with .${STATISTIC_NAMES.join(', .')} (such as bps.p95), bytes.share, bytes/packet, duration.avg, or unique(dst.ip)`}`,
  )
}

/** Whether a column of that name holds a measure. */
export function isMeasure(name: string): name is Measure {
  return fixed.has(name) || name.startsWith('unique(')
}

export function isStatistic(measure: Measure): boolean {
  return partsOf(measure).kind === 'statistic'
}

/** Whether the parts of a whole add up to what the measure is of the whole. */
export function addsUp(measure: Measure): boolean {
  const { kind } = partsOf(measure)
  return kind === 'sum' || kind === 'share'
}

/** Of a measure's canonical name. */
export function partsOf(measure: Measure): MeasureParts {
  return fixed.get(measure) ?? { kind: 'unique', of: uniqueOf(measure.slice('unique('.length, -1), 'measures') }
}

/** What stands above a measure's column, its unit, and the kind of its values. */
export function describeMeasure(measure: Measure): { label: string; unit: Unit | undefined; kind: AnswerKind } {
  const parts = partsOf(measure)
  switch (parts.kind) {
    case 'sum': {
      const { label, unit, rate } = MEASURES[parts.of]
      return { label, unit, kind: rate ? 'f64' : 'u64' }
    }
    case 'statistic': {
      const { label, unit, rate } = MEASURES[parts.of]
      return {
        label: `${label}, ${STATISTICS[parts.statistic].label}`,
        unit,
        kind: rate || parts.statistic === 'avg' ? 'f64' : 'u64',
      }
    }
    case 'share':
      return { label: `Share of ${MEASURES[parts.of].label.toLowerCase()}`, unit: '%', kind: 'f64' }
    case 'ratio':
      return { label: 'Bytes a packet', unit: 'B', kind: 'f64' }
    case 'duration':
      return { label: `Duration, ${DURATIONS[parts.of]}`, unit: 'ms', kind: parts.of === 'avg' ? 'f64' : 'u64' }
    case 'unique':
      return { label: `Unique: ${groupLabel(parts.of)}`, unit: undefined, kind: 'u64' }
  }
}

function uniqueOf(text: string, at: string): Exclude<Grouping, ClockGroup> {
  const group = readGroup(text, at)
  if (typeof group === 'string' || 'field' in group) return group
  throw bad(at, `unique(${text})`, 'counts nothing of a flow; take a field, such as unique(dst.ip)')
}
