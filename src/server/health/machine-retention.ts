/** Whether the disk will hold what the configuration wants kept, going by what is in the data folder. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { KEPT } from '../../shared/retention.ts'
import { format, formatDuration } from '../../shared/schema/units.ts'
import type { Config } from '../config/schema.ts'
import { dayFileName, dayStart } from '../stores/duckdb/files/day-file.ts'
import { forecast, type KeptFacts } from '../stores/duckdb/care/forecast.ts'
import { diskOf, KEPT_FOLDERS, roomOf } from '../stores/duckdb/care/retention.ts'
import { existing } from './machine-folder.ts'
import type { MachineFinding } from './machine.ts'

const DAY_MS = 86_400_000

export async function retention({ data, retention: settings }: Config): Promise<MachineFinding[]> {
  const what = 'retention'
  const disk = diskOf(await existing(data))
  if (!disk) return []
  const kept = await Promise.all(
    KEPT.map(async (name): Promise<KeptFacts> => ({
      name,
      ageMs: settings[name],
      days: await daysIn(join(data, KEPT_FOLDERS[name])),
    })),
  )
  const used = kept.flatMap(({ days }) => [...days.values()]).reduce((sum, bytes) => sum + bytes, 0)
  const limit = settings.disk
  if (limit !== null && limit > used + disk.free)
    return [
      {
        what,
        state: 'hurts',
        found: `data may take ${format(limit, 'B')} (retention.disk), but there is room for ${format(used + disk.free, 'B')}`,
        remedy: `retention: { disk: ${Math.max(1, Math.floor((used + disk.free) * 0.9e-9))}GB } in the configuration, or --data DIR on a larger disk`,
      },
    ]
  const { rawDays, bytesPerDay } = forecast(kept, Date.now(), roomOf(settings, used, disk))
  if (rawDays === null) return []
  const found = `at ${format(bytesPerDay, 'B')} a day there is room for ${rawDays.toLocaleString('en')} ${rawDays === 1 ? 'day' : 'days'} of flows`
  return settings.raw !== null && rawDays < Math.floor(settings.raw / DAY_MS)
    ? [
        {
          what,
          state: 'hint',
          found: `${found}; ${formatDuration(settings.raw)} are asked for (retention.raw)`,
          remedy: `retention: { raw: ${rawDays}d } in the configuration, or --data DIR on a larger disk`,
        },
      ]
    : [{ what, state: 'ok', found }]
}

/** Bytes by start of the day; none where there is no such folder. */
async function daysIn(folder: string): Promise<Map<number, number>> {
  const days = new Map<number, number>()
  for (const file of await readdir(folder).catch(() => [])) {
    const name = dayFileName(file)
    if (name === null) continue
    const start = dayStart(name.slice(0, 10))
    const { size } = await stat(join(folder, file)).catch(() => ({ size: 0 }))
    days.set(start, (days.get(start) ?? 0) + size)
  }
  return days
}
