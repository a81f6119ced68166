/**
 * Lets go of what is too old or has no room, whole day files at a time: nothing is rewritten, so it takes as long for a
 * day of a billion flows as for one of ten. Today's files never go.
 */
import { statfsSync } from 'node:fs'
import { KEPT, KEPT_LABELS, type KeptName } from '../../../../shared/retention.ts'
import { format, formatDuration } from '../../../../shared/schema/units.ts'
import type { RetentionStatus } from '../../../messages.ts'
import { DAY_MS } from '../ingest/arrange.ts'
import { dayStart, type DayFile } from '../files/day-file.ts'
import { forecast, type KeptFacts } from './forecast.ts'
import type { Log } from '../files/partitions.ts'

/** How long each is kept, in milliseconds, and the bytes that all may take. Null: as long, and as much, as there is room. */
export type RetentionSettings = Readonly<Record<KeptName | 'disk', number | null>>

export const KEEP_ALL: RetentionSettings = { raw: null, minute: null, hour: null, counters: null, disk: null }

/** Where the files are, in the data folder. */
export const KEPT_FOLDERS: Readonly<Record<KeptName, string>> = {
  raw: 'flows',
  minute: 'minutes',
  hour: 'hours',
  counters: 'counters',
}

/** The files of one kind. */
export interface Kept {
  readonly name: KeptName
  readonly files: () => readonly DayFile[]
  /** Deletes the file; rejects where it cannot go now. Whoever reads it is waited for, nobody begins to. */
  readonly drop: (file: DayFile, reason: Reason) => Promise<void>
}

/** Of the file system that holds the data, in bytes. */
export interface Disk {
  readonly free: number
  readonly size: number
}

export interface RetentionOptions {
  readonly settings: RetentionSettings
  readonly now: () => number
  readonly disk: () => Disk | null
  readonly log: Log
}

type Reason = RetentionStatus['dropped']['last'][number]['reason']

/**
 * Without a limit of its own Weir leaves so much of the disk free, of a small one a quarter: room for a question's
 * temporary files and some hours of flows.
 */
const LEFT_FREE = 10e9
const LEFT_FREE_SHARE = 1 / 4
/**
 * Without a limit of its own Weir gives way to other programs, but slowly: one that fills the disk within an hour must not
 * take years of flows with it.
 */
const GIVE_WAY_MS = 10 * 60_000
/** Drops that are remembered for Health. */
const REMEMBERED = 20

export class Retention {
  private readonly kept: readonly Kept[]
  private readonly options: RetentionOptions
  private readonly dropped = { files: 0, bytes: 0, last: [] as RetentionStatus['dropped']['last'][number][] }
  private gaveWayMs = Number.NEGATIVE_INFINITY
  private passing: Promise<void> | null = null
  /** Why something could not be deleted when it was due; null where all could. */
  private lastError: string | null = null

  /** `kept` in any order. */
  constructor(kept: readonly Kept[], options: RetentionOptions) {
    this.kept = kept.toSorted((a, b) => KEPT.indexOf(a.name) - KEPT.indexOf(b.name))
    this.options = options
  }

  /** Drops what is due; one pass at a time. Never rejects: what cannot go now is told and tried again. */
  pass(): Promise<void> {
    this.passing ??= this.dropAll().finally(() => (this.passing = null))
    return this.passing
  }

  /** Resolves when no pass is under way. */
  async end(): Promise<void> {
    await this.passing
  }

  status(): RetentionStatus {
    const { settings, now, disk } = this.options
    const room = this.room(disk())
    const kept = this.kept.map(({ name, files }): KeptFacts => ({
      name,
      ageMs: settings[name],
      days: daysOf(files()),
    }))
    return {
      ...forecast(kept, now(), room),
      limitBytes: settings.disk,
      roomBytes: room,
      dropped: { ...this.dropped, last: [...this.dropped.last] },
    }
  }

  private async dropAll(): Promise<void> {
    try {
      /** Days of which there is something finer. */
      const finer = new Set<string>()
      for (const kept of this.kept) {
        const age = this.options.settings[kept.name] ?? Number.POSITIVE_INFINITY
        const isSum = kept.name === 'minute' || kept.name === 'hour'
        const due = kept
          .files()
          .filter(({ day }) => dayStart(day) + DAY_MS + age <= this.options.now() && !(isSum && finer.has(day)))
        await this.drop(kept, due, 'age')
        for (const { day } of kept.files()) finer.add(day)
      }
      await this.makeRoom()
      this.lastError = null
    } catch (error) {
      const { message } = error as Error
      if (message !== this.lastError)
        this.options.log('error', `what is due to go cannot be deleted now; it is tried again: ${message}`)
      this.lastError = message
    }
  }

  private async makeRoom(): Promise<void> {
    const { settings, now, disk } = this.options
    let room = this.room(disk())
    const today = now() - (now() % DAY_MS)
    while (room !== null && room < 0) {
      if (settings.disk === null && now() - this.gaveWayMs < GIVE_WAY_MS) return
      const next = this.kept
        .map((kept) => ({ kept, file: oldest(kept.files().filter((each) => dayStart(each.day) < today)) }))
        .find(({ file }) => file !== undefined)
      if (!next?.file) return
      const { day } = next.file
      const ofDay = next.kept.files().filter((file) => file.day === day)
      room += await this.drop(next.kept, ofDay, 'room')
      this.gaveWayMs = now()
    }
  }

  private room(disk: Disk | null): number | null {
    const used = this.kept.flatMap(({ files }) => files()).reduce((sum, file) => sum + file.bytesOnDisk, 0)
    return roomOf(this.options.settings, used, disk)
  }

  /** Gives back how many bytes went. */
  private async drop(kept: Kept, files: readonly DayFile[], reason: Reason): Promise<number> {
    let sum = 0
    for (const file of files) {
      const bytes = file.bytesOnDisk
      await kept.drop(file, reason)
      sum += bytes
      this.dropped.files++
      this.dropped.bytes += bytes
      this.dropped.last.push({ name: kept.name, day: file.day, bytes, atMs: this.options.now(), reason })
      if (this.dropped.last.length > REMEMBERED) this.dropped.last.shift()
    }
    const [first] = files
    const last = files.at(-1)
    if (first && last)
      this.options.log(
        'info',
        `${KEPT_LABELS[kept.name]} of ${first.day === last.day ? first.day : `${files.length} days, ${first.day} to ${last.day},`} are deleted, ${format(sum, 'B')}: ${this.why(kept.name, reason)}`,
      )
    return sum
  }

  private why(name: KeptName, reason: Reason): string {
    const { settings } = this.options
    if (reason === 'age') return `older than ${formatDuration(settings[name])} (retention.${name})`
    return settings.disk === null
      ? 'the disk is nearly full (retention.disk)'
      : `all takes more than ${format(settings.disk, 'B')} (retention.disk)`
  }
}

/**
 * Bytes that may still be written until the oldest has to go; less than 0 where it has to now, null where it cannot be
 * said. `used`: bytes of all files.
 */
export function roomOf(settings: RetentionSettings, used: number, disk: Disk | null): number | null {
  if (settings.disk !== null) return settings.disk - used
  return disk === null ? null : disk.free - Math.min(disk.size * LEFT_FREE_SHARE, LEFT_FREE)
}

/** Of the file system that holds the folder; null where it cannot be read. */
export function diskOf(folder: string): Disk | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder)
    return { free: bavail * bsize, size: blocks * bsize }
  } catch {
    return null
  }
}

function oldest(files: readonly DayFile[]): DayFile | undefined {
  return files.reduce<DayFile | undefined>((first, file) => (first && first.day <= file.day ? first : file), undefined)
}

/** Bytes by start of the day. */
function daysOf(files: readonly DayFile[]): Map<number, number> {
  const days = new Map<number, number>()
  for (const file of files) {
    const start = dayStart(file.day)
    days.set(start, (days.get(start) ?? 0) + file.bytesOnDisk)
  }
  return days
}
