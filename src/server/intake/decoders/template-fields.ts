/** Field lists of templates, as NetFlow v9 (RFC 3954 §5.2) and IPFIX (RFC 7011 §3.2) write them. */

/** A field's length where each record says it itself (RFC 7011 §7). */
export const VARIABLE = 0xffff
/** Longer templates are taken for nonsense; the longest known has 108 fields. */
export const FIELD_LIMIT = 1024

export interface TemplateField {
  readonly enterprise: number
  readonly id: number
  /** In bytes, or VARIABLE. */
  readonly length: number
}

/**
 * Reads `count` field specifiers at `at`; null where they reach beyond `end`. IPFIX has `enterprises`.
 *
 *     enterprise bit (1 bit), element (15 bits), length (u16), enterprise (u32, with the bit only)     RFC 7011 §3.2
 *     element (u16), length (u16)                                                                        RFC 3954 §5.2
 */
export function readFields(
  view: DataView,
  at: number,
  end: number,
  count: number,
  enterprises: boolean,
): { fields: readonly TemplateField[]; next: number } | null {
  const fields: TemplateField[] = []
  let next = at
  for (let i = 0; i < count; i++) {
    if (next + 4 > end) return null
    const element = view.getUint16(next)
    const length = view.getUint16(next + 2)
    next += 4
    if (!enterprises || element < 0x8000) {
      fields.push({ enterprise: 0, id: element, length })
      continue
    }
    if (next + 4 > end) return null
    fields.push({ enterprise: view.getUint32(next), id: element & 0x7fff, length })
    next += 4
  }
  return { fields, next }
}
