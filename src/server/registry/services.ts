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

/**
 * Each is read when it is first needed, and not every thread needs all: keys by port are 1.1 MB, names 0.4 MB, keys by name
 * 0.8 MB, and reading each takes 10 to 20 ms of the processor.
 */
const read: {
  /** Keys by port, for each transport. */
  tables?: ReadonlyMap<number, Uint32Array>
  /** Registered name of each key. */
  names?: ReadonlyMap<number, string>
  /** Keys by every name, in lower case. */
  keys?: ReadonlyMap<string, readonly number[]>
} = {}

/** Service keys by port of a transport, 0 where no name is registered; null for a protocol without registered ports. */
export function servicesOf(protocol: number): Uint32Array | null {
  return tables().get(protocol) ?? null
}

/** Key of the service registered for a port, or 0. */
export function serviceKey(protocol: number, port: number): number {
  return tables().get(protocol)?.[port] ?? 0
}

/** Registered name of a key, or null where it is none. */
export function serviceName(key: number): string | null {
  return (read.names ??= readNames()).get(key) ?? null
}

/** Keys of the services of a name, whatever its case; `*` stands for any letters. Also takes names such as `dns` or `rdp`. */
export function serviceKeysByName(name: string): readonly number[] {
  const wanted = name.toLowerCase()
  const keys = (read.keys ??= readKeys())
  if (!wanted.includes('*')) return keys.get(wanted) ?? []
  const parts = wanted.split('*')
  const found = new Set<number>()
  for (const [candidate, of] of keys) {
    if (matches(candidate, parts)) for (const key of of) found.add(key)
  }
  return [...found]
}

function tables(): ReadonlyMap<number, Uint32Array> {
  return (read.tables ??= readTables())
}

function readTables(): ReadonlyMap<number, Uint32Array> {
  const found = new Map<number, Uint32Array>()
  readServices((_from, _to, key, places) => {
    for (const place of places) {
      const protocol = place >>> 16
      let table = found.get(protocol)
      if (!table) found.set(protocol, (table = new Uint32Array(65536)))
      table[place & 0xffff] = key
    }
  })
  return found
}

function readNames(): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  readServices((from, to, key) => names.set(key, SERVICES.slice(from, to)))
  return names
}

function readKeys(): ReadonlyMap<string, readonly number[]> {
  const keys = new Map<string, number[]>()
  const addKey = (name: string, key: number): void => {
    const lower = name.toLowerCase()
    const known = keys.get(lower)
    if (!known) keys.set(lower, [key])
    else if (!known.includes(key)) known.push(key)
  }
  readServices((from, to, key) => addKey(SERVICES.slice(from, to), key))
  for (const line of OTHER_NAMES.trim().split('\n')) {
    const [name = '', ...standsFor] = line.split(' ')
    for (const other of standsFor) for (const key of keys.get(other.toLowerCase()) ?? []) addKey(name, key)
  }
  for (const [name, registered] of Object.entries(USUAL_NAMES)) {
    for (const key of keys.get(registered) ?? []) addKey(name, key)
  }
  return keys
}

const NEW_LINE = 10
const SPACE = 32
const ZERO = 48
/** The letter after `9`. */
const COLON = 58

/** Of a line: from where to where its name stands, its key, and its ports as protocol × 65536 + port, until the next line. */
type Take = (from: number, to: number, key: number, places: readonly number[]) => void

/** Gives each line. Without a list of its own for each: 7 MB would be left behind. */
function readServices(take: Take): void {
  const places: number[] = []
  for (let at = 1; at < SERVICES.length; at++) {
    const from = at
    const to = (at = SERVICES.indexOf(' ', at))
    places.length = 0
    let key = Number.MAX_SAFE_INTEGER
    let protocol = 0
    let number = 0
    for (let letter = SPACE; letter !== NEW_LINE;) {
      letter = SERVICES.charCodeAt(++at)
      if (letter >= ZERO && letter < COLON) {
        number = number * 10 + letter - ZERO
        continue
      }
      if (letter === COLON) protocol = number
      else {
        const place = protocol * 65536 + number
        places.push(place)
        if (place < key) key = place
      }
      number = 0
    }
    take(from, to, key, places)
  }
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
