/** What NetFlow and IPFIX exporters have told: templates and sampling, by observation domain, all of it bounded. */
import { SAMPLING_SOURCES } from '../../../shared/schema/codes.ts'
import type { ExporterStatus } from '../../messages.ts'
import { elementKey, elementName } from '../../registry/elements.ts'
import type { Exporter } from '../exporter.ts'
import { isKnown } from '../normalise/plan.ts'
import { Budget } from './budget.ts'
import { Domain, type NetflowProtocol } from './domain.ts'
import type { Template } from './template.ts'

/** What has not been heard of for so long goes where room is needed: twice the usual lifetime of a template. */
const STALE_MS = 3_600_000
/** Looking for what is stale costs a walk over all of it. */
const PRUNE_EVERY_MS = 1000
/** More elements than this are not told apart. */
const UNKNOWN_LIMIT = 1000

/** Templates of one exporter that are compiled at once, and then in a second. */
const COMPILE_AT_ONCE = 256
const COMPILE_PER_SECOND = 1
/** Fields that its templates may have on average; usual ones have 20. */
const FIELDS_PER_TEMPLATE = 64

/** Domains of different protocols do not share their numbers. */
const PROTOCOL_KEYS = { netflow5: 0, netflow9: 2 ** 32, ipfix: 2 ** 33 } as const satisfies Record<
  NetflowProtocol,
  number
>
const SEQUENCE_UNITS = { netflow5: 'flows', netflow9: 'packets', ipfix: 'records' } as const satisfies Record<
  NetflowProtocol,
  string
>

export class NetflowState {
  readonly compiling = new Budget(COMPILE_AT_ONCE, COMPILE_PER_SECOND)
  private readonly byKey = new Map<number, Domain>()
  private lastUsed: Domain | undefined
  private prunedMs = 0
  private templates = 0
  private fields = 0
  private samplers = 0

  /** The domain of that number, also where it is new; undefined where there is no room for it. */
  domain(exporter: Exporter, protocol: NetflowProtocol, id: number, nowMs: number): Domain | undefined {
    let domain = this.lastUsed
    if (domain?.id !== id || domain.protocol !== protocol) {
      const key = PROTOCOL_KEYS[protocol] + id
      domain = this.byKey.get(key)
      if (!domain) {
        if (!this.hasRoom(exporter, () => this.byKey.size, nowMs)) return undefined
        domain = new Domain(protocol, id, exporter.shared.samplingOverride[exporter.address] ?? 0)
        this.byKey.set(key, domain)
        exporter.domains.add(id)
        exporter.sequence.unit = SEQUENCE_UNITS[protocol]
      }
      this.lastUsed = domain
    }
    domain.lastSeenMs = nowMs
    return domain
  }

  domains(): Iterable<Domain> {
    return this.byKey.values()
  }

  /** Takes a template in, in place of one of the same id; false where there is no room. */
  define(exporter: Exporter, domain: Domain, template: Template): boolean {
    const before = domain.template(template.id)
    if (before) this.withdraw(exporter, domain, before)
    const fields = template.fields.length
    if (
      !this.hasRoom(
        exporter,
        () => Math.max(this.templates, (this.fields + fields) / FIELDS_PER_TEMPLATE),
        template.lastSeenMs,
      )
    )
      return false
    this.templates++
    this.fields += fields
    domain.templates(template.isOptions).set(template.id, template)
    return true
  }

  withdraw(exporter: Exporter, domain: Domain, template: Template): void {
    this.settle(exporter, template)
    domain.templates(template.isOptions).delete(template.id)
    this.templates--
    this.fields -= template.fields.length
  }

  /** Withdraws all templates of data, or all of options. */
  withdrawAll(exporter: Exporter, domain: Domain, options: boolean): void {
    for (const template of domain.templates(options).values()) this.withdraw(exporter, domain, template)
  }

  /** Takes in that a sampler, or all on an interface, looks at one in `rate` packets; false where there is no room for it. */
  defineSampling(exporter: Exporter, domain: Domain, of: 'sampler' | 'interface', id: number, rate: number): boolean {
    const before = domain.rateOf(of, id)
    if (before === rate) return true
    if (before === undefined) {
      if (this.samplers >= exporter.shared.limits.optionsPerExporter) return false
      this.samplers++
    }
    domain.setRateOf(of, id, rate)
    return true
  }

  /** Counts the unknown elements of the records since the last time. */
  settle(exporter: Exporter, template: Template): void {
    const records = template.records - template.settled
    template.settled = template.records
    if (records === 0) return
    const counts = exporter.unknownElements
    for (const key of template.unknown) {
      if (counts.has(key) || counts.size < UNKNOWN_LIMIT) counts.set(key, (counts.get(key) ?? 0) + records)
    }
  }

  private hasRoom(exporter: Exporter, used: () => number, nowMs: number): boolean {
    const limit = exporter.shared.limits.templatesPerExporter
    if (used() >= limit && nowMs - this.prunedMs >= PRUNE_EVERY_MS) {
      this.prunedMs = nowMs
      this.prune(exporter, nowMs - STALE_MS)
    }
    return used() < limit
  }

  /** Forgets templates and domains not heard of since `beforeMs`. */
  private prune(exporter: Exporter, beforeMs: number): void {
    for (const [key, domain] of this.byKey) {
      for (const template of domain.allTemplates()) {
        if (template.lastSeenMs < beforeMs) this.withdraw(exporter, domain, template)
      }
      if (domain.lastSeenMs >= beforeMs || domain.allTemplates().length > 0 || domain.waiting.size > 0) continue
      this.byKey.delete(key)
      exporter.domains.delete(domain.id)
      this.samplers -= domain.samplers.size + domain.interfaces.size
      if (this.lastUsed === domain) this.lastUsed = undefined
    }
  }
}

/** Scope types of NetFlow v9 (RFC 3954 §6.1). */
const SCOPES: Readonly<Record<number, string>> = {
  1: 'System',
  2: 'Interface',
  3: 'Line card',
  4: 'Cache',
  5: 'Template',
}

/** As `GET /api/exporters` answers it; also brings `exporter.unknownElements` up to date. */
export function netflowStatus(exporter: Exporter): Pick<ExporterStatus, 'templates' | 'sampling'> {
  const domains = [...exporter.netflow.domains()]
  for (const domain of domains)
    for (const template of domain.allTemplates()) exporter.netflow.settle(exporter, template)
  return {
    templates: domains.flatMap((domain) => domain.allTemplates().map((template) => templateStatus(domain, template))),
    sampling: domains.flatMap(samplingStatus),
  }
}

function templateStatus(domain: Domain, template: Template): ExporterStatus['templates'][number] {
  return {
    domain: domain.id,
    id: template.id,
    protocol: domain.protocol,
    options: template.isOptions,
    fields: template.fields.map(({ enterprise, id, length }, i) => {
      const element = elementKey(enterprise, id)
      if (domain.protocol === 'netflow9' && i < template.scopes)
        return { element, name: SCOPES[id] ?? `Scope ${id}`, length, known: true }
      return { element, name: elementName(element), length, known: isKnown(element) }
    }),
    lastSeen: template.lastSeenMs,
    records: template.records,
  }
}

/** One entry for each sampler and interface, and one for the domain as a whole. */
function samplingStatus(domain: Domain): ExporterStatus['sampling'] {
  const samplers = [
    ...Array.from(domain.samplers, ([id, rate]) => ({
      domain: domain.id,
      sampler: String(id),
      rate,
      source: 'sampler',
    })),
    ...Array.from(domain.interfaces, ([id, rate]) => ({
      domain: domain.id,
      sampler: `interface ${id}`,
      rate,
      source: 'sampler',
    })),
  ]
  if (domain.whole.rate === 0) return samplers
  return [
    ...samplers,
    {
      domain: domain.id,
      sampler: 'all',
      rate: domain.whole.rate,
      source: SAMPLING_SOURCES[domain.whole.source] ?? 'none',
    },
  ]
}
