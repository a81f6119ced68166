/**
 * Services registered with IANA. Each name has one key, whatever the transport and however many ports bear it:
 * protocol number × 65536 + port of the least of its registrations. So `domain` over TCP and over UDP is one service.
 */
import { OTHER_NAMES, SERVICES } from './services.generated.ts'

/** Names that people use instead of the registered ones. */
const USUAL_NAMES: Readonly<Record<string, string>> = {
  dhcp: 'bootps',
  dns: 'domain',
  dot: 'domain-s',
  memcached: 'memcache',
  mssql: 'ms-sql-s',
  postgres: 'postgresql',
  rdp: 'ms-wbt-server',
  smb: 'microsoft-ds',
}

interface Registry {
  /** Keys by port, for each transport. */
  readonly tables: ReadonlyMap<number, Uint32Array>
  /** Registered name of each key. */
  readonly names: ReadonlyMap<number, string>
  /** Keys by every name, in lower case. */
  readonly keys: ReadonlyMap<string, readonly number[]>
}

let read: Registry | null = null

/** Read when it is first needed: it takes 8 MB, and not every thread does. */
function registry(): Registry {
  return (read ??= readRegistry())
}

/** Service keys by port of a transport, 0 where no name is registered; null for a protocol without registered ports. */
export function servicesOf(protocol: number): Uint32Array | null {
  return registry().tables.get(protocol) ?? null
}

/** Key of the service registered for a port, or 0. */
export function serviceKey(protocol: number, port: number): number {
  return registry().tables.get(protocol)?.[port] ?? 0
}

/** Registered name of a key, or null where it is none. */
export function serviceName(key: number): string | null {
  return registry().names.get(key) ?? null
}

/** Keys of the services of a name, whatever its case; `*` stands for any letters. Also takes names such as `dns` or `rdp`. */
export function serviceKeysByName(name: string): readonly number[] {
  const wanted = name.toLowerCase()
  const { keys } = registry()
  if (!wanted.includes('*')) return keys.get(wanted) ?? []
  const parts = wanted.split('*')
  const found = new Set<number>()
  for (const [candidate, of] of keys) {
    if (matches(candidate, parts)) for (const key of of) found.add(key)
  }
  return [...found]
}

function readRegistry(): Registry {
  const tables = new Map<number, Uint32Array>()
  const names = new Map<number, string>()
  const keys = new Map<string, number[]>()
  const addKey = (name: string, key: number): void => {
    const lower = name.toLowerCase()
    const known = keys.get(lower)
    if (!known) keys.set(lower, [key])
    else if (!known.includes(key)) known.push(key)
  }
  for (const line of SERVICES.trim().split('\n')) {
    const [name = '', ...ports] = line.split(' ')
    const places = ports.map((place) => place.split(':').map(Number) as [number, number])
    const key = Math.min(...places.map(([protocol, port]) => protocol * 65536 + port))
    names.set(key, name)
    addKey(name, key)
    for (const [protocol, port] of places) {
      const table = tables.get(protocol) ?? new Uint32Array(65536)
      tables.set(protocol, table)
      table[port] = key
    }
  }
  for (const line of OTHER_NAMES.trim().split('\n')) {
    const [name = '', ...standsFor] = line.split(' ')
    for (const other of standsFor) for (const key of keys.get(other.toLowerCase()) ?? []) addKey(name, key)
  }
  for (const [name, registered] of Object.entries(USUAL_NAMES)) {
    for (const key of keys.get(registered) ?? []) addKey(name, key)
  }
  return { tables, names, keys }
}

/** Whether the parts stand in the text in this order, the first at its start and the last at its end. */
function matches(text: string, parts: readonly string[]): boolean {
  const first = parts[0] as string
  const last = parts[parts.length - 1] as string
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false
  let at = first.length
  const end = text.length - last.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > end) return false
    at = found + part.length
  }
  return true
}
