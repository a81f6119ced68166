/** Option records by which other records are understood: types of elements (RFC 5610), properties in common (RFC 5473). */
import { elementKey, elementName } from '../../registry/elements.ts'
import { runtime } from '../normalise/runtime.ts'
import { isElementName } from './element-types.ts'
import type { Value } from './flat-record.ts'
import { findOctets, foundFrom, foundTo } from './lists.ts'
import type { Message } from './message.ts'
import type { TemplateField } from './template-fields.ts'
import type { Template } from './template.ts'
import { COMMON_PROPERTIES } from './walked-fields.ts'

const ELEMENT = 303
const DATA_TYPE = 339
const NAME = 341
const ENTERPRISE = 346

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
  if (element !== undefined && isElementName(name))
    defineElement(message, numbers.get(ENTERPRISE) ?? 0, element, name, numbers.get(DATA_TYPE) ?? -1)
  if (commonId >= 0 && commonId <= Number.MAX_SAFE_INTEGER) {
    if (domain.common.has(commonId) || exporter.netflow.takeOption(exporter, domain.lastSeenMs))
      domain.common.set(commonId, properties)
    else exporter.lose('decode.optionsFull', 1)
  }
  return next
}

function defineElement(
  { exporter, domain }: Message,
  enterprise: number,
  id: number,
  name: string,
  type: number,
): void {
  // Some write the enterprise bit with the number.
  const key = elementKey(enterprise, id & 0x7fff)
  const { netflow } = exporter
  if (elementName(key) !== key) return
  if (netflow.elements.has(key) || netflow.takeOption(exporter, domain.lastSeenMs))
    netflow.elements.define(key, name, type)
  else exporter.lose('decode.optionsFull', 1)
}
