/** What the intake says of its exporters when it is asked. */
import type { ExporterStatus } from '../messages.ts'
import { elementKey, elementName } from '../registry/elements.ts'
import { SEQUENCE_UNITS } from './decoders/netflow-state.ts'
import { netflowStatus } from './decoders/netflow-status.ts'
import { structureOf } from '../registry/sflow-structures.ts'
import { STATISTICS } from './decoders/option-names.ts'
import type { Exporter } from './exporter.ts'

/** Seconds that rates are averages over. */
const RATE_SECONDS = 10

/** Flows a second of each exporter. */
export class FlowRates {
  private readonly samples = new WeakMap<Exporter, { atMs: number; flows: number }[]>()

  /** Takes the exporters' counts; to be called every second. */
  tick(nowMs: number, exporters: Iterable<Exporter>): void {
    for (const exporter of exporters) {
      // One that is remembered was first seen by a process before this one.
      const samples = this.samples.get(exporter) ?? [{ atMs: Math.max(exporter.firstSeenMs, nowMs - 1000), flows: 0 }]
      this.samples.set(exporter, samples)
      samples.push({ atMs: nowMs, flows: exporter.flows })
      if (samples.length > RATE_SECONDS + 1) samples.shift()
    }
  }

  /** Average over the last ten seconds, or since the exporter was first seen. */
  perSecond(exporter: Exporter): number {
    const samples = this.samples.get(exporter)
    const first = samples?.[0]
    const last = samples?.at(-1)
    if (!first || !last || last.atMs <= first.atMs) return 0
    return ((last.flows - first.flows) * 1000) / (last.atMs - first.atMs)
  }
}

export function exporterStatus(exporter: Exporter, flowsPerSecond: number): ExporterStatus {
  const { templates, sampling } = netflowStatus(exporter)
  return {
    address: exporter.address,
    name: exporter.settings.name,
    protocols: [...exporter.protocols],
    domains: [...exporter.domains],
    firstSeen: exporter.firstSeenMs,
    lastSeen: exporter.lastSeenMs,
    datagrams: exporter.datagrams,
    records: exporter.records,
    flows: exporter.flows,
    options: exporter.options,
    flowsPerSecond,
    templates,
    sampling: [
      ...sampling,
      ...Array.from(exporter.sflow.sampling(), ({ source, ...rest }) => ({
        ...rest,
        sampler: `source ${source}`,
        source: 'record',
      })),
    ],
    lost: { ...exporter.lost },
    sequence: { ...exporter.sequence },
    sequences: [...sequencesOf(exporter)],
    ports: exporter.netflow.ports,
    keptOneIn: flowsPerSecond > 0 ? (exporter.rateLimit?.oneIn ?? 1) : 1,
    clockOffsetMs: exporter.clockOffsetMs === null ? null : Math.round(exporter.clockOffsetMs),
    device: {
      samples: exporter.counters.samples,
      name: exporter.counters.host?.name ?? null,
      release: exporter.counters.host?.release ?? null,
      latest: Object.fromEntries(exporter.counters.latest),
    },
    clockCorrectionMs: exporter.clockShiftMs,
    ...namesOf(exporter),
    statistics: [...statisticsOf(exporter)],
    unknownElements: [
      ...Array.from(exporter.unknownElements, ([element, records]) => {
        const { values = [], kind = null } = exporter.samples.of(element) ?? {}
        const { elements } = exporter.netflow
        const [name, type] = [elements.name(element), elements.type(element)]
        return { element, name, type, records, values: [...values], kind }
      }),
      ...Array.from(exporter.sflow.unknownStructures, ([format, records]) => {
        const name = `sFlow ${structureOf('flow', format >>> 12, format & 0xfff).name}`
        return { element: name, name, type: '', records, values: [], kind: null }
      }),
    ],
  }
}

/** Interfaces are named by options, or by the counter samples of sFlow. */
function namesOf({ knowledge }: Exporter): Pick<ExporterStatus, 'interfaces' | 'vrfs' | 'samplers' | 'applications'> {
  return {
    interfaces: Array.from(knowledge.of('interface'), ([index, { name, description }]) => ({
      index,
      name,
      description,
    })),
    vrfs: Array.from(knowledge.of('vrf'), ([id, { name }]) => ({ id, name })),
    samplers: Array.from(knowledge.of('sampler'), ([id, { name, description: mode }]) => ({ id, name, mode })),
    applications: knowledge.of('application').size,
  }
}

function* statisticsOf({ netflow }: Exporter): Generator<ExporterStatus['statistics'][number]> {
  for (const { id: domain, statistics } of netflow.domains())
    for (const [id, value] of statistics) {
      const element = elementKey(0, id)
      yield { domain, element, name: elementName(element), value, loss: STATISTICS.get(id) === true }
    }
}

/** Of the streams that bear sequence numbers. */
function* sequencesOf({ netflow, sflow }: Exporter): Generator<ExporterStatus['sequences'][number]> {
  for (const { protocol, id: domain, port, session, sequence } of netflow.domains()) {
    const unit = SEQUENCE_UNITS[protocol]
    // All ports of an address are one session, unless they are told apart.
    if (unit !== '') yield { protocol, domain, port: session.port > 0 ? port : 0, unit, ...sequence.counts }
  }
  for (const { id: domain, sequence } of sflow.all())
    yield { protocol: 'sflow5', domain, port: 0, unit: 'datagrams', ...sequence.counts }
}
