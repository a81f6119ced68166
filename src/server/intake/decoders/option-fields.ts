/** What the fields of an options template mean. */
import type { TemplateField } from './template-fields.ts'

export type OptionRole =
  | ''
  | 'scoped'
  | 'interface'
  | 'sampler'
  | 'rate'
  | 'taken'
  | 'leftOut'
  | 'size'
  | 'population'
  | 'probability'
  | 'hashFrom'
  | 'hashTo'
  | 'selectedFrom'
  | 'selectedTo'
  | 'systemInit'

/** IPFIX and v9 elements (RFC 5477 §8, RFC 5102 §5.4) by what they say. */
const ROLES: Readonly<Record<number, OptionRole>> = {
  10: 'interface',
  14: 'interface',
  34: 'rate',
  48: 'sampler',
  50: 'rate',
  160: 'systemInit',
  302: 'sampler',
  305: 'taken',
  306: 'leftOut',
  309: 'size',
  310: 'population',
  311: 'probability',
  329: 'hashFrom',
  330: 'hashTo',
  331: 'selectedFrom',
  332: 'selectedTo',
}
/** Scope types of v9 (RFC 3954 §6.1): System, Line Card and Cache say nothing that matters here. */
const SCOPES_V9: Readonly<Record<number, OptionRole>> = { 1: '', 2: 'interface', 3: '', 4: '' }
/**
 * Scopes of IPFIX that are no part of a domain: exporter addresses, line card (as in v9), metering and exporting process, the
 * domain itself and its name; a sampler is told of for its own sake.
 */
const SCOPES_IPFIX: Readonly<Record<number, OptionRole>> = {
  10: 'interface',
  14: 'interface',
  48: 'sampler',
  130: '',
  131: '',
  141: '',
  143: '',
  144: '',
  149: '',
  300: '',
  302: 'sampler',
}

export interface OptionField {
  /** In bytes, or VARIABLE. */
  readonly length: number
  /** What it says; 'scoped' makes what the record says hold for some part only. */
  readonly role: OptionRole
}

/** The fields that take room in a record; `scopeTypes` where scopes are v9's. */
export function optionFields(
  fields: readonly TemplateField[],
  scopes: number,
  scopeTypes: boolean,
): readonly OptionField[] {
  return fields
    .map(({ enterprise, id, length }, i) => ({
      length,
      role: i < scopes ? scopeRole(enterprise, id, scopeTypes) : enterprise === 0 ? (ROLES[id] ?? '') : '',
    }))
    .filter(({ length }) => length > 0)
}

function scopeRole(enterprise: number, id: number, scopeTypes: boolean): OptionRole {
  return enterprise === 0 ? ((scopeTypes ? SCOPES_V9 : SCOPES_IPFIX)[id] ?? 'scoped') : 'scoped'
}
