/** A record's fields by meaning, for the drawer, and the key that links to it. */
import type { JsonValue } from '../../../shared/schema/kinds.ts'
import { FIELDS, fromFields, type FieldName } from '../../../shared/schema/fields.ts'
import { clauseOf } from '../../data/clause.ts'
import { KEY_FIELDS, recordFields } from './columns.ts'

/** One record: field name to value. */
export type FlowRecord = Readonly<Partial<Record<FieldName, JsonValue>>>

export interface RecordSection {
  readonly id: 'when' | 'source' | 'destination' | 'volume' | 'kind' | 'application' | 'path' | 'observed'
  readonly fields: readonly FieldName[]
}

export const RECORD_SECTIONS: readonly RecordSection[] = [
  { id: 'when', fields: ['start', 'end', 'duration', 'received'] },
  { id: 'source', fields: ['src.ip', 'src.port', 'src.as', 'src.mask', 'src.mac', 'src.nat.ip', 'src.nat.port'] },
  { id: 'destination', fields: ['dst.ip', 'dst.port', 'dst.as', 'dst.mask', 'dst.mac', 'dst.nat.ip', 'dst.nat.port'] },
  { id: 'volume', fields: ['bytes', 'packets', 'bytes.l2', 'sampling.rate', 'sampling.source'] },
  {
    id: 'kind',
    fields: [
      'proto',
      'service',
      'server.port',
      'tcp.flags',
      'icmp.type',
      'icmp.code',
      'tos',
      'dscp',
      'ecn',
      'ttl',
      'ip.version',
      'initiator',
      'initiator.reason',
      'client.ip',
      'client.port',
      'server.ip',
    ],
  },
  {
    id: 'application',
    fields: [
      'app',
      'app.id',
      'http.host',
      'http.method',
      'http.url',
      'http.status',
      'tls.name',
      'dns.name',
      'dns.type',
      'dns.code',
      'user',
    ],
  },
  {
    id: 'path',
    fields: [
      'in.if',
      'out.if',
      'direction',
      'next.hop',
      'bgp.next.hop',
      'prev.as',
      'next.as',
      'as.path',
      'vlan',
      'out.vlan',
      'inner.vlan',
      'in.vrf',
      'out.vrf',
      'mpls.label',
      'mpls.stack',
      'tunnel',
      'tunnel.id',
      'outer.src.ip',
      'outer.dst.ip',
      'wifi.ssid',
      'wifi.ap',
      'forwarding.status',
      'end.reason',
    ],
  },
  { id: 'observed', fields: ['exporter', 'domain', 'source.type'] },
]

/** Fields that no section names: they come last, so that a new field is never left out. */
export const otherFields = fromFields((): readonly FieldName[] => {
  const named = new Set<FieldName>(RECORD_SECTIONS.flatMap((section) => section.fields))
  return recordFields()
    .map((field) => field.name)
    .filter((name) => !named.has(name))
})

/** A record out of a columnar answer. */
export function recordAt(columns: readonly { readonly name: string }[], row: readonly JsonValue[]): FlowRecord {
  return Object.fromEntries(columns.map((column, index) => [column.name, row[index] ?? null]))
}

/** Text that names a record in the URL: its key values with `~` between. */
export function recordKey(record: FlowRecord): string {
  return KEY_FIELDS.map((name) => record[name] ?? '').join('~')
}

/** The key values of `recordKey`'s text; undefined where it is none. */
export function parseRecordKey(key: string): ReadonlyMap<FieldName, string> | undefined {
  const parts = key.split('~')
  if (parts.length !== KEY_FIELDS.length || !/^\d+$/.test(parts[0] ?? '')) return undefined
  return new Map(KEY_FIELDS.map((name, index) => [name, parts[index] ?? '']))
}

/** Both directions of a record's conversation as a filter; undefined where an address is not known. */
export function conversationOf(record: FlowRecord): string | undefined {
  const [src, dst] = [record['src.ip'], record['dst.ip']]
  if (!src || !dst) return undefined
  const ports = (['src.port', 'dst.port'] as const).flatMap((name) =>
    typeof record[name] === 'number' ? [{ field: 'port' as const, value: record[name] }] : [],
  )
  const proto = typeof record.proto === 'number' ? [{ field: 'proto' as const, value: record.proto }] : []
  return clauseOf([{ field: 'ip', value: src }, { field: 'ip', value: dst }, ...ports, ...proto])
}

/** Names in the order of the list of fields, for a copy of the whole record. */
export function orderedEntries(record: FlowRecord): readonly [FieldName, JsonValue][] {
  return FIELDS.flatMap((field): [FieldName, JsonValue][] => {
    const value = record[field.name]
    return value === undefined || value === null ? [] : [[field.name, value]]
  })
}

/** What stands around an address: brackets around IPv6 that a port follows (RFC 5952 §6), else nothing. */
export function bracketsOf(record: FlowRecord, side: 'src' | 'dst'): readonly [string, string] {
  const withPort = (record[`${side}.port`] ?? null) !== null
  return withPort && String(record[`${side}.ip`] ?? '').includes(':') ? ['[', ']'] : ['', '']
}
