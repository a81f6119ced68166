/**
 * Flow logs in Azure Blob Storage. A blob holds an hour of an interface and grows every minute: it is read whole each time
 * that it has changed, and what was taken of it before is left out. Event Grid may say that there is something new; the list
 * of the container says what.
 */
import { z } from 'zod'
import { WeirError } from '../../../shared/api/errors.ts'
import { identityOf } from '../../intake/identity.ts'
import { RecordIds } from '../../intake/record-ids.ts'
import { knownOf } from '../known.ts'
import { answerProblem, jsonOf } from '../push/request.ts'
import type { SettingsOf } from '../settings.ts'
import type { PushAnswer, Pushed, Source, SourceContext, SourceState } from '../source.ts'
import { Troubles, type Trouble } from '../troubles.ts'
import { AzureRefusal, Container, type Blob } from './container.ts'

const POSITION = z.object({
  savedMs: z.number(),
  fromMs: z.number(),
  /** By name: what it was like, and how many records and flows of it were taken. */
  blobs: z.record(z.string(), z.tuple([z.string(), z.number(), z.number()])),
})
type Position = z.output<typeof POSITION>

/** Blobs grow for an hour, and are finished a while after. What has not changed for so long is not looked at again. */
const GROWS_MS = 48 * 3_600_000

export class AzureSource implements Source {
  private readonly settings: SettingsOf<'azure'>
  private readonly context: SourceContext
  private readonly container: Container
  private readonly troubles: Troubles
  private position: Position | null
  private readonly resumedMs: number | null
  private known: RecordIds | null = null
  private newestMs: number | null = null
  private progress: SourceState['progress'] = null
  private wake: AbortController = new AbortController()

  constructor(settings: SettingsOf<'azure'>, context: SourceContext) {
    this.settings = settings
    this.context = context
    this.container = new Container(settings.container, settings.sas ?? '')
    this.troubles = new Troubles(
      (level, message) => context.log(level, `source ${context.name}: ${message}`),
      Math.random,
    )
    this.position = POSITION.safeParse(context.position).data ?? null
    this.resumedMs = this.position?.savedMs ?? null
  }

  state(): SourceState {
    return {
      ...this.troubles.state(this.newestMs === null ? 'starting' : 'ok'),
      behindMs: this.newestMs === null ? null : this.context.now() - this.newestMs,
      progress: this.progress,
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      let waitMs = this.settings.interval
      try {
        await this.look(signal)
        this.troubles.worked('reading the container')
      } catch (error) {
        if (signal.aborted) return
        waitMs = this.troubles.failed('reading the container', troubleOf(error), !(error instanceof AzureRefusal))
      }
      this.wake = new AbortController()
      await this.context.wait(waitMs, AbortSignal.any([signal, this.wake.signal]))
    }
  }

  /** Event Grid: a handshake once, then word of new blobs. Answered at once: the list is what counts. */
  take({ body, headers }: Pushed): Promise<PushAnswer> {
    try {
      const events = EVENTS.parse(jsonOf(body))
      if (headers['aeg-event-type'] === 'SubscriptionValidation')
        return Promise.resolve({
          status: 200,
          body: JSON.stringify({ validationResponse: events[0]?.data?.validationCode ?? '' }),
        })
      this.wake.abort()
      return Promise.resolve({ status: 200, body: '{}' })
    } catch (error) {
      const problem = error instanceof WeirError ? error : new WeirError('badRequest', 'no events of Event Grid')
      return Promise.resolve(answerProblem(problem))
    }
  }

  private async look(signal: AbortSignal): Promise<void> {
    const { now } = this.context
    const position = (this.position ??= { savedMs: now(), fromMs: this.settings.from ?? now(), blobs: {} })
    if (this.resumedMs === null && this.newestMs === null) await this.context.savePosition(position)
    else if (this.resumedMs !== null) this.known ??= RecordIds.from(await this.context.intake.recordIds(this.resumedMs))
    const changed: Blob[] = []
    const there = new Set<string>()
    for await (const blob of this.container.list(this.settings.prefix, signal)) {
      if (blob.changedMs < Math.max(position.fromMs, 0)) continue
      there.add(blob.name)
      if (position.blobs[blob.name]?.[0] !== blob.etag) changed.push(blob)
    }
    changed.sort((a, b) => a.changedMs - b.changedMs)
    for (const [done, blob] of changed.entries()) {
      if (signal.aborted) return
      this.progress = { done, of: changed.length, unit: 'blobs', remainingMs: null }
      await this.takeBlob(blob, position, signal)
    }
    this.progress = null
    this.forget(position, there)
    this.newestMs ??= now()
  }

  private async takeBlob({ name, etag, changedMs }: Blob, position: Position, signal: AbortSignal): Promise<void> {
    const { intake, now } = this.context
    const [, records = 0, flows = 0] = position.blobs[name] ?? []
    const identity = identityOf(this.settings.container, name)
    const reader = intake.reader({
      name,
      receivedMs: now(),
      type: this.settings.format,
      layout: this.settings.layout,
      identity,
      known: knownOf(identity, flows, this.known),
      readBefore: records,
    })
    try {
      for await (const chunk of await this.container.read(name, signal)) {
        reader.push(chunk)
        await intake.room()
      }
      reader.end()
      await intake.durable()
    } catch (error) {
      // What came before it broke off is on its way to the store, and is read again the next time.
      const taken = reader.flows + reader.repeated
      position.blobs[name] = [BROKEN_OFF, Math.max(records, reader.records), Math.max(flows, taken)]
      intake.flows += reader.flows
      throw error
    }
    intake.flows += reader.flows
    position.blobs[name] = [etag, reader.records, reader.flows + reader.repeated]
    this.newestMs = Math.max(this.newestMs ?? 0, changedMs)
    position.savedMs = now()
    await this.context.savePosition(position)
  }

  /** Blobs that are no longer there, or grow no more, are not remembered; the latter are too old to be looked at then. */
  private forget(position: Position, there: ReadonlySet<string>): void {
    const oldestMs = this.context.now() - GROWS_MS
    for (const name of Object.keys(position.blobs)) if (!there.has(name)) delete position.blobs[name]
    if (position.fromMs < oldestMs && Object.keys(position.blobs).length > MOST_BLOBS) position.fromMs = oldestMs
  }
}

/** Etag of none. */
const BROKEN_OFF = ''
/** Blobs that are remembered while all of them are looked at. */
const MOST_BLOBS = 100_000

const EVENTS = z
  .array(z.object({ data: z.object({ validationCode: z.string().max(256).optional() }).optional() }))
  .max(10_000)

function troubleOf(error: unknown): Trouble {
  const { message, cause } = error as Error
  const trouble = cause instanceof Error ? `${message}: ${cause.message}` : message
  if (!(error instanceof AzureRefusal))
    return { trouble, remedy: 'Look whether this machine reaches Azure, and whether container is right.' }
  if (error.status === 403 || error.status === 401)
    return {
      trouble,
      remedy:
        'Give a shared access signature that has not run out, for the container, with the permissions read and list (sp=rl): sas in the configuration.',
    }
  if (error.status === 404)
    return { trouble, remedy: 'There is no such container: compare container in the configuration with the portal.' }
  return { trouble, remedy: 'Azure is asked again, less and less often; nothing is lost meanwhile.' }
}
