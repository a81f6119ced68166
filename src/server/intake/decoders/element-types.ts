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

export interface ToldElement {
  readonly name: string
  /** Number of its data type, or -1. */
  readonly dataType: number
}

export class ElementTypes {
  private readonly told = new Map<ElementKey, ToldElement>()

  get size(): number {
    return this.told.size
  }

  [Symbol.iterator](): Iterator<[ElementKey, ToldElement]> {
    return this.told.entries()
  }

  get(key: ElementKey): ToldElement | undefined {
    return this.told.get(key)
  }

  /** The element's name by the registry, else by the exporter, else its number. */
  name(key: ElementKey): string {
    const registered = elementName(key)
    return registered === key ? (this.told.get(key)?.name ?? key) : registered
  }

  /** The same of its abstract data type; '' where it is not known. */
  type(key: ElementKey): string {
    return elementType(key) || (TYPES[this.told.get(key)?.dataType ?? -1] ?? '')
  }

  set(key: ElementKey, element: ToldElement): void {
    this.told.set(key, element)
  }

  clear(): void {
    this.told.clear()
  }
}

/** Whether a name is fit to be shown. */
export function isElementName(name: string): boolean {
  return NAME.test(name)
}
