/** What the fields of an options template mean. */
import type { TemplateField } from './template-fields.ts'

export type OptionRole = '' | 'scoped' | 'sampler' | 'rate' | 'taken' | 'leftOut' | 'size' | 'population' | 'systemInit'

/** IPFIX and v9 elements (RFC 5477 §8, RFC 5102 §5.4) by what they say. */
const ROLES: Readonly<Record<number, OptionRole>> = {
  34: 'rate',
  48: 'sampler',
  50: 'rate',
  160: 'systemInit',
  302: 'sampler',
  305: 'taken',
  306: 'leftOut',
  309: 'size',
  310: 'population',
}
/** Scopes that mean the whole domain: of v9, all but Interface (2) and Template (5), RFC 3954 §6.1; of IPFIX, these elements. */
const WHOLE_V9: ReadonlySet<number> = new Set([1, 3, 4])
/** exporter addresses, metering and exporting process, observation domain; a sampler is a scope of its own. */
const WHOLE_IPFIX: ReadonlySet<number> = new Set([48, 130, 131, 143, 144, 149, 302])

/** What each field of an options template says; 'scoped' makes what the record says hold for a part only. */
export function optionRoles(fields: readonly TemplateField[], scopes: number, scopeTypes: boolean): readonly OptionRole[] {
  return fields.map(({ enterprise, id, length }, i) => {
    if (length === 0) return ''
    if (i < scopes && scopeTypes) return WHOLE_V9.has(id) ? '' : 'scoped'
    const role = enterprise === 0 ? (ROLES[id] ?? '') : ''
    return i < scopes && !(enterprise === 0 && WHOLE_IPFIX.has(id)) ? 'scoped' : role
  })
}
