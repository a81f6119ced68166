/** What an exporter tells of the elements that it made up itself (RFC 5610): their names and types, where no registry has them. */
import { elementName, elementType, type ElementKey } from '../../registry/elements.ts'

/** Names are as in IANA's registry, or they are none: they are shown as they are. */
const NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/

/** Abstract data types by element 339 informationElementDataType (RFC 5610 §3.1). */
const TYPES = [
  'octetArray',
  'unsigned8',
  'unsigned16',
  'unsigned32',
  'unsigned64',
  'signed8',
  'signed16',
  'signed32',
  'signed64',
  'float32',
  'float64',
  'boolean',
  'macAddress',
  'string',
  'dateTimeSeconds',
  'dateTimeMilliseconds',
  'dateTimeMicroseconds',
  'dateTimeNanoseconds',
  'ipv4Address',
  'ipv6Address',
  'basicList',
  'subTemplateList',
  'subTemplateMultiList',
] as const

interface Told {
  readonly name: string
  readonly type: string
}

export class ElementTypes {
  private readonly told = new Map<ElementKey, Told>()

  get size(): number {
    return this.told.size
  }

  has(key: ElementKey): boolean {
    return this.told.has(key)
  }

  /** The element's name by the registry, else by the exporter, else its number. */
  name(key: ElementKey): string {
    const registered = elementName(key)
    return registered === key ? (this.told.get(key)?.name ?? key) : registered
  }

  /** The same of its abstract data type; '' where it is not known. */
  type(key: ElementKey): string {
    return elementType(key) || (this.told.get(key)?.type ?? '')
  }

  /** Takes in what the exporter says; `dataType` is the number of its type, or -1. */
  define(key: ElementKey, name: string, dataType: number): void {
    this.told.set(key, { name, type: TYPES[dataType] ?? '' })
  }

  clear(): void {
    this.told.clear()
  }
}

/** Whether a name is fit to be shown. */
export function isElementName(name: string): boolean {
  return NAME.test(name)
}
