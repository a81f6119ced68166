/** A value of a field as a clause of a filter, and where in the world it can be looked up. */
import { printTest } from '../../shared/query/filter/print.ts'
import { field, type FieldName } from '../../shared/schema/fields.ts'
import type { JsonValue } from '../../shared/schema/kinds.ts'

type Pairs = readonly { readonly field: FieldName; readonly value: JsonValue }[]

/** `src.ip:10.0.0.1`, `not vlan:*` where there is no value; several are joined with `and`. */
export function clauseOf(pairs: Pairs): string {
  return pairs.map(({ field: name, value }) => printTest(name, value)).join(' and ')
}

/** Any address, network, port or `field:value` typed without a field → a clause, or null where it is none of these. */
export function clauseOfTyped(text: string): string | null {
  const word = text.trim()
  if (
    /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(word) ||
    (/^[0-9a-f:.]+(\/\d{1,3})?$/i.test(word) && (word.match(/:/g)?.length ?? 0) >= 2)
  ) {
    return `ip:${word}`
  }
  if (/^as\d{1,10}$/i.test(word)) return `as:${word.slice(2)}`
  if (/^\d{1,5}$/.test(word) && Number(word) < 65_536) return `port:${word}`
  return null
}

/** A public register's page on an address or AS; opened only when a person follows the link. */
export function lookUpOf(name: FieldName, value: JsonValue): { readonly label: string; readonly href: string } | null {
  const { kind } = field(name)
  if (kind === 'ip' && typeof value === 'string' && isPublic(value))
    return { label: 'Look up at RIPEstat', href: `https://stat.ripe.net/${encodeURIComponent(value)}` }
  if ((name === 'src.as' || name === 'dst.as') && value !== null && value !== 0)
    return { label: 'Look up at RIPEstat', href: `https://stat.ripe.net/AS${value}` }
  return null
}

/** Not private (RFC 1918, 4193), shared (RFC 6598), loopback, link-local or multicast. */
function isPublic(address: string): boolean {
  if (address.includes(':')) return !/^(::1?$|f[cdef])/i.test(address)
  const [a = 0, b = 0] = address.split('.').map(Number)
  return !(
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168)
  )
}
