/** How an exporter is, in one word: what the Exporters table sorts by and shows. */
import type { AnswerOf } from '../../../shared/api/contract.ts'

export type ExporterEntry = AnswerOf<'exporters'>['exporters'][number]

/** A clock that is further off than this is worth a person's look. */
export const CLOCK_TOLERANCE_MS = 30_000
/** Exporters send templates and counters at least this often; after it, one counts as silent. */
export const SILENT_AFTER_MS = 5 * 60_000

/** Worst first. */
export const EXPORTER_STATES = ['silent', 'losing', 'sampling', 'clock', 'receiving'] as const
export type ExporterState = (typeof EXPORTER_STATES)[number]

export function exporterState(exporter: ExporterEntry, nowMs: number): ExporterState {
  if (nowMs - exporter.lastSeen > SILENT_AFTER_MS) return 'silent'
  if (lostShare(exporter) > 0 || lostInside(exporter) > 0) return 'losing'
  if (isSamplingUnknown(exporter)) return 'sampling'
  return isClockOff(exporter) ? 'clock' : 'receiving'
}

/** It sent flows and never said how it samples. */
export function isSamplingUnknown(exporter: ExporterEntry): boolean {
  return exporter.flows > 0 && !exporter.sampling.some((one) => one.source !== 'none')
}

export function isClockOff(exporter: ExporterEntry): boolean {
  return exporter.clockOffsetMs !== null && Math.abs(exporter.clockOffsetMs) > CLOCK_TOLERANCE_MS
}

/** What the exporter's own sequence numbers say is missing, as a share of all that it sent; 0 to 1. */
export function lostShare(exporter: ExporterEntry): number {
  const { unit, missing } = exporter.sequence
  return missing === 0 ? 0 : missing / (missing + exporter[COUNTED_BY[unit] ?? 'records'])
}

/** Losses of this exporter's data inside Weir: datagrams, sets and the like, added up. */
export function lostInside(exporter: ExporterEntry): number {
  return Object.values(exporter.lost).reduce((sum, count) => sum + count, 0)
}

/** What a protocol's sequence counts: v9's packets are export packets, one a datagram. */
const COUNTED_BY: Readonly<Record<string, 'datagrams' | 'records' | 'flows'>> = {
  datagrams: 'datagrams',
  packets: 'datagrams',
  flows: 'flows',
  records: 'records',
}

/** Worst first; among equals the busiest first. */
export function worstFirst(exporters: readonly ExporterEntry[], nowMs: number): readonly ExporterEntry[] {
  const rank = (exporter: ExporterEntry): number => EXPORTER_STATES.indexOf(exporterState(exporter, nowMs))
  return exporters.toSorted(
    (a, b) => rank(a) - rank(b) || b.flowsPerSecond - a.flowsPerSecond || a.address.localeCompare(b.address),
  )
}
