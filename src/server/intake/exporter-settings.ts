/** What the configuration says of exporters, by their addresses. */
import { parseCidr, parseIp } from '../../shared/schema/ip.ts'

export interface ExporterSettings {
  /** What people call it; '' where they have said nothing. */
  readonly name: string
  /** Sampling rate where nothing announces one, 0 for none. */
  readonly samplingDefault: number
  /** Sampling rate that goes before whatever is announced, 0 for none. */
  readonly samplingOverride: number
  /** Which addresses of a tunnelled packet are the flow's; the others are kept beside. */
  readonly tunnels: 'inner' | 'outer'
  /** Flows a second beyond which only one in so many is kept and counted for all; 0 for no limit. */
  readonly flowsPerSecond: number
  /** From which offset on its clock is corrected, in milliseconds; 0 for never. */
  readonly correctClockMs: number
}

/** By address or `address/prefix length`; the narrowest that says something goes first. */
export type SettingsByAddress = Readonly<Record<string, Partial<ExporterSettings>>>

const DEFAULTS: ExporterSettings = {
  name: '',
  samplingDefault: 0,
  samplingOverride: 0,
  tunnels: 'outer',
  flowsPerSecond: 0,
  correctClockMs: 0,
}

/** The settings of one exporter. */
export function settingsOf(address: string, all: SettingsByAddress): ExporterSettings {
  const value = parseIp(address)
  if (value === null) return DEFAULTS
  return Object.entries(all)
    .map(([text, settings]) => ({ range: rangeOf(text), settings }))
    .filter(({ range }) => range !== null && range.low <= value && value <= range.high)
    .sort((a, b) => (spanOf(a.range) < spanOf(b.range) ? 1 : -1))
    .reduce((sum, { settings }) => ({ ...sum, ...settings }), DEFAULTS)
}

/** First and last address of `address` or `address/prefix length`; null where the text is neither. */
export function rangeOf(text: string): { low: bigint; high: bigint } | null {
  const value = parseIp(text)
  return value === null ? parseCidr(text) : { low: value, high: value }
}

function spanOf(range: { low: bigint; high: bigint } | null): bigint {
  return range === null ? -1n : range.high - range.low
}
