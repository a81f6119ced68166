/** Takes objects: each once, several at a time, again where that may help, and sets aside those that it does not help with. */
import { WeirError } from '../../../shared/api/errors.ts'
import { identityOf } from '../../intake/identity.ts'
import type { LogReader } from '../../intake/sources/log-reader.ts'
import { faultOf } from '../aws.ts'
import { Backoff } from '../backoff.ts'
import type { SettingsOf } from '../settings.ts'
import type { SourceContext } from '../source.ts'
import { CutShort, isAnswer, type Bucket, type OpenObject } from './bucket.ts'
import { readContents } from './contents.ts'
import { factsOf } from './keys.ts'
import type { Ledger } from './ledger.ts'
import { Slots } from './slots.ts'
import type { ObjectId } from './taken.ts'

/** An object that is to be taken; what is not known of it is null. */
export interface Wish {
  readonly key: string
  readonly etag: string | null
  readonly bytes: number | null
}

/** `later`: nothing can be read now, or not this; it is to be wished for again. */
export type Outcome = 'taken' | 'known' | 'gone' | 'set aside' | 'later'

export interface TakerLimits {
  /** Objects at a time. */
  readonly parallel: number
  /** Bytes of an object. */
  readonly largest: number
}
/** AWS ends files of flow logs at 75 MB. */
export const TAKER_LIMITS: TakerLimits = { parallel: 4, largest: 8 * 2 ** 30 }

/** Times that an object is tried before it is set aside. */
const MOST_TRIES = 3

export interface TakerParts {
  readonly settings: SettingsOf<'s3'>
  readonly context: SourceContext
  readonly bucket: Bucket
  readonly ledger: Ledger
  readonly limits: TakerLimits
  /** Told what is wrong with reading objects, and null when one could be read. */
  readonly trouble: (error: unknown) => void
}

/** What was seen of an object that could not be read. */
interface Failures {
  tries: number
  /** Flows that were taken of it, and what it was then. */
  flows: number
  etag: string | null
  /** Objects that could be read when it first failed. */
  readonly readBefore: number
}

export class Taker {
  /** When the newest object that was taken was made. */
  newestMs: number | null = null
  private readonly parts: TakerParts
  private readonly slots: Slots
  /** Under way; see `nameOf`. */
  private readonly busy = new Map<string, Promise<Outcome>>()
  private readonly failures = new Map<string, Failures>()
  private read = 0

  constructor(parts: TakerParts) {
    this.parts = parts
    this.slots = new Slots(parts.limits.parallel)
  }

  identify({ key, etag }: { readonly key: string; readonly etag: string }): ObjectId {
    return identityOf(this.parts.bucket.name, key, etag)
  }

  /**
   * Resolves when all flows of the object are on disk, or with why there are none. `later` where it was denied
   * `patience` times, and no other could be read meanwhile. Rejects only when `signal` fires.
   */
  async take(wish: Wish, signal: AbortSignal, patience = Infinity): Promise<Outcome> {
    const { key, etag } = wish
    if (etag !== null && this.parts.ledger.has(this.identify({ key, etag }))) return 'known'
    const same = etag === null ? undefined : this.busy.get(nameOf(key, etag))
    if (same) return await same
    const names = new Set(etag === null ? [] : [nameOf(key, etag)])
    const taking = this.untilDone(wish, signal, patience, (actual) => {
      const other = names.has(actual) ? undefined : this.busy.get(actual)
      if (!other) this.busy.set(actual, taking)
      names.add(actual)
      return other
    })
    for (const name of names) this.busy.set(name, taking)
    try {
      return await taking
    } finally {
      for (const name of names) if (this.busy.get(name) === taking) this.busy.delete(name)
    }
  }

  private async untilDone(wish: Wish, signal: AbortSignal, patience: number, claim: Claim): Promise<Outcome> {
    const backoff = new Backoff()
    for (let denied = 0; ;) {
      try {
        const found = await this.slots.run(() => this.tryOnce(wish, signal, claim))
        if (typeof found !== 'string') return await found.same
        if (found !== 'changed') return found
      } catch (error) {
        signal.throwIfAborted()
        const verdict = this.judge(wish, error)
        if (verdict === 'gone') return this.passOver(wish)
        if (verdict === 'set aside') return await this.setAside(wish, error)
        if (verdict !== 'again') this.parts.trouble(error)
        if (verdict === 'denied') denied++
        if (denied >= patience) return 'later'
        await this.parts.context.wait(backoff.failed(), signal)
        signal.throwIfAborted()
      }
    }
  }

  private async tryOnce(
    wish: Wish,
    signal: AbortSignal,
    claim: Claim,
  ): Promise<Outcome | 'changed' | { readonly same: Promise<Outcome> }> {
    const { bucket, ledger, limits } = this.parts
    signal.throwIfAborted()
    const object = await bucket.open(wish, signal)
    this.parts.trouble(null)
    const { key, etag, bytes } = object
    try {
      const id = this.identify(object)
      if (ledger.has(id)) return 'known'
      const same = claim(nameOf(key, etag))
      if (same) return { same }
      // The one that was told of has gone, and another has come in its place.
      if (wish.etag !== null && wish.etag !== etag) ledger.drop({ key, etag: wish.etag })
      if (bytes > limits.largest)
        throw new WeirError(
          'tooLarge',
          `it has ${bytes} bytes, more than the ${limits.largest} that any log would have`,
        )
      await this.readObject(object, id, signal)
      this.failures.delete(key)
      await ledger.finish(key, etag, id)
      this.newestMs = Math.max(this.newestMs ?? 0, object.modifiedMs)
      return 'taken'
    } catch (error) {
      if ((error as Error).name === 'PreconditionFailed') return 'changed'
      if (!signal.aborted) this.failuresOf(key).etag = etag
      throw error
    } finally {
      object.close()
    }
  }

  private async readObject(object: OpenObject, id: ObjectId, signal: AbortSignal): Promise<void> {
    const { settings, context, ledger } = this.parts
    const receivedMs = await ledger.begin(object.key, object.etag)
    const { account, region } = factsOf(object.key)
    let reader: LogReader | null = null
    try {
      await readContents(object, context.intake, {
        name: this.urlOf(object.key),
        receivedMs,
        type: settings.format,
        layout: settings.layout,
        account,
        region,
        identity: id,
        known: ledger.knownOf(id, this.failures.get(object.key)?.flows ?? 0),
        signal,
        onReader: (made) => (reader = made),
      })
      this.read++
    } catch (error) {
      const flows = written(reader)
      const before = this.failuresOf(object.key)
      before.flows = Math.max(before.flows, flows)
      throw error
    } finally {
      context.intake.flows += (reader as LogReader | null)?.flows ?? 0
    }
  }

  /**
   * Whose fault it is: the object's (`again`, and at last `set aside`), that of what all objects come through (`wait`), or
   * it is not known whose (`denied`).
   */
  private judge(wish: Wish, error: unknown): 'gone' | 'set aside' | 'again' | 'denied' | 'wait' {
    const { name } = error as Error
    if (name === 'NoSuchKey' || name === 'NotFound') return 'gone'
    const isContent = error instanceof WeirError || error instanceof CutShort || isChecksum(error)
    if (!isContent && (!isAnswer(error) || !OF_OBJECTS.test(faultOf(error)))) return 'wait'
    const failures = this.failuresOf(wish.key)
    // Where no other object can be read either, it is not this one that is denied.
    if (!isContent && this.read === failures.readBefore) return 'denied'
    return ++failures.tries >= MOST_TRIES ? 'set aside' : 'again'
  }

  private failuresOf(key: string): Failures {
    const failures = this.failures.get(key) ?? { tries: 0, flows: 0, etag: null, readBefore: this.read }
    this.failures.set(key, failures)
    return failures
  }

  private passOver({ key, etag }: Wish): Outcome {
    const { context, ledger } = this.parts
    this.parts.trouble(null)
    context.intake.lose('source.gone', 1)
    this.failures.delete(key)
    if (etag !== null) ledger.drop({ key, etag })
    return 'gone'
  }

  private async setAside({ key, etag }: Wish, error: unknown): Promise<Outcome> {
    const { context, ledger } = this.parts
    const { intake } = context
    const { name, message } = error as Error
    const told = this.failures.get(key)?.etag ?? etag ?? ''
    const reason = error instanceof WeirError ? message : `${name}: ${message}`
    intake.refuse({ source: this.urlOf(key), record: 0, loss: 'source.object', reason, text: '' })
    context.log('error', `source ${context.name}: ${this.urlOf(key)} was set aside: ${reason}`)
    this.failures.delete(key)
    await ledger.finish(key, told, this.identify({ key, etag: told }))
    return 'set aside'
  }

  private urlOf(key: string): string {
    return `s3://${this.parts.bucket.name}/${key}`
  }
}

/** Says which object it is that was found; gives who takes it already. */
type Claim = (name: string) => Promise<Outcome> | undefined

function nameOf(key: string, etag: string): string {
  return `${etag} ${key}`
}

/** Faults that one object may have and another not: its own rights, its key, its class of storage. */
const OF_OBJECTS = /^(denied|other)$/

/** Flows of an object that are on their way or in the store. */
function written(reader: LogReader | null): number {
  return reader === null ? 0 : reader.flows + reader.repeated
}

function isChecksum(error: unknown): boolean {
  return /checksum/i.test((error as Error).message)
}
