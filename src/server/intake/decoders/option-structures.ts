/** Option records by which other records are understood: types of elements (RFC 5610), properties in common (RFC 5473). */
import { elementKey, elementName, type ElementKey } from '../../registry/elements.ts'
import type { Exporter } from '../exporter.ts'
import { isKnown } from '../normalise/plan.ts'
import { runtime } from '../normalise/runtime.ts'
import { noteTold } from '../state/notes.ts'
import type { Domain } from './domain.ts'
import { isElementName, type ToldElement } from './element-types.ts'
import type { Value } from './flat-record.ts'
import { findOctets, foundFrom, foundTo } from './lists.ts'
import type { Message } from './message.ts'
import { VARIABLE, type TemplateField } from './template-fields.ts'
import type { Template } from './template.ts'
import { COMMON_PROPERTIES } from './walked-fields.ts'

const ELEMENT = 303
const DATA_TYPE = 339
const NAME = 341
const ENTERPRISE = 346

/** What properties in common may take up under one number: some 30 addresses, ports and short texts. */
const MOST_OCTETS = 1024
const PROPERTY_OCTETS = 16

/** Whether option records of these fields are to be read by `learn`. */
export function isTeaching(fields: readonly TemplateField[], scopes: number): boolean {
  return fields.some(
    ({ enterprise, id }, i) => enterprise === 0 && (id === ELEMENT || (id === COMMON_PROPERTIES && i < scopes)),
  )
}

/** Takes in what the option records from `from` up to `end` say. */
export function learn(message: Message, from: number, end: number, template: Template): void {
  const { view } = message
  const octets = new Uint8Array(view.buffer, view.byteOffset, view.byteLength)
  for (let at = from; at < end;) {
    const next = learnRecord(message, octets, at, end, template)
    if (next <= at) return
    at = next
  }
}

function learnRecord(message: Message, octets: Uint8Array, at: number, end: number, template: Template): number {
  const { view, exporter, domain } = message
  const numbers = new Map<number, number>()
  const properties: Value[] = []
  let commonId = -1
  let name = ''
  let next = at
  for (const [i, field] of template.walked.entries()) {
    if (!findOctets(view, next, end, field.length)) return -1
    const from = foundFrom()
    next = foundTo()
    const length = next - from
    if (field.enterprise === 0 && length > 0) {
      if (i < template.scopes && field.id === COMMON_PROPERTIES) commonId = runtime.wide(view, from, length)
      else if (field.id === NAME) name = Buffer.from(octets.subarray(from, next)).toString('latin1').replace(/\0+$/, '')
      else if (length <= 4) numbers.set(field.id, runtime.wide(view, from, length))
    }
    if (i >= template.scopes && field.taken) properties.push({ field, octets: octets.slice(from, next) })
  }
  const element = numbers.get(ELEMENT)
  if (element !== undefined) {
    // Some write the enterprise bit with the number.
    const key = elementKey(numbers.get(ENTERPRISE) ?? 0, element & 0x7fff)
    if (!defineElement(exporter, key, { name, dataType: numbers.get(DATA_TYPE) ?? -1 }, domain.lastSeenMs))
      exporter.lose('decode.optionsFull', 1)
  }
  if (commonId >= 0 && commonId <= Number.MAX_SAFE_INTEGER && !defineCommon(exporter, domain, commonId, properties))
    exporter.lose('decode.optionsFull', 1)
  return next
}

/** Takes in what an exporter says of an element, unless a registry knows it; false where there is no room for it. */
export function defineElement(exporter: Exporter, key: ElementKey, element: ToldElement, nowMs: number): boolean {
  if (!isElementName(element.name) || elementName(key) !== key) return true
  const { elements } = exporter.netflow
  const before = elements.get(key)
  if (before?.name === element.name && before.dataType === element.dataType) return true
  if (!before && !exporter.netflow.takeOption(exporter, nowMs)) return false
  elements.set(key, element)
  exporter.shared.notes?.note(['element', exporter.address, key, element.name, element.dataType])
  return true
}

/** Takes in properties that records have in common; false where there is no room for them, or they are too long. */
export function defineCommon(exporter: Exporter, domain: Domain, id: number, values: readonly Value[]): boolean {
  if (values.reduce((sum, { octets }) => sum + PROPERTY_OCTETS + octets.length, 0) > MOST_OCTETS) return false
  const before = domain.common.get(id)
  const text = commonText(values)
  if (before && commonText(before) === text) return true
  if (!before && !exporter.netflow.takeOption(exporter, domain.lastSeenMs)) return false
  domain.common.set(id, values)
  noteTold(exporter, domain, (key) => ['common', ...key, id, text])
  return true
}

/** Element, length and octets (in Base64) of each property, with colons within and spaces between. */
export function commonText(values: readonly Value[]): string {
  return values
    .map(({ field: { enterprise, id, length }, octets }) =>
      [enterprise, id, length, Buffer.from(octets).toString('base64')].join(':'),
    )
    .join(' ')
}

/** What `commonText` has written. */
export function commonValues(text: string): Value[] {
  return text.split(' ').flatMap((property) => {
    const [enterprise, id, length, base64] = property.split(':')
    const octets = Uint8Array.from(Buffer.from(base64 ?? '', 'base64'))
    const field = { enterprise: Number(enterprise), id: Number(id), length: Number(length) }
    const fits = field.length === octets.length || (field.length === VARIABLE && octets.length < VARIABLE)
    return fits && isKnown(elementKey(field.enterprise, field.id)) ? [{ field, octets }] : []
  })
}
