/** All partitions of a data folder. A damaged one is left where it is, told of, and does not stop the others. */
import type { DuckDBConnection } from '@duckdb/node-api'
import { rmSync, statSync } from 'node:fs'
import { WeirError } from '../../../../shared/api/errors.ts'
import type { StoreStatus } from '../../../messages.ts'
import { Attachments } from './attachments.ts'
import { Catalog } from './catalog.ts'
import { dayName, dayStart, freeName, isDamage } from './day-file.ts'
import type { KnownSource } from '../answers/flows.ts'
import type { Folder } from './folder.ts'
import { Partition } from './partition.ts'
import type { Bounds } from '../sql/source.ts'

export interface PartitionSource extends KnownSource {
  readonly partition: Partition
}

export type Log = (level: 'info' | 'warn' | 'error', message: string) => void

export class Partitions {
  private readonly folder: Folder
  private readonly attachments: Attachments
  private readonly log: Log
  private all: Partition[] = []
  private drops = 0
  /** Of names whose files are deleted: what was noted by their rows is of no other file that gets the name. */
  private readonly generations = new Map<string, number>()

  private constructor(folder: Folder, attachments: Attachments, log: Log) {
    this.folder = folder
    this.attachments = attachments
    this.log = log
  }

  /**
   * Looks at what is there; files that the catalog knows are not opened. `recovered` says what the last run had left
   * undone. Rejects with `dataLocked`.
   */
  static async open(
    folder: Folder,
    connection: DuckDBConnection,
    log: Log,
    attachments: Attachments = new Attachments(connection),
    catalog: Catalog = new Catalog(folder.catalog, log),
  ): Promise<{ partitions: Partitions; recovered: string | null }> {
    const partitions = new Partitions(folder, attachments, log)
    const recovered: string[] = []
    for (const name of folder.partitionNames()) {
      const partition = new Partition(folder.flows, name)
      partitions.all.push(partition)
      if (catalog.recall(catalogKey(partition), partition)) continue
      const logBytes = statSync(partition.walFile, { throwIfNoEntry: false })?.size ?? 0
      try {
        await partition.open(connection)
        await attachments.opened(partition)
      } catch (error) {
        const { message } = error as Error
        if (/lock on file/i.test(message))
          throw new WeirError(
            'dataLocked',
            `data folder ${folder.path}: another process holds ${partition.file}; stop it, or choose another folder with --data DIR`,
            undefined,
            error,
          )
        partitions.leaveOut(partition, message)
        continue
      }
      if (logBytes > 0)
        recovered.push(
          `${name}: ${logBytes.toLocaleString('en')} bytes of its log were read again; it holds ${partition.extent.rows.toLocaleString('en')} flows`,
        )
    }
    return {
      partitions,
      recovered: recovered.length > 0 ? `the last run did not end cleanly. ${recovered.join('. ')}.` : null,
    }
  }

  /** Does `write` with the partition for flows of a day, attached. */
  async write<T>(day: number, connection: DuckDBConnection, write: (partition: Partition) => Promise<T>): Promise<T> {
    const partition = await this.forDay(day, connection)
    return this.attachments.use([partition], () => write(partition))
  }

  /** The partition to write flows of a day to; made where there is none, or only damaged ones. */
  private async forDay(day: number, connection: DuckDBConnection): Promise<Partition> {
    const name = dayName(day)
    const there = this.all.findLast(
      (partition) => partition.day === name && partition.damage === null && !partition.retiring,
    )
    if (there && !there.known) await this.reopen(there, connection)
    if (there?.damage === null) return there
    const partition = new Partition(
      this.folder.flows,
      freeName([this.folder.flows, this.folder.minutes, this.folder.hours], name),
    )
    partition.generation = this.generations.get(partition.name) ?? 0
    try {
      await partition.open(connection)
    } catch (error) {
      // For want of space; an unfinished file would pass for a damaged one.
      for (const file of [partition.file, partition.walFile]) rmSync(file, { force: true })
      throw error
    }
    this.all.push(partition)
    return partition
  }

  /** After a write that failed: attaches anew, or leaves the partition out where it turns out damaged. Rejects where neither can be said yet. */
  async reopen(partition: Partition, connection: DuckDBConnection): Promise<void> {
    const { rows } = partition.extent
    try {
      await partition.open(connection)
    } catch (error) {
      if (!isDamage(error)) throw error
      this.leaveOut(partition, (error as Error).message)
      return
    }
    const gone = rows - partition.extent.rows
    if (gone > 0)
      this.log(
        'error',
        `${partition.file}: ${gone.toLocaleString('en')} flows that had been written are gone after the file was opened again; it holds ${partition.extent.rows.toLocaleString('en')}. Check the disk, and that nothing else writes to the data folder`,
      )
  }

  /** A damaged partition is no part of answers from then on, and not written to. */
  leaveOut(partition: Partition, damage: string): void {
    partition.damage = damage
    this.log(
      'error',
      `${partition.file} is damaged and left out of answers: ${damage}. The rest works; new flows of that day go to a second file`,
    )
  }

  /** What a question over the range has to read. Throws `storeUnavailable` where a part of it cannot be read just now. */
  sources(bounds: Bounds): PartitionSource[] {
    return this.all
      .filter((partition) => partition.touches(bounds.fromMs, bounds.toMs))
      .map((partition) => {
        const { extent, table, columns, name, generation } = partition
        if (!partition.known)
          throw new WeirError(
            'storeUnavailable',
            `the flows of ${name} cannot be read until their file can be written again; GET /api/health says why`,
          )
        return {
          partition,
          name,
          generation,
          table,
          columns,
          extent,
          rows: { from: 0, to: extent.rows },
          inside: extent.minStart >= bounds.fromMs && extent.maxEnd < bounds.toMs,
          wide: extent.wide,
        }
      })
  }

  /** Another text as soon as the answer to a question over the range may be another one. */
  state({ fromMs, toMs }: Bounds): string {
    const read = this.all.filter((partition) => partition.touches(fromMs, toMs))
    return `${this.drops} ${this.dataFrom} ${read.map(({ name, generation, extent }) => `${name}/${generation}/${extent.rows}`).join(' ')}`
  }

  /**
   * Deletes a partition as soon as nobody reads it; no question asked from then on does. Nothing is written to it from now
   * on: `settle` sees it as it ends, and where that rejects it stays.
   */
  async drop(partition: Partition, settle: () => Promise<void>): Promise<void> {
    if (!partition.known && partition.damage === null)
      throw new Error(`${partition.file} holds flows that are not known to be written yet`)
    partition.retiring = true
    try {
      if (partition.damage === null && partition.extent.rows > 0) await settle()
    } catch (error) {
      partition.retiring = false
      throw error
    }
    this.all = this.all.filter((each) => each !== partition)
    this.drops++
    this.generations.set(partition.name, partition.generation + 1)
    await this.attachments.remove(partition)
  }

  /** Whether there is a partition of that name, and it is not damaged. */
  holds(name: string): boolean {
    return this.all.some((partition) => partition.name === name && partition.damage === null)
  }

  get rows(): number {
    return this.intact.reduce((sum, { extent }) => sum + extent.rows, 0)
  }

  /** Start of the oldest flow; null where there is none. */
  get oldest(): number | null {
    return this.intact.length > 0 ? Math.min(...this.intact.map(({ extent }) => extent.minStart)) : null
  }

  /**
   * From when on there are flows; null where there are none. Not the start of the oldest: what else there was on the day
   * before its own may be gone.
   */
  get dataFrom(): number | null {
    const { intact } = this
    return intact.length > 0
      ? Math.min(...intact.map(({ day, extent }) => Math.max(extent.minStart, dayStart(day))))
      : null
  }

  /** End of the newest flow; null where there is none. */
  get newest(): number | null {
    return this.intact.length > 0 ? Math.max(...this.intact.map(({ extent }) => extent.maxEnd)) : null
  }

  status(): StoreStatus['partitions'] {
    return this.all
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ day, extent, bytesOnDisk, damage }) => ({
        day,
        flows: extent.rows,
        bytesOnDisk,
        ...(damage === null ? { state: 'ok' } : { state: 'damaged', reason: damage }),
      }))
  }

  /** All files, for the catalog. */
  get files(): readonly (readonly [key: string, file: Partition])[] {
    return this.all.map((partition) => [catalogKey(partition), partition])
  }

  /** Lets go of all files. The first error is thrown at the end. */
  async close(connection: DuckDBConnection): Promise<void> {
    const errors: unknown[] = []
    for (const partition of this.all) {
      await partition.detach(connection).catch((error: unknown) => errors.push(error))
    }
    if (errors.length > 0) throw errors[0]
  }

  /** Those that hold flows and are read. */
  get intact(): readonly Partition[] {
    return this.all.filter((partition) => partition.damage === null && partition.extent.rows > 0)
  }
}

function catalogKey(partition: Partition): string {
  return `flows/${partition.name}`
}
