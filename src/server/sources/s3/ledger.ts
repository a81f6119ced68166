/**
 * Which objects are being taken and which were, on disk before anything depends on it: an object is noted as begun before
 * its first flow is written, and as taken when its last flow is on disk. What a process that dies has half taken is thus
 * known by name, and taken again without the flows that are in the store.
 */
import { z } from 'zod'
import { RecordIds } from '../../intake/record-ids.ts'
import type { KnownIds } from '../../intake/record-ids.ts'
import type { SourceContext } from '../source.ts'
import type { ObjectId, TakenObjects } from './taken.ts'

const BEGUN = z.object({ key: z.string(), etag: z.string(), sinceMs: z.number() })
const BACKFILL = z.object({
  fromMs: z.number(),
  /** Up to where earlier passes came: this one takes what is older. */
  untilMs: z.number(),
  /** Where it is: in which part of the bucket, and after which key. */
  root: z.string().nullable(),
  after: z.string().nullable(),
  done: z.object({ objects: z.number(), bytes: z.number() }),
  all: z.object({ objects: z.number(), bytes: z.number() }).nullable(),
  isDone: z.boolean(),
})
const POSITION = z.object({
  bucket: z.string(),
  /** The first start: what is older is of the past. */
  liveFromMs: z.number(),
  /** By their clock: the newest object of the last whole listing. */
  listedMs: z.number(),
  begun: z.array(BEGUN),
  backfill: BACKFILL.nullable(),
})
export type Position = z.infer<typeof POSITION>
export type Backfill = z.infer<typeof BACKFILL>
/** An object under way; flows of it were received at `sinceMs` or later. */
export type Begun = z.infer<typeof BEGUN>

/** Numbers that flows of an object may have after the object's own. */
const MOST_FLOWS = 2 ** 32
const AGAIN_MS = 5000

export class Ledger {
  readonly position: Position
  private readonly context: SourceContext
  private readonly taken: TakenObjects
  private readonly trouble: (message: string | null) => void
  private readonly begun = new Map<string, Begun>()
  private known = new RecordIds()
  private signal: AbortSignal = new AbortController().signal
  private finished: Finished[] = []
  private finishing = false
  private saving: Promise<void> | null = null
  private nextSave: Promise<void> | null = null
  /** No flow is received before this, whatever becomes of the clock. */
  private readonly earliestMs: number

  /** `trouble` is told why nothing can be written, and null when it can. */
  constructor(bucket: string, context: SourceContext, taken: TakenObjects, trouble: (message: string | null) => void) {
    this.context = context
    this.taken = taken
    this.trouble = trouble
    const { data } = POSITION.safeParse(context.position)
    const nowMs = context.now()
    this.position =
      data?.bucket === bucket ? data : { bucket, liveFromMs: nowMs, listedMs: nowMs, begun: [], backfill: null }
    this.earliestMs = Math.max(0, ...this.position.begun.map(({ sinceMs }) => sinceMs))
  }

  /**
   * Gives what the last process had begun and not finished, and learns which flows of it are in the store. What is to be
   * written is given up when `signal` fires. Rejects where the store cannot be asked.
   */
  async start(identify: (object: Begun) => ObjectId, signal: AbortSignal): Promise<readonly Begun[]> {
    this.signal = signal
    const halfTaken = this.position.begun.filter((object) => !this.taken.has(identify(object)))
    for (const object of halfTaken) this.begun.set(nameOf(object), object)
    await this.save()
    if (halfTaken.length === 0) return []
    const ids = await this.context.intake.recordIds(Math.min(...halfTaken.map(({ sinceMs }) => sinceMs)))
    const words = new Uint32Array(ids.buffer, ids.byteOffset, 2 * ids.length)
    const objects = halfTaken.map(identify)
    for (let i = 0; i < words.length; i += 2) {
      const [low, high] = [words[i] as number, words[i + 1] as number]
      if (objects.some((id) => offsetOf(id, high, low) < MOST_FLOWS)) this.known.add(high, low)
    }
    return halfTaken
  }

  has(id: ObjectId): boolean {
    return this.taken.has(id)
  }

  /** Whether a flow is in the store: of an object that was half taken, or of the first `count` of one. */
  knownOf(id: ObjectId, count: number): KnownIds | undefined {
    if (this.known.size === 0 && count === 0) return undefined
    return { has: (high, low) => offsetOf(id, high, low) < count || this.known.has(high, low) }
  }

  /** Resolves when it is noted that the object is begun; gives when its flows are received. */
  async begin(key: string, etag: string): Promise<number> {
    const name = nameOf({ key, etag })
    const before = this.begun.get(name)
    if (before) return Math.max(before.sinceMs, this.context.now())
    const sinceMs = Math.max(this.earliestMs, this.context.now())
    this.begun.set(name, { key, etag, sinceMs })
    await this.save()
    return sinceMs
  }

  /** Resolves when all flows of the object are on disk, and that it was taken. */
  async finish(key: string, etag: string, id: ObjectId): Promise<void> {
    await new Promise<void>((done, failed) => {
      this.finished.push({ id, done, failed })
      void this.finishAll()
    })
    this.begun.delete(nameOf({ key, etag }))
  }

  /** There is no such object, or it has another content by now. */
  drop(object: { readonly key: string; readonly etag: string }): void {
    this.begun.delete(nameOf(object))
  }

  /** Resolves when the position is on disk as it is now. */
  async save(): Promise<void> {
    if (this.saving) return (this.nextSave ??= this.saving.then(() => this.save()))
    this.nextSave = null
    this.saving = this.write()
    try {
      await this.saving
    } finally {
      this.saving = null
    }
  }

  /** Those that are finished meanwhile are done together. */
  private async finishAll(): Promise<void> {
    if (this.finishing) return
    this.finishing = true
    while (this.finished.length > 0) {
      const together = this.finished.splice(0)
      try {
        await this.untilWritten(async () => {
          await this.context.intake.durable()
          await this.taken.add(together.map(({ id }) => id))
        })
        for (const { done } of together) done()
      } catch (error) {
        for (const { failed } of together) failed(error)
      }
    }
    this.finishing = false
  }

  private async write(): Promise<void> {
    await this.untilWritten(() =>
      this.context.savePosition({ ...this.position, begun: Array.from(this.begun.values()) } satisfies Position),
    )
  }

  /** Tries until it works: nothing may go on before. Rejects when it is to stop. */
  private async untilWritten(run: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await run()
        this.trouble(null)
        return
      } catch (error) {
        if (this.signal.aborted) throw error
        this.trouble((error as Error).message)
        await this.context.wait(AGAIN_MS, this.signal)
      }
    }
  }
}

interface Finished {
  readonly id: ObjectId
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

function nameOf({ key, etag }: { readonly key: string; readonly etag: string }): string {
  return `${etag} ${key}`
}

/** How far behind the object's number a flow's is. */
function offsetOf([idHigh, idLow]: ObjectId, high: number, low: number): number {
  const offset = ((high - idHigh) >>> 0) * 2 ** 32 + (low - idLow)
  return offset >= 0 ? offset : Infinity
}
