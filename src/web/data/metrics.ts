/** Rates, and the counters that they are rates of. */
import { describeMeasure, MEASURES, partsOf, type Measure, type MeasureName } from '../../shared/query/measures.ts'
import type { ComparedMeasure } from '../../shared/query/compare.ts'
import type { Unit } from '../../shared/schema/units.ts'

/** The counter behind a measure: what its values add up to. */
export function counterOf(measure: Measure): MeasureName {
  const parts = partsOf(measure)
  switch (parts.kind) {
    case 'sum':
    case 'statistic':
    case 'share':
      return MEASURES[parts.of].of
    case 'ratio':
      return 'bytes'
    case 'duration':
    case 'unique':
      return 'flows'
  }
}

export function unitOf(measure: MeasureName): Unit
export function unitOf(measure: Measure): Unit | ''
export function unitOf(measure: Measure): Unit | '' {
  return describeMeasure(measure).unit ?? ''
}

/** Whether a bucket without traffic has the value 0, not none. */
export function isZeroWithout(measure: Measure): boolean {
  const { kind } = partsOf(measure)
  return kind !== 'ratio' && kind !== 'duration'
}

/** A counter's value over a length of time as the measure has it: bytes in a second as bit/s. */
export function asRate(measure: MeasureName, counted: number, spanMs: number): number {
  return measure === 'bps' ? (counted * 8000) / spanMs : (counted * 1000) / spanMs
}

/** What a measure's differences are made of. */
export function comparedOf(measure: Measure): ComparedMeasure {
  const of = counterOf(measure)
  return of === 'packets' || of === 'flows' ? of : 'bytes'
}
