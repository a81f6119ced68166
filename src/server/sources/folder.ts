/**
 * A folder whose files are taken in: each once, as soon as it has not changed for one look. A file that was half taken when
 * Weir was killed is taken again without the flows that are stored.
 */
import { readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { identityOf } from '../intake/identity.ts'
import { RecordIds } from '../intake/record-ids.ts'
import { openFile } from '../intake/sources/files.ts'
import { takeContents } from '../intake/sources/log-contents.ts'
import type { SettingsOf } from './settings.ts'
import type { Source, SourceContext, SourceState } from './source.ts'

/** Files that were taken in, by path, with what they were like then. The oldest are forgotten. */
const POSITION = z.object({ files: z.record(z.string(), z.string()), savedMs: z.number() })
const MOST_FILES = 100_000

export class FolderSource implements Source {
  private readonly settings: SettingsOf<'folder'>
  private readonly context: SourceContext
  private readonly taken: Map<string, string>
  private trouble: string | null = null
  private waiting = 0
  /** When the position was last saved: flows of files that are in none came later. */
  private savedMs: number | null
  /** Flows that were taken before the start and are in no saved position. */
  private known: RecordIds | null = null

  constructor(settings: SettingsOf<'folder'>, context: SourceContext) {
    this.settings = settings
    this.context = context
    const { data } = POSITION.safeParse(context.position)
    this.taken = new Map(Object.entries(data?.files ?? {}))
    this.savedMs = data?.savedMs ?? null
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
    let isFirst = true
    while (!signal.aborted) {
      try {
        if (isFirst) await this.begin()
        isFirst = false
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
    const { intake, now, name } = this.context
    const file = await openFile(join(this.settings.path, path), path)
    const reader = intake.reader({
      name: path,
      receivedMs: now(),
      type: this.settings.format,
      layout: this.settings.layout,
      identity: identityOf(name, path, like),
      known: this.known ?? undefined,
    })
    await takeContents({ head: file.head, all: file.chunks }, path, reader, () => intake.room())
    await intake.durable()
    intake.flows += reader.flows
    this.taken.delete(path)
    this.taken.set(path, like)
    for (const oldest of this.taken.keys()) {
      if (this.taken.size <= MOST_FILES) break
      this.taken.delete(oldest)
    }
    await this.save()
  }

  private async begin(): Promise<void> {
    if (this.savedMs === null) await this.save()
    else this.known = RecordIds.from(await this.context.intake.recordIds(this.savedMs))
  }

  private async save(): Promise<void> {
    this.savedMs = this.context.now()
    await this.context.savePosition({ files: Object.fromEntries(this.taken), savedMs: this.savedMs })
  }
}
