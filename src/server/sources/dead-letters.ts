/** Records that were not taken, kept so that they can be looked at and read again: `dead-letters/WRITER-DAY.jsonl`. */
import { mkdir, open } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeadLetter } from '../intake/sources/log-reader.ts'

export class DeadLetters {
  private readonly folder: string
  private readonly writer: string
  private turn: Promise<void> = Promise.resolve()

  /** `writer`: each thread that writes has files of its own. */
  constructor(dataDir: string, writer: 'sources' | 'import') {
    this.folder = join(dataDir, 'dead-letters')
    this.writer = writer
  }

  /** Resolves when they are on disk. */
  keep(letters: readonly DeadLetter[], atMs: number): Promise<void> {
    const done = this.turn.then(() => this.append(letters, atMs))
    this.turn = done.catch(() => undefined)
    return done
  }

  private async append(letters: readonly DeadLetter[], atMs: number): Promise<void> {
    await mkdir(this.folder, { recursive: true })
    const day = new Date(atMs).toISOString().slice(0, 10)
    const file = await open(join(this.folder, `${this.writer}-${day}.jsonl`), 'a')
    try {
      await file.writeFile(letters.map((letter) => `${JSON.stringify({ atMs, ...letter })}\n`).join(''))
      await file.datasync()
    } finally {
      await file.close()
    }
  }
}
