/**
 * Records that were not taken, kept so that they can be looked at and read again: `dead-letters/WRITER-DAY.jsonl`. Of a day
 * only so much is kept; what comes beyond is counted with the others, and its text is lost.
 */
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import type { DeadLetter } from './sources/log-reader.ts'

/** What a source may read again after a restart was refused a day before at most, or where it was stopped, in its last. */
const NEWEST_FILES = 3
const MOST_IDS = 1_000_000
/** Octets of a file: a wrong layout makes every record a dead letter. */
const LARGEST = 512 * 2 ** 20
/** Octets that are read at a time. */
const PIECE = 4 * 2 ** 20

export class DeadLetters {
  private readonly folder: string
  private readonly writer: string
  private turn: Promise<void> = Promise.resolve()
  /** Of those that were kept lately and have an id: source and id. Null before the first. */
  private ids: Set<string> | null = null

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

  /** These are about to be read again: where one is refused once more, it is kept, though it has been there before. */
  forget(letters: readonly DeadLetter[]): Promise<void> {
    const done = this.turn.then(async () => {
      const ids = (this.ids ??= await this.readIds())
      for (const { source, id } of letters) if (id !== undefined) ids.delete(`${source} ${id}`)
    })
    this.turn = done.catch(() => undefined)
    return done
  }

  private async append(all: readonly DeadLetter[], atMs: number): Promise<void> {
    const letters = await this.newOf(all)
    if (letters.length === 0) return
    await mkdir(this.folder, { recursive: true })
    const day = new Date(atMs).toISOString().slice(0, 10)
    const file = await open(join(this.folder, `${this.writer}-${day}.jsonl`), 'a+')
    try {
      if ((await file.stat()).size >= LARGEST) return
      const lines = letters.map((letter) => `${JSON.stringify({ atMs, ...letter })}\n`)
      await file.writeFile(((await isCutOff(file)) ? '\n' : '') + lines.join(''))
      await file.datasync()
    } finally {
      await file.close()
    }
    this.remember(letters)
  }

  /** Those that are not there yet. Only of those with an id can that be told. */
  private async newOf(letters: readonly DeadLetter[]): Promise<readonly DeadLetter[]> {
    if (letters.every(({ id }) => id === undefined)) return letters
    const ids = (this.ids ??= await this.readIds())
    const fresh = letters.filter(({ source, id }) => id === undefined || !ids.has(`${source} ${id}`))
    return fresh
  }

  private remember(letters: readonly DeadLetter[]): void {
    if (this.ids === null) return
    for (const { source, id } of letters) if (id !== undefined) this.ids.add(`${source} ${id}`)
    for (const oldest of this.ids) {
      if (this.ids.size <= MOST_IDS) break
      this.ids.delete(oldest)
    }
  }

  private async readIds(): Promise<Set<string>> {
    const ids = new Set<string>()
    const files = await readdir(this.folder).catch(() => [])
    const own = files.filter((file) => file.startsWith(`${this.writer}-`)).toSorted()
    for (const file of own.slice(-NEWEST_FILES)) {
      for await (const line of linesOf(join(this.folder, file))) {
        const { source, id } = letterIn(line)
        if (id !== undefined) ids.add(`${source} ${id}`)
      }
    }
    return ids
  }
}

/** Of a file that may be longer than a text can be. */
async function* linesOf(path: string): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE }) as AsyncIterable<Buffer>) {
    const piece = Buffer.concat([rest, chunk])
    const end = piece.lastIndexOf(LINE_END) + 1
    yield* piece.toString('utf8', 0, end).split('\n')
    rest = piece.subarray(end)
  }
}

/** Whether the last line has no end, as where the process was killed amid it. */
async function isCutOff(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat()
  if (size === 0) return false
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1)
  return buffer[0] !== LINE_END
}

const LINE_END = 0x0a

/** Nothing where the line is not whole. */
function letterIn(line: string): Partial<DeadLetter> {
  try {
    return JSON.parse(line) as DeadLetter
  } catch {
    return {}
  }
}
