/**
 * A bucket of S3 with flow logs: new objects are told of by a queue, or found by listing; those of the past are taken in
 * beside, where that is wished for.
 */
import { join } from 'node:path'
import { explainAws } from './aws.ts'
import { bucketPermissions } from './aws-policy.ts'
import { Backoff } from './backoff.ts'
import { isPast, Past } from './s3/backfill.ts'
import { Bucket, type Listed } from './s3/bucket.ts'
import { NotStored } from './not-stored.ts'
import type { ToldObject } from './s3/events.ts'
import { Ledger } from './s3/ledger.ts'
import { objectsOf, rootsOf, type Root } from './s3/listing.ts'
import { Queue } from './s3/queue.ts'
import { TakenObjects } from './s3/taken.ts'
import { Taker, TAKER_LIMITS, type Outcome, type TakerLimits } from './s3/taker.ts'
import type { SettingsOf } from './settings.ts'
import type { Source, SourceContext, SourceState } from './source.ts'

/** Listed again each time, for objects whose time is that of the beginning of their upload. */
const OVERLAP_MS = 2 * 3_600_000
/** How often new accounts and regions are looked for. */
const ROOTS_MS = 600_000
const AHEAD = 8
/** Tries before a message is given back, or an object is left for the next listing. */
const PATIENCE = 4

type Trouble = Pick<SourceState, 'trouble' | 'remedy'>
/** What may go wrong by itself. */
type Part = 'store' | 'objects' | 'queue' | 'listing' | 'past'

export class S3Source implements Source {
  private readonly settings: SettingsOf<'s3'>
  private readonly context: SourceContext
  private readonly limits: TakerLimits
  private readonly bucket: Bucket
  private readonly troubles = new Map<Part, Trouble>()
  private taker: Taker | null = null
  private past: Past | null = null
  private hasWorked = false
  private roots: { readonly found: readonly Root[]; readonly atMs: number } | null = null

  constructor(settings: SettingsOf<'s3'>, context: SourceContext, limits: TakerLimits = TAKER_LIMITS) {
    this.settings = settings
    this.context = context
    this.limits = limits
    this.bucket = new Bucket(settings, context)
  }

  state(): SourceState {
    const [trouble] = this.troubles.values()
    const newestMs = this.taker?.newestMs ?? null
    return {
      state: trouble ? 'failing' : this.hasWorked ? 'ok' : 'starting',
      trouble: trouble?.trouble ?? null,
      remedy: trouble?.remedy ?? null,
      behindMs: newestMs === null ? null : Math.max(0, this.context.now() - newestMs),
      progress: this.past?.progress() ?? null,
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { context, settings, bucket } = this
    const taken = await TakenObjects.open(join(context.folder, `${context.name}.objects`))
    try {
      const ledger = new Ledger(settings.bucket, context, taken, (message) => this.disk(message))
      const taker = new Taker({
        settings,
        context,
        bucket,
        ledger,
        limits: this.limits,
        trouble: (error) => this.note('objects', error),
      })
      this.taker = taker
      const halfTaken = await this.untilDone('store', signal, () =>
        ledger.start((object) => taker.identify(object), signal),
      )
      const again = halfTaken?.map(({ key, etag }) => taker.take({ key, etag, bytes: null }, signal)) ?? []
      await ended(signal, [
        ...again,
        settings.queue === undefined ? this.list(ledger, taker, signal) : this.listen(ledger, taker, signal),
        this.takePast(ledger, taker, signal),
      ])
    } finally {
      await taken.close()
      bucket.close()
    }
  }

  private async listen(ledger: Ledger, taker: Taker, signal: AbortSignal): Promise<void> {
    const { settings, context } = this
    const take = async (object: ToldObject): Promise<Outcome | null> =>
      this.concerns(object, ledger) ? await taker.take(object, signal, PATIENCE) : null
    const queue = settings.queue as string
    const trouble = (error: unknown) => this.note('queue', error)
    await new Queue({ settings, queue, context, take, trouble }).run(signal)
  }

  /** Objects of others, and those of the past that are taken by listing, are passed over. */
  private concerns({ bucket, key, atMs }: ToldObject, { position: { liveFromMs } }: Ledger): boolean {
    const { from, prefix, bucket: own } = this.settings
    if (bucket !== own || !key.startsWith(prefix) || key.endsWith('/')) return false
    return from === undefined || atMs === null || !isPast({ key, modifiedMs: atMs }, { fromMs: from, liveFromMs })
  }

  private async list(ledger: Ledger, taker: Taker, signal: AbortSignal): Promise<void> {
    const { context, settings } = this
    while (!signal.aborted) {
      await this.untilDone('listing', signal, () => this.listOnce(ledger, taker, signal))
      await context.wait(settings.interval, signal)
    }
  }

  private async listOnce(ledger: Ledger, taker: Taker, signal: AbortSignal): Promise<void> {
    const { position } = ledger
    const sinceMs = Math.max(position.liveFromMs, position.listedMs - OVERLAP_MS)
    let newestMs = position.listedMs
    let isWhole = true
    for (const root of await this.rootsNow(signal)) {
      const window: Promise<Outcome>[] = []
      // Folders are of the day in which a file was begun.
      for await (const page of objectsOf(this.bucket, root, sinceMs - OVERLAP_MS, signal)) {
        for (const object of page) {
          // Times of objects are whole seconds.
          if (object.modifiedMs + 999 < sinceMs || this.isTaken(object, ledger, taker)) continue
          newestMs = Math.max(newestMs, object.modifiedMs)
          if (window.length >= AHEAD) isWhole = (await window.shift()) !== 'later' && isWhole
          const taking = taker.take(object, signal, PATIENCE)
          // Whoever waits for it is told.
          taking.catch(() => undefined)
          window.push(taking)
        }
      }
      isWhole = (await Promise.all(window)).every((outcome) => outcome !== 'later') && isWhole
    }
    if (!isWhole || newestMs === position.listedMs) return
    position.listedMs = newestMs
    await ledger.save()
  }

  private isTaken(object: Listed, ledger: Ledger, taker: Taker): boolean {
    return ledger.has(taker.identify(object))
  }

  private async rootsNow(signal: AbortSignal): Promise<readonly Root[]> {
    const nowMs = this.context.now()
    if (this.roots === null || nowMs - this.roots.atMs >= ROOTS_MS || nowMs < this.roots.atMs)
      this.roots = { found: await rootsOf(this.bucket, this.settings.prefix, signal), atMs: nowMs }
    return this.roots.found
  }

  private async takePast(ledger: Ledger, taker: Taker, signal: AbortSignal): Promise<void> {
    const { from, prefix } = this.settings
    if (from === undefined) return
    const take = taker.take.bind(taker)
    const past = new Past(from, { context: this.context, bucket: this.bucket, prefix, ledger, take })
    this.past = past
    await this.untilDone('past', signal, () => past.run(signal))
  }

  /** Tries until it works; undefined where it is to stop. */
  private async untilDone<T>(part: Part, signal: AbortSignal, run: () => Promise<T>): Promise<T | undefined> {
    const backoff = new Backoff()
    while (!signal.aborted) {
      try {
        const result = await run()
        this.note(part, null)
        return result
      } catch (error) {
        if (signal.aborted) break
        this.note(part, error)
        await this.context.wait(backoff.failed(), signal)
      }
    }
    return undefined
  }

  private disk(message: string | null): void {
    this.note('store', message === null ? null : new NotStored(message))
  }

  private note(part: Part, error: unknown): void {
    if (error === null) {
      this.troubles.delete(part)
      if (part === 'queue' || part === 'listing' || part === 'objects') this.hasWorked = true
      return
    }
    const before = this.troubles.get(part)?.trouble
    const found = this.explain(part, error)
    this.troubles.set(part, found)
    if (found.trouble !== before)
      this.context.log('warn', `source ${this.context.name}: ${found.trouble} ${found.remedy}`)
  }

  private explain(part: Part, error: unknown): Trouble {
    const { settings } = this
    const { bucket, prefix, queue } = settings
    if (error instanceof NotStored || part === 'store')
      return {
        trouble: (error as Error).message,
        remedy: 'Look at the disk of the data folder; Weir goes on by itself.',
      }
    const thing = part === 'queue' ? `queue ${queue}` : `bucket ${bucket}`
    return explainAws(error, { thing, permissions: bucketPermissions(bucket, prefix, queue), settings })
  }
}

/** Resolves when all have ended, or `signal` has fired and all have ended because of it. */
async function ended(signal: AbortSignal, parts: readonly Promise<unknown>[]): Promise<void> {
  const results = await Promise.allSettled(parts)
  if (signal.aborted) return
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
