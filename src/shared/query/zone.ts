/** How far a time zone is from UTC, and when that changes. */

/** From `fromMs` on, local time is `offsetMs` ahead of UTC. */
export interface ZonePeriod {
  readonly fromMs: number
  readonly offsetMs: number
}

/** No two changes of a zone are nearer to each other. */
const STEP_MS = 7 * 86_400_000
const MINUTE_MS = 60_000
/** Times before cannot be true; see docs/explanation/numbers.md. Offsets and changes since then are quarters of hours. */
const FIRST_MS = Date.UTC(2000, 0)
const LAST_MS = Date.UTC(2100, 0)

/** The periods that `[fromMs, toMs)` touches, the earliest first. */
export function zonePeriods(zone: string, fromMs: number, toMs: number): ZonePeriod[] {
  const offsetAt = offsets(zone)
  const first = Math.min(Math.max(fromMs, FIRST_MS), LAST_MS)
  const last = Math.min(Math.max(toMs, first), LAST_MS)
  const periods = [{ fromMs: first, offsetMs: offsetAt(first) }]
  for (let at = first; at < last;) {
    const next = Math.min(at + STEP_MS, last)
    const offsetMs = offsetAt(next)
    if (offsetMs !== offsetAt(at)) periods.push({ fromMs: changeBetween(at, next, offsetAt), offsetMs })
    at = next
  }
  return periods
}

/** The first whole minute at which the offset is that of `after`. */
function changeBetween(before: number, after: number, offsetAt: (ms: number) => number): number {
  const offset = offsetAt(after)
  let [low, high] = [Math.floor(before / MINUTE_MS), Math.ceil(after / MINUTE_MS)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (offsetAt(middle * MINUTE_MS) === offset) high = middle
    else low = middle
  }
  return high * MINUTE_MS
}

function offsets(zone: string): (ms: number) => number {
  if (zone === 'UTC') return () => 0
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  })
  return (ms) => {
    const minute = Math.floor(ms / MINUTE_MS) * MINUTE_MS
    const parts = Object.fromEntries(format.formatToParts(minute).map(({ type, value }) => [type, Number(value)]))
    const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0 } = parts
    return Date.UTC(year, month - 1, day, hour, minutes) - minute
  }
}
