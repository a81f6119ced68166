/**
 * A source that is pushed to. What comes is answered when its flows are on disk, so that the sender keeps it until then;
 * what it sends again is known by its identities, over restarts too.
 */
import { WeirError } from '../../../shared/api/errors.ts'
import { identityOf } from '../../intake/identity.ts'
import { RecordIds } from '../../intake/record-ids.ts'
import type { SettingsOf } from '../settings.ts'
import type { PushAnswer, Pushed, Source, SourceContext, SourceState } from '../source.ts'

/** One of the records that a request brings. */
export interface PushedRecord {
  /** What it is known by, the same each time that it is sent; null where the sender gives it none. */
  readonly id: string | null
  readonly bytes: Uint8Array
}

/** How a sender writes its requests and reads answers. */
export interface PushForm {
  /** Throws `badRequest` or `tooLarge`. */
  read(pushed: Pushed): readonly PushedRecord[]
  /** `problem` is null where all of it is on disk. */
  answer(pushed: Pushed, problem: WeirError | null, nowMs: number): PushAnswer
}

/** Senders try again for two hours at most (Firehose: RetryOptions.DurationInSeconds up to 7200), and then a little. */
const REPEATED_MS = 3 * 3_600_000
/** Octets that are read at a time, so that what they give has room on its way to the store. */
const PIECE = 2 ** 18
/** Identities kept in one generation; there are two. */
const MOST_IDS = 4_000_000

export class PushSource implements Source {
  private readonly settings: SettingsOf<'firehose' | 'pubsub'>
  private readonly context: SourceContext
  private readonly form: PushForm
  /** Records taken lately, and those before. */
  private recent = new RecordIds()
  private older = new RecordIds()
  /** Flows that were taken before the start. */
  private before: RecordIds | null = null
  private turnedMs: number
  private seeded: Promise<void> | null = null
  private trouble: string | null = null
  private newestMs: number | null = null
  private turn: Promise<void> = Promise.resolve()

  constructor(settings: SettingsOf<'firehose' | 'pubsub'>, context: SourceContext, form: PushForm) {
    this.settings = settings
    this.context = context
    this.form = form
    this.turnedMs = context.now()
  }

  run(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
  }

  state(): SourceState {
    return {
      state: this.trouble !== null ? 'failing' : this.newestMs === null ? 'starting' : 'ok',
      trouble: this.trouble,
      remedy: this.trouble === null ? null : 'Look at the disk of the data folder; senders try again meanwhile.',
      behindMs: this.newestMs === null ? null : this.context.now() - this.newestMs,
      progress: null,
    }
  }

  async take(pushed: Pushed): Promise<PushAnswer> {
    const { form, context } = this
    let problem: WeirError | null = null
    try {
      const records = form.read(pushed)
      await this.inTurn(() => this.takeAll(records))
      await context.intake.durable()
      this.trouble = null
      this.newestMs = context.now()
    } catch (error) {
      if (error instanceof WeirError && error.code !== 'storeUnavailable') problem = error
      else {
        this.trouble = (error as Error).message
        problem = new WeirError('storeUnavailable', this.trouble)
      }
    }
    return form.answer(pushed, problem, context.now())
  }

  private async takeAll(records: readonly PushedRecord[]): Promise<void> {
    const { intake, now, name } = this.context
    await (this.seeded ??= this.seed())
    this.forget(now())
    for (const { id, bytes } of records) {
      const identity = id === null ? identityOf(name, String(now()), String(Math.random())) : identityOf(name, id)
      if (this.older.has(...identity) || !this.recent.add(...identity)) continue
      const reader = intake.reader({
        name,
        receivedMs: now(),
        type: this.settings.format,
        layout: this.settings.layout,
        identity,
        known: this.before ?? undefined,
      })
      for (let at = 0; at < bytes.length; at += PIECE) {
        reader.push(bytes.subarray(at, at + PIECE))
        await intake.room()
      }
      reader.end()
      intake.flows += reader.flows
      await intake.room()
    }
  }

  private async seed(): Promise<void> {
    try {
      this.before = RecordIds.from(await this.context.intake.recordIds(this.context.now() - REPEATED_MS))
    } catch (error) {
      this.seeded = null
      throw error
    }
  }

  private forget(nowMs: number): void {
    if (nowMs - this.turnedMs < REPEATED_MS && this.recent.size < MOST_IDS) return
    this.older = this.recent
    this.before = null
    this.recent = new RecordIds()
    this.turnedMs = nowMs
  }

  /** Records of two requests do not mix: a batch may be handed on between. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.turn.then(work)
    this.turn = done.catch(() => undefined)
    return done
  }
}
