/** The time of day or week of a bucket, in a time zone. */
import type { ClockGroup } from '../../../../shared/query/groups.ts'
import { commonDivisor } from '../../../../shared/query/time.ts'
import { zonePeriods, type ZonePeriod } from '../../../../shared/query/zone.ts'
import type { Bounds } from './source.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export interface Clock {
  /** Buckets of this length, or of what divides it, belong wholly to one hour or day of the zone. */
  readonly baseMs: number
  /** The hour or day of the bucket number `t` of that length. */
  sql(t: string, lengthMs: number): string
}

export function clockOf({ clock, zone }: ClockGroup, { fromMs, toMs }: Bounds): Clock {
  const periods = zonePeriods(zone, fromMs, toMs)
  const [first, ...changes] = periods as [ZonePeriod, ...ZonePeriod[]]
  const marks = [...periods.map(({ offsetMs }) => Math.abs(offsetMs)), ...changes.map((change) => change.fromMs)]
  return {
    baseMs: marks.reduce(commonDivisor, clock === 'hour' ? HOUR_MS : DAY_MS),
    sql: (t, lengthMs) => {
      const cases = changes
        .toReversed()
        .map((change) => `WHEN ${t} * ${lengthMs} >= ${change.fromMs} THEN ${change.offsetMs}`)
      const offset = cases.length === 0 ? first.offsetMs : `CASE ${cases.join(' ')} ELSE ${first.offsetMs} END`
      const local = `(${t} * ${lengthMs} + ${offset})`
      // 1970 began on a Thursday.
      return clock === 'hour' ? `${local} // ${HOUR_MS} % 24` : `(${local} // ${DAY_MS} + 3) % 7 + 1`
    },
  }
}
