/** Times as people read them, in the browser's zone. */
import { formatDuration, THIN_SPACE } from '../../shared/schema/units.ts'

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const clockSeconds = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short' })
const zone = new Intl.DateTimeFormat('en-GB', { timeZoneName: 'short' })

/** `14:05`, with seconds where asked. */
export function clockText(ms: number, seconds = false): string {
  return (seconds ? clockSeconds : clock).format(ms)
}

/** `Tue 17 Nov`. */
export function dayText(ms: number): string {
  return day.format(ms).replace(',', '')
}

/** `Tue 17 Nov 14:05`. */
export function dateTimeText(ms: number, seconds = false): string {
  return `${dayText(ms)} ${clockText(ms, seconds)}`
}

/** `Tue 17 Nov 13:05 – 14:05`, with both days where they differ. */
export function rangeText(fromMs: number, toMs: number): string {
  const seconds = toMs - fromMs < 300_000
  return `${dateTimeText(fromMs, seconds)} – ${dayText(fromMs) === dayText(toMs) ? clockText(toMs, seconds) : dateTimeText(toMs, seconds)}`
}

/** `CET`, `UTC` or `GMT+9`. */
export function zoneText(ms = Date.now()): string {
  return zone.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? ''
}

/** `10 s`, `1 min`, `6 h`, `1 d`. */
export function intervalText(ms: number): string {
  const steps: readonly [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ]
  const [size, name] = steps.find(([step]) => ms >= step && ms % step === 0) ?? [1, 'ms']
  return `${ms / size}${THIN_SPACE}${name}`
}

/** Midnight of the browser's zone. */
export function isMidnight(ms: number): boolean {
  const date = new Date(ms)
  return date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0
}

/** How long ago, in whole seconds and more: `now`, `12 s ago`, `3 min 20 s ago`. */
export function agoText(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return seconds < 1 ? 'now' : `${seconds < 60 ? `${seconds}${THIN_SPACE}s` : formatDuration(seconds * 1000)} ago`
}
