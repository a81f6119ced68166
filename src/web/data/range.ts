/** The time range that is looked at. */

export interface Range {
  readonly fromMs: number
  readonly toMs: number
  /** It ends now, so it moves. */
  readonly live: boolean
}

const UNITS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Text as in the URL → milliseconds; what cannot be read counts as an hour ago, or now. */
export function rangeOf(from: string, to: string, now = Date.now()): Range {
  const toMs = parseTime(to, now) ?? now
  return { fromMs: parseTime(from, now) ?? toMs - 3_600_000, toMs, live: to === 'now' }
}

/** Epoch milliseconds, ISO 8601, or date math: `now-1d/d` (UTC days). Null where it is none of them. */
export function parseTime(text: string, now = Date.now()): number | null {
  const math = /^now((?:[+-]\d{1,6}[smhdwMy])*)(?:\/([smhdwMy]))?$/.exec(text)
  if (math) {
    let at = now
    for (const [, sign, count, unit] of (math[1] as string).matchAll(/([+-])(\d+)([smhdwMy])/g)) at = move(at, Number(`${sign}${count}`), unit as string)
    return math[2] ? floor(at, math[2]) : at
  }
  if (/^\d{1,16}$/.test(text)) return Number(text)
  const iso = Date.parse(text)
  return Number.isNaN(iso) ? null : iso
}

function move(at: number, count: number, unit: string): number {
  const size = UNITS[unit]
  if (size !== undefined) return at + count * size
  const date = new Date(at)
  if (unit === 'M') date.setUTCMonth(date.getUTCMonth() + count)
  else date.setUTCFullYear(date.getUTCFullYear() + count)
  return date.getTime()
}

function floor(at: number, unit: string): number {
  const date = new Date(at)
  if (unit === 'M') return Date.UTC(date.getUTCFullYear(), date.getUTCMonth())
  if (unit === 'y') return Date.UTC(date.getUTCFullYear(), 0)
  if (unit === 'w') return floor(at, 'd') - ((date.getUTCDay() + 6) % 7) * 86_400_000
  const size = UNITS[unit] as number
  return Math.floor(at / size) * size
}
