/** What all exporters of a pipeline take up together: what each may have, times their number, is more than there is memory. */
import type { Exporter, Shared } from './exporter.ts'

/** Looking through all exporters for what is stale is a walk over all that they have told. */
const PRUNE_EVERY_MS = 10_000

export class Totals {
  templates = 0
  /** Of all templates together. */
  fields = 0
  /** Observation domains, and sub-agents of sFlow. */
  domains = 0
  /** What options tell: sampling rates, names, properties in common, types of elements; and sources of counters. */
  options = 0
  /** Sample values of elements that no field takes. */
  samples = 0
  /** Those that take up any of it. */
  readonly exporters = new Set<Exporter>()
  private prunedMs = -Infinity

  /** Whether it is time to look through all of them. */
  mayPrune(nowMs: number): boolean {
    if (Math.abs(nowMs - this.prunedMs) < PRUNE_EVERY_MS) return false
    this.prunedMs = nowMs
    return true
  }
}

const all = new WeakMap<Shared, Totals>()

/** The totals that all exporters of a pipeline share. */
export function totalsOf(shared: Shared): Totals {
  let totals = all.get(shared)
  if (!totals) {
    totals = new Totals()
    all.set(shared, totals)
  }
  return totals
}

/**
 * Takes room for one more of what is told in options, by an exporter that has `own` of it; false where there is none
 * (`limits.optionsPerExporter`, `limits.options` in all).
 */
export function takeOption(exporter: Exporter, own: number): boolean {
  const { limits } = exporter.shared
  const totals = totalsOf(exporter.shared)
  if (own >= limits.optionsPerExporter || totals.options >= limits.options) return false
  totals.options++
  totals.exporters.add(exporter)
  return true
}
