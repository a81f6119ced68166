/**
 * What a start leaves for later, for the newest days: attaches their files, and finds out how far the blocks of rows reach where
 * that was not noted. A question that comes meanwhile waits for one file at most.
 */
import { client } from '../../../client.ts'
import { filesOf, type DayFiles, type Days } from './days.ts'
import type { Attachments } from '../files/attachments.ts'
import type { Database } from '../files/database.ts'
import type { DayFile } from '../files/day-file.ts'

/** A page's longest usual range is 30 days, whose sums by hour and by day it reads; their files take 3 ms and 0.9 MiB each. */
const NEWEST_DAYS = 31
/** Of which flows and sums by minute are read too: ends of most ranges are there. */
const PRESENT_DAYS = 2

export interface WarmUpOptions {
  readonly days: Days
  readonly attachments: Attachments
  readonly database: Database
}

/** Resolves when all is done, or once `signal` fires. What is damaged is left for the question that reads it to tell. */
export function warmUp(options: WarmUpOptions, signal: AbortSignal): Promise<void> {
  // A client of its own, so that questions take turns with it.
  return client.run('start', async () => {
    const newestFirst = options.days.all.toSorted((a, b) => b.name.localeCompare(a.name))
    for (const [i, day] of newestFirst.slice(0, NEWEST_DAYS).entries()) {
      const files = i < PRESENT_DAYS ? filesOf([day]) : day.sums.filter(({ folder }) => folder === 'hours')
      await warmUpDay(day, files, options, signal).catch(() => undefined)
    }
  })
}

async function warmUpDay(
  day: DayFiles,
  files: readonly DayFile[],
  { attachments, database }: WarmUpOptions,
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) if (!signal.aborted) await attachments.use([file], () => Promise.resolve())
  const partition = day.flows?.partition
  if (signal.aborted || !partition || partition.blocks.unknownRows === 0) return
  await attachments.use([partition], () => database.read(signal, (reader) => partition.readBlocks(reader)))
}
