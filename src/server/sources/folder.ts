/**
 * A folder whose files are taken in: each as soon as it has not changed for one look, what was added to it later too, each flow
 * once. A file that was half taken when Weir was killed is taken again without the flows that are stored.
 */
import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { access, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { z } from 'zod'
import { WeirError } from '../../shared/api/errors.ts'
import { identityOf } from '../intake/identity.ts'
import { RecordIds } from '../intake/record-ids.ts'
import { openFile } from '../intake/sources/files.ts'
import { knownOf } from './known.ts'
import { NotStored } from './not-stored.ts'
import { takeContents } from '../intake/sources/log-contents.ts'
import type { SettingsOf } from './settings.ts'
import type { Source, SourceContext, SourceState } from './source.ts'

/**
 * Files that were taken in, by path: what each was like then, its beginning, and how many records and flows were taken of it.
 * The oldest are forgotten.
 */
const TAKEN = z.object({
  like: z.string(),
  beginning: z.string(),
  octets: z.number(),
  records: z.number(),
  flows: z.number(),
})
const POSITION = z.object({ files: z.record(z.string(), TAKEN), savedMs: z.number() })
type Taken = z.output<typeof TAKEN>
/** Octets of a file that tell whether it has grown, or another one is in its place. */
const BEGINNING = 1024
const MOST_FILES = 100_000

interface Part {
  readonly identity: readonly [high: number, low: number]
  /** Its flows were received then or later. */
  readonly sinceMs: number
  /** Records that were read, and flows that were taken. */
  records: number
  flows: number
}

export class FolderSource implements Source {
  private readonly settings: SettingsOf<'folder'>
  private readonly context: SourceContext
  private readonly taken: Map<string, Taken>
  private trouble: string | null = null
  private waiting = 0
  /** When the position was last saved: flows of files that are in none came later. */
  private savedMs: number | null
  /** Flows that were taken before the start and are in no saved position. */
  private known: RecordIds | null = null
  /** Of files that could be taken in part only, by path: what came of them. */
  private readonly parts = new Map<string, Part>()

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
        const ready = [...found].filter(
          ([path, like]) => this.taken.get(path)?.like !== like && before.get(path) === like,
        )
        this.waiting = ready.length
        let unreadable: string | null = null
        for (const [path, like] of ready) {
          if (signal.aborted) return
          unreadable = (await this.tryFile(path, like, signal)) ?? unreadable
          this.waiting--
        }
        before = found
        this.trouble = unreadable
      } catch (error) {
        if (signal.aborted) return
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
      const like = await stat(path).catch(() => null)
      if (like === null) continue
      const { size, mtimeMs } = like
      found.set(relative(this.settings.path, path), `${size} ${Math.floor(mtimeMs)}`)
    }
    return found
  }

  /** Gives why a file cannot be read now; the others are. One that is damaged is set aside. */
  private async tryFile(path: string, like: string, signal: AbortSignal): Promise<string | null> {
    const { intake, name } = this.context
    try {
      await this.takeFile(path, like, signal)
    } catch (error) {
      signal.throwIfAborted()
      if (error instanceof NotStored) throw error
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'ENOENT') return null
      if (!(error instanceof WeirError)) return message
      intake.refuse({ source: path, record: 0, loss: 'source.object', reason: message, text: '' })
      this.context.log('error', `source ${name}: ${path} was set aside: ${message}`)
      await this.finish(path, { like, beginning: '', octets: 0, records: 0, flows: 0 })
    }
    return null
  }

  private async takeFile(path: string, like: string, signal: AbortSignal): Promise<void> {
    const { intake, now, name } = this.context
    const whole = join(this.settings.path, path)
    await access(whole, constants.R_OK)
    const file = await openFile(whole, path)
    const { beginning, octets, records, flows } = this.continued(path, file.head)
    const identity = identityOf(name, path, beginning)
    const before = this.parts.get(path)
    const isSame = before?.identity[0] === identity[0] && before.identity[1] === identity[1]
    const part = isSame ? before : { identity, sinceMs: now(), records, flows }
    this.parts.set(path, part)
    const reader = intake.reader({
      name: path,
      receivedMs: now(),
      type: this.settings.format,
      layout: this.settings.layout,
      identity,
      known: knownOf(identity, part.flows, this.known),
      readBefore: part.records,
    })
    try {
      await takeContents({ head: file.head, all: file.chunks }, path, reader, async () => {
        signal.throwIfAborted()
        await intake.room().catch(notStored)
      })
      const taken = { records: reader.records, flows: reader.flows + reader.repeated }
      await this.finish(path, { like, beginning, octets, ...taken })
    } finally {
      part.records = Math.max(part.records, reader.records)
      part.flows = Math.max(part.flows, reader.flows + reader.repeated)
      intake.flows += reader.flows
      file.close()
    }
  }

  /** What was taken of a file that has grown since; nothing of one that another is in the place of. */
  private continued(path: string, head: Uint8Array): Omit<Taken, 'like'> {
    const before = this.taken.get(path)
    if (before && before.octets > 0 && beginningOf(head, before.octets) === before.beginning) return before
    const octets = Math.min(BEGINNING, head.length)
    return { beginning: beginningOf(head, octets), octets, records: 0, flows: 0 }
  }

  private async finish(path: string, taken: Taken): Promise<void> {
    await this.context.intake.durable().catch(notStored)
    this.parts.delete(path)
    this.taken.delete(path)
    this.taken.set(path, taken)
    for (const oldest of this.taken.keys()) {
      if (this.taken.size <= MOST_FILES) break
      this.taken.delete(oldest)
    }
    await this.save().catch(notStored)
  }

  private async begin(): Promise<void> {
    if (this.savedMs === null) await this.save()
    else this.known = RecordIds.from(await this.context.intake.recordIds(this.savedMs))
  }

  private async save(): Promise<void> {
    // Flows of what was taken in part are to be known after a restart.
    this.savedMs = Math.min(this.context.now(), ...Array.from(this.parts.values(), ({ sinceMs }) => sinceMs))
    await this.context.savePosition({ files: Object.fromEntries(this.taken), savedMs: this.savedMs })
  }
}

/** The first so many octets of a file, as a hash; of a shorter one its own. */
function beginningOf(head: Uint8Array, octets: number): string {
  return createHash('sha256').update(head.subarray(0, octets)).digest('hex')
}

function notStored(error: Error): never {
  throw new NotStored(error.message)
}
