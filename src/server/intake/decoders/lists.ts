/** Lists within IPFIX records (RFC 6313), walked element by element. */
import { VARIABLE } from './template-fields.ts'
import { BASIC_LIST, SUB_TEMPLATE_LIST, walkedField, type WalkedField } from './walked-fields.ts'

/** Lists within lists within … are followed so deep. */
const DEEPEST = 8

/** What is told of a list, in the order on the wire. */
export interface ListVisitor {
  /**
   * An entry of a list begins at `at`, in what ends at `end`; its elements follow. `template` is 0 in a basicList, whose
   * entries are one element each.
   */
  entry(template: number, fields: readonly WalkedField[], at: number, end: number): void
  /** An element of an entry, a list too, whose octets are `[from, to)`. */
  element(field: WalkedField, from: number, to: number): void
  /** A list begins, after `element` has told of it. `semantic`: 0 none of, 1 exactly one of, 2 one or more of, 3 all of, 4 ordered. */
  list(id: number, semantic: number): void
  /** It has ended. */
  listEnd(): void
  /** A list is not as it should be: cut short, too deep, of a template that is not known. The rest of it is passed over. */
  damage(): void
}

/** Where the templates that lists name are found. */
export interface ListTemplates {
  /** The fields of a template, or undefined where there is none of that id. */
  (id: number): readonly WalkedField[] | undefined
}

/** Where an element's octets are; the same object for every element, so to be read before the next one is looked for. */
const extent = { from: 0, to: 0 }

/**
 * Finds the octets of an element whose specifier says `length` at `at`, and before `end`; false where they are not all there.
 *
 *     variable length: length (u8) if < 255, else 255 (u8), length (u16)            RFC 7011 §7
 */
export function findOctets(view: DataView, at: number, end: number, length: number): boolean {
  let from = at
  let octets = length
  if (length === VARIABLE) {
    if (at + 1 > end) return false
    octets = view.getUint8(from++)
    if (octets === 255) {
      if (from + 2 > end) return false
      octets = view.getUint16(from)
      from += 2
    }
  }
  extent.from = from
  extent.to = from + octets
  return extent.to <= end
}

/** What `findOctets` has found. */
export function foundFrom(): number {
  return extent.from
}
export function foundTo(): number {
  return extent.to
}

/** Tells of the elements of a record, lists within lists included; where it ends, or -1 where it is not all there. */
export function walkRecord(
  fields: readonly WalkedField[],
  view: DataView,
  at: number,
  end: number,
  templates: ListTemplates,
  visitor: ListVisitor,
  depth = 0,
): number {
  let next = at
  for (const field of fields) {
    if (!findOctets(view, next, end, field.length)) return -1
    const { from, to } = extent
    next = to
    visitor.element(field, from, to)
    if (field.kind === 'list') walkList(field.id, view, from, to, templates, visitor, depth + 1)
  }
  return next
}

/** Tells of what a list holds, as far as it can be read. */
export function walkList(
  id: number,
  view: DataView,
  from: number,
  end: number,
  templates: ListTemplates,
  visitor: ListVisitor,
  depth = 1,
): void {
  // A list without any octet is one that the exporter has nothing for.
  if (from === end) return
  if (depth > DEEPEST) return visitor.damage()
  visitor.list(id, view.getUint8(from))
  const whole =
    id === BASIC_LIST
      ? walkBasicList(view, from + 1, end, templates, visitor, depth)
      : id === SUB_TEMPLATE_LIST
        ? walkSubTemplateList(view, from + 1, end, templates, visitor, depth)
        : walkSubTemplateMultiList(view, from + 1, end, templates, visitor, depth)
  if (!whole) visitor.damage()
  visitor.listEnd()
}

/* Each of the following is false where what it reads is not as it should be. */

/**
 * semantic (u8), enterprise bit (1 bit), element (15 bits), element length (u16), enterprise (u32, with the bit only),
 * values            RFC 6313 §4.5.1
 */
function walkBasicList(
  view: DataView,
  from: number,
  end: number,
  templates: ListTemplates,
  visitor: ListVisitor,
  depth: number,
): boolean {
  if (from + 4 > end) return false
  const element = view.getUint16(from)
  const length = view.getUint16(from + 2)
  let at = from + 4
  if (element >= 0x8000) {
    if (at + 4 > end) return false
    at += 4
  }
  const enterprise = element >= 0x8000 ? view.getUint32(at - 4) : 0
  const field = walkedField({ enterprise, id: element & 0x7fff, length })
  const fields = [field]
  if (length === 0) return at === end
  while (at < end) {
    visitor.entry(0, fields, at, end)
    const next = walkRecord(fields, view, at, end, templates, visitor, depth)
    if (next < 0) return false
    at = next
  }
  return true
}

/**
 * semantic (u8), template id (u16), records            RFC 6313 §4.5.2
 */
function walkSubTemplateList(
  view: DataView,
  from: number,
  end: number,
  templates: ListTemplates,
  visitor: ListVisitor,
  depth: number,
): boolean {
  if (from + 2 > end) return false
  return walkEntries(view.getUint16(from), view, from + 2, end, templates, visitor, depth)
}

/**
 * semantic (u8), then for each template: template id (u16), length with this header (u16), records            RFC 6313 §4.5.3
 */
function walkSubTemplateMultiList(
  view: DataView,
  from: number,
  end: number,
  templates: ListTemplates,
  visitor: ListVisitor,
  depth: number,
): boolean {
  let at = from
  while (at < end) {
    if (at + 4 > end) return false
    const length = view.getUint16(at + 2)
    const next = at + length
    if (length < 4 || next > end) return false
    if (!walkEntries(view.getUint16(at), view, at + 4, next, templates, visitor, depth)) visitor.damage()
    at = next
  }
  return true
}

function walkEntries(
  template: number,
  view: DataView,
  from: number,
  end: number,
  templates: ListTemplates,
  visitor: ListVisitor,
  depth: number,
): boolean {
  if (from === end) return true
  const fields = templates(template)
  if (!fields) return false
  let at = from
  while (at < end) {
    visitor.entry(template, fields, at, end)
    const next = walkRecord(fields, view, at, end, templates, visitor, depth)
    // A template whose records take no room does not lead on.
    if (next <= at) return false
    at = next
  }
  return true
}
