/**
 * The data folder: `weir.json` says how it is written, `lock` who holds it, `flows/` has the partitions, `minutes/` and `hours/`
 * sums of them, `counters/` what devices count of themselves, `tmp/` what does not fit into memory.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { WeirError } from '../../../../shared/api/errors.ts'
import { version } from '../../../version.ts'
import { dayFileName } from './day-file.ts'
import type { FolderName } from '../rollups/cubes.ts'

/** Changes when an older Weir could no longer read what this one writes. 2: sums beside the flows, which may be all that is left of a day. */
const FORMAT = 2

interface Holder {
  readonly pid: number
  /** When the process started, as /proc has it: a number used again is told from the one that held the lock. */
  readonly started: string | null
}

export class Folder {
  readonly path: string
  readonly flows: string
  readonly counters: string
  /** Sums of the flows; see `Rollups`. */
  readonly minutes: string
  readonly hours: string
  readonly temporary: string
  /** What is known of the files; see `Catalog`. */
  readonly catalog: string
  private readonly lockFile: string

  private constructor(path: string) {
    this.path = path
    this.flows = join(path, 'flows')
    this.counters = join(path, 'counters')
    this.minutes = join(path, 'minutes')
    this.hours = join(path, 'hours')
    this.temporary = join(path, 'tmp')
    this.catalog = join(path, 'catalog.json')
    this.lockFile = join(path, 'lock')
  }

  /** Makes the folder if there is none, and takes it. Throws `dataLocked`, `dataNewer` or `failed`. */
  static take(path: string): Folder {
    const folder = new Folder(path)
    try {
      makeFolder(folder.flows)
      makeFolder(folder.counters)
      folder.lock()
      try {
        folder.checkFormat()
        makeFolder(folder.minutes)
        makeFolder(folder.hours)
        rmSync(folder.temporary, { recursive: true, force: true })
      } catch (error) {
        folder.release()
        throw error
      }
    } catch (error) {
      if (error instanceof WeirError) throw error
      throw new WeirError(
        'failed',
        `data folder ${path}: ${(error as Error).message}; choose a folder that can be written to, with --data DIR`,
        undefined,
        error,
      )
    }
    return folder
  }

  /** Names of the partitions there are, oldest first. */
  partitionNames(): string[] {
    return namesIn(this.flows)
  }

  /** Names of the files with counters, oldest first. */
  counterNames(): string[] {
    return namesIn(this.counters)
  }

  /** Names of the files with sums by minute, or by hour and day, oldest first. */
  rollupNames(folder: FolderName): string[] {
    return namesIn(this[folder])
  }

  release(): void {
    rmSync(this.lockFile, { force: true })
  }

  private lock(): void {
    const mine: Holder = { pid: process.pid, started: startOf(process.pid) }
    for (let attempt = 0; ; attempt++) {
      try {
        writeFileSync(this.lockFile, `${JSON.stringify(mine)}\n`, { flag: 'wx' })
        return
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const holder = this.holder()
      if (attempt > 0 || (holder && isAlive(holder))) {
        throw new WeirError(
          'dataLocked',
          `data folder ${this.path}: process ${holder?.pid ?? 'unknown'} holds it; stop that Weir, or choose another folder with --data DIR`,
        )
      }
      rmSync(this.lockFile, { force: true })
    }
  }

  /** Who wrote the lock; null where it cannot be read, as after a crash while it was written. */
  private holder(): Holder | null {
    try {
      const { pid, started } = JSON.parse(readFileSync(this.lockFile, 'utf8')) as Partial<Holder>
      return typeof pid === 'number' ? { pid, started: started ?? null } : null
    } catch {
      return null
    }
  }

  private checkFormat(): void {
    const file = join(this.path, 'weir.json')
    let text: string
    try {
      text = readFileSync(file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
      this.writeFormat(file)
      return
    }
    const { format, by } = readFormat(text)
    if (format === null)
      throw new WeirError(
        'failed',
        `${file}: not what Weir writes there; put it right ({"format": ${FORMAT}}), or choose another folder with --data DIR`,
      )
    if (format > FORMAT) {
      throw new WeirError(
        'dataNewer',
        `data folder ${this.path}: written by Weir ${by ?? 'of a later version'} (format ${format}), this is ${version} (format ${FORMAT}); start that version, or choose another folder with --data DIR`,
      )
    }
    if (format < FORMAT) this.writeFormat(file)
  }

  private writeFormat(file: string): void {
    writeFileSync(`${file}.new`, `${JSON.stringify({ format: FORMAT, version }, null, 2)}\n`, { flush: true })
    renameSync(`${file}.new`, file)
  }
}

function namesIn(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((file) => dayFileName(file) ?? [])
    .toSorted()
}

function readFormat(text: string): { format: number | null; by: string | null } {
  try {
    const { format, version: by } = JSON.parse(text) as { format?: unknown; version?: unknown }
    return {
      format: typeof format === 'number' && Number.isSafeInteger(format) ? format : null,
      by: typeof by === 'string' ? by : null,
    }
  } catch {
    return { format: null, by: null }
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' && (started === null || startOf(pid) === started)
  }
  return started === null || startOf(pid) === started
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)): ticks from boot to the start of the process. Null elsewhere. */
function startOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null
  } catch {
    return null
  }
}

/** With its parents. Node's own `recursive` never returns where a parent says that it is not there, as /proc does. */
export function makeFolder(path: string): void {
  if (existsSync(path)) return
  makeFolder(dirname(path))
  mkdirSync(path)
}
