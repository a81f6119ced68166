/** Information elements of NetFlow v9 and IPFIX: names and types, by enterprise and number. */
import { ELEMENTS } from './elements.generated.ts'

/** `id` where the enterprise is 0, else `enterprise.id`: how fields, settings and answers name an element. */
export type ElementKey = string

interface Element {
  readonly name: string
  /** Abstract data type (RFC 7012 §3.1), or '' where it is not known. */
  readonly type: string
}

export function elementKey(enterprise: number, id: number): ElementKey {
  return enterprise === 0 ? String(id) : `${enterprise}.${id}`
}

/** The element's registered name, or its number where none is registered. */
export function elementName(key: ElementKey): string {
  return elements().get(key)?.name ?? key
}

/** The element's abstract data type, or '' where it is not known. */
export function elementType(key: ElementKey): string {
  return elements().get(key)?.type ?? ''
}

let read: ReadonlyMap<ElementKey, Element> | undefined

/** Read when first asked for: start does not wait for it. */
function elements(): ReadonlyMap<ElementKey, Element> {
  if (read) return read
  const all = new Map<ElementKey, Element>()
  let enterprise = 0
  for (const line of ELEMENTS.split('\n')) {
    const [id = '', name, type = ''] = line.split('\t')
    if (name === undefined) enterprise = Number(id)
    else all.set(elementKey(enterprise, Number(id)), { name, type })
  }
  read = all
  return all
}
