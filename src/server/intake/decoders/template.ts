/** Templates of NetFlow v9 (RFC 3954 §5.2) and IPFIX (RFC 7011 §3.4). */
import { elementKey, type ElementKey } from '../../registry/elements.ts'
import { isKnown } from '../normalise/plan.ts'
import type { Budget } from './budget.ts'
import { compile, type Program } from './compile.ts'
import { optionFields, type OptionField } from './option-fields.ts'
import { VARIABLE, type TemplateField } from './template-fields.ts'

export class Template {
  readonly id: number
  readonly fields: readonly TemplateField[]
  /** How many of the fields are scopes; -1 for a template of data. */
  readonly scopes: number
  /** As it stood in its set, to know it again. */
  readonly definition: Uint8Array
  /** The least that a record takes, in bytes. */
  readonly shortest: number
  /** Elements that no field takes. */
  readonly unknown: readonly ElementKey[]
  /** What its fields mean, if it is one of options. */
  readonly optionFields: readonly OptionField[]
  records = 0
  /** Of `records`, those whose unknown elements are counted. */
  settled = 0
  lastSeenMs: number
  private compiled: Program | undefined

  constructor(
    id: number,
    fields: readonly TemplateField[],
    scopes: number,
    definition: Uint8Array,
    nowMs: number,
    scopeTypes: boolean,
  ) {
    this.id = id
    this.fields = fields
    this.scopes = scopes
    this.definition = definition
    this.lastSeenMs = nowMs
    this.shortest = fields.reduce((sum, { length }) => sum + (length === VARIABLE ? 1 : length), 0)
    this.unknown =
      scopes >= 0
        ? []
        : [...new Set(fields.map(({ enterprise, id: element }) => elementKey(enterprise, element)))].filter(
            (key) => !isKnown(key),
          )
    this.optionFields = scopes >= 0 ? optionFields(fields, scopes, scopeTypes) : []
  }

  get isOptions(): boolean {
    return this.scopes >= 0
  }

  /** Compiled when the first data comes: a template alone costs little. Undefined where too many were compiled of late. */
  program(budget: Budget, nowMs: number): Program | undefined {
    return (this.compiled ??= compile(this.fields, budget, nowMs))
  }
}
