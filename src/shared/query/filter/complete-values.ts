/** Which values of a field begin with what has been typed of them, as ranges and patterns that a store can look for. */
import { KINDS } from '../../schema/kinds.ts'
import { field as fieldOf, type Field, type FieldName } from '../../schema/fields.ts'
import { parseCidr } from '../../schema/ip.ts'
import { protocolKeyword } from '../../schema/protocols.ts'
import type { Filter, Range } from './ast.ts'
import { isIn, isLike } from './combine.ts'
import type { Names } from './names.ts'
import { addressRanges, macRanges } from './values.ts'

/** The fields whose values a field has: both sides of one that means either. */
export function sidesOf(field: Field): readonly Field[] {
  return field.either ? field.either.map((name) => fieldOf(name as FieldName)) : [field]
}

/** A test of a field that holds for the values that begin so; null where none does. */
export function beginning(field: Field, typed: string, names: Names): Filter | null {
  if (typed === '') return { op: 'exists', field: field.name }
  if (field.kind === 'keyword') {
    const [first = '', ...more] = typed.split(/\*+/)
    return isLike(field.name, [[first, ...more, '']])
  }
  const ranges = rangesBeginning(field, typed, names)
  return ranges.length === 0 ? null : isIn(field.name, ranges)
}

function rangesBeginning(field: Field, typed: string, names: Names): readonly Range[] {
  const wanted = typed.toLowerCase()
  switch (field.kind) {
    case 'ip':
      return [...addressesBeginning(wanted), ...(field.namesOf === 'exporter' ? names.exporters(`${wanted}*`) : [])]
    case 'mac':
      return macRanges(typed) ?? macsBeginning(wanted)
    case 'code':
      return (field.codes ?? []).flatMap((word, i) => (word.toLowerCase().startsWith(wanted) ? [only(i)] : []))
    case 'service':
      return wanted.includes('*') ? [] : names.serviceKeys(`${wanted}*`).map(only)
    case 'time':
      return []
    default:
      return [
        ...(field.name === 'proto' ? protocolsBeginning(wanted) : []),
        ...(field.namesOf === 'interface' ? interfacesBeginning(wanted, names) : []),
        ...numbersBeginning(field, wanted),
      ]
  }
}

/** Of what is a network or a range already, what lies within; else by the octets or groups that stand there. */
function addressesBeginning(typed: string): readonly Range[] {
  if (/[/*-]/.test(typed)) return addressRanges(typed) ?? []
  return typed.includes(':') ? groupsBeginning(typed) : octetsBeginning(typed)
}

/** `10.1` → 10.1.0.0/16, 10.10.0.0/16 … 10.19.0.0/16, 10.100.0.0/16 …; one without a dot may be an IPv6 address, too. */
function octetsBeginning(typed: string): readonly Range[] {
  const octets = typed.split('.')
  const last = octets.pop() as string
  const isIpv4 = octets.length < 4 && octets.every((octet) => /^\d{1,3}$/.test(octet) && Number(octet) < 256)
  const full = isIpv4 && /^\d{0,3}$/.test(last) ? continued(last, 10, 3, 255n) : []
  const networks = full.flatMap(({ low, high }) => {
    const rest = BigInt(8 * (3 - octets.length))
    const base = parseCidr(`${[...octets, '0', '0', '0', '0'].slice(0, 4).join('.')}/${8 * octets.length}`)
    return base ? [{ low: base.low + (low << rest), high: base.low + ((high + 1n) << rest) - 1n }] : []
  })
  // An IPv6 address that begins with 0 is written with :: in front.
  return octets.length === 0 && typed !== '0' ? [...networks, ...groupsBeginning(typed)] : networks
}

/** `2001:db8:1` → 2001:db8:1::/48, 2001:db8:10::/48 …; behind `::` only what stands before it is looked at. */
function groupsBeginning(typed: string): readonly Range[] {
  const groups = (typed.split('::')[0] as string).split(':')
  const last = typed.includes('::') ? '' : (groups.pop() as string)
  if (groups.length > 7 || ![...groups, last].every((group) => /^[\da-f]{0,4}$/.test(group))) return []
  const rest = BigInt(16 * (7 - groups.length))
  const base = groups.reduce((sum, group, i) => sum + (BigInt(`0x${group || '0'}`) << BigInt(16 * (7 - i))), 0n)
  return continued(last, 16, 4, 0xffffn).map(({ low, high }) => ({
    low: base + (low << rest),
    high: base + ((high + 1n) << rest) - 1n,
  }))
}

function macsBeginning(typed: string): readonly Range[] {
  const digits = typed.replace(/[:-]/g, '')
  if (!/^[\da-f]{1,12}$/.test(digits)) return []
  const rest = BigInt(48 - 4 * digits.length)
  const low = BigInt(`0x${digits}`) << rest
  return [{ low, high: low + (1n << rest) - 1n }]
}

/** By name, of any exporter. */
function interfacesBeginning(typed: string, names: Names): readonly Range[] {
  return [...names.interfaces(`${typed}*`).values()].flat().map(only)
}

function protocolsBeginning(typed: string): readonly Range[] {
  return Array.from({ length: 256 }, (_, number) => number)
    .filter((number) => protocolKeyword(number)?.startsWith(typed))
    .map(only)
}

function numbersBeginning(field: Field, typed: string): readonly Range[] {
  const digits = /(?:^|\.)as$/.test(field.name) ? typed.replace(/^as/, '') : typed
  const most = (1n << BigInt(8 * (KINDS[field.kind].parts[0]?.width ?? 8))) - 1n
  return /^\d{0,20}$/.test(digits) ? continued(digits, 10, 20, most) : []
}

/** Numbers up to `most` whose digits begin so: 44 → 44, 440 to 449, 4400 to 4499 … */
function continued(digits: string, base: 10 | 16, longest: number, most: bigint): readonly Range[] {
  if (digits === '') return [{ low: 0n, high: most }]
  if (/^0./.test(digits)) return []
  const ranges: Range[] = []
  let low = BigInt(base === 16 ? `0x${digits}` : digits)
  let width = 1n
  for (let n = digits.length; n <= longest && low <= most; n++) {
    const high = low + width - 1n
    ranges.push({ low, high: high < most ? high : most })
    if (low === 0n) break
    low *= BigInt(base)
    width *= BigInt(base)
  }
  return ranges
}

function only(number: number): Range {
  return { low: BigInt(number), high: BigInt(number) }
}
