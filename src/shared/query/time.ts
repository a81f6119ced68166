/**
 * Times and intervals as people write them. Times are UTC where they do not name a zone.
 *
 *   time     = milliseconds since the epoch | ISO 8601 | "now" *( ("+" | "-") count unit ) [ "/" [ count ] unit ]
 *   unit     = "s" | "m" | "h" | "d" | "w" | "M" | "y"
 *   interval = count ( "s" | "m" | "h" | "d" | "w" )
 */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const LENGTHS = { s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY } as const
type FixedUnit = keyof typeof LENGTHS
type Unit = FixedUnit | 'M' | 'y'

/** Bucket lengths that `auto` chooses from; past the last, whole days. */
const LADDER = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400].map(
  (seconds) => seconds * SECOND,
)
/** Most buckets that `auto` gives. */
const AUTO_BUCKETS = 200
/** 9999-12-31T23:59:59.999Z. */
const LAST_MS = 253_402_300_799_999

/** Time → epoch milliseconds, or null where it is none. */
export function parseTime(time: number | string, nowMs: number): number | null {
  const ms =
    typeof time === 'number'
      ? time
      : /^(?:0|\d{10,15})$/.test(time)
        ? Number(time)
        : time.startsWith('now')
          ? dateMath(time, nowMs)
          : isoTime(time)
  return ms !== null && Number.isInteger(ms) && ms >= 0 && ms <= LAST_MS ? ms : null
}

/** Interval → milliseconds, or null where it is none. Months and years have no fixed length and are none. */
export function parseInterval(text: string): number | null {
  const found = /^(\d{1,6})([smhdw])$/.exec(text)
  const ms = found ? Number(found[1]) * LENGTHS[found[2] as FixedUnit] : 0
  return ms > 0 ? ms : null
}

/** The finest length of the ladder that cuts the span into at most so many buckets. */
export function autoInterval(spanMs: number, buckets: number = AUTO_BUCKETS): number {
  const least = spanMs / Math.min(buckets, AUTO_BUCKETS)
  return LADDER.find((length) => length >= least) ?? Math.ceil(least / DAY) * DAY
}

/** Milliseconds → the shortest text that `parseInterval` reads back: `90s`, `5m`, `1h`, `1d`. */
export function formatInterval(ms: number): string {
  const unit = (['d', 'h', 'm'] as const).find((each) => ms % LENGTHS[each] === 0) ?? 's'
  return `${ms / LENGTHS[unit]}${unit}`
}

/** The longest length that divides both, in whole numbers. */
export function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}

function dateMath(text: string, nowMs: number): number | null {
  const found = /^now((?:[+-]\d{1,6}[smhdwMy]){0,4})(?:\/(\d{1,6})?([smhdwMy]))?$/.exec(text)
  if (!found) return null
  let ms = nowMs
  for (const step of (found[1] as string).matchAll(/([+-]\d+)(\w)/g)) ms = shift(ms, Number(step[1]), step[2] as Unit)
  return found[3] ? startOf(ms, found[2] === undefined ? 1 : Number(found[2]), found[3] as Unit) : ms
}

function shift(ms: number, count: number, unit: Unit): number {
  if (unit !== 'M' && unit !== 'y') return ms + count * LENGTHS[unit]
  const date = new Date(ms)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + count * (unit === 'y' ? 12 : 1)
  const year = Math.floor(months / 12)
  const month = months - year * 12
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) + (((ms % DAY) + DAY) % DAY)
}

/** Weeks start on Monday; several of a unit start where buckets of that length do. Months and years have no length. */
function startOf(ms: number, count: number, unit: Unit): number | null {
  if (count !== 1) {
    if (count === 0 || unit === 'M' || unit === 'y') return null
    return Math.floor(ms / (count * LENGTHS[unit])) * count * LENGTHS[unit]
  }
  const date = new Date(ms)
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0)
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  if (unit === 'w') return Math.floor(ms / DAY) * DAY - ((date.getUTCDay() + 6) % 7) * DAY
  return Math.floor(ms / LENGTHS[unit]) * LENGTHS[unit]
}

/** ISO 8601 date, or date and time to the minute, second or a fraction of it, with or without zone. */
function isoTime(text: string): number | null {
  const found =
    /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/i.exec(
      text,
    )
  if (!found) return null
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (
    month < 1 ||
    month > 12 ||
    day < 1 ||
    day > new Date(Date.UTC(year, month, 0)).getUTCDate() ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return null
  const zone = /^([+-])(\d\d):?(\d\d)$/.exec(found[8] ?? '')
  const offset = zone ? (zone[1] === '-' ? -1 : 1) * (Number(zone[2]) * 60 + Number(zone[3])) * MINUTE : 0
  const fraction = Number((found[7] ?? '').slice(0, 3).padEnd(3, '0'))
  return Date.UTC(year, month - 1, day, hour, minute, second, fraction) - offset
}
