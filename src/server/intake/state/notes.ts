/** What is told of, to be remembered. */
import type { Domain } from '../decoders/domain.ts'
import type { Template } from '../decoders/template.ts'
import type { Exporter } from '../exporter.ts'
import type { Entry } from './entry.ts'

/** Told of everything that is to be remembered. */
export interface Notes {
  note(entry: Entry): void
}

/** Whose it is, as entries have it. */
export type DomainKey = readonly [address: string, port: number, protocol: string, domain: number]

export function keyOfDomain({ address }: Exporter, { session, protocol, id }: Domain): DomainKey {
  return [address, session.port, protocol, id]
}

/** Notes what a domain has told. What was told over a connection ends with it, and is not remembered. */
export function noteTold(exporter: Exporter, domain: Domain, entry: (key: DomainKey) => Entry): void {
  const { notes } = exporter.shared
  if (notes && !domain.session.isConnection) notes.note(entry(keyOfDomain(exporter, domain)))
}

export function exporterEntry({ address, firstSeenMs, lastSeenMs, protocols }: Exporter): Entry {
  return ['exporter', address, firstSeenMs, lastSeenMs, [...protocols].join(',')]
}

export function templateEntry(key: DomainKey, template: Template): Entry {
  const { id, scopes, fieldCount, specifiers, lastSeenMs } = template
  const base64 = Buffer.from(specifiers, 'latin1').toString('base64')
  return ['template', ...key, id, scopes, fieldCount, base64, lastSeenMs]
}
