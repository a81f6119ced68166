/** What the intake writes into the log, bounded: one line for an exporter and minute, and so many lines a minute in all. */
import { LOSSES, LOSS_NAMES, type LossName } from '../../shared/losses.ts'
import type { Counters } from '../counters.ts'
import type { Exporter } from './exporter.ts'

export type Level = 'info' | 'warn' | 'error'

const MINUTE_MS = 60_000
const LINES_A_MINUTE = 30
/** Senders of what is no flow data that are told apart in a minute. */
const STRANGERS = 64

export class Journal {
  private readonly counters: Counters
  private readonly write: (level: Level, message: string) => void
  private readonly seen = new WeakMap<Exporter, { sinceMs: number; lost: Partial<Record<LossName, number>> }>()
  /** Those of which it is said that they are several. */
  private readonly shared = new WeakSet<Exporter>()
  /** By address, what is to be written of them; empty once it is. Forgotten every minute. */
  private readonly strangers = new Map<string, string>()
  private readonly inAll = new Map<LossName, number>()
  private minuteMs = 0
  private lines = 0
  private omitted = 0

  constructor(counters: Counters, write: (level: Level, message: string) => void) {
    this.counters = counters
    this.write = write
  }

  /** Takes note of a datagram that was not decoded. */
  refused(address: string, loss: LossName, bytes: Uint8Array, fault?: unknown): void {
    if (this.strangers.size >= STRANGERS || this.strangers.has(address)) return
    const reason = fault instanceof Error ? (fault.stack ?? fault.message) : LOSSES[loss].meaning
    const hex = Buffer.from(bytes.subarray(0, fault ? 1500 : 16)).toString('hex')
    const shown = hex === '' ? [] : [`It starts with ${hex}.`]
    this.strangers.set(address, [`${loss} from ${address}: ${reason}`, ...shown, LOSSES[loss].remedy].join(' '))
  }

  /** Writes what there is to write; to be called every second. */
  tick(nowMs: number, exporters: Iterable<Exporter>): void {
    const newMinute = Math.abs(nowMs - this.minuteMs) >= MINUTE_MS
    if (newMinute) {
      if (this.omitted > 0)
        this.write(
          'warn',
          `${this.omitted} more lines like these were left out in the last minute; Health has the counts`,
        )
      this.minuteMs = nowMs
      this.lines = 0
      this.omitted = 0
      this.sayLossesInAll()
    }
    for (const [address, message] of this.strangers) {
      if (message !== '') this.line('error', message)
      this.strangers.set(address, '')
    }
    if (newMinute) this.strangers.clear()
    for (const exporter of exporters) this.sayExporter(nowMs, exporter)
  }

  private sayExporter(nowMs: number, exporter: Exporter): void {
    const seen = this.seen.get(exporter)
    const { isShared, ports } = exporter.netflow
    if (isShared && !this.shared.has(exporter)) {
      this.shared.add(exporter)
      this.line(
        'warn',
        `several exporters send from ${exporter.address} (ports ${ports.slice(0, 8).join(', ')}): they are told apart by source port from now on`,
      )
    }
    if (!seen) {
      this.seen.set(exporter, { sinceMs: nowMs - MINUTE_MS, lost: {} })
      if (!exporter.isRemembered)
        this.line('info', `new exporter ${exporter.address} sends ${[...exporter.protocols].join(', ')}`)
    } else if (Math.abs(nowMs - seen.sinceMs) >= MINUTE_MS) {
      const losses = LOSS_NAMES.filter((name) => exporter.lost[name] !== seen.lost[name])
      if (losses.length === 0) return
      const parts = losses.map(
        (name) =>
          `${(exporter.lost[name] ?? 0) - (seen.lost[name] ?? 0)} ${LOSSES[name].unit} ${name} (${LOSSES[name].meaning})`,
      )
      this.line('error', `exporter ${exporter.address} lost ${parts.join('; ')}`)
      seen.sinceMs = nowMs
      seen.lost = { ...exporter.lost }
    }
  }

  /** Losses that are no exporter's: on the way in and on the way to the store. */
  private sayLossesInAll(): void {
    for (const name of ['kernel.drops', 'queue.full', 'exporters.full'] as const) {
      const count = this.counters.get(name)
      const before = this.inAll.get(name) ?? 0
      if (count > before)
        this.line(
          'error',
          `lost ${count - before} ${LOSSES[name].unit} ${name}: ${LOSSES[name].meaning} ${LOSSES[name].remedy}`,
        )
      this.inAll.set(name, count)
    }
  }

  private line(level: Level, message: string): void {
    if (this.lines >= LINES_A_MINUTE) this.omitted++
    else this.write(level, message)
    this.lines++
  }
}
