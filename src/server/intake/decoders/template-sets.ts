/** Sets that hold templates, of data and of options. */
import { readWaiting } from './data-sets.ts'
import type { Message } from './message.ts'
import { FIELD_LIMIT, readFields, type TemplateField } from './template-fields.ts'
import { Template } from './template.ts'

const IPFIX_OPTIONS = 3
const FIRST_TEMPLATE_ID = 256

/**
 * template id (u16), field count (u16), field specifiers            RFC 3954 §5.2
 */
export function readNetflow9Templates(message: Message, from: number, end: number): void {
  const { view, exporter } = message
  let at = from
  while (at + 4 <= end) {
    const id = view.getUint16(at)
    const count = view.getUint16(at + 2)
    if (id === 0 && count === 0) return
    const list = id >= FIRST_TEMPLATE_ID && count <= FIELD_LIMIT ? readFields(view, at + 4, end, count, false) : null
    if (!list) return exporter.lose('decode.badTemplate', 1)
    define(message, id, list.fields, -1, at + 4, list.next)
    at = list.next
  }
}

/**
 * template id (u16), length of the scopes (u16, bytes), length of the options (u16, bytes), scope specifiers, option
 * specifiers            RFC 3954 §6.1
 */
export function readNetflow9Options(message: Message, from: number, end: number): void {
  const { view, exporter } = message
  let at = from
  while (at + 6 <= end) {
    const id = view.getUint16(at)
    if (id === 0) return
    const scopes = view.getUint16(at + 2) >> 2
    const count = scopes + (view.getUint16(at + 4) >> 2)
    const list = id >= FIRST_TEMPLATE_ID && count <= FIELD_LIMIT ? readFields(view, at + 6, end, count, false) : null
    if (!list) return exporter.lose('decode.badTemplate', 1)
    define(message, id, list.fields, scopes, at + 6, list.next)
    at = list.next
  }
}

/**
 * template id (u16), field count (u16), of options also scope count (u16), field specifiers            RFC 7011 §3.4
 *
 * A field count of 0 withdraws the template, or, with the set's own id, all templates of the kind (§8.1).
 */
export function readIpfixTemplates(message: Message, from: number, end: number, setId: number): void {
  const { view, exporter, domain } = message
  const options = setId === IPFIX_OPTIONS
  let at = from
  while (at + 4 <= end) {
    const id = view.getUint16(at)
    const count = view.getUint16(at + 2)
    if (count === 0) {
      if (id === 0) return
      if (id === setId) return exporter.netflow.withdrawAll(exporter, domain, options)
      const template = domain.template(id)
      if (template?.isOptions === options) exporter.netflow.withdraw(exporter, domain, template)
      at += 4
      continue
    }
    const first = at + (options ? 6 : 4)
    const list =
      id >= FIRST_TEMPLATE_ID && count <= FIELD_LIMIT && first <= end ? readFields(view, first, end, count, true) : null
    if (!list) return exporter.lose('decode.badTemplate', 1)
    define(message, id, list.fields, options ? Math.min(view.getUint16(at + 4), count) : -1, first, list.next)
    at = list.next
  }
}

/** Takes a template in, whose field specifiers stand from `from` up to `end`. One that is known costs a comparison of these. */
function define(
  message: Message,
  id: number,
  fields: readonly TemplateField[],
  scopes: number,
  from: number,
  end: number,
): void {
  const { view, exporter, domain, header } = message
  const specifiers = Buffer.from(view.buffer, view.byteOffset + from, end - from).toString('latin1')
  const before = domain.template(id)
  if (before && before.scopes === scopes && before.specifiers === specifiers) {
    before.lastSeenMs = header.receivedMs
    return
  }
  const template = new Template(domain.protocol, id, scopes, fields, specifiers, header.receivedMs)
  if (template.shortest === 0) return exporter.lose('decode.badTemplate', 1)
  if (!exporter.netflow.define(exporter, domain, template)) return exporter.lose('decode.templatesFull', 1)
  exporter.shared.counters.add('templates', 1)
  readWaiting(message, template)
}
