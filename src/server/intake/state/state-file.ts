/**
 * Saves what exporters tell as they tell it, so that a collector that was killed goes on where it was. A journal: changes
 * are appended to a file, which is written anew when it has grown long. Nothing here blocks the thread for more than a
 * millisecond or so: a slice of lines is made, written, and only then the next one.
 */
import { open, readFile, rename, type FileHandle } from 'node:fs/promises'
import type { Level } from '../journal.ts'
import { FORMAT, keyOf, lineOf, readEntries, type Entry } from './entry.ts'
import type { Notes } from './notes.ts'

/** Changes that are not written yet are kept no longer than this. */
const WRITE_EVERY_MS = 500
/** Lines that are made at once. */
const SLICE = 256
/** More changes than this that wait to be written cost more than writing all anew. */
const MOST_WAITING = 65_536
/** A file shorter than this is not written anew for its length. */
const SHORT_BYTES = 1 << 20
/** Also written anew so often, for the times when exporters were last heard of. */
const ANEW_EVERY_MS = 3_600_000
/** After a failure. */
const AGAIN_AFTER_MS = 10_000

export class StateFile implements Notes {
  /** Why it cannot be saved at the moment; null while it can. */
  problem: string | null = null
  /** What was wrong with the file at the start; null if nothing was. */
  found: string | null = null
  private readonly file: string
  private readonly log: (level: Level, message: string) => void
  /** By key, what is to be written; the last of each. */
  private waiting = new Map<string, Entry>()
  /** All that is known. */
  private all: (() => Iterable<Entry>) | null = null
  private handle: FileHandle | null = null
  /** Where the file goes that could not be read. */
  private setAside: string | null = null
  private bytes = 0
  /** As it was when it was last written anew. */
  private freshBytes = 0
  private anewAtMs = 0
  /** Whether all is to be written anew the next time. */
  private anew = true
  private notBeforeMs = 0
  private busy: Promise<void> | null = null
  private timer: NodeJS.Timeout | undefined

  /** `file` is made where it is missing, in a folder that exists. */
  constructor(file: string, log: (level: Level, message: string) => void) {
    this.file = file
    this.log = log
  }

  /** What the file says; what is wrong with it is logged. Changes nothing on disk. */
  async read(): Promise<readonly Entry[]> {
    let text: string
    try {
      text = await readFile(this.file, 'utf8')
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.say(`${this.file} cannot be read: ${(error as Error).message}; templates have to come again`)
      return []
    }
    const { entries, problem } = readEntries(text)
    if (problem === null) return entries
    if ('newer' in problem) {
      this.setAside = `${this.file}.format-${problem.newer}`
      this.say(
        `${this.file} is of format ${problem.newer}, and this Weir reads format ${FORMAT}: it is kept as ${this.setAside}, and templates have to come again; a newer Weir reads it under its old name`,
      )
    } else {
      this.setAside = `${this.file}.damaged`
      this.say(
        `${this.file} is damaged at line ${problem.damagedLine}: what stands before it is used, and the file is kept as ${this.setAside}`,
      )
    }
    return entries
  }

  private say(found: string): void {
    this.found = found
    this.log('error', found)
  }

  /** From now on the folder is ours, and all that `all` gives and that is noted is saved. */
  start(all: () => Iterable<Entry>): void {
    this.all = all
    this.timer = setInterval(() => this.work(), WRITE_EVERY_MS).unref()
    this.work()
  }

  note(entry: Entry): void {
    if (this.all === null) return
    // In the order of the changes: what was forgotten may come again.
    const key = keyOf(entry)
    this.waiting.delete(key)
    this.waiting.set(key, entry)
    if (this.waiting.size <= MOST_WAITING) return
    this.waiting.clear()
    this.anew = true
  }

  /** Writes out what there is, and when exporters were last heard of. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await this.busy
    if (this.all === null) return
    this.anew = true
    this.notBeforeMs = 0
    this.work()
    await this.busy
    await this.handle?.close()
    this.all = null
  }

  /** Writes what there is to write, unless it is at it. */
  private work(): void {
    const nowMs = performance.now()
    if (this.busy !== null || nowMs < this.notBeforeMs) return
    const isLong = this.bytes > Math.max(SHORT_BYTES, 2 * this.freshBytes)
    if (isLong || nowMs - this.anewAtMs > ANEW_EVERY_MS) this.anew = true
    if (!this.anew && this.waiting.size === 0) return
    this.busy = (this.anew ? this.writeAnew() : this.append())
      .then(
        () => this.settle(null),
        (error: Error) => this.settle(error.message),
      )
      .finally(() => {
        this.busy = null
      })
  }

  private settle(problem: string | null): void {
    if (problem === null && this.problem !== null) this.log('info', `${this.file} can be written again`)
    if (problem !== null && this.problem === null)
      this.log('error', `${this.file} cannot be written: ${problem}; after a restart templates have to come again`)
    this.problem = problem
    if (problem === null) return
    this.anew = true
    this.notBeforeMs = performance.now() + AGAIN_AFTER_MS
  }

  private async append(): Promise<void> {
    const { waiting } = this
    this.waiting = new Map()
    if (this.handle) this.bytes += await write(this.handle, waiting.values())
  }

  private async writeAnew(): Promise<void> {
    const fresh = `${this.file}.new`
    this.anew = false
    // What is noted from here on may be in what is written or not: it is appended.
    this.waiting.clear()
    const handle = await open(fresh, 'w')
    let bytes = 0
    try {
      bytes = await write(handle, withFormat(this.all?.() ?? []))
      if (this.setAside !== null) await rename(this.file, this.setAside)
      this.setAside = null
      await rename(fresh, this.file)
    } catch (error) {
      await handle.close()
      throw error
    }
    await this.handle?.close()
    this.handle = handle
    this.bytes = bytes
    this.freshBytes = bytes
    this.anewAtMs = performance.now()
  }
}

function* withFormat(entries: Iterable<Entry>): Generator<Entry> {
  yield ['format', FORMAT]
  yield* entries
}

/** Writes entries slice by slice; how many bytes they were. */
async function write(handle: FileHandle, entries: Iterable<Entry>): Promise<number> {
  let bytes = 0
  let text = ''
  let lines = 0
  const put = async (): Promise<void> => {
    const slice = Buffer.from(text)
    text = ''
    lines = 0
    bytes += slice.length
    await handle.appendFile(slice)
  }
  for (const entry of entries) {
    text += lineOf(entry)
    if (++lines === SLICE) await put()
  }
  if (lines > 0) await put()
  return bytes
}
