/** How much there is of each kind, how fast it grows, and how long the disk will hold it. */
import { KEPT_LABELS, type KeptName } from '../../../../shared/retention.ts'
import type { RetentionStatus } from '../../../messages.ts'
import { DAY_MS } from '../ingest/arrange.ts'

export interface KeptFacts {
  readonly name: KeptName
  /** How long it is kept, in milliseconds; null for as long as there is room. */
  readonly ageMs: number | null
  /** Bytes by start of the UTC day. */
  readonly days: ReadonlyMap<number, number>
}

/** Growth is the mean of so many whole days, or of as many as there are. */
const DAYS_BACK = 7

type Forecast = Pick<RetentionStatus, 'kept' | 'bytesPerDay' | 'fullInDays' | 'rawDays'>

/** `room`: bytes that may still be written until the oldest has to go; null where that is not known. */
export function forecast(kept: readonly KeptFacts[], nowMs: number, room: number | null): Forecast {
  const rows = kept.map(({ name, ageMs, days }) => {
    const fromMs = days.size > 0 ? Math.min(...days.keys()) : null
    return {
      name,
      label: KEPT_LABELS[name],
      files: days.size,
      bytesOnDisk: sum([...days.values()]),
      fromMs,
      ageMs,
      nextDropMs: fromMs === null || ageMs === null ? null : fromMs + DAY_MS + ageMs,
      bytesPerDay: growthOf(days, nowMs),
    }
  })
  const perDay = sum(rows.map(({ bytesPerDay }) => bytesPerDay ?? 0))
  const used = sum(rows.map(({ bytesOnDisk }) => bytesOnDisk))
  const known = perDay > 0 && room !== null
  const growing = sum(
    rows.map(({ ageMs, fromMs, bytesPerDay }) =>
      ageMs === null || fromMs === null || nowMs - fromMs < ageMs ? (bytesPerDay ?? 0) : 0,
    ),
  )
  const most = rows.map(({ ageMs, bytesPerDay }) =>
    ageMs === null ? ((bytesPerDay ?? 0) > 0 ? Number.POSITIVE_INFINITY : 0) : ((bytesPerDay ?? 0) * ageMs) / DAY_MS,
  )
  const fits = known && sum(most) <= used + room
  const raw = rows.find(({ name }) => name === 'raw')
  const others = sum(
    rows.map((row, i) => (row.name === 'raw' ? 0 : Number.isFinite(most[i]) ? (most[i] as number) : row.bytesOnDisk)),
  )
  return {
    kept: rows,
    bytesPerDay: perDay > 0 ? perDay : null,
    fullInDays: known && !fits && growing > 0 ? Math.max(0, Math.floor(room / growing)) : null,
    rawDays: known && raw?.bytesPerDay ? Math.max(1, Math.floor((used + room - others) / raw.bytesPerDay)) : null,
  }
}

/** Bytes that come in a day; null where no day is whole yet. */
function growthOf(days: ReadonlyMap<number, number>, nowMs: number): number | null {
  const today = nowMs - (nowMs % DAY_MS)
  const whole = [...days].filter(([start]) => start < today && start >= today - DAYS_BACK * DAY_MS)
  if (whole.length === 0) return null
  const first = Math.min(...whole.map(([start]) => start))
  return sum(whole.map(([, bytes]) => bytes)) / ((today - first) / DAY_MS)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
