/** Fields as SQL over the physical columns. Every stored field has one expression, an address two: high and low half. */
import { columnsOf, field, type Field, type FieldName, type StoredField } from '../../../../shared/schema/fields.ts'
import { SIDES } from '../../../../shared/schema/codes.ts'
import { KINDS } from '../../../../shared/schema/kinds.ts'

/** Fields that a table of sums is kept by. There each of them stands in columns of its own, the worked out ones too. */
export type Kept = ReadonlySet<FieldName>

/** Whether the values of a field can be had from a table of sums. */
export function isKept(name: FieldName, kept: Kept): boolean {
  if (kept.has(name)) return true
  const { derived, either } = field(name)
  if (either) return either.every((side) => isKept(side as FieldName, kept))
  return (derived?.op === 'same' || derived?.op === 'bits') && isKept(derived.of as FieldName, kept)
}

/** Columns of a field in tables of sums: `src_ip_hi`, `server_port`. */
export function keptColumns(name: FieldName): readonly string[] {
  const of = field(name)
  if (!of.derived) return columnsOf(of as StoredField).map((column) => column.name)
  return KINDS[of.kind].parts.map((part) => name.replaceAll('.', '_') + part.suffix)
}

/**
 * Expressions of a field, the most significant first; over a table of sums where `kept` says what it is kept by. Either-side
 * fields have none: they stand in filters only.
 */
export function expressions(name: FieldName, kept?: Kept): readonly string[] {
  if (kept?.has(name)) return keptColumns(name).map((column) => `"${column}"`)
  const of = field(name)
  const { derived } = of
  if (of.either) throw new Error(`${name} means either of two fields`)
  if (!derived) return columnsOf(of as StoredField).map((column) => `"${column.name}"`)
  switch (derived.op) {
    case 'same':
      return expressions(derived.of as FieldName, kept)
    case 'bits': {
      const [value] = expressions(derived.of as FieldName, kept)
      const shifted = derived.shift === 0 ? value : `(${value} >> ${derived.shift})`
      return [`(${shifted} & ${derived.mask})::${expressionTypes(name)[0]}`]
    }
    case 'difference': {
      const [value] = expressions(derived.of as FieldName)
      const [minus] = expressions(derived.minus as FieldName)
      return [`(${value} - ${minus})`]
    }
    case 'side': {
      const { when, src, dst } = sides(of)
      const sources = expressions(src)
      const destinations = expressions(dst)
      return sources.map(
        (source, i) => `CASE "initiator" WHEN ${when.src} THEN ${source} WHEN ${when.dst} THEN ${destinations[i]} END`,
      )
    }
  }
}

/** SQL types of the expressions. */
export function expressionTypes(name: FieldName): readonly string[] {
  const { kind, derived } = field(name)
  if (derived?.op === 'difference') return ['BIGINT']
  if (kind === 'keyword') return ['VARCHAR']
  return KINDS[kind].parts.map((part) => (kind === 'time' ? 'BIGINT' : WIDTH_TYPES[part.width]))
}

/** For a field that is the client's or the server's value: when it is the source's, when the destination's. */
export function sides(of: Field): {
  readonly when: { readonly src: number; readonly dst: number }
  readonly src: FieldName
  readonly dst: FieldName
} {
  const derived = of.derived
  if (derived?.op !== 'side') throw new Error(`${of.name} is not a side`)
  const src = SIDES.indexOf('src')
  const dst = SIDES.indexOf('dst')
  // The initiator is the client.
  const when = derived.side === 'client' ? { src, dst } : { src: dst, dst: src }
  return { when, src: derived.src as FieldName, dst: derived.dst as FieldName }
}

/** Physical columns that the expressions of a field read. */
export function columnsRead(name: FieldName): readonly string[] {
  const of = field(name)
  if (of.either) return of.either.flatMap((side) => columnsRead(side as FieldName))
  const { derived } = of
  if (!derived) return columnsOf(of as StoredField).map((column) => column.name)
  switch (derived.op) {
    case 'same':
    case 'bits':
      return columnsRead(derived.of as FieldName)
    case 'difference':
      return [...columnsRead(derived.of as FieldName), ...columnsRead(derived.minus as FieldName)]
    case 'side':
      return ['initiator', ...columnsRead(derived.src as FieldName), ...columnsRead(derived.dst as FieldName)]
  }
}

const WIDTH_TYPES = { 1: 'UTINYINT', 2: 'USMALLINT', 4: 'UINTEGER', 8: 'UBIGINT' } as const

/** The largest value that a field can have. */
export function mostOf(of: Field): bigint {
  switch (of.kind) {
    case 'u8':
    case 'code':
      return 0xffn
    case 'u16':
      return 0xffffn
    case 'u32':
    case 'service':
      return 0xffff_ffffn
    case 'u64':
    case 'mac':
      return 0xffff_ffff_ffff_ffffn
    case 'time':
      return 0x7fff_ffff_ffff_ffffn
    case 'ip':
      return (1n << 128n) - 1n
    case 'keyword':
      throw new Error(`${of.name} is no number`)
  }
}
