/** The time range that is looked at, and its neighbours. */
import { autoInterval, formatInterval, parseTime } from '../../shared/query/time.ts'
import { TEXTS } from '../texts.ts'
import { rangeText } from './times.ts'

/** As in the URL: date math, ISO 8601 or epoch milliseconds. */
export interface RangeTexts {
  readonly from: string
  readonly to: string
}

export interface Range {
  readonly fromMs: number
  readonly toMs: number
  /** It ends now, so it moves. */
  readonly live: boolean
}

export const QUICK_RANGES: readonly RangeTexts[] = ['5m', '15m', '1h', '3h', '6h', '12h', '24h', '2d', '7d', '30d'].map(
  (span) => ({ from: `now-${span}`, to: 'now' }),
)

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

/** What cannot be read counts as an hour ago, or now. */
export function rangeOf(from: string, to: string, now = Date.now()): Range {
  const toMs = parseTime(to, now) ?? now
  return { fromMs: parseTime(from, now) ?? toMs - HOUR_MS, toMs, live: to === 'now' }
}

/**
 * The start that is asked for. `now-24h` is moved back to where a bucket starts, as `now-24h/10m`, so that the first is
 * whole, and from an hour on to a whole minute, so that sums kept by minute begin there. All else stays as it is.
 */
export function wholeFrom({ from, to }: RangeTexts, intervalMs: number | null, now = Date.now()): string {
  if (to !== 'now' || !/^now(-\d{1,6}[smhdw])+$/.test(from)) return from
  const spanMs = now - (parseTime(from, now) ?? now)
  if (spanMs <= 0) return from
  const bucketMs = intervalMs ?? autoInterval(spanMs)
  const wholeMs = spanMs >= HOUR_MS ? Math.max(MINUTE_MS, bucketMs) : bucketMs
  return wholeMs < spanMs ? `${from}/${formatInterval(wholeMs)}` : from
}

/** Absolute times → their texts: whole seconds, UTC. */
export function textsOf(fromMs: number, toMs: number): RangeTexts {
  return { from: isoSeconds(fromMs), to: isoSeconds(Math.max(toMs, fromMs + 1000)) }
}

/** The range before (-1) or after (1); one that would reach past now ends now. */
export function shifted(texts: RangeTexts, direction: -1 | 1, now = Date.now()): RangeTexts {
  const { fromMs, toMs } = rangeOf(texts.from, texts.to, now)
  const span = toMs - fromMs
  if (toMs + direction * span >= now) return lastOf(span)
  return textsOf(fromMs + direction * span, toMs + direction * span)
}

/** Twice as long, around the same middle; what ends now still does. */
export function zoomedOut(texts: RangeTexts, now = Date.now()): RangeTexts {
  const { fromMs, toMs, live } = rangeOf(texts.from, texts.to, now)
  const span = toMs - fromMs
  if (live || toMs + span / 2 >= now) return lastOf(span * 2)
  return textsOf(fromMs - span / 2, toMs + span / 2)
}

/** As long as the range, and ending now. */
export function liveOf(texts: RangeTexts): RangeTexts {
  const { fromMs, toMs } = rangeOf(texts.from, texts.to)
  return lastOf(toMs - fromMs)
}

/** `Last 6 hours`, `Today, UTC`, or the dates. */
export function rangeName(texts: RangeTexts): string {
  const { fromMs, toMs } = rangeOf(texts.from, texts.to)
  return nameOfRange(texts) ?? rangeText(fromMs, toMs)
}

/** `Last 6 hours`, `Today, UTC`; null where it is told by its dates only. */
export function nameOfRange(texts: RangeTexts): string | null {
  const last = /^now-(\d+)([smhdw])$/.exec(texts.from)
  if (last && texts.to === 'now') return TEXTS.time.last(Number(last[1]), last[2] as 's' | 'm' | 'h' | 'd' | 'w')
  return texts.from === 'now/d' && texts.to === 'now' ? TEXTS.time.today : null
}

function lastOf(spanMs: number): RangeTexts {
  const seconds = Math.max(1, Math.round(spanMs / 1000))
  const [size, unit] = (
    [
      [86_400, 'd'],
      [3600, 'h'],
      [60, 'm'],
    ] as const
  ).find(([each]) => seconds >= each && seconds % each === 0) ?? [1, 's']
  return { from: `now-${seconds / size}${unit}`, to: 'now' }
}

function isoSeconds(ms: number): string {
  return new Date(Math.round(ms / 1000) * 1000).toISOString().replace('.000Z', 'Z')
}
