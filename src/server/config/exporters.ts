import type { ExporterSettings, SettingsByAddress } from '../intake/exporter-settings.ts'
import type { Config } from './schema.ts'

/** What the configuration says of exporters: `sampling`, and over it `exporters`. */
export function exporterSettings({ sampling, exporters }: Config): SettingsByAddress {
  const out: Record<string, SettingsByAddress[string]> = {}
  for (const [address, samplingDefault] of Object.entries(sampling)) out[address] = { samplingDefault }
  for (const [address, { sampling: samplingDefault, correctClock: correctClockMs, ...same }] of Object.entries(
    exporters,
  ))
    out[address] = { ...out[address], ...said({ ...same, samplingDefault, correctClockMs }) }
  return out
}

/** Without what is undefined, which would cover what a wider range says. */
function said(settings: {
  [K in keyof ExporterSettings]?: ExporterSettings[K] | undefined
}): Partial<ExporterSettings> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined))
}
