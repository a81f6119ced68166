/** What NetFlow and IPFIX exporters have told, for those who ask. */
import { SAMPLING_SOURCES } from '../../../shared/schema/codes.ts'
import type { ExporterStatus } from '../../messages.ts'
import { elementKey } from '../../registry/elements.ts'
import type { Exporter } from '../exporter.ts'
import { isKnown } from '../normalise/plan.ts'
import type { Domain } from './domain.ts'
import { scopeName } from './scopes.ts'
import type { Template } from './template.ts'

/** As `GET /api/exporters` answers it; also brings `exporter.unknownElements` up to date. */
export function netflowStatus(exporter: Exporter): Pick<ExporterStatus, 'templates' | 'sampling'> {
  const domains = [...exporter.netflow.domains()]
  for (const domain of domains)
    for (const template of domain.templates.values()) exporter.netflow.settle(exporter, template)
  return {
    templates: domains.flatMap((domain) =>
      Array.from(domain.templates.values(), (template) => templateStatus(exporter, domain, template)),
    ),
    sampling: domains.flatMap((domain) => [...samplingStatus(domain)]),
  }
}

function templateStatus(exporter: Exporter, domain: Domain, template: Template): ExporterStatus['templates'][number] {
  return {
    domain: domain.id,
    id: template.id,
    protocol: domain.protocol,
    options: template.isOptions,
    fields: template.fields.map(({ enterprise, id, length }, i) => {
      const element = elementKey(enterprise, id)
      if (domain.protocol === 'netflow9' && i < template.scopes)
        return { element, name: scopeName(id), length, known: true }
      return { element, name: exporter.netflow.elements.name(element), length, known: isKnown(element) }
    }),
    lastSeen: template.lastSeenMs,
    records: template.records,
  }
}

/** One entry for each sampler and interface, and one for the domain as a whole. */
function* samplingStatus(domain: Domain): Generator<ExporterStatus['sampling'][number]> {
  for (const { of, id, rate } of domain.rates())
    if (of !== 'domain')
      yield { domain: domain.id, sampler: of === 'sampler' ? String(id) : `interface ${id}`, rate, source: of }
  const { rate, source } = domain.whole
  if (rate > 0) yield { domain: domain.id, sampler: 'all', rate, source: SAMPLING_SOURCES[source] ?? 'none' }
}
