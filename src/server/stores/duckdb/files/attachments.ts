/**
 * Which day files are attached: those that someone works with, and those that someone did last. An attached file costs
 * 0.1 to 0.4 MiB and an open file; attaching one takes 0.4 ms, with 365 attached as well as with none.
 */
import type { DuckDBConnection } from '@duckdb/node-api'
import { WeirError } from '../../../../shared/api/errors.ts'
import { isDamage, type DayFile } from './day-file.ts'

/** Files that stay attached although nobody works with them. */
const MOST_IDLE = 256

/** Attaches those that are not, of files that are held. */
export type Attach = (files: readonly DayFile[]) => Promise<void>

export class Attachments {
  /** While true, none is detached: what makes a copy of the files relies on that. */
  hold = false
  private readonly connection: DuckDBConnection
  private readonly mostIdle: number
  /** The one that was worked with last stands last. */
  private readonly idle = new Set<DayFile>()
  private turn: Promise<void> = Promise.resolve()
  /** Who waits until nobody works with the file. */
  private readonly leaving = new Map<DayFile, (() => void)[]>()

  /** `connection` is for attaching and detaching alone: a transaction of another kind must not be under way on it. */
  constructor(connection: DuckDBConnection, mostIdle = MOST_IDLE) {
    this.connection = connection
    this.mostIdle = mostIdle
  }

  /**
   * Does `work` with the files attached. Rejects with what it rejects with, with the database's error where a file is
   * damaged, and with `storeUnavailable` where one cannot be attached for another reason.
   */
  use<T>(files: readonly DayFile[], work: () => Promise<T>): Promise<T> {
    return this.keep(files, async (attach) => {
      await attach(files)
      return work()
    })
  }

  /** Does `work` while none of the files goes and no other comes in its place; what it needs of them it attaches. */
  async keep<T>(files: readonly DayFile[], work: (attach: Attach) => Promise<T>): Promise<T> {
    for (const file of files) {
      while (file.held) await file.held
      file.users++
      this.idle.delete(file)
    }
    try {
      return await work(async (wanted) => {
        for (const file of wanted) if (!file.attached) await this.attach(file)
      })
    } finally {
      for (const file of files) this.leave(file)
      await this.trim()
    }
  }

  /** Takes a file in that was opened to be read once; of those that nobody works with the last stay attached. */
  async opened(file: DayFile): Promise<void> {
    this.idle.add(file)
    await this.trim()
  }

  /** Deletes the file as soon as nobody works with it. From then on nobody must begin to. */
  async remove(file: DayFile): Promise<void> {
    await this.untilLeft(file)
    this.idle.delete(file)
    await this.inTurn(() => file.remove(this.connection))
  }

  /** Puts another file with the same in its place, as soon as nobody works with it; who wants to waits. */
  replace(file: DayFile, by: string): Promise<void> {
    return this.alone(file, () => file.replace(this.connection, by))
  }

  /** Attaches it anew and reads what it holds, likewise. */
  reopen(file: DayFile, connection: DuckDBConnection): Promise<void> {
    return this.alone(file, () => file.open(connection))
  }

  private async alone(file: DayFile, work: () => Promise<void>): Promise<void> {
    let done = (): void => undefined
    file.held = new Promise((resolve) => (done = resolve))
    try {
      await this.untilLeft(file)
      await work()
    } finally {
      file.held = null
      done()
    }
  }

  private async attach(file: DayFile): Promise<void> {
    try {
      await this.inTurn(() => file.attach(this.connection))
    } catch (error) {
      if (isDamage(error)) throw error
      throw new WeirError(
        'storeUnavailable',
        `${file.file} cannot be opened: ${(error as Error).message}`,
        undefined,
        error,
      )
    }
  }

  /** Each waiting call into the database takes one of the process's few threads for such calls: there is one at a time. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => undefined)
    return done
  }

  private leave(file: DayFile): void {
    file.users--
    if (file.users > 0) return
    if (file.attached) this.idle.add(file)
    const waiting = this.leaving.get(file) ?? []
    this.leaving.delete(file)
    for (const resolve of waiting) resolve()
  }

  private async untilLeft(file: DayFile): Promise<void> {
    while (file.users > 0)
      await new Promise<void>((resolve) => this.leaving.set(file, [...(this.leaving.get(file) ?? []), resolve]))
  }

  private async trim(): Promise<void> {
    while (this.idle.size > this.mostIdle && !this.hold) {
      const [file] = this.idle
      if (!file) return
      this.idle.delete(file)
      // What cannot be written into the file now stays in its log; the next one who works with it attaches it again.
      await this.inTurn(() => file.detach(this.connection)).catch(() => undefined)
    }
  }
}
