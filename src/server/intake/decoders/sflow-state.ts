/** What an exporter's sFlow agents have told of themselves: sequence numbers and sampling rates. */
import type { Exporter } from '../exporter.ts'
import { Sequence } from '../sequence.ts'
import { totalsOf } from '../totals.ts'

export class SflowState {
  private readonly subAgents = new Map<number, SubAgent>()
  private rates = 0

  /** The sub-agent of that id. Beyond `limits.templatesPerExporter`, or `limits.templates` in all, they are not remembered, and their loss is not known. */
  subAgent(exporter: Exporter, id: number): SubAgent {
    const known = this.subAgents.get(id)
    if (known) return known
    const fresh = new SubAgent(id)
    const { limits } = exporter.shared
    const totals = totalsOf(exporter.shared)
    if (this.subAgents.size >= limits.templatesPerExporter || totals.domains >= limits.templates) {
      exporter.lose('decode.optionsFull', 1)
    } else {
      this.subAgents.set(id, fresh)
      totals.domains++
      totals.exporters.add(exporter)
      exporter.sequence.unit = 'datagrams'
    }
    return fresh
  }

  /** Remembers the sampling rate of a source, an interface mostly; bounded by `limits.optionsPerExporter`. */
  sampled(exporter: Exporter, subAgent: SubAgent, source: number, rate: number): void {
    const before = subAgent.rates.get(source)
    if (before === rate) return
    if (before === undefined) {
      const { limits } = exporter.shared
      const totals = totalsOf(exporter.shared)
      if (this.rates >= limits.optionsPerExporter || totals.options >= limits.options) {
        exporter.lose('decode.optionsFull', 1)
        return
      }
      this.rates++
      totals.options++
    }
    subAgent.rates.set(source, rate)
  }

  ids(): Iterable<number> {
    return this.subAgents.keys()
  }

  /** Gives back what it takes up of the totals. */
  forget(exporter: Exporter): void {
    const totals = totalsOf(exporter.shared)
    totals.domains -= this.subAgents.size
    totals.options -= this.rates
    this.subAgents.clear()
    this.rates = 0
  }

  /** Every source that is known to sample. */
  *sampling(): Generator<{ domain: number; source: number; rate: number }> {
    for (const { id, rates } of this.subAgents.values()) {
      for (const [source, rate] of rates) yield { domain: id, source, rate }
    }
  }
}

export class SubAgent {
  readonly id: number
  readonly sequence = new Sequence()
  /** Sampling rate by source index. */
  readonly rates = new Map<number, number>()

  constructor(id: number) {
    this.id = id
  }
}
