/** The dead letters of a data folder: what is there, and what was read again. */
import { open, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { LOSS_NAMES, type LossName } from '../../shared/losses.ts'
import type { DeadLetter } from './sources/log-reader.ts'

/** A letter with the moment that it was kept at. */
export interface KeptLetter extends DeadLetter {
  readonly atMs: number
}

/** Letters of a file that were not read again yet, and where they end. */
interface Unread {
  readonly file: string
  readonly end: number
  readonly letters: readonly KeptLetter[]
}

const LETTER = z.object({
  atMs: z.number(),
  source: z.string(),
  record: z.number(),
  loss: z.enum(LOSS_NAMES as [LossName, ...LossName[]]),
  reason: z.string(),
  text: z.string(),
  id: z.string().optional(),
})
const DONE = z.record(z.string(), z.number())
/** Octets of a file that are read at a time: letters are 64 KiB at most, a little more as JSON. */
const PIECE = 4 * 2 ** 20
const LINE_END = 0x0a

export class LetterBox {
  private readonly folder: string

  constructor(dataDir: string) {
    this.folder = join(dataDir, 'dead-letters')
  }

  /** Letters that were not read again, newest first, `limit` at most; and what all of them take on the disk. */
  async newest(limit: number): Promise<{ readonly letters: readonly KeptLetter[]; readonly bytes: number }> {
    const done = await this.done()
    const letters: KeptLetter[] = []
    let bytes = 0
    for (const file of (await this.files()).toReversed()) {
      const from = done[file] ?? 0
      const { size } = await stat(join(this.folder, file))
      bytes += size - from
      if (letters.length >= limit) continue
      // The newest stand at the end.
      const { letters: last } = await this.read(file, Math.max(from, size - PIECE), size)
      letters.push(...last.toReversed().slice(0, limit - letters.length))
    }
    return { letters, bytes }
  }

  /** All that were not read again and are there now, a piece of a file at a time. */
  async *unread(): AsyncGenerator<Unread> {
    const done = await this.done()
    const sizes = new Map<string, number>()
    for (const file of await this.files()) sizes.set(file, (await stat(join(this.folder, file))).size)
    for (const [file, size] of sizes) {
      for (let from = done[file] ?? 0; from < size;) {
        const piece = await this.read(file, from, Math.min(size, from + PIECE))
        if (piece.end === from) break
        yield piece
        from = piece.end
      }
    }
  }

  /** Notes that the letters of a file were read up to there. A file of a day that is over goes when all of it was read. */
  async note({ file, end }: Unread, todayMs: number): Promise<void> {
    const done = await this.done()
    const { size } = await stat(join(this.folder, file))
    const isOver = !file.includes(new Date(todayMs).toISOString().slice(0, 10))
    if (isOver && end >= size) {
      await rm(join(this.folder, file))
      delete done[file]
    } else done[file] = end
    const path = join(this.folder, 'done.json')
    await mkdir(this.folder, { recursive: true })
    await writeFile(`${path}.part`, JSON.stringify(done))
    await rename(`${path}.part`, path)
  }

  private async files(): Promise<string[]> {
    const names = await readdir(this.folder).catch(() => [])
    return names.filter((name) => name.endsWith('.jsonl')).toSorted((a, b) => dayIn(a).localeCompare(dayIn(b)))
  }

  /** Up to where each file was read again. */
  private async done(): Promise<Record<string, number>> {
    try {
      return DONE.parse(JSON.parse(await readFile(join(this.folder, 'done.json'), 'utf8')))
    } catch {
      return {}
    }
  }

  /** Whole lines of `[from, to)`; what is no letter is passed over. */
  private async read(file: string, from: number, to: number): Promise<Unread> {
    const handle = await open(join(this.folder, file))
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(to - from), 0, to - from, from)
      const whole = buffer.subarray(0, bytesRead).lastIndexOf(LINE_END) + 1
      const letters = buffer
        .toString('utf8', 0, whole)
        .split('\n')
        .flatMap((line) => letterIn(line) ?? [])
      return { file, end: from + whole, letters }
    } finally {
      await handle.close()
    }
  }
}

function dayIn(file: string): string {
  return file.slice(-'2026-11-24.jsonl'.length)
}

function letterIn(line: string): KeptLetter | null {
  try {
    const { id, ...letter } = LETTER.parse(JSON.parse(line))
    return id === undefined ? letter : { ...letter, id }
  } catch {
    return null
  }
}
