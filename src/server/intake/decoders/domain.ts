/** An observation domain (IPFIX), source id (v9) or engine (v5) of an exporter, and what it has told of itself. */
import { SAMPLING_SOURCES, SOURCE_TYPES, type Protocol } from '../../../shared/schema/codes.ts'
import type { Ports } from '../ports.ts'
import { Sequence } from '../sequence.ts'
import type { Value } from './flat-record.ts'
import type { Session } from '../session.ts'
import type { Template } from './template.ts'
import type { WaitingSets } from './waiting-room.ts'

/** Versions whose records have one form. */
export type FixedProtocol = Extract<Protocol, 'netflow1' | 'netflow5' | 'netflow6' | 'netflow7'>
export type TemplateProtocol = Extract<Protocol, 'netflow9' | 'ipfix'>
export type NetflowProtocol = FixedProtocol | TemplateProtocol

/** What a sampling rate holds for. */
export type SampledPart = 'sampler' | 'interface' | 'domain'

/** One in `rate` packets is looked at, 0 where nobody has said; `source` is the index in SAMPLING_SOURCES. */
export interface Sampling {
  readonly rate: number
  readonly source: number
}

interface Told {
  readonly samplers: Map<number, number>
  readonly interfaces: Map<number, number>
  /** How many of them have that rate. */
  readonly counts: Map<number, number>
}

/** A message that is further behind by its uptime is no late one. */
const LATE_MS = 60_000
/** Further back than this, an uptime has wrapped (at 2^32 ms). */
const WRAP_MS = 2 ** 31

export class Domain {
  readonly session: Session
  readonly protocol: NetflowProtocol
  /** The protocol's index in SOURCE_TYPES. */
  readonly sourceType: number
  readonly id: number
  lastSeenMs = 0
  /** The source port of the last message. */
  port: number
  /** Made when a second port speaks. */
  ports: Ports | undefined
  readonly sequence = new Sequence()
  /** By id, those of data and of options. */
  readonly templates = new Map<number, Template>()
  readonly waiting: WaitingSets = new Map()
  /** Properties that records have in common, by their number (RFC 5473). */
  readonly common = new Map<number, readonly Value[]>()
  /** Made when there is something to put in: most domains tell of no rates. */
  private told: Told | undefined
  /** What the configuration says. */
  private readonly configured: Sampling
  /** Of the last message; -1 before the first. */
  private uptimeMs = -1
  /** For records that name no sampler. */
  unnamed: Sampling
  /** For records that name a sampler that is not known. */
  whole: Sampling
  /** Which source port has told each rate, while those of an address are not told apart. */
  tellers: Map<string, number> | undefined
  private counted: Map<number, number> | undefined
  /** When the exporter booted, or -1 where it has not said (IPFIX element 160). */
  systemInitMs = -1

  /** `configuredRate` is 0 where nothing is configured. */
  constructor(session: Session, protocol: NetflowProtocol, id: number, port: number, configuredRate: number) {
    this.session = session
    this.port = port
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

  /** Rate by sampler id. */
  get samplers(): ReadonlyMap<number, number> {
    return this.told?.samplers ?? NONE
  }

  /** Rate by interface index. */
  get interfaces(): ReadonlyMap<number, number> {
    return this.told?.interfaces ?? NONE
  }

  /** All rates that options have told. */
  *rates(): Generator<{ readonly of: SampledPart; readonly id: number; readonly rate: number }> {
    for (const [id, rate] of this.samplers) yield { of: 'sampler', id, rate }
    for (const [id, rate] of this.interfaces) yield { of: 'interface', id, rate }
    if (this.toldRate > 0) yield { of: 'domain', id: 0, rate: this.toldRate }
  }

  /** The rate that it has told of itself as a whole in options; 0 where it has not. */
  get toldRate(): number {
    return this.whole.source === FROM_DOMAIN ? this.whole.rate : 0
  }

  /** What the exporter has counted of itself last, by element; see STATISTICS. */
  get statistics(): ReadonlyMap<number, number> {
    return this.counted ?? NONE
  }

  count(element: number, value: number): void {
    this.counted ??= new Map()
    this.counted.set(element, value)
  }

  template(id: number): Template | undefined {
    return this.templates.get(id)
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
    this.unnamed = this.ofUnnamed()
  }

  rateOf(of: 'sampler' | 'interface', id: number): number | undefined {
    return (of === 'sampler' ? this.samplers : this.interfaces).get(id)
  }

  /** The rate of one sampler or interface; 0 takes it back. */
  setRateOf(of: 'sampler' | 'interface', id: number, rate: number): void {
    const told = (this.told ??= { samplers: new Map(), interfaces: new Map(), counts: new Map() })
    const rates = of === 'sampler' ? told.samplers : told.interfaces
    count(told.counts, rates.get(id), -1)
    if (rate > 0) {
      count(told.counts, rate, 1)
      rates.set(id, rate)
    } else rates.delete(id)
    this.unnamed = this.ofUnnamed()
  }

  /** What holds for the whole domain, else the rate of the only sampler, or of several that all have one rate. */
  private ofUnnamed(): Sampling {
    if (this.whole.source === FROM_DOMAIN || this.told?.counts.size !== 1) return this.whole
    const [rate = 0] = this.told.counts.keys()
    return { rate, source: SAMPLING_SOURCES.indexOf('sampler') }
  }
}

const FROM_DOMAIN = SAMPLING_SOURCES.indexOf('domain')
const NONE: ReadonlyMap<number, number> = new Map()

function count(counts: Map<number, number>, rate: number | undefined, by: 1 | -1): void {
  if (rate === undefined) return
  const sum = (counts.get(rate) ?? 0) + by
  if (sum > 0) counts.set(rate, sum)
  else counts.delete(rate)
}
