/** Templates of NetFlow v9 (RFC 3954 §5.2) and IPFIX (RFC 7011 §3.4). */
import { elementKey, type ElementKey } from '../../registry/elements.ts'
import { isKnown } from '../normalise/plan.ts'
import type { Budget } from './budget.ts'
import { compile, ripen, type Compiled, type Program } from './compile.ts'
import type { NetflowProtocol } from './domain.ts'
import { isNaming } from './option-names.ts'
import { optionFields, type OptionField } from './option-fields.ts'
import { isTeaching } from './option-structures.ts'
import { readFields, VARIABLE, type TemplateField } from './template-fields.ts'
import { isStructure, walkedField, type WalkedField } from './walked-fields.ts'

/** Kept small, as anybody can send many: what follows from its field specifiers is worked out when it is asked for. */
export class Template {
  readonly id: number
  readonly protocol: NetflowProtocol
  /** How many of the fields are scopes; -1 for a template of data. */
  readonly scopes: number
  readonly fieldCount: number
  /** As they stood in their set, an octet a character. */
  readonly specifiers: string
  /** The least that a record takes, in bytes. */
  readonly shortest: number
  /** Whether records are more than a row of values; see structured.ts. */
  readonly structured: boolean
  /** The source port that has told it. */
  port = 0
  records = 0
  /** Of `records`, those whose unknown elements are counted. */
  settled = 0
  lastSeenMs: number
  /** When values of its unknown elements are looked at again. */
  sampleAtMs = 0
  private compiled: Compiled | undefined
  private options: readonly OptionField[] | undefined
  private teaches: boolean | undefined
  private names: boolean | undefined
  private kept: readonly WalkedField[] | undefined

  constructor(
    protocol: NetflowProtocol,
    id: number,
    scopes: number,
    fields: readonly TemplateField[],
    specifiers: string,
    nowMs: number,
  ) {
    this.protocol = protocol
    this.id = id
    this.scopes = scopes
    this.fieldCount = fields.length
    this.specifiers = specifiers
    this.lastSeenMs = nowMs
    this.structured = fields.some(isStructure)
    this.shortest = fields.reduce((sum, { length }) => sum + (length === VARIABLE ? 1 : length), 0)
  }

  get fields(): readonly TemplateField[] {
    const { buffer, byteOffset, byteLength } = Buffer.from(this.specifiers, 'latin1')
    const view = new DataView(buffer, byteOffset, byteLength)
    return readFields(view, 0, byteLength, this.fieldCount, this.protocol === 'ipfix')?.fields ?? []
  }

  /** Its fields, kept: for templates whose records are read field by field. */
  get walked(): readonly WalkedField[] {
    return (this.kept ??= this.fields.map(walkedField))
  }

  /** Elements that no field takes. */
  get unknown(): ElementKey[] {
    if (this.isOptions) return []
    const keys = new Set(this.fields.map(({ enterprise, id }) => elementKey(enterprise, id)))
    return [...keys].filter((key) => !isKnown(key))
  }

  /** What its fields mean, if it is one of options. */
  get optionFields(): readonly OptionField[] {
    return (this.options ??= optionFields(this.fields, this.scopes, this.protocol === 'netflow9'))
  }

  /** Whether its records give names to numbers, or count what the exporter did. */
  get naming(): boolean {
    return (this.names ??= this.isOptions && isNaming(this.fields))
  }

  /** Whether its records say how others are to be understood. */
  get teaching(): boolean {
    return (this.teaches ??= this.isOptions && isTeaching(this.fields, this.scopes))
  }

  /** One of the same form, with counts of its own. */
  copy(): Template {
    return new Template(this.protocol, this.id, this.scopes, this.fields, this.specifiers, this.lastSeenMs)
  }

  get isOptions(): boolean {
    return this.scopes >= 0
  }

  /** Compiled when the first data comes: a template alone costs little. Undefined where too many were compiled of late. */
  program(budget: Budget, nowMs: number): Program | undefined {
    if (!this.compiled?.program) this.compiled = compile(this.fields, budget, nowMs)
    else this.compiled.used = true
    return this.compiled?.program
  }

  /** Takes in that so many records were read by its program. */
  count(records: number, nowMs: number): void {
    this.records += records
    this.lastSeenMs = nowMs
    if (this.compiled) ripen(this.compiled, this, records, nowMs)
  }

  /** For the way back, if it is one of biflows. */
  get reverse(): Program | null {
    return this.compiled?.reverse ?? null
  }
}
