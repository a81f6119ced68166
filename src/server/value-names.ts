/** What people call some values: exporters, interfaces, flags, ports. */
import type { Field } from '../shared/schema/fields.ts'
import type { JsonValue } from '../shared/schema/kinds.ts'
import type { Health } from './health/health.ts'
import { serviceKey, serviceName } from './registry/services.ts'

/** Exporters whose interfaces are looked up for one answer. */
const MOST_EXPORTERS = 16
const TCP = 6
const UDP = 17

/** Names by value; none where nobody knows any. Interfaces are those of `exporter`, or of all. */
export async function namesOf(
  field: Field,
  values: readonly JsonValue[],
  health: Health,
  exporter: string | null,
): Promise<ReadonlyMap<JsonValue, string>> {
  const names = new Map<JsonValue, string>()
  const note = (value: JsonValue, name: string | null | undefined) => name && names.set(value, name)
  if (values.length === 0) return names
  if (field.namesOf === 'exporter') for (const { address, name } of await exporters(health)) note(address, name)
  if (field.namesOf === 'interface') {
    const known = await interfaces(health, exporter)
    for (const value of values) note(value, [...(known.get(Number(value)) ?? [])].join(', '))
  }
  const { flags } = field
  if (flags)
    for (const value of values)
      note(value, flags.filter((_, bit) => ((Number(value) >> bit) & 1) === 1).join(' ') || 'none')
  if (/(^|\.)port$/.test(field.name))
    for (const value of values)
      note(value, serviceName(serviceKey(TCP, Number(value)) || serviceKey(UDP, Number(value))))
  return names
}

/** Names of interfaces by number, of all exporters: two at most, where they differ. */
async function interfaces(health: Health, exporter: string | null): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const of = exporter === null ? (await exporters(health)).slice(0, MOST_EXPORTERS).map(addressOf) : [exporter]
  const byNumber = new Map<number, Set<string>>()
  for (const names of await Promise.all(of.map((address) => health.interfaceNames(address)))) {
    for (const [number, name] of names) {
      const known = byNumber.get(number) ?? new Set()
      byNumber.set(number, known)
      if (known.size < 2) known.add(name)
    }
  }
  return byNumber
}

function addressOf({ address }: { readonly address: string }): string {
  return address
}

/** None where the intake thread does not answer. */
function exporters(health: Health): ReturnType<Health['exporters']> {
  return health.exporters().catch(() => [])
}
