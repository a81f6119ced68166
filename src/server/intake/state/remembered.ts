/** What is remembered of exporters, as entries; and exporters as they were, out of entries. */
import { PROTOCOLS, type Protocol } from '../../../shared/schema/codes.ts'
import { parseIp } from '../../../shared/schema/ip.ts'
import { isNameKind } from '../knowledge.ts'
import type { Domain, NetflowProtocol } from '../decoders/domain.ts'
import { commonText, commonValues, defineCommon, defineElement } from '../decoders/option-structures.ts'
import { readFields } from '../decoders/template-fields.ts'
import { Template } from '../decoders/template.ts'
import type { Exporter } from '../exporter.ts'
import type { Exporters } from '../exporters.ts'
import { keyOf, type Entry } from './entry.ts'
import { exporterEntry, keyOfDomain, templateEntry } from './notes.ts'

/** An exporter that was last heard of longer ago than this is not remembered. */
const FORGET_AFTER_MS = 30 * 86_400_000

type TemplateEntry = Extract<Entry, readonly ['template', ...unknown[]]>

/** All that is remembered of some exporters. */
export function* entriesOf(exporters: Iterable<Exporter>): Generator<Entry> {
  for (const exporter of exporters) {
    const { address, netflow, knowledge } = exporter
    yield exporterEntry(exporter)
    if (netflow.isShared) yield ['shared', address]
    for (const domain of netflow.domains()) {
      // What was told over a connection ends with it, and so does the connection with the process.
      if (domain.session.isConnection) continue
      const key = keyOfDomain(exporter, domain)
      for (const template of domain.templates.values()) yield templateEntry(key, template)
      for (const { of, id: part, rate } of domain.rates()) yield ['rate', ...key, of, part, rate]
      if (domain.systemInitMs >= 0) yield ['boot', ...key, domain.systemInitMs]
      for (const [number, values] of domain.common) yield ['common', ...key, number, commonText(values)]
    }
    for (const [key, { name, dataType }] of netflow.elements) yield ['element', address, key, name, dataType]
    for (const { kind, id, name, description } of knowledge.all()) yield ['name', address, kind, id, name, description]
  }
}

/** Makes exporters as they were. What does not fit into the limits, or is too old, is left out. */
export function remember(exporters: Exporters, entries: Iterable<Entry>, nowMs: number): void {
  for (const [address, things] of lastOfEach(entries)) {
    const self = [...things.values()].find((entry) => entry[0] === 'exporter')
    if (!self || parseIp(address) === null || nowMs - self[3] > FORGET_AFTER_MS) continue
    const exporter = exporters.ofSource(address, nowMs)
    if (!exporter) continue
    exporter.isRemembered = true
    exporter.firstSeenMs = Math.min(self[2], nowMs)
    exporter.lastSeenMs = Math.min(self[3], nowMs)
    for (const protocol of self[4].split(',')) if (isSourceType(protocol)) exporter.protocols.add(protocol)
    for (const entry of things.values()) rememberOne(exporter, entry, nowMs)
  }
}

function rememberOne(exporter: Exporter, entry: Entry, nowMs: number): void {
  const { netflow, knowledge } = exporter
  switch (entry[0]) {
    case 'shared':
      return netflow.share()
    case 'name': {
      const [, , kind, id, name, description] = entry
      if (isNameKind(kind)) knowledge.tell(exporter, kind, id, name, description)
      return
    }
    case 'template': {
      const template = templateOf(entry, nowMs)
      const domain = template && domainOf(exporter, entry, template.lastSeenMs)
      if (domain) netflow.define(exporter, domain, template)
      return
    }
    case 'rate': {
      const [, , , , , of, id, rate] = entry
      const domain = domainOf(exporter, entry, nowMs)
      if (domain && (of === 'sampler' || of === 'interface' || of === 'domain') && rate > 0)
        netflow.defineSampling(exporter, domain, of, id, rate)
      return
    }
    case 'common': {
      const domain = domainOf(exporter, entry, nowMs)
      if (domain) defineCommon(exporter, domain, entry[5], commonValues(entry[6]))
      return
    }
    case 'element': {
      const [, , key, name, dataType] = entry
      defineElement(exporter, key, { name, dataType }, nowMs)
      return
    }
    case 'boot': {
      const domain = domainOf(exporter, entry, nowMs)
      if (domain) domain.systemInitMs = entry[5]
      return
    }
    case 'format':
    case 'exporter':
    case 'forgotten':
    case 'withdrawn':
  }
}

/** By address, the last entry of each key. */
function lastOfEach(entries: Iterable<Entry>): Map<string, Map<string, Entry>> {
  const byAddress = new Map<string, Map<string, Entry>>()
  for (const entry of entries) {
    if (entry[0] === 'format') continue
    const address = entry[1]
    let things = byAddress.get(address)
    if (!things) byAddress.set(address, (things = new Map()))
    if (entry[0] === 'forgotten') things.clear()
    else if (entry[0] === 'withdrawn') things.delete(keyOf(entry))
    else things.set(keyOf(entry), entry)
  }
  return byAddress
}

function domainOf(
  exporter: Exporter,
  entry: Extract<Entry, readonly ['template' | 'rate' | 'boot' | 'common', ...unknown[]]>,
  atMs: number,
): Domain | undefined {
  const [, , port, protocol, id] = entry
  if (!isSourceType(protocol) || protocol === 'sflow5') return undefined
  exporter.netflow.enter(exporter, null, port)
  return exporter.netflow.domain(exporter, protocol satisfies NetflowProtocol, id, atMs)
}

function templateOf(entry: TemplateEntry, nowMs: number): Template | null {
  const [, , , protocol, , id, scopes, fieldCount, base64, lastSeenMs] = entry
  if (protocol !== 'netflow9' && protocol !== 'ipfix') return null
  const octets = Buffer.from(base64, 'base64')
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const list = readFields(view, 0, octets.length, fieldCount, protocol === 'ipfix')
  if (!list || list.next !== octets.length || scopes > fieldCount) return null
  const template = new Template(
    protocol,
    id,
    scopes,
    list.fields,
    octets.toString('latin1'),
    Math.min(lastSeenMs, nowMs),
  )
  return template.shortest > 0 ? template : null
}

function isSourceType(text: string): text is Protocol {
  return (PROTOCOLS as readonly string[]).includes(text)
}
