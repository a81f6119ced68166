/** Sets of NetFlow v9 and IPFIX messages: templates, and records written by them. */
import type { ByteWriter } from './byte-writer.ts'

/** Length of a field whose values say themselves how long they are (IPFIX only, RFC 7011 §7). */
export const VARIABLE = 65_535

export interface TemplateField {
  readonly element: number
  /** 0 or left out: an element of the IANA registry. IPFIX only. */
  readonly enterprise?: number
  /** In bytes; may be less than the element's own length (RFC 7011 §6.2). */
  readonly length: number
}

export interface Template {
  /** 256 or more. */
  readonly id: number
  readonly fields: readonly TemplateField[]
  /** So many fields at the front are the scope, which makes it an options template. */
  readonly scopes?: number
}

/** A number in as many bytes as the template says; or bytes as they are (addresses, names). */
export type Value = number | bigint | Uint8Array

export type MessageSet =
  | { readonly templates: readonly Template[] }
  /** Each record has a value for each field of the template, in its order. */
  | { readonly template: Template; readonly records: readonly (readonly Value[])[] }
  /** So many records as they stand on the wire. */
  | { readonly template: Template; readonly written: Uint8Array; readonly count: number }

/** Bytes of a record by a template without variable lengths. */
export function recordLength(template: Template): number {
  return template.fields.reduce((sum, field) => sum + field.length, 0)
}

/** Number of records in sets: templates count as records in v9's header, not in IPFIX's sequence. */
export function countRecords(sets: readonly MessageSet[], withTemplates: boolean): number {
  return sets.reduce((sum, set) => sum + recordsOf(set, withTemplates), 0)
}

function recordsOf(set: MessageSet, withTemplates: boolean): number {
  if ('written' in set) return set.count
  if ('records' in set) return set.records.length
  return withTemplates ? set.templates.length : 0
}

/** The set's id of data is the template's; those of templates differ by protocol. */
export interface SetIds {
  readonly templates: number
  readonly optionsTemplates: number
}

/** `writeOptionsHead` writes what stands between an options template's id and its fields. */
export function writeSet(
  out: ByteWriter,
  set: MessageSet,
  ids: SetIds,
  writeOptionsHead: (template: Template) => void,
): void {
  if ('written' in set) {
    inSet(out, set.template.id, () => out.put(set.written))
    return
  }
  if ('records' in set) {
    inSet(out, set.template.id, () => {
      for (const record of set.records) writeRecord(out, set.template, record)
    })
    return
  }
  const plain = set.templates.filter((template) => !template.scopes)
  const options = set.templates.filter((template) => template.scopes)
  if (plain.length > 0) {
    inSet(out, ids.templates, () => {
      for (const template of plain) {
        out.u16(template.id)
        out.u16(template.fields.length)
        writeFields(out, template)
      }
    })
  }
  if (options.length > 0) {
    inSet(out, ids.optionsTemplates, () => {
      for (const template of options) {
        out.u16(template.id)
        writeOptionsHead(template)
        writeFields(out, template)
      }
    })
  }
}

/** id(2) length(2) content padding to 4 bytes. */
function inSet(out: ByteWriter, id: number, content: () => void): void {
  const start = out.length
  out.u16(id)
  out.u16(0)
  content()
  out.pad(4, start)
  out.setU16(start + 2, out.length - start)
}

/** element(2), its top bit set when an enterprise number(4) follows its length(2) (RFC 7011 §3.2). */
function writeFields(out: ByteWriter, template: Template): void {
  for (const field of template.fields) {
    out.u16(field.enterprise ? field.element | 0x8000 : field.element)
    out.u16(field.length)
    if (field.enterprise) out.u32(field.enterprise)
  }
}

function writeRecord(out: ByteWriter, template: Template, record: readonly Value[]): void {
  for (let i = 0; i < template.fields.length; i++) {
    const { length } = template.fields[i] as TemplateField
    const value = record[i] as Value
    if (length === VARIABLE) writeVariable(out, value as Uint8Array)
    else if (value instanceof Uint8Array) {
      out.put(value.length > length ? value.subarray(0, length) : value)
      out.zeros(Math.max(0, length - value.length))
    } else out.number(value, length)
  }
}

/** RFC 7011 §7: the length in one byte, or 255 and the length in two. */
function writeVariable(out: ByteWriter, value: Uint8Array): void {
  if (value.length < 255) out.u8(value.length)
  else {
    out.u8(255)
    out.u16(value.length)
  }
  out.put(value)
}
