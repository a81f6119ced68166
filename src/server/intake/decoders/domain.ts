/** An observation domain (IPFIX), source id (v9) or engine (v5) of an exporter, and what it has told of itself. */
import { SAMPLING_SOURCES, SOURCE_TYPES, type SourceType } from '../../../shared/schema/codes.ts'
import { Sequence } from '../sequence.ts'
import type { Template } from './template.ts'
import type { WaitingSets } from './waiting-room.ts'

export type NetflowProtocol = Extract<SourceType, 'netflow5' | 'netflow9' | 'ipfix'>

/** One in `rate` packets is looked at, 0 where nobody has said; `source` is the index in SAMPLING_SOURCES. */
export interface Sampling {
  readonly rate: number
  readonly source: number
}

/** A message that is further behind by its uptime is no late one. */
const LATE_MS = 60_000
/** Further back than this, an uptime has wrapped (at 2^32 ms). */
const WRAP_MS = 2 ** 31

export class Domain {
  readonly protocol: NetflowProtocol
  /** The protocol's index in SOURCE_TYPES. */
  readonly sourceType: number
  readonly id: number
  lastSeenMs = 0
  readonly sequence = new Sequence()
  private readonly flowTemplates = new Map<number, Template>()
  private readonly optionsTemplates = new Map<number, Template>()
  readonly waiting: WaitingSets = new Map()
  /** Rate by sampler id. */
  readonly samplers = new Map<number, number>()
  /** Rate by interface index. */
  readonly interfaces = new Map<number, number>()
  /** How many samplers and interfaces have a rate. */
  private readonly rates = new Map<number, number>()
  /** What the configuration says. */
  private readonly configured: Sampling
  /** Of the last message; -1 before the first. */
  private uptimeMs = -1
  /** For records that name no sampler. */
  unnamed: Sampling
  /** For records that name a sampler that is not known. */
  whole: Sampling
  /** When the exporter booted, or -1 where it has not said (IPFIX element 160). */
  systemInitMs = -1

  /** `configuredRate` is 0 where nothing is configured. */
  constructor(protocol: NetflowProtocol, id: number, configuredRate: number) {
    this.protocol = protocol
    this.sourceType = SOURCE_TYPES.indexOf(protocol)
    this.id = id
    this.configured = {
      rate: configuredRate,
      source: SAMPLING_SOURCES.indexOf(configuredRate > 0 ? 'configuration' : 'none'),
    }
    this.whole = this.configured
    this.unnamed = this.configured
  }

  template(id: number): Template | undefined {
    return this.flowTemplates.get(id) ?? this.optionsTemplates.get(id)
  }

  /** Templates by id, of options or of data; no id is in both. */
  templates(options: boolean): Map<number, Template> {
    return options ? this.optionsTemplates : this.flowTemplates
  }

  allTemplates(): Template[] {
    return [...this.flowTemplates.values(), ...this.optionsTemplates.values()]
  }

  /** Takes in the uptime that a message bears; whether the exporter has started anew since the last one. */
  restarted(uptimeMs: number): boolean {
    const back = this.uptimeMs < 0 ? 0 : (this.uptimeMs - uptimeMs) >>> 0
    this.uptimeMs = uptimeMs
    return back > LATE_MS && back < WRAP_MS
  }

  /** The rate of all that does not say otherwise; 0 where the exporter leaves it open. */
  setRate(rate: number, from: 'header' | 'domain'): void {
    const source = SAMPLING_SOURCES.indexOf(from)
    if (this.whole.rate === rate && this.whole.source === source) return
    this.whole = rate > 0 ? { rate, source } : this.configured
    this.unnamed = this.whole
  }

  rateOf(of: 'sampler' | 'interface', id: number): number | undefined {
    return this.ratesOf(of).get(id)
  }

  setRateOf(of: 'sampler' | 'interface', id: number, rate: number): void {
    const rates = this.ratesOf(of)
    this.countRate(rates.get(id), -1)
    this.countRate(rate, 1)
    rates.set(id, rate)
    if (this.whole.source === SAMPLING_SOURCES.indexOf('domain')) return
    // Records that do not name their sampler are of the only one, or of several that all have one rate.
    this.unnamed = this.rates.size === 1 ? { rate, source: SAMPLING_SOURCES.indexOf('sampler') } : this.whole
  }

  private ratesOf(of: 'sampler' | 'interface'): Map<number, number> {
    return of === 'sampler' ? this.samplers : this.interfaces
  }

  private countRate(rate: number | undefined, by: 1 | -1): void {
    if (rate === undefined) return
    const count = (this.rates.get(rate) ?? 0) + by
    if (count > 0) this.rates.set(rate, count)
    else this.rates.delete(rate)
  }
}
