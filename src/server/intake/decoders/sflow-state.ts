/** What an exporter's sFlow agents have told of themselves: sequence numbers and sampling rates. */
import type { Exporter } from '../exporter.ts'
import { Sequence } from '../sequence.ts'

export class SflowState {
  private readonly subAgents = new Map<number, SubAgent>()
  private rates = 0

  /** The sub-agent of that id. Beyond `limits.templatesPerExporter` they are not remembered, and their loss is not known. */
  subAgent(exporter: Exporter, id: number): SubAgent {
    const known = this.subAgents.get(id)
    if (known) return known
    const fresh = new SubAgent(id)
    if (this.subAgents.size >= exporter.shared.limits.templatesPerExporter) {
      exporter.lose('decode.optionsFull', 1)
    } else {
      this.subAgents.set(id, fresh)
      exporter.domains.add(id)
      exporter.sequence.unit = 'datagrams'
    }
    return fresh
  }

  /** Remembers the sampling rate of a source, an interface mostly; bounded by `limits.optionsPerExporter`. */
  sampled(exporter: Exporter, subAgent: SubAgent, source: number, rate: number): void {
    const before = subAgent.rates.get(source)
    if (before === rate) return
    if (before === undefined) {
      if (this.rates >= exporter.shared.limits.optionsPerExporter) {
        exporter.lose('decode.optionsFull', 1)
        return
      }
      this.rates++
    }
    subAgent.rates.set(source, rate)
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
