/** Information elements of NetFlow v9 and IPFIX: names, types and units, by enterprise and number. */
import { ELEMENTS } from './elements.generated.ts'

/** `id` where the enterprise is 0, else `enterprise.id`: how fields, settings and answers name an element. */
export type ElementKey = string

interface Element {
  readonly name: string
  /** Abstract data type (RFC 7012 §3.1), ipAddress for an address of either version, or '' where it is not known. */
  readonly type: string
  /** What it counts or measures in, as the registry writes it (octets, packets, milliseconds, …); '' where it has none. */
  readonly unit: string
}

export function elementKey(enterprise: number, id: number): ElementKey {
  return enterprise === 0 ? String(id) : `${enterprise}.${id}`
}

/** The element's registered name, or its number where none is registered. */
export function elementName(key: ElementKey): string {
  return find(key)?.name ?? key
}

/** The element's abstract data type, or '' where it is not known. */
export function elementType(key: ElementKey): string {
  return find(key)?.type ?? ''
}

/** The element's unit, or '' where it has none or it is not known. */
export function elementUnit(key: ElementKey): string {
  return find(key)?.unit ?? ''
}

/** The private enterprise number of what holds for the other direction (RFC 5103 §6.1). */
const REVERSE = '29305.'

function find(key: ElementKey): Element | undefined {
  const known = elements().get(key)
  if (known || !key.startsWith(REVERSE)) return known
  const forward = elements().get(key.slice(REVERSE.length))
  return forward && { ...forward, name: `reverse${forward.name.charAt(0).toUpperCase()}${forward.name.slice(1)}` }
}

let read: ReadonlyMap<ElementKey, Element> | undefined

/** Read when first asked for: start does not wait for it. */
function elements(): ReadonlyMap<ElementKey, Element> {
  if (read) return read
  const all = new Map<ElementKey, Element>()
  let enterprise = 0
  for (const line of ELEMENTS.split('\n')) {
    const [id = '', name, type = '', unit = ''] = line.split('\t')
    if (name === undefined) enterprise = Number(id)
    else all.set(elementKey(enterprise, Number(id)), { name, type, unit })
  }
  read = all
  return all
}
