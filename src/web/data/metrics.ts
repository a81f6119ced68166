/** Rates, and the counters that they are rates of. */
import { MEASURES, type MeasureName } from '../../shared/query/question.ts'
import type { ComparedMeasure } from '../../shared/query/compare.ts'
import type { Unit } from '../../shared/schema/units.ts'

/** The counter behind a measure: what its values add up to. */
export function counterOf(measure: MeasureName): MeasureName {
  return MEASURES[measure].of
}

export function unitOf(measure: MeasureName): Unit {
  return MEASURES[measure].unit
}

/** A counter's value over a length of time as the measure has it: bytes in a second as bit/s. */
export function asRate(measure: MeasureName, counted: number, spanMs: number): number {
  return measure === 'bps' ? (counted * 8000) / spanMs : (counted * 1000) / spanMs
}

/** What a measure's differences are made of. */
export function comparedOf(measure: MeasureName): ComparedMeasure {
  const { of } = MEASURES[measure]
  return of === 'packets' || of === 'flows' ? of : 'bytes'
}
