/** Records as they stand on the wire, with every element, whether a field takes it or not. */
import type { Protocol } from '../../../shared/schema/codes.ts'

/** Numbers that a JSON number cannot hold are text; null where only the octets say what it is. */
export type RawValue = string | number | boolean | null | RawList

export interface RawField {
  /** `id`, or `enterprise.id`; members of sFlow structures have no number. */
  readonly element?: string
  /** As the registry has it; the number where it has none. */
  readonly name: string
  /** Of an options record: what the record is about. */
  readonly scope?: true
  readonly value: RawValue
  readonly unit?: string
  /** The octets on the wire, without those that only say how many there are. */
  readonly hex: string
}

/** What stands in a list (RFC 6313): values of one element, or records by templates. */
export type RawList =
  | { readonly semantic: string; readonly values: readonly RawField[] }
  | { readonly semantic: string; readonly records: readonly RawListRecord[] }

export interface RawListRecord {
  readonly template: number
  readonly fields: readonly RawField[]
}

/** A record within an sFlow sample, or a sample. */
export interface RawStructure {
  /** `enterprise:format` */
  readonly structure: string
  readonly name: string
  readonly fields: readonly RawField[]
  readonly hex: string
  /** Its length reaches beyond what was there. */
  readonly cut?: true
}

/** What an sFlow sample is; `unknown` of formats that nobody has registered. */
export type SampleKind = 'flow' | 'counters' | 'discard' | 'unknown'

export interface RawRecord {
  readonly exporter: string
  /** Observation domain, source, engine or sub-agent; 0 where the protocol has none. */
  readonly domain: number
  readonly protocol: Protocol
  readonly kind: SampleKind | 'options'
  /** ISO 8601. */
  readonly received: string
  readonly template?: number
  /** Came before its template. */
  readonly waited?: true
  /** Of an sFlow sample. */
  readonly structure?: string
  readonly name?: string
  readonly fields: readonly RawField[]
  readonly records?: readonly RawStructure[]
  /** Of what cannot be told apart into fields and records: a sample of an unknown format. */
  readonly hex?: string
  readonly cut?: true
}
