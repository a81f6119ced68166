/** Takes what a bucket has of the past, beside what is new: first counted, then taken in the order of the keys. */
import type { SourceContext, SourceState } from '../source.ts'
import type { Bucket, Listed } from './bucket.ts'
import { factsOf } from './keys.ts'
import type { Backfill, Ledger } from './ledger.ts'
import { objectsOf, rootsOf } from './listing.ts'
import type { Outcome, Wish } from './taker.ts'

export interface PastParts {
  readonly context: SourceContext
  readonly bucket: Bucket
  readonly prefix: string
  readonly ledger: Ledger
  readonly take: (wish: Wish, signal: AbortSignal) => Promise<Outcome>
}

/** Objects that are asked for ahead of those that are read; they are done in order. */
const AHEAD = 8
/** Folders are of the day in which a file was begun; a file may have been written the day after. */
const DAY_MS = 86_400_000

/** Whether an object is of the past that is to be taken: it was there before the first start, and is not too old. */
export function isPast(
  { key, modifiedMs }: Pick<Listed, 'key' | 'modifiedMs'>,
  { fromMs, liveFromMs }: { readonly fromMs: number; readonly liveFromMs: number },
): boolean {
  return modifiedMs < liveFromMs && (factsOf(key).atMs ?? modifiedMs) >= fromMs
}

export class Past {
  private readonly parts: PastParts
  private readonly state: Backfill
  private readonly beganMs: number
  private readonly doneBefore: number

  /** `fromMs`: how far back. What earlier passes have taken is not taken again. */
  constructor(fromMs: number, parts: PastParts) {
    this.parts = parts
    this.state = passOf(fromMs, parts.ledger)
    this.beganMs = parts.context.now()
    this.doneBefore = this.state.done.bytes
  }

  /** Null when there is nothing to be done. The time that is left is by the bytes. */
  progress(): SourceState['progress'] {
    const { done, all, isDone } = this.state
    if (isDone) return null
    const took = this.parts.context.now() - this.beganMs
    const bytes = done.bytes - this.doneBefore
    const remainingMs =
      all === null || bytes <= 0 ? null : Math.round((Math.max(0, all.bytes - done.bytes) * took) / bytes)
    return { done: done.objects, of: all?.objects ?? null, unit: 'objects', remainingMs }
  }

  /** Resolves when all of it is taken. Rejects where the bucket cannot be listed, and when `signal` fires. */
  async run(signal: AbortSignal): Promise<void> {
    const { state } = this
    const { bucket, prefix, ledger, context } = this.parts
    if (state.isDone) return
    const roots = await rootsOf(bucket, prefix, signal)
    if (state.all === null) {
      const all = { objects: 0, bytes: 0 }
      for (const root of roots)
        for await (const page of objectsOf(bucket, root, state.fromMs - DAY_MS, signal))
          for (const object of page) if (this.concerns(object)) count(all, object)
      state.all = all
      await ledger.save()
    }
    const at = roots.findIndex((root) => root.prefix === state.root)
    for (const [i, root] of roots.entries()) {
      if (i < at) continue
      const after = i === at ? state.after : null
      Object.assign(state, { root: root.prefix, after })
      const window: Promise<() => void>[] = []
      for await (const page of objectsOf(bucket, root, state.fromMs - DAY_MS, signal, after)) {
        for (const object of page) {
          if (!this.concerns(object)) continue
          if (window.length >= AHEAD) (await (window.shift() as Promise<() => void>))()
          const taking = this.take(object, signal)
          // Whoever waits for it is told.
          taking.catch(() => undefined)
          window.push(taking)
        }
      }
      for (const done of window) (await done)()
    }
    state.isDone = true
    await ledger.save()
    const { objects, bytes } = state.done
    context.log('info', `source ${context.name}: the past is taken in: ${objects} objects, ${bytes} bytes`)
  }

  /** Gives what notes it as done, to be called in order; it is on disk with the next save. */
  private async take(object: Listed, signal: AbortSignal): Promise<() => void> {
    await this.parts.take(object, signal)
    return () => {
      this.state.after = object.key
      count(this.state.done, object)
    }
  }

  private concerns(object: Listed): boolean {
    const { fromMs, untilMs } = this.state
    const { liveFromMs } = this.parts.ledger.position
    const wanted = { fromMs, liveFromMs }
    // What earlier passes took began at `untilMs`.
    return isPast(object, wanted) && !isPast(object, { ...wanted, fromMs: untilMs })
  }
}

/** The pass that goes on, or a new one for what is older than all before. */
function passOf(fromMs: number, { position }: Ledger): Backfill {
  const before = position.backfill
  if (before !== null && (before.isDone ? before.fromMs <= fromMs : before.fromMs === fromMs)) return before
  const untilMs = before?.isDone ? before.fromMs : (before?.untilMs ?? Number.MAX_SAFE_INTEGER)
  const pass = {
    fromMs,
    untilMs,
    root: null,
    after: null,
    done: { objects: 0, bytes: 0 },
    all: null,
    isDone: false,
  }
  position.backfill = pass
  return pass
}

function count(sum: { objects: number; bytes: number }, { bytes }: Listed): void {
  sum.objects++
  sum.bytes += bytes
}
