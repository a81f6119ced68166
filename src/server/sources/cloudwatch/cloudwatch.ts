/**
 * Log groups of CloudWatch Logs, read continuously: the newest with a look back for what comes late (`tail.ts`), and beside
 * it what of the past is wished for (`past.ts`). An event is taken once: within a run by what was seen of the overlap, over
 * a restart by the identities that are in the store. Calls are made one after the other, below the quota (`pace.ts`).
 */
import { RecordIds } from '../../intake/record-ids.ts'
import { explainAws } from '../aws.ts'
import { logPermissions } from '../aws-policy.ts'
import type { SettingsOf } from '../settings.ts'
import type { Source, SourceContext, SourceState } from '../source.ts'
import { Troubles } from '../troubles.ts'
import { EventsClient } from './client.ts'
import { LogGroup, type Reading } from './group.ts'
import { Layouts } from './layout.ts'
import { paceOf, type Pace } from './pace.ts'
import { POSITION, startOf, takenSince, type GroupPosition } from './position.ts'

/** Events of all groups that are remembered; see `Seen` for what they cost. */
const MOST_SEEN = 8_000_000
/** Of so many calls one is for the past, where the newest wants all of them. */
const PAST_SHARE = 4
/** How often a reading begins again because AWS no longer takes its token, before that is called a failure. */
const RESTARTS = 3
const HOUR_MS = 3_600_000
const STORE = 'the store'

export interface CloudWatchParts {
  readonly pace?: Pace
  readonly random?: () => number
  readonly mostSeen?: number
}

export class CloudWatchSource implements Source {
  private readonly settings: SettingsOf<'cloudwatch'>
  private readonly context: SourceContext
  private readonly events: EventsClient
  private readonly layouts: Layouts
  private readonly troubles: Troubles
  private readonly pace: Pace
  private readonly mostSeen: number
  private positions: Readonly<Record<string, GroupPosition>>
  /** In the order of their turns. */
  private groups: readonly LogGroup[] = []
  private calls = 0

  constructor(settings: SettingsOf<'cloudwatch'>, context: SourceContext, parts: CloudWatchParts = {}) {
    const { region, role, endpoint } = settings
    this.settings = settings
    this.context = context
    this.events = new EventsClient(settings)
    this.troubles = new Troubles(
      (level, message) => context.log(level, `source ${context.name}: ${message}`),
      parts.random ?? Math.random,
    )
    this.layouts = new Layouts(settings, context, this.troubles)
    this.pace = parts.pace ?? paceOf(JSON.stringify([endpoint, region, role]))
    this.mostSeen = parts.mostSeen ?? MOST_SEEN
    this.positions = POSITION.safeParse(context.position).data?.groups ?? {}
  }

  state(): SourceState {
    const newest = Math.max(...this.groups.map(({ newestMs }) => newestMs ?? -Infinity))
    const isStarting = this.groups.length === 0 || this.groups.some(({ hasLooked }) => !hasLooked)
    return {
      ...this.troubles.state(isStarting ? 'starting' : 'ok'),
      behindMs: Number.isFinite(newest) ? this.context.now() - newest : null,
      progress: this.progress(),
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { context } = this
    await this.begin(signal)
    while (!signal.aborted) {
      const turn = this.nextTurn()
      if (turn === null) {
        const readyMs = Math.min(...this.groups.map((group) => group.readyMs))
        await context.wait(Math.max(1, readyMs - context.now()), signal)
        continue
      }
      const waitMs = this.pace.take(context.now())
      if (waitMs > 0) await context.wait(waitMs, signal)
      if (!signal.aborted) await this.step(turn, signal)
    }
    this.events.close()
    this.layouts.close()
  }

  /** What was taken before, and from where it goes on; on disk before the first event is. */
  private async begin(signal: AbortSignal): Promise<void> {
    const { settings, context, troubles } = this
    const options = { overlapMs: settings.overlap, fromMs: settings.from }
    const names = [...new Set(settings.groups)]
    while (!signal.aborted) {
      try {
        const nowMs = context.now()
        const starts = names.map((name) => [name, startOf(this.positions[name], nowMs, options)] as const)
        const since = Math.min(...starts.map(([, position]) => takenSince(position, settings.overlap)))
        const known = RecordIds.from(await context.intake.recordIds(since))
        await this.save(starts)
        this.groups = starts.map(
          ([name, position]) =>
            new LogGroup(name, position, {
              overlapMs: settings.overlap,
              intervalMs: settings.interval,
              intake: context.intake,
              known,
            }),
        )
        troubles.worked(STORE)
        return
      } catch (error) {
        await context.wait(this.storeFailed(error), signal)
      }
    }
  }

  /** What is called for next: mostly for the newest, in turns of the groups. */
  private nextTurn(): Turn | null {
    const nowMs = this.context.now()
    const able = this.groups.filter(({ retryMs }) => retryMs <= nowMs)
    const live = able.find((group) => group.live !== null || group.dueMs <= nowMs)
    const past = able.find((group) => group.piece !== null || group.past.next() !== null)
    const isPast = past !== undefined && (live === undefined || this.calls % PAST_SHARE === PAST_SHARE - 1)
    const group = isPast ? past : live
    if (group === undefined) return null
    this.calls++
    this.groups = [...this.groups.filter((each) => each !== group), group]
    const reading = isPast ? group.beginPiece(nowMs) : group.beginLook(nowMs)
    return reading === null ? null : { group, reading }
  }

  private async step({ group, reading }: Turn, signal: AbortSignal): Promise<void> {
    const { context, troubles, events, layouts } = this
    if (!reading.ended) {
      try {
        const { fromMs, toMs } = reading
        const range = { group: group.name, fromMs, toMs: toMs === Infinity ? undefined : toMs - 1 }
        const page = await events.page(range, reading.token, signal)
        await layouts.of(group, signal)
        group.takePage(page, reading, context.now())
        troubles.worked(thingOf(group))
      } catch (error) {
        if (!signal.aborted) this.failed(error, group, reading)
        return
      }
    }
    try {
      await context.intake.room()
      this.boundSeen()
      if (reading.ended) await this.finish(group, reading)
      troubles.worked(STORE)
    } catch (error) {
      group.retryMs = context.now() + this.storeFailed(error)
    }
  }

  private async finish(group: LogGroup, reading: Reading): Promise<void> {
    const { context } = this
    if (reading.events > 0 || reading.kind === 'past') await context.intake.durable()
    group.done(reading, context.now())
    await this.save([[group.name, group.position]])
    if (this.groups.every(({ hasLooked, past }) => hasLooked && past.next() === null))
      for (const each of this.groups) each.forgetKnown()
  }

  private async save(positions: readonly (readonly [string, GroupPosition])[]): Promise<void> {
    const groups = { ...this.positions, ...Object.fromEntries(positions) }
    if (JSON.stringify(groups) === JSON.stringify(this.positions)) return
    await this.context.savePosition({ groups })
    this.positions = groups
  }

  private failed(error: unknown, group: LogGroup, reading: Reading): void {
    const { context, settings, troubles } = this
    if (isInvalidToken(error) && reading.token !== null) {
      group.restart(reading)
      if (reading.restarts <= RESTARTS) return
    }
    const { fault, ...trouble } = explainAws(error, {
      thing: thingOf(group),
      permissions: logPermissions([group.name], settings.region),
      settings,
    })
    const waitMs = troubles.failed(thingOf(group), trouble, MENDS_ITSELF.has(fault))
    group.retryMs = context.now() + waitMs
    if (fault === 'throttled') this.pace.hold(context.now(), waitMs)
  }

  private storeFailed(error: unknown): number {
    const trouble = `flows cannot be kept: ${error instanceof Error ? error.message : String(error)}`
    return this.troubles.failed(STORE, { trouble, remedy: 'Look at the disk of the data folder.' }, true)
  }

  /** Where there are more events in the overlap than can be remembered, it gets shorter. */
  private boundSeen(): void {
    while (this.groups.reduce((sum, { seen }) => sum + seen.size, 0) > this.mostSeen) {
      const largest = this.groups.reduce((a, b) => (b.seen.size > a.seen.size ? b : a))
      largest.tail.startMs = Math.max(largest.tail.startMs, largest.seen.forgetOldest())
      this.troubles.note('overlap', {
        trouble: `more than ${this.mostSeen.toLocaleString('en')} events came within the overlap, so that of ${thingOf(largest)} only what happened since ${new Date(largest.tail.startMs).toISOString()} is waited for`,
        remedy: 'Set a shorter `overlap`, or read the groups in several sources.',
      })
    }
  }

  private progress(): SourceState['progress'] {
    const restMs = this.groups.reduce((sum, { past }) => sum + past.restMs, 0)
    if (restMs === 0) return null
    const doneMs = this.groups.reduce((sum, { past }) => sum + past.doneMs, 0)
    const remaining = this.groups.map(({ past }) => (past.restMs === 0 ? 0 : past.remainingMs))
    return {
      done: hours(doneMs),
      of: hours(doneMs + restMs),
      unit: 'hours',
      remainingMs: remaining.includes(null) ? null : remaining.reduce<number>((sum, ms) => sum + (ms ?? 0), 0),
    }
  }
}

interface Turn {
  readonly group: LogGroup
  readonly reading: Reading
}

const MENDS_ITSELF: ReadonlySet<string> = new Set(['throttled', 'network', 'service', 'other'])

function thingOf({ name }: LogGroup): string {
  return `log group ${name}`
}

/** AWS has no error of its own for it. */
function isInvalidToken(error: unknown): boolean {
  const { name, message } = error as Error
  return name === 'InvalidParameterException' && /token/i.test(message)
}

function hours(ms: number): number {
  return Math.round(ms / (HOUR_MS / 10)) / 10
}
