/** What an exporter's sFlow agents have told of themselves: sequence numbers, sampling rates, what they had to leave out. */
import type { Exporter } from '../exporter.ts'
import { countsIn, Sequence } from '../sequence.ts'
import { takeOption, totalsOf } from '../totals.ts'

/** Looking for sub-agents that send no more is a walk over all of them. */
const PRUNE_EVERY_MS = 1000
/** Formats that are counted one by one. */
const MOST_STRUCTURES = 128

export class SflowState {
  private readonly subAgents = new Map<number, SubAgent>()
  private sources = 0
  private prunedMs = -Infinity
  /** Records that no field takes, by the format of their structure. */
  readonly unknownStructures = new Map<number, number>()

  /**
   * The sub-agent of that id. Beyond `limits.templatesPerExporter`, or `limits.templates` in all, they are not remembered,
   * and their loss is not known.
   */
  subAgent(exporter: Exporter, id: number): SubAgent {
    const nowMs = exporter.lastSeenMs
    const known = this.subAgents.get(id)
    if (known) {
      known.lastSeenMs = nowMs
      return known
    }
    const fresh = new SubAgent(id, nowMs)
    const { limits } = exporter.shared
    const totals = totalsOf(exporter.shared)
    if (this.subAgents.size >= limits.templatesPerExporter && Math.abs(nowMs - this.prunedMs) >= PRUNE_EVERY_MS) {
      this.prunedMs = nowMs
      this.prune(exporter, nowMs - limits.templateLifetime)
    }
    if (this.subAgents.size >= limits.templatesPerExporter || totals.domains >= limits.templates) {
      exporter.lose('decode.optionsFull', 1)
    } else {
      this.subAgents.set(id, fresh)
      totals.domains++
      totals.exporters.add(exporter)
      countsIn(exporter.sequence, 'datagrams')
    }
    return fresh
  }

  /** A source that samples, an interface mostly; null where there is no room for it. */
  source(exporter: Exporter, subAgent: SubAgent, index: number): SampledSource | null {
    const place = index & (RECENT - 1)
    const recent = subAgent.recent[place]
    if (recent?.index === index) return recent
    const known = subAgent.sources.get(index)
    if (known) {
      subAgent.recent[place] = known
      return known
    }
    // What a sub-agent tells that there was no room for goes with its datagram.
    if (this.subAgents.get(subAgent.id) !== subAgent) return null
    if (!takeOption(exporter, this.sources)) {
      exporter.lose('decode.optionsFull', 1)
      return null
    }
    this.sources++
    const fresh = new SampledSource(index)
    subAgent.sources.set(index, fresh)
    return fresh
  }

  /** Counts a record that no field takes. */
  unknownStructure(format: number): void {
    const before = this.unknownStructures.get(format)
    if (before !== undefined || this.unknownStructures.size < MOST_STRUCTURES)
      this.unknownStructures.set(format, (before ?? 0) + 1)
  }

  all(): Iterable<SubAgent> {
    return this.subAgents.values()
  }

  ids(): Iterable<number> {
    return this.subAgents.keys()
  }

  /** Forgets sub-agents not heard of since `beforeMs`. */
  prune(exporter: Exporter, beforeMs: number): void {
    const totals = totalsOf(exporter.shared)
    for (const [id, { lastSeenMs, sources }] of this.subAgents) {
      if (lastSeenMs >= beforeMs) continue
      this.subAgents.delete(id)
      totals.domains--
      totals.options -= sources.size
      this.sources -= sources.size
    }
  }

  /** Gives back what it takes up of the totals. */
  forget(exporter: Exporter): void {
    const totals = totalsOf(exporter.shared)
    totals.domains -= this.subAgents.size
    totals.options -= this.sources
    this.subAgents.clear()
    this.sources = 0
  }

  /** Every source that is known to sample. */
  *sampling(): Generator<{ domain: number; source: number; rate: number; dropped: number; missing: number }> {
    for (const { id, sources } of this.subAgents.values()) {
      for (const { index, rate, dropped, missing } of sources.values())
        if (rate > 0) yield { domain: id, source: index, rate, dropped, missing }
    }
  }
}

/** A power of two. */
const RECENT = 64

export class SubAgent {
  readonly id: number
  lastSeenMs: number
  readonly sequence = new Sequence()
  /** By index. */
  readonly sources = new Map<number, SampledSource>()
  /** The last ones looked up, by the lower bits of their index: half as long as to look into a map. */
  readonly recent: (SampledSource | null)[] = Array.from({ length: RECENT }, () => null)

  constructor(id: number, nowMs: number) {
    this.id = id
    this.lastSeenMs = nowMs
  }
}

/** A jump of a counter by more than this is a restart. */
const RESTART = 2 ** 24

export class SampledSource {
  readonly index: number
  /** One in so many packets. */
  rate = 0
  /** Samples that the agent had to leave out for want of resources, since Weir knows it. */
  dropped = 0
  /** Samples missing by sequence number. */
  missing = 0
  private sequence = -1
  private drops = -1

  constructor(index: number) {
    this.index = index
  }

  /** Takes in the head of a sample. */
  take(sequence: number, rate: number, drops: number): void {
    this.rate = rate
    const ahead = (sequence - this.sequence - 1) >>> 0
    if (ahead !== 0 && this.sequence >= 0 && ahead < RESTART) this.missing += ahead
    this.sequence = sequence
    const more = (drops - this.drops) >>> 0
    if (more !== 0 && this.drops >= 0 && more < RESTART) this.dropped += more
    this.drops = drops
  }
}
