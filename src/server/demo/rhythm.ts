/** How busy people and machines are by hour and day of the week: 1 is the busiest. */

export type Rhythm = 'office' | 'evening' | 'night' | 'steady'

const HOUR_MS = 3_600_000
const DAY_MS = 86_400_000
/** At each full hour, straight lines between. */
const HOURS: Readonly<Record<Rhythm, readonly number[]>> = {
  office: [
    0.06, 0.05, 0.05, 0.05, 0.05, 0.06, 0.1, 0.28, 0.68, 0.94, 1, 0.97, 0.74, 0.8, 0.98, 0.96, 0.88, 0.68, 0.4, 0.24,
    0.18, 0.14, 0.1, 0.08,
  ],
  evening: [
    0.34, 0.2, 0.13, 0.1, 0.1, 0.14, 0.24, 0.36, 0.46, 0.54, 0.58, 0.6, 0.64, 0.62, 0.6, 0.62, 0.66, 0.74, 0.84, 0.95,
    1, 0.98, 0.8, 0.54,
  ],
  night: [0, 0.2, 1, 1, 0.7, 0.1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.1, 0.3],
  steady: [1],
}
/** Monday first. */
const DAYS: Readonly<Record<Rhythm, readonly number[]>> = {
  office: [0.97, 1, 1, 0.98, 0.9, 0.14, 0.1],
  evening: [0.86, 0.86, 0.88, 0.9, 0.94, 1, 1],
  night: [1],
  steady: [1],
}

/** Share of the busiest, at a moment in a place so many minutes ahead of UTC. */
export function activity(rhythm: Rhythm, timeMs: number, zone: number): number {
  const local = timeMs + zone * 60_000
  const hour = (local % DAY_MS) / HOUR_MS
  const hours = HOURS[rhythm]
  const before = hours[Math.floor(hour) % hours.length] as number
  const after = hours[Math.ceil(hour) % hours.length] as number
  // 1970-01-01 was a Thursday.
  const weekday = (Math.floor(local / DAY_MS) + 3) % 7
  const days = DAYS[rhythm]
  return (before + (after - before) * (hour % 1)) * (days[weekday % days.length] as number)
}
