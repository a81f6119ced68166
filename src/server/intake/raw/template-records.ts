/** Records written by templates of NetFlow v9 and IPFIX, and the lists of records within them (RFC 6313). */
import { elementKey, elementUnit } from '../../registry/elements.ts'
import { ElementTypes } from '../decoders/element-types.ts'
import { scopeName } from '../decoders/scopes.ts'
import { VARIABLE, type TemplateField } from '../decoders/template-fields.ts'
import type { Template } from '../decoders/template.ts'
import type { RawField, RawList, RawListRecord } from './record.ts'
import { hex, valueOf } from './values.ts'

/** What the exporter has told. */
export interface Told {
  /** The template of a list's records, among those of the record's own domain. */
  template(id: number): Template | undefined
  readonly elements: ElementTypes
}

const NOTHING: Told = { template: () => undefined, elements: new ElementTypes() }

/** Lists within lists are read to this depth; deeper ones are octets. */
const DEEPEST = 8

/** Reads records from `at` up to `end`, as long as a whole one follows. */
export function readRecords(
  template: Template,
  bytes: Uint8Array,
  at: number,
  end: number,
  told: Told,
  depth = 0,
): RawField[][] {
  const specifiers = specifiersOf(template, told)
  const records: RawField[][] = []
  let next = at
  while (next + template.shortest <= end) {
    const fields: RawField[] = []
    next = readRecord(specifiers, bytes, next, end, told, depth, fields)
    if (next < 0) break
    records.push(fields)
  }
  return records
}

/** A field specifier with what the registry knows of its element. */
export interface Specifier {
  readonly element: string
  readonly name: string
  readonly type: string
  readonly unit: string
  readonly length: number
  readonly scope: boolean
}

const known = new WeakMap<Template, { readonly specifiers: readonly Specifier[]; readonly elements: number }>()

function specifiersOf(template: Template, told: Told): readonly Specifier[] {
  const { elements } = told
  const before = known.get(template)
  // The exporter may have told of more elements since.
  if (before?.elements === elements.size) return before.specifiers
  const specifiers = template.fields.map((field, i) => {
    const scope = i < template.scopes
    return scope && template.protocol === 'netflow9'
      ? { ...specifierOf(field, told), name: scopeName(field.id), type: 'unsigned64', unit: '', scope }
      : { ...specifierOf(field, told), scope }
  })
  known.set(template, { specifiers, elements: elements.size })
  return specifiers
}

/** Of a field that is no scope. */
export function specifierOf(
  { enterprise, id, length }: TemplateField,
  { elements }: Pick<Told, 'elements'> = NOTHING,
): Specifier {
  const element = elementKey(enterprise, id)
  const [name, type] = [elements.name(element), elements.type(element)]
  // Times are shown as what they are.
  const unit = type.startsWith('dateTime') ? '' : elementUnit(element)
  return { element, name, type, unit, length, scope: false }
}

/** Appends the fields of one record; where it ends, or -1 where it reaches beyond `end`. */
function readRecord(
  specifiers: readonly Specifier[],
  bytes: Uint8Array,
  from: number,
  end: number,
  told: Told,
  depth: number,
  fields: RawField[],
): number {
  let at = from
  for (const specifier of specifiers) {
    const value = octetsOf(specifier.length, bytes, at, end)
    if (!value) return -1
    fields.push(fieldOf(specifier, value.octets, told, depth))
    at = value.next
  }
  return at
}

/** The octets of a field at `at`, of which a variable length says itself how many there are (RFC 7011 §7). */
export function octetsOf(
  length: number,
  bytes: Uint8Array,
  at: number,
  end: number,
): { octets: Uint8Array; next: number } | undefined {
  let from = at
  let count = length
  if (length === VARIABLE) {
    if (from + 1 > end) return undefined
    count = bytes[from++] as number
    if (count === 255) {
      if (from + 2 > end) return undefined
      count = ((bytes[from] as number) << 8) | (bytes[from + 1] as number)
      from += 2
    }
  }
  return from + count <= end ? { octets: bytes.subarray(from, from + count), next: from + count } : undefined
}

/** A field as it is shown; lists within it are read where their templates can be found. */
export function fieldOf(
  { element, name, type, unit, scope }: Specifier,
  octets: Uint8Array,
  told = NOTHING,
  depth = 0,
): RawField {
  return {
    element,
    name,
    ...(scope ? { scope } : {}),
    value: (depth < DEEPEST ? LISTS[type]?.(octets, told, depth + 1) : undefined) ?? valueOf(type, octets),
    ...(unit ? { unit } : {}),
    hex: hex(octets),
  }
}

type ReadList = (octets: Uint8Array, told: Told, depth: number) => RawList | null

const LISTS: Readonly<Record<string, ReadList>> = {
  basicList: readBasicList,
  subTemplateList: readSubTemplateList,
  subTemplateMultiList: readSubTemplateMultiList,
}

/** RFC 6313 §4.4 */
const SEMANTICS = ['noneOf', 'exactlyOneOf', 'oneOrMoreOf', 'allOf', 'ordered']

function semanticOf(octets: Uint8Array): string {
  return SEMANTICS[octets[0] as number] ?? (octets[0] === 255 ? 'undefined' : String(octets[0]))
}

/** semantic (u8), enterprise bit and element (u16), length (u16), enterprise (u32, with the bit only), values: RFC 6313 §4.5.1 */
function readBasicList(octets: Uint8Array, told: Told, depth: number): RawList | null {
  if (octets.length < 5) return null
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  const enterprises = view.getUint16(1) >= 0x8000
  if (enterprises && octets.length < 9) return null
  const enterprise = enterprises ? view.getUint32(5) : 0
  const specifier = specifierOf({ enterprise, id: view.getUint16(1) & 0x7fff, length: view.getUint16(3) }, told)
  const values: RawField[] = []
  let at = enterprises ? 9 : 5
  while (at < octets.length) {
    const next = specifier.length > 0 ? readRecord([specifier], octets, at, octets.length, told, depth, values) : -1
    if (next < 0) return null
    at = next
  }
  return { semantic: semanticOf(octets), values }
}

/** semantic (u8), template (u16), records: RFC 6313 §4.5.2 */
function readSubTemplateList(octets: Uint8Array, told: Told, depth: number): RawList | null {
  if (octets.length < 3) return null
  const records = recordsOf(((octets[1] as number) << 8) | (octets[2] as number), octets.subarray(3), told, depth)
  return records && { semantic: semanticOf(octets), records }
}

/** semantic (u8), then for each template: template (u16), length with these four octets (u16), records: RFC 6313 §4.5.3 */
function readSubTemplateMultiList(octets: Uint8Array, told: Told, depth: number): RawList | null {
  if (octets.length < 1) return null
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length)
  const records: RawListRecord[] = []
  let at = 1
  while (at < octets.length) {
    if (at + 4 > octets.length) return null
    const end = at + view.getUint16(at + 2)
    if (end < at + 4 || end > octets.length) return null
    const some = recordsOf(view.getUint16(at), octets.subarray(at + 4, end), told, depth)
    if (!some) return null
    records.push(...some)
    at = end
  }
  return { semantic: semanticOf(octets), records }
}

/** Null where the template is not known. */
function recordsOf(templateId: number, octets: Uint8Array, told: Told, depth: number): RawListRecord[] | null {
  const template = told.template(templateId)
  if (!template) return null
  return readRecords(template, octets, 0, octets.length, told, depth).map((fields) => ({
    template: templateId,
    fields,
  }))
}
