/** All conversations of the company, second by second, as its routers report them. The same options give the same flows. */
import type { Host, SiteName } from './company.ts'
import { converse, noConversation, type Conversation } from './conversation.ts'
import { conversationsOf, failedOver, type Incident } from './incidents.ts'
import { KINDS, type Kind } from './kinds.ts'
import { Pool } from './pool.ts'
import { Random } from './random.ts'
import { pieceEndMs, pieces, report, type FlowRecord } from './record.ts'
import { activity } from './rhythm.ts'
import { World } from './world.ts'

export interface TrafficOptions {
  readonly seed: number
  /** Flow records of all routers together, on average over `[startMs, averageOverMs)`; incidents come on top. */
  readonly flowsPerSecond: number
  /** A whole second. */
  readonly startMs: number
  readonly averageToMs: number
  readonly incidents: readonly Incident[]
}

/** A kind of conversation as clients of one site have it. */
interface Stream {
  readonly kind: Kind
  readonly clients: readonly Host[]
  readonly servers: readonly Host[]
  readonly zone: number
  /** Of all conversations at the busiest time. */
  readonly weight: number
}

const MINUTE = 60_000
/** At the start, conversations are under way that began so long before, as far as there are not too many of them. */
const WARM_UP_SECONDS = 1800
const WARM_UP_FLOWS = 300_000
/** Conversations by which the records of a kind are estimated. */
const TRIALS = 300

export class Traffic {
  readonly world: World
  private readonly options: TrafficOptions
  private readonly streams: readonly Stream[]
  /** Conversations a second for each unit of weight. */
  private readonly intensity: number
  private readonly pool = new Pool()
  private readonly conversation = noConversation()
  /** The second that comes next. */
  private now: number
  private minute = -1
  /** Conversations a second, added up over the streams, in the current minute. */
  private readonly upTo: number[] = []

  constructor(options: TrafficOptions) {
    this.options = options
    this.world = new World(options.seed)
    this.streams = streamsOf(this.world)
    this.intensity = options.flowsPerSecond / this.meanRecords()
    const start = Math.floor(options.startMs / 1000)
    this.now = start
    const warmUp = Math.min(WARM_UP_SECONDS, Math.floor(WARM_UP_FLOWS / options.flowsPerSecond))
    for (let second = start - warmUp; second < start; second++)
      this.begin(second * 1000, new Random(options.seed, second))
  }

  /** Gives the flows that routers close in the next second. The first second is that of `startMs`. */
  second(take: (record: Readonly<FlowRecord>) => void): void {
    const second = this.now
    const timeMs = second * 1000
    const random = new Random(this.options.seed, second)
    this.begin(timeMs, random)
    for (const incident of this.options.incidents) {
      if (timeMs < incident.fromMs || timeMs >= incident.toMs) continue
      for (const conversation of conversationsOf(incident, timeMs, this.options.flowsPerSecond, this.world, random))
        this.schedule(conversation, 0)
    }
    const lost = failedOver(this.options.incidents, timeMs)
    const { conversation } = this
    this.pool.takeOut(second, conversation, (piece) => {
      report(conversation, piece, lost, random, take)
      this.schedule(conversation, piece + 1)
    })
    this.now++
  }

  /** Conversations that start in the second from `timeMs` on. */
  private begin(timeMs: number, random: Random): void {
    const minute = Math.floor(timeMs / MINUTE)
    if (minute !== this.minute) this.startMinute(minute)
    const all = this.upTo[this.upTo.length - 1] as number
    for (let left = random.poisson(all); left > 0; left--) {
      const stream = this.streams[firstAbove(this.upTo, random.next() * all)] as Stream
      if (draw(this.conversation, stream, timeMs + random.below(1000), random)) this.schedule(this.conversation, 0)
    }
  }

  private startMinute(minute: number): void {
    this.minute = minute
    let sum = 0
    for (const [i, stream] of this.streams.entries()) {
      sum += this.intensity * stream.weight * activity(stream.kind.rhythm, minute * MINUTE, stream.zone)
      this.upTo[i] = sum
    }
  }

  /** Keeps it for the end of a piece, or of the first one after it that is not over yet. */
  private schedule(conversation: Readonly<Conversation>, first: number): void {
    const last = pieces(conversation)
    for (let piece = first; piece < last; piece++) {
      const dueMs = pieceEndMs(conversation, piece)
      if (dueMs < this.now * 1000) continue
      this.pool.put(conversation, piece, dueMs)
      return
    }
  }

  /** Records a second for one conversation a second for each unit of weight, on average over the time of the options. */
  private meanRecords(): number {
    const { startMs, averageToMs, seed } = this.options
    const random = new Random(seed, 3)
    const step = Math.max(MINUTE, (averageToMs - startMs) / 700)
    let sum = 0
    for (const stream of this.streams) {
      let active = 0
      let steps = 0
      for (let at = startMs; at < averageToMs; at += step) {
        active += activity(stream.kind.rhythm, at, stream.zone)
        steps++
      }
      sum += (stream.weight * active * recordsOf(stream, random)) / steps
    }
    return sum
  }
}

/** Mean number of records of a stream's conversations. */
function recordsOf(stream: Stream, random: Random): number {
  let records = 0
  const conversation = noConversation()
  for (let i = 0; i < TRIALS; i++) {
    if (!draw(conversation, stream, 0, random)) continue
    for (let piece = pieces(conversation) - 1; piece >= 0; piece--)
      report(conversation, piece, null, random, () => records++)
  }
  return records / TRIALS
}

/** False where chance has chosen one host for both ends. */
function draw(into: Conversation, stream: Stream, startMs: number, random: Random): boolean {
  const [clientSkew, serverSkew] = stream.kind.skew
  const client = random.pick(stream.clients, clientSkew)
  const server = random.pick(stream.servers, serverSkew)
  if (client === server) return false
  converse(into, stream.kind, client, server, startMs, random)
  return true
}

function streamsOf(world: World): Stream[] {
  return KINDS.flatMap((kind) => {
    const everyone = kind.at.reduce((sum, site) => sum + world.pool(kind.client, site).length, 0)
    return kind.at.flatMap((site) => {
      const clients = world.pool(kind.client, site)
      const servers = world.pool(kind.server, kind.to === 'own' ? site : kind.to)
      if (clients.length === 0 || servers.length === 0) return []
      return [{ kind, clients, servers, zone: zoneOf(world, site), weight: (kind.share * clients.length) / everyone }]
    })
  })
}

/** Visitors live where most of them do: an hour ahead of UTC. */
function zoneOf(world: World, site: SiteName): number {
  return world.company.sites.get(site)?.zone ?? 60
}

/** Index of the first number above `value` in a rising list. */
function firstAbove(rising: readonly number[], value: number): number {
  let low = 0
  let high = rising.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rising[middle] as number) > value) high = middle
    else low = middle + 1
  }
  return low
}
