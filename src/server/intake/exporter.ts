/**
 * What Weir knows of each exporter. State is keyed by the exporter's address (not its port: a restarted exporter is no
 * stranger), bounded in number, and owned by the intake thread.
 */
import type { LossName } from '../../shared/losses.ts'
import type { Protocol } from '../../shared/schema/codes.ts'
import { parseIp } from '../../shared/schema/ip.ts'
import type { Counters } from '../counters.ts'
import type { IntakeLimits } from '../messages.ts'
import { CounterState } from './decoders/counter-state.ts'
import { NetflowState } from './decoders/netflow-state.ts'
import { SflowState } from './decoders/sflow-state.ts'
import { waitingRoom, type WaitingRoom } from './decoders/waiting-room.ts'
import { Knowledge } from './knowledge.ts'
import { ElementSamples } from './element-samples.ts'
import { settingsOf, type ExporterSettings, type SettingsByAddress } from './exporter-settings.ts'
import { RateLimit } from './filter/rate-limit.ts'
import type { SequenceTotals } from './sequence.ts'
import type { Tap } from './tap.ts'
import { exporterEntry, type Notes } from './state/notes.ts'
import { totalsOf } from './totals.ts'

/** How far one message moves the smoothed clock offset. */
const CLOCK_WEIGHT = 1 / 16
/** A message that is off from what was smoothed by more than this says that the clock was set. */
const CLOCK_STEP_MS = 10_000

/** What all exporters of one pipeline have in common. */
export interface Shared {
  readonly counters: Counters
  readonly limits: IntakeLimits
  /** What the configuration says of exporters. */
  readonly settings: SettingsByAddress
  /** Whether an exporter is let in, by its address. */
  readonly allows?: ((address: string) => boolean) | null
  readonly tap?: Tap
  /** Where everything goes that is to be remembered over a restart, if anything is. */
  readonly notes?: Notes | undefined
}

export class Exporter {
  readonly address: string
  /** The address as 128 bits: four 32-bit words, most significant first; IPv4 as ::ffff:a.b.c.d. */
  readonly words: readonly [number, number, number, number]
  firstSeenMs: number
  /** Whether a process before this one knew it. */
  isRemembered = false
  lastSeenMs: number
  datagrams = 0
  records = 0
  flows = 0
  options = 0
  readonly protocols = new Set<Protocol>()
  private lastProtocol: Protocol | undefined
  readonly lost: Partial<Record<LossName, number>> = {}
  /** Exporter's clock minus ours, smoothed; null until a header with a clock was seen. */
  clockOffsetMs: number | null = null
  /** Elements that no field takes: `enterprise.id` → records that carried it. */
  readonly unknownElements = new Map<string, number>()
  /** Some of their values. */
  readonly samples = new ElementSamples()
  /** What is missing by sequence number, lost before Weir, counted in `unit`. */
  readonly sequence: SequenceTotals = { unit: '', missing: 0, resets: 0, reordered: 0, duplicates: 0 }
  /** What NetFlow and IPFIX have told: templates, samplers (`netflowStatus` lists them). */
  readonly netflow = new NetflowState()
  /** What its sFlow agents have told. */
  readonly sflow = new SflowState()
  /** What its counter samples have told. */
  readonly counters = new CounterState()
  /** Names of its interfaces, applications and the like. */
  readonly knowledge = new Knowledge()
  readonly settings: ExporterSettings
  /** Where its settings limit its flows. */
  readonly rateLimit: RateLimit | null
  /** Where data waits for templates, of all exporters. */
  readonly waiting: WaitingRoom
  readonly shared: Shared

  constructor(address: string, nowMs: number, shared: Shared) {
    const value = parseIp(address) ?? 0n
    this.address = address
    this.words = [
      Number((value >> 96n) & 0xffffffffn),
      Number((value >> 64n) & 0xffffffffn),
      Number((value >> 32n) & 0xffffffffn),
      Number(value & 0xffffffffn),
    ]
    this.firstSeenMs = nowMs
    this.lastSeenMs = nowMs
    this.settings = settingsOf(address, shared.settings)
    const { flowsPerSecond } = this.settings
    this.rateLimit = flowsPerSecond > 0 ? new RateLimit(flowsPerSecond) : null
    this.waiting = waitingRoom(shared)
    this.shared = shared
  }

  /** Observation domains, engines and sub-agents that are known, whatever the protocol. */
  get domains(): ReadonlySet<number> {
    return new Set([...Array.from(this.netflow.domains(), ({ id }) => id), ...this.sflow.ids()])
  }

  /** It has sent something of that protocol. */
  speaks(protocol: Protocol): void {
    if (protocol === this.lastProtocol) return
    this.lastProtocol = protocol
    if (this.protocols.has(protocol)) return
    this.protocols.add(protocol)
    this.shared.notes?.note(exporterEntry(this))
  }

  /** Counts a named loss, for this exporter and in all. */
  lose(name: LossName, n: number): void {
    this.lost[name] = (this.lost[name] ?? 0) + n
    this.shared.counters.add(name, n)
  }

  /** Gives back what it takes up of the totals. */
  forget(): void {
    this.netflow.forget(this)
    this.sflow.forget(this)
    this.samples.forget(this)
    this.counters.forget(this)
    this.knowledge.forget(this)
    this.shared.notes?.note(['forgotten', this.address])
    totalsOf(this.shared).exporters.delete(this)
  }

  /** What is to be added to moments by its clock: 0 unless it is off by more than is configured (`correctClock`). */
  get clockShiftMs(): number {
    const { correctClockMs } = this.settings
    const offset = this.clockOffsetMs ?? 0
    return correctClockMs > 0 && Math.abs(offset) >= correctClockMs ? -Math.round(offset) : 0
  }

  /** Takes in the time that a message bears. */
  sawClock(exportMs: number, receivedMs: number): void {
    const offset = exportMs - receivedMs
    const before = this.clockOffsetMs
    this.clockOffsetMs =
      before === null || Math.abs(offset - before) > CLOCK_STEP_MS ? offset : before + (offset - before) * CLOCK_WEIGHT
  }
}
