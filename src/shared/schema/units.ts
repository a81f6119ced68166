/** Units of measure, as they stand in answers. SI: a kilobit is 1000 bits. */
export type Unit = 'B' | 'packets' | 'flows' | 'bit/s' | 'packets/s' | 'flows/s' | 'ms' | 's' | '%'

const PREFIXES = ['', 'k', 'M', 'G', 'T', 'P', 'E'] as const
/** Thin space: stands between a number and its unit. */
export const THIN_SPACE = '\u2009'

export interface Scaled {
  /** The number, three significant digits. */
  readonly text: string
  /** Prefix and unit, such as `Gbit/s`; `''` for a plain count below 1000. */
  readonly unit: string
}

/** Three significant digits with an SI prefix. `null` stays unknown: `–`. */
export function scale(value: number | null, unit: Unit | ''): Scaled {
  if (value === null || !Number.isFinite(value)) return { text: '–', unit: '' }
  let power = 0
  let rest = Math.abs(value)
  while (rest >= 999.5 && power < PREFIXES.length - 1) {
    rest /= 1000
    power++
  }
  const digits = rest >= 100 || (power === 0 && Number.isInteger(rest)) ? 0 : rest >= 10 ? 1 : 2
  const text = (value < 0 ? '−' : '') + rest.toFixed(digits)
  const prefix = PREFIXES[power] as string
  // A word as a unit stands apart from the prefix: 18.4 k flows/s.
  return { text, unit: prefix + (prefix !== '' && unit === 'flows/s' ? THIN_SPACE : '') + (SHORT[unit] ?? unit) }
}

/** `1.31 Mpkt/s`: number, thin space, prefixed unit. */
export function format(value: number | null, unit: Unit | ''): string {
  const scaled = scale(value, unit)
  return scaled.unit === '' ? scaled.text : scaled.text + THIN_SPACE + scaled.unit
}

/** A duration in milliseconds as `250 ms`, `12.4 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`. */
export function formatDuration(ms: number | null): string {
  if (ms === null) return '–'
  if (ms < 1000) return `${Math.round(ms)}${THIN_SPACE}ms`
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)}${THIN_SPACE}s`
  const steps: [number, string][] = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ]
  const first = steps.findIndex(([size]) => ms >= size)
  const [size, name] = steps[first] ?? [1000, 's']
  const big = Math.floor(ms / size)
  const next = steps[first + 1]
  const small = next ? Math.floor((ms - big * size) / next[0]) : 0
  return `${big}${THIN_SPACE}${name}` + (next && small ? ` ${small}${THIN_SPACE}${next[1]}` : '')
}

/** Units as they stand behind a number, where that is shorter. */
const SHORT: Partial<Record<Unit | '', string>> = { packets: 'pkt', 'packets/s': 'pkt/s', flows: '' }
