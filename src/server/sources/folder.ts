/** A folder whose files are taken in: each once, as soon as it has not changed for one look. */
import { createHash } from 'node:crypto'
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { openFile } from '../intake/sources/files.ts'
import type { SettingsOf } from './settings.ts'
import type { Source, SourceContext, SourceState } from './source.ts'

/** Files that were taken in, by path, with what they were like then. The oldest are forgotten. */
const POSITION = z.object({ files: z.record(z.string(), z.string()) })
const MOST_FILES = 100_000

export class FolderSource implements Source {
  private readonly settings: SettingsOf<'folder'>
  private readonly context: SourceContext
  private readonly taken: Map<string, string>
  private trouble: string | null = null
  private waiting = 0

  constructor(settings: SettingsOf<'folder'>, context: SourceContext) {
    this.settings = settings
    this.context = context
    const { data } = POSITION.safeParse(context.position)
    this.taken = new Map(Object.entries(data?.files ?? {}))
  }

  state(): SourceState {
    return {
      state: this.trouble === null ? 'ok' : 'failing',
      trouble: this.trouble,
      remedy: this.trouble === null ? null : `Look at the folder ${this.settings.path} and who may read it.`,
      behindMs: null,
      progress: this.waiting > 0 ? { done: 0, of: this.waiting, unit: 'files', remainingMs: null } : null,
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    let before = new Map<string, string>()
    while (!signal.aborted) {
      try {
        const found = await this.look()
        const ready = [...found].filter(([path, like]) => this.taken.get(path) !== like && before.get(path) === like)
        this.waiting = ready.length
        for (const [path, like] of ready) {
          if (signal.aborted) return
          await this.takeFile(path, like)
          this.waiting--
        }
        before = found
        this.trouble = null
      } catch (error) {
        this.trouble = (error as Error).message
      }
      await this.context.wait(this.settings.interval, signal)
    }
  }

  private async look(): Promise<Map<string, string>> {
    const entries = await readdir(this.settings.path, { recursive: true, withFileTypes: true })
    const found = new Map<string, string>()
    for (const entry of entries) {
      if (!entry.isFile() || entry.name.startsWith('.')) continue
      const path = join(entry.parentPath, entry.name)
      const { size, mtimeMs } = await stat(path)
      found.set(relative(this.settings.path, path), `${size} ${Math.floor(mtimeMs)}`)
    }
    return found
  }

  private async takeFile(path: string, like: string): Promise<void> {
    const { intake, now } = this.context
    const file = await openFile(join(this.settings.path, path), path)
    const digest = createHash('sha256').update(`${this.context.name} ${path} ${like}`).digest()
    const reader = intake.reader({
      name: path,
      receivedMs: now(),
      type: this.settings.format,
      layout: this.settings.layout?.split(/\s+/),
      identity: [digest.readUInt32LE(0), digest.readUInt32LE(4)],
    })
    for await (const chunk of file.chunks) {
      reader.push(chunk)
      await intake.room()
    }
    reader.end()
    intake.flows += reader.flows
    await intake.durable()
    this.taken.delete(path)
    this.taken.set(path, like)
    for (const oldest of this.taken.keys()) {
      if (this.taken.size <= MOST_FILES) break
      this.taken.delete(oldest)
    }
    await this.context.savePosition({ files: Object.fromEntries(this.taken) })
  }
}
